"""What renderers write with: sentences in one language, and places that a person can find again."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hygie import words
from hygie.exports import spans
from hygie.model.evidence import Reading
from hygie.model.verdict import Because

_CELL = re.compile(r"(?:(?P<sheet>.+)!)?(?P<cell>[A-Z]{1,3}[1-9][0-9]*)")
_PACKET = re.compile(r"(?:packet )?(?P<number>[0-9]+)")
_LINE = re.compile(r"line (?P<number>[0-9]+)(?::(?P<column>.+))?")
_SPACES = re.compile(r"(?<=\S) {2,}")
"""What an argument leaves that is empty."""
_ARCHIVES = (".zip", ".gz", ".xz", ".zst", ".tar", ".tgz")
_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?:T.*)?")
_DATED = frozenset(("added", "date", "dated", "end", "extended", "latest", "when"))
"""Arguments that hold dates."""
_RANGE = "range"
"""Sort of arguments that hold a text on versions."""
_RAW = "raw"
"""An argument that is shown as its source writes it."""
_CATALOGUED = "catalogued"
"""Sort of arguments that hold names of makers and products as the CPE catalogue has them, parted by commas."""
_SORTS = {
    "because.match.statement.": {"version": _RANGE},
    "because.match.record": {"product": _CATALOGUED},
    "because.match.configuration.": {"product": _CATALOGUED, "products": _CATALOGUED},
}
"""By what the keys of messages begin with: arguments that are of another sort than their name says."""
_FIGURES = frozenset(("epss", "percentile"))
"""Arguments that hold decimal numbers."""
_WORDED = {
    "answer": "answer.{}",
    "expected": "trait.{}",
    "kind": "function.{}",
    "missing": "document.{}",
    "outcome": "outcome.{}",
    "ransomware": "ransomware.{}",
    "restart": "restart.{}",
    "status": "status.{}",
}
"""Arguments that hold stable words, not text: the key of each word's text."""


class Reason(NamedTuple):
    """A because as a sentence, and where it rests."""

    text: str
    at: str
    raw: str = ""
    """Versions as the source writes them, where the sentence says them in other words."""


