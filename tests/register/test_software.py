from hygie.model.evidence import Evidence, Trait
from hygie.register import attributes
from hygie.register.software import same_product, same_version
from register.hospital import MONDAY, Hospital, only

MAC = "00:1b:0d:00:00:01"


def together(h: Hospital, **values: str) -> None:
    """Statements of one packet about the machine."""
    h.seen(MAC, "10.1.1.5")
    reading = h.reading("pcap")
    for trait, value in values.items():
        h.evidence.append(
            Evidence(reading, f"device:mac={MAC}", Trait[trait.upper()], value, value, "packet 74", 1.0, MONDAY, MONDAY)
        )


def scanner(version: str = "4.1.6") -> Hospital:
    h = Hospital()
    h.gmao("BM1", mac=MAC, manufacturer="Norvane", product="Lumira iCT", version=version)
    return h


def test_a_version_said_of_another_makers_machine_is_not_the_devices() -> None:
    h = scanner()
    together(h, manufacturer="Quillane", product="Rhapsode", version="05")
    register = h.register()
    device = only(register.devices)
    assert (device.version, device.contested) == ("4.1.6", ())
    shown = [a for a in attributes(device, register.members, h.evidence, h.readings) if a.trait is Trait.VERSION]
    assert [(a.value, a.winner) for a in shown] == [("4.1.6", True), ("05", False)]
    reasons = {c.reason for c in register.contradictions}
    assert {"contradiction.observed.manufacturer", "contradiction.observed.product"} <= reasons


def test_no_version_is_better_than_another_machines() -> None:
    h = scanner("")
    together(h, manufacturer="Quillane", product="Rhapsode", version="05", firmware="05")
    register = h.register()
    device = only(register.devices)
    assert (device.version, device.firmware, device.contested) == ("", "", ())
    shown = [a for a in attributes(device, register.members, h.evidence, h.readings) if a.trait is Trait.VERSION]
    assert [(a.value, a.winner) for a in shown] == [("05", False)]


def test_another_model_of_the_same_maker_may_be_a_second_name() -> None:
    h = scanner("4.2.0")
    together(h, manufacturer="Norvane Imaging", product="728306", version="4.1.6")
    device = only(h.devices())
    assert (device.version, device.contested) == ("4.2.0", ("4.1.6",))


def test_the_devices_own_packet_is_believed_and_contested_by_the_gmao() -> None:
    h = scanner("4.1.6")
    together(h, manufacturer="NORVANE", product="Lumira", version="5.0")
    device = only(h.devices())
    assert (device.version, device.contested) == ("5.0", ("4.1.6",))


def test_a_version_that_another_only_continues_is_not_contested() -> None:
    h = scanner("4.1")
    together(h, version="4.1.6")
    assert only(h.devices()).contested == ()
    assert same_version("4.1", "V4.1.6") and not same_version("4.1", "4.16")


def test_names_that_do_not_speak_against_each_other() -> None:
    assert same_product("Ingenia 1.5T", "INGENIA")
    assert same_product("MX-800", "MX800")
    assert not same_product("Brilliance iCT", "RHAPSODE")
