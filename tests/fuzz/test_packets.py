"""Damaged packets: always the same of a number, of every kind, and in files that readers recognise."""

import random
import struct

from fuzz import packets
from fuzz.packets import Seeds, batch, mutated, seeds
from hygie import wire
from hygie.sources import capture
from sources.capture import made, wrapped

SOURCE = Seeds(
    [[(1, wrapped.INNER), (1, wrapped.SAMPLES["arp"][1])], [(101, wrapped.FOUR)]], [("udp", 53, b"question")]
)


def test_a_number_always_gives_the_same_file() -> None:
    assert batch(7, SOURCE, 40) == batch(7, SOURCE, 40)
    assert batch(7, SOURCE, 40) != batch(8, SOURCE, 40)


def test_files_are_recognised_and_hold_what_was_asked_for() -> None:
    count = 0
    for number in range(30):
        data = batch(number, SOURCE, 60)
        assert any(reader.recognises(made.Held(data)) for reader in capture.READERS.values())
        count += sum(row.packets for row in made.of(made.walked(data, False), "Coverage"))
    assert count > 30 * 55


def test_every_way_of_damage_gives_another_frame() -> None:
    for way in set(packets.WAYS):
        chance = random.Random(3)
        assert any(way(chance, wrapped.INNER, SOURCE) != wrapped.INNER for _ in range(5)), way
    deep = random.Random(1)
    assert max(len(packets.nested(deep, wrapped.INNER, SOURCE)) for _ in range(60)) > 20 * len(wrapped.INNER)
    chance = random.Random(2)
    assert all(len(mutated(chance, bytes(packets.LONGEST), SOURCE)) <= packets.LONGEST for _ in range(50))
    looped = packets.looped(random.Random(1), bytes(60), None)
    assert any(struct.unpack_from(">H", looped, at)[0] >= 0xC000 for at in range(59))


def test_seeds_are_those_of_every_protocol() -> None:
    found = seeds([])
    named = {row.service for row in wire.DISSECTORS.values() if any(row.looks_like(unit) for _, _, unit in found.units)}
    assert len(named) > 40
    assert {link for run in found.runs for link, _ in run} == {link for link, _ in wrapped.SAMPLES.values()}
