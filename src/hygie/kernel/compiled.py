"""The one decorator for compiled loops: numba, bounds checked, the interpreter's lock released.

Compiled code is kept between runs only in a folder that belongs to the user alone, because what lies there is run.
"""

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

try:
    import numba
except ImportError:
    numba = None

Function = TypeVar("Function", bound=Callable[..., Any])
HERE = numba is not None
"""Whether loops are compiled."""


def folder() -> Path | None:
    """Private folder for compiled code; None where there is none that only this user can write."""
    base = os.environ.get("XDG_CACHE_HOME") or (os.environ.get("HOME") and str(Path(os.environ["HOME"], ".cache")))
    if not base or not hasattr(os, "getuid"):
        return None
    path = Path(base, "hygie", "kernel")
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = path.stat()
    except OSError:
        return None
    private = found.st_uid == os.getuid() and not stat.S_IMODE(found.st_mode) & 0o022 and os.access(path, os.W_OK)
    return path if private else None


def _decorator() -> Callable[[Any], Any]:
    kept = folder()
    if kept:
        numba.config.CACHE_DIR = str(kept)
    return numba.njit(nogil=True, boundscheck=True, cache=kept is not None)  # type: ignore[no-any-return]


def compiled(function: Function) -> Function:
    """Compiles a function of arrays and numbers at its first call; leaves it as it is where numba is missing."""
    if numba is None:
        return function
    global _NJIT
    if _NJIT is None:
        _NJIT = _decorator()
    made: Function = _NJIT(function)
    return made


_NJIT: Callable[[Any], Any] | None = None
