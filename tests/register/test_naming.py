import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygie.facts.makers import FAMILIES
from hygie.facts.makers import makers as the_table
from hygie.match.naming import Naming as Matching
from hygie.model.evidence import Evidence, Trait
from hygie.names.maker import STEM, Makers, Table, fold
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
    assert naming.product_key("Norvane Imaging", "NORVANE IMAGING Lumira CT") == naming.product_key(
        "Norvane Imaging", "Lumira CT"
    )
    assert naming.spelt(naming.product_key("Norvane Imaging", "Norvane Imaging")) == "norvane imaging"
    assert naming.key("") == ""


SPELLINGS = (
    ("ELI 380", "ELI380", "ELI-380", "eli_380"),
    ("CMS-8000", "CMS8000", "CMS 8000"),
    ("VUE PACS", "VuePACS", "Vue-PACS"),
    ("FM20/30", "FM20/FM30"),
)


@pytest.mark.parametrize("spellings", SPELLINGS)
def test_spellings_of_a_product_have_one_key_whatever_their_order(spellings: tuple[str, ...]) -> None:
    for order in itertools.permutations(spellings):
        naming = learnt(*(("Norvane", product) for product in order))
        (key,) = {naming.product_key("Norvane", product) for product in order}
        assert naming.spelt(key) == max((fold(p) for p in order), key=lambda text: (text.count(" "), text))


@pytest.mark.parametrize(
    ("one", "other"), [("Link", "Link+"), ("X 1 2", "X 12"), ("MX400", "MX400-MX850"), ("MX", "MX400-MX850")]
)
def test_products_that_only_look_alike_have_two_keys(one: str, other: str) -> None:
    naming = learnt(("Norvane", one), ("Norvane", other))
    assert naming.product_key("Norvane", one) != naming.product_key("Norvane", other)


WRITTEN = st.text(alphabet="AaBb12 -+/_.()", min_size=1, max_size=7)


@given(st.lists(WRITTEN, min_size=2, max_size=4))
def test_what_is_shown_alike_has_one_key(products: list[str]) -> None:
    naming = learnt(*(("Norvane", product) for product in products))
    keys: dict[str, set[str]] = {}
    for product in products:
        keys.setdefault(naming.product("Norvane", product), set()).add(naming.product_key("Norvane", product))
    assert all(len(found) == 1 for found in keys.values())


KNOWN = Table(spellings={"philips": ("Philips", 1.0), "ge": ("GE HealthCare", 1.0), "quillane": ("Quillane", 1.0)})


def test_a_maker_of_the_table_is_never_taken_for_one_that_it_does_not_know() -> None:
    naming = learnt(("PHILIPS", "MX550"), ("PHILIPS", "VUE PACS"), ("PHILIPS SYST MEDICAUX", "MX550"), makers=KNOWN)
    assert naming.key("PHILIPS") == "philips" == naming.key("PHILIPS SYST MEDICAUX")
    assert naming.shown("PHILIPS") == "Philips"
    assert naming.shown("PHILIPS SYST MEDICAUX") == "PHILIPS SYST MEDICAUX", "advisories are found by the name"


def test_two_makers_of_the_table_stay_two() -> None:
    makers = Table(spellings={**KNOWN.spellings, "quillane optics": ("Quillane Optics", 1.0)})
    naming = learnt(("Quillane", "Zoom"), ("Quillane Optics", "Zoom"), makers=makers)
    assert naming.key("Quillane") != naming.key("Quillane Optics")


def test_many_odd_spellings_go_to_the_maker_of_the_table_whatever_their_order() -> None:
    rows = (("GE", "B450"), ("GE MED SYST", "B450"), ("GE MED SYST FRANCE NORD", "B450"), ("GE BUC", "B450"))
    for order in itertools.permutations(rows):
        naming = learnt(*order, makers=KNOWN)
        assert {naming.key(make) for make, _ in rows} == {naming.key("GE")}


def test_products_that_a_plus_tells_apart_keep_their_own_names() -> None:
    naming = learnt(("Norvane", "LINK+"), ("Norvane", "Link"), ("Norvane", "Link"), ("Norvane", "LINK +"))
    assert naming.product("Norvane", "LINK+") in ("LINK+", "LINK +")
    assert naming.product("Norvane", "LINK") == "Link"


MAKES = (
    "PHILIPS", "Philips Medical Systems", "PHILIPS SYST MEDICAUX", "PHILIPS FRANCE COMMERCIAL", "DRÄGER",
    "DRAGER MED.", "HAMILTON", "HAMILTON MED", "BAXTER", "BAXTER GAMBRO RENAL", "FRESENIUS KABI FRANCE",
    "FRESENIUS KABI VIAL", "VALLEYLAB", "COVIDIEN MEDTRONIC", "GE", "GE DEVICES", "Quillane", "Quillane Systems",
    "QUILLANE SYSTEMS SAS", "Quillane Optics",
)  # fmt: skip
PRODUCTS = (
    "MX550",
    "mx 550",
    "MX-550",
    "Link+",
    "LINK",
    "LINK +",
    "T1",
    "Vivid E95 / E90",
    "VIVID E95-E90",
    "Philips T1",
)
ROW = st.tuples(st.sampled_from(MAKES), st.sampled_from(PRODUCTS))


@given(st.lists(ROW, min_size=1, max_size=6), st.lists(ROW, max_size=6))
def test_a_further_row_never_takes_away_what_the_others_are_found_by(
    rows: list[tuple[str, str]], more: list[tuple[str, str]]
) -> None:
    matching = Matching(the_table(), FAMILIES)
    alone, together = learnt(*rows, makers=the_table()), learnt(*rows, *more, makers=the_table())
    for row in rows:
        one, other = [(naming.shown(row[0]), naming.product(*row)) for naming in (alone, together)]
        for make, product in itertools.product(MAKES, PRODUCTS):
            said = (matching.same(one, (make, product), True), matching.same(other, (make, product), True))
            least = 1.0 if one[0] == other[0] else STEM
            assert said[1] >= said[0] * least - 1e-9, (one, other, make, product)
            assert one[0] == other[0] or not alone.known(row[0]), "a maker of the table is always called the same"


@pytest.mark.parametrize(
    ("text", "number"), [("V 3.2", "3.2"), ("version 4", "4"), ("VA20B", "VA20B"), ("v8.1", "8.1"), ("", "")]
)
def test_versions_without_the_word_before(text: str, number: str) -> None:
    assert version(text) == number
