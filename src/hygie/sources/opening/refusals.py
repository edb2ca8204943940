"""Exceptions of parsers, turned into refusals.

A parser raises a builtin. Where it knows the reason it raises `ValueError("refusal.key", "name=value", ...)`; an
argument "place=..." tells where. Else the kind of exception tells the reason. The text of an exception is kept only
where it cannot hold a value of the file (a patient's name in "invalid literal for int(): 'DUPONT'").
"""

import csv
import lzma
import struct
import zlib
from typing import cast
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile

from isal import isal_zlib
from msgspec import MsgspecError
from zstandard import ZstdError

from hygie.model.evidence import Refusal

_IGZIP = cast(type[Exception], isal_zlib.error)

UNREADABLE: tuple[type[Exception], ...] = (
    ValueError,
    LookupError,
    TypeError,
    ArithmeticError,
    EOFError,
    RuntimeError,  # encrypted zip, recursion, method that zipfile does not know
    OSError,  # a disk's error, a permission, a gzip head
    struct.error,
    BadZipFile,
    zlib.error,
    lzma.LZMAError,
    ZstdError,
    _IGZIP,
    ExpatError,
    csv.Error,
)
"""What a damaged or hostile file can raise in a parser. Nothing else is ever caught."""

DAMAGE: tuple[type[Exception], ...] = (
    ValueError,
    EOFError,
    BadZipFile,
    zlib.error,
    lzma.LZMAError,
    ZstdError,
    _IGZIP,
)
"""What a decompressing stream raises in the middle: damage, or a limit. Not a disk's error."""

_TELLING: tuple[type[Exception], ...] = (
    MsgspecError,
    ExpatError,
    zlib.error,
    lzma.LZMAError,
    ZstdError,
    _IGZIP,
    BadZipFile,
    csv.Error,
)
"""Their texts name places and rules of a format, never values."""

_REASONS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str], ...] = (
    ((EOFError, struct.error), "refusal.truncated"),
    (UnicodeError, "refusal.encoding"),
    (RecursionError, "refusal.deep"),
    (PermissionError, "refusal.permission"),
    (FileNotFoundError, "refusal.absent"),
    (_TELLING, "refusal.damaged"),
    (NotImplementedError, "refusal.method"),
    (OSError, "refusal.disk"),
)


def shown(text: str, most: int = 300) -> str:
    """Text from outside as it may stand on a terminal: control characters and line breaks replaced, cut at `most`."""
    clean = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[: most + 1])
    return clean if len(clean) <= most else clean[: most - 1] + "\N{HORIZONTAL ELLIPSIS}"


def refusal(name: str, error: Exception, reading: str = "", place: str = "", whole: bool = True) -> Refusal:
    """The refusal that tells `error`. `place` is the last place read well; the error's own place wins."""
    texts = [a for a in error.args if isinstance(a, str)]
    if texts and texts[0].startswith("refusal.") and isinstance(error, ValueError):
        args = [shown(a) for a in texts[1:]]
        own = [a.removeprefix("place=") for a in args if a.startswith("place=")]
        place = own[0] if own else place
        return Refusal(reading, name, place, texts[0], tuple(a for a in args if not a.startswith("place=")), whole)
    reason = next((key for kind, key in _REASONS if isinstance(error, kind)), "refusal.damaged")
    detail = shown(str(error), 160) if isinstance(error, _TELLING) else type(error).__name__
    if isinstance(error, OSError) and error.strerror:
        detail = shown(error.strerror, 160)
    return Refusal(reading, name, place, reason, (f"detail={detail}",), whole)
