"""The text of a session on a switch, a router or a wireless controller: the answers to several commands, one after
another, each read as what it is (see `printed`).

A text that holds nothing but one MAC table, or one ARP table, is of that kind. Readings add up.
"""

from collections.abc import Iterator
from typing import Any

from hygie.model.seams import Given, Input
from hygie.sources.opening.text import lines
from hygie.sources.table import announced, printed
from hygie.sources.table.columns import separated
from hygie.sources.table.neighbours import fits
from hygie.sources.table.printed import OPEN, Part, Sort
from hygie.sources.table.rows import Doubts, Look, Table


def recognises(look: Look) -> float:
    """Entries of more than one sort, or of one among the answers to other commands; neighbours; wireless clients."""
    found = list(printed.parts(look.lines))
    sorts = [one for part in found for one in _sorts(part)]
    told = {sort for sort, _ in sorts}
    asked = any(part.sort in (Sort.NEIGHBOURS, Sort.CLIENTS) and part.sort in told for part in found)
    others = any(part.sort is Sort.OTHER and any(row.strip() for row in part.rows) for part in found)
    prompts = any(part.first > 1 for part in found)
    if Sort.NEIGHBOURS in told or (told and prompts and (asked or others or len(told) > 1)):
        return 1.0
    if len(told) < 2 or separated(look.sheets):
        return 0.0
    rest = [line for line in look.lines if not OPEN.search(line)]
    return 1.0 if fits(rest, sum(count for _, count in sorts)) else 0.0


def _sorts(part: Part) -> Iterator[tuple[Sort, int]]:
    """What a part really holds, and how many entries of it."""
    if part.sort is Sort.NEIGHBOURS:
        count = announced.count(part.rows)
        if count:
            yield Sort.NEIGHBOURS, count
        return
    found = [entry for _, _, entry in printed.entries(part) if entry is not None]
    if part.sort is Sort.CLIENTS and found:
        yield Sort.CLIENTS, len(found)
        return
    learnt = sum(bool(entry.port) for entry in found)
    if learnt:
        yield Sort.MAC, learnt
    if len(found) > learnt:
        yield Sort.ARP, len(found) - learnt


def read(source: Input, given: Given) -> Iterator[Any]:
    """Evidence of all machines that the text names; a Refusal for lines that look like entries and are none, and for
    the answers that are not read."""
    doubts = Doubts(source, given)
    yield from printed.read(lines(source), source, given, doubts)
    yield from doubts.refusals()


TABLE = Table("terminal", 1, recognises, read, snapshot=False)
