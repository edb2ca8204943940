"""Regular expressions whose cost is bounded: a pattern of n steps over m characters takes at most n times m steps.

What comes in: a pattern as people write it (`expression` has the grammar). What goes out: `Pattern.search(text)`: the
groups of the leftmost match, as Perl and Python choose it. A pattern is compiled to steps; all places that it may have
reached go through the text side by side, character by character, so that no text, however made, makes it try again and
again (what "(a+)+b" does elsewhere).

Source: R. Cox, Regular Expression Matching: the Virtual Machine Approach (2009), section "Pike's implementation".
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from hygie.names.expression import Node, Ranges, parse

MOST_STEPS = 3_000
"""Steps of a compiled pattern."""
READ = 512
"""Characters of a text that are looked at."""

_CHAR, _SPLIT, _JUMP, _SAVE, _ASSERT, _DONE = range(6)

Step = tuple[int, Any, Any]
"""Kind of step, and its two arguments."""
Groups = tuple[str | None, ...]


class Pattern(NamedTuple):
    """A compiled pattern."""

    text: str
    steps: tuple[Step, ...]
    groups: int
    names: dict[str, int]
    """Name -> number of its group."""
    needs: str
    """What each text that fits holds, in lower case; "" not known."""
    anchored: bool
    """Fits at the beginning only."""

    def search(self, text: str) -> Groups | None:
        """The whole match and each group, None where a group took no part; None: no match.

        Only the first `READ` characters are looked at; the end of a longer text is never met.
        """
        if self.needs and self.needs not in text.lower():
            return None
        spans = _run(self, text)
        if spans is None:
            return None
        pairs = zip(spans[::2], spans[1::2], strict=True)
        return tuple(text[start:stop] if start >= 0 and stop >= 0 else None for start, stop in pairs)


@lru_cache(maxsize=20_000)
def compiled(text: str) -> Pattern:
    """A pattern made ready. Raises ValueError with what is wrong, or not understood, and where."""
    node, groups, names = parse(text)
    steps: list[Step] = [(_SAVE, 0, None)]
    _emit(node, steps)
    steps += [(_SAVE, 1, None), (_DONE, None, None)]
    anchored = node[0] == "all" and bool(node[1]) and node[1][0] == ("assert", "start")
    return Pattern(text, tuple(steps), groups, names, _needed(node), anchored)


def _needed(node: Node) -> str:
    """The longest run of characters that must stand in a text, in lower case."""
    runs, run = [""], ""
    for part in _flat(node):
        letters = {chr(low).lower() if low == high else "" for low, high in part}
        if len(letters) == 1 and "" not in letters:
            run += letters.pop()
        else:
            runs.append(run)
            run = ""
    return max((*runs, run), key=len)


def _flat(node: Node) -> Iterator[Ranges]:
    """Classes that each match goes through one after the other; () where something else may stand between."""
    if node[0] == "set":
        yield node[1]
    elif node[0] == "all":
        for part in node[1]:
            yield from _flat(part)
    elif node[0] == "group":
        yield from _flat(node[2])
    elif node[0] != "assert":
        yield ()


def _emit(node: Node, steps: list[Step]) -> None:
    """Appends a node's steps. Raises ValueError above `MOST_STEPS`."""
    if len(steps) > MOST_STEPS:
        raise ValueError("refusal.pattern.steps", f"most={MOST_STEPS}")
    kind = node[0]
    if kind == "set":
        steps.append((_CHAR, _bits(node[1]), node[1]))
    elif kind == "assert":
        steps.append((_ASSERT, node[1], None))
    elif kind == "all":
        for part in node[1]:
            _emit(part, steps)
    elif kind == "group":
        steps.append((_SAVE, 2 * node[1], None))
        _emit(node[2], steps)
        steps.append((_SAVE, 2 * node[1] + 1, None))
    elif kind == "any":
        _emit_any(node[1], steps)
    else:
        _emit_repeat(steps, *node[1:])


