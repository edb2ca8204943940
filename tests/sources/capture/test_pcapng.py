import io
import random
import struct

import pytest

from hygie.sources.capture import READERS
from hygie.sources.capture import pcapng as format_of
from hygie.sources.capture.frames import Damage, Frame, Interface
from hygie.sources.capture.window import Window
from sources.capture.made import (
    START,
    Held,
    block,
    chatter,
    enhanced,
    interface,
    of,
    option,
    pcapng,
    rows,
    section,
)

FRAMES = list(chatter(40))


def read(data: bytes) -> tuple[list[Frame], list[Damage], list[Interface]]:
    interfaces: list[Interface] = []
    items = list(format_of.read(Window(io.BytesIO(data)), interfaces))
    return [i for i in items if isinstance(i, Frame)], [i for i in items if isinstance(i, Damage)], interfaces


@pytest.mark.parametrize("order", "<>")
def test_byte_orders(order: str) -> None:
    data = pcapng(FRAMES, order)
    frames, damage, _ = read(data)
    assert [f.data for f in frames] == FRAMES
    assert [f.time for f in frames] == [START + 1000 * n for n in range(40)]
    assert damage == []
    assert READERS["pcapng"].recognises(Held(data))


def test_several_interfaces_resolutions_and_sections() -> None:
    data = (
        section()
        + interface(1, option(2, b"span-a"))
        + interface(101, option(2, b"span-b") + option(9, b"\x09") + option(14, struct.pack("<q", 60)))
        + enhanced(FRAMES[0], START)
        + enhanced(FRAMES[1], (START - 60_000_000) * 1000 + 7, 1)
        + section(">")
        + interface(1, option(9, b"\x94", ">"), ">")
        + enhanced(FRAMES[2], START // 1_000_000 << 20, order=">")
    )
    frames, damage, interfaces = read(data)
    assert damage == []
    assert [(f.interface, f.time) for f in frames] == [(0, START), (1, START), (2, START // 1_000_000 * 1_000_000)]
    assert [(i.link, i.name, i.section) for i in interfaces] == [(1, "span-a", 1), (101, "span-b", 1), (1, "", 2)]


def test_simple_and_obsolete_packets() -> None:
    old = block(2, struct.pack("<HHIIII", 0, 3, START >> 32, START & 0xFFFFFFFF, 60, 60) + FRAMES[5][:60])
    simple = block(3, struct.pack("<I", 60) + FRAMES[6][:60])
    frames, damage, _ = read(section() + interface() + old + simple)
    assert damage == []
    assert [(f.time, f.data) for f in frames] == [(START, FRAMES[5][:60]), (0, FRAMES[6][:60])]


def test_losses_are_counted_once() -> None:
    def statistics(lost: int, system: int) -> bytes:
        values = option(5, struct.pack("<Q", lost)) + option(7, struct.pack("<Q", system))
        return block(5, struct.pack("<III", 0, 0, 0) + values)

    data = section() + interface() + statistics(2, 1) + enhanced(FRAMES[0], START) + statistics(40, 2)
    assert read(data)[2][0].lost == 42
    assert of(rows(data), "Coverage")[0].lost == 42


def test_truncation_at_every_byte() -> None:
    data = pcapng(FRAMES[:3])
    for size in range(12, len(data)):
        frames, damage, _ = read(data[:size])
        assert [f.data for f in frames] == FRAMES[: len(frames)]
        assert len(frames) < 3
        assert sum(d.size for d in damage) > 0 or size in (28, 48) or frames


def test_a_damaged_block_is_stepped_over() -> None:
    blocks = [section(), interface(), *(enhanced(f, START) for f in FRAMES)]
    for broken in (2, 10, 39):
        bad = list(blocks)
        bad[broken] = bad[broken][:4] + b"\xff\xff\xff\x7f" + bad[broken][8:]
        frames, damage, _ = read(b"".join(bad))
        assert [f.data for f in frames] == [f for n, f in enumerate(FRAMES) if n != broken - 2]
        assert damage == [Damage("refusal.capture.skipped", sum(map(len, blocks[:broken])), len(blocks[broken]))]


def test_lost_and_inserted_bytes_anywhere() -> None:
    whole, noise = pcapng(FRAMES), random.Random(5)
    for _ in range(60):
        at = noise.randrange(48, len(whole) - 1500)
        bad = whole[:at] + noise.randbytes(noise.randrange(0, 200)) + whole[at + noise.randrange(1, 200) :]
        frames, damage, _ = read(bad)
        assert len({f.data for f in frames} & set(FRAMES)) >= len(FRAMES) - 4
        assert damage


def test_an_interface_that_was_not_described() -> None:
    frames, damage, _ = read(section() + enhanced(FRAMES[0], START))
    assert frames == []
    assert [d.reason for d in damage] == ["refusal.capture.block"]
