"""Make, name and version that a purl, a CPE or a plain name tells.

Source: Package-URL specification; CPE 2.3 (NISTIR 7695).
"""

from functools import lru_cache
from typing import NamedTuple

from hygie.sources.opening.configurations import named


class Package(NamedTuple):
    """What an identifier says."""

    make: str
    """Namespace of a purl, vendor of a CPE; "" none."""
    name: str
    version: str
    """"" none or all."""
    purl: str
    """The identifier where it is a purl that can be read."""


@lru_cache(maxsize=4096)
def package(identifier: str, cpe: str = "") -> Package:
    """The parts of a purl; else of the CPE beside it; else the identifier itself as a name."""
    if identifier[:4].lower() == "pkg:":
        from packageurl import PackageURL

        try:
            purl = PackageURL.from_string(identifier)
        except ValueError:
            purl = None
        if purl is not None:
            return Package(purl.namespace or "", purl.name, purl.version or "", identifier)
    make, product, version = named(cpe or identifier)
    if product:
        return Package(make, product, "" if version in ("*", "-") else version, "")
    return Package("", identifier, "", "")
