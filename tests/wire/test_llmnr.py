from hygie.wire import llmnr
from hygie.wire.codec import names
from wire.hostile import labels, message, said, survives

ANSWER = message(0x8000, labels("POSTE-012"), ("POSTE-012", names.A, bytes((10, 1, 1, 12))))


def test_an_answer_names_its_address() -> None:
    assert said(llmnr.DISSECTOR, ANSWER) == {("10.1.1.12", "host_name", "POSTE-012")}


def test_a_question_says_nothing() -> None:
    assert said(llmnr.DISSECTOR, message(0, labels("someone"))) == set()


def test_hostile() -> None:
    survives(llmnr.DISSECTOR, [ANSWER])
