"""The parts of profiles and of SBOMs, each distinct one once, and what records say of them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from hygie.facts.systems import recognised, spelled
from hygie.match.candidates import candidates
from hygie.match.claims import Part, origin
from hygie.match.naming import NameKey
from hygie.match.packages import known_as, origin_of, package_keys, scheme_of
from hygie.match.records import Asked, CpeKey, Hit, Records, cpe_key, scheme_of_cpe
from hygie.model.knowledge import Bom, Component
from hygie.names import cpe, purl, systems
from hygie.names.cpe import Cpe
from hygie.names.maker import fold

_NUMBER = re.compile(r"\b(?:[56]\.\d|10\.0)\.\d{4,5}(?:\.\d+)?\b")
"""A full version number of Windows."""
BY_RULE = "rule:"
"""Before a CPE or a package URL of a profile: a rule concluded it from a greeting."""
BANNER = "banner"
"""Kind of a part that a rule knows from a greeting."""
BY_NAME = 0.85
"""Probability where only the name and the supplier or ecosystem join a component and a record."""
KNOWN = 0.97
"""Probability where the table of facts gives a package its CPE product."""


class Found(NamedTuple):
    """A record's row that may speak of a part."""

    hit: Hit
    probability: float
    question: str
    """Why it is not sure though the version may lie inside; ""."""


class Sbom(NamedTuple):
    """One document with its components, each distinct one once."""

    document: str
    boms: tuple[Bom, ...]
    components: tuple[tuple[Part, str], ...]
    """Part and origin."""
    by_cpe: Mapping[CpeKey, tuple[Part, ...]]
    complete: bool
    """The document says that it lists everything."""


def sboms(boms: Iterable[Bom], components: Iterable[Component]) -> dict[str, Sbom]:
    """Documents by id."""
    boms = list(boms)
    heads: dict[str, list[Bom]] = {}
    for bom in boms:
        heads.setdefault(bom.document, []).append(bom)
    parts: dict[str, dict[Part, str]] = {}
    known: dict[Part, Part] = {}
    names = {row.document: fold(row.product) for row in boms}
    makes = {row.document: fold(row.make) for row in boms}
    for row in components:
        if fold(row.name) == names.get(row.document) and fold(row.make) in ("", makes[row.document]):
            continue  # the product itself, listed among its components
        part = Part("component", row.make, row.name, row.version, row.cpe, row.purl, row.type)
        part = known.setdefault(part, part)
        places = parts.get(row.document)
        if places is None:
            places = parts[row.document] = {}
        where = origin(row)
        if part not in places or where < places[part]:
            places[part] = where
    found: dict[str, Sbom] = {}
    for document, head in heads.items():
        places = parts.get(document, {})
        by_cpe: dict[CpeKey, list[Part]] = {}
        for part in places:
            key = cpe_key(part.cpe) if part.cpe else None
            if key is not None:
                by_cpe.setdefault(key, []).append(part)
        found[document] = Sbom(
            document,
            tuple(sorted(head, key=origin)),
            tuple(sorted(places.items())),
            {key: tuple(sorted(members)) for key, members in by_cpe.items()},
            any(bom.completeness == "complete" for bom in head),
        )
    return found


def asked_of(part: Part, key: CpeKey) -> Asked:
    """How a component is asked under a CPE product: version, scheme, update."""
    name: Cpe | None = None
    if part.cpe:
        try:
            name = cpe.parse(part.cpe)
        except ValueError:
            name = None
    version = part.version or (cpe.plain(name.version) if name is not None else "")
    if not version and part.purl.startswith("pkg:"):
        version = _purl_version(part.purl)
    if is_distributed(part):
        return Asked(purl.upstream(version), "generic", cpe.ANY, name)
    scheme = scheme_of(part) if part.purl else scheme_of_cpe(key, name)
    return Asked(version, scheme, cpe.ANY, name)


def _purl_version(url: str) -> str:
    """Version of a package URL; "" where it is none."""
    try:
        return purl.parse(url).version
    except ValueError:
        return ""


def traffic_part(text: str) -> Iterator[Part]:
    """A CPE or package URL that traffic or a table told, or a rule concluded, as a part; nothing for anything else."""
    kind, text = (BANNER if text.startswith(BY_RULE) else "traffic"), text.removeprefix(BY_RULE)
    try:
        if text.startswith("pkg:"):
            package = purl.parse(text)
            yield Part(kind, "", package.name, package.version, "", text)
        else:
            name = cpe.parse(text)
            yield Part(kind, cpe.plain(name.vendor), cpe.plain(name.product), cpe.plain(name.version), text)
    except ValueError:
        return


def is_distributed(part: Part) -> bool:
    """Packaged by a distribution, which mends flaws without raising the software's version."""
    return part.purl.startswith("pkg:") and part.purl[4:].partition("/")[0].lower() in purl.DISTRIBUTIONS


def _asked_for_mending(part: Part) -> str:
    """The question of a part whose version does not tell whether it was mended; "" none. A greeting names the version
    of the software, not of the package that a distribution or a maker made of it."""
    return "question.match.backport" if is_distributed(part) or part.kind == BANNER else ""


def system_parts(os: str, os_version: str) -> tuple[tuple[CpeKey, Asked], ...]:
    """An operating system under the CPE names that it has."""
    found: list[tuple[CpeKey, Asked]] = []
    for name in _names(os, os_version):
        key = (cpe.quote(name.vendor), cpe.quote(name.product))
        found.append((key, Asked(name.version, name.scheme, name.update or cpe.ANY, None, name.certain)))
    return tuple(found)


