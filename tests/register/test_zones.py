from hygie.model.fleet import Zone
from hygie.register import zones
from hygie.register.zones import Plan, around, is_private, number, read_plan
from register.hospital import Hospital, by_inventory

MAC = "00:1b:0d:00:00:01"


def zone(cidr: str, vlan: str = "", site: str = "local") -> Zone:
    return Zone(f"Z-{site}-{cidr or vlan}", site, cidr or vlan, cidr, vlan, "", "plan")


def test_the_smallest_network_that_holds_an_address_is_its_zone() -> None:
    plan = Plan([zone("10.0.0.0/8"), zone("10.42.80.0/23"), zone("10.42.81.128/25")])
    assert plan.find("local", "10.42.80.9") == "Z-local-10.42.80.0/23"
    assert plan.find("local", "10.42.81.200") == "Z-local-10.42.81.128/25"
    assert plan.find("local", "10.9.9.9") == "Z-local-10.0.0.0/8"
    assert plan.find("local", "192.168.1.1") == ""
    assert plan.find("other", "10.9.9.9") == ""


def test_public_space_of_the_plan_is_inside() -> None:
    plan = Plan([zone("192.9.200.0/24")])
    assert plan.is_local("local", "192.9.200.10")
    assert not plan.is_local("other", "192.9.200.10")
    assert not plan.is_local("local", "203.0.113.10")
    assert not plan.is_local("local", "224.0.0.251")
    assert not plan.is_local("local", "0.0.0.0")


def test_addresses() -> None:
    assert number("10.0.0.1") == (4, 10 << 24 | 1)
    assert number("255.255.255.255") == number("nonsense") == number("") == (0, 0)
    assert is_private("fd00::1")
    assert not is_private("2001:db8::1")
    assert around("10.42.81.200") == "10.42.81.0/24"
    assert around("fd00:0:0:1::9") == "fd00:0:0:1::/64"
    assert around("x") == ""


def test_a_plan_is_read_with_its_newest_words() -> None:
    h = Hospital()
    h.plan("10.42.30.0/24", zone_name="IMAGERIE", vlan="30", zone_use="medical")
    h.say("plan", "zone:10.42.30.0/24", name="plan-2", dated="2026-09-01", zone_name="Imagerie médicale")
    h.say("plan", "zone:vlan=99", vlan="99", zone_name="Invités")
    from hygie.register.subjects import gather

    found = {z.name: z for z in read_plan(gather(h.evidence, h.readings).zones, h.readings)}
    assert (found["Imagerie médicale"].cidr, found["Imagerie médicale"].vlan) == ("10.42.30.0/24", "30")
    assert (found["Invités"].cidr, found["Invités"].vlan, found["Invités"].source) == ("", "99", "plan")


def test_a_device_lies_in_the_zone_of_its_address_or_its_vlan() -> None:
    h = Hospital()
    h.plan("10.42.30.0/24", zone_name="IMAGERIE", vlan="30")
    h.gmao("BM1", ip="10.42.30.7")
    h.gmao("BM2", vlan="30")
    h.gmao("BM3", ward="Imagerie")
    register = h.register()
    found = by_inventory(register.devices)
    (only,) = register.zones
    assert (found["BM1"].zone, found["BM2"].zone, found["BM3"].zone) == (only.id, only.id, "")


def test_without_a_plan_a_network_stands_for_the_zone_and_says_so() -> None:
    h = Hospital()
    h.seen(MAC, "10.1.1.5", vlan="30")
    h.gmao("BM1", ip="10.1.2.5")
    h.covers("10.1.1.0/24", vlans=("30", "45"))
    found = {z.cidr or z.vlan: z for z in h.register().zones}
    assert found["10.1.1.0/24"].source == "observed"
    assert found["10.1.2.0/24"].source == "presumed"
    assert found["45"].name == "VLAN 45"


def test_outside_addresses_make_no_device_and_no_zone() -> None:
    h = Hospital()
    h.routed("203.0.113.10", http_server="nginx")
    h.routed("192.9.200.7", http_server="monitor")
    h.plan("192.9.200.0/24", zone_name="MONITORAGE")
    register = h.register()
    assert [d.addresses for d in register.devices] == [("192.9.200.7",)]
    assert [z.cidr for z in register.zones] == ["192.9.200.0/24"]


def test_a_network_of_everything_is_no_zone() -> None:
    h = Hospital()
    h.plan("0.0.0.0/0", zone_name="Internet")
    (found,) = h.register().zones
    assert (found.cidr, found.name) == ("", "Internet")
    assert not zones.Plan([found]).is_local("local", "203.0.113.1")


def test_what_is_no_network_is_left_aside() -> None:
    h = Hospital()
    h.covers("10.1.1.7/32", "nonsense", "", "10.1.2.0/24", "0.0.0.0/0", vlans=("",))
    h.plan("not a network", zone_name="Divers")
    h.gmao("BM1", ip="999.1.1.1")
    h.gmao("BM2", ip="10.1.2.3")
    register = h.register()
    assert sorted(z.cidr for z in register.zones) == ["", "10.1.1.0/24", "10.1.2.0/24"]
    found = by_inventory(register.devices)
    assert (found["BM1"].addresses, found["BM1"].zone) == ((), "")
    assert found["BM2"].seen.value == "in GMAO, not seen"
