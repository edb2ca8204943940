import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygie.names.kin import KIN
from hygie.names.product import LIKELY, SURE
from hygie.names.spelling import keys, likeness, near, sound, written

MISSPELT = [
    ("INTELIVUE MP70", "IntelliVue patient monitor MP2-MP90"),
    ("INTELLIVIEW MP70", "IntelliVue patient monitor MP2-MP90"),
    ("INTELLIVUEMX700", "IntelliVue patient monitor MX400-MX850"),
    ("INTELIVUE X3", "IntelliVue X3"),
    ("LOGIC E9", "LOGIQ E9"),
    ("Phénix", "Phoenix Hemodialysis Delivery System"),
    ("ACCUCHEK INFORM 2", "Accu-Chek Inform II"),
    ("ACCU CHECK INFORM II", "AccuChek Inform II"),
    ("SECURE 2", "Secure II MedSurg Bed (enabled with iBed Wireless)"),
    ("CARDIOMESSENGER 2S", "CardioMessenger II-S GSM T4APP"),
    ("BRILIANCE 64", "Brilliance 64"),
    ("ALAIS GS", "Alaris GS"),
    ("VALLEYLABB FT10", "Valleylab FT10 Energy Platform (VLFT10GEN)"),
]
OTHERS = [
    ("HSCRIBE", "XScribe"),
    ("INTEGRA", "Connex Integrated Wall System (CIWS)"),
    ("LOGIC E10", "LOGIQ E9"),
    ("INTELIVUE MP70", "IntelliVue patient monitor MX400-MX850"),
    ("LOGIC 100 PRO", "LOGIQ, not including LOGIQ 100 Pro"),
    ("SECURE 3", "Secure II MedSurg Bed"),
    ("EVITA V300", "Evita V500"),
    ("MINISEQ", "MiSeq"),
    ("AESTIVA", "Aespire"),
    ("PRISMAX", "Prismaflex"),
    ("", "LOGIQ E9"),
]


@pytest.mark.parametrize(("one", "other"), MISSPELT)
def test_a_misspelt_name_is_worth_a_question_and_no_more(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one) == KIN
    assert LIKELY <= KIN < SURE


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_other_products_stay_others(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one) == 0.0


@pytest.mark.parametrize(
    ("one", "other"),
    [("intelivue", "intellivue"), ("intelliview", "intellivue"), ("logic", "logiq"), ("carescpae", "carescape"),
     ("caresacpe", "carescape"), ("brilliamce", "brilliance"), ("phenix", "phoenix")],
)  # fmt: skip
def test_words_of_one_error_share_a_key(one: str, other: str) -> None:
    assert near(one, other)
    assert near(other, one)
    assert keys(one) & keys(other)


def test_the_first_letter_and_short_words_tell_apart() -> None:
    assert not near("xscribe", "hscribe")
    assert not near("mx40", "mx50")
    assert not near("vista", "vesta")
    assert near("secura", "secure")


def test_each_text_takes_the_spelling_of_the_other() -> None:
    assert written("intelivue mp70", "intellivue mp2") == "intellivue mp70"
    assert written("secure ii bed", "secure 2") == "secure 2 bed"
    assert written("piic ix", "piic 9") == "piic ix"
    assert sound("logiq") == sound("logic")


def test_a_name_of_any_length_is_answered_at_once() -> None:
    assert likeness("LOGIC E9", "word " * 50_000) == 0.0
    assert keys("word " * 50_000) == frozenset()


NAMES = st.text(alphabet="abceilqvwxy259 -/().+", max_size=24)


@given(NAMES, NAMES)
def test_any_two_texts_are_alike_or_not(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert likeness(one, other) in (0.0, KIN)
