"""Claims from records: CVE 5 `affected` and NVD's CPE ranges, asked by product name, CPE, package URL.

Rows that stand alone (alternatives of one product each) are answered in bulk: for each CPE product the distinct
versions asked are sorted once, and each range finds those inside it by two bisections. Rows that hold only together
(AND, negation, context) are left to `configurations`.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from hygie.match.naming import NameIndex, NameKey, Naming
from hygie.model.knowledge import Applicability
from hygie.names import cpe, product, purl, ranges
from hygie.names.cpe import Cpe
from hygie.names.maker import fold
from hygie.names.version import RECORD_SCHEMES, TARGET_SCHEMES, WINDOWS, order

CpeKey = tuple[str, str]
"""CPE vendor and product, quoted as in the name."""

ConfigurationKey = tuple[str, str, str, int]
"""Reading, vulnerability, source, number."""


FIRST_RELEASES = {"windows_10": "1507", "windows_11": "21h2"}
"""CPE products that name the system as it first came out where their version has no value."""

_TEXT = re.compile(r"[<>=|,* ]|\.[xX]$")


class Asked(NamedTuple):
    """What a part says of itself to a record's row."""

    version: str
    """"" not known."""
    scheme: str
    update: str = cpe.ANY
    name: Cpe | None = None
    """The part's whole CPE name; None where it has none."""
    certain: bool = True
    """False: the part may be something else of this family; then a row holds perhaps, never surely."""


class Hit(NamedTuple):
    """A row that may speak of the asked version."""

    row: Applicability
    truth: bool | None
    """True: the version lies in its range. None: cannot be said."""


