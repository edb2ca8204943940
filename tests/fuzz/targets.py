"""What is fuzzed: each reader, each dissector, each parser of names, the filter's grammar. A target returns, or found.

Readers: `recognises`, `series` and `dated` may raise UNREADABLE; `sources.read` raises nothing at all.
Dissectors: `looks_like` and `sender` never raise, `length` only ValueError, `dissect` only what captures catch.
Names: each parser raises what it says, gives `None`, or a value that keeps its own promises.
"""

import io
import re
import struct
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from typing import Any, NamedTuple

from hygie import sources, wire
from hygie.model.evidence import Refusal
from hygie.model.seams import Given, Reader
from hygie.names import (
    answers,
    cpe,
    designations,
    fields,
    firmware,
    kin,
    maker,
    phrases,
    product,
    purl,
    ranges,
    standing,
    version,
    windows,
)
from hygie.sources import UNREADABLE, Secret
from hygie.sources.opening import Content, Limits, compound, gathered, upload

LIMITS = Limits(free=4_000_000, ratio=50, office_memory=512 << 20, office_seconds=5, cells=200_000)
GIVEN = Given(site="local", reading="r1")
MOST_ROWS = 200_000
"""Rows that one small input may give."""
BROKEN = (ValueError, LookupError, struct.error)
"""What a dissector may raise."""
SCHEMES = ("firmware", "generic", "windows", "semver", "pypi", "maven", "deb", "rpm", "apk", "gem", "nuget", "openssl")
NEVER_RAISE: tuple[Callable[[str], object], ...] = (
    fields.clean,
    fields.is_blank,
    fields.mac,
    fields.macs,
    fields.ip,
    fields.ips,
    fields.cidr,
    fields.host_name,
    fields.ae_title,
    fields.vlan,
    fields.inventory,
    fields.serial,
    fields.date,
    fields.decimal,
    fields.yes_no,
    fields.ce_class,
    firmware.parse,
    firmware.key,
    windows.parse,
    maker.fold,
    maker.fold_maker,
    maker.shown,
    phrases.plain,
    phrases.with_symbols,
    phrases.with_dates,
    phrases.iso_date,
    product.name,
    product.alternatives,
    standing.status,
    answers.status,
    answers.condition,
    kin.keys,
    kin.readings,
    designations.numbers,
)


class PromiseError(AssertionError):
    """A promise that did not hold."""


class Target(NamedTuple):
    """One thing to fuzz."""

    name: str
    run: Callable[[bytes], object]
    """Raises only where something was found."""
    longest: int = 4096
    """Bytes of an input."""
    runs: int = -1
    """At most so many inputs in one go: for what is slow; -1 no limit."""


def targets() -> dict[str, Target]:
    """Name -> target: "sources.csaf", "wire.dicom", "names.ranges"..."""
    found = [Target(f"sources.{kind}", reader_of(reader), 16384) for kind, reader in sources.READERS.items()]
    found += [Target(f"wire.{service}", dissector_of(row)) for service, row in wire.DISSECTORS.items()]
    found += [
        Target("opening.archives", archives, 8192),
        Target("opening.gathered", records, 8192),
        Target("opening.office", office, 16384, runs=300),
        Target("names.cpe", text_of(cpes), 256),
        Target("names.purl", text_of(purls), 256),
        Target("names.ranges", text_of(version_ranges), 200),
        Target("names.version", text_of(versions), 120),
        Target("names.fields", text_of(plain_fields), 200),
        Target("names.product", text_of(products), 200),
        Target("store.expression", text_of(filters), 300),
    ]
    return {one.name: one for one in found}


def demand(holds: object, promise: str) -> None:
    """Raises PromiseError where a promise does not hold."""
    if not holds:
        raise PromiseError(promise)


def reader_of(reader: Reader) -> Callable[[bytes], object]:
    def run(data: bytes) -> None:
        source = Content("sample", lambda: io.BytesIO(data), LIMITS)
        for look in (reader.recognises, reader.series, reader.dated):
            with suppress(*UNREADABLE):
                look(source)
        count = 0
        for row in islice(sources.read(source, reader, GIVEN), MOST_ROWS + 1):
            count += 1
            if isinstance(row, Refusal):
                demand(row.reason.startswith("refusal."), f"a refusal without a reason: {row.reason!r}")
            elif not isinstance(row, Secret):
                demand(row.reading == "r1", f"a {type(row).__name__} of another reading")
        demand(count <= MOST_ROWS, "too many rows from a small input")

    return run


def dissector_of(row: wire.Dissector) -> Callable[[bytes], object]:
    """The first byte of the data tells the way: who sends, and whether an opening of the other end comes first."""

    def run(data: bytes) -> None:
        flags, unit = (data[0], data[1:]) if data else (0, b"")
        opening = b""
        if row.remembers and flags & 4 and unit:
            opening, unit = unit[1 : 1 + unit[0]], unit[1 + unit[0] :]
        row.looks_like(unit)
        demand(row.sender(unit) in ("", "client", "server"), "sender names nobody")
        with suppress(ValueError):
            demand(row.length(unit) >= 0, "a negative length")
        port = min(row.ports, default=0)
        way = wire.Way(min(row.carriers), 40000, port, ("", "client", "server", "client")[flags & 3], opening)
        with suppress(*BROKEN):
            judge_said(unit, islice(row.dissect(unit, way), MOST_ROWS + 1))

    return run


