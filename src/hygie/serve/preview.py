"""How files would be understood, before anything is written: `read --dry-run` and `mapping`."""

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from difflib import get_close_matches

from hygie.exports.pen import Pen
from hygie.model.evidence import Refusal, Trait
from hygie.model.seams import Reader
from hygie.names.fields import fold
from hygie.serve.clock import SystemClock
from hygie.serve.console import DONE, FAILED, REFUSED, USAGE
from hygie.serve.desk import Desk, workspace
from hygie.sources import reader_of
from hygie.sources.intake import Shelf, intake
from hygie.sources.opening import UNREADABLE, Content, again, files, refusal
from hygie.sources.series import Terms, series_of
from hygie.sources.table import TABLES, quality
from hygie.sources.table import mapping as understand
from hygie.words import LANGUAGES, catalogue

TABLE_OF_DEVICES = "gmao"
COLUMNS = ("heading", "read_as", "how", "filled", "distinct", "unreadable", "duplicates")


def show(at: Desk, paths: tuple[str, ...], terms: Terms) -> int:
    """Says of each file what it is, what would be read, what would be refused; gives the exit code."""
    code, pen = DONE, Pen(at.console.language, ())
    saved = _saved(at)
    for reading, rows in intake(paths, terms, Shelf(SystemClock(at.as_of), (), saved, [at.workspace])):
        kept = rows or {}
        what = ", ".join(f"{kind} {len(items)}" for kind, items in sorted(kept.items()) if kind != "refusal")
        at.console.line(f"{reading.name}: {at.console.text(f'kind_of_reading.{reading.kind}')}; {what or '-'}")
        if reading.source and not reading.kind.startswith("un"):
            at.console.line(f"  {at.console.text('preview.source', f'source={reading.source}')}")
        if reading.secrets:
            at.console.say("report.secrets", f"count={reading.secrets}")
        for one in kept.get("refusal", []):
            code = REFUSED
            place = f" ({one.place})" if one.place else ""
            at.console.line(f"  !{place} {pen.text(one.reason, *one.args)}")
    for item, reader in _tables(paths, at):
        with suppress(*UNREADABLE):  # what is damaged was told above
            _columns(at, item, saved(series_of(item, reader, terms)))
    return code


def _saved(at: Desk) -> "_Saved":
    """Saved mappings of the workspace, where there is one."""
    if not (at.workspace / "hygie.db").exists():
        return _Saved({})
    with workspace(at) as store:
        return _Saved(store.mappings())


class _Saved:
    """Mappings by source."""

    def __init__(self, known: Mapping[str, Mapping[str, str]]) -> None:
        self._known = known

    def __call__(self, source: str) -> Mapping[str, str]:
        return self._known.get(source, {})


def _tables(paths: Iterable[str], at: Desk) -> Iterable[tuple[Content, Reader]]:
    """Files under the paths that are tables."""
    for item in files(paths, without=[at.workspace]):
        if isinstance(item, Content):
            found = reader_of(item)
            if not isinstance(found, Refusal) and found.kind in TABLES:
                yield item, found


def _columns(at: Desk, item: Content, saved: Mapping[str, str]) -> None:
    """How each column is understood, and what it holds."""
    for sheet, understood in understand(item, dict(saved)):
        at.console.line()
        at.console.line(f"{item.name} {sheet.name}".rstrip())
        held = {one.heading: one for one in quality(sheet, understood)}
        rows = []
        for column in understood.columns:
            one = held.get(column.heading)
            if one is None:
                continue
            filled = f"{100 * one.filled / one.rows:.0f} %" if one.rows else "-"
            how = at.console.text(f"mapping.{column.how}")
            rows.append(
                (column.heading, column.field or "-", how, filled, one.distinct, one.unreadable, one.duplicates)
            )
        at.console.listing(COLUMNS, rows, "table")


def set_mapping(at: Desk, source: str, changes: tuple[str, ...], terms: Terms) -> None:
    """Shows, or with changes saves, how the columns of a file or a named source are understood."""
    if not os.path.lexists(source):
        named = source if "/" in source else f"{terms.site}/{TABLE_OF_DEVICES}/{source}"
        _by_name(at, named, changes)
        return
    found = list(_tables([source], at))
    if not found:
        at.console.fail(FAILED, "mapping.no_table", f"file={source}")
    asked = _asked(at, changes)
    if changes:
        asked = _known(at, source, asked, {heading for item, _ in found for heading in _headings(at, item)})
    for item, reader in found:
        try:
            name = series_of(item, reader, terms)
        except UNREADABLE as error:
            told = refusal(item.name, error)
            at.console.fail(FAILED, told.reason, *told.args)
        at.console.say("preview.source", f"source={name}")
        if changes:
            own = set(_headings(at, item))
            _save(at, name, {heading: trait for heading, trait in asked.items() if heading in own})
        _columns(at, item, _saved(at)(name))


