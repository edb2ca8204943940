from operator import attrgetter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hygie.model.fleet import Binding, Device, Flow, Zone
from hygie.store.expression import choose, compiled, kinds

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


@given(st.text(max_size=40))
@example("name = x; DROP TABLE zone")
def test_nothing_from_outside_becomes_a_clause(expression: str) -> None:
    try:
        clause = compiled(expression, kinds(Zone))
    except ValueError as error:
        assert str(error.args[0]).startswith("expression.")
    else:
        assert not set(clause.text) - set('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"()?=<>!, ')
