import pytest

from register.hospital import Hospital

MAC = "00:1b:0d:00:00:01"


def against(h: Hospital) -> list[tuple[str, str, str, str]]:
    return [(c.trait, c.one, c.other, c.reason) for c in h.register().contradictions]


def test_observed_and_declared_stay_apart() -> None:
    h = Hospital()
    h.gmao("BM1", mac=MAC, manufacturer="Norvane", product="Lumira CT", version="6.4")
    h.seen(MAC, "10.1.1.5", manufacturer="Perfalys", product="Relais", version="7.0")
    assert against(h) == [
        ("manufacturer", "Norvane", "Perfalys", "contradiction.observed.manufacturer"),
        ("product", "Lumira CT", "Relais", "contradiction.observed.product"),
        ("software_version", "7.0", "6.4", "contradiction.observed.software_version"),
    ]


@pytest.mark.parametrize(
    ("declared", "observed"), [("6.4", "6.4.2"), ("V6.4", "6.4"), ("6.4-b", "6.4")], ids=["longer", "word", "build"]
)
def test_a_version_that_goes_on_contradicts_nothing(declared: str, observed: str) -> None:
    h = Hospital()
    h.gmao("BM1", mac=MAC, version=declared)
    h.seen(MAC, "10.1.1.5", version=observed)
    assert against(h) == []


def test_a_version_that_begins_alike_is_another() -> None:
    h = Hospital()
    h.gmao("BM1", mac=MAC, version="6.4")
    h.seen(MAC, "10.1.1.5", version="6.41")
    assert [row[0] for row in against(h)] == ["software_version"]


def test_spellings_contradict_nothing() -> None:
    h = Hospital()
    h.gmao("BM1", manufacturer="Aldebert Médical", product="Zéphyr 5", serial="AZ5-7301", ward="Réanimation")
    h.gmao(
        "BM1", name="xlsx", manufacturer="ALDEBERT MEDICAL", product="ZEPHYR-5", serial="az5 7301", ward="REANIMATION"
    )
    assert against(h) == []


def test_two_tables_that_differ_are_named_as_such() -> None:
    h = Hospital()
    h.gmao("BM1", ward="Réanimation")
    h.gmao("BM1", name="xlsx", ward="Bloc opératoire")
    assert [row[3] for row in against(h)] == ["contradiction.declared.ward"]


def test_disposed_but_on_the_network() -> None:
    h = Hospital()
    h.gmao("BM1", mac=MAC, status="disposed")
    h.gmao("BM2", status="disposed")
    h.seen(MAC, "10.1.1.5")
    assert against(h) == [("status", "disposed", "10.1.1.5", "contradiction.gone_but_seen")]


def test_called_not_connectable_but_on_the_network() -> None:
    h = Hospital()
    h.gmao("BM1", mac=MAC, connectable="no")
    h.seen(MAC, "10.1.1.5")
    assert against(h) == [("connectable", "no", "10.1.1.5", "contradiction.denied_but_seen")]
    assert h.devices()[0].connectable.value == "yes"


def test_an_address_in_another_wards_zone() -> None:
    h = Hospital()
    h.plan("10.1.1.0/24", zone_name="Laboratoire")
    h.plan("10.1.2.0/24", zone_name="Imagerie médicale")
    h.gmao("BM1", ip="10.1.1.5", ward="Imagerie médicale", designation="Scanner")
    h.gmao("BM2", ip="10.1.1.6", ward="Laboratoire")
    h.gmao("BM3", ip="10.1.2.6", ward="Imagerie médicale")
    assert against(h) == [("ward", "Imagerie médicale", "Laboratoire", "contradiction.ward_zone")]


@pytest.mark.parametrize(
    ("zone", "ward", "designation"),
    [
        ("Imagerie", "Urgences", "Échographe"),
        ("VLAN_IMAGERIE", "Urgences", "Mobile de radiographie"),
        ("Laboratoire", "Urgences", "Analyseur de gaz du sang"),
        ("Imagerie", "Urgences", "Appareil"),
        ("Biomédical", "Urgences", "Pousse-seringue"),
        ("Pompes Médecine", "Urgences", "Pompe à perfusion"),
        ("Bâtiment Médecine", "Urgences", "Pompe à perfusion"),
    ],
)
def test_a_zone_for_a_kind_of_device_or_a_building_denies_no_ward(zone: str, ward: str, designation: str) -> None:
    h = Hospital()
    h.plan("10.1.1.0/24", zone_name=zone)
    h.gmao("BM1", ip="10.1.1.5", ward=ward, designation=designation)
    for number, other in enumerate(("Imagerie", "Laboratoire", "Biomédical", "Médecine"), 2):
        h.gmao(f"BM{number}", ward=other)
    assert against(h) == []


@pytest.mark.parametrize(
    ("zone", "designation"),
    [("Imagerie", "Respirateur"), ("Médecine", "Pompe à perfusion"), ("Médecine", "Échographe")],
)
def test_a_zone_that_is_another_wards_denies_it(zone: str, designation: str) -> None:
    h = Hospital()
    h.plan("10.1.1.0/24", zone_name=zone)
    h.gmao("BM1", ip="10.1.1.5", ward="Urgences", designation=designation)
    h.gmao("BM2", ward="Imagerie")
    h.gmao("BM3", ward="Médecine")
    assert against(h) == [("ward", "Urgences", zone, "contradiction.ward_zone")]


def test_a_device_for_care_in_a_zone_for_offices() -> None:
    h = Hospital()
    h.plan("10.1.1.0/24", zone_name="ADMIN", zone_use="Bureautique et administration")
    h.gmao("BM1", ip="10.1.1.5", designation="Respirateur de réanimation")
    h.gmao("BM2", ip="10.1.1.6", designation="Imprimante")
    assert against(h) == [("zone_use", "ventilator", "ADMIN Bureautique et administration", "contradiction.zone_use")]


def test_a_hardly_sure_reading_contradicts_nothing() -> None:
    h = Hospital()
    h.gmao("BM1", mac=MAC, manufacturer="Norvane")
    h.say("pcap", f"device:mac={MAC}", mac=MAC, manufacturer="DCMTK", confidence=0.3)
    assert against(h) == []


def test_both_origins_are_given() -> None:
    h = Hospital()
    h.gmao("BM1", serial="NV-1001", manufacturer="Norvane")
    h.gmao("BM1", name="xlsx", serial="NV-1010", manufacturer="Norvane")
    (row,) = h.register().contradictions
    assert {row.one_origin, row.other_origin} == {"local-gmao-2026-08-11#B2", "local-xlsx-2026-08-11#B3"}
