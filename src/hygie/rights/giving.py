"""Giving up rights: capabilities, files, network, programs; in this order, and for good."""

import ctypes
import os
import platform
import resource
import sys
from collections.abc import Iterable
from pathlib import Path

from hygie.rights import calls, landlock

LANDLOCK, SECCOMP = "Landlock", "seccomp"
_CAPSET = {"x86_64": 126, "aarch64": 91}
_CAPABILITIES = 0x20080522
"""_LINUX_CAPABILITY_VERSION_3."""
_NET_RAW, _CAPABILITY_NUMBERS, _DROP_FROM_BOUNDS = 13, 64, 24
"""CAP_NET_RAW; numbers that there may be; PR_CAPBSET_DROP."""
_SYSTEM = (
    "/usr",
    "/lib",
    "/lib64",
    "/opt",
    "/nix/store",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/proc/self/cgroup",
    "/proc/self/maps",
    "/proc/self/status",
    "/sys/devices/system/cpu",
    "/sys/fs/cgroup",
    "/dev/null",
    "/dev/urandom",
)
"""What libraries need: themselves, and what they ask of the machine. Nothing here is a person's."""


def lacking() -> tuple[str, ...]:
    """What this kernel cannot do of all this; () where nothing lacks. Asked without giving up anything."""
    if sys.platform != "linux" or platform.machine() not in _CAPSET:
        return (LANDLOCK, SECCOMP)
    return (LANDLOCK,) * (not landlock.version()) + (SECCOMP,) * (not calls.here())


def give_up(write: Iterable[str], read: Iterable[str] = (), programs: bool = True, memory: int = 0) -> tuple[str, ...]:
    """Gives up everything but reading programs and these paths, and writing plain files in these folders.

    `memory`: bytes that may be held from then on (RLIMIT_DATA: what is written to, not files that are mapped); 0 as
    before. `programs`: whether Python and its libraries may go on being read; without, nothing more can be imported.
    What is open already stays open. Gives what the kernel cannot do (see `lacking`). Raises OSError where it can and
    refuses, RuntimeError where other threads run, which would keep their rights.
    """
    absent = lacking()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # what was read must not end in a core file
    if memory:
        _limit(memory)
    if absent == (LANDLOCK, SECCOMP):
        return absent
    if len(list(Path("/proc/self/task").iterdir())) > 1:
        raise RuntimeError("other threads run")
    _without_capabilities()
    if LANDLOCK not in absent:
        landlock.restrict([*(_programs() if programs else ()), *read], write)
    else:
        landlock.no_new_privileges()
    if SECCOMP not in absent:
        calls.forbid()
    return absent


def _limit(memory: int) -> None:
    """Beyond so many bytes there is no memory: MemoryError, or the process's end, before the machine begins to swap."""
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    bound = memory if most == resource.RLIM_INFINITY else min(memory, most)
    resource.setrlimit(resource.RLIMIT_DATA, (bound, bound))


def keep_capture() -> None:
    """Keeps the right to capture alone, also for the program that this process becomes; nothing may be written to a
    file. Without root there is nothing to give up: the program has what its file gives it. Raises OSError.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    if os.geteuid() or platform.machine() not in _CAPSET:
        return
    library = ctypes.CDLL(None, use_errno=True)
    for number in range(_CAPABILITY_NUMBERS):
        if number != _NET_RAW:
            library.prctl(_DROP_FROM_BOUNDS, *map(ctypes.c_ulong, (number, 0, 0, 0)))  # numbers that are not there fail
    _set_capabilities(1 << _NET_RAW)
    landlock.no_new_privileges()


def _programs() -> list[str]:
    """Where Python, its libraries, and this program lie."""
    here = Path(__file__).resolve().parents[2]
    own = [sys.prefix, sys.base_prefix, str(here), *(entry for entry in sys.path if entry)]
    return [*_SYSTEM, *dict.fromkeys(own)]


def _without_capabilities() -> None:
    """Root becomes a user like others. Raises OSError."""
    _set_capabilities(0)


def _set_capabilities(kept: int) -> None:
    """Of the first 32, these bits stay. Raises OSError."""
    head = (ctypes.c_uint32 * 2)(_CAPABILITIES, 0)
    sets = (ctypes.c_uint32 * 6)(kept, kept, 0, 0, 0, 0)
    library = ctypes.CDLL(None, use_errno=True)
    if library.syscall(_CAPSET[platform.machine()], head, sets):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
