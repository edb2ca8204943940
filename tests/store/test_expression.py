from operator import attrgetter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hygie.model.fleet import Binding, Device, Flow, Zone
from hygie.names.fields import fold
from hygie.store.expression import Words, choose, compiled, kinds

ZONES = [
    Zone("Z1", "local", "Imagerie", "10.1.0.0/24", "10", "medical", "plan"),
    Zone("Z2", "local", 'O\'Brien "x"', "10.2.0.0/24", "20", "", "plan"),
    Zone("Z3", "north", "Imagerie", "10.1.0.0/24", "10", "medical", "plan"),
]


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("name = imagerie", ["Z1", "Z3"]),
        ("name = imagerie and site=local", ["Z1"]),
        ("name ~ IMAG or vlan = 20", ["Z1", "Z2", "Z3"]),
        ("not (name ~ imag)", ["Z2"]),
        ("not name ~ imag and vlan = 20 or site = north", ["Z2", "Z3"]),
        ("name = 'o''brien \"x\"'", ["Z2"]),
        ('name = "O\'Brien ""x"""', ["Z2"]),
        ("use != medical", ["Z2"]),
        ("vlan >= 15", ["Z2"]),
        ('name = "x\' OR 1=1 --"', []),
    ],
)
def test_expressions_choose_rows(expression: str, found: list[str]) -> None:
    columns = tuple(kinds(Zone))
    rows = [attrgetter(*columns)(zone) for zone in ZONES]
    assert [row[0] for row in choose(columns, kinds(Zone), rows, expression)] == found
    assert choose(columns, kinds(Zone), [], expression) == []


def test_several_values_and_fixed_words() -> None:
    assert compiled("macs = 02:00:00:00:00:01", kinds(Device)).values == ('"02:00:00:00:00:01"',)
    assert compiled("connectable = yes", kinds(Device))[:2] == ('(lower("connectable") = lower(?))', ("yes",))


def test_numbers_compare_as_numbers() -> None:
    assert compiled("port < 1024", kinds(Flow))[:2] == ('("port" < TRY_CAST(? AS DOUBLE))', ("1024",))
    assert compiled("first > 5", kinds(Binding)).values == ("5",)


@pytest.mark.parametrize(
    ("expression", "key"),
    [
        ("", "expression.field"),
        ("nothing = 1", "expression.field"),
        ('"name" = 1', "expression.field"),
        ("name", "expression.operator"),
        ("name =", "expression.value"),
        ("name = a b", "expression.rest"),
        ("(name = a", "expression.closing"),
        ("name = a )", "expression.rest"),
        ("name = ! a", "expression.character"),
        ("(" * 60 + "name = a", "expression.deep"),
    ],
)
def test_what_is_wrong_is_told(expression: str, key: str) -> None:
    with pytest.raises(ValueError, match=key):
        compiled(expression, kinds(Zone))


USE = Words({"medical": ("medical", "biomedical"), "guests": ("guests", "invites")}, fold)
SIZE = Words({"10": ("10", "petit"), "15": ("15", "moyen"), "20": ("20", "grand")}, fold, ordered=True)


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("use = Biomédical", ["Z1", "Z3"]),
        ("use = MEDICAL and not name = x", ["Z1", "Z3"]),
        ("use != biomédical", ["Z2"]),
        ("use = invités", []),
        ("use = ''", ["Z2"]),
        ("use ~ medic", ["Z1", "Z3"]),
        ("vlan >= moyen", ["Z2"]),
        ("vlan < Grand", ["Z1", "Z3"]),
        ("vlan < petit", []),
        ("not vlan < petit", ["Z1", "Z2", "Z3"]),
    ],
)
def test_listed_words_may_be_spoken(expression: str, found: list[str]) -> None:
    columns = tuple(kinds(Zone))
    rows = [attrgetter(*columns)(zone) for zone in ZONES]
    told = choose(columns, kinds(Zone), rows, expression, {"use": USE, "vlan": SIZE})
    assert [row[0] for row in told] == found


def test_listed_words_of_several_values() -> None:
    words = {"missing": Words({"version": ("version",), "ward": ("ward", "service")}, fold)}
    assert compiled("missing = service", kinds(Device), words).values == ('"ward"',)


@pytest.mark.parametrize(
    ("expression", "key"),
    [
        ("use = zork", "expression.word"),
        ("use ~ zork", "expression.word"),
        ("use ~ '-'", "expression.word"),
        ("use > medical", "expression.order"),
        ("vlan > zork", "expression.word"),
    ],
)
def test_a_word_that_is_none_is_told_with_its_column(expression: str, key: str) -> None:
    with pytest.raises(ValueError, match=key) as error:
        compiled(expression, kinds(Zone), {"use": USE, "vlan": SIZE})
    assert error.value.args[-1] in ("column=use", "column=vlan")
    assert f"place={1 + expression.rindex(' ') + 1}" in error.value.args


def test_a_number_that_is_none_is_told() -> None:
    for wrong in ("port = http", "port > 1e", "port = '0x50'", "port = '1' and port = 2.2.2"):
        with pytest.raises(ValueError, match=r"expression\.number"):
            compiled(wrong, kinds(Flow))
    assert compiled("port > 0,5", kinds(Flow)).values == ("0.5",)


@given(st.text(max_size=40))
@example("name = x; DROP TABLE zone")
def test_nothing_from_outside_becomes_a_clause(expression: str) -> None:
    try:
        clause = compiled(expression, kinds(Zone))
    except ValueError as error:
        assert str(error.args[0]).startswith("expression.")
    else:
        assert not set(clause.text) - set('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"()?=<>!, ')
