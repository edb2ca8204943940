"""One order of versions per scheme, chosen by the scheme that goes with the product, never by the looks of a text.

Most ecosystems are ordered by univers; `firmware`, `windows` and semantic versioning are our own. Two texts that a
scheme cannot compare give None. `generic` (a CPE without more) is ordered like `firmware`.
Source: package-url/vers-spec (names of schemes); Semantic Versioning 2.0.0.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from hygie.names import firmware, windows

Compare = Callable[[str, str], int | None]
Key = Callable[[str], Any]

FIRMWARE = "firmware"
WINDOWS = "windows"
LONGEST = 200
"""Characters of a version; longer texts are none."""

_SEMVER = re.compile(r"[v=]?\d+(?:\.\d+){0,2}(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?")
_ANY = re.compile(r"\S+")
_NUMBERED = re.compile(r"v?[0-9][0-9A-Za-z.+:~_-]*")

_ECOSYSTEMS: dict[str, tuple[str, re.Pattern[str]]] = {
    "golang": ("GolangVersion", _SEMVER),
    "composer": ("ComposerVersion", _ANY),
    "maven": ("MavenVersion", _NUMBERED),
    "pypi": ("PypiVersion", _ANY),
    "gem": ("RubygemsVersion", _ANY),
    "nuget": ("NugetVersion", _ANY),
    "deb": ("DebianVersion", _NUMBERED),
    "rpm": ("RpmVersion", _NUMBERED),
    "apk": ("AlpineLinuxVersion", _ANY),
    "alpm": ("ArchLinuxVersion", _ANY),
    "ebuild": ("GentooVersion", _ANY),
    "gentoo": ("GentooVersion", _ANY),
    "conan": ("ConanVersion", _ANY),
    "openssl": ("OpensslVersion", _ANY),
    "nginx": ("NginxVersion", _ANY),
    "datetime": ("DatetimeVersion", _ANY),
    "lexicographic": ("LexicographicVersion", _ANY),
    "intdot": ("IntdotVersion", re.compile(r"\d+(?:\.\d+)*")),
}
"""Scheme -> class of univers, and the texts that it is given: univers accepts some texts and then orders them wrongly
(1.2.3.4 as 1.2.3+4), so those are kept from it."""


_TOTAL = frozenset({"pypi", "maven", "lexicographic"})
"""Ecosystems whose order univers keeps total, so that its objects may be sorted; the others are compared in pairs."""


@dataclass(frozen=True, slots=True)
class Order:
    """How versions of one scheme are ordered."""

    scheme: str
    compare: Compare
    """-1, 0, 1, or None where it cannot be said."""
    key: Key
    """A sort key within one scheme, or None: then `compare` alone knows. Where both texts have keys, the order of keys
    is that of `compare`."""


def _univers_key(scheme: str) -> Key:
    """Key function of an ecosystem: univers' object, None where the text is not a version of it."""
    name, shape = _ECOSYSTEMS[scheme]

    @lru_cache(maxsize=200_000)
    def key(text: str) -> Any:
        from univers import versions
        from univers.nuget import InvalidNuGetVersion

        text = text.strip()
        if len(text) > LONGEST or not shape.fullmatch(text):
            return None
        try:
            return getattr(versions, name)(text)
        except (ValueError, TypeError, AttributeError, IndexError, InvalidNuGetVersion):
            return None

    return key


def _comparing(key: Key) -> Compare:
    """Comparison by keys."""

    def compare(one: str, other: str) -> int | None:
        a, b = key(one), key(other)
        if a is None or b is None:
            return None
        try:
            if a == b:
                return 0
            # Some of univers' orders say neither, or both, of two texts that they accept.
            before, after = a < b, b < a
            return None if before == after else (-1 if before else 1)
        except (TypeError, ValueError):
            return None

    return compare


@lru_cache(maxsize=200_000)
def semver_key(text: str) -> tuple[object, ...] | None:
    """Precedence of Semantic Versioning 2.0.0, section 11; missing numbers are 0, build metadata does not count."""
    if len(text) > LONGEST or _SEMVER.fullmatch(text.strip()) is None:
        return None
    core, _, pre = text.strip().lstrip("v=").partition("+")[0].partition("-")
    numbers = [int(part) for part in core.split(".")]
    marks = tuple((0, int(mark), "") if mark.isdigit() else (1, 0, mark) for mark in pre.split(".") if mark)
    return (*numbers, *[0] * (3 - len(numbers)), not pre, marks)


def _no_key(_: str) -> None:
    """An order without keys."""
    return


ORDERS: dict[str, Order] = {
    FIRMWARE: Order(FIRMWARE, firmware.compare, firmware.key),
    "generic": Order("generic", firmware.compare, firmware.key),
    WINDOWS: Order(WINDOWS, windows.compare, _no_key),
    **{name: Order(name, _comparing(semver_key), semver_key) for name in ("semver", "npm", "cargo")},
}
"""Schemes that are ours; those of ecosystems are made when first asked for."""


@lru_cache(maxsize=64)
def order(scheme: str) -> Order:
    """The order of a scheme. Raises LookupError for a scheme that nobody knows."""
    if scheme in ORDERS:
        return ORDERS[scheme]
    if scheme not in _ECOSYSTEMS:
        raise LookupError(f"no order of versions named {scheme!r}")
    key = _univers_key(scheme)
    return Order(scheme, _comparing(key), key if scheme in _TOTAL else _no_key)


def known(scheme: str) -> bool:
    """Whether the scheme has an order."""
    return scheme in ORDERS or scheme in _ECOSYSTEMS


def compare(one: str, other: str, scheme: str = FIRMWARE) -> int | None:
    """-1, 0, 1 as `one` is before, equal to, after `other` in the scheme; None where that cannot be said.

    Raises LookupError for a scheme that nobody knows.
    """
    return order(scheme).compare(one, other)


RECORD_SCHEMES: dict[str, str] = {
    "semver": "semver", "python": "pypi", "pypi": "pypi", "npm": "npm", "maven": "maven", "rpm": "rpm", "deb": "deb",
    "dpkg": "deb", "nuget": "nuget",
    "gem": "gem", "rubygems": "gem", "apk": "apk", "go": "golang", "composer": "composer",
}  # fmt: skip
"""CVE 5 `versionType` -> scheme; "custom" and what is not listed say nothing."""

TARGET_SCHEMES: dict[str, str] = {
    "node.js": "npm", "nodejs": "npm", "python": "pypi", "maven": "maven", "ruby": "gem", "rust": "cargo",
    "go": "golang", "php": "composer", ".net": "nuget",
}  # fmt: skip
"""CPE `target_sw` -> scheme."""
