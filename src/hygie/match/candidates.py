"""CPE products that a component without CPE may be, by its name: where nobody says otherwise, each is asked about."""

from collections.abc import Iterator, Sequence

from hygie.match.records import CpeKey, Records, vendor_of
from hygie.names import cpe, purl
from hygie.names.maker import fold
from hygie.names.version import TARGET_SCHEMES

MOST_VENDORS = 3
"""A name that more vendors give to a product tells none of them."""
LONGEST_NAME = 8
"""Words of a name in which a vendor's is looked for."""
APART = ("node.js", "ruby", "wordpress", "jenkins")
"""What products run inside that no distribution packs under their bare name ("tar" of Node.js is node-tar)."""
PACKED = ("gnu", "gnome", "freedesktop", "apache", "kernel")
"""Vendors of CPE whose software distributions pack under its own name."""


def candidates(records: Records, make: str, name: str, type_: str, namespace: str) -> Iterator[CpeKey]:
    """CPE products of exactly this name whose vendor goes with the supplier, the name, the namespace or the
    distribution; where nobody says a supplier, of any vendor; of a name that holds vendor and product, both."""
    if keys := records.products(cpe.quote(name)):
        yield from _of_vendor(records, keys, make, name, type_, namespace)
    words = fold(name).split() if type_ in purl.NATIVE and " " in name.strip() else []
    for place in range(1, min(len(words), LONGEST_NAME)):
        for key in records.products("_".join(words[place:])):
            if vendor_of(key[0]) == "".join(words[:place]):
                yield key


def _of_vendor(
    records: Records, keys: Sequence[CpeKey], make: str, name: str, type_: str, namespace: str
) -> Iterator[CpeKey]:
    """Those of the products of one name whose vendor may be meant."""
    packed = type_ in purl.DISTRIBUTIONS
    texts = (make, name, *namespace.replace("/", ".").split("."), namespace, *(PACKED if packed else ()))
    vendors = {vendor_of(text) for text in texts if text} - {""}
    begun = fold(make).removeprefix("the ") + " "
    unsaid = not make and not namespace and type_ in ("", "generic")
    unsaid = unsaid and len({key[0] for key in keys}) <= MOST_VENDORS
    for key in keys:
        target, vendor = _target(records, key), vendor_of(key[0].replace("_", " "))
        if packed and target in APART:
            continue
        named = vendor in vendors or vendor.removesuffix("project") in vendors
        ecosystem = bool(type_) and TARGET_SCHEMES.get(target) == purl.scheme(type_)
        if named or ecosystem or begun.startswith(fold(key[0]) + " ") or (unsaid and not target):
            yield key


def _target(records: Records, key: CpeKey) -> str:
    """What a product runs inside, as its first row says; "" alone."""
    parsed = records.parsed(records.of_cpe(key)[0].cpe)
    return cpe.plain(parsed.target_sw) if parsed is not None else ""