class Pen:
    """Writes in one language about one workspace."""

    def __init__(self, language: str, readings: Iterable[Reading]) -> None:
        self.language = language
        self._names: dict[str, str] = {}
        self._series: dict[str, list[str]] = {}
        for reading in readings:
            self._names[reading.id] = reading.name
            self._series.setdefault(reading.source, []).append(reading.name)
        self._files = _short(set(self._names.values()))

    def text(self, key: str, *args: str) -> str:
        """The sentence of a key; stable words among its arguments are put into the language too."""
        spoken = [f"{name}={self._worded(sort, value)}" for name, sort, value in _named(key, args)]
        return _SPACES.sub(" ", words.say(self.language, key, spoken)).replace(" ,", ",").rstrip()

    def _worded(self, name: str, value: str) -> str:
        """The value of an argument of a sort as the language says it."""
        if name == _RAW:
            return value
        if name == _RANGE:
            return spans.spoken(self.language, value)
        if value == "-":
            return self.text("undated" if name in _DATED else "unsaid")
        if name in _DATED:
            return self.date(value)
        if name in _FIGURES:
            return words.figure(self.language, value)
        if name == "source":
            return self._record(value)
        if name == _CATALOGUED:
            return ", ".join(_title(one) for one in value.split(", "))
        form = _WORDED.get(name)
        if form is None:
            return spans.within(self.language, value)
        return ", ".join(self.known(form.format(word), word) for word in value.split(", "))

    def _record(self, source: str) -> str:
        """Whose record it is: "adp:CISA-ADP" in words."""
        who, _, name = source.partition(":")
        return self.known(f"source.{who}", source, f"name={name}")

    def date(self, text: str) -> str:
        """The day of an ISO 8601 date or instant as the language writes it; anything else as it is."""
        found = _ISO.fullmatch(text)
        if found is None:
            return text
        return self.text("date", f"year={found['year']}", f"month={found['month']}", f"day={found['day']}")

    def known(self, key: str, otherwise: str, *args: str) -> str:
        """The sentence of a key; `otherwise` where it has none."""
        return self.text(key, *args) if key in words.catalogue(self.language) else otherwise

    def count(self, key: str, number: int, *args: str) -> str:
        """The sentence of a key about a number of things."""
        return self.text(key, f"count={number}", *args)

    def file(self, name: str) -> str:
        """A file's name, with as many of its folders as tell it from others: a whole path is no matter of a report."""
        return self._files.get(name) or name.rsplit("/", 1)[-1]

    def series(self, source: str, readings: Iterable[str] = ()) -> str:
        """Names of the files of a source that count, or of these readings of it where any are told; three at most; the
        source's own name where there is none."""
        told = [self._names[reading] for reading in readings if reading in self._names]
        names = sorted({self.file(name) for name in told or self._series.get(source, [])})
        return ", ".join(names[:3] + ["…"] * (len(names) > 3)) or source

    def place(self, origin: str) -> str:
        """ "<reading>#<place>" as "file, place"; a reading that is gone is said to be."""
        reading, _, place = origin.partition("#")
        where = self._where(place)
        if not reading:
            return where
        known = self._names.get(reading)
        name = self.file(known) if known else self.text("place.gone", f"reading={reading}")
        return f"{name}, {where}" if where else name

    def _where(self, place: str) -> str:
        """Cell, line, packet or JSON pointer, said in words."""
        if found := _CELL.fullmatch(place):
            key = "place.sheet" if found["sheet"] else "place.cell"
            return self.text(key, f"sheet={found['sheet'] or ''}", f"cell={found['cell']}")
        if found := _PACKET.fullmatch(place):
            return self.text("place.packet", f"number={found['number']}")
        if found := _LINE.fullmatch(place):
            key = "place.line.column" if found["column"] else "place.line"
            return self.text(key, f"number={found['number']}", f"column={found['column'] or ''}")
        return self.text("place.pointer", f"pointer={place}") if place.startswith("/") else place

    def reason(self, because: Because) -> Reason:
        """One because."""
        said = [value for _, sort, value in _named(because.key, because.args) if sort == _RANGE]
        raw = [value for value in said if value.strip() and spans.spoken(self.language, value) != value.strip()]
        at = self.place(because.origin) if because.origin else ""
        return Reason(self.text(because.key, *because.args), at, " ; ".join(raw))

    def reasons(self, items: Iterable[Because]) -> list[Reason]:
        """Several."""
        return [self.reason(item) for item in items]

    def sentences(self, items: Iterable[Because]) -> str:
        """Several as one text."""
        return " ".join(_ended(self.reason(item).text) for item in items)

    def kind(self, key: str) -> str:
        """Name of a clinical kind."""
        return self.known(f"function.{key}", key) if key else self.text("kind.unknown")

    def rest(self, shown: int, total: int, where: str) -> str:
        """ "and N more, in FILE"; "" where all is shown. A CSV file is there once somebody exports it."""
        key = "report.more.export" if where.endswith(".csv") else "report.more"
        return self.count(key, total - shown, f"where={where}") if total > shown else ""


def _named(key: str, args: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Name, sort and value of each argument; its sort is its name, but where the message says otherwise."""
    sorts = next((sorts for begin, sorts in _SORTS.items() if key.startswith(begin)), {})
    for arg in args:
        name, _, value = arg.partition("=")
        yield name, sorts.get(name, name), value


def _title(name: str) -> str:
    """A maker and product of the CPE catalogue as people write them: "openssl openssl" is "openssl"."""
    words_of = name.replace("_", " ").split(" ")
    half = len(words_of) // 2
    twice = len(words_of) % 2 == 0 and words_of[:half] == words_of[half:]
    return " ".join(words_of[:half] if twice else words_of)


def _ended(text: str) -> str:
    """A sentence that another may follow."""
    return text if text.endswith((".", "!", "?", "…")) else text + "."


def _short(names: Iterable[str]) -> dict[str, str]:
    """Each path's shortest end that no other path shares; never without the archive that the file came from."""
    parts = {name: name.split("/") for name in names}
    ends = Counter("/".join(each[-n:]) for each in parts.values() for n in range(1, len(each) + 1))
    return {name: _end(each, ends) for name, each in parts.items()}


def _end(parts: list[str], ends: Counter[str]) -> str:
    archive = next((i for i, part in enumerate(parts) if part.lower().endswith(_ARCHIVES)), len(parts) - 1)
    whole = range(len(parts) - archive, len(parts) + 1)
    return next((end for n in whole if ends[end := "/".join(parts[-n:])] == 1), "/".join(parts))
