from register.hospital import DAY, MONDAY, Hospital, by_inventory, only

MAC, OTHER = "00:1b:0d:00:00:01", "00:1b:0d:00:00:02"


def test_a_gmao_line_and_a_machine_with_its_mac_are_one() -> None:
    h = Hospital()
    h.gmao("BM1", mac=MAC, manufacturer="Norvane", product="Lumira")
    h.seen(MAC, "10.1.1.5")
    device = only(h.devices())
    assert device.key == "inv=BM1"
    assert device.addresses == ("10.1.1.5",)
    assert device.confidence == 0.99


def test_a_host_name_in_the_gmao_finds_its_lease() -> None:
    h = Hospital()
    h.gmao("BM1", host_name="CT1-HOST")
    h.lease(MAC, "10.1.1.5", host_name="ct1-host.ch.example")
    device = only(h.devices())
    assert (device.inventory, device.macs, device.confidence) == ("BM1", (MAC,), 0.95)


def test_maker_and_serial_number_join_two_gmaos_but_one_alone_does_not() -> None:
    h = Hospital()
    h.gmao("BM1", manufacturer="Norvane Imaging", serial="NV-CT-5518")
    h.say("table", "device:row=2", manufacturer="NORVANE IMAGING", serial="nvct5518", version="6.4")
    h.say("table", "device:row=3", serial="NV-CT-5518")
    devices = h.devices()
    assert sorted(d.key for d in devices) == ["inv=BM1", "row=3@local/table"]
    assert by_inventory(devices)["BM1"].version == "6.4"


def test_serial_numbers_of_two_makers_are_two_things() -> None:
    h = Hospital()
    h.say("table", "device:row=2", manufacturer="Norvane", serial="100234")
    h.say("table", "device:row=3", manufacturer="Perfalys", serial="100234")
    assert len(h.devices()) == 2


def test_a_production_identifier_counts_only_with_its_device_identifier() -> None:
    h = Hospital()
    h.say("table", "device:row=2", udi_pi="21ABC", udi_di="0123")
    h.say("other", "device:row=2", udi_pi="21ABC", udi_di="0123")
    h.say("other", "device:row=3", udi_pi="21ABC")
    assert len(h.devices()) == 2


def test_an_address_alone_joins_nothing() -> None:
    h = Hospital()
    h.say("table", "device:row=2", ip="10.1.1.5", designation="Lit")
    h.say("other", "device:row=9", ip="10.1.1.5", designation="Scanner")
    register = h.register()
    assert len(register.devices) == 2
    assert len(register.links) == 1


def test_the_maker_of_a_card_joins_nothing() -> None:
    h = Hospital()
    h.gmao("BM1", manufacturer="Norvane")
    h.seen(MAC, "10.1.1.5", oui_maker="Norvane")
    assert len(h.devices()) == 2


def test_two_inventory_numbers_with_one_mac_stay_apart_and_are_asked() -> None:
    h = Hospital()
    h.gmao("BM1", mac=MAC)
    h.gmao("BM2", mac=MAC)
    h.seen(MAC, "10.1.1.5")
    register = h.register()
    assert sorted(d.key for d in register.devices) == ["inv=BM1", "inv=BM2", f"mac={MAC}"]
    assert {link.reasons[0] for link in register.links} == {"link.mac"}
    assert len(register.links) == 3


def test_a_serial_number_under_two_inventory_numbers_is_asked_not_joined() -> None:
    h = Hospital()
    h.gmao("BM04004", manufacturer="Tamsin", product="Relance D3", serial="TD3-0455")
    h.gmao("BM04005", manufacturer="Tamsin", product="Relance D3", serial="TD3-0455")
    register = h.register()
    assert len(register.devices) == 2
    link = register.links[0]
    assert link.reasons[0] == "link.serial"
    assert 0 < link.probability < 1
    assert register.questions[0].id == link.id
    (row,) = register.contradictions
    assert (row.one, row.other) == ("TD3-0455 (BM04004)", "TD3-0455 (BM04005)")
    assert row.reason == "contradiction.shared_serial"


