"""Version ranges as people read them: "vers:generic/<4.3.0" is "versions before 4.3.0".

What comes in: a language and a text on versions as an advisory or a record writes it. What goes out: a phrase; the text
itself where it is not understood, can be read in two ways, or says more than a range (dates, exceptions). Versions keep
the letters in which they were written.
Source: package-url/vers-spec (vers URI).
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from hygie import words
from hygie.names import ranges
from hygie.names.ranges import Interval

SHOWN = 6
"""Alternatives that are told; beyond, the text itself is shorter."""
_PACK = re.compile(r"sp(\d+)", re.IGNORECASE)
_NOTATION = re.compile(r"\bvers:[a-z]+/[^\s,;)]+")
_UNSAID = ("", "?")
_BARE = "-"


@lru_cache(maxsize=20_000)
def spoken(language: str, text: str) -> str:
    """A text on versions as a phrase of the language."""
    plain = text.strip()
    if plain in _UNSAID:
        return words.say(language, "range.unsaid")
    if plain == _BARE:
        return words.say(language, "range.bare")
    if pack := _PACK.fullmatch(plain):
        return words.say(language, "range.pack", [f"number={pack[1]}"])
    span = ranges.parse(plain)
    if span is None or span.doubtful or span.excluded or span.dates or len(span.intervals) > SHOWN:
        return plain
    if span.everything:
        found = words.say(language, "range.all")
    elif span.listed and len(span.intervals) > 1:
        each = ", ".join(_written(interval.start, plain) for interval in span.intervals)
        found = words.say(language, "range.several", [f"versions={each}"])
    else:
        found = words.say(language, "range.or").join(_phrases(language, span.intervals, plain))
    if span.condition:
        found = words.say(language, "range.condition", [f"range={found}", f"condition={span.condition}"])
    return found


def within(language: str, text: str) -> str:
    """A text in which machine notation stands, as people read it."""
    return _NOTATION.sub(lambda found: spoken(language, found.group()), text) if "vers:" in text else text


def _phrases(language: str, intervals: tuple[Interval, ...], text: str) -> Iterator[str]:
    for interval in intervals:
        args = [f"{name}={_written(getattr(interval, name), text)}" for name in ("start", "end", "prefix")]
        yield words.say(language, f"range.{_form(interval)}", args)


def _form(interval: Interval) -> str:
    """Which phrase tells an interval."""
    if interval.prefix:
        return "family"
    if interval.exact:
        return "one"
    if interval.start in ("", "0"):  # "0" is the first of all
        return "up_to" if interval.end_included else "before"
    if not interval.end:
        return "from" if interval.start_included else "after"
    low = "from" if interval.start_included else "after"
    return f"{low}_up_to" if interval.end_included else f"{low}_before"


def _written(version: str, text: str) -> str:
    """A version in the letters of the text."""
    place = text.casefold().find(version.casefold())
    return text[place : place + len(version)] if version and place >= 0 else version
