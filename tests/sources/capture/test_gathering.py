import io
import struct
from collections.abc import Iterator

import numpy as np
import pytest

from hygie.kernel.compiled import HERE as COMPILED
from hygie.sources.capture import pcap as plain
from hygie.sources.capture import pcapng as plain_ng
from hygie.sources.capture.frames import Damage, Frame, Interface
from hygie.sources.capture.window import Window
from sources.capture.made import START, block, chatter, enhanced, interface, option, pcap, pcapng, section

pytestmark = pytest.mark.skipif(not COMPILED, reason="numba is not installed")
if COMPILED:
    from hygie.sources.capture import gathering
    from hygie.sources.capture.fast import Batch

FRAMES = list(chatter(40))
READ = {"of_pcap": plain.read, "of_pcapng": plain_ng.read}


def gathered(name: str, data: bytes, chunk: int = 1 << 16) -> Iterator[Frame | Damage | None]:
    """Batches as frames; None after each batch."""
    for item in getattr(gathering, name)(Window(io.BytesIO(data), chunk), []):
        if not isinstance(item, Batch):
            yield item
            continue
        for number, (start, stored, size, time, index) in enumerate(item.rows[: item.taken].tolist(), item.number + 1):
            yield Frame(number, time, index, size, bytes(item.data[start : start + stored]))
        yield None


def same(name: str, data: bytes, chunk: int = 1 << 16) -> int:
    """Compares with the plain reader; gives the number of batches."""
    found = list(gathered(name, data, chunk))
    assert [item for item in found if item] == list(READ[name](Window(io.BytesIO(data)), []))
    return found.count(None)


def test_a_sound_file_comes_in_one_batch() -> None:
    assert same("of_pcap", pcap(FRAMES)) == 1
    assert same("of_pcapng", pcapng(FRAMES)) == 1
    assert same("of_pcap", pcap([])) == 0


@pytest.mark.parametrize("chunk", [1, 100, 1000])
def test_frames_that_lie_across_a_border_come_alone(chunk: int) -> None:
    assert same("of_pcap", pcap(FRAMES), chunk) >= 0
    assert same("of_pcapng", pcapng(FRAMES, ">"), chunk) >= 0


def test_a_batch_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "_ROWS", 7)
    assert same("of_pcap", pcap(FRAMES)) == same("of_pcapng", pcapng(FRAMES)) == 6


def test_damage_comes_between_batches() -> None:
    bad = bytearray(pcap(FRAMES))
    start = 24 + sum(16 + len(f) for f in FRAMES[:20])
    bad[start : start + 16] = b"\xff" * 16
    assert same("of_pcap", bytes(bad)) == 2
    assert same("of_pcap", bytes(bad)[:-3]) == 2
    bad = bytearray(pcapng(FRAMES))
    bad[5000:5004] = b"\xff\xff\xff\x7f"
    assert same("of_pcapng", bytes(bad)) >= 2


def test_a_file_header_that_is_cut() -> None:
    with pytest.raises(ValueError, match=r"refusal\.capture\.header"):
        list(gathered("of_pcap", pcap([])[:23]))


def test_a_gap_of_months_is_left_to_the_plain_reader() -> None:
    first, second = pcap(FRAMES[:3]), bytearray(pcap(FRAMES[:3])[24:])
    for at in (0, 16 + len(FRAMES[0]), 32 + len(FRAMES[0]) + len(FRAMES[1])):
        struct.pack_into("<I", second, at, START // 1_000_000 + 100 * 86_400)
    assert same("of_pcap", first + bytes(second)) == 2


def test_interfaces_that_come_later_and_other_blocks() -> None:
    old = block(2, struct.pack("<HHIIII", 0, 3, START >> 32, START & 0xFFFFFFFF, 60, 60) + FRAMES[5][:60])
    simple = block(3, struct.pack("<I", 60) + FRAMES[6][:60])
    data = section() + interface() + enhanced(FRAMES[0], START) + old + simple + enhanced(FRAMES[1], START)
    data += interface(101, option(9, b"\x09")) + enhanced(FRAMES[2], START * 1000, 1) + enhanced(FRAMES[3], START, 2)
    data += section(">") + interface(order=">") + enhanced(FRAMES[4], START, order=">")
    assert same("of_pcapng", data) == 4


def test_clocks_that_do_not_fit_are_left_to_the_plain_reader() -> None:
    kinds = [
        Interface(1),
        Interface(1, ticks=10**9, offset=-60),
        Interface(1, ticks=2**43 - 1),
        Interface(1, ticks=2**43),
        Interface(1, offset=2**40),
        Interface(1, offset=-(2**62)),
    ]
    ticks, offsets = gathering._clocks(kinds)
    assert ticks.tolist() == [10**6, 10**9, 2**43 - 1, 0, 0, 0]
    assert offsets.tolist() == [0, -60, 0, 0, 0, 0]
    assert (ticks.dtype, offsets.dtype) == (np.int64, np.int64)
