from hygie.facts.makers import makers
from hygie.model.evidence import Evidence, Trait
from hygie.names.maker import Table
from hygie.register import NAMING, expected


def said(row: int, **values: str) -> list[Evidence]:
    return [
        Evidence("r", f"device:row={row}", Trait(trait), value, value, f"A{row}") for trait, value in values.items()
    ]


def test_names_are_those_that_the_register_shows() -> None:
    rows = [
        *said(1, manufacturer="ALDEBERT MEDICAL SAS", product="ZEPHYR 5"),
        *said(2, manufacturer="Aldebert Médical", product="Zéphyr 5"),
        *said(3, manufacturer="Aldebert Médical", product="Aldebert Zéphyr 5"),
        *said(4, manufacturer="Aldebert Médical", commercial_name="Bise", model_number="B-12"),
    ]
    assert expected(rows, Table()) == expected(rows[::-1], Table())
    assert expected(rows, Table()) == [
        ("Aldebert Médical", "B-12"),
        ("Aldebert Médical", "Bise"),
        ("Aldebert Médical", "Zéphyr 5"),
    ]


def test_a_known_maker_has_its_usual_name() -> None:
    assert expected(said(1, manufacturer="PHILIPS HEALTHCARE", product="IntelliVue MX800"), makers()) == [
        ("Philips", "IntelliVue MX800")
    ]


def test_half_a_name_is_none() -> None:
    assert expected([*said(1, manufacturer="Aldebert"), *said(2, product="Zéphyr 5")], Table()) == []
    assert expected([], Table()) == []
    assert {Trait.MANUFACTURER, Trait.PRODUCT} < set(NAMING)
