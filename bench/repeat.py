"""A hospital's day from one capture: the same records round after round, on standard output as one endless pcap.

    python bench/repeat.py mix.pcap --rounds 221 --hours 24 | hygie read -

The file header is written once. What stays and what moves from round to round, so that tables grow as they would:

- Stays: devices and servers, their cards, addresses, VLANs and names, and what they say. A hospital's devices are there
  all day, and each talks to the same few servers.
- Moves: the time (rounds follow each other; `--hours` stretches or squeezes them to fill so many hours), the stamp in
  NTP, and the client's port of each TCP or UDP connection. So each connection is a new flow in each round, and
  conversations are the same.
- Comes new: `--new` percent of the cards that serve nobody leave after each round, and as many others come in their
  place with card and address of their own (172.16.0.0/12: what visitors and new leases do). Of the addresses behind
  routers, as many.

`--ports same` keeps the ports (nothing but time moves); `--new 0` lets nobody come. What is said is the same in each
round: a real day has more that is new to read. Addresses inside tunnels and checksums are left as they are.

Only pcap with Ethernet. The whole file is held in memory, and changed there from round to round.
"""

import argparse
import contextlib
import fcntl
import os
import sys
import time
from pathlib import Path
from typing import NamedTuple

import numba
import numpy as np

HEAD, RECORD = 24, 16
PIECE = 1 << 20
"""Bytes written at once."""
CARD, GUEST, OUTSIDE, HOST6, PORT, STAMP = range(6)
"""What may stand at a place: a visitor's card, a visitor's address, an IPv4 address behind a router, an IPv6 address, a
client's port, seconds of NTP."""
MOST_PLACES = 12
"""Places of one frame."""
FEW = 3
"""Addresses that a card sends from, up to which it is no router."""
HIGH, BACNET, NTP, DHCP = 32_768, 47_808, 123, (67, 68)
_SET_PIPE_SIZE = 1031
_PIPE = 1 << 20
numeric = numba.njit(nogil=True)


class Capture(NamedTuple):
    """A capture in memory."""

    data: np.ndarray
    """uint8, without the file header."""
    starts: np.ndarray
    """int64: where each record begins; one more: where the last ends."""
    times: np.ndarray
    """int64: microseconds after the first record."""
    begin: int
    """Microseconds of the first."""
    swapped: bool
    """Numbers have their high byte first."""
    nano: bool
    """Parts of a second are of nanoseconds."""


class Places(NamedTuple):
    """What moves."""

    at: np.ndarray
    """int64: where it stands."""
    kinds: np.ndarray
    """int64."""
    values: np.ndarray
    """int64: what it is made from: a visitor's number, a port, an address, seconds."""
    upto: np.ndarray
    """int64, by record, one more at the front: places before its end."""
    visitors: int


