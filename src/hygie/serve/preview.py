"""How files would be understood, before anything is written: `read --dry-run` and `mapping`."""

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from difflib import get_close_matches

from hygie.exports.pen import Pen
from hygie.model.evidence import Refusal, Trait
from hygie.model.seams import Reader
from hygie.names.fields import clean, fold
from hygie.serve.clock import SystemClock
from hygie.serve.console import DONE, FAILED, REFUSED, USAGE
from hygie.serve.desk import Desk, workspace
from hygie.sources import reader_of
from hygie.sources.intake import Shelf, intake
from hygie.sources.opening import UNREADABLE, Content, again, files, refusal
from hygie.sources.series import Terms, series_of
from hygie.sources.table import READERS, TABLES, asked, asked_in, quality, shape
from hygie.sources.table import mapping as understand
from hygie.sources.table.rows import DISPOSAL_DATE
from hygie.words import LANGUAGES, catalogue

TABLE_OF_DEVICES = "gmao"
AS_IT_LOOKS = "-"
"""Instead of a kind: by its headings again."""
HEAD = 60
"""Rows of a table that hold its headings."""
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
    for item, reader in _tables(paths, at, terms.site, saved):
        with suppress(*UNREADABLE):  # what is damaged was told above
            _columns(at, item, reader.kind, saved(series_of(item, reader, terms)))
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

    @property
    def names(self) -> frozenset[str]:
        """Sources with a saved mapping."""
        return frozenset(self._known)

    def __call__(self, source: str) -> Mapping[str, str]:
        return self._known.get(source, {})


def _tables(paths: Iterable[str], at: Desk, site: str, saved: "_Saved") -> Iterable[tuple[Content, Reader]]:
    """Files under the paths that are tables."""
    for item in files(paths, without=[at.workspace]):
        if isinstance(item, Content):
            found = asked(item, site, saved) or reader_of(item)
            if not isinstance(found, Refusal) and found.kind in TABLES:
                yield item, found


def _columns(at: Desk, item: Content, kind: str, saved: Mapping[str, str]) -> None:
    """How each column is understood, and what it holds."""
    for sheet, understood in understand(item, dict(saved), kind):
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


def set_mapping(at: Desk, source: str, changes: tuple[str, ...], terms: Terms, kind: str = "") -> None:
    """Shows, or with changes saves, how the columns of a file or a named source are understood. `kind`: what kind of
    table the file is, whatever its headings look like; `AS_IT_LOOKS` takes that back."""
    if not os.path.lexists(source):
        if kind:
            at.console.fail(USAGE, "mapping.kind_of_source", f"source={source}")
        _by_name(at, _whole_name(at, source, terms.site), changes)
        return
    found = _found(at, source, kind, terms.site)
    headings = {reader.kind: _fixed(at, reader.kind) for _, reader in found} if changes else {}
    told = _asked(at, changes, frozenset().union(*headings.values()), ", ".join(headings))
    if changes:
        known = {heading for item, reader in found for heading in _headings(at, item, reader.kind)}
        told = _known(at, source, told, known)
    if kind not in ("", AS_IT_LOOKS):
        _save_kinds(at, terms.site, [item for item, _ in found], kind)
    for item, reader in found:
        try:
            name = series_of(item, reader, terms)
        except UNREADABLE as error:
            told_why = refusal(item.name, error)
            at.console.fail(FAILED, told_why.reason, *told_why.args)
        at.console.say("preview.source", f"source={name}")
        if changes:
            own = set(_headings(at, item, reader.kind))
            _save(at, name, {heading: trait for heading, trait in told.items() if heading in own})
        _columns(at, item, reader.kind, _saved(at)(name))


def _found(at: Desk, source: str, kind: str, site: str) -> list[tuple[Content, Reader]]:
    """The tables under a path with their readers; none ends the program."""
    found = _of_kind(at, source, kind) if kind else []
    if kind == AS_IT_LOOKS:
        _save_kinds(at, site, [item for item, _ in found], kind)
    if kind in ("", AS_IT_LOOKS):
        found = list(_tables([source], at, site, _saved(at)))
    if not found:
        at.console.fail(FAILED, "mapping.no_table", f"file={source}")
    return found


def _of_kind(at: Desk, source: str, kind: str) -> list[tuple[Content, Reader]]:
    """The tables under a path, all of the kind that a person means; a word that is no kind ends the program."""
    kinds = {one: at.console.text(f"kind_of_reading.{one}") for one, table in TABLES.items() if table.columns}
    if kind not in (*kinds, AS_IT_LOOKS):
        listed = ", ".join(f"{one} ({text})" for one, text in kinds.items())
        at.console.fail(USAGE, "mapping.kind", f"kind={kind}", f"kinds={listed}")
    found = []
    for item in files([source], without=[at.workspace]):
        with suppress(*UNREADABLE):
            if isinstance(item, Content) and shape(item):
                found.append((item, READERS.get(kind, READERS[TABLE_OF_DEVICES])))
    return found