def _names(os: str, os_version: str) -> tuple[systems.System, ...]:
    """Names of a system however it is spelled; where the text holds no name of any, those of what it is recognised as:
    "6.1.7601" may be any of the systems that share the number.
    """
    found = systems.names_of(spelled(os), os_version)
    if found or not os:
        return found
    whole = f"{os} {os_version}".strip()
    found = systems.names_of(spelled(whole), "")
    known = recognised(whole)
    if found or known is None:
        return found
    number = _NUMBER.search(whole)
    several = known.name.partition(" (")[0].split(" / ")
    names = [name for one in several for name in systems.names_of(spelled(one), number.group() if number else "")]
    return tuple(name._replace(certain=name.certain and len(several) == 1) for name in names)


def ask(records: Records, parts: Iterable[Part]) -> dict[Part, tuple[Found, ...]]:
    """What records that stand alone say of components and of what traffic tells, each distinct part once."""
    by_cpe: dict[tuple[CpeKey, str], list[tuple[Part, Asked, float, str]]] = {}
    by_purl: dict[tuple[str, str], list[tuple[Part, Asked, float, str]]] = {}
    by_name: dict[tuple[NameKey, str], list[tuple[Part, Asked, float, str]]] = {}
    for part in dict.fromkeys(parts):
        for key, probability, question in _keys(records, part):
            asked = asked_of(part, key)
            by_cpe.setdefault((key, asked.scheme), []).append((part, asked, probability, question))
        for package in package_keys("", part.purl) if records.packages else ():
            if records.of_purl(package[5:]):
                version = part.version or _purl_version(part.purl)
                asked = Asked(version, scheme_of(part))
                by_purl.setdefault((package[5:], asked.scheme), []).append((part, asked, 1.0, ""))
        for name, probability, asked, question in _by_name(records, part):
            by_name.setdefault((name, asked.scheme), []).append((part, asked, probability, question))
    found: dict[Part, list[Found]] = {}
    for (key, _), members in by_cpe.items():
        _stab(records, records.of_cpe(key), members, found)
    for (package, _), members in by_purl.items():
        _stab(records, records.of_purl(package), members, found)
    for (name, _), members in by_name.items():
        _stab(records, records.told_by_name(name), members, found)
    return {part: tuple(hits) for part, hits in found.items()}


def _stab(
    records: Records,
    rows: Sequence[object],
    members: list[tuple[Part, Asked, float, str]],
    found: dict[Part, list[Found]],
) -> None:
    """Adds the hits of one product's rows."""
    for place, hit in records.stab(rows, [member[1] for member in members]):  # type: ignore[arg-type]
        part, _, probability, question = members[place]
        found.setdefault(part, []).append(Found(hit, probability, question))


def _by_name(records: Records, part: Part) -> Iterator[tuple[NameKey, float, Asked, str]]:
    """Records without any CPE whose maker and product are surely those of a component's CPE, else of its supplier; else
    of what the table of facts knows its package as. Last: the question."""
    key = cpe_key(part.cpe) if part.cpe else None
    make, name = (cpe.plain(key[0]), cpe.plain(key[1])) if key else (part.make, part.product)
    packed = _asked_for_mending(part)
    told: set[NameKey] = set()
    if make and name:
        for found, probability in records.texts(make.replace("_", " "), name.replace("_", " ")):
            told.add(found)
            yield found, probability, asked_of(part, key or ("", "")), packed
    for known in known_as(part.product, part.purl) if key is None else ():
        doubt = packed or ("" if known.whole else "question.match.component")
        words = (cpe.plain(known.vendor).replace("_", " "), cpe.plain(known.product).replace("_", " "))
        for found, probability in records.texts(*words):
            if found not in told:
                told.add(found)
                yield found, min(probability, KNOWN), asked_of(part, ("", "")), doubt


def _keys(records: Records, part: Part) -> Iterator[tuple[CpeKey, float, str]]:
    """CPE products under which a component is asked: its own CPE; without one, those that the table of facts gives to
    its package, and its exact name as doubtful."""
    key = cpe_key(part.cpe) if part.cpe else None
    packed = is_distributed(part)
    if key is not None:
        if records.of_cpe(key):
            yield key, 1.0, _asked_for_mending(part)
        return
    told: set[CpeKey] = set()
    for known in known_as(part.product, part.purl):
        key = (known.vendor, known.product)
        if records.of_cpe(key):
            told.add(key)
            question = "" if known.whole else "question.match.backport" if packed else "question.match.component"
            yield key, KNOWN if known.whole or packed else BY_NAME, question
    place = origin_of(part.purl)
    for name in dict.fromkeys((part.product, place.source or part.product)):
        for candidate in candidates(records, part.make, name, place.type, place.namespace):
            if candidate not in told:
                told.add(candidate)
                yield candidate, BY_NAME, "question.match.component"


def is_comparable(records: Records, part: Part) -> bool:
    """Whether any record that was read could name the component: by its CPE, by its package URL's ecosystem, else by
    a product of its name. Where not, that no record names it says nothing."""
    if part.cpe and records.cpes and cpe_key(part.cpe) is not None:
        return True
    place = origin_of(part.purl)
    if place.type and records.speaks_of(place.type):
        return True
    return next(_keys(records, part), None) is not None or next(_by_name(records, part), None) is not None
