"""Makes the compiled pass ready in a process that will soon be allowed to write no compiled code down.

What it runs over is made here: nothing of a person's is read.
"""

import importlib
import io
import struct
from collections.abc import Iterator
from typing import Any, BinaryIO

import numpy as np

from hygie.model.seams import Given

_ETHERNET = 1
_PACKETS = 6


def prime() -> list[str]:
    """Compiles, or loads, every loop that reading captures needs; what is compiled later is not kept.

    Gives the folder of compiled code: loops that are needed later are read there.
    """
    compiled = importlib.import_module("hygie.kernel.compiled")
    if not compiled.HERE:
        return []
    capture = importlib.import_module("hygie.sources.capture")
    hashing = importlib.import_module("hygie.kernel.hashing")
    flows = importlib.import_module("hygie.kernel.flows")
    given = Given("", "")
    for content, form in ((_pcap(), capture.PCAP), (_pcapng(), capture.PCAPNG)):
        for _ in capture.walk(_Made(content), given, form, True):
            pass
    numbers = [np.zeros(8, np.int64) for _ in range(4)]
    hashing.grown(*numbers)
    columns = importlib.import_module("hygie.kernel.columns")
    indexes = [np.full(8, -1, np.int32) for _ in range(2)]
    flows.gathered(np.zeros(1, np.uint8), np.zeros((1, columns.EVENT), np.int64), np.zeros(1, np.uint8))
    flows.rebuild(np.zeros((4, columns.HALF), np.int64), 0, *indexes)
    compiled.seal()
    kept = compiled.folder()
    return [str(kept)] if kept else []


class _Made:
    """A content that was made here, as an Input."""

    name = path = ""

    def __init__(self, content: bytes) -> None:
        self.size = len(content)
        self.head = content

    def open(self) -> BinaryIO:
        """From the first byte."""
        return io.BytesIO(self.head)

    def bytes(self) -> bytes:
        """All of it."""
        return self.head

    def sha256(self) -> str:
        """Of nothing that counts."""
        return ""

    def close(self) -> None:
        """Nothing is held."""

    def sheets(self) -> list[Any]:
        """None."""
        return []


def _frames() -> Iterator[bytes]:
    """A TCP segment and a datagram between two documentation addresses, a few times over."""
    for number in range(_PACKETS):
        way = (b"\x02\0\0\0\0\1\x02\0\0\0\0\2", b"\xc0\0\2\1\xc0\0\2\2")
        for protocol, rest in (
            (6, struct.pack(">HHIIBBHHH", 40_000, 104, number, 1, 0x50, 0x18, 512, 0, 0) + b"x"),
            (17, struct.pack(">HHHH", 40_000, 53, 9, 0) + b"x"),
        ):
            head = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(rest), number, 0, 64, protocol, 0)
            yield way[0] + b"\x08\x00" + head + way[1] + rest


def _pcap() -> bytes:
    parts = [struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65_535, _ETHERNET)]
    for number, frame in enumerate(_frames()):
        parts.append(struct.pack("<IIII", 1_000_000_000 + number, 0, len(frame), len(frame)) + frame)
    return b"".join(parts)


def _pcapng() -> bytes:
    parts = [
        _block(0x0A0D0D0A, struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1)),
        _block(1, struct.pack("<HHI", _ETHERNET, 0, 0)),
    ]
    for number, frame in enumerate(_frames()):
        high, low = divmod((1_000_000_000 + number) * 1_000_000, 1 << 32)
        parts.append(_block(6, struct.pack("<IIIII", 0, high, low, len(frame), len(frame)) + frame))
    return b"".join(parts)


def _block(kind: int, body: bytes) -> bytes:
    body += bytes(-len(body) % 4)
    size = struct.pack("<I", 12 + len(body))
    return struct.pack("<I", kind) + size + body + size
