from hygie.match.naming import NameIndex, Naming
from hygie.names.product import LIKELY, SURE
from match.making import naming


def test_makers_and_products_together() -> None:
    names = naming()
    assert names.same(("Philips Medical Systems", "IntelliVue MX800"), ("Phillips", "IntelliVue MX800")) > 0.9
    assert names.same(("Dräger", "Evita V500"), ("Philips", "Evita V500")) == 0.0
    assert (
        names.same(("Welch Allyn", "Connex Spot Monitor"), ("Baxter", "Welch Allyn Connex Spot Monitor (CSM)")) >= 0.9
    )
    assert 0.75 <= names.same(("", "Evita V500"), ("Dräger", "Evita V500")) < 0.9
    assert names.same(("Dräger", ""), ("Dräger", "Evita V500")) == 0.0


def test_families_of_the_table_are_possible() -> None:
    assert 0.75 <= naming().same(("GE HealthCare", "B650"), ("GE HealthCare", "CARESCAPE")) < 0.9


def test_the_index_finds_what_a_comparison_of_all_pairs_finds() -> None:
    names = naming()
    records = [
        ("Philips", "IntelliVue patient monitor MX400-MX850"),
        ("Philips", "IntelliVue Patient Monitors MX series"),
        ("Phillips", "IntelliSpace Portal 7.0.x"),
        ("Baxter", "Welch Allyn Connex Spot Monitor (CSM)"),
        ("GE Healthcare", "Clinical Information Center (CIC)"),
        ("Dräger", "Infinity Delta"),
        ("philips", "intellivue_mx800_firmware"),
        ("Acme", "Pump 7"),
        ("Acme Medical", "Pump 7"),
    ]
    asked = [
        ("Philips", "IntelliVue MX800"),
        ("Welch Allyn", "Connex Spot Monitor"),
        ("GE Medical Systems", "CIC"),
        ("Draeger", "Infinity Delta XL"),
        ("ACME", "Pump 7"),
        ("Acme", "Pump 9"),
    ]
    index = NameIndex(names, records)
    for make, product in asked:
        slow = {record: names.same((make, product), record) for record in records}
        assert dict(index.find(make, product)) == {record: p for record, p in slow.items() if p > 0.0}


def test_without_a_table_names_are_compared_as_they_stand() -> None:
    assert Naming().same(("Acme SAS", "Pump 7"), ("ACME", "pump 7")) == 1.0


def test_another_writing_is_found_only_where_it_is_asked_for() -> None:
    names = [("Philips", "Ultrasound CX")]
    ((name, probability),) = NameIndex(naming(), names, wide=True).find("PHILIPS", "CX 50")
    assert name == names[0]
    assert LIKELY <= probability < SURE
    assert NameIndex(naming(), names).find("PHILIPS", "CX 50") == ()


def test_a_maker_s_name_may_be_begun_or_continued() -> None:
    index = NameIndex(naming(), [("Fresenius Kabi", "Agilia Link+"), ("BD", "Rowa Pouch")], wide=True)
    assert [probability < SURE for _, probability in index.find("FRESENIUS", "AGILIA LINK+")] == [True]
    assert [name for name, _ in index.find("BD ROWA", "ROWA POUCH")] == [("BD", "Rowa Pouch")]
    assert index.find("B", "ROWA POUCH") == ()


def test_a_family_of_the_table_is_one_beside_its_maker_s_name() -> None:
    index = NameIndex(naming(), [("Baxter", "Baxter Spectrum")])
    assert index.find("BAXTER", "35700BAX2")


def test_a_misspelt_name_is_found_where_another_writing_is() -> None:
    names = [("Philips", "IntelliVue patient monitor MP2-MP90"), ("GE", "LOGIQ E9"), ("Baxter", "Phoenix System")]
    for make, text in (("PHILIPS", "INTELIVUE MP70"), ("GE", "LOGIC E9"), ("BAXTER", "PHENIX")):
        ((_, probability),) = NameIndex(naming(), names, wide=True).find(make, text)
        assert LIKELY * 0.9 < probability < SURE
        assert NameIndex(naming(), names).find(make, text) == ()
