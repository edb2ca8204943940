import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygie.names.product import LIKELY, SURE, alternatives, in_family, keys, likeness, name, similarity

SAME = [
    ("Evita V500", "EVITA V 500"),
    ("Evita V500 ventilator", "Evita V500"),
    ("intellivue_mx800_firmware", "IntelliVue MX800"),
    ("Patient Information Center iX (PIC iX)", "PICiX"),
    ("Clinical Information Center (CIC)", "CIC"),
    ("IntelliBridge EC40 Hub", "IntelliBridge EC 40 Hub"),
    ("Discovery CT750HD", "Discovery CT750 HD"),
    ("Avalon FM30", "Avalon Fetal/Maternal Monitors FM20/FM30/FM40/FM50"),
    ("IntelliVue MX800", "IntelliVue patient monitor MX400-MX850"),
    ("Medfusion 4000 Wireless Syringe Infusion Pump", "Medfusion 4000"),
    ("B650", "CARESCAPE B650"),
    ("LOGIQ, not including LOGIQ 100 Pro", "LOGIQ, not including LOGIQ 100 Pro"),
    ("IntelliVue MX500", "IntelliVue Patient Monitors MX (MX400-550)"),
    ("Innova IGS 530", "Innova IGS 5x0"),
    ("Prisma Flex", "PrismaFlex"),
    ("Débit 300", "debit 300"),
    ("Alaris System PCU 8015", "Alaris Point-of-Care Unit (PCU) Model 8015"),
]
POSSIBLE = [
    ("IntelliVue MX800", "IntelliVue Patient Monitors MX series"),
    ("IntelliVue MX800", "IntelliVue"),
    ("Alaris PC Unit", "Alaris PC Unit Model 8015"),
    ("Infinity Delta", "Infinity Delta XL"),
    ("Agilia Link+", "Agilia Link"),
    ("Intelivue MX800", "IntelliVue MX800"),
    ("Vivid E95", "Vivid E"),
    ("LOGIQ E9", "LOGIQ, not including LOGIQ 100 Pro"),
    ("Venue Go", "Venue, not including Venue 40 R1-3 and Venue 50 R4-5"),
    ("Venue 40 R4", "Venue, not including Venue 40 R1-3 and Venue 50 R4-5"),
    ("Ultrasound EPIQ/Affiniti", "EPIQ 7"),
    ("Alaris PCU 8015", "Alaris PC Unit Model 8015"),
]
DIFFERENT = [
    ("Evita V500", "Evita V300"),
    ("IntelliVue MP70", "IntelliVue MP50"),
    ("Avalon FM35", "Avalon Fetal/Maternal Monitors FM20/FM30/FM40/FM50"),
    ("IntelliBridge EC40 Hub", "IntelliBridge EC80 Hub"),
    ("Medfusion 3500", "Medfusion 4000"),
    ("Alaris PC Unit", "Alaris Gateway Workstation"),
    ("CARESCAPE Telemetry Server", "CARESCAPE Central Station (CSCS)"),
    ("Perfusor Space", "Infusomat Space"),
    ("Vue PACS", "IntelliSpace PACS"),
    ("Brilliance 64", "Brilliance iCT"),
    ("Zéphyr 5", "Zéphyr T"),
    ("windows_10_1809", "windows_10_1803"),
    ("Lumira CT 128", "Lumira Console"),
    ("IntelliVue MX800", "IntelliVue Information Center iX"),
    ("Alaris PCU 8015", "Alaris Model 8016"),
    ("Dash HR 9000", "Carescape 9000 bed"),
    ("LOGIQ 100 Pro", "LOGIQ, not including LOGIQ 100 Pro"),
    ("Venue 50 R4", "Venue, not including Venue 40 R1-3 and Venue 50 R4-5"),
    ("Venue 40 R2", "Venue, excluding Venue 40 R1-3 and Venue 50 R4-5"),
    ("EchoPAC", "Vivid products, except EchoPAC"),
    ("Zéphyr T", "Zéphyr (sauf Zéphyr T)"),
    ("IntelliVue MX750", "IntelliVue Patient Monitors MX (MX400-550)"),
    ("IntelliVue MX850", "IntelliVue Patient Monitors MX (MX400-550)"),
    ("Innova IGS 630", "Innova IGS 5x0"),
    ("", "Evita V500"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_same(one: str, other: str) -> None:
    assert similarity(one, other) >= SURE


@pytest.mark.parametrize(("one", "other"), POSSIBLE)
def test_possible(one: str, other: str) -> None:
    assert LIKELY <= similarity(one, other) < SURE


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different(one: str, other: str) -> None:
    assert similarity(one, other) < LIKELY


def test_the_maker_s_name_may_be_repeated() -> None:
    assert (
        similarity("Welch Allyn Connex Spot Monitor (CSM)", "Connex Spot Monitor", "Welch Allyn", "Welch Allyn") >= SURE
    )


@pytest.mark.parametrize(("one", "other"), [*SAME, *POSSIBLE, *DIFFERENT])
def test_it_is_symmetric(one: str, other: str) -> None:
    assert similarity(one, other) == similarity(other, one)


@pytest.mark.parametrize(("one", "other"), [*SAME, *POSSIBLE])
def test_what_is_alike_shares_a_key(one: str, other: str) -> None:
    left = {key for text in alternatives(one) for key in (*keys(name(text)), name(text).joined)}
    right = {key for text in alternatives(other) for key in (*keys(name(text)), name(text).joined)}
    assert left & right


def test_families_of_a_table() -> None:
    families = {"intellivue": ("mx800",)}
    assert in_family(name("IntelliVue"), name("MX800"), families)
    assert not in_family(name("IntelliVue"), name("MX900"), families)
    assert not in_family(name("IntelliVue MX700"), name("MX800"), families)


NAMES = st.text(alphabet="abcxyzMV05 -/()+", max_size=20)


@given(NAMES, NAMES)
def test_any_two_texts_have_a_probability(one: str, other: str) -> None:
    assert 0.0 <= similarity(one, other) == similarity(other, one) <= 1.0


@given(st.integers(1, 999), st.integers(1, 999))
def test_other_numbers_are_other_products(one: int, other: int) -> None:
    assert (similarity(f"Evita V{one}", f"Evita V{other}") >= LIKELY) == (one == other)


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("Flow 5 Gateway", "Flow 5"),
        ("Flow 5", "Flow 5 Gateway"),
        ("Passerelle Flow 5", "Flow 5"),
        ("BeneVision N17 Gateway", "BeneVision N17"),
        ("Flow 5 Neonatal", "Flow 5"),
        ("Perfusio 300 MRI", "Perfusio 300"),
        ("Flow 5 (IRM)", "Flow 5"),
        ("Flow 5 Defibrillator", "Flow 5"),
        ("Hamilton-C1 neo", "Hamilton-C1"),
        ("Imager X IRM", "Imager X"),
    ],
)
def test_what_says_more_than_the_name_is_likely_at_most(asked: str, named: str) -> None:
    assert LIKELY <= likeness(asked, named) < SURE


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("MX800 monitor", "MX800"),
        ("IntelliVue MX800", "MX800"),
        ("Moniteur MX800 (réa)", "MX800"),
        ("CareLink 2090", "CareLink 2090 Programmer"),
        ("Flow 5 système", "Flow 5"),
        ("FLOW5", "Flow 5"),
        ("Flow 5 Gateway", "Flow 5 Gateway"),
        ("Ondine U9 pump", "Ondine U9 infusion pump"),
    ],
)
def test_a_brand_before_the_number_a_kind_or_less_than_the_name_are_the_same(asked: str, named: str) -> None:
    assert likeness(asked, named) >= SURE
