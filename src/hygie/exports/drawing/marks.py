"""The marks that charts are made of: elements with escaped text and plain numbers.

Source: W3C SVG 2; WAI-ARIA Graphics Module (role img, title and desc).
"""

from collections.abc import Iterable
from html import escape


def number(value: float) -> str:
    """A coordinate: at most two decimals, no exponent."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def element(name: str, inside: str = "", **attributes: str | float) -> str:
    """One element; `inside` is markup already, attributes are escaped. `class_` is class, "_" in names is "-"."""
    pairs = []
    for key, value in attributes.items():
        text = escape(value) if isinstance(value, str) else number(value)
        pairs.append(f' {key.rstrip("_").replace("_", "-")}="{text}"')
    return f"<{name}{''.join(pairs)}>{inside}</{name}>" if inside else f"<{name}{''.join(pairs)}/>"


def label(x: float, y: float, text: str, class_: str = "", anchor: str = "start") -> str:
    """Text at a place; `anchor`: start, middle, end."""
    return element("text", escape(text), x=x, y=y, class_=class_, text_anchor=anchor)


def drawing(width: float, height: float, title: str, description: str, marks: Iterable[str]) -> str:
    """The whole picture, scaled to its place."""
    head = element("title", escape(title)) + element("desc", escape(description))
    box = f"0 0 {number(width)} {number(height)}"
    return element(
        "svg", head + "".join(marks), viewBox=box, role="img", class_="chart", preserveAspectRatio="xMinYMin"
    )
