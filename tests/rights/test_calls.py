"""The filter as instructions, run here by a small machine that knows the five that it uses."""

import errno
import struct

import pytest

from hygie.rights import calls

ALLOW, KILL = 0x7FFF0000, 0x80000000
REFUSED, ABSENT = 0x00050000 | errno.EPERM, 0x00050000 | errno.ENOSYS
MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
READ = {"x86_64": (0, 1, 9, 202, 257), "aarch64": (63, 64, 222, 98, 56)}
"""read, write, mmap, futex, openat."""


def verdict(program: bytes, number: int, architecture: int, argument: int = 0) -> int:
    """What a classic BPF machine makes of a call."""
    data = struct.pack("<IIQQ", number, architecture, 0, argument)
    steps = list(struct.iter_unpack("<HBBI", program))
    word = at = 0
    while True:
        code, yes, no, value = steps[at]
        at += 1
        if code == 0x06:
            return int(value)
        if code == 0x20:
            (word,) = struct.unpack_from("<I", data, value)
        else:
            test = {0x15: word == value, 0x25: word > value, 0x45: bool(word & value)}[code]
            at += yes if test else no


@pytest.mark.parametrize("machine", MACHINES)
def test_what_is_forbidden_is_refused_and_the_rest_is_not(machine: str) -> None:
    column, architecture = MACHINES[machine]
    program = calls.program(machine)
    for name, numbers in calls.FORBIDDEN.items():
        if numbers[column] >= 0:
            assert verdict(program, numbers[column], architecture) == REFUSED, name
    for number in READ[machine]:
        assert verdict(program, number, architecture) == ALLOW
    assert verdict(program, 444, architecture) == ALLOW  # more may be given up


@pytest.mark.parametrize("machine", MACHINES)
def test_threads_may_begin_and_processes_may_not(machine: str) -> None:
    column, architecture = MACHINES[machine]
    program = calls.program(machine)
    clone = (56, 220)[column]
    shifted = struct.pack("<IIQQ", clone, architecture, 0, 0x10000)
    assert struct.unpack_from("<I", shifted, 16) == (0x10000,)
    assert verdict(program, clone, architecture, 0x3D0F00) == ALLOW
    assert verdict(program, clone, architecture, 17) == REFUSED
    assert verdict(program, 435, architecture) == ABSENT


@pytest.mark.parametrize("machine", MACHINES)
def test_other_machines_and_unknown_calls_do_not_exist(machine: str) -> None:
    _, architecture = MACHINES[machine]
    program = calls.program(machine)
    assert verdict(program, 0, 0x40000003) == KILL
    assert verdict(program, calls.NEWEST + 1, architecture) == ABSENT
    assert verdict(program, 0x40000000 | 41, architecture) == ABSENT


def test_a_machine_that_is_not_known_has_no_filter() -> None:
    with pytest.raises(LookupError):
        calls.program("riscv64")
