"""Packages and CPE products: the keys under which they are found, and the scheme of their versions."""

from functools import lru_cache
from typing import NamedTuple

from hygie.facts.packages import PACKAGES, PARTS, SOURCES, UPSTREAM
from hygie.match.claims import Part
from hygie.match.naming import NameKey
from hygie.names import cpe, purl
from hygie.names.maker import fold


@lru_cache(maxsize=65_536)
def package_keys(name: str, url: str) -> tuple[str, ...]:
    """Keys of a CPE ("cpe:vendor:product") and a package URL ("purl:type/namespace/name"); () for neither."""
    found: list[str] = []
    if name:
        try:
            parsed = cpe.parse(name)
            found.append(f"cpe:{parsed.vendor}:{parsed.product}")
        except ValueError:
            pass  # a name that is none finds nothing; its reader told it
    if url and purl.key(url):
        found.append("purl:" + purl.key(url))
    return tuple(found)


def names_of(part: Part) -> tuple[NameKey, ...]:
    """Maker and name of a component, as it gives them and as its CPE does; each once."""
    return _names(part.make, part.product, part.cpe)


@lru_cache(maxsize=65_536)
def _names(made: str, product: str, name: str) -> tuple[NameKey, ...]:
    found = [(made, product)]
    if name:
        try:
            parsed = cpe.parse(name)
            found.append((_words(parsed.vendor), _words(parsed.product)))
        except ValueError:
            pass  # a name that is none says nothing; its reader told it
    return tuple({(fold(make), fold(name)): (make, name) for make, name in reversed(found)}.values())


def _words(value: str) -> str:
    """A CPE value as words."""
    return cpe.plain(value).replace("_", " ")


def is_precise(version: str, name: str, url: str) -> bool:
    """Whether a version is named: in words, or within a CPE or a package URL."""
    if version:
        return True
    try:
        said = cpe.parse(name).version if name else cpe.ANY
        return said not in (cpe.ANY, cpe.NA) or bool(url and purl.parse(url).version)
    except ValueError:
        return False


def scheme_of(part: Part) -> str:
    """Scheme of a component's versions: that of its package URL, else generic."""
    if part.purl.startswith("pkg:"):
        return purl.scheme(part.purl[4:].partition("/")[0].lower())
    return "generic"


class Known(NamedTuple):
    """What a table of facts says of a package."""

    vendor: str
    product: str
    """As CPE names them, quoted."""
    whole: bool
    """The package is that product, and no other part of it."""


class Origin(NamedTuple):
    """Where a package is from, as its URL says; all "" without one."""

    type: str = ""
    namespace: str = ""
    name: str = ""
    source: str = ""
    """Of a distribution: the source package, as the URL or the table of binary packages says."""


KERNEL = ("linux", "kernel")
"""Source packages of the kernel: of what is built from them only `IMAGES` run as one."""
IMAGES = ("linux-image", "linux-modules", "kernel")


@lru_cache(maxsize=65_536)
def origin_of(url: str) -> Origin:
    """A package URL taken apart; what is none is from nowhere, and found by its name."""
    if not url.startswith("pkg:"):
        return Origin()
    try:
        parsed = purl.parse(url)
    except ValueError:
        return Origin()
    source = parsed.source
    if not source and parsed.type in purl.DISTRIBUTIONS:
        source = SOURCES.get(parsed.name, parsed.name)
    if source in KERNEL and not parsed.name.startswith(IMAGES):
        source = parsed.name
    return Origin(parsed.type, parsed.namespace, parsed.name, source)


@lru_cache(maxsize=65_536)
def known_as(name: str, url: str) -> tuple[Known, ...]:
    """CPE products that the table of facts gives to a package, else to the name of a component that is from nowhere
    or from where software bears its own name."""
    key = purl.key(url) if url else ""
    for table, whole in ((PACKAGES, True), (PARTS, False)):
        if key in table:
            return tuple(Known(cpe.quote(one.vendor), cpe.quote(one.product), whole) for one in table[key])
    origin = origin_of(url)
    if origin.type not in purl.NATIVE:
        return ()
    found = UPSTREAM.get((origin.source or name).lower().replace(" ", "-"), ())
    return tuple(Known(cpe.quote(one.vendor), cpe.quote(one.product), False) for one in found)
