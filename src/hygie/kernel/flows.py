"""One pass over recorded frames: who talks to whom, how much, and which packets are worth reading.

The compiled twin of the capture's plain meter, to the row. Addresses are two numbers (high, low) and a family (4, 6; 1 a
card that stands for an address; 0 none). A half is one direction of a talk; `HALF` names its columns.
"""

from typing import NamedTuple

import numpy as np

from hygie.kernel import layers
from hygie.kernel.columns import (
    A_HIGH,
    A_LOW,
    ACCEPTED,
    ALWAYS,
    B_HIGH,
    B_LOW,
    BARE,
    BEGIN,
    BYTES,
    CALLER,
    CARD,
    CHANNELS,
    CONNECTIONS,
    DATAGRAM,
    E_BEGIN,
    E_CALLER,
    E_HALF,
    E_KIND,
    E_NUMBER,
    E_ROUND,
    E_SEQUENCE,
    E_SIZE,
    E_SOURCE,
    E_START,
    E_TARGET,
    E_TIME,
    E_WORDS,
    EVENTS,
    FIRST,
    FLAGS,
    GROUP,
    HALF,
    HALVES,
    LAST,
    LINK,
    LINKS,
    MESSAGE,
    MESSAGE_BEGUN,
    MESSAGES,
    META,
    MOST_SEGMENTS,
    N_BYTES,
    N_FIRST,
    N_GAPS,
    N_LAST,
    N_LINK,
    N_PACKETS,
    N_UNREAD,
    NEAR,
    NEIGHBOUR,
    OPENED,
    ORDINAL,
    OTHER,
    PACKETS,
    PAYLOADS,
    PLACE,
    PORTS,
    QUIET,
    ROUND,
    SEALED,
    SENDER,
    SILENCE,
    SNAPPED,
    SPOKE,
    STOPPED,
    STREAM,
    TAG,
    TAGS,
    TALK,
    THERE,
    UNDECODED,
    UNTIL,
    UNUSUAL,
    USUAL,
    WHOLE_MESSAGES,
    WORDS,
)
from hygie.kernel.compiled import Array, Number, Truth, compiled
from hygie.kernel.hashing import of_bytes, place, stir

_HOSTS_OFF = ~np.int64(0xFF)
AHEAD = 64
"""Frames that are decoded before the first of them is taken in."""
HASH, IS_KEYED, TOUCHED = layers.SLOTS + 6, layers.SLOTS + 7, layers.SLOTS + 8
AHEAD_SLOTS = layers.SLOTS + 9
"""Columns of a frame decoded ahead: headers, key of its half, hash, whether it has a key; TOUCHED: nothing."""


class Tables(NamedTuple):
    """The arrays of a pass."""

    halves: Array
    """int64, n x HALF."""
    tagged: Array
    """int32: half by addresses, ports, protocol and tag; -1 empty."""
    calls: Array
    """int32: half that began a talk, by addresses, ports and protocol; -1 empty."""
    channels: Array
    """int64: hashes of (ends, service's port)."""
    channel_counts: Array
    """int64: packets or connections of each."""
    words: Array
    """int64: hashes of what was said to whom."""
    word_numbers: Array
    """int64: number of each."""
    word_times: Array
    """int64, by number: when it was last said."""
    tags: Array
    """int64, n x 2: interface and VLANs that were met."""
    marks: Array
    """int32, more than twice the tags: row of a tag by interface and VLANs; -1 empty."""
    sensors: Array
    """int64, n x SENSOR, by interface."""
    counts: Array
    """int64, COUNTS."""
    ports: Array
    """uint8, 65,536: what is said of each port."""
    links: Array
    """int64, by interface: link type; -1 one that is not read."""
    events: Array
    """int64, n x EVENT."""


