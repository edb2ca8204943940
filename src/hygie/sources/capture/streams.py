"""One direction of a TCP connection put in order, as far as parsers need it.

Source: RFC 9293 section 3.4 (sequence numbers wrap at 2**32).
"""

MOST = 65_536
"""Bytes kept of one direction, in order and waiting together."""
MOST_WAITING = 64
"""Segments kept that are ahead of their turn."""
FARTHEST = 1 << 30
"""Bytes that can be left out: beyond, sequence numbers would be ambiguous."""
_HALF = 1 << 31
_MASK = (1 << 32) - 1


class Stream:
    """Bytes in order. What was sent again is dropped, what comes early waits, what never comes is stepped over."""

    __slots__ = ("cut", "expected", "needed", "ready", "skipped", "waiting", "weight")

    def __init__(self, expected: int = -1) -> None:
        self.expected = expected
        """Next sequence number; -1 the first segment decides."""
        self.ready = bytearray()
        self.waiting: dict[int, bytes] = {}
        self.weight = 0
        """Bytes waiting."""
        self.needed = 0
        """Bytes that must be ready before it is worth looking again."""
        self.skipped = False
        """True: bytes were left out since this was last looked at."""
        self.cut = False
        """True: bytes were stepped over; what is ready may begin inside a unit."""

    def held(self) -> int:
        """Bytes in memory."""
        return len(self.ready) + self.weight

    def push(self, sequence: int, data: bytes) -> None:
        """Takes a segment in."""
        if self.expected < 0:
            self.expected = sequence
        ahead = (sequence - self.expected) & _MASK
        if ahead == 0:
            self._take(data)
        elif ahead >= _HALF:
            again = (1 << 32) - ahead
            if again < len(data):
                self._take(data[again:])
        else:
            self._wait(sequence, data)
            if len(self.waiting) > MOST_WAITING or self.held() > MOST:
                self._jump()
        if self.waiting:
            self._drain()

    def clear(self) -> None:
        """Drops all bytes: the next segment decides where it goes on, perhaps inside a unit."""
        self.ready.clear()
        self.waiting.clear()
        self.weight, self.needed, self.expected, self.cut = 0, 0, -1, True

    def skip(self, size: int) -> None:
        """Leaves out the next bytes: the rest of a unit whose beginning was read. size: less than `FARTHEST`."""
        self.expected = (self.expected + size) & _MASK
        self.skipped = True
        self._drain()

    def _take(self, data: bytes) -> None:
        self.expected = (self.expected + len(data)) & _MASK
        self.ready += data

    def _wait(self, sequence: int, data: bytes) -> None:
        before = self.waiting.get(sequence, b"")
        if len(data) > len(before):
            self.waiting[sequence] = data
            self.weight += len(data) - len(before)

    def _drain(self) -> None:
        """Takes what is now in turn."""
        while self.waiting:
            nearest = min(self.waiting, key=self._distance)
            distance = self._distance(nearest)
            if distance > 0:
                return
            data = self.waiting.pop(nearest)
            self.weight -= len(data)
            if -distance < len(data):
                self._take(data[-distance:])

    def _distance(self, sequence: int) -> int:
        """How far ahead of its turn, negative where it overlaps what was taken."""
        ahead = (sequence - self.expected) & _MASK
        return ahead if ahead < _HALF else ahead - (1 << 32)

    def _jump(self) -> None:
        """Gives up on what is missing before the nearest waiting segment."""
        nearest = min(self.waiting, key=self._distance)
        self.expected = nearest
        self.cut = True
        self.needed = 0
        self.ready.clear()
