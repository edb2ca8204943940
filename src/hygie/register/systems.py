"""Names of operating systems beside each other: whether two may both be true, and which of them says more.

What comes in: texts as people, tables and traffic have them. What goes out: yes or no. A machine whose GMAO says
"Windows 10 1809" and whose browser says "Windows NT 10.0" is no contradiction: the first says more.
"""

import re
from functools import lru_cache

from hygie.facts import systems
from hygie.names.systems import names_of
from hygie.register import keys

_BUILD = re.compile(r" *\(\d+\)")
_CLIENT = re.compile(r"Windows (?:7|8\.1|8|10|11)\b")
"""A Windows without its release."""
_YEARS = re.compile(r"Server (\d{4}) to (\d{4})")
_NOT_LINUX = ("windows", "vxworks", "qnx")
_DISTRIBUTIONS = ("canonical", "debian", "redhat", "centos", "opensuse", "suse", "rocky", "almalinux", "amazon",
                  "linuxfoundation", "alpinelinux")  # fmt: skip
"""Vendors under which records speak of distributions of Linux."""


def agree(one: str, other: str) -> bool:
    """Whether both names may be true of one machine: equal, or one leaves open what the other says."""
    left, right = _recognised(one), _recognised(other)
    if left is not None and right is not None:
        pairs = [(a, b) for a in _meanings(left) for b in _meanings(right)]
        return left.key == right.key or any(_covers(a, b) or _covers(b, a) for a, b in pairs)
    if _is_linux(left, one) and _is_linux(right, other):
        return _is_bare(one) or _is_bare(other) or bool(_named(one) & _named(other))
    return bool(_named(one) & _named(other))


@lru_cache(maxsize=4096)
def says_more(one: str, other: str) -> bool:
    """Whether the first name says all that the second says, and what the second leaves open."""
    left, right = _recognised(one), _recognised(other)
    if left is None or left.shared:
        return False
    if right is not None:
        return left.key != right.key and any(_covers(name, left.name) for name in _meanings(right))
    return agree(one, other) and not any(name.version for name in names_of(other, ""))


def _recognised(text: str) -> systems.System | None:
    """The system of a name; one that the table shows for several ("Windows 7 / Server 2008 R2") stands for itself."""
    shown = (system for system in systems.systems().values() if system.shared and system.name == text)
    return next(shown, None) or systems.recognised(text)


def _meanings(system: systems.System) -> set[str]:
    """Systems that a name may stand for: "Windows 7 / Server 2008 R2" for two, others for themselves."""
    if not system.shared:
        return {system.name}
    years = _YEARS.search(system.name)
    parts = _BUILD.sub("", _YEARS.sub("", system.name)).split(" / ")
    found = {f"Windows {part}" if part.startswith("Server") else part for part in parts if part.strip()}
    return found | {f"Windows Server {year}" for year in range(int(years[1]), int(years[2]) + 1)} if years else found


def _covers(less: str, more: str) -> bool:
    """Whether a name is the other, or the other without its release."""
    client = _CLIENT.match(more)
    return less == more or (client is not None and client.group() == less)


def _is_linux(system: systems.System | None, text: str) -> bool:
    if system is not None:
        return not system.key.startswith(_NOT_LINUX)
    return any(
        name.product in ("linux_kernel", "linux") or name.vendor in _DISTRIBUTIONS for name in names_of(text, "")
    )


def _is_bare(text: str) -> bool:
    return keys.folded(text).startswith(("linux", "gnu linux"))


def _named(text: str) -> set[tuple[str, str]]:
    """Vendor and product under which records speak of a system."""
    return {(name.vendor, name.product) for name in names_of(text, "")} or {("", keys.folded(text))}