@compiled
def _hash(key: Array, tag: Number) -> Number:
    """Hash of a talk's key (int64, 6: A_HIGH to META) and tag: the same for both directions, so that their places in an
    index lie beside each other and are waited for once."""
    ports, meta = key[PORTS], key[META]
    near, far = (ports >> 16) & 0xFFFF, ports & 0xFFFF
    near |= (meta & 0xF0) << 12
    far |= (meta & 0x0F) << 16
    first = stir(stir(near, key[A_LOW]), key[A_HIGH])
    second = stir(stir(far, key[B_LOW]), key[B_HIGH])
    return stir((first + second) ^ np.int64(tag), (first ^ second) + (meta >> 8))


@compiled
def _slot(index: Array, halves: Array, key: Array, tag: Number, tagged: bool, value: Number) -> Number:
    """Index of a half's slot, or of the empty one where it belongs. value: its hash, of tag 0 where not tagged."""
    mask = index.size - 1
    at = value & mask
    while index[at] >= 0:
        row = index[at]
        same = not tagged or halves[row, TAG] == tag
        for column in range(6):
            if halves[row, column] != key[column]:
                same = False
        if same:
            break
        at = (at + 1) & mask
    return at


@compiled
def rebuild(halves: Array, count: Number, tagged: Array, calls: Array) -> None:
    """Fills both indexes (all -1) anew."""
    for row in range(count):
        key = halves[row, :6]
        tag = halves[row, TAG]
        tagged[_slot(tagged, halves, key, tag, True, _hash(key, tag))] = row
        if halves[row, TALK] == row and halves[row, META] < BARE:
            calls[_slot(calls, halves, key, np.int64(0), False, _hash(key, np.int64(0)))] = row


@compiled
def _is_host(family: Number, high: Number, low: Number) -> Truth:
    if family == 4:
        first = (low >> 24) & 0xFF
        return 0 < first < 224 and first != 127
    if family == 6:
        return (high >> 56) & 0xFF != 0xFF and (high != 0 or low & _HOSTS_OFF != 0)
    return False


@compiled
def _is_first_hop(hops: Number) -> Truth:
    return (
        hops == 64 or hops == 128 or hops == 255 or hops == 16 or hops == 30 or hops == 32 or hops == 60
        or hops == 100 or hops == 200
    )  # fmt: skip


@compiled
def _count(counts: Array, what: Number, number: Number) -> None:
    """Counts an oddity; its first packet is kept."""
    counts[what] += 1
    if counts[what + 4] == 0:
        counts[what + 4] = number


@compiled
def _tick(channels: Array, counts: Array, numbers: Array, key: Number) -> Number:
    """How often a channel was met before; counts it."""
    if key == 0:
        key = np.int64(1)
    at = place(channels, key)
    if channels[at] == 0:
        channels[at] = key
        numbers[at] = 0
        counts[CHANNELS] += 1
    numbers[at] += 1
    return numbers[at] - 1


@compiled
def _thinned(count: Number, limit: Number) -> Truth:
    """Whether the packet after so many is left out: beyond the limit only those of powers of two are read."""
    return count >= limit and count & (count - 1) != 0


@compiled
def _word(words: Array, numbers: Array, times: Array, counts: Array, value: Number, time: Number) -> Number:
    """Number of something said, -1 where it was said before."""
    at = place(words, value)
    if words[at]:
        number = numbers[at]
        times[number] = max(times[number], time)
        return np.int64(-1)
    number = counts[WORDS]
    words[at] = value
    numbers[at] = number
    times[number] = time
    counts[WORDS] += 1
    return number


@compiled
def _tell(
    events: Array,
    counts: Array,
    half: Number,
    number: Number,
    time: Number,
    start: Number,
    size: Number,
    kind: Number,
    word: Number,
    out: Array,
) -> Number:
    """Adds an event; gives its row."""
    at = counts[EVENTS]
    counts[EVENTS] += 1
    events[at, E_HALF], events[at, E_NUMBER], events[at, E_TIME] = half, number, time
    events[at, E_START], events[at, E_SIZE], events[at, E_KIND], events[at, E_WORDS] = start, size, kind, word
    events[at, E_SOURCE], events[at, E_TARGET] = out[layers.SOURCE], out[layers.TARGET]
    events[at, E_SEQUENCE] = events[at, E_CALLER] = events[at, E_ROUND] = 0
    events[at, E_BEGIN] = -1
    return at


