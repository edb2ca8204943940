"""Ranges of versions as advisories write them, understood or refused.

`parse` turns a text into a `Range`, or None where it does not understand it; `contains` says whether a version lies in
it: True, False, or None where that cannot be said. Where a text can be read in two ways, what only one reading covers
is kept apart (`doubtful`) and yields None. A condition beside the version ("with wireless module", "on Windows 8.1")
is kept as text: inside the range it yields None, outside still False.

Source: package-url/vers-spec (vers URI); CISA and manufacturers' CSAF advisories (free text).
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from hygie.names import phrases
from hygie.names.version import FIRMWARE, known, order

_PARTS = re.compile(r"[0-9]{1,18}|[a-z]+")
_LEADING = re.compile(r"^(?:versions?|ver|v|revisions?|rev|release|r)[\s.:]*(?=[0-9]|[a-z]\b)")


@dataclass(frozen=True, slots=True)
class Interval:
    """Versions from start to end."""

    start: str = ""
    """"" open."""
    start_included: bool = True
    end: str = ""
    """"" open."""
    end_included: bool = True
    prefix: str = ""
    """"14.1": every version that begins with these numbers; bounds are then empty."""

    @property
    def exact(self) -> bool:
        """One version."""
        return bool(self.start) and self.start == self.end and self.start_included and self.end_included


@dataclass(frozen=True, slots=True)
class Range:
    """A set of versions."""

    intervals: tuple[Interval, ...]
    doubtful: tuple[Interval, ...] = ()
    """Covered by one reading of the text only."""
    excluded: tuple[Interval, ...] = ()
    everything: bool = False
    condition: str = ""
    """What else must hold, as written; "" nothing."""
    scheme: str = ""
    """Scheme that the text itself names; "" the product's own."""
    dates: bool = False
    """Bounds are dates (of release or manufacture)."""

    @property
    def listed(self) -> bool:
        """Names single versions only: it says nothing about others."""
        return bool(self.intervals) and all(interval.exact for interval in self.intervals)

    @property
    def specificity(self) -> int:
        """3 single versions, 2 bounded, 0 everything."""
        return 0 if self.everything else 3 if self.listed else 2


ALL = Range((), everything=True)

_CONSTRAINT = re.compile(r"(<=|>=|!=|==|<|>|=|≤|≥)?\s*([^<>=!|≤≥]+)")
_SYMBOLS = {"≤": "<=", "≥": ">=", "==": "=", "": "="}
_TO = "<?"
"""Sign of the later end of "A10 < A11": whether it is meant itself cannot be told (an advisory that writes so means
both)."""
_DASH = re.compile(r"(.+?)\s+[-–]\s*(.+)|(.+?)\s*[–]\s*(.+)")
_WILD = re.compile(r"v?(\d+(?:\.\d+)*)((?:\.[x*])+)", re.IGNORECASE)
_WILD_LETTER = re.compile(r"([a-z]\.\d*)x", re.IGNORECASE)
_MOST = 200
LONGEST = 500
"""Characters of a text on versions; longer ones are not read."""


@lru_cache(maxsize=100_000)
def parse(text: str) -> Range | None:
    """What a version text of an advisory or record says; None where it is not understood."""
    if len(text) > LONGEST:
        return None
    words = phrases.plain(text)
    if phrases.is_everything(words):
        return ALL
    if words.startswith("vers:"):
        return _vers(words)
    divided, condition = phrases.without_condition(words)
    if divided is None:
        return None
    words = divided
    if phrases.is_everything(words):
        return replace(ALL, condition=condition)
    spoken = phrases.with_symbols(words)
    dated = phrases.with_dates(spoken)
    if dated is not None:
        found = _constraints(dated)
        return None if found is None else replace(found, dates=True, condition=condition)
    found = _constraints(spoken)
    return None if found is None else replace(found, condition=condition or found.condition)


def _vers(text: str) -> Range | None:
    """A vers URI, also as CISA writes it ("vers:all/>=V2.0<V2.1")."""
    scheme, slash, rest = text[5:].partition("/")
    if not slash:
        return None
    scheme = scheme.strip().lower()
    ours = "" if scheme in ("all", "generic", "unknown", "") else scheme
    if ours and not known(ours):
        return None
    if rest.strip() in ("*", ""):
        return replace(ALL, scheme=ours) if rest.strip() else None
    found = _constraints(rest)
    return None if found is None else replace(found, scheme=ours)


def _constraints(text: str) -> Range | None:
    """Operators and versions, joined by "|", "," or nothing."""
    pairs: list[tuple[str, str]] = []
    for part in re.split(r"\s*[|;]\s*|,\s+(?=[<>=v\d])|,(?=[<>=])", text):
        if part.strip():
            found = _part(part.strip())
            if found is None:
                return None
            pairs.extend(found)
    return _combine(pairs) if pairs and len(pairs) <= _MOST else None


