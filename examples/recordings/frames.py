"""Frames and capture files by hand: Ethernet, 802.1Q, ARP, IPv4, TCP and UDP checksums, pcap, pcapng.

Source: IEEE 802.3 and 802.1Q, RFC 791, 768, 9293, 826; draft-ietf-opsawg-pcap and -pcapng.
"""

import ipaddress
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

BROADCAST = b"\xff" * 6
IPV4, ARP, VLAN_TAG = 0x0800, 0x0806, 0x8100
TCP, UDP = 6, 17
SHORTEST = 60
"""Bytes of the shortest untagged frame without its check sequence."""


def mac_bytes(text: str) -> bytes:
    """Six bytes of a MAC address written with colons."""
    return bytes.fromhex(text.replace(":", ""))


def ip_bytes(text: str) -> bytes:
    """Four bytes of an IPv4 address."""
    return ipaddress.IPv4Address(text).packed


def read_pcap(data: bytes) -> list[tuple[int, bytes]]:
    """Frames of a microsecond little-endian Ethernet pcap: microseconds since 1970, bytes. Raises ValueError."""
    magic, _, _, _, _, _, link = struct.unpack_from("<IHHiIII", data)
    if magic != 0xA1B2C3D4 or link != 1:
        raise ValueError("not a microsecond Ethernet capture")
    frames, at = [], 24
    while at < len(data):
        seconds, micro, kept, whole = struct.unpack_from("<IIII", data, at)
        if kept != whole or at + 16 + kept > len(data):
            raise ValueError(f"frame at byte {at} is cut short")
        frames.append((seconds * 1_000_000 + micro, data[at + 16 : at + 16 + kept]))
        at += 16 + kept
    return frames


def write_pcap(frames: Iterable[tuple[int, bytes]]) -> bytes:
    """A microsecond Ethernet pcap."""
    out = [struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, 1)]
    for when, frame in frames:
        out.append(struct.pack("<IIII", when // 1_000_000, when % 1_000_000, len(frame), len(frame)))
        out.append(frame)
    return b"".join(out)


def _option(code: int, value: bytes) -> bytes:
    return struct.pack("<HH", code, len(value)) + value + b"\0" * (-len(value) % 4)


def _block(kind: int, body: bytes) -> bytes:
    body += b"\0" * (-len(body) % 4)
    return struct.pack("<II", kind, len(body) + 12) + body + struct.pack("<I", len(body) + 12)


def _instant(when: int) -> bytes:
    return struct.pack("<II", when >> 32, when & 0xFFFFFFFF)


def write_pcapng(frames: list[tuple[int, bytes]], name: str, lost: int) -> bytes:
    """A pcapng of one interface `name` whose statistics block says that `lost` packets were dropped."""
    end = _option(0, b"")
    out = [_block(0x0A0D0D0A, struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1))]
    described = _option(2, name.encode()) + _option(9, b"\x06") + end
    out.append(_block(1, struct.pack("<HHI", 1, 0, 262144) + described))
    for when, frame in frames:
        padded = frame + b"\0" * (-len(frame) % 4)
        head = struct.pack("<I", 0) + _instant(when) + struct.pack("<II", len(frame), len(frame))
        out.append(_block(6, head + padded))
    first, last = frames[0][0], frames[-1][0]
    counted = _option(4, struct.pack("<Q", len(frames) + lost)) + _option(5, struct.pack("<Q", lost))
    said = _option(2, _instant(first)) + _option(3, _instant(last)) + counted + end
    out.append(_block(5, struct.pack("<I", 0) + _instant(last) + said))
    return b"".join(out)


def checksum(data: bytes) -> int:
    """The Internet checksum (RFC 1071)."""
    data += b"\0" * (len(data) % 2)
    total: int = sum(struct.unpack(f">{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def arp_frame(operation: int, sender: tuple[bytes, bytes], target: tuple[bytes, bytes], vlan: int) -> bytes:
    """An ARP request (1, broadcast) or reply (2); sender and target are (MAC, IPv4)."""
    body = struct.pack(">HHBBH", 1, IPV4, 6, 4, operation) + b"".join(sender)
    body += (b"\0" * 6 if operation == 1 else target[0]) + target[1]
    to = BROADCAST if operation == 1 else target[0]
    return tagged(to + sender[0] + struct.pack(">H", ARP) + body, vlan)


def tagged(frame: bytes, vlan: int) -> bytes:
    """The frame padded as on the wire, with an 802.1Q tag (0: none)."""
    frame += b"\0" * (SHORTEST - len(frame))
    return frame[:12] + struct.pack(">HH", VLAN_TAG, vlan) + frame[12:] if vlan else frame


@dataclass(slots=True)
class Packet:
    """An IPv4 packet taken apart as far as rewriting needs."""

    head: bytearray
    """IPv4 header with options."""
    body: bytearray
    """All that follows, as long as the header says."""

    @classmethod
    def of(cls, frame: bytes) -> "Packet":
        """Of an untagged frame. Raises ValueError where it is a fragment or cut short."""
        size = (frame[14] & 15) * 4
        total = int.from_bytes(frame[16:18], "big")
        if int.from_bytes(frame[20:22], "big") & 0x3FFF or len(frame) < 14 + total:
            raise ValueError("a fragment, or cut short")
        return cls(bytearray(frame[14 : 14 + size]), bytearray(frame[14 + size : 14 + total]))

    @property
    def protocol(self) -> int:
        """6 TCP, 17 UDP."""
        return self.head[9]

    @property
    def ends(self) -> tuple[bytes, bytes]:
        """Source and destination address."""
        return bytes(self.head[12:16]), bytes(self.head[16:20])

    @property
    def ports(self) -> tuple[int, int]:
        """Source and destination port."""
        first, second = struct.unpack_from(">HH", self.body)
        return first, second

    @property
    def start(self) -> int:
        """Offset of the payload within `body`."""
        return 8 if self.protocol == UDP else (self.body[12] >> 4) * 4

    def rewrite(self, addresses: Mapping[bytes, bytes], ports: Mapping[tuple[bytes, int], int], hops: int) -> None:
        """Sets new addresses and ports (keyed by recorded address and port), and takes `hops` from the time to live."""
        ends, old = self.ends, self.ports
        for place, (address, port) in enumerate(zip(ends, old, strict=True)):
            struct.pack_into(">H", self.body, 2 * place, ports.get((address, port), port))
            self.head[12 + 4 * place : 16 + 4 * place] = addresses.get(address, address)
        self.head[8] = max(1, self.head[8] - hops)

    def replace_addresses(self, changed: Mapping[bytes, bytes]) -> None:
        """Replaces addresses that stand in the payload, in place."""
        payload = bytes(self.body[self.start :])
        for old, new in changed.items():
            payload = payload.replace(old, new)
        self.body[self.start :] = payload

    def packed(self) -> bytes:
        """Header and body with their checksums computed anew (a UDP checksum of 0 stays: there is none)."""
        self.head[10:12] = b"\0\0"
        self.head[10:12] = checksum(bytes(self.head)).to_bytes(2, "big")
        at = {TCP: 16, UDP: 6}.get(self.protocol)
        if at is not None and (self.protocol == TCP or any(self.body[6:8])):
            self.body[at : at + 2] = b"\0\0"
            before = bytes(self.head[12:20]) + struct.pack(">BBH", 0, self.protocol, len(self.body))
            self.body[at : at + 2] = (checksum(before + bytes(self.body)) or 0xFFFF).to_bytes(2, "big")
        return bytes(self.head) + bytes(self.body)
