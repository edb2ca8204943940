"""What may go wrong beneath the store, and the sentence that tells it.

What comes in: an error of SQLite or DuckDB. What goes out: a message key and a detail without any value of a row.
"""

import errno
import os
import re

import duckdb
import sqlalchemy as sa

BROKEN: tuple[type[Exception], ...] = (sa.exc.SQLAlchemyError, duckdb.Error)
"""Raised by the store beside OSError and MemoryError: a full disk, too little memory, a damaged file."""

FULL = ("disk is full", "No space left", "could not write", "File too large", "Disk quota", "disk I/O error")
MEMORY = ("out of memory",)
FORBIDDEN = ("readonly database", "unable to open database", "Permission denied", "Read-only file system")
BUSY = ("database is locked",)
_FILE = re.compile(r"[\w.-]+\.parquet")


def trouble(error: Exception) -> tuple[str, str]:
    """Message key (`workspace.*`) and detail of an error that one of `BROKEN` names."""
    text = str(getattr(error, "orig", None) or error)
    if isinstance(error, duckdb.OutOfMemoryException) or _says(text, MEMORY):
        return "workspace.memory", ""
    if _says(text, FULL):
        return "workspace.disk", os.strerror(errno.ENOSPC)
    if _says(text, FORBIDDEN):
        return "workspace.disk", os.strerror(errno.EACCES)
    if _says(text, BUSY):
        return "workspace.locked", ""
    found = _FILE.search(text)
    return "workspace.damaged", found[0] if found else "hygie.db"


def _says(text: str, words: tuple[str, ...]) -> bool:
    return any(word.lower() in text.lower() for word in words)
