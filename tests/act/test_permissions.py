import pytest

from handmade import row
from hygie.act.permissions import Permissions
from hygie.model import Answer, Model, Permission
from hygie.model.evidence import Speaker

MODEL = row(Model, id="M", make="Aterys", product="Souffle 3", version="4.2", mds2=("form",))


def letter(**given: object) -> Permission:
    words = {"speaker": Speaker.MANUFACTURER, "make": "Aterys", "product": "Souffle 3", "subject": "patch"}
    return row(
        Permission, **{"reading": "letters", "place": "B2", **words, "allowed": True, "dated": "2023-01-01", **given}
    )


def allowed(*permissions: Permission, subject: str = "patch") -> bool | str | None:
    word = Permissions(permissions, (), "2026-08-20").of(MODEL).get(subject)
    return "silent" if word is None else word.allowed


def test_a_letter_about_the_model_holds() -> None:
    assert allowed(letter()) is True
    word = Permissions([letter(condition="après sauvegarde")], (), "2026-08-20").of(MODEL)["patch"]
    assert (word.condition, word.because.origin) == ("après sauvegarde", "letters#B2")


@pytest.mark.parametrize(
    "given",
    [
        {"product": "Souffle 5"},
        {"make": "Tout Autre"},
        {"product": ""},
        {"version": "3.0"},
        {"version": "<4.0"},
        {"version": "quelque chose"},
        {"speaker": Speaker.THIRD_PARTY},
        {"speaker": Speaker.HOSPITAL},
    ],
)
def test_a_word_about_something_else_or_by_somebody_else_does_not(given: dict[str, object]) -> None:
    assert allowed(letter(**given)) == "silent"


def test_a_range_that_holds_the_version_does() -> None:
    assert allowed(letter(version="<5.0")) is True
    assert allowed(letter(version="4.2")) is True


def test_the_newest_word_wins_and_of_one_day_the_permission_is_not_taken() -> None:
    old, new = letter(dated="2024-01-01"), letter(dated="2025-01-01", allowed=False)
    assert allowed(old, new) is False
    assert allowed(new, old) is False
    assert allowed(letter(dated="2025-01-01"), new) is False
    assert allowed(letter(), letter(allowed=None)) is None
    assert allowed(letter(allowed=None), letter(allowed=False)) is False


def test_a_yes_without_a_date_has_to_be_confirmed_and_a_no_without_one_holds() -> None:
    undated = letter(dated="")
    assert allowed(undated) is None
    assert Permissions([undated], (), "2026-08-20").of(MODEL)["patch"].because.key == "measure.because.undated"
    assert allowed(undated, letter()) is True
    assert allowed(letter(), letter(dated="", allowed=False)) is False
    assert allowed(letter(dated="", document="SAHD-2", reading="form")) is True


def test_a_yes_of_a_day_to_come_has_to_be_confirmed_and_goes_behind_what_was_said() -> None:
    coming = letter(dated="2027-06-15")
    assert allowed(coming) is None
    assert allowed(letter(dated="2026-08-20T10:00:00Z")) is True
    said = Permissions([coming], (), "2026-08-20").of(MODEL)["patch"].because
    assert (said.key, said.args[1]) == ("measure.because.future", "dated=2027-06-15")
    assert allowed(coming, letter()) is True
    assert allowed(coming, letter(allowed=False)) is False
    assert allowed(letter(), letter(dated="2027-06-15", allowed=False)) is False


def form(*pairs: tuple[str, str]) -> tuple[Answer, ...]:
    return tuple(row(Answer, reading="form", place=q, question=q, answer=a, raw=a.title()) for q, a in pairs)


def test_a_form_tied_by_the_register_speaks_whatever_its_names() -> None:
    said = letter(reading="form", make="Autre nom", product="", subject="os_update", document="CSUP-2.4")
    assert allowed(said, subject="os_update") is True


@pytest.mark.parametrize("question", ["MLDP-2", "MLDP-4", "SAHD-14"])
def test_what_a_device_can_do_is_not_what_its_owner_may_do(question: str) -> None:
    can = letter(reading="form", subject="antivirus", document=question)
    assert allowed(can, subject="antivirus") == "silent"
    cannot = letter(reading="form", subject="antivirus", document=question, allowed=False)
    assert allowed(cannot, subject="antivirus") is False


def test_an_answer_alone_allows_nothing() -> None:
    answers = form(("CSUP-2.4", "yes"), ("CSUP-2.1", "yes"), ("CSUP-2.2", "no"))
    assert Permissions((), answers, "2026-08-20").of(MODEL) == {}


def test_network_requirements_are_shown_with_their_cell() -> None:
    [need] = Permissions((), form(("CONN-6", "no"), ("CONN-2", "")), "2026-08-20").requirements(MODEL)
    assert (need.key, need.origin) == ("measure.because.conn_6", "form#CONN-6")
    assert Permissions((), (), "2026-08-20").requirements(None) == ()


def test_a_model_that_is_none_has_no_words() -> None:
    assert Permissions([letter()], (), "2026-08-20").of(None) == {}
