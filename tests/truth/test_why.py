"""A person can follow each sort of finding from cell or packet to verdict, priority and measures, in both languages."""

import re
from functools import cache

import pytest

from hygie import words
from hygie.exports.listing import finding_id
from hygie.exports.pen import Pen
from hygie.model.verdict import Finding, Verdict
from hygie.serve.explaining import explain
from truth.conftest import Run

HELD = re.compile(r"\[(?:gmao\.csv|gmao-biomed\.xlsx|capture(?:-rea)?\.pcap(?:ng)?|[\w.-]+), ")
"""A place in a file."""


@cache
def key_beginnings() -> re.Pattern[str]:
    """What a message key looks like."""
    rooms = sorted({key.partition(".")[0] for key in words.catalogue("en")})
    return re.compile(rf"(?<![\w./-])(?:{'|'.join(rooms)})\.[a-z_]+(?:\.[a-z_]+)*(?!\w)")


def sorts(run: Run) -> dict[tuple[str, ...], tuple[str, Finding]]:
    """One device's finding of each sort: by verdict, by who speaks, by the part, contradicted or not."""
    found: dict[tuple[str, ...], tuple[str, Finding]] = {}
    for ref, device in sorted(run.comparison.pairs.items()):
        for one in run.comparison.tally.findings.get(run.comparison.tally.profile.get(device.id, ""), ()):
            part = one.part if one.part in ("product", "os") else "component"
            sort = (one.verdict.value, one.speaker.value, part, "against" if one.against else "")
            found.setdefault(sort, (ref, one))
    return found


def test_there_are_many_sorts(run: Run) -> None:
    assert len(sorts(run)) >= 10
    assert {sort[0] for sort in sorts(run)} == {verdict.value for verdict in Verdict}


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_each_sort_can_be_followed(run: Run, language: str) -> None:
    pen = Pen(language, run.comparison.picture.readings)
    for sort, (ref, one) in sorts(run).items():
        device = run.comparison.pairs[ref]
        told = explain(run.store, finding_id(device.id, one.vulnerability), "why", language)
        text = "\n".join(told)
        assert told, sort
        assert device.name in told[0] and one.vulnerability in told[0], sort
        order = [text.index(pen.text("chain.evidence")), text.index(pen.text(f"speaker.{one.speaker.value}"))]
        assert order == sorted(order), sort
        assert any(HELD.search(line) for line in told if device.serial and device.serial in line), sort
        for because in one.because:
            assert pen.reason(because).text in text, sort
            assert not because.origin or pen.place(because.origin) in text, sort
        if one.verdict in (Verdict.AFFECTED, Verdict.POSSIBLE):
            outcome = run.comparison.priority(ref, one.vulnerability)["outcome"]
            assert pen.text("report.priority", f"outcome={pen.text(f'outcome.{outcome}')}") in told, sort
        if one.question:
            assert pen.text(one.question) in told, sort


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_no_key_and_no_empty_place_shows(run: Run, language: str) -> None:
    wrong = []
    for ref, one in sorts(run).values():
        device = run.comparison.pairs[ref]
        for ident in (device.id, finding_id(device.id, one.vulnerability)):
            for line in explain(run.store, ident, "why", language):
                if key_beginnings().search(line) or "{" in line or re.search(r"\S {3,}", line):
                    wrong.append(line)
                label = line.strip(" ≠!").partition(": ")[0] if " · " in line and "[" in line else ""
                if re.fullmatch(r"[a-z]+(?:_[a-z]+)+", label):
                    wrong.append(line)
    for measure in run.comparison.picture.measures[::5]:
        lines = explain(run.store, measure.id, "why", language)
        assert len(lines) > 5, measure
        wrong += [line for line in lines if key_beginnings().search(line) or "{" in line]
    assert wrong == []


def test_both_languages_tell_the_same_otherwise(run: Run) -> None:
    for ref, one in sorts(run).values():
        ident = finding_id(run.comparison.pairs[ref].id, one.vulnerability)
        french, english = (explain(run.store, ident, "why", language) for language in words.LANGUAGES)
        assert len(french) == len(english)
        same = sum(a == b for a, b in zip(french, english, strict=True) if a.strip())
        assert same <= 4, [a for a, b in zip(french, english, strict=True) if a == b and a.strip()]
