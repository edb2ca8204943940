"""Datagrams of exporters -> flows: NetFlow 5 and 9, IPFIX. Templates, options and sampling as far as flows need them.

Each exporter's source (observation domain) has templates of its own. A set whose template was not met is counted, not
guessed at. Addresses after translation, application names, users and anything of variable length are not read.

Source: Cisco, "NetFlow Export Datagram Format" (version 5); RFC 3954 (version 9); RFC 7011 (IPFIX), RFC 5103 (both
directions in one record), IANA registry "IP Flow Information Export (IPFIX) Entities".
"""

import struct
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from hygie.sources.sensors.halves import Half
from hygie.sources.sensors.records import Log

V5, V9, IPFIX = 5, 9, 10
_VARIABLE = 65_535
_REVERSE = 29_305
"""Enterprise number of fields that count the way back (RFC 5103 section 6.1)."""
MOST_TEMPLATES, MOST_FIELDS, MOST_DOMAINS = 4096, 512, 1024
ELEMENTS = (
    1, 2, 4, 6, 7, 8, 11, 12, 21, 22, 27, 28, 32, 34, 139, 50, 56, 58, 61, 85, 86, 150, 151, 152, 153, 154, 155, 156,
    157, 231, 232, 233, 239, 243, 298, 299, 305, 306,
)  # fmt: skip
"""Information elements that are read, by their numbers in IANA's registry."""
(
    OCTETS, PACKETS, PROTOCOL, FLAGS, SOURCE_PORT, SOURCE, TARGET_PORT, TARGET, LAST_UP, FIRST_UP, SOURCE_6, TARGET_6,
    ICMP, INTERVAL, ICMP_6, RANDOM_INTERVAL, CARD, VLAN, DIRECTION, OCTETS_TOTAL, PACKETS_TOTAL, FIRST_S, LAST_S,
    FIRST_MS, LAST_MS, FIRST_US, LAST_US, FIRST_NS, LAST_NS, INITIATOR_OCTETS, RESPONDER_OCTETS, EVENT, BEGAN, TAG,
    INITIATOR_PACKETS, RESPONDER_PACKETS, OF, SKIPPED,
) = ELEMENTS  # fmt: skip
_READ = frozenset(ELEMENTS)
_SIZES = {SOURCE: 4, TARGET: 4, SOURCE_6: 16, TARGET_6: 16, CARD: 6}
"""Bytes of fields that are no numbers."""
BACK = 1 << 16
"""Added to the number of a field that counts the way back."""
_CREATED = 1
"""A firewall's event that tells of a flow before anything was counted."""
_MOST_COUNT = 1 << 48
_RESTARTED = 1 << 20
"""Missing numbers from which it was a restart."""
_NTP = 2_208_988_800
"""Seconds from 1900 to 1970."""
_LATEST = 253_402_300_800_000_000
_HEADS = {V9: 20, IPFIX: 16}
"""Bytes above the sets; the last eight: number, domain."""
OPTIONS = {V9: 1, IPFIX: 3}
"""Number of sets that hold templates of options; those of records have the number before."""
_V5 = struct.Struct(">4s4s4xHHIIIIHHxBB9x")
_V5_HEAD = struct.Struct(">HHIIIIBBH")


class Template(NamedTuple):
    """The form of data records."""

    fields: tuple[tuple[int, int], ...]
    """Element (-1 not read), bytes; `_VARIABLE` told in the record."""
    size: int
    """Bytes of a record; 0 where they vary."""
    least: int
    """Bytes of the shortest."""
    options: bool


class Head(NamedTuple):
    """What stands above the sets of a datagram."""

    domain: int
    exported: int
    """Microseconds since 1970."""
    uptime: int
    """Milliseconds; -1 not told."""


class Space:
    """Fields of templates that may be remembered of all exporters together."""

    def __init__(self, fields: int = MOST_TEMPLATES * MOST_FIELDS) -> None:
        self.fields = fields


