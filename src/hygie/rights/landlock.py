"""Landlock: which files a process may still open, and that it connects to nothing. Files that are open stay open.

Rights are given up for the calling thread and all that it starts later: call it before there is a second one.
Source: Linux, Documentation/userspace-api/landlock.rst; include/uapi/linux/landlock.h (ABI 1 to 7).
"""

import ctypes
import errno
import os
import stat
from collections.abc import Iterable

CREATE, ADD, RESTRICT = 444, 445, 446
"""System calls; the numbers are the same on every machine."""
_VERSION = 1
_PATH_BENEATH = 1
_NO_NEW_PRIVILEGES = 38
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, REMOVE_DIR, REMOVE_FILE = (1 << bit for bit in range(6))
MAKE_REG = 1 << 8
TRUNCATE = 1 << 14
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15}
"""ABI -> how many rights over files it knows; later ones know 16."""
_NET_FROM, _SCOPE_FROM = 4, 6
"""ABI from which connecting and binding TCP, and signals and abstract sockets of others, can be refused."""
_OF_A_FILE = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE
READ = READ_FILE | READ_DIR
WRITE = READ | WRITE_FILE | REMOVE_FILE | MAKE_REG | TRUNCATE


class _Handled(ctypes.Structure):
    """struct landlock_ruleset_attr."""

    _fields_ = (("fs", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    """struct landlock_path_beneath_attr."""

    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def version() -> int:
    """ABI of the kernel's Landlock; 0 where there is none, or it is switched off."""
    found = _library().syscall(CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(_VERSION))
    return max(0, int(found))


def restrict(read: Iterable[str], write: Iterable[str]) -> None:
    """Opens nothing from now on but what lies at or under these paths; paths that are not there are passed over.

    `write`: folders in which plain files may be made, written and removed too. Nothing can be executed. Raises OSError.
    """
    known = version()
    if not known:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    handled = (1 << _FILE_RIGHTS.get(known, 16)) - 1
    asked = _Handled(handled, 3 if known >= _NET_FROM else 0, 3 if known >= _SCOPE_FROM else 0)
    size = 24 if known >= _SCOPE_FROM else 16 if known >= _NET_FROM else 8
    rules = _called(CREATE, ctypes.byref(asked), ctypes.c_size_t(size), ctypes.c_uint32(0))
    try:
        for paths, rights in ((read, READ), (write, WRITE)):
            for path in paths:
                _allow(rules, path, rights & handled)
        no_new_privileges()
        _called(RESTRICT, ctypes.c_int(rules), ctypes.c_uint32(0))
    finally:
        os.close(rules)


def no_new_privileges() -> None:
    """Nothing that is started gains rights by its file's bits. Raises OSError."""
    if _library().prctl(_NO_NEW_PRIVILEGES, *map(ctypes.c_ulong, (1, 0, 0, 0))):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def _allow(rules: int, path: str, rights: int) -> None:
    """One rule. Raises OSError."""
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return
    try:
        if not stat.S_ISDIR(os.fstat(place).st_mode):
            rights &= _OF_A_FILE
        rule = _Beneath(rights, place)
        _called(ADD, ctypes.c_int(rules), ctypes.c_int(_PATH_BENEATH), ctypes.byref(rule), ctypes.c_uint32(0))
    finally:
        os.close(place)


def _called(number: int, *args: object) -> int:
    """What a system call gives. Raises OSError."""
    found = int(_library().syscall(number, *args))
    if found < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return found


def _library() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
