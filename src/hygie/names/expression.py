r"""The text of a regular expression -> what it is made of: the grammar of `pattern`.

What comes in: a pattern as people write it. What goes out: a `Node` and the names of its groups, or ValueError with
what is wrong, or not understood, and where.

Understood: characters, ".", "[...]", "\d \w \s \h" and their opposites, "\b", "^", "$", "\A", "\z", "|", groups (named
too), "* + ? {m,n}" with "?" behind them, "(?i)" and "(?s)". Not understood, and refused: look-around,
back references, possessive and atomic groups, Unicode properties. A text is one line: "^" and "$" are its two ends.
"""

from typing import Any

LONGEST = 400
"""Characters of a pattern."""
MOST_GROUPS = 20
DEEPEST = 20
"""Groups within each other."""
MOST_TIMES = 1_000
"""Of "{m,n}"."""
LAST = 0x10FFFF
"""Last character."""

_SPACE = " \t\n\r\f\v"
_CLASSES = {
    "d": ((48, 57),),
    "w": ((48, 57), (65, 90), (95, 95), (97, 122), (0xAA, 0xAA), (0xB5, 0xB5), (0xBA, 0xBA), (0xC0, 0xD6), (0xD8, 0xF6),
          (0xF8, 0x24F)),
    "s": tuple((ord(c), ord(c)) for c in _SPACE),
    "h": ((48, 57), (65, 70), (97, 102)),
}  # fmt: skip
"""Escape -> characters: "\\w" knows the letters of European languages, "\\h" is a hexadecimal figure, as in Ruby."""
_CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v", "e": "\x1b", "0": "\0"}
_ENDS = {"A": "start", "z": "end", "Z": "end", "b": "word", "B": "no word"}

_FLAGS = ("(?i)", "(?s)", "(?m)", "(?is)", "(?si)", "(?mi)", "(?im)")

Ranges = tuple[tuple[int, int], ...]
"""Characters, by the first and the last of each run."""
Node = tuple[Any, ...]
"""("set", Ranges) | ("assert", which) | ("all", nodes) | ("any", nodes) | ("group", number, node)
| ("repeat", node, least, most or -1, greedy)."""


def parse(text: str) -> tuple[Node, int, dict[str, int]]:
    """What a pattern is made of, how many groups it has, and the numbers of those with a name. Raises ValueError."""
    if len(text) > LONGEST:
        raise ValueError("refusal.pattern.long", f"most={LONGEST}")
    reader = _Reader(text)
    return reader.whole(), reader.groups, reader.names


