import pytest

from hygie.model.evidence import Decision
from hygie.register.decisions import latest, meaning, rulings
from register.hospital import MONDAY, Hospital, only

MAC, OTHER = "00:1b:0d:00:00:01", "00:1b:0d:00:00:02"


@pytest.mark.parametrize(
    ("text", "answer"),
    [("Même", "same"), ("same ", "same"), ("différents", "different"), ("Ne sait pas", "unknown"), ("?", "unknown"),
     ("peut-être", ""), ("", "")],
)  # fmt: skip
def test_answers_in_both_languages(text: str, answer: str) -> None:
    assert meaning(text) == answer


def test_the_newest_word_counts_whatever_the_order() -> None:
    old = Decision("r1", "link:local|a|b", "same", "A", "2026-01-01", "", "F2")
    new = Decision("r2", "link:local|a|b", "different", "B", "2026-02-01", "", "F2")
    undated = Decision("r9", "link:local|a|b", "same", "C", "", "", "F2")
    for order in ([old, new, undated], [undated, new, old]):
        (ruling,) = rulings(latest(order))
        assert (ruling.same, ruling.who) == (False, "B")


def test_do_not_know_rules_nothing() -> None:
    assert rulings(latest([Decision("r1", "link:local|a|b", "unknown", "A", "", "", "F2")])) == []
    assert rulings(latest([Decision("r1", "function:ventilator", "same", "A", "", "", "F2")])) == []


def doubtful() -> Hospital:
    h = Hospital()
    h.gmao("BM1", ip="10.1.1.5")
    h.seen(MAC, "10.1.1.5")
    return h


def test_same_joins_and_survives_a_rerun_with_more_evidence() -> None:
    h = doubtful()
    h.decide(h.register().links[0].id, "same")
    register = h.register()
    device = only(register.devices)
    assert (device.key, device.confidence) == ("inv=BM1", 1.0)
    assert register.links == []
    h.lease(MAC, "10.1.1.77", host_name="ct1-host", first=MONDAY)
    assert only(h.devices()).host_names == ("ct1-host",)


def test_different_is_kept_and_not_asked_again() -> None:
    h = doubtful()
    about = h.register().links[0].id
    h.decide(about, "different")
    register = h.register()
    assert len(register.devices) == 2
    assert [(link.id, link.decided) for link in register.links] == [(about, "different")]
    assert [q.answer for q in register.questions if q.id == about] == ["different"]


def test_different_undoes_a_weaker_rule() -> None:
    h = Hospital()
    h.say("ae", "device:ae=CT1HOST", ae_title="CT1HOST", ip="10.1.1.5")
    h.seen(MAC, "10.1.1.5")
    (question,) = [q for q in h.register().questions if q.reason == "question.link.confirm"]
    h.decide(question.id, "different")
    assert len(h.devices()) == 2


def test_different_undoes_a_strong_key_and_ids_stay_apart() -> None:
    h = Hospital()
    h.gmao("BM1", mac=MAC)
    h.seen(MAC, "10.1.1.5")
    h.decide(f"link:local|inv=BM1|mac={MAC}", "different")
    assert len({d.id for d in h.devices()}) == 2


def test_same_overrules_two_inventory_numbers() -> None:
    h = Hospital()
    h.gmao("BM1", manufacturer="Tamsin", serial="TD3-0455")
    h.gmao("BM2", manufacturer="Tamsin", serial="TD3-0455")
    h.decide(h.register().links[0].id, "same")
    register = h.register()
    assert only(register.devices).key == "inv=BM1"
    assert [c.trait for c in register.contradictions] == ["inventory_number"]


def test_a_confirmed_weak_merge_becomes_sure() -> None:
    h = Hospital()
    h.say("ae", "device:ae=CT1HOST", ae_title="CT1HOST", ip="10.1.1.5")
    h.seen(MAC, "10.1.1.5")
    (question,) = [q for q in h.register().questions if q.reason == "question.link.confirm"]
    h.decide(question.id, "same")
    register = h.register()
    assert only(register.devices).confidence == 1.0
    assert [q.answer for q in register.questions if q.id == question.id] == ["same"]


def test_a_decision_about_things_no_longer_there_is_shown() -> None:
    h = Hospital()
    h.gmao("BM1", designation="Lit")
    h.decide(f"link:local|inv=BM1|mac={OTHER}", "same")
    assert [q.reason for q in h.register().questions if q.reason.startswith("question.decision")] == [
        "question.decision_stale"
    ]


def test_a_decision_of_one_site_says_nothing_of_another() -> None:
    h = doubtful()
    h.decide(h.register().links[0].id.replace("local", "elsewhere"), "same")
    assert len(h.devices()) == 2
