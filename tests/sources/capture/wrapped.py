"""Frames inside frames, made by hand: labels, sessions, tunnels, mirrors, radio. `SAMPLES` holds one of each.

Source: RFC 3032 section 2.1, RFC 4448 section 4.4, RFC 2516 section 4, RFC 2784, RFC 2890, RFC 7348 section 5, RFC 5415
section 4.3, draft-foschiano-erspan-03, IEEE 802.11-2020 clause 9.2.4, radiotap.org, libpcap's LINKTYPE registry.
"""

import struct
from itertools import pairwise

from sources.capture.made import EVERYBODY, arp, ethernet, ipv4, ipv6, mac, tcp, udp

HERE, THERE, AIR = "02:00:00:00:00:01", "02:00:00:00:00:02", "02:00:00:00:00:0a"
ENDS, OUTER = ("10.0.0.1", "10.0.0.2"), ("172.16.0.1", "172.16.0.2")
SIX = ("fd00::1", "fd00::2")
FOUR = ipv4(*ENDS, 17, udp(40000, 161, b"question"))
STREAM = ipv4(*ENDS, 6, tcp(40000, 104, 7, b"payload"))
LONG = ipv6(*SIX, 17, udp(40000, 161, b"question"))
INNER = ethernet(HERE, THERE, 0x0800, FOUR)


def outer(protocol: int, payload: bytes, *vlans: int) -> bytes:
    return ethernet("02:00:00:00:01:01", "02:00:00:00:01:02", 0x0800, ipv4(*OUTER, protocol, payload), *vlans)


def labels(payload: bytes, count: int = 2) -> bytes:
    """MPLS: the last label has the bottom bit."""
    return b"".join(struct.pack(">I", 16 + n << 12 | (n == count - 1) << 8 | 64) for n in range(count)) + payload


def session(payload: bytes, protocol: int = 0x0021) -> bytes:
    """PPPoE."""
    return struct.pack(">BBHHH", 0x11, 0, 7, 2 + len(payload), protocol) + payload


def generic(kind: int, payload: bytes, *, checksum: bool = False, key: bool = False, number: bool = False) -> bytes:
    """GRE."""
    flags = checksum << 15 | key << 13 | number << 12
    return struct.pack(">HH", flags, kind) + bytes(4 * (checksum + key + number)) + payload


def mirror(version: int, frame: bytes, more: bool = False) -> bytes:
    """ERSPAN I, II and III in GRE."""
    if version == 1:
        return generic(0x88BE, frame)
    if version == 2:
        return generic(0x88BE, struct.pack(">HHI", 1 << 12 | 20, 5, 0) + frame, number=True)
    head = struct.pack(">HHIHH", 2 << 12 | 20, 5, 123456, 0, 1 if more else 0) + bytes(8 * more)
    return generic(0x22EB, head + frame, number=True)


def vxlan(frame: bytes, flags: int = 0x08) -> bytes:
    return udp(50000, 4789, struct.pack(">BxxxI", flags, 42 << 8) + frame)


def capwap(payload: bytes, *, native: bool = False, flags: int = 0, preamble: int = 0, words: int = 2) -> bytes:
    """CAPWAP data; words: length of the header in units of four bytes."""
    head = struct.pack(">BBBBI", preamble, words << 3, 1 << 1 | native, flags, 0)
    return udp(5247, 5247, head + bytes(4 * words - 8) + payload)


def radio(payload: bytes, kind: int = 0x0800, *, to: int = 1, off: int = 0, quality: bool = False) -> bytes:
    """An 802.11 data frame of 02:00:00:00:00:01 to 02:00:00:00:00:02 with an LLC header."""
    near, far, air = mac(HERE), mac(THERE), mac(AIR)
    cards = {(1, 0): air + near + far, (0, 1): far + air + near, (0, 0): far + near + air, (1, 1): air + air + far}
    head = bytes((0x88 if quality else 0x08, to | off << 1)) + bytes(2) + cards[to, off] + bytes(2)
    head += (near if to and off else b"") + (bytes(2) if quality else b"")
    return head + b"\xaa\xaa\x03\0\0\0" + struct.pack(">H", kind) + payload


def turned(frame: bytes) -> bytes:
    """The bytes of frame control the other way round, as some access points send them."""
    return frame[1::-1] + frame[2:]


def tapped(frame: bytes, size: int = 12) -> bytes:
    """radiotap."""
    return struct.pack("<BxHI", 0, size, 0) + bytes(size - 8) + frame


def cooked(payload: bytes, kind: int = 0x0800, size: int = 6) -> bytes:
    """Linux cooked, first version."""
    return struct.pack(">HHH8sH", 0, 1, size, mac(HERE), kind) + payload


