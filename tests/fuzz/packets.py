"""Damaged packets by the million: where they come from, how they are damaged, the files that hold them.

Whole conversations are taken from captures and from units of the protocols' tests, so that what is damaged lies within
streams that are read. A file is made from its number alone (and the seeds): any can be made again.
"""

import random
import runpy
import struct
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from hygie import wire
from hygie.sources import UNREADABLE
from hygie.sources.capture import pcap, pcapng
from hygie.sources.capture.frames import Frame, Interface
from hygie.sources.capture.window import Window
from sources.capture import made, wrapped

Frames = list[tuple[int, bytes]]
"""(link type, frame)."""
MOST_FRAMES = 2_000
"""Frames kept of one file."""
LONGEST = 60_000
"""Bytes of a frame."""
ODD = (0, 1, 2, 3, 0x7F, 0x80, 0xC0, 0xFE, 0xFF)
LIES = (0, 1, 2, 7, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF)
DEEP = 40
"""Layers that are put around a frame."""


class Seeds(NamedTuple):
    """What is damaged."""

    runs: list[Frames]
    """Frames that follow each other."""
    units: list[tuple[str, int, bytes]]
    """(transport, port, payload)."""


def seeds(folders: list[Path]) -> Seeds:
    """All captures in folders, one frame of each link and tunnel, and the units of the protocols' tests."""
    files = sorted(file for folder in folders if folder.is_dir() for file in folder.rglob("*") if file.is_file())
    runs = [found for file in files if (found := frames(file))]
    samples: dict[int, Frames] = {}
    for link, frame in wrapped.SAMPLES.values():
        samples.setdefault(link, []).append((link, frame))
    return Seeds([*runs, *samples.values()], units())


def frames(file: Path) -> Frames:
    """The first frames of a capture; [] of another file."""
    with file.open("rb") as stream:
        head = stream.read(16)
        stream.seek(0)
        form = next((one for one in (pcap, pcapng) if one.recognises(head)), None)
        if form is None:
            return []
        found: Frames = []
        interfaces: list[Interface] = []
        with suppress(*UNREADABLE):
            for item in form.read(Window(stream), interfaces):
                if isinstance(item, Frame):
                    found.append((interfaces[item.interface].link, item.data[:LONGEST]))
                if len(found) >= MOST_FRAMES:
                    break
    return found


def units() -> list[tuple[str, int, bytes]]:
    """What the tests of each protocol hold by a name, as they travel."""
    found = []
    for file in sorted(Path(__file__).resolve().parents[1].joinpath("wire").glob("test_*.py")):
        held = runpy.run_path(str(file)).values()
        named = [value for value in held if isinstance(value, bytes) and 4 <= len(value) < 16_384]
        for row in wire.DISSECTORS.values():
            for unit in named:
                if row.looks_like(unit):
                    found += [(carrier, min(row.ports, default=4000), unit) for carrier in sorted(row.carriers)]
    return found


def batch(number: int, source: Seeds, size: int) -> bytes:
    """A capture file of some `size` packets; always the same of a number."""
    chance = random.Random(number)
    rows: Frames = []
    while len(rows) < size:
        if chance.random() < 0.3:
            rows += talk(chance, source)
        else:
            run = chance.choice(source.runs)
            begin = chance.randrange(len(run))
            rows += run[begin : begin + chance.randint(1, 60)]
    keep = chance.random()
    damaged = [
        (link, frame if chance.random() < keep * 0.5 else mutated(chance, frame, source)) for link, frame in rows
    ]
    return written(chance, damaged)


