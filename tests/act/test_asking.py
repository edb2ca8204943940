from typing import Any

from handmade import row
from hygie.act import propose
from hygie.model import Measure, Statement
from hygie.model.evidence import Speaker
from hygie.model.knowledge import Status
from hygie.model.verdict import Authority, Because, MeasureKind, Verdict
from plant import ground, remedy

THIRD = (Because("x", (), "adv#/s/0"),)
CONDITION = Because("because.match.condition", ("condition=only on isolated MC network",), "letters#E3")


def only(subject: str, *rows: Any, **given: Any) -> list[Measure]:
    return [m for m in propose(ground(*rows, **given)) if m.subject == subject]


def letter(status: Status, **more: object) -> Statement:
    given = {"reading": "letters", "place": "E3", "document": "L.pdf", "dated": "2026-10-01", "publisher": "Aterys"}
    told = {"vulnerability": "CVE-1", "speaker": Speaker.MANUFACTURER, "make": "Aterys", "product": "Souffle 3"}
    return row(Statement, **{**given, **told, "status": status, **more})


def beside(*because: Because) -> dict[str, Any]:
    """A third party says affected; the letter stands beside."""
    told = because or (Because("y", (), "letters#E3"),)
    return {"speaker": Speaker.THIRD_PARTY, "because": THIRD, "against": told}


def test_the_manufacturer_is_asked_once_where_it_said_nothing() -> None:
    [m] = only("measure.ask", speaker=Speaker.THIRD_PARTY, verdict=Verdict.UNKNOWN)
    assert (m.authority, m.decided_by) == (Authority.MANUFACTURER_WORD, ("manufacturer", "biomedical"))
    assert only("measure.ask", speaker=Speaker.MANUFACTURER) == []
    assert (
        len(only("measure.ask", remedy("none_available", speaker=Speaker.THIRD_PARTY), speaker=Speaker.THIRD_PARTY))
        == 1
    )


def test_what_is_being_studied_is_asked_about_and_keeps_its_other_measures() -> None:
    studied = letter(Status.UNDER_INVESTIGATION)
    [m] = only("measure.ask.study", studied, **beside())
    assert (m.args, m.speaker) == (
        ("make=Aterys", "vulnerabilities=1", "document=L.pdf", "dated=2026-10-01"),
        Speaker.HYGIE,
    )
    assert only("measure.ask", studied, **beside()) == []
    fix = remedy("vendor_fix", speaker=Speaker.THIRD_PARTY)
    kinds = {one.kind for one in propose(ground(studied, fix, **beside()))}
    assert {MeasureKind.NETWORK, MeasureKind.PATCH, MeasureKind.ORGANISATION} <= kinds
    assert len(only("measure.ask.study", studied, verdict=Verdict.UNKNOWN, because=beside()["against"])) == 1


def test_an_answer_ends_the_question_about_the_study() -> None:
    both = (letter(Status.UNDER_INVESTIGATION), letter(Status.NOT_AFFECTED, place="E4"))
    told = (Because("y", (), "letters#E3"), Because("y", (), "letters#E4"))
    assert only("measure.ask.study", *both, **beside(*told)) == []
    assert only("measure.ask", *both, **beside(*told)) == []


def test_a_condition_is_to_be_checked_on_site() -> None:
    [m] = only("measure.check_condition", letter(Status.NOT_AFFECTED), **beside(CONDITION))
    assert (m.text, m.authority, m.speaker) == (
        "only on isolated MC network",
        Authority.HOSPITAL,
        Speaker.MANUFACTURER,
    )
    assert only("measure.ask", letter(Status.NOT_AFFECTED), **beside(CONDITION)) == []
    own = {"verdict": Verdict.POSSIBLE, "because": (CONDITION,)}
    assert len(only("measure.check_condition", letter(Status.FIXED, version="5"), **own)) == 1
    assert only("measure.check_condition", letter(Status.UNDER_INVESTIGATION), **beside(CONDITION)) == []


def test_a_version_said_to_be_fixed_is_named_and_not_asked_for() -> None:
    fixed = letter(Status.FIXED, version="5.1")
    [m] = only("measure.patch.version", fixed, **beside())
    assert (m.kind, m.text, m.authority) == (MeasureKind.PATCH, "5.1", Authority.MANUFACTURER)
    assert only("measure.ask", fixed, **beside()) == []
