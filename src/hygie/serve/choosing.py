"""`--filter EXPR` on any table."""

from collections.abc import Iterable
from typing import Any

from hygie.exports.listing import Table
from hygie.serve.console import USAGE, Console

NUMBERS = {
    **dict.fromkeys(("probability", "epss"), "f8"),
    **dict.fromkeys(("port", "packets_out", "packets_back", "bytes_out", "bytes_back"), "i8"),
    "opened": "?",
}
"""Numeric columns of tables that are views."""


def chosen(console: Console, table: Table, rows: Iterable[tuple[Any, ...]], expression: str) -> list[tuple[Any, ...]]:
    """The rows for which the expression holds; all without one. A wrong expression ends the program, with its place."""
    listed = list(rows)
    if not expression:
        return listed
    from hygie.store.expression import choose, kinds

    types = kinds(table.row) if table.row else {c: NUMBERS.get(c, "O") for c in table.columns}
    try:
        return choose(table.columns, types, listed, expression)
    except ValueError as error:
        key, *args = map(str, error.args)
        sentence = "usage.expression_end" if "place=end" in args else "usage.expression"
        console.fail(USAGE, sentence, *args, f"reason={console.text(key)}")
