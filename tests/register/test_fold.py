import pytest

from hygie.model.evidence import Trait
from hygie.register import attributes
from hygie.register.fold import Weights, by_trait, missing, origin
from register.hospital import DAY, MONDAY, Hospital, only

MAC = "00:1b:0d:00:00:01"


def test_software_is_believed_as_observed_and_the_declared_is_kept() -> None:
    h = Hospital()
    h.gmao("BM1", mac=MAC, manufacturer="Norvane", product="Lumira", version="6.4.1")
    h.seen(MAC, "10.1.1.5", version="6.5.0")
    register = h.register()
    device = only(register.devices)
    assert device.version == "6.5.0"
    shown = [a for a in attributes(device, register.members, h.evidence, h.readings) if a.trait is Trait.VERSION]
    assert [(a.value, a.winner, a.speaker.value) for a in shown] == [
        ("6.5.0", True, "observed"),
        ("6.4.1", False, "hospital"),
    ]
    assert [c.reason for c in register.contradictions] == ["contradiction.observed.software_version"]


def test_what_the_reader_was_hardly_sure_of_does_not_win() -> None:
    h = Hospital()
    h.gmao("BM1", mac=MAC, version="6.4.1")
    h.say("pcap", f"device:mac={MAC}", mac=MAC, version="1.0", confidence=0.3, first=MONDAY)
    assert only(h.devices()).version == "6.4.1"


def test_names_are_believed_as_declared() -> None:
    h = Hospital()
    h.gmao("BM1", mac=MAC, manufacturer="Norvane", product="Lumira CT 128")
    h.seen(MAC, "10.1.1.5", manufacturer="DCMTK", product="storescu")
    device = only(h.devices())
    assert (device.make, device.product) == ("Norvane", "Lumira CT 128")


def test_the_newer_of_one_speaker_wins_in_whatever_order() -> None:
    for flip in (False, True):
        h = Hospital()
        h.gmao("BM1", ward="Réanimation")
        h.say("gmao", "device:inv=BM1", name="xlsx", dated="2026-08-20", inventory="BM1", ward="Bloc")
        if flip:
            h.evidence.reverse()
        assert only(h.devices()).ward == "Bloc"


def test_the_newest_address_comes_first() -> None:
    h = Hospital()
    h.gmao("BM1", mac=MAC, ip="10.1.1.1")
    h.lease(MAC, "10.1.1.5", first=MONDAY)
    h.lease(MAC, "10.1.1.6", first=MONDAY + 2 * DAY)
    assert only(h.devices()).addresses[0] == "10.1.1.6"
    assert set(only(h.devices()).addresses) == {"10.1.1.1", "10.1.1.5", "10.1.1.6"}


def test_what_the_law_asks_of_a_register() -> None:
    h = Hospital()
    h.gmao(
        "BM1", designation="Scanner", product="Lumira", manufacturer="Norvane", supplier="Ostrel", serial="NV-1001",
        location="Salle 1", commissioned="2020-01-02",
    )  # fmt: skip
    h.gmao("BM2", designation="Lit", ward="Médecine")
    found = {d.inventory: d.missing for d in h.devices()}
    assert found["BM1"] == ()
    assert found["BM2"] == ("commercial_name", "manufacturer", "supplier", "serial_number", "commissioned")
    assert missing({}) == (
        "designation", "commercial_name", "manufacturer", "supplier", "serial_number", "location", "commissioned",
    )  # fmt: skip


def test_attributes_of_a_system_s_member_are_its_own_line_s() -> None:
    h = Hospital()
    h.gmao("BM9", designation="Scanner", manufacturer="Norvane", serial="NV-1001")
    h.gmao("BM9", designation="Console", manufacturer="Norvane", serial="NV-1002")
    register = h.register()
    for device in register.devices:
        shown = attributes(device, register.members, h.evidence, h.readings)
        assert [a.value for a in shown if a.trait is Trait.SERIAL] == [device.serial]


def test_every_attribute_has_its_origin() -> None:
    h = Hospital()
    h.gmao("BM1", designation="Scanner")
    register = h.register()
    shown = attributes(only(register.devices), register.members, h.evidence, h.readings)
    assert {a.origin for a in shown} == {origin(e) for e in h.evidence}
    assert all(a.source == "local/gmao" and a.raw for a in shown)


def test_ranks_do_not_depend_on_order() -> None:
    h = Hospital()
    h.gmao("BM1", ward="B")
    h.gmao("BM1", ward="A")
    said = by_trait(h.evidence)[Trait.WARD]
    weights = Weights(h.readings)
    assert weights.best(said).value == weights.best(said[::-1]).value == "A"


@pytest.mark.parametrize(
    ("declared", "observed", "wins"),
    [
        ("Debian 12", "Debian", "Debian 12"),
        ("Windows 10 1809", "Windows NT 10.0", "Windows 10 1809"),
        ("Windows 7", "Windows NT 10.0", "Windows NT 10.0"),
        ("Linux", "Debian", "Debian"),
    ],
)
def test_a_system_s_fuller_name_goes_before_what_traffic_leaves_open(declared: str, observed: str, wins: str) -> None:
    """Unless they contradict each other: then what was observed wins."""
    h = Hospital()
    h.gmao("BM1", mac=MAC, os=declared)
    h.seen(MAC, "10.1.1.5", os=observed)
    register = h.register()
    device = only(register.devices)
    assert device.os == wins
    shown = [a for a in attributes(device, register.members, h.evidence, h.readings) if a.trait is Trait.OS]
    assert [(a.value, a.winner) for a in shown] == [
        (wins, True),
        ({declared, observed}.difference({wins}).pop(), False),
    ]
