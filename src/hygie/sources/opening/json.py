"""Cheap looks into JSON: top-level keys for recognition."""

from weakref import WeakKeyDictionary

from msgspec import DecodeError, Raw
from msgspec.json import Decoder

from hygie.model.seams import Input

_TOP = Decoder(dict[str, Raw])
_seen: "WeakKeyDictionary[Input, dict[str, Raw]]" = WeakKeyDictionary()
"""Eight readers ask in turn whether a document is theirs; it is scanned once."""


def top(source: Input) -> dict[str, Raw]:
    """Top-level keys of a JSON object and their undecoded values; {} where it is none or damaged.

    Raises OSError, and ValueError above the limit of `bytes`.
    """
    kept = _seen.get(source)
    if kept is not None:
        return kept
    keys: dict[str, Raw] = {}
    if source.head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{":
        try:
            keys = _TOP.decode(source.bytes().removeprefix(b"\xef\xbb\xbf"))
        except DecodeError:
            keys = {}
    _seen[source] = keys
    return keys