def _bits(ranges: Ranges) -> int:
    """The first 256 characters of a class, a bit each."""
    bits = 0
    for low, high in ranges:
        if low < 256:
            bits |= ((1 << (min(high, 255) - low + 1)) - 1) << low
    return bits


def _emit_any(branches: tuple[Node, ...], steps: list[Step]) -> None:
    ends = []
    for branch in branches[:-1]:
        fork = len(steps)
        steps.append((_SPLIT, 0, 0))
        _emit(branch, steps)
        ends.append(len(steps))
        steps.append((_JUMP, 0, None))
        steps[fork] = (_SPLIT, fork + 1, len(steps))
    _emit(branches[-1], steps)
    for end in ends:
        steps[end] = (_JUMP, len(steps), None)


def _emit_repeat(steps: list[Step], node: Node, least: int, most: int, greedy: bool) -> None:
    for _ in range(least):
        _emit(node, steps)
    forks = []
    for _ in range(most - least if most >= 0 else 1):
        forks.append(len(steps))
        steps.append((_SPLIT, 0, 0))
        _emit(node, steps)
    if most < 0:
        steps.append((_JUMP, forks[0], None))
    for fork in forks:
        ways = (fork + 1, len(steps))
        steps[fork] = (_SPLIT, *(ways if greedy else ways[::-1]))


def _run(pattern: Pattern, text: str) -> tuple[int, ...] | None:
    """Places of the leftmost match: start and stop of the whole and of each group, -1 none."""
    steps = pattern.steps
    nothing = (-1,) * (2 * pattern.groups + 2)
    found: tuple[int, ...] | None = None
    here: list[tuple[int, tuple[int, ...]]] = []
    """Steps at a character, with what was marked on the way; the better way first."""
    end = min(len(text), READ)
    for at in range(end + 1):
        seen: set[int] = set()
        ready: list[tuple[int, tuple[int, ...]]] = []
        for step, marks in here:
            _follow(steps, step, marks, at, text, seen, ready)
        if found is None and (at == 0 or not pattern.anchored):
            _follow(steps, 0, nothing, at, text, seen, ready)
        if not ready and (found is not None or pattern.anchored):
            break
        code = ord(text[at]) if at < end else -1
        here = []
        for step, marks in ready:
            kind, bits, ranges = steps[step]
            if kind == _DONE:
                found = marks
                break  # what comes after is worse
            if code >= 0 and _fits(code, bits, ranges):
                here.append((step + 1, marks))
        if not here and (found is not None or pattern.anchored):
            break
    return found


def _fits(code: int, bits: int, ranges: Ranges) -> bool:
    if code < 256:
        return bool(bits >> code & 1)
    return any(low <= code <= high for low, high in ranges)


def _follow(
    steps: tuple[Step, ...],
    step: int,
    marks: tuple[int, ...],
    at: int,
    text: str,
    seen: set[int],
    ready: list[tuple[int, tuple[int, ...]]],
) -> None:
    """Adds all steps at a character, or the end, that are reached from a step without reading one; each once."""
    todo = [(step, marks)]
    while todo:
        step, marks = todo.pop()
        if step in seen:
            continue
        seen.add(step)
        kind, one, other = steps[step]
        if kind == _JUMP:
            todo.append((one, marks))
        elif kind == _SPLIT:
            todo += ((other, marks), (one, marks))
        elif kind == _SAVE:
            todo.append((step + 1, (*marks[:one], at, *marks[one + 1 :])))
        elif kind == _ASSERT:
            if _holds(one, at, text):
                todo.append((step + 1, marks))
        else:
            ready.append((step, marks))


def _holds(which: str, at: int, text: str) -> bool:
    """Whether an assertion holds at a place. A text is one line: its beginning and end are those of the line."""
    if which == "start":
        return at == 0
    if which == "end":
        return at == len(text)
    before, after = at > 0 and _is_word(text[at - 1]), at < len(text) and _is_word(text[at])
    return (before != after) == (which == "word")


def _is_word(sign: str) -> bool:
    return sign == "_" or sign.isalnum()
