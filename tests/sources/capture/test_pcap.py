import io
import random
import struct

import pytest

from hygie.sources.capture import READERS
from hygie.sources.capture import pcap as format_of
from hygie.sources.capture.frames import Damage, Frame, Interface
from hygie.sources.capture.window import Window
from sources.capture.made import START, Held, chatter, of, pcap, rows

FRAMES = list(chatter(60))


def read(data: bytes) -> tuple[list[Frame], list[Damage]]:
    items = list(format_of.read(Window(io.BytesIO(data)), []))
    return [i for i in items if isinstance(i, Frame)], [i for i in items if isinstance(i, Damage)]


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("nano", [False, True])
def test_byte_orders_and_resolutions(order: str, nano: bool) -> None:
    interfaces: list[Interface] = []
    data = pcap(FRAMES, order, nano)
    items = list(format_of.read(Window(io.BytesIO(data)), interfaces))
    assert [i.data for i in items if isinstance(i, Frame)] == FRAMES
    assert [i.time for i in items if isinstance(i, Frame)] == [START + 1000 * n for n in range(60)]
    assert interfaces[0].link == 1
    assert format_of.recognises(data) and READERS["pcap"].recognises(Held(data))


def test_truncation_at_every_byte() -> None:
    data = pcap(FRAMES[:6])
    with pytest.raises(ValueError, match=r"refusal\.capture\.header"):
        read(data[:23])
    ends = [24]
    for frame in FRAMES[:6]:
        ends.append(ends[-1] + 16 + len(frame))
    for size in range(24, len(data) + 1):
        frames, damage = read(data[:size])
        whole = max(n for n, end in enumerate(ends) if end <= size)
        assert [f.data for f in frames] == FRAMES[:whole]
        assert damage == (
            [] if size in ends else [Damage("refusal.capture.truncated", ends[whole], size - ends[whole])]
        )


def test_a_damaged_header_is_stepped_over_and_told() -> None:
    data = bytearray(pcap(FRAMES))
    start = 24 + sum(16 + len(f) for f in FRAMES[:20])
    data[start : start + 16] = b"\xff" * 16
    frames, damage = read(bytes(data))
    assert [f.data for f in frames] == FRAMES[:20] + FRAMES[21:]
    assert damage == [Damage("refusal.capture.skipped", start, 16 + len(FRAMES[20]))]


def test_a_length_that_lies_near_the_end() -> None:
    data = bytearray(pcap(FRAMES))
    start = 24 + sum(16 + len(f) for f in FRAMES[:50])
    struct.pack_into("<II", data, start + 8, 200_000, 200_000)
    frames, damage = read(bytes(data))
    assert [f.data for f in frames] == FRAMES[:50] + FRAMES[51:]
    assert [d.reason for d in damage] == ["refusal.capture.skipped"]


def test_lost_and_inserted_bytes_anywhere() -> None:
    whole, noise = pcap(FRAMES), random.Random(5)
    for _ in range(60):
        at = noise.randrange(24, len(whole) - 2000)
        bad = whole[:at] + noise.randbytes(noise.randrange(0, 300)) + whole[at + noise.randrange(1, 300) :]
        frames, _ = read(bad)
        found = {f.data for f in frames}
        assert len(found & set(FRAMES)) >= len(FRAMES) - 12
        assert found & set(FRAMES[-5:])


def test_bit_flips_end_and_are_told() -> None:
    data = pcap(FRAMES[:12])
    for bit in range(24 * 8, len(data) * 8, 7):
        bad = bytearray(data)
        bad[bit // 8] ^= 1 << bit % 8
        frames, damage = read(bytes(bad))
        assert sum(len(f.data) + 16 for f in frames) + sum(d.size for d in damage) == len(data) - 24


def test_noise_after_the_header_ends() -> None:
    frames, damage = read(pcap([]) + random.Random(3).randbytes(300_000))
    assert len(frames) < 10
    assert damage


def test_damage_becomes_refusals() -> None:
    told = of(rows(pcap(FRAMES)[:-3]), "Refusal")
    assert [(r.reason, r.reading, r.name) for r in told] == [("refusal.capture.truncated", "r1", "made.pcap")]
    assert told[0].args[1] == f"bytes={16 + len(FRAMES[-1]) - 3}"
