from hygie.sources.table import neighbours


def test_addresses_within_lines() -> None:
    assert neighbours.mac_of("  20    0050.56a1.2011    DYNAMIC     Gi1/0/1") == (
        "00:50:56:a1:20:11",
        "0050.56a1.2011",
        ["20"],
        ["DYNAMIC", "Gi1/0/1"],
    )
    assert neighbours.mac_of("fe80::1 dev eth0") is None
    assert neighbours.mac_of("2026:08:14:10:00:00:01") is None


def test_prompts_name_the_switch() -> None:
    assert neighbours.prompted("SW-Bloc.1#show mac address-table") == "sw-bloc.1"
    assert neighbours.prompted("admin@sw2> show ethernet-switching table") == "sw2"
    assert neighbours.prompted("Vlan Mac") == ""


def test_furniture_is_quiet_and_entries_are_not() -> None:
    for line in (
        "Total Mac Addresses: 3",
        "-----",
        "sw#",
        "Interface: 10.1.1.1 --- 0xb",
        "",
        "Vlan  Mac Address  Type",
    ):
        assert neighbours.is_quiet(line)
    for line in ("  20  0050.56a1.20  DYNAMIC  Gi1/0/1", "Internet  10.1.1.1  -  zz  ARPA", "00:50:56 x"):
        assert not neighbours.is_quiet(line)


def test_an_output_is_mostly_entries() -> None:
    head = ["Vlan  Mac Address  Ports", "----"]
    assert neighbours.fits([*head, "x 0050.56a1.2011 y"], 1)
    assert not neighbours.fits(head, 0)
    assert not neighbours.fits(["bonjour", "a", "b", "10.1.1.1 0050.56a1.2011"], 1)


def test_only_devices_count() -> None:
    assert neighbours.names_device("02:00:00:00:00:01")
    for mac in (
        "ff:ff:ff:ff:ff:ff",
        "00:00:00:00:00:00",
        "01:00:5e:00:00:01",
        "33:33:00:00:00:01",
        "03:00:00:00:00:01",
    ):
        assert not neighbours.names_device(mac)


def test_prompts_of_every_maker() -> None:
    for line, name in {
        "<S5735-BLOC>display mac-address": "s5735-bloc",
        "[S5735-BLOC]dis arp": "s5735-bloc",
        "[~CE6857]display mac-address": "ce6857",
        "[admin@MKT] > /ip arp print": "mkt",
        "(UBNT EdgeSwitch) #show mac-addr-table": "ubnt edgeswitch",
        "* Slot-1 SW-EXT.12 # show fdb": "sw-ext",
        "RP/0/RSP0/CPU0:ASR9K#show arp": "asr9k",
        "FGT-600E # get system arp": "fgt-600e",
        "S524DF # diagnose switch mac-address list": "s524df",
        "-> show mac-learning": "",
        "<root>": "root",
        "Legend: * - primary entry": "",
    }.items():
        assert neighbours.prompted(line) == name
