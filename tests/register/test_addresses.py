from register.hospital import DAY, MONDAY, Hospital, by_inventory, only

MAC, OTHER = "00:1b:0d:00:00:01", "00:1b:0d:00:00:02"


def reasons(h: Hospital) -> set[str]:
    return {member.reason for member in h.register().members}


def test_a_sender_behind_a_router_is_the_machine_that_held_its_address_then() -> None:
    h = Hospital()
    h.lease(MAC, "10.1.1.5", host_name="chem1")
    h.routed("10.1.1.5", hl7_application="CHEM1^LABO")
    device = only(h.devices())
    assert device.key == f"mac={MAC}"
    assert "link.address_time" in reasons(h)
    assert device.confidence == 0.93


def test_an_address_that_went_from_one_machine_to_another_follows_its_time() -> None:
    h = Hospital()
    h.lease(MAC, "10.1.1.5", first=MONDAY, last=MONDAY + DAY)
    h.lease(OTHER, "10.1.1.5", first=MONDAY + 5 * DAY, last=MONDAY + 6 * DAY)
    h.routed("10.1.1.5", first=MONDAY + 5 * DAY, last=MONDAY + 6 * DAY, hl7_application="CHEM1^LABO")
    devices = {d.macs: d for d in h.devices()}
    assert len(devices) == 2
    joined = {m.device for m in h.register().members if m.subject == "device:ip=10.1.1.5"}
    assert joined == {devices[(OTHER,)].id}


def test_an_address_that_two_machines_held_at_once_is_asked() -> None:
    h = Hospital()
    h.lease(MAC, "10.1.1.5")
    h.lease(OTHER, "10.1.1.5")
    h.routed("10.1.1.5", hl7_application="CHEM1^LABO")
    register = h.register()
    assert len(register.devices) == 3
    assert {link.reasons[0] for link in register.links} == {"link.address_shared"}


def test_a_title_of_an_archives_list_stands_for_the_machine_at_its_address() -> None:
    h = Hospital()
    h.say("ae", "device:ae=CT1HOST", ae_title="CT1HOST", ip="10.1.1.5")
    h.seen(MAC, "10.1.1.5")
    device = only(h.devices())
    assert device.ae_titles == ("CT1HOST",)
    assert device.confidence == 0.88


def test_a_title_heard_from_the_address_of_the_list_is_surer() -> None:
    h = Hospital()
    h.say("ae", "device:ae=CT1HOST", ae_title="CT1HOST", ip="10.1.1.5")
    h.seen(MAC, "10.1.1.5", ae_title="CT1HOST")
    assert only(h.devices()).confidence == 0.95


def test_a_gmao_line_with_an_address_needs_a_second_sign() -> None:
    h = Hospital()
    h.gmao("BM1", ip="10.1.1.5", manufacturer="Norvane Imaging", designation="Scanner")
    h.seen(MAC, "10.1.1.5", oui_maker="Norvane Imaging")
    device = only(h.devices())
    assert (device.confidence, device.macs) == (0.9, (MAC,))


def test_a_gmao_line_with_an_address_alone_is_asked() -> None:
    h = Hospital()
    h.gmao("BM1", ip="10.1.1.5")
    h.seen(MAC, "10.1.1.5")
    register = h.register()
    assert len(register.devices) == 2
    assert register.links[0].reasons[0] == "link.address"
    assert "link.sign.address_same" in register.links[0].reasons


def test_a_sign_against_keeps_apart() -> None:
    h = Hospital()
    h.gmao("BM1", ip="10.1.1.5", manufacturer="Norvane", designation="Scanner")
    h.seen(MAC, "10.1.1.5", manufacturer="Perfalys")
    register = h.register()
    assert len(register.devices) == 2
    assert register.links[0].reasons[0] == "link.address_against"


def test_a_title_of_the_gmao_and_of_the_list_needs_a_second_sign() -> None:
    h = Hospital()
    h.gmao("BM1", ae_title="IRM1", manufacturer="Norvane")
    h.say("ae", "device:ae=IRM1", ae_title="IRM1", ip="10.1.1.5", manufacturer="Norvane")
    h.gmao("BM2", ae_title="CT9")
    h.say("ae", "device:ae=CT9", ae_title="CT9", ip="10.1.1.9")
    register = h.register()
    found = by_inventory(register.devices)
    assert found["BM1"].addresses == ("10.1.1.5",)
    assert found["BM2"].addresses == ()
    assert [link.reasons[0] for link in register.links] == ["link.title"]


def test_titles_from_the_factory_join_nothing() -> None:
    h = Hospital()
    h.say("ae", "device:row=1", ae_title="STORESCU", ip="10.1.1.5")
    h.say("other", "device:row=1", ae_title="STORESCU", ip="10.1.1.6")
    register = h.register()
    assert (len(register.devices), register.links) == (2, [])


def test_a_router_that_passes_on_many_networks_holds_no_address() -> None:
    h = Hospital()
    h.seen(MAC, *(f"10.1.{n}.5" for n in range(6)))
    h.gmao("BM1", ip="10.1.1.5", manufacturer="Norvane")
    register = h.register()
    assert len(register.devices) == 2
    assert register.links == []


def test_two_sensors_that_hear_one_address_at_once_hear_one_machine() -> None:
    h = Hospital()
    h.routed("10.1.1.5", host_name="chem1")
    h.say("pcap", "device:ip=10.1.1.5", name="pcap-2", ip="10.1.1.5", first=MONDAY, last=MONDAY + DAY)
    h.say("pcap", "device:ip=10.1.1.5", name="pcap-3", ip="10.1.1.5", first=MONDAY + 90 * DAY, last=MONDAY + 91 * DAY)
    register = h.register()
    assert len(register.devices) == 2
    assert [link.reasons[0] for link in register.links] == ["link.address"]


def test_a_sender_behind_a_router_and_a_table_without_date() -> None:
    h = Hospital()
    h.say("arp", f"device:mac={MAC}", dated="", mac=MAC, ip="10.1.1.5")
    h.routed("10.1.1.5", hl7_application="CHEM1^LABO")
    assert only(h.devices()).confidence == 0.85
    h.say("arp", f"device:mac={OTHER}", dated="", mac=OTHER, ip="10.1.1.5")
    register = h.register()
    assert len(register.devices) == 3
    assert {link.reasons[0] for link in register.links} == {"link.address_shared"}


def test_link_local_addresses_join_nothing() -> None:
    h = Hospital()
    h.seen(MAC, "fe80::1", "169.254.7.7", "255.255.255.255")
    h.routed("169.254.7.7", hl7_application="CHEM1^LABO")
    h.say("other", "device:row=1", ip="255.255.255.255")
    register = h.register()
    assert (len(register.devices), register.links) == (3, [])
