"""A port on which exporters' datagrams come in: nothing is ever sent, and none of them is looked into here.

What comes in: UDP datagrams, on the address and port that a person named. What goes out: a stream for each reading, of
datagrams with their senders' addresses (`model.datagrams.FRAME`), in bounded memory: what comes faster than it is taken
is dropped and counted, here and by the kernel. A thread takes them, so that none is lost between two readings.

Source: socket(7), SO_RXQ_OVFL.
"""

import socket
import struct
import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import NamedTuple

from hygie.model.datagrams import DATAGRAM, DROPPED, FRAME, MAGIC, TEMPLATES

PORTS = range(1, 65_536)
MOST_BYTES = 32 << 20
"""Bytes of datagrams that wait to be taken."""
MOST_TEMPLATES = 4 << 20
"""Bytes of datagrams with templates that are kept for the readings to come; the oldest go first."""
_LONGEST = 65_535
_PATIENCE = 0.2
"""Seconds after which the thread looks whether it is to end."""
_BUFFER = 8 << 20
_OVERFLOWED = 40
"""SO_RXQ_OVFL: the kernel tells with each datagram how many it has dropped so far."""
_COUNT = struct.Struct("=I")


class Place(NamedTuple):
    """Where exporters send to."""

    address: IPv4Address | IPv6Address
    port: int

    def __str__(self) -> str:
        shown = f"[{self.address}]" if self.address.version == 6 else str(self.address)
        return f"{shown}:{self.port}"


def place(text: str) -> Place:
    """ "2055", "10.1.2.3:2055", "[::]:2055"; without an address, all of IPv4. Raises ValueError for anything else."""
    before, _, port = text.rpartition(":")
    address = ip_address(before.removeprefix("[").removesuffix("]") or "0.0.0.0")  # noqa: S104
    if not (port.isascii() and port.isdigit()) or int(port) not in PORTS:
        raise ValueError(text)
    if before and (address.version == 6) != before.startswith("["):
        raise ValueError(text)
    return Place(address, int(port))