def judge_said(unit: bytes, said: Iterator[Any]) -> None:
    count = 0
    for one in said:
        count += 1
        demand(one.about, "said of nobody")
        demand(isinstance(one.value, str), "a value that is no text")
        demand(0 <= one.offset <= len(unit), "an offset outside of the unit")
        demand(0 < one.confidence <= 1, "a confidence out of bounds")
    demand(count <= MOST_ROWS, "too many statements from a small unit")


def archives(data: bytes) -> None:
    for found in upload("sample", data, LIMITS):
        if isinstance(found, Content):
            with suppress(*UNREADABLE):
                found.bytes()


def records(data: bytes) -> None:
    """A zip gone through as the whole CVE list is, and as a compound file."""
    file = io.BytesIO(data)
    with suppress(*UNREADABLE):
        found = gathered.directory(file)
        survey = gathered.survey(file, found)
        demand(survey.records + survey.others <= len(data), "more members than bytes")
        for entry in gathered.entries(file, found):
            with suppress(*UNREADABLE):
                gathered.document(file, entry)
    demand(compound.protected(data) in (True, False), "neither locked nor not")


def office(data: bytes) -> None:
    source = Content("sample.xlsx", lambda: io.BytesIO(data), LIMITS, workbook=True)
    with suppress(*UNREADABLE):
        source.sheets()


def text_of(run: Callable[[str], object]) -> Callable[[bytes], object]:
    return lambda data: run(data.decode("utf-8", "replace"))


def cpes(text: str) -> None:
    one, _, other = text.partition("\n")
    try:
        name = cpe.parse(one)
    except ValueError:
        return
    demand(cpe.parse(cpe.formatted(name)) == name, "formatting loses something")
    relations = set(cpe.relations(name, name))
    demand(relations <= {cpe.Relation.EQUAL, cpe.Relation.UNDEFINED}, "a name that is not itself")
    with suppress(ValueError):
        second = cpe.parse(other)
        demand(not (cpe.is_disjoint(name, second) and cpe.is_superset(name, second)), "disjoint and superset")


def purls(text: str) -> None:
    with suppress(ValueError):
        purl.key(text)
        purl.scheme(purl.parse(text).type)


def version_ranges(text: str) -> None:
    written, _, asked = text.partition("\n")
    found = ranges.parse(written)
    if found is not None:
        for scheme in SCHEMES:
            ranges.contains(found, asked, scheme)


def versions(text: str) -> None:
    one, _, other = text.partition("\n")
    for scheme in SCHEMES:
        there, back = version.compare(one, other, scheme), version.compare(other, one, scheme)
        demand(there in (-1, 0, 1, None), f"{scheme}: {there!r} is no order")
        demand(there == (None if back is None else -back), f"{scheme}: {there} there, {back} back")
        demand(version.compare(one, one, scheme) in (0, None), f"{scheme}: not equal to itself")
        key = version.order(scheme).key
        a, b = key(one), key(other)
        if a is not None and b is not None and there is not None:
            demand(there == (a > b) - (a < b), f"{scheme}: the keys say otherwise")


def plain_fields(text: str) -> None:
    for function in NEVER_RAISE:
        function(text)


def products(text: str) -> None:
    one, _, other = text.partition("\n")
    there, back = product.similarity(one, other), product.similarity(other, one)
    demand(0 <= there <= 1, f"a probability of {there}")
    demand(there == back, "similarity depends on the order")
    named, sureness = maker.maker(one, maker.NONE)
    demand(isinstance(named, str) and 0 <= sureness <= 1, f"a probability of {sureness}")


OURS = {*'()<>=!,?"', *"and or not lower contains try_cast as double true false is null list_contains".split()}
"""What a clause is made of, beside columns."""


def filters(text: str) -> None:
    """Loads the database's engine late: a process that has it in memory cannot be forked safely."""
    from hygie.model.fleet import Device
    from hygie.store import expression

    kinds = expression.kinds(Device)
    try:
        clause = expression.compiled(text, kinds)
    except ValueError as error:
        demand(str(error.args[0]).startswith("expression."), "refused without a reason")
        return
    demand(clause.text.count("?") == len(clause.values), "marks and values differ in number")
    demand(clause.columns <= set(kinds), "a column that is none")
    rest = set(re.findall(r"[a-z_]+|[^ a-z_]", clause.text.lower())) - clause.columns - OURS
    demand(not rest, f"text from outside in the clause: {rest}")
    empty = {"O": "", "i8": 0, "f8": 0.0, "?": False, "tuple": ()}
    expression.choose(list(kinds), kinds, [tuple(empty[kind] for kind in kinds.values())], text)
