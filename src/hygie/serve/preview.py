"""How files would be understood, before anything is written: `read --dry-run` and `mapping`."""

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress

from hygie.exports.pen import Pen
from hygie.model.evidence import Refusal, Trait
from hygie.model.seams import Reader
from hygie.serve.clock import SystemClock
from hygie.serve.console import DONE, FAILED, REFUSED, USAGE
from hygie.serve.desk import Desk, workspace
from hygie.sources import reader_of
from hygie.sources.intake import Shelf, intake
from hygie.sources.opening import UNREADABLE, Content, files, refusal
from hygie.sources.series import Terms, series_of
from hygie.sources.table import mapping as understand
from hygie.sources.table import quality

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
    """Files under the paths that are lists of devices."""
    for item in files(paths, without=[at.workspace]):
        if isinstance(item, Content):
            found = reader_of(item)
            if not isinstance(found, Refusal) and found.kind == TABLE_OF_DEVICES:
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
    for item, reader in found:
        try:
            name = series_of(item, reader, terms)
        except UNREADABLE as error:
            told = refusal(item.name, error)
            at.console.fail(FAILED, told.reason, *told.args)
        at.console.say("preview.source", f"source={name}")
        if changes:
            _save(at, name, changes)
        _columns(at, item, _saved(at)(name))


def _by_name(at: Desk, source: str, changes: tuple[str, ...]) -> None:
    """The saved mapping of a source, by its name."""
    known = _saved(at)(source)
    if not changes and not known:
        at.console.fail(FAILED, "mapping.none", f"source={source}")
    if changes:
        _save(at, source, changes)
    at.console.listing(("heading", "read_as"), sorted(_saved(at)(source).items()), "table")


def _save(at: Desk, source: str, changes: tuple[str, ...]) -> None:
    known = dict(_saved(at)(source))
    for change in changes:
        heading, equal, trait = change.rpartition("=")
        if not equal or not heading or trait not in ("-", *(t.value for t in Trait)):
            at.console.fail(USAGE, "mapping.wrong", f"text={change}")
        known[heading] = trait
    with workspace(at, write=True) as store:
        store.save_mapping(source, known)
    at.console.say("mapping.saved_for", f"source={source}")