@compiled
def gathered(data: Array, events: Array, payloads: Array) -> None:
    """Copies the events' payloads out of data, one after the other, and notes where they begin now."""
    into = np.int64(0)
    for row in range(events.shape[0]):
        start, size = events[row, E_START], events[row, E_SIZE]
        if start < 0 or size < 0 or start + size > data.size or into + size > payloads.size:
            raise IndexError("a payload outside its memory")
        payloads[into : into + size] = data[start : start + size]
        events[row, E_START] = into
        into += size


@compiled
def _meet(
    halves: Array,
    tagged: Array,
    calls: Array,
    counts: Array,
    key: Array,
    back: Array,
    tag: Number,
    value: Number,
    out: Array,
    number: Number,
    time: Number,
) -> Number:
    """A direction that was not seen before: of a talk that the other end began, or of a new one."""
    half = counts[HALVES]
    counts[HALVES] += 1
    for column in range(6):
        halves[half, column] = key[column]
    for column in range(6, HALF):
        halves[half, column] = 0
    halves[half, TAG], halves[half, CARD], halves[half, PLACE] = tag, out[layers.SOURCE], number
    halves[half, FIRST] = halves[half, LAST] = time
    halves[half, OTHER] = halves[half, BEGIN] = halves[half, ORDINAL] = halves[half, UNTIL] = -1
    halves[half, TALK] = half
    bare = key[META] >= BARE
    back[A_HIGH], back[A_LOW], back[B_HIGH], back[B_LOW] = key[B_HIGH], key[B_LOW], key[A_HIGH], key[A_LOW]
    back[PORTS] = ((key[PORTS] & 0xFFFF) << 16) | ((key[PORTS] >> 16) & 0xFFFF)
    families = key[META] & 0xFF
    back[META] = (key[META] & ~np.int64(0xFF)) | ((families & 15) << 4) | (families >> 4)
    other = np.int64(tagged[_slot(tagged, halves, back, tag, True, value)])
    call = np.int64(0) if bare or other >= 0 else _hash(key, np.int64(0))
    if other < 0 and not bare:
        # A tap has one interface a direction, and a mirror of what enters shows each end in its own VLAN.
        other = np.int64(calls[_slot(calls, halves, back, np.int64(0), False, call)])
    tagged[_slot(tagged, halves, key, tag, True, value)] = half
    if other >= 0 and other != half and halves[other, OTHER] < 0:
        halves[other, OTHER] = half
        halves[half, OTHER] = halves[half, TALK] = other
    elif not bare:
        call = call or _hash(key, np.int64(0))
        calls[_slot(calls, halves, key, np.int64(0), False, call)] = half
    return half


@compiled
def _traits(halves: Array, half: Number, out: Array) -> None:
    """What the first packet of a direction tells: whether its sender is near, whether its target is a group."""
    high, low, family = out[layers.B_HIGH], out[layers.B_LOW], out[layers.FAMILY]
    to_host = _is_host(family, high, low)
    if _is_first_hop(out[layers.HOPS]) or not to_host:
        halves[half, FLAGS] |= NEAR
    if halves[half, TALK] == half:
        first = (low >> 24) & 0xFF if family == 4 else (high >> 56) & 0xFF
        if (not to_host or (out[layers.TARGET] >> 40) & 1) and first != 127:
            halves[half, FLAGS] |= GROUP


