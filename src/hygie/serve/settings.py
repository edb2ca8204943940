"""What a workspace's own `hygie.toml` says: language, site, how long readings that add up are kept.

    lang = "fr"         # of sentences and headings
    site = "nord"       # site that files are from
    keep_days = 365     # older captures, leases and the like are forgotten
    most_gigabytes = 50 # of one file or stream, unpacked; beyond, reading stops and says so

All may be left out; what is said on the command line goes before. Source: docs/reference/cli.md.
"""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from hygie.words import LANGUAGES

WORKSPACE = Path("hygie-workspace")
"""Where everything rests if nothing else is said."""
FILE = "hygie.toml"
LONGEST = 36_500
"""Days that `keep_days` may say at most."""
LARGEST = 1000
"""Gigabytes that `most_gigabytes` may say at most."""


class Settings(NamedTuple):
    """What holds in a workspace where the command line does not say."""

    lang: str = ""
    """fr or en; "" by the locale."""
    site: str = "local"
    keep_days: int = 0
    """Days after which readings are forgotten by themselves; 0 never."""
    most_gigabytes: int = 0
    """Gigabytes that are read of one file or stream at most; 0 as many as the program can (see `Limits.size`)."""


_FITS: dict[str, Callable[[Any], bool]] = {
    "lang": lambda value: value in LANGUAGES,
    "site": lambda value: isinstance(value, str) and bool(value.strip()),
    "keep_days": lambda value: isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= LONGEST,
    "most_gigabytes": lambda value: isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= LARGEST,
}
"""Key -> whether a value will do. A key's text `settings.<key>` says what will."""


def settings(folder: Path) -> Settings:
    """The settings of a workspace; the defaults where it has none.

    Raises ValueError (message key, "name=value" arguments) for a wrong key or value or what is no TOML; OSError.
    """
    file = folder / FILE
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return Settings()
    except ValueError as error:  # tomllib.TOMLDecodeError and UnicodeDecodeError are ones
        raise ValueError("settings.damaged", f"file={file}", f"detail={error}") from error
    for key, value in said.items():
        if key not in _FITS:
            raise ValueError("settings.key", f"file={file}", f"key={key}", f"keys={', '.join(_FITS)}")
        if not _FITS[key](value):
            raise ValueError(f"settings.{key}", f"file={file}", f"text={value}", f"keys={', '.join(_FITS)}")
    return Settings(**said)
