"""OLE2 compound files (XLS, and any office file behind a password): whether a password protects their content.

The reader of workbooks calls a protected one damaged; whoever handed it over needs to hear what it is.
Source: MS-CFB 2.2 (header), 2.6.1 (directory entry); MS-OFFCRYPTO 2.3.4.4 (\\EncryptedPackage); MS-XLS 2.4.117
(FilePass).
"""

import struct

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NAME = 64
"""Bytes of a name in a directory entry."""
_START = 116
"""Offset of a stream's first sector in its entry."""
_DIRECTORY = 48
"""Offset in the header of the directory's first sector, which begins with the root."""
_ENTRY = 128
_SMALL = 4096
"""Bytes from which on a stream has sectors of its own."""
_FILE_PASS = 0x2F
_LOOKED_AT = 8
"""Records at the beginning of a workbook among which it stands."""


def protected(data: bytes) -> bool:
    """Whether a whole file, which may be anything, is a compound file with encrypted content."""
    if not data.startswith(MAGIC) or len(data) < 512:
        return False
    if _entry(data, "EncryptedPackage") >= 0:
        return True
    for name in ("Workbook", "Book"):
        at = _entry(data, name)
        if at >= 0:
            return _passes(data, _offset(data, at))
    return False


def _offset(data: bytes, at: int) -> int:
    """Where the stream of an entry begins; beyond the end where nothing tells. Small streams lie within the root's."""
    (shift,) = struct.unpack_from("<H", data, 30)
    if shift not in (9, 12):
        return len(data)
    (first,) = struct.unpack_from("<L", data, _DIRECTORY)
    root = _sector(first, shift)
    if max(at, root) + _ENTRY > len(data):
        return len(data)
    start, size = struct.unpack_from("<2L", data, at + _START)
    if size >= _SMALL:
        return _sector(start, shift)
    (within,) = struct.unpack_from("<L", data, root + _START)
    start_within: int = 64 * start
    return _sector(within, shift) + start_within


def _sector(number: int, shift: int) -> int:
    """Offset of a sector: the first follows the header."""
    return (number + 1) << shift


def _entry(data: bytes, name: str) -> int:
    """Offset of the directory entry of a name; -1 none. Name, its padding and its length make it sure."""
    text = name.encode("utf-16-le") + b"\0\0"
    return data.find(text.ljust(_NAME, b"\0") + struct.pack("<H", len(text)))


def _passes(data: bytes, at: int) -> bool:
    """Whether the record FilePass is among the first of a workbook."""
    for _ in range(_LOOKED_AT):
        if at + 4 > len(data):
            return False
        kind, size = struct.unpack_from("<2H", data, at)
        if kind == _FILE_PASS:
            return True
        at += 4 + size
    return False
