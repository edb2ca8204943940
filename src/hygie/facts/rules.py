"""The rules that come with Hygie: what server names, vendor classes, descriptions and the like say of a thing.

What comes in: nothing. What goes out: the lines of `rules.csv`, in the form in which a hospital writes its own: one
conclusion a line, several lines of one name are one rule. Confidence is judgement, held against `bench/identity.py`.

To add a rule: a line with its source. A range stays a range: Internet Information Services 10.0 says "Windows NT 10.0",
which is Windows 10, 11 and Server 2016 to 2025, never one of them.
"""

import csv
from functools import cache
from importlib import resources

VERSION = 1
"""Raised whenever a rule changes meaning."""

COLUMNS = ("rule", "reads", "pattern", "unless", "concludes", "value", "confidence", "source")
"""Headings of the file."""


@cache
def lines() -> tuple[tuple[str, ...], ...]:
    """Cells of each line below the headings, in the order of `COLUMNS`."""
    text = resources.files("hygie.facts").joinpath("rules.csv").read_text(encoding="utf-8")
    rows = list(csv.reader(text.splitlines(), delimiter=";"))
    return tuple(tuple(row) for row in rows[1:])
