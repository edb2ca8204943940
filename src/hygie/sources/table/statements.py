"""A maker's word that came by letter or mail, written down in a table -> permissions, support dates, statements.

One row each: maker, product, versions, subject, allowed or not, conditions, support date, who, when, document. A row
whose subject is a CVE id and whose answer is a status (affected, not affected, fixed, being studied) is a statement
about that vulnerability. Whoever typed the file hands on the maker's word: the maker speaks, the document shows it.
The example of the blank table that Hygie hands out is left out; changed, and still called an example, it is told.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from hygie.facts import headings
from hygie.model.evidence import Evidence, Refusal, Speaker, Trait
from hygie.model.knowledge import Advisory, Permission, Statement, Status
from hygie.model.seams import Given, Input, Sheet
from hygie.names import answers, fields
from hygie.sources.table.columns import Headings, mapping
from hygie.sources.table.rows import Cells, Doubts, Look, Table, columned, coverage, not_read, without_secrets
from hygie.words import LANGUAGES, catalogue

HEADINGS = Headings("statements", headings.STATEMENTS, headings.STATEMENTS_UNREAD, free=frozenset())
_NEEDED = (
    ("make",),
    ("product",),
    ("subject", "support_end"),
    ("allowed", "condition", "support_end"),
    ("document", "who"),
)

SUBJECTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "allow_listing",
        ("liste blanche", "allow list", "allowlist", "whitelist", "allow listing", "liste d autorisation"),
    ),
    ("antivirus", ("antivirus", "anti virus", "antimalware", "anti malware", "edr", "malware")),
    ("scan", ("scan", "analyse reseau", "balayage", "test d intrusion", "audit technique", "vulnerability scan")),
    ("backup", ("sauvegarde", "backup", "restauration")),
    ("remote_access", ("telemaintenance", "acces distant", "acces a distance", "remote", "bastion", "prise en main")),
    ("component_patch", ("composant", "tiers", "third party", "component", "java", "bibliotheque")),
    ("os_update", ("systeme", "windows", "os update", "operating system", "linux", "mises a jour de la distribution")),
    ("network_control", ("reseau", "network", "filtrage", "pare feu", "firewall", "vlan", "segmentation", "flux")),
    (
        "configuration",
        ("configuration", "parametrage", "reglage", "durcissement", "hardening", "mot de passe", "compte"),
    ),
    ("patch", ("correctif", "patch", "mise a jour", "update", "version", "firmware")),
)
"""Subject -> what folded words show it; the first that fits."""

_SUPPORT = ("support", "fin de vie", "end of life", "obsolescence", "maintenance")
_YES = frozenset("oui yes autorise autorisee allowed accord accepte o y possible permis ok".split())
_NO = frozenset("non no interdit interdite refuse forbidden not allowed n impossible".split()) | {
    "non autorise",
    "not allowed",
}
_OPEN = frozenset(("a l etude", "en cours", "en attente", "under study", "under review", "en cours d etude", "pending"))
_EXAMPLE = ("example", "exemple")
"""First word of the maker's cell, folded, in a row that is only an example."""
_CVE = re.compile(r"CVE-\d{4}-\d{4,19}", re.IGNORECASE | re.ASCII)
_RANGE = re.compile(
    r"[<>≤≥*,;/]|\b(?:et|and|ou|or|before|avant|jusqu|up to|below|earlier|toutes?|all|à|to|through)\b", re.IGNORECASE
)


class Word(NamedTuple):
    """What every row says of itself."""

    make: str
    product: str
    version: str
    who: str
    dated: str
    document: str


def recognises(look: Look) -> float:
    """Columns of a maker, a product, a subject and an answer, and of who said it or where."""
    return max((coverage(sheet, HEADINGS, *_NEEDED) for sheet in look.sheets), default=0.0)


def read(source: Input, given: Given) -> Iterator[Any]:
    """Permissions, evidence of support dates, statements with their advisories; a Refusal for rows that say nothing."""
    doubts = Doubts(source, given)
    letters: set[str] = set()
    left: list[Sheet] = []
    read_any = False
    for sheet in source.sheets():
        sheet, secrets = without_secrets(sheet)
        yield from secrets
        fits = coverage(sheet, HEADINGS, *_NEEDED, saved=given.mapping)
        understood = mapping(sheet, HEADINGS, given.mapping) if fits else None
        if understood is None:
            left.append(sheet)
            continue
        read_any = True
        cells = Cells(source, given, sheet, understood, doubts)
        for _ in cells.rows(understood.header):
            yield from _row(cells, source, given, doubts, letters)
    if not read_any:
        yield from not_read(source, given, left)
    yield from doubts.refusals()