class _Reader:
    """Reads a pattern from left to right."""

    def __init__(self, text: str) -> None:
        self.text, self.at, self.depth, self.groups = text, 0, 0, 0
        self.names: dict[str, int] = {}
        self.fold = self.dot_all = False

    def whole(self) -> Node:
        """All of it. Raises ValueError."""
        node = self.either()
        if self.at < len(self.text):
            raise self.wrong("bracket")
        return node

    def wrong(self, why: str) -> ValueError:
        """What to raise here."""
        return ValueError(f"refusal.pattern.{why}", f"at={self.at + 1}")

    def peek(self, size: int = 1) -> str:
        """What comes next."""
        return self.text[self.at : self.at + size]

    def either(self) -> Node:
        """Branches parted by "|"."""
        branches = [self.row()]
        while self.peek() == "|":
            self.at += 1
            branches.append(self.row())
        return branches[0] if len(branches) == 1 else ("any", tuple(branches))

    def row(self) -> Node:
        """Parts that follow each other."""
        parts: list[Node] = []
        while self.at < len(self.text) and self.peek() not in "|)":
            if self.flagged():
                continue
            part = self.part()
            while (times := self.times()) is not None:
                if part[0] == "assert" or part[0] == "repeat":
                    raise self.wrong("repeat")
                part = ("repeat", part, *times)
            parts.append(part)
        return ("all", tuple(parts))

    def flagged(self) -> bool:
        """Whether flags stood here, for the rest of the group: "(?i)" either case, "(?s)" and "(?m)" nothing else."""
        flags = next((one for one in _FLAGS if self.text.startswith(one, self.at)), "")
        self.at += len(flags)
        self.fold, self.dot_all = self.fold or "i" in flags, self.dot_all or "s" in flags
        return bool(flags)

    def times(self) -> tuple[int, int, bool] | None:
        """How often the part before may stand: least, most (-1 no end), as much as it can."""
        sign = self.peek()
        if sign and sign in "*+?":
            self.at += 1
            least, most = {"*": (0, -1), "+": (1, -1), "?": (0, 1)}[sign]
        else:
            braced = self.braced() if sign == "{" else None
            if braced is None:
                return None
            least, most = braced
        if self.peek() == "+":
            raise self.wrong("group")
        if self.peek() == "?":
            self.at += 1
            return least, most, False
        return least, most, True

    def braced(self) -> tuple[int, int] | None:
        """ "{m}", "{m,}" or "{m,n}"; anything else behind a "{" stands for itself."""
        inside, closed, _ = self.text[self.at + 1 :].partition("}")
        low, comma, high = inside.partition(",")
        figures = all(part.isascii() and part.isdigit() for part in (low, high) if part)
        if not closed or not figures or not (low or high):
            return None
        least, most = int(low or "0"), (int(high) if high else -1 if comma else int(low))
        if max(least, most) > MOST_TIMES or -1 < most < least:
            raise self.wrong("times")
        self.at += len(inside) + 2
        return least, most

    def part(self) -> Node:
        """One character, class, assertion or group."""
        sign = self.peek()
        if sign == "(":
            return self.group()
        if sign in ("*", "+", "?"):
            raise self.wrong("repeat")
        self.at += 1
        if sign == "[":
            return ("set", self.bracket())
        if sign == ".":
            return ("set", ((0, LAST),) if self.dot_all else ((0, 9), (11, LAST)))
        if sign in "^$":
            return ("assert", "start" if sign == "^" else "end")
        if sign == "\\":
            return self.escape()
        return ("set", self.folded(((ord(sign), ord(sign)),)))

    def group(self) -> Node:
        """A group, counted or not."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.wrong("groups")
        number = self.opened()
        before = self.fold
        if self.peek(3) == "?i:":
            self.at += 3
            self.fold = True
        node = self.either()
        self.fold = before
        if self.peek() != ")":
            raise self.wrong("bracket")
        self.at += 1
        self.depth -= 1
        return ("group", number, node) if number else node

    def opened(self) -> int:
        """Number of the group that opens here; 0 where it is not counted."""
        self.at += 1
        if self.peek(3) == "?i:":
            return 0
        if self.peek(2) == "?:":
            self.at += 2
            return 0
        named = next((head for head in ("?P<", "?<") if self.peek(len(head)) == head), "")
        if self.peek() == "?" and (not named or self.peek(3) in ("?<=", "?<!")):
            raise self.wrong("group")
        self.groups += 1
        if self.groups > MOST_GROUPS:
            raise self.wrong("groups")
        if named:
            name, closed, _ = self.text[self.at + len(named) :].partition(">")
            if not closed or not name.isidentifier() or name in self.names:
                raise self.wrong("name")
            self.names[name] = self.groups
            self.at += len(named) + len(name) + 1
        return self.groups

    def escape(self) -> Node:
        """What stands behind a backslash, outside brackets."""
        sign = self.peek()
        if sign in _ENDS and sign:
            self.at += 1
            return ("assert", _ENDS[sign])
        return ("set", self.escaped())

    def escaped(self) -> Ranges:
        """The characters that a backslash and what follows it mean."""
        sign = self.peek()
        self.at += 1
        if sign in ("x", "u") and sign:
            size = {"x": 2, "u": 4}[sign]
            digits = self.peek(size)
            if len(digits) < size or any(c not in "0123456789abcdefABCDEF" for c in digits):
                raise self.wrong("escape")
            self.at += size
            return self.folded(((int(digits, 16), int(digits, 16)),))
        if sign in _CONTROLS and sign:
            return ((ord(_CONTROLS[sign]), ord(_CONTROLS[sign])),)
        if sign.lower() in _CLASSES and sign:
            ranges = _CLASSES[sign.lower()]
            return ranges if sign.islower() else _others(ranges)
        if not sign or sign.isalnum():
            raise self.wrong("escape")
        return ((ord(sign), ord(sign)),)

    def bracket(self) -> Ranges:
        """ "[...]", its first sign read. Raises ValueError."""
        negated = self.peek() == "^"
        self.at += negated
        ranges: list[tuple[int, int]] = []
        first = True
        while first or self.peek() != "]":
            first = False
            if self.at >= len(self.text):
                raise self.wrong("bracket")
            if self.peek(2) in ("[:", "&&"):
                raise self.wrong("class")
            low = self.single()
            if self.peek() == "-" and self.peek(2) not in ("-]", "-"):
                self.at += 1
                high = self.single()
                if len(low) != 1 or len(high) != 1 or low[0][0] != low[0][1] or low[0][0] > high[0][1]:
                    raise self.wrong("class")
                low = ((low[0][0], high[0][1]),)
            ranges += low
        self.at += 1
        found = self.folded(tuple(ranges))
        return _others(found) if negated else found

    def single(self) -> Ranges:
        """One member of a class."""
        sign = self.peek()
        self.at += 1
        if sign == "\\":
            if self.peek() == "b":
                self.at += 1
                return ((8, 8),)
            held, self.fold = self.fold, False
            found = self.escaped()
            self.fold = held
            return found
        return ((ord(sign), ord(sign)),)

    def folded(self, ranges: Ranges) -> Ranges:
        """With the other case of letters, where case does not count."""
        if not self.fold:
            return ranges
        more: list[tuple[int, int]] = []
        for low, high in ranges:
            for code in range(low, min(high, 0x24F) + 1):
                more += ((ord(c), ord(c)) for c in (chr(code).lower(), chr(code).upper()) if len(c) == 1)
        return (*ranges, *dict.fromkeys(more))


def _others(ranges: Ranges) -> Ranges:
    """All characters that are not in these."""
    left, after = [], 0
    for low, high in sorted(ranges):
        if low > after:
            left.append((after, low - 1))
        after = max(after, high + 1)
    return (*left, (after, LAST)) if after <= LAST else tuple(left)
