import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygie.names import fields


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0050.56A1.2011", "00:50:56:a1:20:11"),
        ("00-50-56-a1-20-11", "00:50:56:a1:20:11"),
        (" 00:50:56:A1:20:11 ", "00:50:56:a1:20:11"),
        ("005056A12011", "00:50:56:a1:20:11"),
        ("005056-a12011", "00:50:56:a1:20:11"),
        ("0:50:56:a:1:2", "00:50:56:0a:01:02"),
        ("00:50:56:a1:20", None),
        ("00:50:56:a1:20:zz", None),
        ("", None),
    ],
)
def test_mac(text: str, expected: str | None) -> None:
    assert fields.mac(text) == expected


def test_several_addresses_in_a_cell() -> None:
    assert fields.macs("0050.56a1.2011 / 00-50-56-a1-20-12") == ["00:50:56:a1:20:11", "00:50:56:a1:20:12"]
    assert fields.macs("02:00:00:00:00:01; voir fiche") is None
    assert fields.ips("10.1.2.3 / 10.1.2.4") == ["10.1.2.3", "10.1.2.4"]
    assert fields.ips("10.1.2.3 et 10.1.2.4;10.1.2.3") == ["10.1.2.3", "10.1.2.4"]
    assert fields.ips("10.1.2.3/24") == ["10.1.2.3"]
    assert fields.ips("à voir") is None


def test_addresses() -> None:
    assert fields.ip("010.001.002.003") == "10.1.2.3"
    assert fields.ip("FE80::0001%eth0") == "fe80::1"
    assert fields.ip("10.1.2") is None
    assert fields.cidr("10.20.1.7 / 24") == "10.20.1.0/24"
    assert fields.cidr("10.20.1.0 255.255.254.0") == "10.20.0.0/23"
    assert fields.cidr("10.20.1.x") == "10.20.1.0/24"
    assert fields.cidr("10.20.1.0") is None
    assert fields.cidr("10.20.1.0/33") is None
    assert fields.host_name("PC-ACC-01.CH.example.") == "pc-acc-01.ch.example"
    assert fields.host_name("PC accueil") is None
    assert fields.host_name("10.1.2.3") is None
    assert fields.ae_title(" CT1HOST ") == "CT1HOST"
    assert fields.ae_title("X" * 17) is None
    assert fields.vlan("Vlan 020") == "20"
    assert fields.vlan("4095") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14/08/2026", "2026-08-14"),
        ("14/08/26", "2026-08-14"),
        ("14.8.1999", "1999-08-14"),
        ("01/02/85", "1985-02-01"),
        ("2026-08-14", "2026-08-14"),
        ("2026-08-14T10:00:00", "2026-08-14"),
        ("14/08/2026 10:00", "2026-08-14"),
        ("20260814", "2026-08-14"),
        ("43831", "2020-01-01"),
        ("14 août 2026", "2026-08-14"),
        ("1er février 2024", "2024-02-01"),
        ("Aug 14, 2026", "2026-08-14"),
        ("15-MAR-19", "2019-03-15"),
        ("15-FÉVR.-99", "1999-02-15"),
        ("1er mars 19", "2019-03-01"),
        ("15/mar/2019", "2019-03-15"),
        ("31-FEB-19", None),
        ("15-LOT-19", None),
        ("08/2026", "2026-08"),
        ("2019", "2019"),
        ("31/02/2026", None),
        ("29/02/2024", "2024-02-29"),
        ("voir dossier", None),
        ("99/99/9999", None),
    ],
)
def test_dates(text: str, expected: str | None) -> None:
    assert fields.date(text) == expected