class Collector:
    """Takes datagrams until it is closed."""

    def __init__(self, where: Place, keep: Callable[[bytes], bytes]) -> None:
        """Binds. `keep`: of a datagram, what later readings need of it; b"" nothing. Raises OSError."""
        family = socket.AF_INET6 if where.address.version == 6 else socket.AF_INET
        self._socket = socket.socket(family, socket.SOCK_DGRAM)
        try:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER)
            with suppress(OSError):  # not every system tells
                self._socket.setsockopt(socket.SOL_SOCKET, _OVERFLOWED, 1)
            self._socket.bind((str(where.address), where.port))
        except OSError:
            self._socket.close()
            raise
        self._socket.settimeout(_PATIENCE)
        self._keep = keep
        self._waiting: deque[bytes] = deque()
        self._size = self._dropped = self._before = 0
        self._templates: OrderedDict[bytes, bytes] = OrderedDict()
        self._templates_size = 0
        self._came = threading.Condition()
        self._closed = threading.Event()
        self._failed = ""
        self._thread = threading.Thread(target=self._take, daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        """That it listens on."""
        return int(self._socket.getsockname()[1])

    def interval(self, seconds: float) -> "Interval":
        """What comes from now on, until the time is over or it is stopped."""
        return Interval(self, seconds)

    def close(self) -> None:
        """Takes no more."""
        self._closed.set()
        self._thread.join()
        self._socket.close()

    def _take(self) -> None:
        """What the thread does."""
        while not self._closed.is_set():
            try:
                data, told, _, sender = self._socket.recvmsg(_LONGEST, socket.CMSG_SPACE(_COUNT.size))
            except TimeoutError:
                continue
            except OSError as error:
                with self._came:
                    self._failed = error.strerror or str(error)
                    self._came.notify()
                return
            with self._came:
                self._overflowed(told)
                self._put(data, _packed(sender[0]))
                self._came.notify()

    def _overflowed(self, told: list[tuple[int, int, bytes]]) -> None:
        """What the kernel says of datagrams that it dropped."""
        for level, kind, value in told:
            if (level, kind, len(value)) == (socket.SOL_SOCKET, _OVERFLOWED, _COUNT.size):
                (count,) = _COUNT.unpack(value)
                self._dropped += (count - self._before) & 0xFFFFFFFF
                self._before = count

    def _put(self, data: bytes, sender: bytes) -> None:
        """One datagram, if there is room."""
        if self._size + len(data) > MOST_BYTES:
            self._dropped += 1
            return
        self._waiting.append(FRAME.pack(DATAGRAM, sender, len(data)) + data)
        self._size += len(data)
        if kept := self._keep(data):
            frame = FRAME.pack(TEMPLATES, sender, len(kept)) + kept
            key = sender + _undated(kept)
            self._templates_size += len(frame) - len(self._templates.pop(key, b""))
            self._templates[key] = frame
            while self._templates_size > MOST_TEMPLATES:
                self._templates_size -= len(self._templates.popitem(last=False)[1])

    def known(self) -> list[bytes]:
        """Frames that readings begin with: templates that came before."""
        with self._came:
            return list(self._templates.values())

    def given(self, over: threading.Event) -> list[bytes]:
        """Frames that wait, as soon as there are some, with what was dropped; [] where the time is over.

        Raises OSError where the network cannot be read any more.
        """
        with self._came:
            while not (self._waiting or over.is_set() or self._failed):
                self._came.wait(_PATIENCE)
            if self._failed and not self._waiting:
                raise OSError(self._failed)
            frames = list(self._waiting)
            self._waiting.clear()
            self._size = 0
            if frames and self._dropped:
                frames.append(FRAME.pack(DROPPED, bytes(16), 8) + self._dropped.to_bytes(8, "big"))
                self._dropped = 0
        return frames


class Interval:
    """One reading's stream; of the form of `sensing.Sensor`."""

    def __init__(self, collector: Collector, seconds: float) -> None:
        self._collector = collector
        self._over = threading.Event()
        self._last = False
        self._begun = False
        self._ready = b""
        self._failed = ""
        self._timer = threading.Timer(seconds, self._over.set)
        self._timer.daemon = True
        self._timer.start()
        self.stream = self

    def read(self, count: int = -1) -> bytes:
        """Up to `count` bytes, as soon as some are there; b"" at the end. Nothing came: nothing at all."""
        while not self._ready and not self._last:
            known = [] if self._begun else self._collector.known()
            # Once the time is over, what waits is taken once more: else the end would never come.
            self._last = self._over.is_set()
            try:
                frames = self._collector.given(self._over)
            except OSError as error:
                self._failed, self._last, frames = str(error), True, []
            if frames and not self._begun:
                self._begun, frames = True, [MAGIC, *known, *frames]
            self._ready = b"".join(frames)
        size = len(self._ready) if count < 0 else count
        data, self._ready = self._ready[:size], self._ready[size:]
        return data

    read1 = read

    def close(self) -> None:
        """Ends it."""
        self.stop()

    def stop(self) -> None:
        """Ends it: what has come is still given."""
        self._over.set()
        self._timer.cancel()

    def end(self) -> tuple[bool, str]:
        """Whether it went well, and why not."""
        self.stop()
        return not self._failed, self._failed


def _packed(text: str) -> bytes:
    """An address of 16 bytes."""
    address = ip_address(text.partition("%")[0])
    return address.packed if address.version == 6 else bytes(10) + b"\xff\xff" + address.packed


def _undated(kept: bytes) -> bytes:
    """What tells templates from others: all but time and number, which stand in the first bytes of the head."""
    return kept[:2] + kept[12:] if kept[:2] == b"\0\x0a" else kept[:2] + kept[16:]
