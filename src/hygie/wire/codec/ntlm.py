"""NTLM messages inside SMB, HTTP, LDAP and MSRPC: machine names, Windows builds. Users and answers are never read.

Source: [MS-NLMP] sections 2.2.1 (messages), 2.2.2.1 (AV_PAIR), 2.2.2.10 (VERSION).
"""

import struct
from collections.abc import Iterator

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec.text import device_name, plain

SIGNATURE = b"NTLMSSP\0"
NEGOTIATE, CHALLENGE, AUTHENTICATE = 1, 2, 3
_UNICODE = 0x00000001
_HAS_VERSION = 0x02000000
_PAIRS = {1: "computer", 2: "domain", 3: "dns_computer", 4: "dns_domain"}
_TRAITS = {
    "computer": (Trait.NETBIOS_NAME, 1.0),
    "dns_computer": (Trait.HOST_NAME, 1.0),
    "domain": (Trait.WORKGROUP, 0.9),
    "workstation": (Trait.NETBIOS_NAME, 0.7),
    "build": (Trait.SMB_OS, 0.9),
}
"""What is said -> trait, confidence."""
_BY_APPLE = (6, 1, 7600)
"""What clients of macOS give as their version, whatever it is (SMBFS 3.0.0 of Mac OS X 10.10, its native name beside
it): of a client it does not tell a Windows 7 without service pack from a Mac."""


def said(data: bytes, sure: float = 1.0) -> Iterator[Said]:
    """What the message in data says of the machine that sent it; sure: that it was not passed on for another.

    Raises ValueError, struct.error, UnicodeDecodeError.
    """
    computer = ""
    for what, value, offset in sorted(facts(data)):
        computer = value if what == "computer" else computer
        # A machine that belongs to no domain gives its own name as one.
        if what not in _TRAITS or (what == "domain" and value == computer):
            continue
        trait, confidence = _TRAITS[what]
        text = plain(value, 64) if what == "build" else device_name(value)
        if text:
            yield Said("sender", trait, text, offset, round(confidence * sure, 3))


def facts(data: bytes) -> Iterator[tuple[str, str, int]]:
    """(what, value, offset in data) of the NTLM message in data.

    What is one of: computer, domain, dns_computer, dns_domain, workstation, build.
    Raises ValueError, struct.error, UnicodeDecodeError.
    """
    at = data.find(SIGNATURE)
    if at < 0:
        return
    message = data[at:]
    (kind,) = struct.unpack_from("<I", message, 8)
    if kind == NEGOTIATE:
        (flags,) = struct.unpack_from("<I", message, 12)
        yield from _build(message, 32, flags, at, _BY_APPLE)
    elif kind == CHALLENGE:
        (flags,) = struct.unpack_from("<I", message, 20)
        yield from _pairs(message, at)
        yield from _build(message, 48, flags, at)
    elif kind == AUTHENTICATE:
        (flags,) = struct.unpack_from("<I", message, 60)
        start, stop = _field(message, 44)
        name = message[start:stop].decode("utf-16-le" if flags & _UNICODE else "latin-1")
        yield "workstation", name, at + start
        yield from _build(message, 64, flags, at, _BY_APPLE)


def _field(message: bytes, at: int) -> tuple[int, int]:
    """(start, stop) of a payload field. Raises ValueError, struct.error."""
    length, _, start = struct.unpack_from("<HHI", message, at)
    if start + length > len(message):
        raise ValueError(f"an NTLM field cut at {start}")
    return start, start + length


def _pairs(message: bytes, at: int) -> Iterator[tuple[str, str, int]]:
    start, stop = _field(message, 40)
    for _ in range(20):
        if start + 4 > stop:
            return
        kind, length = struct.unpack_from("<HH", message, start)
        if kind == 0 or start + 4 + length > stop:
            return
        if kind in _PAIRS:
            yield _PAIRS[kind], message[start + 4 : start + 4 + length].decode("utf-16-le"), at + start
        start += 4 + length


def _build(
    message: bytes, offset: int, flags: int, at: int, never: tuple[int, int, int] = (0, 0, 0)
) -> Iterator[tuple[str, str, int]]:
    """`never`: a version that tells nothing."""
    if not flags & _HAS_VERSION or offset + 8 > len(message):
        return
    major, minor, build = struct.unpack_from("<BBH", message, offset)
    if major in (5, 6, 10) and build and (major, minor, build) != never:
        yield "build", f"Windows {major}.{minor}.{build}", at + offset
