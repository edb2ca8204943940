"""seccomp: system calls that a process may make no more. They fail with EPERM; the process goes on.

What reads a file needs few calls, but the libraries under it differ from machine to machine: so what is dangerous is
forbidden (sockets, programs, processes, other processes' memory, rights of files, the kernel's own state), and every
call that is newer than this table. New processes are refused, new threads are not.
Source: Linux, Documentation/userspace-api/seccomp_filter.rst; include/uapi/linux/{seccomp,filter,audit}.h.
"""

import ctypes
import errno
import os
import platform
import struct

FORBIDDEN: dict[str, tuple[int, int]] = {
    "socket": (41, 198),
    "socketpair": (53, 199),
    "connect": (42, 203),
    "bind": (49, 200),
    "listen": (50, 201),
    "accept": (43, 202),
    "accept4": (288, 242),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "process_madvise": (440, 440),
    "process_mrelease": (448, 448),
    "move_pages": (279, 239),
    "migrate_pages": (256, 238),
    "execve": (59, 221),
    "execveat": (322, 281),
    "uselib": (134, -1),
    "fork": (57, -1),
    "vfork": (58, -1),
    "kill": (62, 129),
    "tkill": (200, 130),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "pidfd_open": (434, 434),
    "pidfd_send_signal": (424, 424),
    "pidfd_getfd": (438, 438),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "open_tree_attr": (467, 467),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "setns": (308, 268),
    "unshare": (272, 97),
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "reboot": (169, 142),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "open_by_handle_at": (304, 265),
    "personality": (135, 92),
    "quotactl": (179, 60),
    "acct": (163, 89),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "clock_adjtime": (305, 266),
    "adjtimex": (159, 171),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
    "syslog": (103, 116),
    "ioperm": (173, -1),
    "iopl": (172, -1),
    "vhangup": (153, 58),
    "chmod": (90, -1),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "chown": (92, -1),
    "lchown": (94, -1),
    "fchown": (93, 55),
    "fchownat": (260, 54),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
    "fremovexattr": (199, 16),
    "setxattrat": (463, 463),
    "removexattrat": (466, 466),
    "file_setattr": (469, 469),
    "utime": (132, -1),
    "utimes": (235, -1),
    "futimesat": (261, -1),
    "utimensat": (280, 88),
    "mknod": (133, -1),
    "mknodat": (259, 33),
    "capset": (126, 91),
}
"""Call -> its number on x86_64 and on aarch64; -1 where the machine has none."""
NEWEST = 469
"""Last call that this table knows of; later ones, and those of x86_64's other way to count (x32), do not exist."""
_CLONE, _CLONE3 = (56, 220), (435, 435)
_THREAD = 0x10000
"""Flag of a clone that is a thread."""
_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
"""Machine -> column of the table, number of the architecture."""
_SECCOMP = (317, 277)
_SET_FILTER, _ALL_THREADS, _ASK = 1, 1, 2
_ALLOW, _KILL, _FAIL = 0x7FFF0000, 0x80000000, 0x00050000
_LOAD, _EQUAL, _ABOVE, _ANY_BIT, _RETURN = 0x20, 0x15, 0x25, 0x45, 0x06
"""Instructions: load a word, jump if equal, if above, if a bit is set; end."""
_NUMBER, _ARCHITECTURE, _FIRST = 0, 4, 16
"""Places in struct seccomp_data: the call, the machine, low half of the first argument (both are little-endian)."""


class _Program(ctypes.Structure):
    """struct sock_fprog."""

    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def here() -> bool:
    """Whether this kernel and machine can forbid calls."""
    found = _MACHINES.get(platform.machine())
    if found is None or struct.calcsize("P") != 8:
        return False
    action = ctypes.c_uint32(_FAIL)
    asked = (ctypes.c_uint(_ASK), ctypes.c_uint(0), ctypes.byref(action))
    return int(_library().syscall(_SECCOMP[found[0]], *asked)) == 0


def program(machine: str) -> bytes:
    """The filter as instructions of 8 bytes. Raises LookupError for another machine than x86_64 and aarch64."""
    column, architecture = _MACHINES[machine]
    refuse, absent = _FAIL | errno.EPERM, _FAIL | errno.ENOSYS
    steps = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        (_ABOVE, 0, 1, NEWEST),
        (_RETURN, 0, 0, absent),
        (_EQUAL, 0, 1, _CLONE3[column]),  # its flags lie in memory, out of the filter's sight: the C library falls back
        (_RETURN, 0, 0, absent),
        (_EQUAL, 0, 4, _CLONE[column]),
        (_LOAD, 0, 0, _FIRST),
        (_ANY_BIT, 1, 0, _THREAD),
        (_RETURN, 0, 0, refuse),
        (_RETURN, 0, 0, _ALLOW),
    ]
    for numbers in FORBIDDEN.values():
        if numbers[column] >= 0:
            steps += [(_EQUAL, 0, 1, numbers[column]), (_RETURN, 0, 0, refuse)]
    steps.append((_RETURN, 0, 0, _ALLOW))
    return b"".join(struct.pack("<HBBI", *step) for step in steps)


def forbid() -> None:
    """From now on, in all threads. `landlock.no_new_privileges` must be in force. Raises OSError."""
    machine = platform.machine()
    instructions = program(machine)
    asked = _Program(len(instructions) // 8, instructions)
    call = _SECCOMP[_MACHINES[machine][0]]
    done = _library().syscall(call, ctypes.c_uint(_SET_FILTER), ctypes.c_uint(_ALL_THREADS), ctypes.byref(asked))
    if done:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def _library() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