def _row(cells: Cells, source: Input, given: Given, doubts: Doubts, letters: set[str]) -> Iterator[Any]:
    word = Word(
        cells.text("make"),
        cells.text("product"),
        cells.text("version"),
        cells.text("who"),
        cells.one("dated", fields.date, "date"),
        cells.text("document") or source.name.rpartition("/")[2],
    )
    subject = cells.text("subject")
    if _is_example(word.make):
        if not _untouched(cells):
            yield Refusal(given.reading, source.name, cells.place("make"), "refusal.example")
        return
    if not word.make or not word.product:
        where = cells.place("product" if word.make else "make")
        yield Refusal(given.reading, source.name, where, "refusal.maker")
        return
    end = cells.one("support_end", fields.date, Trait.SUPPORT_END.value)
    said = 0
    if end:
        said = 1
        yield from _support(cells, word, end)
    cves = [found.upper() for found in _CVE.findall(subject)]
    if cves:
        for row in _statements(cells, given, word, cves, letters):
            said = 1
            yield row
    elif subject and (cells.text("allowed") or cells.text("condition") or not _is_support(subject)):
        said = 1
        yield from _permission(cells, source.name, given, word, subject)
    if not said:
        doubts.line(cells.place("subject"))


def _is_example(make: str) -> bool:
    return fields.fold(make).partition(" ")[0] in _EXAMPLE


def _untouched(cells: Cells) -> bool:
    """That a row is the example of the blank table as Hygie wrote it, in one of the languages."""
    written = {fields.fold(cells.written(field)) for field in HEADINGS.fields} - {""}
    return any(written == _example(language) for language in LANGUAGES)


@cache
def _example(language: str) -> set[str]:
    """Folded cells of the example."""
    texts = catalogue(language)
    named = (texts.get(f"letters.{field}.example", "") for field in HEADINGS.fields)
    return {fields.fold(text) for text in named} - {""}


def _is_support(subject: str) -> bool:
    """That a subject is the support date itself."""
    return any(word in fields.fold(subject) for word in _SUPPORT)


def _support(cells: Cells, word: Word, end: str) -> Iterator[Evidence]:
    """The model's support date, and the names under which the register finds the model."""
    subject = "model:" + "|".join(part.replace("|", "/") for part in word[:3])
    yield from cells.say(subject, Trait.MANUFACTURER, word.make, "make")
    yield from cells.say(subject, Trait.PRODUCT, word.product, "product")
    yield from cells.say(subject, Trait.VERSION, word.version, "version")
    yield from cells.say(subject, Trait.SUPPORT_END, end, "support_end")


def _permission(cells: Cells, source: str, given: Given, word: Word, subject: str) -> Iterator[Permission | Refusal]:
    folded = fields.fold(subject)
    key = next((key for key, words in SUBJECTS if any(w in folded for w in words)), "")
    answer = fields.fold(cells.text("allowed"))
    allowed = True if answer in _YES else False if answer in _NO else None
    if answer and allowed is None and answer not in _OPEN:
        yield Refusal(given.reading, source, cells.place("allowed"), "refusal.allowed")
    yield Permission(
        given.reading, cells.place("allowed"), Speaker.MANUFACTURER, word.make, word.product, word.version,
        key or f"other: {subject}", allowed, cells.text("condition"), word.who, word.dated, word.document,
    )  # fmt: skip


def _statements(cells: Cells, given: Given, word: Word, cves: list[str], letters: set[str]) -> Iterator[Any]:
    """A status of each CVE with what it hangs on; the letter is their advisory, told once. An answer that is no
    status, or two that contradict each other, is a doubt."""
    said = cells.text("allowed")
    status = answers.status(said)
    if status is None:
        cells.refuse("allowed", "status")
        return
    if word.document not in letters:
        letters.add(word.document)
        yield Advisory(
            given.reading, word.document, word.document, word.make, "vendor", Speaker.MANUFACTURER, "", word.dated,
            "final", "letter",
        )  # fmt: skip
    condition = answers.condition(cells.text("condition"))
    version = cells.text("fixed_version") if status is Status.FIXED and cells.text("fixed_version") else word.version
    hangs = answers.hangs(said, (word.make, word.product, version, word.who, word.document), word.dated)
    stated = [text for text in (condition, said if hangs else "") if text]
    for cve in cves:
        yield Statement(
            given.reading, word.document, cells.place("allowed"), Speaker.MANUFACTURER, word.make, word.dated, cve, (),
            status, "", word.make, word.product, version, bool(_RANGE.search(version)), text=condition,
            limits=tuple(f"condition={text}" for text in stated),
        )  # fmt: skip


def dated(source: Input) -> str:
    """The last day on which something was said."""
    days = []
    for sheet in source.sheets():
        understood = mapping(sheet, HEADINGS)
        if understood is None or "dated" not in understood.fields:
            continue
        at, make = (understood.fields.get(field, [0])[0] for field in ("dated", "make"))
        rows = (row for row in sheet.rows[understood.header + 1 :] if at < len(row) and not _is_example(row[make]))
        days += [day for row in rows if row[at] and (day := fields.date(row[at])) and len(day) == 10]
    return max(days, default="")


def series(source: Input) -> str:
    """The file itself: letters of one maker do not replace another's; only a file put in its place does."""
    return source.sha256()[:8]


TABLE = Table(
    "statements",
    3,
    recognises,
    read,
    snapshot=True,
    speaker=Speaker.MANUFACTURER,
    series=series,
    dated=dated,
    columns=columned(HEADINGS),
    fields=frozenset(HEADINGS.fields),
)