@compiled
def _channel(halves: Array, half: Number, port: Number) -> Number:
    """Hash of who speaks to whom on which service."""
    value = np.int64(port)
    for column in range(4):
        value = stir(value, halves[half, column])
    return stir(value, halves[half, META])


@compiled
def _segment(
    halves: Array,
    channels: Array,
    ticks: Array,
    words: Array,
    numbers: Array,
    times: Array,
    counts: Array,
    events: Array,
    data: Array,
    half: Number,
    number: Number,
    time: Number,
    out: Array,
) -> None:
    """TCP: openings, and the first payloads of a direction. RFC 9293 section 3.1."""
    at, stop = out[layers.AT], out[layers.STOP]
    flags = np.int64(data[at + 13])
    talk = halves[half, TALK]
    if flags & 2:
        answers = flags & 16 != 0
        halves[talk, CALLER] = 1 if (talk == half) != answers else -1
        halves[talk, FLAGS] |= OPENED | (ACCEPTED if answers else 0)
        halves[half, BEGIN] = (_word32(data, at + 4) + 1) & 0xFFFFFFFF
        if halves[half, PACKETS] > 1:
            # An old port used again begins anew.
            halves[half, ROUND] += 1
            halves[half, PAYLOADS] = 0
            halves[half, FLAGS] &= ~(QUIET | MESSAGES | MESSAGE_BEGUN)
            halves[half, UNTIL] = -1
        return
    start = at + np.int64(data[at + 12] >> 4) * 4
    if start >= stop or start < at + 20:
        return
    halves[half, FLAGS] |= SPOKE
    payloads = halves[half, PAYLOADS]
    halves[half, PAYLOADS] = payloads + 1
    if payloads == 0:
        ports = halves[half, PORTS]
        port = min((ports >> 16) & 0xFFFF, ports & 0xFFFF)
        halves[half, ORDINAL] = _tick(channels, counts, ticks, _channel(halves, half, port))
    message = stop - start > 12 and data[start] == 0x0B and data[start + 1] == 77 and data[start + 2] == 83
    if message:
        # The first may be of many segments, which are read; from the second on they are known.
        halves[half, FLAGS] |= MESSAGES if halves[half, FLAGS] & MESSAGE_BEGUN else MESSAGE_BEGUN
    if data[start] == 0x17 and start + 1 < stop and data[start + 1] == 3:
        # TLS application data: nothing readable follows.
        halves[half, FLAGS] |= QUIET
    most = WHOLE_MESSAGES if halves[half, FLAGS] & MESSAGES else MOST_SEGMENTS
    if payloads < most and not _thinned(halves[half, ORDINAL], CONNECTIONS):
        sequence = _word32(data, at + 4)
        if not halves[half, FLAGS] & QUIET and not _before(sequence + stop - start, halves[half, UNTIL]):
            event = _tell(events, counts, half, number, time, start, stop - start, STREAM, -1, out)
            events[event, E_SEQUENCE], events[event, E_BEGIN] = sequence, halves[half, BEGIN]
            events[event, E_CALLER], events[event, E_ROUND] = halves[talk, CALLER], halves[half, ROUND]
    elif message:
        end = _first_fields(data, start, stop)
        seed = stir(stir(_channel(halves, half, 0), halves[half, PORTS]), np.int64(4))
        word = _word(words, numbers, times, counts, of_bytes(data, start, end, seed), time)
        if word >= 0:
            event = _tell(events, counts, half, number, time, start, stop - start, MESSAGE, word, out)
            events[event, E_CALLER], events[event, E_ROUND] = halves[talk, CALLER], halves[half, ROUND]


@compiled
def _before(end: Number, until: Number) -> Truth:
    """Whether a payload ends before what is worth reading (RFC 9293 section 3.4)."""
    return until >= 0 and (until - end) & 0xFFFFFFFF < 1 << 31