class Records:
    """Applicability rows, by what they name."""

    def __init__(self, naming: Naming, rows: Iterable[Applicability], rejected: frozenset[str] = frozenset()) -> None:
        rows = _without_commits([row for row in rows if row.vulnerability not in rejected])
        joint = {configuration_key(row) for row in rows if _is_joint(row)}
        self.joint: dict[ConfigurationKey, list[Applicability]] = {}
        self._names: dict[NameKey, list[Applicability]] = {}
        self._cpes: dict[CpeKey, list[Applicability]] = {}
        self._purls: dict[str, list[Applicability]] = {}
        self._joint_names: dict[NameKey, dict[ConfigurationKey, None]] = {}
        self._joint_cpes: dict[CpeKey, dict[ConfigurationKey, None]] = {}
        for row in rows:
            if row.configuration_operator == "OR" and not row.vulnerable and configuration_key(row) not in joint:
                continue
            self._add(row, configuration_key(row) if joint else None, joint)
        context = [(row.make, row.product) for members in self.joint.values() for row in members if row.product]
        self.index = NameIndex(naming, [*self._names, *context])
        """Names of all rows, those of context too."""
        self._texts = NameIndex(naming, [name for name in self._names if self.told_by_name(name)])
        self._types = {key.partition("/")[0] for key in self._purls}
        self._products: dict[str, list[CpeKey]] = {}
        for key in self._cpes:
            self._products.setdefault(key[1], []).append(key)
        self._parsed: dict[str, Cpe | None] = {}

    def _add(self, row: Applicability, key: ConfigurationKey | None, joint: set[ConfigurationKey]) -> None:
        """Puts one row under its names."""
        name = cpe_key(row.cpe)
        if key is not None and key in joint:
            self.joint.setdefault(key, []).append(row)
            if row.vulnerable and row.product:
                self._joint_names.setdefault((row.make, row.product), {})[key] = None
            if row.vulnerable and name is not None:
                self._joint_cpes.setdefault(name, {})[key] = None
            return
        if row.product:
            self._names.setdefault((row.make, row.product), []).append(row)
        if name is not None:
            self._cpes.setdefault(name, []).append(row)
        if row.purl:
            self._purls.setdefault(purl.key(row.purl) or row.purl, []).append(row)

    def named(self, name: NameKey) -> list[Applicability]:
        """Rows that stand alone under a record's name."""
        return self._names.get(name, [])

    def told_by_name(self, name: NameKey) -> list[Applicability]:
        """Rows that stand alone under a record's name and have nothing but names: no CPE, no package URL."""
        return [row for row in self._names.get(name, ()) if not (row.cpe or row.purl)]

    def texts(self, make: str, product_text: str) -> Iterator[tuple[NameKey, float]]:
        """Names of such rows that surely mean this software, with their probability."""
        for name, probability in self._texts.find(make, product_text):
            if probability >= product.SURE:
                yield name, probability

    def joint_of_name(self, name: NameKey) -> Iterable[ConfigurationKey]:
        """Configurations in which the name stands as vulnerable."""
        return self._joint_names.get(name, ())

    def joint_of_cpe(self, key: CpeKey) -> Iterable[ConfigurationKey]:
        """Configurations in which the CPE product stands as vulnerable."""
        return self._joint_cpes.get(key, ())

    def of_cpe(self, key: CpeKey) -> list[Applicability]:
        """Rows that stand alone of a CPE product."""
        return self._cpes.get(key, [])

    def speaks_of(self, type_: str) -> bool:
        """Whether any row names a package of this type."""
        return type_ in self._types

    @property
    def cpes(self) -> bool:
        """Whether any row that stands alone names a CPE product."""
        return bool(self._cpes)

    def of_purl(self, key: str) -> list[Applicability]:
        """Rows of a package."""
        return self._purls.get(key, [])

    @property
    def packages(self) -> bool:
        """Whether any row names a package."""
        return bool(self._purls)

    def products(self, name: str) -> list[CpeKey]:
        """CPE products of a name, as quoted."""
        return self._products.get(name, [])

    def parsed(self, text: str) -> Cpe | None:
        """A row's CPE taken apart; None where it is none."""
        if text not in self._parsed:
            try:
                self._parsed[text] = cpe.parse(text)
            except ValueError:
                self._parsed[text] = None
        return self._parsed[text]

    def truth(self, row: Applicability, asked: Asked) -> bool | None:
        """Whether the row speaks of the asked version, edition and update; None cannot be said."""
        inside = version_truth(row, asked)
        if inside is False:
            return False
        details = self.details(row, asked)
        if details is False:
            return False
        return None if inside is None or details is None or not asked.certain else True

    def details(self, row: Applicability, asked: Asked) -> bool | None:
        """Whether update, edition, language, target agree; attributes that the row leaves open always do."""
        if row.cpe.endswith(":*:*:*:*:*:*:*"):
            return True
        parsed = self.parsed(row.cpe)
        if parsed is None:
            return True
        thing = asked.name or Cpe("*", "*", "*")
        answer: bool | None = True
        for place in range(4, 11):
            theirs = asked.update if place == 4 and asked.update != cpe.ANY else thing[place]
            match = cpe.matches(parsed[place], theirs)
            if match is None and place == 8 and TARGET_SCHEMES.get(cpe.plain(parsed[8])) == asked.scheme:
                match = True
            if match is False:
                return False
            answer = None if match is None else answer
        return answer

    def stab(self, rows: Sequence[Applicability], asked: Sequence[Asked]) -> Iterator[tuple[int, Hit]]:
        """For each asked version (by position) the rows that may speak of it. All must have one scheme."""
        scheme = asked[0].scheme
        keys = [(order(scheme).key(one.version) if one.version else None) for one in asked]
        pairs = [(key, place) for place, key in enumerate(keys) if key is not None]
        pairs.sort(key=itemgetter(0))
        axis, sortable = [key for key, _ in pairs], [place for _, place in pairs]
        rest = [place for place, key in enumerate(keys) if key is None]
        for row in rows:
            span = _span(row, scheme, axis)
            places = [*sortable, *rest] if span is None else sortable[span[0] : span[1]]
            for place in places:
                truth = self.truth(row, asked[place]) if span is None else self.details(row, asked[place])
                if truth is not False:
                    yield place, Hit(row, truth)
            for place in rest if span is not None else ():
                truth = self.truth(row, asked[place])
                if truth is not False:
                    yield place, Hit(row, truth)


def _span(row: Applicability, scheme: str, axis: Sequence[Any]) -> tuple[int, int] | None:
    """Positions of the sorted versions inside the row's range; None where the row must be asked one by one."""
    if row.version_type in RECORD_SCHEMES and RECORD_SCHEMES[row.version_type] != scheme:
        return None
    key = order(scheme).key
    if row.version:
        if row.version == "*":
            return 0, len(axis)
        exact = key(row.version)
        if exact is None:
            return None
        return bisect_left(axis, exact), bisect_right(axis, exact)
    low, high = 0, len(axis)
    if row.start:
        start = key(row.start)
        if start is None:
            return None
        low = bisect_right(axis, start) if row.start_excluded else bisect_left(axis, start)
    if row.end:
        end = key(row.end)
        if end is None:
            return None
        high = bisect_right(axis, end) if row.end_included else bisect_left(axis, end)
    return (low, max(low, high)) if row.start or row.end else None


