"""Record headers of capture files, as long as they are sound. Whatever is odd is left to the plain reader.

Source: draft-ietf-opsawg-pcap sections 4 and 5; draft-ietf-opsawg-pcapng section 4.3.
"""

import numpy as np

from hygie.kernel.compiled import Array, Number, compiled


@compiled
def _number(data: Array, at: Number, big: bool) -> Number:
    if big:
        return (
            (np.int64(data[at]) << 24)
            | (np.int64(data[at + 1]) << 16)
            | (np.int64(data[at + 2]) << 8)
            | np.int64(data[at + 3])
        )
    return (
        (np.int64(data[at + 3]) << 24)
        | (np.int64(data[at + 2]) << 16)
        | (np.int64(data[at + 1]) << 8)
        | np.int64(data[at])
    )


@compiled
def pcap(
    data: Array,
    at: Number,
    end: Number,
    big: bool,
    ticks: Number,
    seconds: Number,
    far: Number,
    longest: Number,
    rows: Array,
) -> tuple[Number, Number, Number]:
    """Takes sound records from data[at:end] into rows (int64, n x 5: start, stored, size, microseconds, interface).

    seconds: of the record before, 0 none. Gives (records, place after the last, its seconds).
    """
    count, divisor = 0, ticks // 1_000_000
    while count < rows.shape[0] and at + 16 <= end:
        now, part = _number(data, at, big), _number(data, at + 4, big)
        stored, size = _number(data, at + 8, big), _number(data, at + 12, big)
        if part >= ticks or stored > size or stored > longest or (seconds and abs(now - seconds) > far):
            break
        if at + 16 + stored > end:
            break
        rows[count, 0], rows[count, 1], rows[count, 2] = at + 16, stored, size
        rows[count, 3], rows[count, 4] = now * 1_000_000 + part // divisor, 0
        seconds = now
        at += 16 + stored
        count += 1
    return count, at, seconds


@compiled
def pcapng(
    data: Array,
    at: Number,
    end: Number,
    big: bool,
    first: Number,
    ticks: Array,
    offsets: Array,
    latest: Number,
    longest: Number,
    rows: Array,
) -> tuple[Number, Number]:
    """Takes sound enhanced packet blocks from data[at:end] into rows, as `pcap` does.

    first: index of the section's first interface; ticks, offsets: of all interfaces (ticks 0: left to the plain reader);
    latest: microseconds from which a clock is not believed. Gives (records, place after the last).
    """
    count = 0
    while count < rows.shape[0] and at + 32 <= end:
        length = _number(data, at + 4, big)
        if _number(data, at, big) != 6 or length % 4 or length < 32 or at + length > end:
            break
        index, stored = first + _number(data, at + 8, big), _number(data, at + 20, big)
        if _number(data, at + length - 4, big) != length or index >= ticks.size or ticks[index] == 0:
            break
        if stored > length - 32 or stored > longest:
            break
        moment = (_number(data, at + 12, big) << 32) | _number(data, at + 16, big)
        if moment < 0:
            break
        unit = ticks[index]
        if unit != 1_000_000:
            # Bounded, because later seconds than any that are believed would not fit 64 bits as microseconds.
            seconds = min(moment // unit, 2 * (latest // 1_000_000) + 1)
            moment = seconds * 1_000_000 + (moment % unit) * 1_000_000 // unit
        moment += offsets[index] * 1_000_000
        size = _number(data, at + 24, big)
        rows[count, 0], rows[count, 1], rows[count, 2] = at + 28, stored, max(size, stored)
        rows[count, 3], rows[count, 4] = moment if 0 < moment < latest else 0, index
        at += length
        count += 1
    return count, at
