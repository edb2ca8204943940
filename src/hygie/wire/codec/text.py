"""Text from outside: cleaned, shortened, and without the names that people give to their own telephones."""

import re
import unicodedata

LIMIT = 128
"""Characters kept of a value."""

_PERSONAL = re.compile(
    r"iphone|ipad|ipod|macbook|imac|airpods|apple.?watch|galaxy|pixel|huawei|redmi|xiaomi|oneplus|oppo|android[-_ ]|"
    r"['\u2019`]s[-_ ]",
    re.IGNORECASE,
)


def plain(raw: bytes | str, limit: int = LIMIT) -> str:
    """Readable text: UTF-8, else Latin-1; no control characters, spaces folded, at most `limit` characters."""
    if isinstance(raw, bytes):
        raw = raw[: limit * 4]
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            text = raw.decode("latin-1")
    else:
        text = raw[: limit * 4]
    kept = "".join(c if unicodedata.category(c)[0] not in "CZ" else " " for c in text.replace("\0", " "))
    return " ".join(kept.split())[:limit].strip()


def device_name(raw: bytes | str) -> str:
    """A machine's name; "" where it is one that a person gave to a telephone, tablet or laptop of their own.

    "Marie's iPad" and "iPhone-de-Marie" name a person; "MX800-REA-01" does not.
    """
    text = plain(raw, 64).rstrip(".")
    if not text or "@" in text or _PERSONAL.search(text):
        return ""
    return text