class Exporter:
    """What is remembered of one exporter."""

    def __init__(self, log: Log, name: str, space: Space | None = None) -> None:
        """`name`: the sensor's; `space`: shared with other exporters."""
        self.log = log
        self.name = name
        self.space = space or Space()
        self.unknown = 0
        """Sets whose template was not met."""
        self.broken = 0
        """Sets and datagrams that do not hold."""
        self.records = 0
        self.rates: dict[int, int] = {}
        """Domain -> packets of which one was counted."""
        self.lost = 0
        """Flows (datagrams, of version 9) that the exporter sent and that are not there."""
        self._templates: dict[tuple[int, int, int], Template] = {}
        self._last: dict[tuple[int, int], tuple[int, int]] = {}

    def take(self, data: bytes) -> Iterator[Half]:
        """Flows of one datagram. What does not hold is counted."""
        version = int.from_bytes(data[:2], "big")
        try:
            if version == V5:
                yield from self._fifth(data)
            elif version == V9:
                _, uptime, seconds, number, domain = struct.unpack_from(">HIIII", data, 2)
                before = self.records
                yield from self._sets(data, 20, V9, Head(domain, seconds * 1_000_000, uptime))
                self._follows(V9, domain, number, self.records - before)
            elif version == IPFIX:
                length, seconds, number, domain = struct.unpack_from(">HIII", data, 2)
                before = self.records
                yield from self._sets(data[:length], 16, IPFIX, Head(domain, seconds * 1_000_000, -1))
                self._follows(IPFIX, domain, number, self.records - before)
            else:
                self.broken += 1
        except (struct.error, ValueError, IndexError):
            self.broken += 1

    def learn(self, data: bytes) -> None:
        """Templates of a datagram, as `templates` gives it: nothing else of it counts."""
        version = int.from_bytes(data[:2], "big")
        if version in (V9, IPFIX) and len(data) >= _HEADS[version]:
            _, domain = struct.unpack_from(">II", data, _HEADS[version] - 8)
            with suppress(struct.error, ValueError):
                for kind, part in _parts(data, version):
                    self._learn(part, version, domain, kind == OPTIONS[version])

    def sensor(self, domain: int) -> int:
        """Number of the sensor of a domain."""
        return self.log.sensor(f"{self.name} {domain}" if domain else self.name)

    def _follows(self, version: int, domain: int, number: int, count: int) -> None:
        """Whether something is missing before this number; the datagram holds `count` records.

        Version 5 and IPFIX count records, version 9 datagrams. Some exporters count what they have sent with this
        datagram, not before it, and some count records in version 9: what fits any of these is no loss.
        """
        key = version, domain
        before = self._last.get(key)
        if before is not None:
            passed = (number - before[0]) & 0xFFFFFFFF
            missing = passed - (1 if version == V9 else before[1])
            # A number far off is a restart; one behind came late.
            if passed not in (count, before[1]) and 0 < missing < _RESTARTED:
                self.lost += missing
        if before is not None or len(self._last) < MOST_DOMAINS:
            self._last[key] = number, count

    def _sampled(self, domain: int, rate: int) -> None:
        """One packet of so many is counted."""
        if rate > 1 and (domain in self.rates or len(self.rates) < MOST_DOMAINS):
            self.rates[domain] = rate
            self.log.sampled.add(self.log.interfaces[self.sensor(domain)].name)

    def _fifth(self, data: bytes) -> Iterator[Half]:
        """Version 5. Raises struct.error."""
        _, count, uptime, seconds, fraction, number, kind, engine, sampling = _V5_HEAD.unpack_from(data)
        domain = kind << 8 | engine
        self._follows(V5, domain, number, count)
        self._sampled(domain, sampling & 0x3FFF)
        now, sensor = seconds * 1_000_000 + fraction // 1000, self.sensor(domain)
        for at in range(24, 24 + 48 * count, 48):
            source, target, _, _, packets, size, first, last, one, other, flags, protocol = _V5.unpack_from(data, at)
            self.records += 1
            began, ended = _since(now, uptime, first), _since(now, uptime, last)
            yield Half(
                sensor, source, target, one, other, protocol, packets, size, began, ended, flags, self.records
            )  # fmt: skip

    def _sets(self, data: bytes, at: int, version: int, head: Head) -> Iterator[Half]:
        """Sets of version 9 and IPFIX (RFC 3954 section 5, RFC 7011 section 3.3). Raises struct.error, ValueError."""
        templates, options = (0, 1) if version == V9 else (2, 3)
        while at + 4 <= len(data):
            kind, size = struct.unpack_from(">HH", data, at)
            if size < 4:
                raise ValueError("a set of no length")
            part = data[at + 4 : at + size]
            if at + size > len(data):
                self.broken += 1
            at += size
            if kind in (templates, options):
                self._learn(part, version, head.domain, kind == options)
            elif kind >= 256:
                template = self._templates.get((version, head.domain, kind))
                if template is None:
                    self.unknown += 1
                else:
                    yield from self._data(part, template, head)

    def _learn(self, data: bytes, version: int, domain: int, options: bool) -> None:
        """Templates of a set. Raises struct.error, ValueError."""
        at = 0
        while at + 4 <= len(data):
            ident, count = struct.unpack_from(">HH", data, at)
            at += 4
            if ident < 256:
                return  # padding
            if options and count:
                (second,) = struct.unpack_from(">H", data, at)
                at += 2
                # Version 9 tells the bytes of scopes and options; IPFIX the number of both, then that of scopes.
                scopes = count // 4 if version == V9 else second
                count = scopes + second // 4 if version == V9 else count
            else:
                scopes = 0
            if count > MOST_FIELDS:
                raise ValueError("too many fields")
            fields: list[tuple[int, int]] = []
            for number in range(count):
                element, size, at = _field(data, at, version)
                fields.append((-1 if number < scopes else element, size))
            self._keep((version, domain, ident), fields, options)

    def _keep(self, key: tuple[int, int, int], fields: list[tuple[int, int]], options: bool) -> None:
        """Remembers a template; one without fields is withdrawn (RFC 7011 section 8.1)."""
        before = self._templates.pop(key, None)
        self.space.fields += len(before.fields) if before else 0
        if fields and len(self._templates) < MOST_TEMPLATES and len(fields) <= self.space.fields:
            varies = any(size == _VARIABLE for _, size in fields)
            least = sum(1 if size == _VARIABLE else size for _, size in fields)
            if least:
                self.space.fields -= len(fields)
                self._templates[key] = Template(tuple(fields), 0 if varies else least, least, options)

    def _data(self, data: bytes, template: Template, head: Head) -> Iterator[Half]:
        """Records of a set; fewer bytes than the shortest are padding. Raises ValueError."""
        at = 0
        while at + template.least <= len(data):
            row, at = _values(data, at, template)
            if template.options:
                rate = row.get(INTERVAL) or row.get(RANDOM_INTERVAL) or 0
                if row.get(OF):
                    rate = (row[OF] + row.get(SKIPPED, 0)) // row[OF]
                self._sampled(head.domain, rate)
            self.records += 1
            if not template.options:
                yield from self._flow(row, head)

    def _flow(self, row: dict[int, int], head: Head) -> Iterator[Half]:
        """A data record as one or two directions."""
        family = SOURCE if SOURCE in row else SOURCE_6
        target = TARGET if family == SOURCE else TARGET_6
        if family not in row or target not in row or row.get(EVENT) == _CREATED:
            return
        rate = row.get(INTERVAL) or row.get(RANDOM_INTERVAL) or 0
        self._sampled(head.domain, rate)
        size = 4 if family == SOURCE else 16
        first, last = _times(row, head)
        back = _first(row, BACK + OCTETS, BACK + OCTETS_TOTAL, RESPONDER_OCTETS)
        packets_back = _first(row, BACK + PACKETS, BACK + PACKETS_TOTAL, RESPONDER_PACKETS)
        both = bool(back or packets_back)
        tag = row.get(TAG) or row.get(VLAN) or 0
        forth = Half(
            self.sensor(head.domain),
            row[family].to_bytes(size, "big"),
            row[target].to_bytes(size, "big"),
            row.get(SOURCE_PORT, 0) & 0xFFFF,
            row.get(TARGET_PORT, 0) & 0xFFFF or (row.get(ICMP) or row.get(ICMP_6) or 0) & 0xFFFF,
            row.get(PROTOCOL, 0) & 0xFF,
            _first(row, PACKETS, PACKETS_TOTAL, INITIATOR_PACKETS),
            _first(row, OCTETS, OCTETS_TOTAL, INITIATOR_OCTETS),
            first,
            last,
            row.get(FLAGS, 0) & 0xFF,
            self.records,
            row.get(DIRECTION) == 1,
            row[CARD].to_bytes(6, "big") if row.get(CARD) else b"",
            str(tag) if 0 < tag < 4095 else "",
            both and (row.get(BEGAN) == 1 or INITIATOR_OCTETS in row),
        )
        yield forth
        if both:
            yield forth._replace(
                source=forth.target,
                target=forth.source,
                source_port=forth.target_port,
                target_port=forth.source_port,
                packets=packets_back,
                octets=back,
                flags=row.get(BACK + FLAGS, 0) & 0xFF,
                card=b"",
                begun=row.get(BEGAN) == 2,
            )


