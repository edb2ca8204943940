import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygie.names.kin import KIN, initials, keys, likeness, readings
from hygie.names.product import LIKELY, SURE

KINDRED = [
    ("CX 50", "Ultrasound CX"),
    ("ECHOGRAPHE CX50", "Ultrasound CX"),
    ("ICT 256", "Brilliance iCT"),
    ("EPIQ7G", "Ultrasound EPIQ/Affiniti"),
    ("EPIQ CVX", "Ultrasound EPIQ/Affiniti"),
    ("BV PULSERA", "Pulsera (718095) and Endura (718075)"),
    ("NOVASEQ6000", "NovaSeq 6000 Control Software"),
    ("MISEQ DX", "MiSeqDx Operating Software"),
    ("SPACE STATION", "SpaceStation with SpaceCom 2"),
    ("EXACTA-MIX 2400", "ExactaMix EM2400"),
    ("XSCRIBE", "X-Scribe Cardiac Stress Testing System"),
    ("OPTIMA 660", "Optima CT660"),
    ("OPTIMA XR220", "Optima XR220amx"),
    ("CARELINK 2090W", "CareLink 2090 Programmer"),
    ("ELI250C", "ELI 250c/BUR 250c Resting Electrocardiograph"),
    ("INGENIA 3.0T", "MRI 3T"),
    ("SENOGRAPHE DS", "Seno DS"),
    ("SURESIGN VS2", "SureSigns"),
    ("AW 4.6", "AW"),
    ("ADVANTAGE WORKSTATION", "AW"),
    ("AGW", "Alaris Gateway Workstation"),
    ("PIIC IX", "Philips IntelliVue Information Center iX"),
    ("CONNEX VSM", "Connex Vital Signs Monitor"),
    ("PROGRAMMATEUR 2090", "2090 CareLink Programmer"),
    ("LIT INTOUCH", "InTouch ICU Bed"),
    ("TOTALALERT", "TotalAlert Scroll Medical Air Systems"),
    ("INGENIA 1.5 T", "MRI 1.5T"),
    ("PIIC IX C.03.02", "Patient Information Center iX (PIC iX)"),
    ("MERLIN@HOME EX1150", "RF models EX1150"),
    ("718095", "Pulsera (718095) and Endura (718075)"),
    ("AGILIA SP", "Agilia Connect WiFi module of the pumps"),
]
STRANGERS = [
    ("CT 5000", "Ultrasound CX"),
    ("HD15", "Ultrasound CX"),
    ("CXR", "Ultrasound CX"),
    ("ALLURA XPER FD20", "Ultrasound Xperius"),
    ("INTEGRA", "Connex Integrated Wall System (CIWS)"),
    ("S/5", "SX-500"),
    ("Veille Télé", "Veille Centrale"),
    ("OPTIMA IGS 320", "Optima CL320"),
    ("XELERIS 1.0", "Xeleris 3.0"),
    ("EVITA V300", "Evita V500"),
    ("TIA Portal V15", "TIA Portal V16"),
    ("EchoPAC", "Vivid products, except EchoPAC"),
    ("Valleylab FT10 Energy Platform (VLFT10GEN)", "Valleylab LS10 Energy Platform (VLLS10GEN)"),
    ("SCALANCE X204-2 (6GK5204-2BB10-2AA3) front", "SCALANCE X204IRT (6GK5204-0BA00-2BA3) rear side"),
    ("ZEPHYR T", "Zéphyr 5"),
    ("INGENIA 1.5 T", "MRI 3T"),
    ("MERLIN@HOME EX1150", "Inductive models EX1100"),
    ("", "Ultrasound CX"),
]


@pytest.mark.parametrize(("one", "other"), KINDRED)
def test_another_writing_is_worth_a_question_and_no_more(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one) == KIN
    assert LIKELY <= KIN < SURE


@pytest.mark.parametrize(("one", "other"), KINDRED)
def test_another_writing_is_found_by_a_key(one: str, other: str) -> None:
    assert keys(one) & keys(other)


@pytest.mark.parametrize(("one", "other"), STRANGERS)
def test_other_products_stay_others(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one) == 0.0


def test_words_of_makers_are_no_likeness() -> None:
    assert likeness("Philips CX50", "Philips Ultrasound CX", "philips") == KIN
    assert likeness("Acme Pump", "Acme Valve", "acme") == 0.0


def test_a_name_of_any_length_is_answered_at_once() -> None:
    assert likeness("CX 50", "word " * 50_000) == 0.0
    assert keys("word " * 50_000) == frozenset()


def test_initials_are_of_words_and_of_humps() -> None:
    assert initials("Alaris Gateway Workstation (AGW)") == ("agw", "agw")
    assert initials("IntelliSpace Portal")[0] == "isp"


def test_a_text_has_few_readings() -> None:
    assert readings("ECHOGRAPHE CX50") == ("echographe cx50",)
    assert readings("LIT INTOUCH") == ("intouch",)
    assert len(readings("/".join(f"model{letter}" for letter in "abcdefghijklmnop"))) <= 12


NAMES = st.text(alphabet="abcxyzMV05 -/()+.", max_size=24)


@given(NAMES, NAMES)
def test_any_two_texts_are_kin_or_not(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert likeness(one, other) in (0.0, KIN)