@compiled
def _word32(data: Array, at: Number) -> Number:
    return (
        (np.int64(data[at]) << 24) | (np.int64(data[at + 1]) << 16) | (np.int64(data[at + 2]) << 8)
        | np.int64(data[at + 3])
    )  # fmt: skip


@compiled
def _first_fields(data: Array, start: Number, stop: Number) -> Number:
    """Where the sender's and receiver's fields of an HL7 message end: the sixth bar."""
    end, bars = start, 0
    while end < stop and bars < 6 and end - start < 512:
        if data[end] == 124:
            bars += 1
        end += 1
    return end


@compiled
def _datagram(
    halves: Array,
    channels: Array,
    ticks: Array,
    words: Array,
    numbers: Array,
    times: Array,
    counts: Array,
    events: Array,
    kinds: Array,
    data: Array,
    half: Number,
    number: Number,
    time: Number,
    out: Array,
) -> None:
    """UDP: what is new between two ends. RFC 768."""
    at, stop = out[layers.AT], out[layers.STOP]
    length = (np.int64(data[at + 4]) << 8) | np.int64(data[at + 5])
    start = at + 8
    if length >= 8:
        stop = min(stop, at + length)
    if start >= stop:
        return
    halves[half, FLAGS] |= SPOKE
    ports = halves[half, PORTS]
    source, target = (ports >> 16) & 0xFFFF, ports & 0xFFFF
    port = target
    if not kinds[target]:
        port = source if kinds[source] else min(source, target)
    usual = kinds[port]
    channel = _channel(halves, half, port)
    before = _tick(channels, counts, ticks, channel)
    if usual != ALWAYS and _thinned(before, USUAL if usual else UNUSUAL):
        return
    caller = halves[halves[half, TALK], CALLER]
    # The number of a name service's question changes, what it says does not.
    names = port == 53 or port == 137 or port == 5353 or port == 5355
    begin = start + 2 if names and stop - start > 2 else start
    if usual == SENDER:
        seed = stir(stir(stir(np.int64(port), halves[half, A_HIGH]), halves[half, A_LOW]), halves[half, META])
    else:
        seed = stir(channel, out[layers.TARGET])
    seed = stir(stir(seed, out[layers.SOURCE]), np.int64(1 if port == target else 2) + caller * 4)
    word = _word(words, numbers, times, counts, of_bytes(data, begin, stop, seed), time)
    if word >= 0:
        event = _tell(events, counts, half, number, time, start, stop - start, DATAGRAM, word, out)
        events[event, E_CALLER] = caller


@compiled
def _control(
    halves: Array,
    words: Array,
    numbers: Array,
    times: Array,
    counts: Array,
    events: Array,
    data: Array,
    half: Number,
    number: Number,
    time: Number,
    out: Array,
) -> None:
    """ICMP: who asks for an echo, and IPv6's neighbour discovery, which never leaves the link (hop limit 255)."""
    at, stop = out[layers.AT], out[layers.STOP]
    if at >= stop:
        return
    kind = np.int64(data[at])
    if kind == 0 or kind == 8 or kind == 128 or kind == 129:
        asks, talk = kind == 8 or kind == 128, halves[half, TALK]
        halves[talk, CALLER] = 1 if asks == (talk == half) else -1
        halves[talk, FLAGS] |= OPENED
    if out[layers.PROTOCOL] == 58 and 133 <= kind <= 136 and out[layers.HOPS] == 255:
        seed = stir(stir(_channel(halves, half, 0), out[layers.SOURCE]), np.int64(3))
        word = _word(words, numbers, times, counts, of_bytes(data, at, stop, seed), time)
        if word >= 0:
            _tell(events, counts, half, number, time, at, stop - at, NEIGHBOUR, word, out)


@compiled
def _keeps_house(kind: Number) -> Truth:
    """Types that keep the link: ARP, LLDP, spanning tree, CDP, slow protocols, loopback, 802.1X: no conversation."""
    return (
        kind == 0x0806 or kind == 0x88CC or kind == 0x42 or kind == 0x2000 or kind == 0x8809 or kind == 0x9000
        or kind == 0x888E
    )  # fmt: skip