def talk(chance: random.Random, source: Seeds) -> Frames:
    """Units of a protocol, one after the other, as datagrams or in a connection."""
    carrier, port, unit = chance.choice(source.units)
    cards = (f"02:00:00:00:00:{chance.randrange(9):02x}", f"02:00:00:00:01:{chance.randrange(9):02x}")
    ends = (f"10.0.0.{chance.randrange(1, 9)}", f"10.0.{chance.randrange(3)}.{chance.randrange(1, 9)}")
    ports = (chance.randrange(1024, 65_536), port if chance.random() < 0.7 else chance.randrange(65_536))
    several = [damaged_bytes(chance, unit) if chance.random() < 0.5 else unit for _ in range(chance.randint(1, 6))]
    if carrier == "tcp":
        peer = made.Connection(cards, ends, ports)
        found = peer.open() if chance.random() < 0.8 else []
        for one in several:
            step = chance.choice((7, 100, 1400, 60_000))
            side = chance.randrange(2)
            found += [peer.send(side, one[at : at + step]) for at in range(0, len(one), step)]
        if chance.random() < 0.3:
            chance.shuffle(found)
    elif carrier == "udp":
        found = [made.datagram(cards, ends, ports[:: chance.choice((1, -1))], one) for one in several]
    elif carrier == "icmpv6":
        found = [made.ethernet(*cards, 0x86DD, made.ipv6("fe80::1", "fe80::2", 58, one, 255)) for one in several]
    else:
        kind = {"arp": 0x0806, "lldp": 0x88CC}.get(carrier, chance.choice((0x0806, 0x88CC, 0x2000, 0x8892)))
        found = [made.ethernet(*cards, kind, one) for one in several]
    return [(1, frame) for frame in found]


def mutated(chance: random.Random, frame: bytes, source: Seeds) -> bytes:
    """A frame that does not hold."""
    if not frame:
        return chance.randbytes(chance.randrange(80))
    way = chance.choice(WAYS)
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        frame = way(chance, frame, source) or b"\0"
    return frame[:LONGEST]


def damaged_bytes(chance: random.Random, data: bytes) -> bytes:
    """Some bytes of others' making."""
    return chance.choice((flipped, odd, lying, looped))(chance, data or b"\0", None)


def near(chance: random.Random, size: int, within: int) -> int:
    """A place, more often one of the first: headers lie there."""
    return chance.randrange(min(size, within)) if chance.random() < 0.6 else chance.randrange(size)


def flipped(chance: random.Random, frame: bytes, _: Seeds | None) -> bytes:
    """Some bits the other way round."""
    data = bytearray(frame)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        data[near(chance, len(data), 90)] ^= 1 << chance.randrange(8)
    return bytes(data)


def odd(chance: random.Random, frame: bytes, _: Seeds | None) -> bytes:
    """Some bytes at the end of their range."""
    data = bytearray(frame)
    for _ in range(chance.randint(1, 6)):
        data[near(chance, len(data), 120)] = chance.choice(ODD)
    return bytes(data)


def lying(chance: random.Random, frame: bytes, _: Seeds | None) -> bytes:
    """A number of one to eight bytes that says too much, or too little."""
    data = bytearray(frame)
    at, size = near(chance, len(data), 120), chance.choice((1, 2, 2, 4, 4, 8))
    order = chance.choice((">", "<"))
    if chance.random() < 0.5:
        value = chance.choice(LIES)
    elif chance.random() < 0.5:
        value = len(data) - at + chance.randint(-3, 3)
    else:
        value = chance.choice((1 << 31, (1 << 32) - 1, (1 << 31) - 1, (1 << 63) - 1, (1 << 64) - 1, 1 << 24))
    packed = (value & (1 << 8 * size) - 1).to_bytes(size, "big" if order == ">" else "little")
    data[at : at + size] = packed
    return bytes(data)


def looped(chance: random.Random, frame: bytes, _: Seeds | None) -> bytes:
    """Pointers of names that lead to themselves, to each other, or nowhere (RFC 1035 section 4.1.4)."""
    data = bytearray(frame)
    begin = chance.choice((0, 2, 42, 46, 62)) if len(data) > 70 else 0
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(begin, len(data))
        target = chance.choice((at - begin, max(0, at - begin - 2), 12, chance.randrange(0x4000)))
        data[at : at + 2] = struct.pack(">H", 0xC000 | target & 0x3FFF)
    return bytes(data)


def cut(chance: random.Random, frame: bytes, _: Seeds | None) -> bytes:
    """The beginning alone."""
    return frame[: chance.randrange(len(frame))]


def longer(chance: random.Random, frame: bytes, _: Seeds | None) -> bytes:
    """Bytes at the end, or a part many times over."""
    if chance.random() < 0.5:
        return frame + chance.randbytes(chance.choice((1, 4, 60, 1500)))
    at = chance.randrange(len(frame))
    part = frame[at : at + chance.choice((1, 2, 4, 16, 64))]
    return frame[:at] + part * chance.choice((3, 50, 900)) + frame[at:]


