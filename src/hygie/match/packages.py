"""Packages and CPE products: the keys under which they are found, and the scheme of their versions."""

from hygie.match.claims import Part
from hygie.names import cpe, purl


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


def scheme_of(part: Part) -> str:
    """Scheme of a component's versions: that of its package URL, else generic."""
    if part.purl.startswith("pkg:"):
        return purl.scheme(part.purl[4:].partition("/")[0].lower())
    return "generic"