def main() -> None:
    """Writes the rounds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--rounds", type=int, default=0, help="0: until nobody reads any more")
    parser.add_argument("--hours", type=float, default=0.0, help="all rounds together; as recorded where not said")
    parser.add_argument("--new", type=float, default=1.0, metavar="PERCENT", help="others in each round (1)")
    parser.add_argument("--ports", choices=("new", "same"), default="new")
    given = parser.parse_args()
    raw = np.fromfile(given.file, np.uint8)
    head, capture = loaded(raw)
    places = moving(capture, given.new, given.ports == "new")
    span = int(capture.times.max()) + 1_000_000
    every = int(given.hours * 3_600_000_000 / given.rounds) if given.hours and given.rounds else span
    begin = time.perf_counter()
    rounds = written(head, capture, places, given.rounds, every, every / span)
    spent = time.perf_counter() - begin
    packets, size = rounds * (len(capture.starts) - 1), rounds * len(capture.data)
    print(
        f"{rounds} rounds, {packets:,} packets, {size / 1e9:.2f} GB, {places.visitors} visitors a round, {spent:.1f} s:"
        f" {packets / spent / 1e6:.1f} Mpps, {size / spent / 1e9:.2f} GB/s",
        file=sys.stderr,
    )


def loaded(raw: np.ndarray) -> tuple[bytes, Capture]:
    """File header and capture. Ends the program where it is none that can be repeated."""
    magic = bytes(raw[:4])
    swapped, nano = magic[:1] == b"\xa1", b"\x4d" in magic
    if magic not in (b"\xd4\xc3\xb2\xa1", b"\xa1\xb2\xc3\xd4", b"\x4d\x3c\xb2\xa1", b"\xa1\xb2\x3c\x4d"):
        sys.exit("not a pcap file")
    link = int.from_bytes(raw[20:24].tobytes(), "big" if swapped else "little")
    if link & 0xFFFF != 1:
        sys.exit(f"link type {link}: only Ethernet (1) can be repeated")
    data = raw[HEAD:]
    starts, times = walked(data, swapped, nano)
    if len(starts) < 2:
        sys.exit("no records")
    if starts[-1] < len(data):
        print(f"{len(data) - starts[-1]} bytes at the end are no record and are left out", file=sys.stderr)
    begin = int(times[0])
    return raw[:HEAD].tobytes(), Capture(data[: starts[-1]], starts, times - begin, begin, swapped, nano)


def moving(capture: Capture, percent: float, ports: bool) -> Places:
    """What moves from round to round."""
    count = len(capture.starts) - 1
    cards, hosts, serves = (np.zeros(count, np.int64) for _ in range(3))
    upto = np.zeros(count + 1, np.int64)
    total = surveyed(capture.data, capture.starts, cards, hosts, serves, upto)
    at, kinds, values = (np.zeros(total, np.int64) for _ in range(3))
    filled(capture.data, capture.starts, at, kinds, values)
    visiting, behind = chosen(cards, hosts, serves > 0, percent)
    keep = np.full(total, ports)
    keep &= kinds == PORT
    keep |= kinds == STAMP
    names = np.unique(visiting[:, 0])
    ours = {CARD: names, GUEST: np.unique(visiting[:, 1]), HOST6: np.unique(visiting[:, 1]), OUTSIDE: behind}
    numbers = dict(visiting[:, ::-1].tolist())
    for kind, known in ((CARD, ours[CARD]), (GUEST, ours[GUEST]), (HOST6, ours[HOST6])):
        here = (kinds == kind) & np.isin(values, known)
        keep |= here
        if kind == GUEST:
            owners = [numbers[host] for host in known.tolist()]
            values[here] = np.searchsorted(names, np.array(owners, np.int64))[np.searchsorted(known, values[here])]
        elif kind == CARD:
            values[here] = np.searchsorted(known, values[here])
    beyond = (kinds == GUEST) & ~keep & np.isin(values, behind)
    kinds[beyond] = OUTSIDE
    keep |= beyond
    upto = np.concatenate(([0], np.cumsum(keep)))[upto]
    return Places(at[keep], kinds[keep], values[keep], upto, len(names))


def chosen(cards: np.ndarray, hosts: np.ndarray, serves: np.ndarray, percent: float) -> tuple[np.ndarray, np.ndarray]:
    """(card, address) pairs of visitors, n x 2, and addresses behind routers that change. By hash: always the same."""
    pairs = np.unique(np.column_stack((cards, hosts))[(cards != 0) & (hosts != 0)], axis=0)
    names, at, several = np.unique(pairs[:, 0], return_inverse=True, return_counts=True)
    servers = np.unique(cards[serves])
    few = (several <= FEW) & ~np.isin(names, servers)
    visiting = pairs[(few & (drawn(names) < percent * 100))[at]]
    alone, count = np.unique(pairs[:, 1], return_counts=True)
    visiting = visiting[np.isin(visiting[:, 1], alone[count == 1])]
    routed = np.unique(pairs[(several > FEW)[at]][:, 1])
    routed = routed[~np.isin(routed, np.unique(pairs[(several <= FEW)[at]][:, 1]))]
    return visiting, routed[drawn(routed) < percent * 100]


def drawn(values: np.ndarray) -> np.ndarray:
    """0 to 9999 by each value."""
    mixed = (values.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(33)
    return mixed % np.uint64(10_000)


def written(head: bytes, capture: Capture, places: Places, rounds: int, every: int, ratio: float) -> int:
    """Writes the rounds; how many were. Ends quietly where nobody reads any more."""
    out = sys.stdout.fileno()
    with contextlib.suppress(OSError):  # no pipe
        fcntl.fcntl(out, _SET_PIPE_SIZE, _PIPE)
    cuts = np.searchsorted(capture.starts, np.arange(PIECE, len(capture.data) + PIECE, PIECE)).tolist()
    memory = memoryview(capture.data)  # type: ignore[arg-type]
    done = 0
    try:
        os.write(out, head)
        while not rounds or done < rounds:
            first, turn = 0, capture.begin + done * every
            for last in cuts:
                last = min(last, len(capture.starts) - 1)
                moved(capture, places, first, last, done, turn, ratio)
                left = memory[capture.starts[first] : capture.starts[last]]
                while left:
                    left = left[os.write(out, left) :]
                first = last
            done += 1
    except (BrokenPipeError, KeyboardInterrupt):
        pass
    return done


def moved(capture: Capture, places: Places, first: int, last: int, turn: int, begin: int, ratio: float) -> None:
    """Makes the records first:last those of a round."""
    stamped(capture.data, capture.starts, capture.times, first, last, begin, ratio, capture.swapped, capture.nano)
    low, high = int(places.upto[first]), int(places.upto[last])
    later = int((begin - capture.begin) // 1_000_000)
    put(capture.data, places.at, places.kinds, places.values, low, high, turn, places.visitors, later)


@numeric
def number(data: np.ndarray, at: int, size: int) -> int:
    """High byte first; 8 bytes wrap into the sign."""
    value = np.int64(0)
    for place in range(at, at + size):
        value = (value << 8) | np.int64(data[place])
    return value


@numeric
def write(data: np.ndarray, at: int, size: int, value: int) -> None:
    """High byte first."""
    for place in range(size):
        data[at + place] = (value >> (8 * (size - 1 - place))) & 0xFF


@numeric
def field(data: np.ndarray, at: int, swapped: bool) -> int:
    """Four bytes of a record's header."""
    if swapped:
        return number(data, at, 4)
    return (
        np.int64(data[at])
        | (np.int64(data[at + 1]) << 8)
        | (np.int64(data[at + 2]) << 16)
        | (np.int64(data[at + 3]) << 24)
    )