def _save_kinds(at: Desk, site: str, items: Iterable[Content], kind: str) -> None:
    """Keeps what kind the tables of these shapes are, or forgets it."""
    shapes = {shape(item) for item in items}
    known = {one: what for one, what in _saved(at)(asked_in(site)).items() if one not in shapes}
    with workspace(at, write=True) as store:
        store.save_mapping(asked_in(site), known | ({} if kind == AS_IT_LOOKS else dict.fromkeys(shapes, kind)))
    at.console.say("mapping.kind_forgotten" if kind == AS_IT_LOOKS else "mapping.kind_saved", f"kind={kind}")


def _fixed(at: Desk, kind: str) -> frozenset[str]:
    """What the columns of a kind may mean; a kind whose columns are Hygie's own ends the program."""
    if TABLES[kind].columns is None:
        at.console.fail(USAGE, "mapping.fixed", f"kind={at.console.text(f'kind_of_reading.{kind}')}")
    return TABLES[kind].fields


def _whole_name(at: Desk, source: str, site: str) -> str:
    """The source that a name, or the end of one, means: of a site, of a kind, or whole. Several end the program."""
    known = {*_saved(at).names, *_readings_of(at)}
    if source in known:
        return source
    meant = sorted(name for name in known if name.startswith(f"{site}/") and name.endswith(f"/{source}"))
    if len(meant) > 1:
        at.console.fail(USAGE, "mapping.several", f"source={source}", f"sources={', '.join(meant)}")
    return meant[0] if meant else source if "/" in source else f"{site}/{TABLE_OF_DEVICES}/{source}"


def _readings_of(at: Desk) -> set[str]:
    """Sources of tables that were read."""
    if not (at.workspace / "hygie.db").exists():
        return set()
    with workspace(at) as store:
        return {r.source for r in store.readings() if r.kind in TABLES and not r.forgotten}


def _by_name(at: Desk, source: str, changes: tuple[str, ...]) -> None:
    """The saved mapping of a source, by its name."""
    known = _saved(at)(source)
    if not changes and not known:
        at.console.fail(FAILED, "mapping.none", f"source={source}")
    if changes:
        kind = _kind_in(source)
        told, headings = _asked(at, changes, _fixed(at, kind), kind), _headings_of(at, source)
        if headings is None:
            at.console.say("mapping.unchecked", f"source={source}")
        else:
            told = _known(at, source, told, headings)
        _save(at, source, told)
    at.console.listing(("heading", "read_as"), sorted(_saved(at)(source).items()), "table")


def _kind_in(source: str) -> str:
    """The kind of table that a source's name holds ("site/kind/name"); a list of devices where it holds none."""
    return next((part for part in source.split("/")[1:2] if part in TABLES), TABLE_OF_DEVICES)


def _asked(at: Desk, changes: Iterable[str], fields: Iterable[str], kind: str) -> dict[str, str]:
    """Heading -> what it means; what is not of this form, no trait, or nothing that this kind of table reads, ends the
    program with what is like it."""
    told, known = {}, sorted(fields)
    for change in changes:
        heading, equal, trait = change.rpartition("=")
        if not equal or not heading:
            at.console.fail(USAGE, "mapping.wrong", f"text={change}")
        traits = {one.value for one in Trait}
        if trait not in ("-", *known) and (trait in traits or not traits <= {*known}):
            table = at.console.text(f"kind_of_reading.{kind}") if kind in TABLES else kind
            at.console.fail(USAGE, "mapping.not_read", f"trait={trait}", f"kind={table}", f"traits={', '.join(known)}")
        if trait not in ("-", *known):
            near = _near(at, trait, {text: one.value for one in Trait for text in (one.value, *_meanings(one))})
            at.console.fail(USAGE, "mapping.trait", f"trait={trait}", f"near={near}")
        told[heading] = trait
    return told


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


def _headings(at: Desk, item: Content, kind: str) -> list[str]:
    """Headings of a table; what cannot be read ends the program."""
    try:
        found = [column.heading for _, understood in understand(item, None, kind) for column in understood.columns]
        return [heading for heading in found if heading] or _widest(item)
    except UNREADABLE as error:
        told = refusal(item.name, error)
        at.console.fail(FAILED, told.reason, *told.args)


def _widest(item: Content) -> list[str]:
    """Cells of the first of the widest rows, where no kind of table knows its headings."""
    rows = [[clean(cell) for cell in row if clean(cell)] for sheet in item.preview() for row in sheet.rows[:HEAD]]
    return max(rows, key=len, default=[])


def _headings_of(at: Desk, source: str) -> list[str] | None:
    """Headings of the last file of a source that is still where it was read; None where none is."""
    if not (at.workspace / "hygie.db").exists():
        return None
    with workspace(at) as store:
        known = [r for r in store.readings() if r.source == source and r.path and not r.forgotten]
    for reading in sorted(known, key=lambda r: (r.dated, r.read_at), reverse=True):
        with suppress(*UNREADABLE):  # moved, or something else by now: then an older one may tell
            return _headings(at, again(reading.path, reading.path), reading.kind)
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
    names = (*(trait.value for trait in Trait), DISPOSAL_DATE)
    rows = ((name, pen.known(f"trait.{name}", "")) for name in names)
    at.console.listing(("trait", "meaning"), rows, "table")


def _meanings(trait: Trait) -> list[str]:
    """A trait's texts in all languages."""
    return [text for language in LANGUAGES if (text := catalogue(language).get(f"trait.{trait.value}"))]
