"""The one decorator for compiled loops: numba, bounds checked, the interpreter's lock released.

Compiled code is kept between runs only in a folder that belongs to the user alone, because what lies there is run.
"""

import hashlib
import importlib
import os
import re
import shutil
import stat
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

numba: Any
try:
    numba = importlib.import_module("numba")
except ImportError:
    numba = None

Array = np.ndarray[Any, np.dtype[Any]]
"""An array of a kernel; its form stands in the docstring."""
Number = Any
"""A whole number of 64 bits: Python's or NumPy's, to compiled code they are one."""
Truth = Any
"""True or false, likewise."""
Function = TypeVar("Function", bound=Callable[..., Any])
HERE = numba is not None
"""Whether loops are compiled."""
FEWEST = 4
"""Folders of compiled code that stay, however long nobody has used them."""
UNUSED = 7 * 86_400
"""Seconds after which another one that nobody has used is removed."""
_NAME = re.compile(r"[0-9a-f]{16}|kernel_[0-9a-f]{40}")
"""Folders that were made here, in this form or an earlier one."""
_MADE: list[Any] = []
"""The compiled functions."""


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


def _edition() -> str:
    """Digest of all loops: numba looks at the file of a function only, not at those of the functions that it calls."""
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def sweep(room: Path) -> None:
    """Marks a folder as used now, and removes those beside it that nobody has used for long.

    Other installations of the user may use theirs: each marks its own at every start, the last `FEWEST` stay however
    old they are, and of what a process is using nothing is lost but the time to compile it again.
    """
    try:
        room.mkdir(mode=0o700, exist_ok=True)
        os.utime(room)
        now = room.stat().st_mtime
        with os.scandir(room.parent) as entries:
            others = [entry for entry in entries if _NAME.fullmatch(entry.name) and entry.is_dir(follow_symlinks=False)]
        used = sorted(((entry.stat().st_mtime, entry.path) for entry in others), reverse=True)
    except OSError:  # a process that may write nothing uses what is there
        return
    for last, path in used[FEWEST:]:
        if now - last > UNUSED:
            shutil.rmtree(path, ignore_errors=True)


@cache
def _decorator() -> Callable[[Any], Any]:
    kept = folder()
    if kept:
        room = kept / _edition()
        numba.config.CACHE_DIR = str(room)
        sweep(room)
    made: Callable[[Any], Any] = numba.njit(nogil=True, boundscheck=True, cache=kept is not None)
    return made


def compiled(function: Function) -> Function:
    """Compiles a function of arrays and numbers at its first call; leaves it as it is where numba is missing."""
    if numba is None:
        return function
    made: Function = _decorator()(function)
    _MADE.append(made)
    return made


def seal() -> None:
    """Keeps no more compiled code from now on, for a process that may not write where it lies."""
    for made in _MADE:
        made._cache.save_overload = _unkept


def _unkept(_signature: object, _data: object) -> None:
    """What is compiled lasts as long as the process."""
