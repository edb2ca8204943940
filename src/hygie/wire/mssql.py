"""Microsoft SQL Server: the build that it states before anybody signs in, and what its browser answers.

Of a client's messages nothing is said. Databases, users and statements come later, and are not looked at.
Source: [MS-TDS] sections 2.2.3.1 and 2.2.6.5 (PRELOGIN); [MC-SQLR] section 2.2.5 (SVR_RESP).
"""

import re
from collections.abc import Iterator

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec.text import device_name
from hygie.wire.way import Dissector, Way

ASKS, ANSWERS = 0x12, 0x04
_HEAD = 8
_NAMES = {
    (8, 0): "2000",
    (9, 0): "2005",
    (10, 0): "2008",
    (10, 50): "2008 R2",
    (11, 0): "2012",
    (12, 0): "2014",
    (13, 0): "2016",
    (14, 0): "2017",
    (15, 0): "2019",
    (16, 0): "2022",
    (17, 0): "2025",
}
"""Version -> the name under which it is sold."""
_BROWSER = re.compile(
    rb"\x05..ServerName;([^;]{1,64});InstanceName;[^;]{1,64};IsClustered;(?:Yes|No);Version;", re.DOTALL
)
_BUILD = re.compile(rb";Version;(\d{1,2})\.(\d{1,2})\.(\d{1,5})(?:\.\d{1,5})?;")


def looks_like(payload: bytes) -> bool:
    """A PRELOGIN message: its version first, options that lie one behind another up to the end."""
    if len(payload) < _HEAD + 12 or payload[0] not in (ASKS, ANSWERS) or payload[1] != 1:
        return False
    if int.from_bytes(payload[2:4], "big") != len(payload) or payload[_HEAD] != 0 or payload[7] != 0:
        return False
    try:
        return len(_options(payload)) >= 2
    except (ValueError, IndexError):
        return False


def _options(payload: bytes) -> dict[int, bytes]:
    """Token -> bytes. Raises ValueError, IndexError where they do not lie one behind another."""
    found: dict[int, bytes] = {}
    at, before = _HEAD, 0
    while payload[at] != 0xFF:
        token, start = payload[at], _HEAD + int.from_bytes(payload[at + 1 : at + 3], "big")
        stop = start + int.from_bytes(payload[at + 3 : at + 5], "big")
        if token > 16 or token in found or start < before or stop > len(payload):
            raise ValueError("options of odd places")
        found[token] = payload[start:stop]
        at, before = at + 5, stop
    if len(found.get(0, b"")) != 6 or int.from_bytes(payload[9:11], "big") != at + 1 - _HEAD:
        raise ValueError("no version where it belongs")
    return found


def sender(payload: bytes) -> str:
    """By the packet's type."""
    return {ASKS: "client", ANSWERS: "server"}.get(payload[0], "") if looks_like(payload) else ""


def length(payload: bytes) -> int:
    """One packet. Raises ValueError where none begins."""
    if len(payload) < _HEAD:
        return 0
    size = int.from_bytes(payload[2:4], "big")
    if size < _HEAD or not 1 <= payload[0] <= 0x12:
        raise ValueError("no packet of TDS")
    return size


def _software(major: int, minor: int, build: int) -> str:
    name = f"Microsoft SQL Server {_NAMES.get((major, minor), '')}".strip()
    return f"{name} {major}.{minor}.{build}"


def dissect(payload: bytes, _: Way) -> Iterator[Said]:
    """The build of a server that answers. Raises ValueError, IndexError."""
    if payload[0] != ANSWERS or payload[_HEAD] != 0:
        return
    version = _options(payload)[0]
    software = _software(version[0], version[1], int.from_bytes(version[2:4], "big"))
    yield Said("sender", Trait.SERVER_SOFTWARE, software, _HEAD + int.from_bytes(payload[9:11], "big"))


def is_browser(payload: bytes) -> bool:
    """An answer that names a server."""
    return bool(_BROWSER.match(payload)) and int.from_bytes(payload[1:3], "little") == len(payload) - 3


def browser(payload: bytes, _: Way) -> Iterator[Said]:
    """The machine's name and the builds of its servers."""
    found = _BROWSER.match(payload)
    if found and device_name(found.group(1)):
        yield Said("sender", Trait.HOST_NAME, device_name(found.group(1)), found.start(1), 0.9)
    for build in _BUILD.finditer(payload[:4096]):
        major, minor, number = (int(part) for part in build.groups())
        yield Said("sender", Trait.SERVER_SOFTWARE, _software(major, minor, number), build.start(1))


DISSECTORS = (
    Dissector(
        "mssql", frozenset({"tcp"}), looks_like, dissect, frozenset({1433}), sender, length, reach=4_096, units=1
    ),
    Dissector(
        "mssql-browser",
        frozenset({"udp"}),
        is_browser,
        browser,
        frozenset({1434}),
        lambda payload: "server" if is_browser(payload) else "",
    ),
)
"""The server's own port, and its browser's."""
