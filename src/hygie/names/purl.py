"""Package URLs: the key under which packages are the same, and the order of their versions.

Source: package-url/purl-spec.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from packageurl import PackageURL


class Purl(NamedTuple):
    """What matching needs of a package URL."""

    key: str
    """"type/namespace/name" in the type's own normal form, without version, qualifiers, subpath."""
    type: str
    namespace: str
    name: str
    version: str
    source: str = ""
    """Name of the source package that it is built from, where its qualifier `upstream` says so; "" unsaid."""


SCHEMES: dict[str, str] = {
    "npm": "npm", "pypi": "pypi", "maven": "maven", "gem": "gem", "nuget": "nuget", "cargo": "cargo",
    "golang": "golang", "composer": "composer", "deb": "deb", "rpm": "rpm", "apk": "apk", "alpm": "alpm",
    "conan": "conan", "hex": "semver", "pub": "semver", "swift": "semver",
}  # fmt: skip
"""Type -> scheme of versions; others are ordered as `generic`."""

DISTRIBUTIONS = frozenset({"deb", "rpm", "apk", "alpm"})
"""Types whose packagers mend flaws without raising the version of the software."""


NATIVE = frozenset({"", "generic", "conan", *DISTRIBUTIONS})
"""Types (or none) under which software stands by the name that it bears itself."""

PLAIN = re.compile(
    r"pkg:(npm|gem|cargo|nuget|maven|deb|rpm)/(?:([a-z][a-z0-9.-]*)/)?([a-z][a-z0-9.-]*)(?:@([0-9A-Za-z][0-9A-Za-z.-]*))?"
)
"""What is in normal form as it stands, and by far the most common: ten times faster than by the general rules."""


_RPM = re.compile(r"-[^-]+-[^-]+\.src\.rpm$")
_REPACKED = re.compile(r"[.~]?(?:dfsg|ds|repack)[\d.]*$")
"""What Debian adds to a version whose archive it packed anew."""


@lru_cache(maxsize=200_000)
def parse(text: str) -> Purl:
    """A package URL. Raises ValueError."""
    if len(text) > 2000:
        raise ValueError("package URL too long")
    plain = PLAIN.fullmatch(text)
    if plain is not None:
        type_, space, name, version = plain.groups("")
        return Purl("/".join(part for part in (type_, space, name) if part), type_, space, name, version)
    url = PackageURL.from_string(text.strip())
    namespace = url.namespace or ""
    key = "/".join(part for part in (url.type, namespace, url.name) if part)
    qualifiers = url.qualifiers if isinstance(url.qualifiers, dict) else {}
    return Purl(key, url.type, namespace, url.name, url.version or "", _source(qualifiers.get("upstream", "")))


def _source(text: str) -> str:
    """Name of a source package: "zlib", "glibc@2.31", "openssl-1.1.1k-7.el8_6.src.rpm"."""
    return _RPM.sub("", text).partition("@")[0]


@lru_cache(maxsize=200_000)
def key(text: str) -> str:
    """The key of a package URL; "" where it is none."""
    if not text.startswith("pkg:"):
        return ""
    try:
        return parse(text).key
    except ValueError:
        return ""


def scheme(type_: str) -> str:
    """Scheme of versions of a purl type."""
    return SCHEMES.get(type_, "generic")


def upstream(version: str) -> str:
    """The software's own version in a distribution's: 1.1.1d in "1:1.1.1d-0+deb10u3", 1.2.11 in "1:1.2.11.dfsg-2"."""
    version = version.partition(":")[2] or version
    head, dash, _ = version.rpartition("-")
    return _REPACKED.sub("", (head if dash else version).partition("+")[0])