def _part(part: str) -> list[tuple[str, str]] | None:
    """Operator and version pairs of one alternative."""
    if not re.search(r"[<>=≤≥]", part):
        dash = _DASH.fullmatch(part)
        if dash:
            low, high = dash.group(1) or dash.group(3), dash.group(2) or dash.group(4)
            return _pair(">=", low) + _pair("<=", high) if _fit(low) and _fit(high) else None
        letters = re.fullmatch(r"([a-z])-([a-z])", part, re.IGNORECASE)
        if letters:
            return [(">=", letters.group(1)), ("<=", letters.group(2))]
    pairs: list[tuple[str, str]] = []
    for found in _CONSTRAINT.finditer(part):
        sign, version = found.group(1) or "", found.group(2).strip(" .,")
        if not version or version == "*":
            continue
        if not _fit(version):
            return None
        pairs.extend(_pair(_SYMBOLS.get(sign, sign), version))
    if [sign for sign, _ in pairs] == ["=", "<"] and not part.startswith("="):
        pairs[1] = _TO, pairs[1][1]
    return pairs or None


def _pair(sign: str, version: str) -> list[tuple[str, str]]:
    """One pair, cleaned."""
    return [(sign, version.strip(" .,"))]


def _fit(version: str) -> bool:
    """Whether a text can be a version, or a wildcard of one."""
    version = version.strip(" .,")
    if _WILD.fullmatch(version) or _WILD_LETTER.fullmatch(version):
        return True
    return phrases.looks_like_a_version(version) and order(FIRMWARE).compare(version, version) == 0


def _combine(pairs: list[tuple[str, str]]) -> Range | None:
    """Pairs to intervals: a lower bound goes with the upper bound that follows it."""
    intervals: list[Interval] = []
    doubtful: list[Interval] = []
    excluded: list[Interval] = []
    place = 0
    while place < len(pairs):
        sign, version = pairs[place]
        following = pairs[place + 1] if place + 1 < len(pairs) else ("", "")
        place += 1
        if sign == "!=":
            excluded.append(Interval(version, True, version, True))
        elif following[0] == _TO:
            intervals.append(_upper(("<", following[1]), Interval(version, True)))
            doubtful.append(Interval(following[1], True, following[1], True))
            place += 1
        elif sign in (">=", ">", "=") and following[0] in ("<", "<="):
            start, included = _lower(version)
            intervals.append(_upper(following, Interval(start, included and sign != ">")))
            if sign == "=":
                doubtful.append(_upper(following, Interval()))
            place += 1
        elif sign == ">=" and following[0] == "=" and len(pairs) == 2:
            intervals.append(Interval(_lower(version)[0], True, following[1], True))
            doubtful.append(Interval(_lower(version)[0]))
            place += 1
        elif sign in (">=", ">"):
            intervals.append(Interval(_lower(version)[0], sign == ">="))
        elif sign in ("<", "<="):
            intervals.append(_upper((sign, version), Interval()))
        else:
            intervals.append(_one(version))
    everything = not intervals and bool(excluded)
    return Range(tuple(intervals), tuple(doubtful), tuple(excluded), everything)


def _lower(version: str) -> tuple[str, bool]:
    """A lower bound; "6.x" begins at 6."""
    wild = _WILD.fullmatch(version)
    return (wild.group(1), True) if wild else (version, True)


def _upper(pair: tuple[str, str], interval: Interval) -> Interval:
    """The interval with an upper bound; "<= 11.x" ends with the last 11, "< 3.x" before 3."""
    sign, version = pair
    wild = _WILD.fullmatch(version)
    if wild and sign == "<=":
        return replace(interval, end=_next(wild.group(1)), end_included=False)
    if wild:
        return replace(interval, end=wild.group(1), end_included=False)
    letter = _WILD_LETTER.fullmatch(version)
    if letter:
        return replace(interval, end=_next(letter.group(1) + "0"), end_included=False)
    return replace(interval, end=version, end_included=sign == "<=")


def _next(version: str) -> str:
    """The first version after all that begin with this one: its last number plus one ("C.0" -> "C.1")."""
    head, digits = re.fullmatch(r"(.*?)(\d+)", version).groups()  # type: ignore[union-attr]
    return f"{head}{int(digits) + 1}"


def _one(version: str) -> Interval:
    """A single version, or a wildcard."""
    wild = _WILD.fullmatch(version)
    return Interval(prefix=wild.group(1)) if wild else Interval(version, True, version, True)


