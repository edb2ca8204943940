"""The distribution of Linux that the version of a package tells: "10.11.19-MariaDB-0+deb12u1" was built for Debian 12.

A container may hold a program of another distribution than the machine's own: what is said of it is not sure.
Source: Debian policy manual section 5.6.12 and its developers' reference section 5.11 (deb12u1); Ubuntu's versions of
packages (0ubuntu0.22.04.1); the PostgreSQL project's packages (pgdg120+1, pgdg22.04+1).
"""

import re
from collections.abc import Iterator

from hygie.model.evidence import Trait
from hygie.model.seams import Said

SURE = 0.6
_FORMS = (
    ("Debian", re.compile(r"[+~]deb(\d{1,2})u\d")),
    ("Ubuntu", re.compile(r"ubuntu0\.(\d\d\.\d\d)\b")),
    ("Debian", re.compile(r"\bpgdg(\d\d)0\+\d")),
    ("Ubuntu", re.compile(r"\bpgdg(\d\d\.\d\d)\+\d")),
    ("Debian", re.compile(r"\(Debian ()")),
    ("Ubuntu", re.compile(r"\(Ubuntu ()")),
)


def said(version: str, offset: int) -> Iterator[Said]:
    """System and version of the sender."""
    for system, form in _FORMS:
        found = form.search(version)
        if found:
            yield Said("sender", Trait.OS, system, offset, SURE)
            if found.group(1):
                yield Said("sender", Trait.OS_VERSION, found.group(1), offset, SURE)
            return