@numeric
def put_field(data: np.ndarray, at: int, value: int, swapped: bool) -> None:
    """Four bytes of a record's header."""
    for place in range(4):
        data[at + (3 - place if swapped else place)] = (value >> (8 * place)) & 0xFF


@numeric
def walk(data: np.ndarray, swapped: bool, nano: bool, starts: np.ndarray, times: np.ndarray) -> int:
    """Records; fills their places where there is room."""
    at, count = 0, 0
    while at + RECORD <= data.size:
        size = field(data, at + 8, swapped)
        if at + RECORD + size > data.size:
            break
        if count < times.size:
            part = field(data, at + 4, swapped)
            starts[count] = at
            times[count] = field(data, at, swapped) * 1_000_000 + (part // 1000 if nano else part)
        at += RECORD + size
        count += 1
    if starts.size > count:
        starts[count] = at
    return count


def walked(data: np.ndarray, swapped: bool, nano: bool) -> tuple[np.ndarray, np.ndarray]:
    """Where records begin, the end with them, and their times in microseconds."""
    nothing = np.zeros(0, np.int64)
    count = walk(data, swapped, nano, nothing, nothing)
    starts, times = np.zeros(count + 1, np.int64), np.zeros(count, np.int64)
    walk(data, swapped, nano, starts, times)
    return starts, times


@numeric
def note(found: np.ndarray, count: int, at: int, kind: int, value: int) -> int:
    """One more place of a frame; how many there are."""
    if count < MOST_PLACES:
        found[count, 0], found[count, 1], found[count, 2] = at, kind, value
        return count + 1
    return count


@numeric
def is_high(port: int) -> bool:
    """Whether a client may have it."""
    return port >= HIGH and port != BACNET


@numeric
def above(data: np.ndarray, at: int, stop: int, protocol: int, found: np.ndarray, count: int, told: np.ndarray) -> int:
    """Ports, and addresses in payloads. told[2]: the sender has the service."""
    if protocol == 58 and at + 24 <= stop and 135 <= data[at] <= 136:
        count = note(found, count, at + 16, HOST6, number(data, at + 16, 8))
        if at + 32 <= stop and data[at + 24] in (1, 2):
            count = note(found, count, at + 26, CARD, number(data, at + 26, 6))
    if protocol not in (6, 17) or at + 8 > stop:
        return count
    source, target = number(data, at, 2), number(data, at + 2, 2)
    if is_high(source) and (not is_high(target) or source > target):
        count = note(found, count, at, PORT, source)
    elif is_high(target) and source != target:
        count = note(found, count, at + 2, PORT, target)
        told[2] = 1
    if protocol == 17 and source in DHCP and target in DHCP and at + 8 + 44 <= stop:
        for place in (at + 8 + 12, at + 8 + 16):
            count = note(found, count, place, GUEST, number(data, place, 4))
        count = note(found, count, at + 8 + 28, CARD, number(data, at + 8 + 28, 6))
    if protocol == 17 and (source == NTP or target == NTP) and at + 8 + 48 <= stop:
        count = note(found, count, at + 8 + 40, STAMP, number(data, at + 8 + 40, 4))
    return count


@numeric
def examined(data: np.ndarray, at: int, stop: int, found: np.ndarray, told: np.ndarray) -> int:
    """Places of one frame; told: sender's card, its address, whether it has the service."""
    told[:] = 0
    if at + 14 > stop:
        return 0
    count = note(found, 0, at, CARD, number(data, at, 6))
    told[0] = number(data, at + 6, 6)
    count = note(found, count, at + 6, CARD, told[0])
    kind, at = number(data, at + 12, 2), at + 14
    while kind in (0x8100, 0x88A8) and at + 4 <= stop:
        kind, at = number(data, at + 2, 2), at + 4
    if kind == 0x0806 and at + 28 <= stop:
        for place in (at + 8, at + 18):
            count = note(found, count, place, CARD, number(data, place, 6))
            count = note(found, count, place + 6, GUEST, number(data, place + 6, 4))
    elif kind == 0x0800 and at + 20 <= stop:
        told[1] = number(data, at + 12, 4)
        count = note(found, count, at + 12, GUEST, told[1])
        count = note(found, count, at + 16, GUEST, number(data, at + 16, 4))
        if number(data, at + 6, 2) & 0x1FFF == 0:
            count = above(data, at + (data[at] & 15) * 4, stop, data[at + 9], found, count, told)
    elif kind == 0x86DD and at + 40 <= stop:
        told[1] = number(data, at + 16, 8)
        count = note(found, count, at + 16, HOST6, told[1])
        count = note(found, count, at + 32, HOST6, number(data, at + 32, 8))
        count = above(data, at + 40, stop, data[at + 6], found, count, told)
    return count


@numeric
def surveyed(
    data: np.ndarray, starts: np.ndarray, cards: np.ndarray, hosts: np.ndarray, serves: np.ndarray, upto: np.ndarray
) -> int:
    """Places in all; by record the sender's card, its address, whether it serves, places so far."""
    found, told, total = np.zeros((MOST_PLACES, 3), np.int64), np.zeros(3, np.int64), 0
    for record in range(starts.size - 1):
        total += examined(data, starts[record] + RECORD, starts[record + 1], found, told)
        cards[record], hosts[record], serves[record] = told[0], told[1], told[2]
        upto[record + 1] = total
    return total


@numeric
def filled(data: np.ndarray, starts: np.ndarray, at: np.ndarray, kinds: np.ndarray, values: np.ndarray) -> None:
    """The places of all records."""
    found, told, total = np.zeros((MOST_PLACES, 3), np.int64), np.zeros(3, np.int64), 0
    for record in range(starts.size - 1):
        for place in range(examined(data, starts[record] + RECORD, starts[record + 1], found, told)):
            at[total], kinds[total], values[total] = found[place, 0], found[place, 1], found[place, 2]
            total += 1


@numeric
def stamped(
    data: np.ndarray,
    starts: np.ndarray,
    times: np.ndarray,
    first: int,
    last: int,
    begin: int,
    ratio: float,
    swapped: bool,
    nano: bool,
) -> None:
    """Writes the times of a round's records."""
    for record in range(first, last):
        moment = begin + np.int64(times[record] * ratio)
        part = moment % 1_000_000
        put_field(data, starts[record], moment // 1_000_000, swapped)
        put_field(data, starts[record] + 4, part * 1000 if nano else part, swapped)


@numeric
def put(
    data: np.ndarray,
    at: np.ndarray,
    kinds: np.ndarray,
    values: np.ndarray,
    low: int,
    high: int,
    turn: int,
    visitors: int,
    later: int,
) -> None:
    """Writes what moves. Round 0 is as recorded, but for what it was made from."""
    if turn == 0:
        return
    for place in range(low, high):
        where, kind, value = at[place], kinds[place], values[place]
        if kind == PORT:
            write(data, where, 2, HIGH | ((value + turn * 7919) & 0x7FFF))
        elif kind == STAMP:
            write(data, where, 4, value + later)
        elif kind == CARD:
            write(data, where, 6, 0x060000000000 + turn * visitors + value)
        elif kind == GUEST:
            write(data, where, 4, 0xAC100000 | ((turn * visitors + value) & 0xFFFFF))
        elif kind == OUTSIDE:
            write(data, where, 4, (value & ~0xFFFFFF) | ((value + turn * 40_503) & 0xFFFFFF))
        else:
            write(data, where, 8, value + turn * 40_503)


if __name__ == "__main__":
    main()