def contains(versions: Range, version: str, scheme: str = FIRMWARE) -> bool | None:
    """Whether the version lies in the range; None where that cannot be said. The range's own scheme goes first.

    Raises LookupError for a scheme that nobody knows.
    """
    inside = _inside(versions, version.strip(), versions.scheme or scheme)
    return None if inside and versions.condition else inside


def _inside(versions: Range, version: str, scheme: str) -> bool | None:
    """`contains` without the condition."""
    if not version:
        return True if versions.everything and not versions.excluded else None
    if versions.dates:
        date = phrases.iso_date(version)
        if date is None:
            return None
        version, scheme = date, FIRMWARE
    if versions.excluded:
        out = _any(versions.excluded, version, scheme)
        if out is not False:
            return None if out is None else False
    if versions.everything:
        return True
    sure = _any(versions.intervals, version, scheme)
    if sure is not False or not versions.doubtful:
        return sure
    return False if _any(versions.doubtful, version, scheme) is False else None


def _any(intervals: tuple[Interval, ...], version: str, scheme: str) -> bool | None:
    """Kleene's or over intervals."""
    unknown = False
    for interval in intervals:
        answer = within(interval, version, scheme)
        if answer:
            return True
        unknown = unknown or answer is None
    return None if unknown else False


def within(interval: Interval, version: str, scheme: str) -> bool | None:
    """Whether a version lies in one interval; None where that cannot be said."""
    if interval.prefix:
        if order(scheme).compare(version, interval.prefix) == 0:
            return True
        interval = Interval(interval.prefix, True, _next(interval.prefix), False)
    above: bool | None = True
    below: bool | None = True
    before_start, before_end = _open(interval, version, scheme)
    if interval.start:
        sign = None if before_start else order(scheme).compare(version, interval.start)
        above = None if sign is None else sign > 0 or (sign == 0 and interval.start_included)
    if interval.end:
        sign = None if before_end else order(scheme).compare(version, interval.end)
        below = None if sign is None else sign < 0 or (sign == 0 and interval.end_included)
        if below is False and interval.end_included and not interval.exact and scheme == FIRMWARE:
            below = _of_family(version, interval.end)
    if above is False or below is False:
        return False
    return None if above is None or below is None else True


def _open(interval: Interval, version: str, scheme: str) -> tuple[bool, bool]:
    """Whether the version is written too short to be laid against the start, and against the end.

    "12.2" may be any 12.2, also one after 12.2.8.410; unless the interval names 12.2 itself, as its other bound. A word
    or letter behind the same numbers is another version ("2.6" and "2.6a").
    """
    whole = _written(version) if scheme == FIRMWARE else []
    start, end = _written(interval.start), _written(interval.end)
    if not whole or whole in (start, end):
        return False, False
    return _begins(whole, start), _begins(whole, end)


def _begins(whole: list[int | str], bound: list[int | str]) -> bool:
    """Whether a bound goes on with a number, other than zeros alone, where the version stops."""
    rest = bound[len(whole) :]
    return bool(rest) and bound[: len(whole)] == whole and isinstance(rest[0], int) and any(rest)


def coarse(versions: Range, version: str) -> bool:
    """Whether a version of a maker's scheme is written too short to be laid against one of the bounds."""
    if versions.dates or versions.scheme not in ("", FIRMWARE):
        return False
    bounds = (Interval(one.prefix) if one.prefix else one for one in (*versions.intervals, *versions.excluded))
    return any(any(_open(one, version, FIRMWARE)) for one in bounds)


def _of_family(version: str, last: str) -> bool | None:
    """Whether a version beyond an inclusive bound belongs to it all the same, where the bound is written shorter.

    "Rev B-M" holds M.03 and "up to 2" holds 2.3.6: a bound of one part names a family. "Up to 2.3" may mean 2.3.0 or
    every 2.3: None. Never silently outside: somebody would be told "not affected".
    """
    whole, bound = _written(version), _written(last)
    if not bound or not whole or len(whole) <= len(bound) or whole[: len(bound)] != bound:
        return False
    return True if len(bound) == 1 else None


def shorter(versions: Range, version: str) -> bool:
    """Whether a single version is named that may stand for this longer one: "B.02" for B.02.02."""
    whole = _written(version)
    named = [_written(interval.start) for interval in versions.intervals if interval.exact]
    return any(one and len(one) < len(whole) and whole[: len(one)] == one for one in named)


def _written(version: str) -> list[int | str]:
    """Numbers and words of a version as written, zeros at the end too."""
    pieces = _PARTS.findall(_LEADING.sub("", version.strip().lower()))
    return [int(piece) if piece.isdecimal() else piece for piece in pieces]
