"""The filter grammar of CLI, web and API, compiled to a clause with bound values: never SQL from outside.

    EXPR  = all ("or" all)*
    all   = one ("and" one)*
    one   = "not" one | "(" EXPR ")" | FIELD OP VALUE
    OP    = "=" | "!=" | "~" | "<" | "<=" | ">" | ">="
    VALUE = a word, or text in single or double quotes (doubled inside)

Text compares without case; "~" means "contains"; a field that holds several values is "=" when one of them is. A field
of listed words (`Words`) takes each of them in any of its spoken forms; "<" and ">" go by the list's order, if it has
one; another word is an error, but for "" (no word).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from operator import ge, gt, le, lt
from typing import Any, NamedTuple

import duckdb
import numpy as np

from hygie.store.columns import Column, clean, layout, write_tuple
from hygie.store.parts import registered

_TOKEN = re.compile(
    r"""\s*(?:(?P<text>"(?:[^"]|"")*"|'(?:[^']|'')*')|(?P<op><=|>=|!=|[=~<>])|(?P<mark>[()])|(?P<word>[^\s()=~<>!"']+))"""
)
_NUMBER = re.compile(r"[+-]?[0-9]{1,30}(\.[0-9]{1,30})?(e[+-]?[0-9]{1,3})?", re.IGNORECASE)
_DEPTH = 50
"""Parentheses and "not" within each other."""


class Words(NamedTuple):
    """The words that a field may hold."""

    spoken: Mapping[str, tuple[str, ...]]
    """Stable word -> its spoken forms, folded by `fold`."""
    fold: Callable[[str], str]
    """Brings what a person wrote into the form of `spoken`."""
    ordered: bool = False
    """The words stand from the least to the most."""

    def meant(self, operator: str, text: str) -> list[str]:
        """The stable words for which a comparison ("=", "~", "<"...) holds. Raises ValueError (message key)."""
        given = self.fold(text)
        if operator == "~":
            found = [word for word, forms in self.spoken.items() if any(given in form for form in forms)]
        else:
            found = [word for word, forms in self.spoken.items() if given in forms]
        if not found or not given:
            raise ValueError("expression.word")
        if operator not in _ORDERS:
            return found
        if not self.ordered:
            raise ValueError("expression.order")
        order = list(self.spoken)
        return [word for word in order if _ORDERS[operator](order.index(word), order.index(found[0]))]


