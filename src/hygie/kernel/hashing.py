"""Hash tables in arrays: open addressing, sizes that are powers of two, at most half full.

Hashes are 64 bits, mixed by multiplication; 0 stands for an empty place in tables of hashes.
"""

import numpy as np

from hygie.kernel.compiled import Array, Number, compiled

_ODD = np.int64(-7046029254386353131)
"""An odd number near 2**64 divided by the golden ratio."""
_OTHER = np.int64(-4658895280553007687)


@compiled
def stir(value: Number, more: Number) -> Number:
    """A hash and one more number -> hash."""
    mixed = (value ^ more) * _ODD
    mixed ^= (mixed >> 29) & 0x7FFFFFFFF
    mixed *= _OTHER
    return mixed ^ ((mixed >> 32) & 0xFFFFFFFF)


@compiled
def of_bytes(data: Array, at: Number, end: Number, seed: Number) -> Number:
    """Hash of data[at:end]; never 0."""
    value = stir(seed, np.int64(end - at))
    while at + 8 <= end:
        word = np.int64(0)
        for step in range(8):
            word = (word << 8) | np.int64(data[at + step])
        value = stir(value, word)
        at += 8
    word = np.int64(0)
    while at < end:
        word = (word << 8) | np.int64(data[at])
        at += 1
    value = stir(value, word)
    return value or np.int64(1)


@compiled
def place(keys: Array, key: Array) -> Number:
    """Index of a hash in a table of hashes, or of the empty place where it belongs. keys: int64, a power of two."""
    mask = keys.size - 1
    at = key & mask
    while keys[at] != 0 and keys[at] != key:
        at = (at + 1) & mask
    return at


@compiled
def grown(keys: Array, values: Array, larger_keys: Array, larger_values: Array) -> None:
    """Moves a table of hashes and its values into larger arrays."""
    for index in range(keys.size):
        if keys[index]:
            at = place(larger_keys, keys[index])
            larger_keys[at] = keys[index]
            larger_values[at] = values[index]


@compiled
def _same(rows: Array, first: Number, second: Number) -> bool:
    for column in range(rows.shape[1]):
        if rows[first, column] != rows[second, column]:
            return False
    return True


@compiled
def group(rows: Array, slots: Array, groups: Array) -> Number:
    """Number of each row's group: equal rows (int64, n x k) have one, in the order in which they first come.

    slots: int32, a power of two and more than twice the rows, filled with -1; groups: int64, n. Gives their number.
    """
    mask = slots.size - 1
    count = 0
    heads = np.empty(rows.shape[0], np.int64)
    for row in range(rows.shape[0]):
        value = np.int64(0)
        for column in range(rows.shape[1]):
            value = stir(value, rows[row, column])
        at = value & mask
        while slots[at] >= 0 and not _same(rows, heads[slots[at]], row):
            at = (at + 1) & mask
        if slots[at] < 0:
            slots[at] = count
            heads[count] = row
            count += 1
        groups[row] = slots[at]
    return count