def version_truth(row: Applicability, asked: Asked) -> bool | None:
    """Whether the asked version lies in the row's versions; None cannot be said."""
    scheme = RECORD_SCHEMES.get(row.version_type, asked.scheme) if asked.scheme == "generic" else asked.scheme
    version = asked.version
    if row.version == "*":
        return True
    if row.version == cpe.NA:
        return _without_version(row, asked)
    if row.version:
        known = ranges.parse(row.version) if _is_range(row.version) else _exactly(row.version)
        return None if known is None else ranges.contains(known, version, scheme)
    if not row.start and not row.end:
        return None
    if not version:
        return None
    span = ranges.Interval(row.start, not row.start_excluded, row.end, row.end_included)
    return ranges.within(span, version, scheme)


def coarse(row: Applicability, version: str) -> bool:
    """Whether a product's version is known, and not precisely enough for the row's versions."""
    if row.version:
        known = ranges.parse(row.version) if _is_range(row.version) else _exactly(row.version)
        return known is not None and ranges.coarse(known, version)
    return ranges.coarse(ranges.Range((ranges.Interval(row.start, True, row.end, True),)), version)


def _without_version(row: Applicability, asked: Asked) -> bool | None:
    """A row whose version has no value: hardware; a Windows that its name and update tell whole (windows_7, sp1); the
    first release of a Windows whose others have a version (windows_10), unless it is context only."""
    if asked.scheme == WINDOWS:
        key = cpe_key(row.cpe) if row.vulnerable else None
        first = FIRST_RELEASES.get(key[1]) if key else None
        if first is None:
            return True
        return asked.version == first if asked.version else None
    return not asked.version or row.cpe[:10] == "cpe:2.3:h:"


def _exactly(version: str) -> ranges.Range:
    """One version as it stands."""
    return ranges.Range((ranges.Interval(version, True, version, True),))


def _is_range(version: str) -> bool:
    """A text rather than a version."""
    return _TEXT.search(version) is not None


def bounded(row: Applicability) -> bool:
    """The row states a range, not a single version."""
    return bool(row.start or row.end) or (row.version not in ("", "*", "-") and _is_range(row.version))


def shown(row: Applicability) -> str:
    """The row's versions as people read them; the update of a product that has none, "-" where it has none either."""
    if row.version == cpe.NA:
        return _update(row.cpe) or row.version
    if row.version == "*":
        return _update(row.cpe) or row.version
    if row.version:
        return row.version
    low = f"{'>' if row.start_excluded else '>='} {row.start}" if row.start else ""
    high = f"{'<=' if row.end_included else '<'} {row.end}" if row.end else ""
    return ", ".join(part for part in (low, high) if part) or "?"


def _update(text: str) -> str:
    """A CPE's update, such as "sp1"; "" where it has none or is no CPE."""
    try:
        return cpe.plain(cpe.parse(text).update)
    except ValueError:
        return ""


def configuration_key(row: Applicability) -> ConfigurationKey:
    """Which configuration a row is part of."""
    return (row.reading, row.vulnerability, row.source, row.configuration)


def _without_commits(rows: list[Applicability]) -> list[Applicability]:
    """Leaves out ranges of commits where the same record gives the product's versions too: no release compares with a
    commit."""
    commits = [row for row in rows if row.version_type == "git"]
    if not commits:
        return rows
    asked = {(row.vulnerability, row.source, row.make, row.product) for row in commits}
    told = asked & {(r.vulnerability, r.source, r.make, r.product) for r in rows if r.version_type != "git"}
    return [
        row
        for row in rows
        if row.version_type != "git" or (row.vulnerability, row.source, row.make, row.product) not in told
    ]


def _is_joint(row: Applicability) -> bool:
    """The row's configuration must be judged over the whole device."""
    return row.configuration_operator == "AND" or row.node_operator == "AND" or row.negate


def cpe_key(text: str) -> CpeKey | None:
    """CPE vendor and product of a name; None where it is none."""
    if text.startswith("cpe:2.3:") and "\\" not in text:
        parts = text.lower().split(":", 5)
        return (parts[3], parts[4]) if len(parts) > 4 else None
    if not text:
        return None
    try:
        parsed = cpe.parse(text)
    except ValueError:
        return None
    return parsed.vendor, parsed.product


def vendor_of(text: str) -> str:
    """A vendor or supplier as compared with another: folded, spaces out."""
    return fold(text).replace(" ", "")


def scheme_of_cpe(key: CpeKey, parsed: Cpe | None) -> str:
    """Scheme of a CPE product's versions: Windows, the ecosystem its target names, else generic."""
    if key[0] == "microsoft" and key[1].startswith("windows_") and key[1] != "windows_ce":
        return WINDOWS
    return TARGET_SCHEMES.get(cpe.plain(parsed.target_sw), "generic") if parsed is not None else "generic"