@compiled
def _names_station(data: Array, out: Array) -> Truth:
    """PROFINET DCP, by its frame ids from 0xFEFC on: no conversation either."""
    at = out[layers.START]
    return out[layers.KIND] == 0x8892 and at + 1 < out[layers.STOP] and data[at] == 0xFE and data[at + 1] >= 0xFC


@compiled
def _house(
    channels: Array,
    ticks: Array,
    words: Array,
    numbers: Array,
    times: Array,
    counts: Array,
    events: Array,
    data: Array,
    interface: Number,
    number: Number,
    time: Number,
    out: Array,
) -> None:
    """A frame that keeps the link: read where it is new."""
    kind, end = out[layers.KIND], out[layers.STOP]
    start = min(out[layers.START], end)
    if _thinned(_tick(channels, counts, ticks, stir(out[layers.SOURCE], kind)), LINKS):
        return
    # Stirring begins with a number of its own: else the way back of two cards would be the same word.
    ends = stir(stir(np.int64(5), out[layers.SOURCE]), out[layers.TARGET])
    seed = stir(stir(ends, out[layers.TAG]), kind * 4096 + interface)
    word = _word(words, numbers, times, counts, of_bytes(data, start, end, seed), time)
    if word >= 0:
        event = _tell(events, counts, np.int64(-1), number, time, start, end - start, LINK, word, out)
        events[event, E_SEQUENCE], events[event, E_CALLER], events[event, E_ROUND] = kind, out[layers.TAG], interface


@compiled
def _bare(
    halves: Array,
    tagged: Array,
    calls: Array,
    counts: Array,
    interface: Number,
    number: Number,
    time: Number,
    size: Number,
    packets: Number,
    out: Array,
    key: Array,
    back: Array,
) -> None:
    """A conversation of cards, keyed by EtherType."""
    if not out[layers.SOURCE] or not out[layers.TARGET]:
        return
    card = THERE - 1
    tag = (np.int64(interface) << 48) | out[layers.TAG]
    key[A_HIGH], key[A_LOW], key[B_HIGH], key[B_LOW] = 0, out[layers.SOURCE] & card, 0, out[layers.TARGET] & card
    key[PORTS], key[META] = 0, ((65_536 + out[layers.KIND]) << 8) | 0x11
    value = _hash(key, tag)
    half = np.int64(tagged[_slot(tagged, halves, key, tag, True, value)])
    if half < 0:
        half = _meet(halves, tagged, calls, counts, key, back, tag, value, out, number, time)
        if halves[half, TALK] == half and (out[layers.TARGET] >> 40) & 1:
            halves[half, FLAGS] |= GROUP
    _add(halves, half, size, time, packets)


@compiled
def _add(halves: Array, half: Number, size: Number, time: Number, packets: Number) -> None:
    halves[half, PACKETS] += packets
    halves[half, BYTES] += size
    halves[half, LAST] = max(halves[half, LAST], time)


@compiled
def _see(sensors: Array, interface: Number, size: Number, time: Number) -> None:
    """Counts a frame for its interface."""
    sensors[interface, N_PACKETS] += 1
    sensors[interface, N_BYTES] += size
    if time:
        last = sensors[interface, N_LAST]
        if last and time - last > SILENCE:
            sensors[interface, N_GAPS] += 1
        if not sensors[interface, N_FIRST] or time < sensors[interface, N_FIRST]:
            sensors[interface, N_FIRST] = time
        sensors[interface, N_LAST] = max(last, time)