def cooked2(payload: bytes, kind: int = 0x0800, size: int = 6) -> bytes:
    return struct.pack(">HHIHBB8s", kind, 0, 3, 1, 0, size, mac(HERE)) + payload


def extended(*kinds: int, payload: bytes = b"") -> bytes:
    """IPv6 with extension headers, the last of `kinds` being the transport."""
    chain = b""
    for kind, following in pairwise(kinds):
        size = 1 if kind == 51 else 0
        chain += bytes((following, size)) + (b"\0\1" if kind == 44 else bytes(2)) + bytes(8 if kind == 51 else 4)
    return ipv6(*SIX, kinds[0], chain + payload)


def with_options(payload: bytes) -> bytes:
    """IPv4 with options (IHL 7)."""
    head = bytearray(ipv4(*ENDS, 17, bytes(8) + payload))
    head[0] = 0x47
    return bytes(head)


SAMPLES: dict[str, tuple[int, bytes]] = {
    "ethernet": (1, INNER),
    "stream": (1, ethernet(HERE, THERE, 0x0800, STREAM)),
    "padded": (1, INNER + bytes(12)),
    "options": (1, ethernet(HERE, THERE, 0x0800, with_options(udp(1, 2, b"x")))),
    "no length": (1, ethernet(HERE, THERE, 0x0800, FOUR[:2] + b"\0\0" + FOUR[4:])),
    "ipv6": (1, ethernet(HERE, THERE, 0x86DD, LONG)),
    "vlan": (1, ethernet(HERE, THERE, 0x0800, FOUR, 12)),
    "qinq": (1, ethernet(HERE, THERE, 0x86DD, LONG, 100, 12)),
    "five tags": (1, ethernet(HERE, THERE, 0x0800, FOUR, 1, 2, 3, 4, 5)),
    "priority tag": (1, ethernet(HERE, THERE, 0x0800, FOUR, 0, 0, 7)),
    "llc": (1, ethernet(HERE, "01:80:c2:00:00:00", 38, b"\x42\x42\x03" + bytes(35))),
    "short llc": (1, ethernet(HERE, THERE, 1, b"\x42")),
    "snap": (1, ethernet(HERE, THERE, 60, b"\xaa\xaa\x03\0\0\0\x08\0" + FOUR)),
    "arp": (1, arp(HERE, *ENDS)),
    "profinet": (1, ethernet(HERE, THERE, 0x8892, bytes(40))),
    "nothing": (1, ethernet(HERE, THERE, 0x8892, b"")),
    "mpls": (1, ethernet(HERE, THERE, 0x8847, labels(FOUR))),
    "mpls six": (1, ethernet(HERE, THERE, 0x8848, labels(LONG, 1), 7)),
    "many labels": (1, ethernet(HERE, THERE, 0x8847, labels(FOUR, 14))),
    "mpls of others": (1, ethernet(HERE, THERE, 0x8847, labels(b"\x90" + bytes(30)))),
    "pseudo-wire": (1, ethernet(AIR, AIR, 0x8847, labels(bytes(4) + ethernet(HERE, THERE, 0x0800, FOUR, 9)))),
    "pppoe": (1, ethernet(HERE, THERE, 0x8864, session(FOUR))),
    "pppoe six": (1, ethernet(HERE, THERE, 0x8864, session(LONG, 0x57), 3)),
    "pppoe control": (1, ethernet(HERE, THERE, 0x8864, session(bytes(8), 0xC021))),
    "gre": (1, outer(47, generic(0x0800, FOUR))),
    "gre with all": (1, outer(47, generic(0x86DD, LONG, checksum=True, key=True, number=True))),
    "gre bridge": (1, outer(47, generic(0x6558, INNER, key=True))),
    "gre version 1": (1, outer(47, b"\x20\x01\x88\x0b" + bytes(20))),
    "gre of others": (1, outer(47, generic(0x1234, FOUR))),
    "erspan 1": (1, outer(47, mirror(1, INNER))),
    "erspan 2": (1, outer(47, mirror(2, ethernet(HERE, THERE, 0x0800, FOUR, 12)))),
    "erspan 3": (1, outer(47, mirror(3, INNER))),
    "erspan 3 more": (1, outer(47, mirror(3, INNER, True), 5)),
    "erspan of arp": (1, outer(47, mirror(2, arp(HERE, *ENDS)))),
    "vxlan": (1, outer(17, vxlan(INNER))),
    "vxlan without a number": (1, outer(17, vxlan(INNER, 0))),
    "vxlan of arp": (1, outer(17, vxlan(arp(HERE, *ENDS)))),
    "capwap": (1, outer(17, capwap(INNER))),
    "capwap long header": (1, outer(17, capwap(INNER, words=4, flags=0x30))),
    "capwap short header": (1, outer(17, capwap(INNER, words=2).replace(b"\0\x10\2", b"\0\x08\2", 1))),
    "capwap radio": (1, outer(17, capwap(radio(FOUR), native=True))),
    "capwap turned": (1, outer(17, capwap(turned(radio(FOUR, quality=True)), native=True))),
    "capwap sealed": (1, outer(17, capwap(b"\x17\xfe\xfd" + bytes(40), preamble=1), 30)),
    "capwap fragment": (1, outer(17, capwap(INNER, flags=0x80))),
    "capwap alive": (1, outer(17, capwap(bytes(24), flags=0x08))),
    "ip in ip": (1, outer(4, FOUR)),
    "six in four": (1, outer(41, LONG)),
    "four in six": (1, ethernet(HERE, THERE, 0x86DD, ipv6(*SIX, 4, STREAM))),
    "deep": (1, outer(17, vxlan(outer(47, mirror(2, outer(17, capwap(radio(LONG, 0x86DD), native=True))))))),
    "broken inside": (1, outer(47, generic(0x0800, FOUR[:12]))),
    "nothing inside": (1, outer(4, b"")),
    "raw": (101, FOUR),
    "raw six": (229, LONG),
    "raw of others": (101, b"\x00" + bytes(40)),
    "old raw": (12, STREAM),
    "null": (0, struct.pack("<I", 2) + FOUR),
    "null six": (0, struct.pack(">I", 30) + LONG),
    "loop": (108, struct.pack(">I", 24) + LONG),
    "cooked": (113, cooked(FOUR)),
    "cooked tag": (113, cooked(struct.pack(">HH", 12, 0x0800) + FOUR, 0x8100)),
    "cooked without card": (113, cooked(FOUR, size=0)),
    "cooked 2": (276, cooked2(LONG, 0x86DD)),
    "cooked 2 tag": (276, cooked2(struct.pack(">HH", 12, 0x86DD) + LONG, 0x8100)),
    "radio to": (105, radio(FOUR)),
    "radio from": (105, radio(FOUR, to=0, off=1, quality=True)),
    "radio between": (105, radio(FOUR, to=0)),
    "radio bridge": (105, radio(LONG, 0x86DD, off=1, quality=True)),
    "radio sealed": (105, b"\x08\x41" + radio(FOUR)[2:]),
    "radio beacon": (105, b"\x80\0" + radio(FOUR)[2:]),
    "radiotap": (127, tapped(radio(FOUR, quality=True))),
    "radiotap long": (127, tapped(radio(arp(HERE, *ENDS)[14:], 0x0806), 56)),
    "radiotap short": (127, b"\0\0\4\0" + radio(FOUR)),
    "extensions": (1, ethernet(HERE, THERE, 0x86DD, extended(0, 43, 60, 135, 17, payload=udp(1, 2, b"x")))),
    "authenticated": (1, ethernet(HERE, THERE, 0x86DD, extended(0, 51, 6, payload=tcp(1, 2, 3, b"x")))),
    "many extensions": (1, ethernet(HERE, THERE, 0x86DD, extended(*[0] * 20, 17, payload=udp(1, 2, b"x")))),
    "first fragment": (1, ethernet(HERE, THERE, 0x86DD, extended(44, 17, payload=udp(1, 2, b"x")))),
    "later fragment": (1, ethernet(HERE, THERE, 0x86DD, ipv6(*SIX, 44, b"\x11\0\0\x08\0\0\0\1rest of it"))),
    "ipv4 first fragment": (1, ethernet(HERE, THERE, 0x0800, ipv4(*ENDS, 17, udp(1, 2, b"x"), fragment=0x2000))),
    "ipv4 later fragment": (1, ethernet(HERE, THERE, 0x0800, ipv4(*ENDS, 17, b"rest", fragment=99), 4)),
    "icmp": (1, ethernet(HERE, THERE, 0x0800, ipv4(*ENDS, 1, b"\x08\0" + bytes(10)))),
    "group": (1, ethernet(HERE, EVERYBODY, 0x0800, ipv4("0.0.0.0", "255.255.255.255", 17, udp(68, 67, b"x")))),
    "unset six": (1, ethernet(HERE, THERE, 0x86DD, ipv6("::", "ff02::1", 58, b"\x87" + bytes(23), 255))),
    "another link": (147, INNER),
}
"""Name -> (link type, frame)."""