def spliced(chance: random.Random, frame: bytes, source: Seeds | None) -> bytes:
    """The head of this, the rest of another."""
    if source is None:
        return frame
    _, other = chance.choice(chance.choice(source.runs))
    at = near(chance, len(frame), 60)
    return frame[:at] + (other[min(at, len(other)) :] if chance.random() < 0.5 else chance.choice(source.units)[2])


def nested(chance: random.Random, frame: bytes, _: Seeds | None) -> bytes:
    """Layer around layer, of one kind or of all."""
    kinds = LAYERS if chance.random() < 0.6 else (chance.choice(LAYERS),)
    for _ in range(chance.choice((1, 2, 5, 9, DEEP))):
        frame = chance.choice(kinds)(frame[:LONGEST])
    return frame


def below_ip(frame: bytes) -> bytes:
    """What an Ethernet frame carries, or all of it."""
    return frame[14:] if len(frame) > 34 and frame[12:14] == b"\x08\0" else frame


LAYERS: tuple[Callable[[bytes], bytes], ...] = (
    lambda frame: frame[:12] + b"\x81\0\0\x05" + frame[12:],
    lambda frame: frame[:12] + b"\x88\xa8\0\x05" + frame[12:],
    lambda frame: wrapped.outer(47, wrapped.generic(0x6558, frame, key=True)),
    lambda frame: wrapped.outer(47, wrapped.mirror(2, frame)),
    lambda frame: wrapped.outer(47, wrapped.mirror(3, frame, True)),
    lambda frame: wrapped.outer(17, wrapped.vxlan(frame)),
    lambda frame: wrapped.outer(17, wrapped.capwap(frame)),
    lambda frame: wrapped.outer(17, wrapped.capwap(wrapped.radio(below_ip(frame)), native=True)),
    lambda frame: wrapped.outer(4, below_ip(frame)),
    lambda frame: made.ethernet(wrapped.HERE, wrapped.THERE, 0x8847, wrapped.labels(below_ip(frame), 3)),
    lambda frame: made.ethernet(wrapped.HERE, wrapped.THERE, 0x8847, wrapped.labels(bytes(4) + frame)),
    lambda frame: made.ethernet(wrapped.HERE, wrapped.THERE, 0x8864, wrapped.session(below_ip(frame))),
    lambda frame: made.ethernet(wrapped.HERE, wrapped.THERE, 0x86DD, made.ipv6(*wrapped.SIX, 4, below_ip(frame))),
)
"""Ethernet, IP or radio around a frame."""
WAYS = (flipped, flipped, odd, odd, lying, lying, lying, looped, cut, longer, spliced, nested)


def written(chance: random.Random, rows: Frames) -> bytes:
    """A pcap, or a pcapng with an interface for each link type. One in twenty is damaged itself."""
    links = list(dict.fromkeys(link for link, _ in rows))
    if len(links) == 1 or chance.random() < 0.3:
        data = made.pcap(
            [frame for _, frame in rows], chance.choice("<>"), chance.random() < 0.3, chance.choice(links),
            chance.choice((0, 1, 1000, 10_000_000_000)), chance.choice((262_144, 262_144, 96)),
        )  # fmt: skip
    else:
        data = b"".join(blocks(chance, rows, links))
    if chance.random() < 0.05:
        data = spoilt(chance, data)
    return data


def blocks(chance: random.Random, rows: Frames, links: list[int]) -> Iterator[bytes]:
    """The blocks of a pcapng file."""
    order = chance.choice("<>")
    yield made.section(order)
    for link in links:
        yield made.interface(link, b"", order)
    for number, (link, frame) in enumerate(rows):
        yield made.enhanced(frame, made.START + number * 500, links.index(link), order)


def spoilt(chance: random.Random, data: bytes) -> bytes:
    """Damage anywhere in a file, its own headers too."""
    spoiled = bytearray(data)
    for _ in range(chance.randint(1, 10)):
        spoiled[chance.randrange(24, len(spoiled))] = chance.randrange(256)
    return bytes(spoiled[: chance.randrange(24, len(spoiled))] if chance.random() < 0.3 else spoiled)
