"""Reads pages as a browser would: elements, attributes and text, nothing run."""

import re
from html.parser import HTMLParser

KEY = re.compile(
    r"\b(?:answer|authority|because|chain|column|contradiction|document|function|harm|known|kind_of_reading|link|mark|"
    r"measure|mission|outcome|place|priority|question|refusal|report|safety|seen|sheet|short|side|speaker|status|table|"
    r"trait|verdict|who|zone)\.[a-z_]+|\{\w+\}"
)
"""What shows where a message has no text, or a text a place that nothing filled."""
EMPTY = ("meta", "rect", "br")


class Page(HTMLParser):
    """Elements with attributes, in order; the text; whether elements close as they opened."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.open: list[str] = []
        self.crossed: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.crossed.append(tag)

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.text += data + "\n"

    def names(self) -> set[str]:
        """Names of the elements."""
        return {tag for tag, _ in self.elements}
