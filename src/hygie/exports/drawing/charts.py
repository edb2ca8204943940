"""Three charts: a matrix of counts, bars, and what was observed when. Numbers and labels carry all; colour helps."""

from collections.abc import Sequence
from typing import NamedTuple

from hygie.exports.drawing.marks import drawing, element, label

_CELL_WIDTH, _CELL_HEIGHT, _LEFT, _TOP = 96.0, 34.0, 232.0, 26.0
_BAR_LEFT, _BAR_WIDTH, _STEP = 232.0, 340.0, 22.0
LABEL = 34
"""Characters of a label that stands left of a chart."""


class Named(NamedTuple):
    """Title and description of a chart."""

    title: str
    description: str


def clipped(text: str) -> str:
    """A label that fits, "…" for what does not."""
    return text if len(text) <= LABEL else text[: LABEL - 1] + "…"


def matrix(named: Named, rows: Sequence[str], columns: Sequence[str], counts: Sequence[Sequence[int]]) -> str:
    """Counts by row and column; darker where row and column are graver (last row, last column)."""
    marks = []
    for j, column in enumerate(columns):
        marks.append(label(_LEFT + (j + 0.5) * _CELL_WIDTH, _TOP - 10, column, "axis", "middle"))
    for i, row in enumerate(rows):
        y = _TOP + i * _CELL_HEIGHT
        marks.append(label(_LEFT - 10, y + _CELL_HEIGHT / 2 + 4, clipped(row), "axis", "end"))
        for j in range(len(columns)):
            count = counts[i][j]
            grave = round(4 * (i / max(1, len(rows) - 1) + j / max(1, len(columns) - 1)) / 2)
            shade = f"cell grave{grave}" if count else "cell none"
            x = _LEFT + j * _CELL_WIDTH
            marks.append(
                element("rect", x=x + 1, y=y + 1, width=_CELL_WIDTH - 2, height=_CELL_HEIGHT - 2, class_=shade)
            )
            text = "count" if count else "count zero"
            marks.append(label(x + _CELL_WIDTH / 2, y + _CELL_HEIGHT / 2 + 5, str(count), text, "middle"))
    size = (_LEFT + len(columns) * _CELL_WIDTH + 4, _TOP + len(rows) * _CELL_HEIGHT + 4)
    return drawing(*size, *named, marks)


def bars(named: Named, parts: Sequence[tuple[str, int, str]]) -> str:
    """A bar for each part, (label, count, class), as long as its share; label and number stand beside it."""
    total = sum(count for _, count, _ in parts)
    marks = []
    for i, (name, count, shade) in enumerate(parts):
        y = i * _STEP
        marks.append(label(_BAR_LEFT - 10, y + 13, clipped(name), "axis", "end"))
        marks.append(element("rect", x=_BAR_LEFT, y=y + 1, width=_BAR_WIDTH, height=15.0, class_="track"))
        if count:
            long = max(count / total * _BAR_WIDTH, 1.5)
            marks.append(element("rect", x=_BAR_LEFT, y=y + 1, width=long, height=15.0, class_=f"bar {shade}"))
        marks.append(label(_BAR_LEFT + _BAR_WIDTH + 8, y + 13, str(count), "count" if count else "count zero"))
    return drawing(_BAR_LEFT + _BAR_WIDTH + 70, len(parts) * _STEP, *named, marks)


def timeline(named: Named, rows: Sequence[tuple[str, Sequence[tuple[float, float]]]], ends: tuple[str, str]) -> str:
    """When each sensor observed: (label, [(from, to) as shares of the whole span, 0 to 1])."""
    left, width, step = _BAR_LEFT, 400.0, 24.0
    marks = []
    for i, (name, spans) in enumerate(rows):
        y = 8 + i * step
        marks.append(label(left - 10, y + 12, clipped(name), "axis", "end"))
        marks.append(element("rect", x=left, y=y, width=width, height=16.0, class_="track"))
        for start, end in spans:
            long = max((end - start) * width, 1.5)
            marks.append(element("rect", x=left + start * width, y=y, width=long, height=16.0, class_="bar observed"))
    y = 8 + len(rows) * step + 10
    marks += [label(left, y, ends[0], "axis"), label(left + width, y, ends[1], "axis", "end")]
    return drawing(left + width + 4, y + 8, *named, marks)