def templates(data: bytes) -> bytes:
    """A datagram without its records: its head and the sets that hold templates; b"" where it has none.

    Numbers of sets and their lengths are looked at, nothing else. Raises nothing.
    """
    version = int.from_bytes(data[:2], "big")
    if version not in (V9, IPFIX) or len(data) < _HEADS[version]:
        return b""
    kept = b"".join(struct.pack(">HH", kind, 4 + len(part)) + part for kind, part in _parts(data, version))
    return data[: _HEADS[version]] + kept if kept else b""


def _parts(data: bytes, version: int) -> Iterator[tuple[int, bytes]]:
    """Sets that hold templates: number, content."""
    at = _HEADS[version]
    while at + 4 <= len(data):
        kind, size = struct.unpack_from(">HH", data, at)
        if size < 4 or at + size > len(data):
            return
        if kind in (OPTIONS[version] - 1, OPTIONS[version]):
            yield kind, data[at + 4 : at + size]
        at += size


def _field(data: bytes, at: int, version: int) -> tuple[int, int, int]:
    """(element, bytes, where the next begins) of a template's field; element -1 is not read. Raises struct.error."""
    element, size = struct.unpack_from(">HH", data, at)
    if not size:
        raise ValueError("a field of no length")
    at += 4
    enterprise = 0
    if version == IPFIX and element & 0x8000:
        (enterprise,) = struct.unpack_from(">I", data, at)
        element, at = element & 0x7FFF, at + 4
    known = element in _READ and size == _SIZES.get(element, size) and size <= 16
    if not known or enterprise not in (0, _REVERSE):
        return -1, size, at
    return element + (BACK if enterprise else 0), size, at


