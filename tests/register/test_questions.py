import handmade
from hygie.model.knowledge import Bom
from hygie.register.decisions import OPTIONS
from hygie.words import LANGUAGES, say
from register.hospital import Hospital

MAC = "00:1b:0d:00:00:01"


def test_a_link_is_asked_with_labels_and_probability() -> None:
    h = Hospital()
    h.gmao("BM1", ip="10.1.1.5", designation="Scanner", ward="Imagerie")
    h.seen(MAC, "10.1.1.5", host_name="ct1-host")
    register = h.register()
    (question,) = [q for q in register.questions if q.reason == "question.link"]
    assert question.options == OPTIONS
    assert question.to == "hospital"
    assert {"Scanner (BM1, 10.1.1.5, Imagerie)", f"ct1-host ({MAC})"} == {
        arg.partition("=")[2] for arg in question.args if not arg.startswith("probability")
    }
    assert question.subject in {d.id for d in register.devices}


def test_ids_stay_the_same_from_run_to_run_and_with_more_evidence() -> None:
    h = Hospital()
    h.gmao("BM1", ip="10.1.1.5")
    h.seen(MAC, "10.1.1.5")
    before = {q.id for q in h.register().questions}
    h.gmao("BM2", designation="Lit")
    h.lease(MAC, "10.1.1.5", host_name="ct1-host")
    assert before <= {q.id for q in h.register().questions}


def test_a_maker_is_asked_once_a_model_for_what_is_lacking() -> None:
    h = Hospital()
    for n in range(3):
        h.gmao(f"BM{n}", manufacturer="Norvane", product="Lumira", version="6.4", host_name=f"lumira{n}x")
    h.gmao("BM9", manufacturer="Norvane", product="Chaise")
    h.answer("Norvane", "Lumira", "CONN-6", "yes")
    asked = [q for q in h.register().questions if q.to == "Norvane"]
    assert [(q.reason, q.weight) for q in asked] == [("question.model.documents", 3.0)]
    assert "missing=sbom, support_end" in asked[0].args


def test_an_sbom_of_one_version_is_not_asked_for_again_where_no_version_is_known() -> None:
    h = Hospital()
    h.gmao("BM1", manufacturer="Norvane", product="LUMIRA", host_name="lumira1x")
    h.answer("Norvane", "Lumira", "CONN-6", "yes")
    row = {"reading": "b", "document": "urn:a", "make": "Norvane", "product": "Lumira", "version": "6.4"}
    h.boms = [handmade.row(Bom, **row)]
    (asked,) = [q for q in h.register().questions if q.to == "Norvane"]
    assert "missing=support_end" in asked.args


def test_the_weightiest_come_first_and_answered_ones_last() -> None:
    h = Hospital()
    h.gmao("BM1", ip="10.1.1.5")
    h.seen(MAC, "10.1.1.5")
    for n in range(30):
        h.gmao(f"L{n}", designation="Lève-malade")
    first = h.register().questions
    assert [q.weight for q in first] == sorted((q.weight for q in first), reverse=True)
    h.decide(first[0].id, "non")
    assert h.register().questions[-1].id == first[0].id


def test_questions_of_one_sort_are_bounded() -> None:
    h = Hospital()
    for n in range(250):
        h.say("table", f"device:row={n}", manufacturer=f"Maker{n:03}x", product=f"P{n}", host_name=f"dev{n}xyz")
        h.gmao(f"A{n}", manufacturer="Perfalys", serial=f"PF{n:04}77")
        h.gmao(f"B{n}", manufacturer="Perfalys", serial=f"PF{n:04}77")
    questions = h.register().questions
    assert len([q for q in questions if q.reason == "question.link"]) == 200


def test_an_answered_link_reads_as_decided_by_whom_and_when() -> None:
    h = Hospital()
    h.say("ae", "device:ae=CT1HOST", ae_title="CT1HOST", ip="10.1.1.5")
    h.seen(MAC, "10.1.1.5")
    (asked,) = [q for q in h.register().questions if q.reason == "question.link.confirm"]
    for answer, reason in (("same", "question.link.decided.same"), ("different", "question.link.decided.different")):
        h.decisions.clear()
        h.decide(asked.id, answer, who="Dr Roy")
        (question,) = [q for q in h.register().questions if q.id == asked.id]
        assert (question.reason, question.answer) == (reason, answer)
        assert {"who=Dr Roy", "when=2026-09-02"} <= set(question.args)
        for language in LANGUAGES:
            told = say(language, question.reason, question.args)
            assert "Dr Roy" in told and "2026-09-02" in told and "{" not in told
    h.decisions.clear()
    h.decide(asked.id, "unknown")
    (question,) = [q for q in h.register().questions if q.id == asked.id]
    assert (question.reason, question.answer) == ("question.link.confirm", "unknown")
