"""EPSS scores of one day as CSV -> Score, one row per CVE.

Read line by line: the full list has more than 350,000. The publisher's file starts with a comment (model version, day)
and a heading; copies without either, or with ";" between the cells, are read too. A file without comment and heading
is a part known by the year of its first CVE, so that parts add up and a newer copy of one supersedes.

Source: FIRST, EPSS data layout (cve, epss, percentile).
"""

import io
import re
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from hygie.model.bulk import Bulk
from hygie.model.evidence import Refusal, Speaker
from hygie.model.knowledge import Score
from hygie.model.seams import Given, Input, Reader
from hygie.sources.opening.documents import Told
from hygie.sources.opening.forms import instant

LINE = re.compile(r"\s*(CVE-(\d{4})-\d{4,19})\s*[,;]\s*([\d.eE+-]+)\s*[,;]\s*([\d.eE+-]+)\s*", re.ASCII | re.IGNORECASE)
HEADING = re.compile(r"\s*\"?cve\"?\s*[,;]\s*\"?epss\"?\s*[,;]\s*\"?percentile\"?\s*", re.IGNORECASE)
DAY = re.compile(r"score_date:\s*([0-9T:+.\-Z]+)", re.IGNORECASE)
PLAIN = re.compile(r"^(CVE-\d{4}-\d{4,19}),([\d.eE+-]+),([\d.eE+-]+)$", re.ASCII | re.MULTILINE)
LONG = 1000
"""Characters of a line that are looked at."""
BLOCK = 8192
"""Characters that are looked at together: as many as a damaged end may take with it."""


class Columns(NamedTuple):
    """Cells of lines, by field of `Score`."""

    vulnerability: list[str]
    epss: list[float]
    percentile: list[float]


def _head(source: Input) -> list[str]:
    """First three lines that are not empty."""
    text = source.head[:4096].removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    return [line for line in text.splitlines() if line.strip()][:3]


def recognises(source: Input) -> bool:
    """A comment with a model version, the heading, or three cells: CVE id and two numbers."""
    lines = _head(source)
    if lines and lines[0].startswith("#") and ("model_version" in lines[0] or "score_date" in lines[0]):
        return True
    return bool(lines) and (HEADING.fullmatch(lines[0]) is not None or LINE.fullmatch(lines[0]) is not None)


def series(source: Input) -> str:
    """ "" for the publisher's list, the year of its first CVE for a part without heading."""
    lines = _head(source)
    first = LINE.fullmatch(lines[0]) if lines else None
    return first[2] if first else ""


def dated(source: Input) -> str:
    """Day of the scores by the comment; "" unknown."""
    lines = _head(source)
    said = DAY.search(lines[0]) if lines and lines[0].startswith("#") else None
    return instant(said[1])[:10] if said else ""


def read(source: Input, given: Given) -> Iterator[Score | Refusal]:
    """One row per line. A line that is none is refused. Raises UnicodeDecodeError and what the stream raises."""
    told = Told(source.name, given.reading)
    day = dated(source) or given.dated
    with io.TextIOWrapper(source.open(), encoding="utf-8-sig", newline=None) as lines:
        for count, line in enumerate(iter(lambda: lines.readline(LONG), ""), 1):
            found = _line(told, line, count)
            if found is not None:
                yield Score(given.reading, *found, day)
            yield from told.drain()


def _line(told: Told, line: str, count: int) -> tuple[str, float, float] | None:
    """CVE, chance and rank of a line; None where it holds none, which is refused unless nothing was to be expected."""
    found = LINE.fullmatch(line)
    if found is not None:
        try:
            chance, rank = float(found[3]), float(found[4])
        except ValueError:
            chance = rank = -1.0
        if 0.0 <= chance <= 1.0 and 0.0 <= rank <= 1.0:
            return found[1].upper(), chance, rank
    elif not line.strip() or line.startswith("#") or HEADING.fullmatch(line):
        return None
    told.refuse(f"line {count}", "refusal.epss.line")
    return None


def bulk(source: Input, given: Given) -> Iterator[Bulk | Refusal]:
    """The same as columns, `BLOCK` characters at a time; lines are looked at one by one only where a block needs it."""
    told = Told(source.name, given.reading)
    day = dated(source) or given.dated
    count = 0
    with io.TextIOWrapper(source.open(), encoding="utf-8-sig", newline=None) as stream:
        for block in _blocks(stream):
            columns = _columns(block)
            if columns is None:
                pieces = iter(partial(io.StringIO(block).readline, LONG), "")
                found = [_line(told, piece, number) for number, piece in enumerate(pieces, count + 1)]
                kept = [one for one in found if one is not None]
                columns = Columns([one[0] for one in kept], [one[1] for one in kept], [one[2] for one in kept])
                count += len(found)
            else:
                count += len(columns.vulnerability)
            yield Bulk(Score, given.reading, columns._asdict(), {"dated": day})
            yield from told.drain()


def _blocks(stream: io.TextIOWrapper) -> Iterator[str]:
    """Whole lines, some at a time; of a line that does not end, as many whole pieces of `LONG` as there are."""
    rest = ""
    while text := stream.read(BLOCK):
        whole, mark, rest = (rest + text).rpartition("\n")
        if mark:
            yield whole + mark
        elif len(rest) > BLOCK:
            end = len(rest) // LONG * LONG
            yield rest[:end]
            rest = rest[end:]
    if rest:
        yield rest


def _columns(block: str) -> Columns | None:
    """The columns of lines that all stand as the publisher writes them; None where one does not."""
    found = PLAIN.findall(block)
    if not found or len(found) != block.count("\n") or max(map(len, block.split("\n"))) >= LONG:
        return None
    names, chances, ranks = zip(*found, strict=True)
    try:
        numbers = list(map(float, chances)), list(map(float, ranks))
    except ValueError:
        return None
    if not all(min(column) >= 0.0 and max(column) <= 1.0 for column in numbers):
        return None
    return Columns(list(names), *numbers)


READER = Reader(
    kind="epss",
    version=1,
    recognises=recognises,
    read=read,
    snapshot=True,
    speaker=Speaker.THIRD_PARTY,
    series=series,
    dated=dated,
    bulk=bulk,
)
