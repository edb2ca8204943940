from typing import NamedTuple

import pytest

from hygie.names.maker import NONE, Table, fold, fold_maker, index, maker, reachable, related, same_key, shown
from hygie.names.product import SURE


class Tied(NamedTuple):
    other: str
    probability: float


TABLE = Table(
    spellings={
        "Philips": ("Philips", 1.0),
        "Phillips": ("Philips", 0.99),
        "Respironics": ("Respironics", 1.0),
        "Dräger": ("Dräger", 1.0),
        "Draeger": ("Dräger", 0.99),
    },
    ties={"Philips": (Tied("Respironics", 0.95),), "Respironics": (Tied("Philips", 0.95),)},
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Dräger Médical SAS", "drager medical sas"),
        ("B. Braun Melsungen AG", "b braun melsungen ag"),
        ("G.E. Healthcare", "ge healthcare"),
        ("BD Alaris™ Pump®", "bd alaris pump"),
        ("BD Alarisâ„¢ Pump", "bd alaris pump"),
        ("L'Œuvre", "loeuvre"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Aldebert Médical SAS", "aldebert medical"),
        ("Fresenius Kabi France", "fresenius kabi"),
        ("Becton, Dickinson and Company", "becton dickinson"),
        ("GmbH", "gmbh"),
    ],
)
def test_legal_forms_and_countries_fall_away(text: str, folded: str) -> None:
    assert fold_maker(text) == folded


def test_known_spellings_and_typing_errors() -> None:
    assert maker("PHILIPS N.V.", TABLE) == ("Philips", 1.0)
    assert maker("Phillips", TABLE) == ("Philips", 0.99)
    assert maker("Respironcs", TABLE) == ("Respironics", 0.9)


def test_an_unknown_maker_is_itself() -> None:
    assert maker("Perfalys S.A.S.", TABLE) == ("Perfalys", 1.0)
    assert maker("", TABLE) == ("", 0.0)
    assert shown("Norvane Imaging, Inc.") == "Norvane Imaging"


def test_ties_are_less_than_the_same_name() -> None:
    assert related("Philips", "Philips", TABLE) == 1.0
    assert related("Philips", "Respironics", TABLE) == related("Respironics", "Philips", TABLE) == 0.95
    assert related("Philips", "Dräger", TABLE) == 0.0


def test_words_of_trade_may_be_left_out() -> None:
    assert same_key("Quillane Systems") == same_key("QUILLANE") == "quillane"
    assert 0.9 <= related("Quillane", "Quillane Systems", NONE) < 1.0


def test_what_can_be_reached() -> None:
    assert reachable("Philips", TABLE) == {"philips": 1.0, "respironics": 0.95}


def test_each_table_is_folded_once() -> None:
    assert index(TABLE) is index(TABLE)
    assert index(TABLE).folded["drager"] == ("Dräger", 1.0)
    assert index(NONE).folded == {}


def test_a_supplier_s_number_is_no_part_of_the_name() -> None:
    assert maker("0123 - PHILIPS", TABLE) == maker("Philips (0123)", TABLE) == ("Philips", 1.0)
    assert maker("3B Medical", TABLE)[0] == "3B Medical"
    assert maker("4711", TABLE) == ("4711", 1.0)


def test_two_makers_that_hang_together_are_the_first() -> None:
    assert maker("PHILIPS RESPIRONICS", TABLE)[0] == "Philips"
    assert maker("Respironics Phillips", TABLE)[0] == "Respironics"
    assert maker("Philips Dräger", TABLE) == ("Philips Dräger", 1.0)


def test_a_name_cut_short_means_the_one_that_begins_so_and_is_not_sure() -> None:
    table = Table(
        spellings={
            "Boston Scientific": ("Boston Scientific", 1.0),
            "Fresenius Kabi": ("Fresenius Kabi", 1.0),
            "Fresenius Medical Care": ("Fresenius Medical Care", 1.0),
            "Fresenius Kidney": ("Fresenius Medical Care", 0.99),
        }
    )
    name, probability = maker("BOSTON SC", table)
    assert (name, probability < SURE) == ("Boston Scientific", True)
    assert maker("FRESENIUS K", table)[0] == "FRESENIUS K"
    assert maker("BOSTON X", table)[0] == "BOSTON X"


def test_and_in_any_language_joins() -> None:
    table = Table(spellings={"Johnson & Johnson": ("Johnson & Johnson", 1.0)})
    assert maker("JOHNSON ET JOHNSON", table) == maker("Johnson und Johnson", table) == ("Johnson & Johnson", 1.0)