_ORDERS: dict[str, Callable[[int, int], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge}


class Clause(NamedTuple):
    """Text of ours, the values to bind to its question marks, and the columns it speaks of."""

    text: str
    values: tuple[str, ...]
    columns: frozenset[str]

    def joined(self, word: str, other: "Clause") -> "Clause":
        """Both, by AND or OR."""
        return Clause(f"({self.text} {word} {other.text})", self.values + other.values, self.columns | other.columns)


class _Token(NamedTuple):
    kind: str
    text: str
    place: int


def kinds(row: type) -> dict[str, str]:
    """What each field of a row type holds: "O" text, "i8", "f8", "?", or "tuple"."""
    return {f.name: "tuple" if f.many else f.dtype for f in layout(row)}


def compiled(expression: str, kinds: Mapping[str, str], words: Mapping[str, Words] | None = None) -> Clause:
    """The clause of an expression over these columns; `words`: of those that hold listed words.

    Raises ValueError (message key, place, word; where it is about one column, its name too) if it is wrong.
    """
    tokens = _tokens(expression)
    parser = _Parser(tokens, kinds, words or {})
    clause = parser.either(0)
    if parser.at < len(tokens):
        raise parser.wrong("expression.rest")
    return clause


def _tokens(expression: str) -> list[_Token]:
    tokens, at = [], 0
    text = expression.rstrip()
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            at += len(text[at:]) - len(text[at:].lstrip())
            raise ValueError("expression.character", f"place={at + 1}", f"word={text[at : at + 10]}")
        kind = found.lastgroup or ""
        tokens.append(_Token(kind, found.group(kind), found.start(kind)))
        at = found.end()
    return tokens


class _Parser:
    """Recursive descent over the tokens."""

    def __init__(self, tokens: list[_Token], kinds: Mapping[str, str], words: Mapping[str, Words]) -> None:
        self.tokens = tokens
        self.kinds = kinds
        self.words = words
        self.at = 0

    def either(self, depth: int) -> Clause:
        clause = self.all(depth)
        while self.takes("or"):
            clause = clause.joined("OR", self.all(depth))
        return clause

    def all(self, depth: int) -> Clause:
        clause = self.one(depth)
        while self.takes("and"):
            clause = clause.joined("AND", self.one(depth))
        return clause

    def one(self, depth: int) -> Clause:
        if depth > _DEPTH:
            raise self.wrong("expression.deep")
        if self.takes("not"):
            clause = self.one(depth + 1)
            return clause._replace(text=f"(NOT {clause.text})")
        if self.next("mark").text == "(":
            self.at += 1
            clause = self.either(depth + 1)
            if self.next("mark").text != ")":
                raise self.wrong("expression.closing")
            self.at += 1
            return clause
        return self.comparison()

    def comparison(self) -> Clause:
        field = self.next("word")
        kind = self.kinds.get(field.text)
        if kind is None:
            raise self.wrong("expression.field")
        self.at += 1
        operator = self.next("op")
        if not operator.text:
            raise self.wrong("expression.operator")
        self.at += 1
        value = self.next("word") if self.next("word").text else self.next("text")
        if not value.text:
            raise self.wrong("expression.value")
        text, listed = _unquoted(value), self.words.get(field.text)
        try:
            if listed is not None and text:
                clause = _among(field.text, kind, operator.text, listed.meant(operator.text, text))
            else:
                clause = _compare(field.text, kind, operator.text, text)
        except ValueError as error:
            raise self.wrong(str(error), f"column={field.text}") from error
        self.at += 1
        return clause

    def takes(self, word: str) -> bool:
        if self.next("word").text.lower() == word:
            self.at += 1
            return True
        return False

    def next(self, kind: str) -> _Token:
        """The token that comes, where it is of this kind; else one without text."""
        if self.at < len(self.tokens) and self.tokens[self.at].kind == kind:
            return self.tokens[self.at]
        return _Token(kind, "", 0)

    def wrong(self, key: str, *more: str) -> ValueError:
        if self.at < len(self.tokens):
            token = self.tokens[self.at]
            return ValueError(key, f"place={token.place + 1}", f"word={token.text}", *more)
        return ValueError(key, "place=end", "word=", *more)


def _unquoted(token: _Token) -> str:
    if token.kind != "text":
        return token.text
    quote = token.text[0]
    return token.text[1:-1].replace(quote * 2, quote)


def _compare(field: str, kind: str, operator: str, value: str) -> Clause:
    """One comparison; `field` is a name of the table, so its text is ours. Raises ValueError (message key)."""
    column = f'"{field}"'
    if kind in ("i8", "f8"):
        value = value.replace(",", ".")
        if not _NUMBER.fullmatch(value):
            raise ValueError("expression.number")
        text = f"({column} {'=' if operator == '~' else operator} TRY_CAST(? AS DOUBLE))"
    elif kind == "?":
        text = f"({column} {'!=' if operator == '!=' else '='} TRY_CAST(? AS BOOLEAN))"
    elif operator == "~":
        text = f"contains(lower({column}), lower(?))"
    elif kind == "tuple" and operator in ("=", "!="):
        inside = f"contains(lower({column}), lower(?))"
        text = inside if operator == "=" else f"(NOT {inside})"
        value = '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    else:
        text = f"(lower({column}) {operator} lower(?))"
    return Clause(text, (value,), frozenset([field]))


def _among(field: str, kind: str, operator: str, words: Sequence[str]) -> Clause:
    """That a column holds one of some words; none, for what comes after the last."""
    parts = [_compare(field, kind, "=", word) for word in words] or [Clause("FALSE", (), frozenset([field]))]
    text = f"({' OR '.join(part.text for part in parts)})"
    text = f"(NOT {text})" if operator == "!=" else text
    return Clause(text, tuple(value for part in parts for value in part.values), parts[0].columns)


def choose(
    columns: Sequence[str],
    kinds: Mapping[str, str],
    rows: Sequence[tuple[Any, ...]],
    expression: str,
    words: Mapping[str, Words] | None = None,
) -> list[tuple[Any, ...]]:
    """The rows (tuples in the order of `columns`) for which an expression holds. Raises ValueError as `compiled`."""
    clause = compiled(expression, kinds, words)
    if not rows:
        return []
    table: dict[str, Column] = {"row": np.arange(len(rows))}
    for name in clause.columns:
        place, dtype = columns.index(name), kinds[name]
        column = np.empty(len(rows), dtype="O" if dtype == "tuple" else dtype)
        column[:] = [_held(row[place], dtype) for row in rows]
        table[name] = column
    connection = duckdb.connect(":memory:", config={"enable_external_access": "false"})
    try:
        with registered(connection, "listed", table):
            query = f"SELECT row FROM listed WHERE {clause.text} ORDER BY row"
            found = connection.execute(query, list(clause.values)).fetchnumpy()["row"]
    finally:
        connection.close()
    return [rows[i] for i in found.tolist()]


def _held(value: Any, dtype: str) -> Any:
    """A cell as the compared column holds it."""
    if dtype == "tuple":
        return write_tuple(value)
    if dtype == "O":
        return clean("" if value is None else str(value))
    return float("nan") if value is None else value
