import itertools

import pytest

from hygie.model.evidence import Evidence, Trait
from hygie.names.maker import Makers, Table
from hygie.register.naming import Naming, version


def said(make: str, product: str) -> dict[Trait, list[Evidence]]:
    return {
        trait: [Evidence("r", "device:row=1", trait, value, value, "A1")]
        for trait, value in ((Trait.MANUFACTURER, make), (Trait.PRODUCT, product))
        if value
    }


def learnt(*rows: tuple[str, str], makers: Makers | None = None) -> Naming:
    naming = Naming(makers or Table())
    naming.learn(said(*row) for row in rows)
    return naming


def test_two_spellings_are_one_maker_shown_as_most_write_it() -> None:
    naming = learnt(
        ("Aldebert Médical", "Zéphyr 5"), ("Aldebert Médical", "Zéphyr 5"), ("ALDEBERT MEDICAL SAS", "ZEPHYR 5")
    )
    assert naming.key("ALDEBERT MEDICAL SAS") == naming.key("Aldebert Médical")
    assert naming.shown("ALDEBERT MEDICAL SAS") == "Aldebert Médical"
    assert naming.product("ALDEBERT MEDICAL SAS", "ZEPHYR 5") == "Zéphyr 5"


def test_a_short_form_is_the_longer_one_if_both_sell_the_same() -> None:
    rows = (("Quillane Cardio", "Veille M50"), ("Quillane", "Veille M50"), ("Quillane Optics", "Lampe"))
    for order in itertools.permutations(rows):
        naming = learnt(*order)
        assert naming.key("Quillane") == naming.key("Quillane Cardio")
        assert naming.key("Quillane Optics") != naming.key("Quillane")


def test_a_short_form_that_sells_something_else_stays_apart() -> None:
    naming = learnt(("Quillane Cardio", "Veille M50"), ("Quillane", "Chaise"))
    assert naming.key("Quillane") != naming.key("Quillane Cardio")


def test_the_table_of_makers_counts() -> None:
    makers = Table(spellings={"ge": ("GE HealthCare", 1.0), "ge healthcare": ("GE HealthCare", 1.0)})
    naming = learnt(("GE", "Venue"), makers=makers)
    assert naming.key("GE") == naming.key("GE Healthcare")
    assert naming.shown("GE") == "GE HealthCare"


def test_the_makers_name_before_the_product_is_no_part_of_it() -> None:
    naming = learnt(("Norvane Imaging", "Lumira CT"))
    assert naming.product_key("Norvane Imaging", "NORVANE IMAGING Lumira CT") == "lumira ct"
    assert naming.product_key("Norvane Imaging", "Norvane Imaging") == "norvane imaging"
    assert naming.key("") == ""


@pytest.mark.parametrize(
    ("text", "number"), [("V 3.2", "3.2"), ("version 4", "4"), ("VA20B", "VA20B"), ("v8.1", "8.1"), ("", "")]
)
def test_versions_without_the_word_before(text: str, number: str) -> None:
    assert version(text) == number
