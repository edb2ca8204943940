import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygie.model.evidence import Evidence, Trait
from hygie.register import attributes
from hygie.register.described import versions, with_names
from register.hospital import Hospital, only

MAC = "00:1b:0d:00:00:01"


def told(text: str, product: str) -> list[tuple[str, float]]:
    said = {Trait.SNMP_DESCRIPTION: [Evidence("r", "device:mac=a", Trait.SNMP_DESCRIPTION, text, text, "packet 7")]}
    return [(e.value, e.confidence) for e in versions(said, product)]


@pytest.mark.parametrize(
    ("text", "product", "expected"),
    [
        ("Aldebert Medical Zephyr 5, software 4.2.1", "Zéphyr 5", [("4.2.1", 0.85)]),
        ("Orlimont Film 20 1.2", "Film 20", [("1.2", 0.85)]),
        ("Orlimont FILM-20 sw v1.2.", "Film 20", [("1.2", 0.85)]),
        ("Cisco IOS Software, Catalyst L3 Switch Software (CAT9K_IOSXE), Version 17.9.4", "", [("17.9.4", 0.6)]),
        ("HP J9145A 2910al Switch, revision W.15.08, ROM W.14.06", "2910al Switch", [("W.15.08", 0.85)]),
        ("Hardware: x86, Software: Windows Version 6.3 (Build 9600)", "", [("6.3", 0.6)]),
        ("Linux mr 5.10.0-8-amd64 #1 SMP", "Lumira MR", []),
        ("", "Film 20", []),
    ],
)
def test_the_version_behind_the_products_name(text: str, product: str, expected: list[tuple[str, float]]) -> None:
    assert told(text, product) == expected


@given(st.text(max_size=60), st.text(max_size=20))
def test_any_text_is_survived(text: str, product: str) -> None:
    assert all(value for value, _ in told(text, product))


def test_it_is_observed_and_leads_to_its_packet() -> None:
    h = Hospital()
    h.gmao("BM1", mac=MAC, manufacturer="Aldebert", product="Zéphyr 5", version="4.2.0")
    h.seen(MAC, "10.1.1.5", snmp_description="Aldebert Zephyr 5, software 4.2.1")
    register = h.register()
    device = only(register.devices)
    assert device.version == "4.2.1"
    shown = [a for a in attributes(device, register.members, h.evidence, h.readings) if a.trait is Trait.VERSION]
    assert [(a.value, a.winner, a.raw) for a in shown] == [
        ("4.2.1", True, "Aldebert Zephyr 5, software 4.2.1"),
        ("4.2.0", False, "4.2.0"),
    ]
    assert shown[0].origin.partition("#")[2].startswith("packet ")
    assert [c.trait for c in register.contradictions] == ["software_version"]


SWITCH = "Cisco IOS Software, Catalyst L3 Switch Software (CAT9K_IOSXE), Version 17.9.4"


def test_maker_and_product_where_nobody_else_names_them() -> None:
    h = Hospital()
    h.seen(MAC, "10.1.1.5", snmp_description=SWITCH)
    register = h.register()
    device = only(register.devices)
    shown = attributes(device, register.members, h.evidence, h.readings)
    assert [a.raw for a in shown if a.trait is Trait.PRODUCT] == [SWITCH]
    assert (device.make, device.product, device.version) == ("Cisco", "Catalyst L3 Switch", "17.9.4")


def test_what_a_table_names_stands() -> None:
    said = {Trait.PRODUCT: [Evidence("r", "d", Trait.PRODUCT, "Film 20", "Film 20", "B2")]}
    told_too = {Trait.SNMP_DESCRIPTION: [Evidence("r", "d", Trait.SNMP_DESCRIPTION, SWITCH, SWITCH, "packet 7")]}
    assert with_names({**said, **told_too}) == {**said, **told_too}
    assert set(with_names(told_too)) == {*told_too, Trait.MANUFACTURER, Trait.PRODUCT}
