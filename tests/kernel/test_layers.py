import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygie.kernel import layers
from hygie.kernel.compiled import HERE
from hygie.sources.capture import layers as plain
from hygie.sources.capture.tunnels import SealedError
from sources.capture.wrapped import SAMPLES

pytestmark = pytest.mark.skipif(not HERE, reason="numba is not installed")
BEFORE = 5
OUT, INNER = np.zeros(layers.SLOTS, np.int64), np.zeros(layers.SLOTS, np.int64)


def card(number: int) -> bytes:
    assert number == 0 or number >> 48 == 1
    return (number & layers.THERE - 1).to_bytes(6, "big") if number else b""


def vlans(tag: int) -> str:
    return f"{vlans(tag >> 12)}.{tag & 4095}".lstrip(".") if tag else ""


def compiled(link: int, frame: bytes) -> tuple:
    """What the kernel finds. The frame lies in the midst of other bytes that would hold."""
    data = np.frombuffer(bytes(range(1, BEFORE + 1)) + frame + frame + b"\x45" * 64, np.uint8)
    OUT[:] = INNER[:] = random.randrange(1 << 40)
    layers.decode(link, data, BEFORE, BEFORE + len(frame), OUT, INNER)
    out = OUT.tolist()
    what = out[layers.WHAT]
    if what in (layers.UNREAD, layers.SEALED):
        return (what,)
    at = out[layers.START if what == layers.OTHER else layers.AT]
    stop = out[layers.STOP]
    cards = card(out[layers.SOURCE]), card(out[layers.TARGET]), vlans(out[layers.TAG])
    assert stop <= BEFORE + len(frame)
    if what == layers.OTHER:
        return what, out[layers.KIND], *cards, bytes(data[min(at, stop) : stop])
    size = 4 if out[layers.FAMILY] == 4 else 8
    first, second = (
        out[high].to_bytes(8, "big", signed=True)[: 2 * size - 8] + out[low].to_bytes(8, "big", signed=True)[8 - size :]
        for high, low in ((layers.A_HIGH, layers.A_LOW), (layers.B_HIGH, layers.B_LOW))
    )
    rest = bytes(data[min(at, stop) : stop])
    return what, first, second, out[layers.PROTOCOL], out[layers.HOPS], *cards, stop - at, rest


def by_hand(link: int, frame: bytes) -> tuple:
    """What the plain layers find."""
    try:
        found = plain.decode(link, frame)
    except SealedError:
        return (layers.SEALED,)
    if found is None:
        return (layers.UNREAD,)
    header, packet, data = found
    cards = header.source, header.target, header.vlan
    if packet is None:
        return layers.OTHER, header.kind, *cards, data[header.start :]
    what = layers.PART if packet.fragment else layers.PACKET
    at, stop = packet.start, packet.stop
    ends = packet.source, packet.target, packet.protocol, packet.hops
    return what, *ends, *cards, stop - at, data[min(at, stop) : stop]


@pytest.mark.parametrize("name", SAMPLES)
def test_equal_to_the_plain_layers_at_every_length(name: str) -> None:
    link, frame = SAMPLES[name]
    for size in range(len(frame), -1, -1):
        assert compiled(link, frame[:size]) == by_hand(link, frame[:size]), size


@pytest.mark.parametrize("name", SAMPLES)
def test_equal_with_every_bit_turned_in_turn(name: str) -> None:
    link, frame = SAMPLES[name]
    for bit in range(0, len(frame) * 8, 1 + len(frame) // 40):
        bad = bytearray(frame)
        bad[bit // 8] ^= 1 << bit % 8
        assert compiled(link, bytes(bad)) == by_hand(link, bytes(bad)), bit


@settings(max_examples=400, deadline=None, database=None)
@given(st.sampled_from(sorted(SAMPLES)), st.lists(st.tuples(st.integers(0, 200), st.integers(0, 255)), max_size=6))
def test_equal_with_any_bytes_changed(name: str, changes: list[tuple[int, int]]) -> None:
    link, frame = SAMPLES[name]
    bad = bytearray(frame)
    for at, value in changes:
        bad[at % len(bad)] = value
    assert compiled(link, bytes(bad)) == by_hand(link, bytes(bad))


@settings(max_examples=300, deadline=None, database=None)
@given(st.sampled_from(sorted(plain.LINKS)), st.binary(max_size=120))
def test_equal_on_any_bytes(link: int, frame: bytes) -> None:
    assert compiled(link, frame) == by_hand(link, frame)


def test_equal_on_thousands_of_spliced_frames() -> None:
    dice, whole = random.Random(3), [frame for _, frame in SAMPLES.values()]
    for _ in range(6000):
        link, first = dice.choice(list(SAMPLES.values()))
        second = dice.choice(whole)
        frame = first[: dice.randrange(len(first) + 1)] + second[dice.randrange(len(second)) :]
        assert compiled(link, frame) == by_hand(link, frame), (link, frame.hex())


def test_what_samples_are() -> None:
    found = {name: compiled(*sample) for name, sample in SAMPLES.items()}
    kinds = {name for name, (what, *_) in found.items() if what == layers.UNREAD}
    assert kinds == {"radio sealed", "radio beacon", "radiotap short", "another link"}
    assert {name for name, (what, *_) in found.items() if what == layers.SEALED} == {"capwap sealed"}
    assert {name for name, (what, *_) in found.items() if what == layers.PART} == {
        "first fragment",
        "later fragment",
        "ipv4 first fragment",
        "ipv4 later fragment",
    }