def test_the_order_of_a_column_decides_what_a_date_means() -> None:
    assert fields.date_order(["03/04/2020", "12/25/2020"]) == "mdy"
    assert fields.date_order(["03/04/2020", "25/12/2020", "12/25/2020"]) == "dmy"
    assert fields.date_order([]) == "dmy"
    assert fields.date_order(["12/31/2015", "03/04/2016", "13/13/2020"]) == "mdy"
    assert fields.date_order(["12/31/2015", "11/30/2015", "25/12/2020"]) == "mdy"
    assert fields.date_order(["03/04/2020"], ["12/25/2020"]) == "mdy"
    assert fields.date_order(["25/04/2020"], ["12/25/2020", "12/26/2020"]) == "dmy"
    assert fields.date("03/04/2020", "mdy") == "2020-03-04"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 847,00", "1847"),
        ("1\u202f847,5 €", "1847.5"),
        ("1.847,50", "1847.5"),
        ("1,847.50", "1847.5"),
        ("12.5", "12.5"),
        ("1.234.567", "1234567"),
        ("-3", "-3"),
        ("gratuit", None),
    ],
)
def test_decimals(text: str, expected: str | None) -> None:
    assert fields.decimal(text) == expected


def test_numbers_that_name() -> None:
    assert fields.inventory("000123") == "000123"
    assert {fields.inventory(t) for t in ("BM-03503", "bm03503", "BM 03503")} == {"BM03503"}
    assert fields.inventory("2019-12") != fields.inventory("201-912")
    assert fields.inventory("N/A") is None
    assert fields.serial("S/N: ab 12") == "AB12"
    assert fields.serial("SN123") == "SN123"
    assert [fields.serial(t) for t in ("0000", "xxxx", "-", "inconnu", "?")] == [None] * 5


def test_words() -> None:
    classes = {
        "IIb": "IIb",
        "2b": "IIb",
        "Classe II a": "IIa",
        "III": "III",
        "Is": "I",
        "A": "IVDR A",
        "DIV C": "IVDR C",
    }
    assert {c: fields.ce_class(c) for c in classes} == classes
    assert fields.ce_class("II") is None
    assert fields.ce_class("DM DIV") == fields.ce_class("IVD") == "IVD"
    assert [fields.yes_no(t) for t in ("Oui", "x", "Non", "", "peut-être", "✓")] == [
        "yes",
        "yes",
        "no",
        None,
        None,
        "yes",
    ]
    assert fields.is_blank(" - ")
    assert fields.is_blank("Non renseigné")
    assert not fields.is_blank("0")
    assert not fields.is_blank("REF"), "réformé, in a status"
    assert all(fields.is_blank(text) for text in ("#REF!", "#N/A", "#VALEUR!", "#DIV/0!", "#NOM?", " #NAME? "))
    assert not any(fields.is_blank(text) for text in ("#12", "#REF 12", "Valeur", "VALUE"))
    assert fields.clean(" a\t\x00b\u200b  c ") == "a b c"
    assert fields.fold("N° d'Inventaire") == "n d inventaire"


@given(st.text(max_size=40))
def test_no_text_breaks_a_form(text: str) -> None:
    one = (fields.mac, fields.ip, fields.cidr, fields.host_name, fields.ae_title, fields.vlan, fields.inventory)
    more = (fields.serial, fields.date, fields.decimal, fields.ce_class, fields.yes_no, fields.clean)
    for form in (*one, *more):
        value = form(text)
        assert value is None or isinstance(value, str)
    assert fields.macs(text) is None or fields.macs(text)
    assert fields.ips(text) is None or fields.ips(text)


@given(st.dates(min_value=__import__("datetime").date(1950, 1, 1), max_value=__import__("datetime").date(2099, 12, 31)))
def test_a_date_is_the_same_in_every_writing(day: "__import__('datetime').date") -> None:  # type: ignore[valid-type]
    iso = day.isoformat()
    assert fields.date(iso) == iso
    assert fields.date(day.strftime("%d/%m/%Y")) == iso
    assert fields.date(day.strftime("%Y%m%d")) == iso
    serial = day.toordinal() - 693594
    assert fields.date(str(serial)) == iso


def test_whether_anything_tells_the_order_of_dates() -> None:
    assert fields.order_open(["03/04/2018", "11/12/2018"])
    assert fields.order_open(["3-4-18"])
    for texts in (
        ["03/04/2018", "13/04/2018"],
        ["03/13/2018"],
        ["04/04/2018"],
        ["2018-04-03"],
        ["03.04.2018"],
        ["x"],
        [],
    ):
        assert not fields.order_open(texts), texts
    assert not fields.order_open(["03/04/2018"], ["31/12/2020"])
