"""Frames, files and a double of `Input`, made by hand."""

import io
import struct
from collections.abc import Iterable, Iterator
from ipaddress import ip_address
from typing import Any, BinaryIO

from hygie.kernel.compiled import HERE as COMPILED
from hygie.model.bulk import Bulk
from hygie.model.seams import Given, Sheet
from hygie.sources import capture
from hygie.sources.capture.metering import Rooms
from hygie.sources.capture.sight import MOST_CONVERSATIONS

GIVEN = Given("chu", "r1")
START = 1_700_000_000_000_000
"""Microseconds of the first frame."""
EVERYBODY = "ff:ff:ff:ff:ff:ff"


class Held:
    """An input in memory; `breaks` ends the stream with an error after so many bytes."""

    def __init__(self, data: bytes, name: str = "made.pcap", breaks: int = -1) -> None:
        self.name, self.path, self.size = name, "", len(data)
        self.data, self.breaks = data, breaks

    @property
    def head(self) -> bytes:
        return self.data[:65536]

    def open(self) -> BinaryIO:
        return io.BytesIO(self.data) if self.breaks < 0 else Breaking(self.data[: self.breaks])

    def bytes(self) -> bytes:
        return self.data

    def sheets(self) -> list[Sheet]:
        return []


class Breaking(io.BytesIO):
    """A stream that ends with an error."""

    def read(self, size: int | None = -1) -> bytes:
        part = super().read(size)
        if not part:
            raise EOFError("compressed stream cut")
        return part

    def readinto(self, into: Any, /) -> int:
        count = super().readinto(into)
        if not count:
            raise EOFError("compressed stream cut")
        return count


def form(data: bytes) -> capture.Format:
    """The format of a capture."""
    kind = next(kind for kind, reader in capture.READERS.items() if reader.recognises(Held(data)))
    return {"pcap": capture.PCAP, "pcapng": capture.PCAPNG}[kind]


def walked(
    data: bytes,
    compiled: bool,
    rooms: Rooms = Rooms(),  # noqa: B008
    most: int = MOST_CONVERSATIONS,
    ahead: bool = False,
) -> list[Any]:
    """All rows of a capture, by the compiled or by the plain pass; ahead: the compiled one in a thread of its own."""
    found: list[Any] = []
    for row in capture.walk(Held(data), GIVEN, form(data), compiled, rooms, most, ahead):
        found.extend(row.rows() if isinstance(row, Bulk) else [row])
    return found


def rows(data: bytes, rooms: Rooms = Rooms(), most: int = MOST_CONVERSATIONS) -> list[Any]:  # noqa: B008
    """All rows of a capture: those of the plain pass, which the compiled one must give too, in the same order, whether
    it runs ahead of what is read or not."""
    found = walked(data, False, rooms, most)
    if COMPILED:
        again = walked(data, True, rooms, most)
        assert again == found
        assert walked(data, True, rooms, most, ahead=True) == found
    return found


def of(found: Iterable[Any], kind: str) -> list[Any]:
    """Rows of one type."""
    return [row for row in found if type(row).__name__ == kind]


def evidence(found: Iterable[Any]) -> set[tuple[str, str, str]]:
    """(subject, trait, value)."""
    return {(row.subject, str(row.trait), row.value) for row in of(found, "Evidence")}


def mac(text: str) -> bytes:
    return bytes.fromhex(text.replace(":", ""))


def ethernet(source: str, target: str, kind: int, payload: bytes, *vlans: int) -> bytes:
    tags = b"".join(struct.pack(">HH", 0x8100, vlan) for vlan in vlans)
    return mac(target) + mac(source) + tags + struct.pack(">H", kind) + payload


def ipv4(source: str, target: str, protocol: int, payload: bytes, hops: int = 64, fragment: int = 0) -> bytes:
    head = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(payload), 1, fragment, hops, protocol, 0)
    return head + ip_address(source).packed + ip_address(target).packed + payload


def ipv6(source: str, target: str, protocol: int, payload: bytes, hops: int = 64) -> bytes:
    head = struct.pack(">IHBB", 0x60000000, len(payload), protocol, hops)
    return head + ip_address(source).packed + ip_address(target).packed + payload


def udp(source: int, target: int, payload: bytes) -> bytes:
    return struct.pack(">HHHH", source, target, 8 + len(payload), 0) + payload


def tcp(source: int, target: int, sequence: int, payload: bytes = b"", flags: int = 0x18) -> bytes:
    return struct.pack(">HHIIBBHHH", source, target, sequence, 0, 0x50, flags, 65535, 0, 0) + payload


