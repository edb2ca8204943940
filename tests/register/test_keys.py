import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygie.register import keys


def test_inventory_numbers_keep_their_zeros() -> None:
    assert keys.inventory(" bm 000123 ") == "BM 000123"
    assert keys.inventory("000000") == "000000"
    assert keys.inventory("0") == "0"


@pytest.mark.parametrize("text", ["", " ", "N/A", "n.c.", "inconnu", "-", "?", "XXXX", "néant", "Non renseigné"])
def test_words_for_nothing_are_no_key(text: str) -> None:
    assert keys.inventory(text) == ""
    assert keys.serial(text) == ""


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("SN: 12-34 ab", "1234AB"),
        ("S/N 0012345", "0012345"),
        ("SN12345X", "SN12345X"),
        ("0000000", ""),
        ("12", ""),
        ("123456", ""),
        ("ABCDEF", ""),
        ("nv-ct-5518", "NVCT5518"),
    ],
)
def test_serial(text: str, normal: str) -> None:
    assert keys.serial(text) == normal


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("00:1B:0D:A1:20:FD", "00:1b:0d:a1:20:fd"),
        ("02:00:00:00:00:01", "02:00:00:00:00:01"),
        ("00:00:0c:9f:f0:01", ""),
        ("00:00:5e:00:01:0a", ""),
        ("01:00:5e:00:00:fb", ""),
        ("ff:ff:ff:ff:ff:ff", ""),
        ("00:00:00:00:00:00", ""),
        ("10.1.2.3", ""),
        ("", ""),
    ],
)
def test_mac_of_routers_and_groups_names_no_device(text: str, normal: str) -> None:
    assert keys.mac(text) == normal


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("CT1-Host.ch.example.", "ct1-host"),
        ("localhost", ""),
        ("raspberrypi", ""),
        ("PC-01", ""),
        ("printer2", ""),
        ("pc-imagerie-03", "pc-imagerie-03"),
        ("10.1.2.3", ""),
        ("fe80::1", ""),
        ("", ""),
    ],
)
def test_host_names_from_the_factory_name_no_device(text: str, normal: str) -> None:
    assert keys.host(text) == normal


def test_titles_that_products_come_with_name_no_device() -> None:
    assert keys.title(" ct1host ") == "CT1HOST"
    assert keys.title("STORESCP") == ""


@given(st.text(), st.text(), st.text())
def test_the_id_of_a_pair_holds_its_keys(site: str, one: str, other: str) -> None:
    about = keys.pair(site, one, other)
    assert about == keys.pair(site, other, one)
    assert keys.parse_pair(about) == (site, *sorted((one, other)))


def test_other_ids_are_no_pairs() -> None:
    assert keys.parse_pair("function:ventilator") is None
    assert keys.parse_pair("link:a|b") is None


def test_ids_differ_by_site() -> None:
    assert keys.stable("D", "a", "inv=1") != keys.stable("D", "b", "inv=1")
    assert keys.stable("D", "a", "inv=1") == keys.stable("D", "a", "inv=1")
    assert len(keys.stable("D", "a", "inv=1")) == 12


def test_a_makers_address_comes_before_one_that_software_chose() -> None:
    assert min(["02:00:00:00:00:01", "f8:b1:56:30:30:23"], key=keys.mac_order) == "f8:b1:56:30:30:23"