def test_two_serial_numbers_of_one_maker_are_not_joined_by_a_mac() -> None:
    h = Hospital()
    h.say("table", "device:row=2", manufacturer="Norvane", serial="NV-100", mac=MAC)
    h.say("other", "device:row=2", manufacturer="Norvane", serial="NV-200", mac=MAC)
    assert len(h.devices()) == 2


def test_one_host_name_on_two_machines_is_asked() -> None:
    h = Hospital()
    h.lease(MAC, "10.1.1.5", host_name="echo1")
    h.lease(OTHER, "10.1.1.6", host_name="echo1")
    register = h.register()
    assert len(register.devices) == 2
    assert register.links[0].reasons[0] == "link.name"


def test_a_key_that_too_many_bear_is_one_question() -> None:
    h = Hospital()
    for n in range(12):
        h.gmao(f"BM{n}", mac=MAC)
    register = h.register()
    assert len(register.devices) == 12
    assert register.links == []
    assert [q.reason for q in register.questions] == ["question.key_shared"]


def test_parts_of_a_system_share_a_number_and_are_devices_of_their_own() -> None:
    h = Hospital()
    h.gmao("BM03501", designation="Scanner", manufacturer="Norvane", serial="NV-CT-5518", mac=MAC)
    h.gmao("BM03501", designation="Console", manufacturer="Norvane", mac=OTHER)
    h.gmao("BM03501", designation="Reconstructeur", manufacturer="Norvane", role="reconstructor")
    h.seen(OTHER, "10.1.1.6")
    devices = h.devices()
    assert sorted(d.key for d in devices) == [
        f"inv=BM03501;mac={OTHER}",
        "inv=BM03501;role=reconstructor",
        "inv=BM03501;serial=NVCT5518",
    ]
    assert len({d.system for d in devices}) == 1
    assert devices[0].system.startswith("S-")


def test_another_gmaos_lines_go_to_the_members_that_they_match() -> None:
    h = Hospital()
    h.gmao("BM9", designation="Scanner", manufacturer="Norvane", serial="NV-1001")
    h.gmao("BM9", designation="Console", manufacturer="Norvane", serial="NV-1002")
    h.gmao("BM9", name="xlsx", designation="Poste console", manufacturer="Norvane", serial="NV 1002", version="6.4")
    h.gmao("BM9", name="inventory", designation="Scanner", ward="Imagerie")
    devices = {d.key: d for d in h.devices()}
    assert sorted(devices) == ["inv=BM9;serial=NV1001", "inv=BM9;serial=NV1002"]
    assert devices["inv=BM9;serial=NV1001"].ward == "Imagerie"
    assert devices["inv=BM9;serial=NV1002"].version == "6.4"


def test_two_gmaos_that_differ_on_a_serial_number_speak_of_one_device() -> None:
    h = Hospital()
    h.gmao("BM9", manufacturer="Norvane", serial="NV-1001")
    h.gmao("BM9", name="xlsx", manufacturer="Norvane", serial="NV-1010")
    register = h.register()
    assert len(register.devices) == 1
    assert [c.trait for c in register.contradictions] == ["serial_number"]


def test_a_line_that_names_its_system_belongs_to_it() -> None:
    h = Hospital()
    h.gmao("BM1", designation="Scanner")
    h.gmao("BM2", designation="Console", system="BM1")
    h.gmao("BM3", designation="Lit")
    found = by_inventory(h.devices())
    assert found["BM1"].system == found["BM2"].system != ""
    assert found["BM3"].system == ""


def test_a_line_written_twice_is_one_device() -> None:
    h = Hospital()
    h.gmao("BM1", designation="Scanner", serial="NV-1001")
    h.gmao("BM1", designation="Scanner", serial="NV-1001")
    device = only(h.devices())
    assert (device.key, device.system) == ("inv=BM1", "")


def test_weaker_keys_stay_as_aliases() -> None:
    h = Hospital()
    h.gmao("BM1", mac=MAC, manufacturer="Norvane", serial="NV-1001")
    known = only(h.devices())
    before = Hospital()
    before.seen(MAC, "10.1.1.5", first=MONDAY, last=MONDAY + DAY)
    assert only(before.devices()).id in known.aliases
