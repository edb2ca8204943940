"""The manifest's tables (SQLAlchemy Core), and what brings an older workspace up to date."""

import json
from collections.abc import Iterable

import sqlalchemy as sa

VERSION = 1
"""Raised by every change of the tables; `MIGRATIONS[n]` brings version n to n + 1."""

metadata = sa.MetaData()

meta = sa.Table(
    "meta",
    metadata,
    sa.Column("name", sa.String, primary_key=True),
    sa.Column("value", sa.String, nullable=False),
)

reading = sa.Table(
    "reading",
    metadata,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("source", sa.String, nullable=False),
    sa.Column("site", sa.String, nullable=False),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("reader_version", sa.Integer, nullable=False),
    sa.Column("speaker", sa.String, nullable=False),
    sa.Column("snapshot", sa.Boolean, nullable=False),
    sa.Column("name", sa.String, nullable=False),
    sa.Column("path", sa.String, nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("sha256", sa.String, nullable=False),
    sa.Column("dated", sa.String, nullable=False),
    sa.Column("read_at", sa.String, nullable=False),
    sa.Column("author", sa.String, nullable=False),
    sa.Column("stated", sa.BigInteger, nullable=False),
    sa.Column("refused", sa.BigInteger, nullable=False),
    sa.Column("secrets", sa.BigInteger, nullable=False),
    sa.Column("forgotten", sa.Boolean, nullable=False),
    sa.Column("supersedes", sa.String, nullable=False),
)

part = sa.Table(
    "part",
    metadata,
    sa.Column("file", sa.String, primary_key=True),
    sa.Column("kind", sa.String, nullable=False, index=True),
    sa.Column("stage", sa.String, nullable=False),
    sa.Column("rows", sa.BigInteger, nullable=False),
)
"""A Parquet file that counts; `stage` is "" for what was read."""

held = sa.Table(
    "held",
    metadata,
    sa.Column("reading", sa.String, sa.ForeignKey("reading.id"), primary_key=True),
    sa.Column("file", sa.String, sa.ForeignKey("part.file"), primary_key=True),
    sa.Column("rows", sa.BigInteger, nullable=False),
)
"""Which parts hold rows of which reading."""

stage = sa.Table(
    "stage",
    metadata,
    sa.Column("name", sa.String, primary_key=True),
    sa.Column("fingerprint", sa.String, nullable=False),
)
"""Results kept, and the fingerprint of the inputs that they follow from."""

mapping = sa.Table(
    "mapping",
    metadata,
    sa.Column("source", sa.String, primary_key=True),
    sa.Column("heading", sa.String, primary_key=True),
    sa.Column("trait", sa.String, nullable=False),
)
"""How a source's columns are understood, where a person said so; "-" = not read."""


def migrate(connection: sa.Connection) -> None:
    """Makes the tables, or brings them up to date. Raises ValueError for a workspace newer than this program."""
    metadata.create_all(connection)
    found = connection.execute(sa.select(meta.c.value).where(meta.c.name == "schema")).scalar()
    if found is None:
        connection.execute(meta.insert().values(name="schema", value=str(VERSION)))
    elif int(found) > VERSION:
        raise ValueError("workspace.newer")


def among(column: "sa.ColumnElement[str]", values: Iterable[str]) -> "sa.ColumnElement[bool]":
    """Whether a column is one of these values, however many: they go in as one JSON text.

    A question mark for each would fail beyond the number that the SQLite at hand was built for (often 32,766).
    """
    given = sa.func.json_each(json.dumps(list(values))).table_valued("value")
    return column.in_(sa.select(given.c.value))
