"""Names of operating systems beside each other: whether two may both be true, and which of them says more.

What comes in: texts as people, tables and traffic have them. What goes out: yes or no. A machine whose GMAO says
"Windows 10 1809" and whose browser says "Windows NT 10.0" is no contradiction: the first says more. "Windows" alone
denies no Windows, "Linux" no distribution, and Windows Embedded Standard 7 is built from Windows 7.
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
_BARE_WINDOWS = frozenset(("windows", "microsoft windows", "ms windows", "windows server", "microsoft windows server"))
"""Names (folded) that leave all but the family open."""
_BARE_LINUX = ("linux", "gnu linux")
_BUILT_FROM = (
    (re.compile(r"Windows Embedded (?:8\.1)"), "Windows 8.1"),
    (re.compile(r"Windows Embedded 8\b"), "Windows 8"),
    (re.compile(r"Windows Embedded (?:Standard 7|POSReady 7)"), "Windows 7"),
    (re.compile(r"Windows (?:XP Embedded|Embedded (?:Standard|POSReady) 2009)"), "Windows XP"),
)
"""Embedded systems -> the system whose numbers they give on the network."""
_NOT_LINUX = ("windows", "vxworks", "qnx")
_DISTRIBUTIONS = ("canonical", "debian", "redhat", "centos", "opensuse", "suse", "rocky", "almalinux", "amazon",
                  "linuxfoundation", "alpinelinux")  # fmt: skip
"""Vendors under which records speak of distributions of Linux."""


def agree(one: str, other: str) -> bool:
    """Whether both names may be true of one machine: equal, or one leaves open what the other says."""
    left, right = _recognised(one), _recognised(other)
    if _is_bare_windows(one) or _is_bare_windows(other):
        return _leaves_open(one, other) or _leaves_open(other, one)
    if left is not None and right is not None:
        pairs = [(a, b) for a in _meanings(left) for b in _meanings(right)]
        return left.key == right.key or any(_covers(a, b) or _covers(b, a) for a, b in pairs)
    if _is_linux(left, one) and _is_linux(right, other):
        return is_bare_linux(one) or is_bare_linux(other) or bool(_named(one) & _named(other))
    return bool(_named(one) & _named(other)) or _continues(one, other) or _continues(other, one)


def _continues(less: str, more: str) -> bool:
    """Whether a name is another with its version behind it: "Comware 5.20" after "Comware"."""
    rest = keys.folded(more).removeprefix(keys.folded(less))
    return rest != keys.folded(more) and rest[:1] == " " and rest[1:2].isdigit()


@lru_cache(maxsize=4096)
def says_more(one: str, other: str) -> bool:
    """Whether the first name says all that the second says, and what the second leaves open."""
    if _is_bare_windows(other):
        if _is_bare_windows(one):
            return keys.folded(one).endswith("server") and not keys.folded(other).endswith("server")
        return _leaves_open(other, one)
    left, right = _recognised(one), _recognised(other)
    if left is not None and right is not None:
        return left.key != right.key and _within(_meanings(left), _meanings(right))
    if right is not None or not agree(one, other):
        return False
    if left is not None:
        return not left.shared and not _versioned(other)
    return (
        (_versioned(one) and not _versioned(other))
        or (is_bare_linux(other) and not is_bare_linux(one))
        or _continues(other, one)
    )


def _recognised(text: str) -> systems.System | None:
    """The system of a name; one that the table shows for several ("Windows 7 / Server 2008 R2") stands for itself."""
    shown = (system for system in systems.systems().values() if system.shared and system.name == text)
    return next(shown, None) or systems.recognised(text)


def _versioned(text: str) -> bool:
    """Whether a name says a version."""
    return any(name.version for name in names_of(text, ""))


def _within(left: set[str], right: set[str]) -> bool:
    """Whether each meaning of one name is one of another's, and the other leaves more open."""
    return all(any(_covers(less, more) for less in right) for more in left) and not all(
        any(_covers(less, more) for less in left) for more in right
    )


def _is_bare_windows(text: str) -> bool:
    return keys.folded(text) in _BARE_WINDOWS


def _leaves_open(bare: str, text: str) -> bool:
    """Whether "Windows" or "Windows Server" may be what another name says more of."""
    plain = keys.folded(bare)
    if plain not in _BARE_WINDOWS:
        return False
    if _is_bare_windows(text):
        return True
    system = _recognised(text)
    named = _meanings(system) if system is not None and system.key.startswith("windows") else {text}
    wanted = "server" if plain.endswith("server") else "windows"
    return any(wanted in keys.folded(name).split() for name in named)


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
    built = next((base for pattern, base in _BUILT_FROM if pattern.match(more)), "")
    return less in (more, built) or (client is not None and client.group() == less)


def _is_linux(system: systems.System | None, text: str) -> bool:
    if system is not None:
        return not system.key.startswith(_NOT_LINUX)
    return keys.folded(text).startswith("raspbian") or any(
        name.product in ("linux_kernel", "linux", "android") or name.vendor in _DISTRIBUTIONS
        for name in names_of(text, "")
    )


def is_family(name: str, version: str, concluded: bool) -> bool:
    """Whether a name says no more than a family: "Linux", and what a rule concluded without a version."""
    return (concluded or is_bare_linux(name)) and not any(one.version for one in names_of(name, version))


def is_bare_linux(text: str) -> bool:
    """Whether a name says "Linux" and no distribution."""
    return keys.folded(text).startswith(_BARE_LINUX)


def _named(text: str) -> set[tuple[str, str]]:
    """Vendor and product under which records speak of a system."""
    return {(name.vendor, name.product) for name in names_of(text, "")} or {("", keys.folded(text))}