def _by_name(at: Desk, source: str, changes: tuple[str, ...]) -> None:
    """The saved mapping of a source, by its name."""
    known = _saved(at)(source)
    if not changes and not known:
        at.console.fail(FAILED, "mapping.none", f"source={source}")
    if changes:
        asked, headings = _asked(at, changes), _headings_of(at, source)
        if headings is None:
            at.console.say("mapping.unchecked", f"source={source}")
        else:
            asked = _known(at, source, asked, headings)
        _save(at, source, asked)
    at.console.listing(("heading", "read_as"), sorted(_saved(at)(source).items()), "table")


def _asked(at: Desk, changes: Iterable[str]) -> dict[str, str]:
    """Heading -> trait; what is not of this form, or no trait, ends the program with what is like it."""
    asked = {}
    for change in changes:
        heading, equal, trait = change.rpartition("=")
        if not equal or not heading:
            at.console.fail(USAGE, "mapping.wrong", f"text={change}")
        if trait not in ("-", *(one.value for one in Trait)):
            near = _near(at, trait, {text: one.value for one in Trait for text in (one.value, *_meanings(one))})
            at.console.fail(USAGE, "mapping.trait", f"trait={trait}", f"near={near}")
        asked[heading] = trait
    return asked


def _known(at: Desk, source: str, asked: Mapping[str, str], headings: Iterable[str]) -> dict[str, str]:
    """What was asked, by the headings as the source writes them; one that it has not ends the program."""
    known = {fold(heading): heading for heading in headings}
    for heading in asked:
        if fold(heading) not in known:
            near = _near(at, heading, {each: each for each in known.values()})
            told = ", ".join(sorted(known.values()))
            at.console.fail(
                USAGE, "mapping.heading", f"heading={heading}", f"source={source}", f"headings={told}", f"near={near}"
            )
    return {known[fold(heading)]: trait for heading, trait in asked.items()}


def _near(at: Desk, wrong: str, known: Mapping[str, str]) -> str:
    """ " Did you mean ...?" of those of `known` (a text -> what it stands for) that are like a text; "" none."""
    folded = {fold(text): meant for text, meant in known.items()}
    found = dict.fromkeys(folded[one] for one in get_close_matches(fold(wrong), list(folded), 3))
    return " " + at.console.text("usage.nearest", f"words={', '.join(found)}") if found else ""


def _headings(at: Desk, item: Content) -> list[str]:
    """Headings of a list of devices; what cannot be read ends the program."""
    try:
        return [column.heading for _, understood in understand(item) for column in understood.columns if column.heading]
    except UNREADABLE as error:
        told = refusal(item.name, error)
        at.console.fail(FAILED, told.reason, *told.args)


def _headings_of(at: Desk, source: str) -> list[str] | None:
    """Headings of the last file of a source that is still where it was read; None where none is."""
    if not (at.workspace / "hygie.db").exists():
        return None
    with workspace(at) as store:
        known = [r for r in store.readings() if r.source == source and r.path and not r.forgotten]
    for reading in sorted(known, key=lambda r: (r.dated, r.read_at), reverse=True):
        with suppress(*UNREADABLE):  # moved, or something else by now: then an older one may tell
            return _headings(at, again(reading.path, reading.path))
    return None


def _save(at: Desk, source: str, asked: Mapping[str, str]) -> None:
    anew = {fold(heading) for heading in asked}
    known = {heading: trait for heading, trait in _saved(at)(source).items() if fold(heading) not in anew}
    with workspace(at, write=True) as store:
        store.save_mapping(source, {**known, **asked})
    at.console.say("mapping.saved_for", f"source={source}")


def traits(at: Desk) -> None:
    """Lists what a column may mean."""
    pen = Pen(at.console.language, ())
    rows = ((trait.value, pen.known(f"trait.{trait.value}", "")) for trait in Trait)
    at.console.listing(("trait", "meaning"), rows, "table")


def _meanings(trait: Trait) -> list[str]:
    """A trait's texts in all languages."""
    return [text for language in LANGUAGES if (text := catalogue(language).get(f"trait.{trait.value}"))]
