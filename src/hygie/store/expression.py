"""The filter grammar of CLI, web and API, compiled to a clause with bound values: never SQL from outside.

    EXPR  = all ("or" all)*
    all   = one ("and" one)*
    one   = "not" one | "(" EXPR ")" | FIELD OP VALUE
    OP    = "=" | "!=" | "~" | "<" | "<=" | ">" | ">="
    VALUE = a word, or text in single or double quotes (doubled inside)

Text compares without case; "~" means "contains"; a field that holds several values is "=" when one of them is.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from hygie.store.columns import layout

_TOKEN = re.compile(
    r"""\s*(?:(?P<text>"(?:[^"]|"")*"|'(?:[^']|'')*')|(?P<op><=|>=|!=|[=~<>])|(?P<mark>[()])|(?P<word>[^\s()=~<>!"']+))"""
)
_DEPTH = 50
"""Parentheses and "not" within each other."""


class Clause(NamedTuple):
    """Text of ours, and the values to bind to its question marks."""

    text: str
    values: tuple[str, ...]


class _Token(NamedTuple):
    kind: str
    text: str
    place: int


def compiled(expression: str, row: type) -> Clause:
    """The clause of an expression over a row type. Raises ValueError (message key, place, word) where it is wrong."""
    tokens = _tokens(expression)
    parser = _Parser(tokens, {f.name: "tuple" if f.many else f.dtype for f in layout(row)})
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
            raise ValueError("expression.character", f"place={at + 1}", f"word={text[at : at + 10]}")
        kind = found.lastgroup or ""
        tokens.append(_Token(kind, found.group(kind), found.start(kind)))
        at = found.end()
    return tokens


class _Parser:
    """Recursive descent over the tokens."""

    def __init__(self, tokens: list[_Token], kinds: Mapping[str, str]) -> None:
        self.tokens = tokens
        self.kinds = kinds
        self.at = 0

    def either(self, depth: int) -> Clause:
        clause = self.all(depth)
        while self.takes("or"):
            other = self.all(depth)
            clause = Clause(f"({clause.text} OR {other.text})", clause.values + other.values)
        return clause

    def all(self, depth: int) -> Clause:
        clause = self.one(depth)
        while self.takes("and"):
            other = self.one(depth)
            clause = Clause(f"({clause.text} AND {other.text})", clause.values + other.values)
        return clause

    def one(self, depth: int) -> Clause:
        if depth > _DEPTH:
            raise self.wrong("expression.deep")
        if self.takes("not"):
            clause = self.one(depth + 1)
            return Clause(f"(NOT {clause.text})", clause.values)
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
        self.at += 1
        return _compare(field.text, kind, operator.text, _unquoted(value))

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

    def wrong(self, key: str) -> ValueError:
        if self.at < len(self.tokens):
            token = self.tokens[self.at]
            return ValueError(key, f"place={token.place + 1}", f"word={token.text}")
        return ValueError(key, "place=end", "word=")


def _unquoted(token: _Token) -> str:
    if token.kind != "text":
        return token.text
    quote = token.text[0]
    return token.text[1:-1].replace(quote * 2, quote)


def _compare(field: str, kind: str, operator: str, value: str) -> Clause:
    """One comparison; `field` is a name of the row type, so its text is ours."""
    column = f'"{field}"'
    if kind in ("i8", "f8"):
        sign = "=" if operator == "~" else operator
        return Clause(f"({column} {sign} TRY_CAST(? AS DOUBLE))", (value,))
    if kind == "?":
        return Clause(
            f"({column} = TRY_CAST(? AS BOOLEAN))" if operator != "!=" else f"({column} != TRY_CAST(? AS BOOLEAN))",
            (value,),
        )
    if operator == "~":
        return Clause(f"contains(lower({column}), lower(?))", (value,))
    if kind == "tuple" and operator in ("=", "!="):
        clause = f"contains(lower({column}), lower(?))"
        quoted = '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        return Clause(clause if operator == "=" else f"(NOT {clause})", (quoted,))
    return Clause(f"(lower({column}) {operator} lower(?))", (value,))
