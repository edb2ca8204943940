"""Three charts: a matrix of counts, bars in parts, and what was observed when."""

from collections.abc import Sequence
from typing import NamedTuple

from hygie.exports.drawing.marks import drawing, element, label

_CELL_WIDTH, _CELL_HEIGHT, _LEFT, _TOP = 92.0, 40.0, 132.0, 34.0


class Named(NamedTuple):
    """Title and description of a chart."""

    title: str
    description: str


def matrix(named: Named, rows: Sequence[str], columns: Sequence[str], counts: Sequence[Sequence[int]]) -> str:
    """Counts by row and column; darker where row and column are graver (last row, last column)."""
    marks = []
    for j, column in enumerate(columns):
        marks.append(label(_LEFT + (j + 0.5) * _CELL_WIDTH, _TOP - 10, column, "axis", "middle"))
    for i, row in enumerate(rows):
        y = _TOP + i * _CELL_HEIGHT
        marks.append(label(_LEFT - 10, y + _CELL_HEIGHT / 2 + 4, row, "axis", "end"))
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


def bars(named: Named, parts: Sequence[tuple[str, int, str]], width: float = 620.0) -> str:
    """One bar in parts, (label, count, class) each, with a legend below; parts of zero are named, not drawn."""
    total = sum(count for _, count, _ in parts)
    marks, x = [], 0.0
    for _, count, shade in parts:
        share = width * count / total if total else 0.0
        if share:
            marks.append(element("rect", x=x, y=0.0, width=max(share - 1, 0.5), height=26.0, class_=f"bar {shade}"))
        if share > 34:
            marks.append(label(x + share / 2, 18.0, str(count), "inbar", "middle"))
        x += share
    if not total:
        marks.append(element("rect", x=0.0, y=0.0, width=width, height=26.0, class_="bar none"))
    x, y = 0.0, 46.0
    for name, count, shade in parts:
        text = f"{name}: {count}"
        step = 24 + 6.6 * len(text)
        if x + step > width and x:
            x, y = 0.0, y + 20
        marks.append(element("rect", x=x, y=y - 10, width=11.0, height=11.0, class_=f"bar {shade}"))
        marks.append(label(x + 16, y, text, "legend"))
        x += step
    return drawing(width, y + 8, *named, marks)


def timeline(named: Named, rows: Sequence[tuple[str, Sequence[tuple[float, float]]]], ends: tuple[str, str]) -> str:
    """When each sensor observed: (label, [(from, to) as shares of the whole span, 0 to 1])."""
    left, width, step = 190.0, 430.0, 26.0
    marks = []
    for i, (name, spans) in enumerate(rows):
        y = 8 + i * step
        marks.append(label(left - 10, y + 12, name if len(name) < 28 else name[:27] + "…", "axis", "end"))
        marks.append(element("rect", x=left, y=y, width=width, height=16.0, class_="track"))
        for start, end in spans:
            long = max((end - start) * width, 1.5)
            marks.append(element("rect", x=left + start * width, y=y, width=long, height=16.0, class_="bar observed"))
    y = 8 + len(rows) * step + 10
    marks += [label(left, y, ends[0], "axis"), label(left + width, y, ends[1], "axis", "end")]
    return drawing(left + width + 4, y + 8, *named, marks)
