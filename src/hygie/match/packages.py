"""Packages and CPE products: the keys under which they are found, and the scheme of their versions."""

from functools import lru_cache

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
