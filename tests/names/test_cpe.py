r"""Examples of NISTIR 7695 (sections 6.1, 6.2) and relations of NISTIR 7696 (table 6-2)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygie.names import cpe
from hygie.names.cpe import Cpe, Relation, formatted, parse, relate, uri

BINDINGS = [
    (
        "cpe:2.3:a:microsoft:internet_explorer:8.0.6001:beta:*:*:*:*:*:*",
        "cpe:/a:microsoft:internet_explorer:8.0.6001:beta",
    ),
    ("cpe:2.3:a:microsoft:internet_explorer:8.*:sp?:*:*:*:*:*:*", "cpe:/a:microsoft:internet_explorer:8.%02:sp%01"),
    (
        "cpe:2.3:a:hp:insight_diagnostics:7.4.0.1570:-:*:*:online:win2003:x64:*",
        "cpe:/a:hp:insight_diagnostics:7.4.0.1570:-:~~online~win2003~x64~",
    ),
    (
        "cpe:2.3:a:hp:openview_network_manager:7.51:*:*:*:*:linux:*:*",
        "cpe:/a:hp:openview_network_manager:7.51::~~~linux~~",
    ),
    (
        r"cpe:2.3:a:foo\\bar:big\$money_2010:*:*:*:*:special:ipod_touch:80gb:*",
        "cpe:/a:foo%5cbar:big%24money_2010:::~~special~ipod_touch~80gb~",
    ),
]


@pytest.mark.parametrize(("text", "address"), BINDINGS)
def test_bindings(text: str, address: str) -> None:
    name = parse(text)
    assert formatted(name) == text
    assert uri(name) == address
    assert parse(address) == name


@pytest.mark.parametrize(
    "text", ["", "cpe:", "cpe:2.3:a:b", "cpe:2.3:x:b:c:d", "cpe:/q:b", "cpe:/a:b%99", "cpe:/a:b:c:d:e:~a:f", "http://x"]
)
def test_what_is_no_name_is_told(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parse(text)


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("*", "*", Relation.EQUAL),  # 1
        ("*", "-", Relation.SUPERSET),  # 2
        ("*", "x", Relation.SUPERSET),  # 3
        ("*", "x*", Relation.UNDEFINED),  # 4
        ("-", "*", Relation.SUBSET),  # 5
        ("-", "-", Relation.EQUAL),  # 6
        ("-", "x", Relation.DISJOINT),  # 7
        ("-", "x*", Relation.UNDEFINED),  # 8
        ("x", "x", Relation.EQUAL),  # 9
        ("x", "y", Relation.DISJOINT),  # 10
        ("x", "x*", Relation.UNDEFINED),  # 11
        ("x", "-", Relation.DISJOINT),  # 12
        ("x", "*", Relation.SUBSET),  # 13
        ("8.*", "8.1", Relation.SUPERSET),  # 14
        ("8.*", "9.1", Relation.DISJOINT),  # 14
        ("sp?", "sp1", Relation.SUPERSET),  # 14
        ("x*", "*", Relation.SUBSET),  # 15
        ("x*", "-", Relation.DISJOINT),  # 16
        ("x*", "y*", Relation.UNDEFINED),  # 17
    ],
)
def test_relations(source: str, target: str, expected: Relation) -> None:
    assert relate(source, target) is expected


def test_name_comparison() -> None:
    wide, narrow = parse("cpe:2.3:a:adobe:*:9.*:*:*:*:*:*:*:*"), parse("cpe:2.3:a:adobe:reader:9.3.2:-:*:*:*:*:*:*")
    assert cpe.is_superset(wide, narrow)
    assert not cpe.is_subset(wide, narrow)
    assert not cpe.is_equal(wide, narrow)
    assert cpe.is_equal(wide._replace(version="9"), wide._replace(version="9"))
    assert cpe.is_disjoint(parse("cpe:2.3:o:adobe:reader"), narrow)


def test_three_values() -> None:
    assert cpe.matches("*", "x") is True
    assert cpe.matches("x", "y") is False
    assert cpe.matches("x", "*") is None
    assert cpe.matches("-", "x") is False


def test_quoting() -> None:
    assert cpe.quote("Big $ money") == r"big_\$_money"
    assert cpe.plain(cpe.quote("6.0(2)A6")) == "6.0(2)a6"
    assert (cpe.quote(""), cpe.plain("*"), cpe.plain("-")) == ("*", "", "")


def test_a_quoted_colon_divides_nothing() -> None:
    assert parse(r"cpe:2.3:a:x:a\:b:1").product == r"a\:b"


VALUES = st.text(alphabet="abz09._-!$+(:~ ", min_size=1, max_size=8).filter(lambda v: v.strip()).map(cpe.quote)


@given(VALUES, VALUES, VALUES, st.sampled_from(["*", "-", "sp1"]), st.sampled_from(["*", "linux"]))
def test_both_bindings_keep_a_name(vendor: str, product: str, version: str, update: str, target: str) -> None:
    name = Cpe("a", vendor, product, version, update, target_sw=target)
    assert parse(formatted(name)) == name
    assert parse(uri(name)) == name


@given(st.text(max_size=60))
def test_any_text_is_a_name_or_told(text: str) -> None:
    for prefix in ("cpe:2.3:", "cpe:/", ""):
        try:
            assert parse(prefix + text).part
        except ValueError as error:
            assert str(error)
