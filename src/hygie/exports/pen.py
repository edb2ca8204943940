"""What renderers write with: sentences in one language, and places that a person can find again."""

from collections.abc import Iterable
from typing import NamedTuple

from hygie import words
from hygie.model.evidence import Reading
from hygie.model.verdict import Because


class Reason(NamedTuple):
    """A because as a sentence, and where it rests."""

    text: str
    at: str


class Pen:
    """Writes in one language about one workspace."""

    def __init__(self, language: str, readings: Iterable[Reading]) -> None:
        self.language = language
        self._names = {r.id: r.name for r in readings}

    def text(self, key: str, *args: str) -> str:
        """The sentence of a key."""
        return words.say(self.language, key, args)

    def place(self, origin: str) -> str:
        """ "<reading>#<place>" as "file, place"; a reading that is gone is said to be."""
        reading, _, place = origin.partition("#")
        if not reading:
            return place
        name = self._names.get(reading) or self.text("place.gone", f"reading={reading}")
        return f"{name}, {place}" if place else name

    def reason(self, because: Because) -> Reason:
        """One because."""
        return Reason(self.text(because.key, *because.args), self.place(because.origin) if because.origin else "")

    def reasons(self, items: Iterable[Because]) -> list[Reason]:
        """Several."""
        return [self.reason(item) for item in items]

    def sentences(self, items: Iterable[Because]) -> str:
        """Several as one text."""
        return " ".join(self.reason(item).text for item in items)

    def kind(self, key: str) -> str:
        """Name of a clinical kind."""
        return self.text(f"function.{key}.name") if key else self.text("kind.unknown")

    def rest(self, shown: int, total: int, where: str) -> str:
        """ "and N more, in FILE"; "" where all is shown."""
        return self.text("report.more", f"count={total - shown}", f"where={where}") if total > shown else ""
