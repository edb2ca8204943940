"""The report: one self-contained page for a director and an engineer, in French or English.

What comes in: a Picture and a language. What goes out: HTML text without script, address or outside part; everything
from outside is escaped by the template. It stays under 5 MB at 25,000 devices: long lists are cut, with the number
left out and the export that holds them all.
"""

import base64
import hashlib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from hygie.exports.cells import visible
from hygie.exports.pen import Pen
from hygie.exports.report import coverage, decide, findings, opening, register, safeties, wanted
from hygie.exports.tally import tally_of
from hygie.model.picture import Picture


def render(picture: Picture, language: str) -> Iterator[str]:
    """The page, in pieces. Raises LookupError for a language that is not there."""
    pen, tally = Pen(language, picture.readings), tally_of(picture)
    style = _file("report.css") + _margins(pen)
    sites = ", ".join(sorted({d.site for d in picture.devices})) or "local"
    yield from _page().generate(
        language=language,
        t=pen.text,
        count=pen.count,
        style=Markup(style),  # noqa: S704 - our own file
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        head={"sites": sites, "as_of": picture.as_of, "version": picture.version},
        opening=opening.section(picture, tally, pen),
        wanted=wanted.section(picture, tally, pen),
        safeties=safeties.section(picture, tally, pen),
        decide=decide.section(picture, pen),
        register=register.section(picture, tally, pen),
        findings=findings.section(picture, tally, pen),
        coverage=coverage.section(picture, tally, pen),
        unread=coverage.unread(picture, pen),
    )


def _margins(pen: Pen) -> str:
    """Every printed page says that it is confidential, and its number (CSS Paged Media 3; browsers without it leave
    the margins empty)."""
    word = pen.text("report.confidential")
    return (
        f'@page {{ @top-right {{ content: "{word}"; font: 700 9px Arial, sans-serif; color: #b3261e; }} '
        '@bottom-right { content: counter(page) " / " counter(pages); font: 9px Arial, sans-serif; } }\n'
    )


def _file(name: str) -> str:
    return resources.files(__name__).joinpath("page", name).read_text(encoding="utf-8")


@cache
def _page() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, finalize=_seen)
    return environment.from_string(_file("report.html"))


def _seen(value: Any) -> Any:
    """What the template writes: our own markup as it is, words from outside without marks that hide or turn text."""
    return visible(value) if value.__class__ is str else value