@compiled
def _mark(tags: Array, index: Array, counts: Array, interface: Number, tag: Number) -> None:
    """Remembers the VLANs of an interface."""
    mask = index.size - 1
    at = stir(np.int64(interface), np.int64(tag)) & mask
    while index[at] >= 0:
        row = index[at]
        if tags[row, 0] == interface and tags[row, 1] == tag:
            return
        at = (at + 1) & mask
    if counts[TAGS] < tags.shape[0]:
        tags[counts[TAGS], 0], tags[counts[TAGS], 1] = interface, tag
        index[at] = counts[TAGS]
        counts[TAGS] += 1


@compiled
def _keyed(data: Array, out: Array, key: Array) -> Truth:
    """Fills the key of an IP packet's half; False where its transport's header does not hold."""
    protocol, at = out[layers.PROTOCOL], out[layers.AT]
    ports = np.int64(0)
    if protocol == 6 or protocol == 17:
        if at + (20 if protocol == 6 else 8) > out[layers.STOP]:
            return False
        ports = _word32(data, at)
    family = out[layers.FAMILY]
    first, high, low = family, out[layers.A_HIGH], out[layers.A_LOW]
    if high == 0 and low == 0 and out[layers.SOURCE]:
        first, low = np.int64(1), out[layers.SOURCE] & (THERE - 1)
    key[A_HIGH], key[A_LOW], key[B_HIGH], key[B_LOW] = high, low, out[layers.B_HIGH], out[layers.B_LOW]
    key[PORTS], key[META] = ports, (protocol << 8) | (first << 4) | family
    return True


@compiled
def _ahead(
    links: Array,
    whole: Number,
    tagged: Array,
    halves: Array,
    data: Array,
    rows: Array,
    start: Number,
    count: Number,
    ahead: Array,
    out: Array,
    inner: Array,
    key: Array,
) -> None:
    """Decodes the frames rows[start:start + count] into `ahead` (AHEAD x AHEAD_SLOTS): headers, key, hash of the half.

    What the next step looks up is touched here, each place independently of the others: the processor then waits for
    many of them at once, where one after the other each would be waited for alone. What was touched is added up and
    kept, so that no compiler leaves it out.
    """
    mask, last, touched = tagged.size - 1, np.int64(data.size - 1), np.int64(0)
    for spot in range(count):
        at = rows[start + spot, 0]
        touched += data[min(at, last)]
        touched += data[min(at + 63, last)]
    for spot in range(count):
        at, stored, interface = rows[start + spot, 0], rows[start + spot, 1], rows[start + spot, 4]
        ahead[spot, IS_KEYED] = 0
        ahead[spot, layers.WHAT] = layers.UNREAD
        link = links[interface] if whole < 0 else whole
        if link < 0:
            continue
        layers.decode(link, data, at, at + stored, out, inner)
        if out[layers.WHAT] == layers.PACKET and _keyed(data, out, key):
            ahead[spot, IS_KEYED] = 1
            ahead[spot, HASH] = _hash(key, (np.int64(interface) << 48) | out[layers.TAG])
            for column in range(6):
                ahead[spot, layers.SLOTS + column] = key[column]
        for column in range(layers.SLOTS):
            ahead[spot, column] = out[column]
    for spot in range(count):
        if ahead[spot, IS_KEYED]:
            touched += tagged[ahead[spot, HASH] & mask]
    for spot in range(count):
        if ahead[spot, IS_KEYED]:
            row = tagged[ahead[spot, HASH] & mask]
            if row >= 0:
                touched += halves[row, 0] + halves[row, 8] + halves[row, 16]
    ahead[0, TOUCHED] = touched


