import pytest

from hygie.names.designations import named, numbers, titled


@pytest.mark.parametrize(
    ("product", "version", "names"),
    [
        ("InTouch ICU Bed (with Wireless)", "2131 and 2141", ("2131 InTouch ICU Bed", "2141 InTouch ICU Bed")),
        ("Carestation", "620 | 650 | 650c", ("620 Carestation", "650 Carestation", "650c Carestation")),
        ("MiniMed 620G", "MMT-1710", ("MMT-1710 MiniMed 620G",)),
        ("FCR Capsula X", "CR-IR 357", ("CR-IR 357", "CR-IR 357 FCR Capsula X")),
        ("Sigma Spectrum", "v8.x model 35700BAX2", ("35700BAX2 Sigma Spectrum",)),
        ("Gemini Family", "882412 GEMINI LXL", ("882412 GEMINI LXL", "882412 GEMINI LXL Gemini Family")),
    ],
)  # fmt: skip
def test_models_in_place_of_versions(product: str, version: str, names: tuple[str, ...]) -> None:
    assert named(product, version) == names


def test_a_name_stands_alone_where_the_product_is_a_heading() -> None:
    assert "Accu-Chek Inform II" in named("Point of Care handheld medical devices", "Accu-Chek Inform II")
    assert "Amingo" in named("Aisys", "CS2  Avance | Amingo | Avance CS2")


@pytest.mark.parametrize(
    "version",
    [
        "", "3.2", "<3.0", "vers:all/*", "2.3.6 and below", "BT03 | BT04", "D25", "5.x.x", "HD 16 | HD23", "8", "N",
        "2nd Edition", "< august 28", "2019", "Rev B-M", "1.1.3 MR Build 11", "all", "unknown",
        "Windows 10 Professional Operating System U.S. release", "Version A, Firmware A.03.09",
        "with wireless option (shipped between 2016-August 2018)", "x" * 300,
    ],
)  # fmt: skip
def test_versions_name_no_product(version: str) -> None:
    assert named("Pump 7", version) == ()


def test_numbers_of_models_are_whole_and_no_years() -> None:
    assert numbers("24950 | 24952")
    assert not numbers("2021")
    assert not numbers("10.11")
    assert not numbers("12")
    assert not numbers("1" * 300)


@pytest.mark.parametrize(
    ("product", "title", "name"),
    [
        ("Version", "Philips Alice 6 Vulnerabilities (Update B)", "Alice 6"),
        ("All versions", "ICSMA-17-009-01A_Philips Merlin Vulnerability (Update A)", "Merlin"),
        ("Device", "Security Advisory: Philips Vulnerabilities", ""),
        ("Pump 7", "Philips Alice 6 Vulnerabilities", ""),
        ("Monitor", "Philips Alice 6 Vulnerabilities", ""),
        ("Version", "", ""),
        ("Version", "Alice " * 100, ""),
    ],
)
def test_the_title_names_the_product_where_the_text_names_none(product: str, title: str, name: str) -> None:
    assert titled(product, title, "Philips") == name
