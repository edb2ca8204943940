import pytest

from hygie.model.evidence import Decision
from hygie.register import questions
from hygie.register.patterns import DESCRIBED, LEAST
from register.hospital import Hospital

COUNT = 8


def two_lists(count: int = COUNT, serials: bool = True) -> Hospital:
    """One fleet in two lists under other numbers."""
    h = Hospital()
    for n in range(count):
        same = {"manufacturer": "Perfalys", "product": "Débit 300", "designation": "Pousse-seringue", "ward": f"S{n}"}
        if serials:
            same["serial"] = f"PF{n:04}77"
        h.gmao(f"A{n}", name="biomed", **same)
        h.gmao(f"B{n}", name="compta", **same)
    return h


def asked(h: Hospital, kind: str = "question.pattern") -> list[tuple[str, str, str]]:
    return [(q.id, q.reason, q.answer) for q in h.register().questions if q.reason.startswith(kind)]


def test_one_question_answers_for_all_lines_that_one_sign_matches() -> None:
    h = two_lists()
    ((ident, reason, answer),) = asked(h)
    assert (ident, reason, answer) == (
        "pattern:local|local/biomed|local/compta|link.serial",
        "question.pattern.serial",
        "",
    )
    first = h.register().questions[0]
    assert first.id == ident
    assert {"one=biomed.csv", "other=compta.csv", f"count={COUNT}"} <= set(first.args)
    assert len(asked(h, "question.link")) == COUNT  # the single ones stand beside it
    h.decide(ident, "same", who="Dr Roy")
    register = h.register()
    assert len(register.devices) == COUNT
    assert {m.reason for m in register.members} >= {"link.person"}
    (question,) = [q for q in register.questions if q.id == ident]
    assert (question.reason, question.answer) == ("question.pattern.decided.same", "same")
    assert {"who=Dr Roy", f"count={COUNT}"} <= set(question.args)


def test_pairs_of_an_answered_pattern_read_as_decided_by_whom_and_when() -> None:
    h = two_lists()
    ((ident, *_),) = asked(h)
    h.decide(ident, "same", who="Dr Roy")
    pairs = [q for q in h.register().questions if q.reason.startswith("question.link")]
    assert {(q.reason, q.answer) for q in pairs} == {("question.link.decided.same", "same")}
    assert all({"who=Dr Roy", "when=2026-09-02", f"about={ident}"} <= set(q.args) for q in pairs)


def test_pairs_that_a_pattern_answers_are_shown_up_to_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(questions, "LIMIT", 3)
    h = two_lists()
    ((ident, *_),) = asked(h)
    single = next(q for q in h.register().questions if q.reason == "question.link")
    h.decide(ident, "same")
    assert len(asked(h, "question.link")) == 3
    h.decide(single.id, "same")
    assert single.id in {ident for ident, *_ in asked(h, "question.link")}


def test_a_single_answer_goes_before_its_pattern_in_any_order() -> None:
    h = two_lists()
    ((ident, *_),) = asked(h)
    single = next(q for q in h.register().questions if q.reason == "question.link")
    h.decide(single.id, "different")
    h.decide(ident, "same")
    found = h.register()
    assert len(found.devices) == COUNT + 1
    assert [link.decided for link in found.links] == ["different"]
    h.decisions.reverse()
    assert h.register() == found


def test_different_keeps_all_of_them_apart() -> None:
    h = two_lists()
    ((ident, *_),) = asked(h)
    h.decide(ident, "different")
    register = h.register()
    assert len(register.devices) == 2 * COUNT
    assert {link.decided for link in register.links} == {"different"}
    assert {q.reason for q in register.questions if q.id.startswith("link:")} == {"question.link.decided.different"}


def test_not_knowing_decides_nothing() -> None:
    h = two_lists()
    ((ident, *_),) = asked(h)
    h.decide(ident, "unknown")
    assert asked(h) == [(ident, "question.pattern.serial", "unknown")]
    assert len(h.devices()) == 2 * COUNT


def test_lines_that_come_later_follow_the_answer_and_it_survives_any_order() -> None:
    h = two_lists()
    ((ident, *_),) = asked(h)
    h.decide(ident, "same")
    h.gmao("A99", name="biomed", manufacturer="Perfalys", product="Débit 300", serial="PF991177")
    h.gmao("B99", name="compta", manufacturer="Perfalys", product="Débit 300", serial="PF991177")
    found = h.register()
    assert len(found.devices) == COUNT + 1
    h.evidence.reverse()
    assert [d.id for d in h.register().devices] == [d.id for d in found.devices]


def test_without_any_number_lines_match_by_model_name_and_place() -> None:
    h = two_lists(serials=False)
    ((ident, reason, _),) = asked(h)
    assert ident.endswith(f"|{DESCRIBED}") and reason == "question.pattern.described"
    assert len(asked(h, "question.link")) == COUNT
    h.decide(ident, "same")
    assert len(h.devices()) == COUNT


def test_what_cannot_be_told_apart_or_is_told_otherwise_is_in_no_pattern() -> None:
    h = two_lists(serials=False)
    for name in ("biomed", "compta"):
        for n in range(2):  # two alike in each list: nobody can say which is which
            h.gmao(f"{name}{n}", name=name, manufacturer="Perfalys", product="Débit 300", ward="Bloc")
    h.gmao("A77", name="biomed", manufacturer="Perfalys", product="Débit S", ward="Bloc", serial="AA1111")
    h.gmao("B77", name="compta", manufacturer="Perfalys", product="Débit S", ward="Bloc", serial="ZZ9999")
    (question,) = [q for q in h.register().questions if q.reason.startswith("question.pattern")]
    assert f"count={COUNT}" in question.args


@pytest.mark.parametrize("serials", [True, False])
def test_few_pairs_are_no_pattern(serials: bool) -> None:
    h = two_lists(LEAST - 1, serials)
    assert asked(h) == []
    assert len(asked(h, "question.link")) == (LEAST - 1 if serials else 0)


def test_lines_of_one_list_are_no_pattern() -> None:
    h = Hospital()
    for n in range(COUNT):
        for letter in "AB":
            h.gmao(f"{letter}{n}", manufacturer="Perfalys", product="Débit", serial=f"PF{n:04}77", ward=f"S{n}")
    assert asked(h) == []


def test_an_answer_on_a_pattern_that_is_gone_changes_nothing() -> None:
    h = two_lists()
    h.decisions.append(Decision(h.reading("answers"), "pattern:local|x|y|link.serial", "same", "A", "", "", "F1"))
    assert len(h.devices()) == 2 * COUNT