@compiled
def meter(
    tables: Tables,
    data: Array,
    rows: Array,
    start: Number,
    count: Number,
    number: Number,
    room: Array,
    whole: Number,
    packets: Number,
) -> Number:
    """Takes the frames rows[start:count] of data in. number: of the frame before rows[0].

    room: (halves, channels, words) that may stand in the tables; whole: -1, or the link type of a packet put together
    of fragments, which came in so many packets, and whose frames were counted when they came. Gives how many rows were
    taken: fewer where there is no room for more, no room for events, or where fragments came, which are the last taken.
    """
    halves, tagged, calls = tables.halves, tables.tagged, tables.calls
    channels, ticks = tables.channels, tables.channel_counts
    words, numbers, times = tables.words, tables.word_numbers, tables.word_times
    tags, marks, sensors, counts, kinds = tables.tags, tables.marks, tables.sensors, tables.counts, tables.ports
    links, events = tables.links, tables.events
    out, inner = np.zeros(layers.SLOTS, np.int64), np.zeros(layers.SLOTS, np.int64)
    key, back = np.zeros(6, np.int64), np.zeros(6, np.int64)
    ahead = np.zeros((AHEAD, AHEAD_SLOTS), np.int64)
    last_interface, last_tag = np.int64(-1), np.int64(0)
    decoded, some = start, 0
    for index in range(start, count):
        if counts[HALVES] >= room[0] or counts[CHANNELS] >= room[1] or counts[WORDS] >= room[2]:
            return index
        if counts[EVENTS] >= events.shape[0]:
            return index
        if index == decoded:
            some = min(AHEAD, count - decoded)
            _ahead(links, whole, tagged, halves, data, rows, decoded, some, ahead, out, inner, key)
            decoded += some
        mine, spot = number + index + 1, index - decoded + some
        if counts[STOPPED] and ahead[spot, layers.WHAT] != layers.PART:
            return index
        stored, size, time, interface = rows[index, 1], rows[index, 2], rows[index, 3], rows[index, 4]
        if whole < 0:
            _see(sensors, interface, size, time)
            if size > stored:
                _count(counts, SNAPPED, mine)
        if whole < 0 and links[interface] < 0:
            sensors[interface, N_UNREAD] += 1
            sensors[interface, N_LINK] += 1
            continue
        for column in range(layers.SLOTS):
            out[column] = ahead[spot, column]
        what = out[layers.WHAT]
        held = what != layers.UNREAD
        tag = np.int64(out[layers.TAG]) if held and what != layers.SEALED else np.int64(0)
        if tag and (tag != last_tag or interface != last_interface):
            last_tag, last_interface = tag, interface
            _mark(tags, marks, counts, interface, last_tag)
        if what == layers.PACKET:
            held = ahead[spot, IS_KEYED] != 0
            if held:
                for column in range(6):
                    key[column] = ahead[spot, layers.SLOTS + column]
                tag = (np.int64(interface) << 48) | out[layers.TAG]
                value = ahead[spot, HASH]
                half = np.int64(tagged[_slot(tagged, halves, key, tag, True, value)])
                if half < 0:
                    half = _meet(halves, tagged, calls, counts, key, back, tag, value, out, mine, time)
                    _traits(halves, half, out)
                _add(halves, half, size, time, packets)
                protocol = out[layers.PROTOCOL]
                if protocol == 6:
                    _segment(
                        halves, channels, ticks, words, numbers, times, counts, events, data, half, mine, time, out
                    )
                elif protocol == 17:
                    _datagram(
                        halves, channels, ticks, words, numbers, times, counts, events, kinds, data, half, mine, time,
                        out,
                    )  # fmt: skip
                elif protocol == 1 or protocol == 58:
                    _control(halves, words, numbers, times, counts, events, data, half, mine, time, out)
        elif what == layers.OTHER:
            if _keeps_house(out[layers.KIND]) or _names_station(data, out):
                _house(channels, ticks, words, numbers, times, counts, events, data, interface, mine, time, out)
            else:
                _bare(halves, tagged, calls, counts, interface, mine, time, size, packets, out, key, back)
        elif what == layers.PART:
            counts[STOPPED] += 1
        elif what == layers.SEALED:
            _count(counts, SEALED, mine)
        if not held:
            sensors[interface, N_UNREAD] += 1
            _count(counts, UNDECODED, mine)
    return count
