import pytest

from hygie.match import limits
from hygie.model.knowledge import Status
from hygie.model.verdict import Finding, Verdict
from match.making import MAKER, THIRD, only, profile, statement

CONDITION = "only on isolated network"

A, P, N, F, U = Verdict.AFFECTED, Verdict.POSSIBLE, Verdict.NOT_AFFECTED, Verdict.FIXED, Verdict.UNKNOWN

TABLE = [
    # status, condition, nobody else speaks, a third party says affected, a third party says not affected
    ("affected", "", A, A, A),
    ("affected", CONDITION, P, A, P),
    ("not affected", "", N, N, N),
    ("not affected", CONDITION, P, A, P),
    ("fixed", "", F, F, F),
    ("fixed", CONDITION, P, A, P),
    ("under investigation", "", U, A, U),
    ("under investigation", CONDITION, U, A, U),
    ("unknown", "", U, A, U),
    ("unknown", CONDITION, U, A, U),
    ("recommended", "", None, A, N),
    ("fixed, later", "", P, A, P),
]
"""What the manufacturer says of a device's version, and the verdict; as docs/explanation/verdicts.md has it."""

KINDS = {"letter": {"limits": True}, "CSAF": {}, "OpenVEX": {"purl": "pkg:generic/pump@2.0"}}


def verdict(status: str, condition: str, other: str, more: dict[str, object]) -> Finding | None:
    named = more | {"limits": (f"condition={condition}",) if condition else ()}
    status, _, later = status.partition(", ")
    rows = [statement(status, "2.1" if later else "2.0", **named)]
    if other:
        rows.append(statement(other, "<= 2.0", document="CISA", speaker=THIRD, publisher="CISA"))
    if status == "recommended" and not other:
        return None
    return only([profile()], statements=rows)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("status", "condition", "alone", "affected", "cleared"), TABLE)
def test_every_status_with_and_without_a_condition(kind, status, condition, alone, affected, cleared) -> None:
    more = {name: value for name, value in KINDS[kind].items() if name != "limits"}
    for other, wanted in (("", alone), ("affected", affected), ("not affected", cleared)):
        found = verdict(status, condition, other, more)
        assert (found.verdict if found else None) is wanted, (status, condition, other)


@pytest.mark.parametrize("status", ["not affected", "fixed", "under investigation"])
def test_the_maker_s_word_stands_beside_a_third_party_s(status: str) -> None:
    found = verdict(status, CONDITION, "affected", {})
    assert found is not None
    assert (found.verdict, found.speaker) == (A, THIRD)
    told = [because.key for because in found.against]
    assert f"because.match.statement.{Status(status).name.lower()}" in told
    assert "because.match.condition" in told


def test_a_condition_is_a_reason_and_a_question() -> None:
    found = verdict("not affected", CONDITION, "", {})
    assert found is not None
    assert (found.speaker, found.question) == (MAKER, "question.match.condition")
    assert (f"condition={CONDITION}",) in [because.args for because in found.because]


def test_a_sentence_beside_the_status_that_states_a_condition_counts() -> None:
    held = "Not exploitable provided that the device stays on its own network."
    assert only([profile()], statements=[statement("not affected", "2.0", text=held)]).verdict is P
    absent = "The vulnerable code is not present in these products."
    assert only([profile()], statements=[statement("not affected", "2.0", text=absent)]).verdict is N


def test_who_is_outside_the_versions_of_a_conditional_word_is_not_meant_by_its_condition() -> None:
    said = statement("affected", "< 2.0", limits=(f"condition={CONDITION}",))
    assert only([profile(version="3.0")], statements=[said]).verdict is N


def test_a_fix_without_a_version_clears_nobody() -> None:
    found = only([profile()], statements=[statement("fixed", "")])
    assert (found.verdict, found.question) == (P, "question.match.fixed")


def test_a_newer_word_that_it_is_studied_again_clears_nobody() -> None:
    rows = [statement("not affected", "2.0"), statement("under investigation", "", document="B", dated="2026-05-01")]
    assert only([profile()], statements=rows).verdict is U
    older = [statement("not affected", "2.0"), statement("under investigation", "", document="B", dated="2025-05-01")]
    assert only([profile()], statements=older).verdict is N


def test_a_platform_says_which_devices_are_meant() -> None:
    said = statement("not affected", "2.0", limits=("platform=arm",))
    assert only([profile()], statements=[said]).verdict is U
    weighed = limits.weigh(A, said, said.limits)
    assert (weighed.verdict, weighed.question) == (P, "question.match.limits")


@pytest.mark.parametrize(
    ("given", "serials", "left"),
    [
        ((), ("A",), ()),
        (("serial_number=A-1",), (), ("serial_number=A-1",)),
        (("serial_number=A-1", "serial_number=A-2"), ("a-2",), ()),
        (("serial_number=A-*",), ("A-77",), ()),
        (("serial_number=A-1",), ("B-1",), None),
        (("serial_number=A-1", "platform=arm"), ("A-1",), ("platform=arm",)),
    ],
)
def test_limits_that_stay_unchecked(given, serials, left) -> None:
    assert limits.left(given, serials) == left


def test_a_word_clears_only_under_a_sure_name() -> None:
    assert [limits.named_so(N, value) for value in (1.0, 0.92, 0.9, 0.85)] == [N, N, P, U]
    assert [limits.named_so(A, value) for value in (1.0, 0.9, 0.85)] == [A, A, P]