def arp(card: str, address: str, target: str, operation: int = 1, wanted: str = "00:00:00:00:00:00") -> bytes:
    body = b"\0\1\x08\0\6\4" + struct.pack(">H", operation) + mac(card) + ip_address(address).packed
    return ethernet(card, EVERYBODY, 0x0806, body + mac(wanted) + ip_address(target).packed)


def datagram(
    cards: tuple[str, str], ends: tuple[str, str], ports: tuple[int, int], payload: bytes, hops: int = 64, vlan: int = 0
) -> bytes:
    """Ethernet, IPv4, UDP."""
    vlans = (vlan,) if vlan else ()
    return ethernet(*cards, 0x0800, ipv4(*ends, 17, udp(*ports, payload), hops), *vlans)


class Connection:
    """A TCP connection over Ethernet and IPv4, frame by frame."""

    def __init__(
        self, cards: tuple[str, str], ends: tuple[str, str], ports: tuple[int, int], hops: tuple[int, int] = (64, 64)
    ) -> None:
        self.cards, self.ends, self.ports, self.hops = cards, ends, ports, hops
        self.next = [1000, 0xFFFFFF00]

    def send(self, side: int, payload: bytes = b"", flags: int = 0x18) -> bytes:
        """The next segment of client (0) or server (1)."""
        frame = self.frame(side, self.next[side], payload, flags)
        self.next[side] = (self.next[side] + len(payload) + bool(flags & 3)) & 0xFFFFFFFF
        return frame

    def frame(self, side: int, sequence: int, payload: bytes = b"", flags: int = 0x18) -> bytes:
        """A segment with any sequence number."""
        turn = (lambda pair: pair) if side == 0 else (lambda pair: pair[::-1])
        segment = tcp(*turn(self.ports), sequence & 0xFFFFFFFF, payload, flags)
        return ethernet(*turn(self.cards), 0x0800, ipv4(*turn(self.ends), 6, segment, self.hops[side]))

    def open(self) -> list[bytes]:
        """Three frames of an opening."""
        return [self.send(0, b"", 2), self.send(1, b"", 0x12), self.send(0, b"", 0x10)]


def pcap(
    frames: Iterable[bytes], order: str = "<", nano: bool = False, link: int = 1, step: int = 1000, cut: int = 262144
) -> bytes:
    """A file; each frame `step` microseconds after the one before."""
    magic = 0xA1B23C4D if nano else 0xA1B2C3D4
    out = [struct.pack(order + "IHHiIII", magic, 2, 4, 0, 0, cut, link)]
    for number, frame in enumerate(frames):
        time = START + number * step
        part = time % 1_000_000 * (1000 if nano else 1)
        out.append(struct.pack(order + "IIII", time // 1_000_000, part, len(frame[:cut]), len(frame)) + frame[:cut])
    return b"".join(out)


def block(kind: int, body: bytes, order: str = "<") -> bytes:
    body += bytes(-len(body) % 4)
    size = struct.pack(order + "I", len(body) + 12)
    return struct.pack(order + "I", kind) + size + body + size


def option(code: int, value: bytes, order: str = "<") -> bytes:
    return struct.pack(order + "HH", code, len(value)) + value + bytes(-len(value) % 4)


def section(order: str = "<") -> bytes:
    return block(0x0A0D0D0A, struct.pack(order + "IHHq", 0x1A2B3C4D, 1, 0, -1), order)


def interface(link: int = 1, options: bytes = b"", order: str = "<") -> bytes:
    return block(1, struct.pack(order + "HHI", link, 0, 262144) + options, order)


def enhanced(frame: bytes, ticks: int, index: int = 0, order: str = "<", size: int = 0) -> bytes:
    head = struct.pack(order + "IIIII", index, ticks >> 32, ticks & 0xFFFFFFFF, len(frame), size or len(frame))
    return block(6, head + frame, order)


def pcapng(frames: Iterable[bytes], order: str = "<") -> bytes:
    """A file of one section and one interface."""
    packets = (enhanced(frame, START + number * 1000, order=order) for number, frame in enumerate(frames))
    return section(order) + interface(order=order) + b"".join(packets)


def chatter(count: int = 30) -> Iterator[bytes]:
    """Datagrams of two machines, each a little longer than the last."""
    for number in range(count):
        ends = (("02:00:00:00:00:01", "02:00:00:00:00:02"), ("10.0.0.1", "10.0.0.2"))
        yield datagram(*ends, (40000, 9999), b"chatter" * (number + 1))