def _values(data: bytes, at: int, template: Template) -> tuple[dict[int, int], int]:
    """(element -> number, where the next record begins). Raises ValueError for a record that is cut."""
    row: dict[int, int] = {}
    for element, size in template.fields:
        if size == _VARIABLE:
            size, at = _length(data, at)
        if element >= 0:
            row[element] = int.from_bytes(data[at : at + size], "big")
        at += size
    if at > len(data):
        raise ValueError("a record that is cut")
    return row, at


def _length(data: bytes, at: int) -> tuple[int, int]:
    """Bytes of a field of variable length, and where it begins (RFC 7011 section 7). Raises IndexError."""
    if data[at] < 255:
        return data[at], at + 1
    return int.from_bytes(data[at + 1 : at + 3], "big"), at + 3


def _first(row: dict[int, int], *elements: int) -> int:
    """The first of these counts that is told; one that cannot be is 0."""
    found = next((row[element] for element in elements if element in row), 0)
    return found if found < _MOST_COUNT else 0


def _since(now: int, uptime: int, at: int) -> int:
    """Microseconds since 1970 of a moment told in the milliseconds that the exporter runs."""
    passed = (uptime - at) & 0xFFFFFFFF
    if passed >= 1 << 31:
        passed -= 1 << 32
    return max(0, now - passed * 1000)


def _times(row: dict[int, int], head: Head) -> tuple[int, int]:
    """First and last, in microseconds since 1970; when it was exported, where nothing else is told."""
    found = [
        _time(row, head, FIRST_UP, FIRST_S, FIRST_MS, FIRST_US, FIRST_NS),
        _time(row, head, LAST_UP, LAST_S, LAST_MS, LAST_US, LAST_NS),
    ]
    first, last = found[0] or found[1] or head.exported, found[1] or found[0] or head.exported
    return min(first, last), max(first, last)


def _time(row: dict[int, int], head: Head, up: int, second: int, milli: int, micro: int, nano: int) -> int:
    """One of them; 0 not told."""
    found = 0
    if milli in row:
        found = row[milli] * 1000
    elif second in row:
        found = row[second] * 1_000_000
    elif micro in row or nano in row:
        # Both are NTP's times: seconds since 1900 and a fraction of 32 bits (RFC 7011 section 6.1.9).
        raw = row.get(micro) or row.get(nano) or 0
        found = ((raw >> 32) - _NTP) * 1_000_000 + ((raw & 0xFFFFFFFF) * 1_000_000 >> 32)
    elif up in row and head.uptime >= 0:
        found = _since(head.exported, head.uptime, row[up] & 0xFFFFFFFF)
    return found if 0 < found < _LATEST else 0
