import pytest

from hygie.sources.table.printed import Sort, arp_entry, entries, mac_entry, parts, sort_of


@pytest.mark.parametrize(
    ("asked", "sort"),
    [
        ("sh mac add", Sort.MAC),
        ("show mac-address-table", Sort.MAC),
        ("show ethernet-switching table", Sort.MAC),
        ("display mac-address", Sort.MAC),
        ("show fdb", Sort.MAC),
        ("/interface bridge host print", Sort.MAC),
        ("sh ip arp vlan 120", Sort.ARP),
        ("get system arp", Sort.ARP),
        ("show ipv6 neighbors", Sort.ARP),
        ("show device-tracking database", Sort.ARP),
        ("show lldp info remote-device", Sort.NEIGHBOURS),
        ("sh cdp nei det", Sort.NEIGHBOURS),
        ("show wireless client summary", Sort.CLIENTS),
        ("show user-table", Sort.CLIENTS),
        ("show ip arp inspection log", Sort.OTHER),
        ("show mac address-table count", Sort.OTHER),
        ("show mac access-lists", Sort.OTHER),
        ("show lldp traffic", Sort.OTHER),
        ("show running-config", Sort.OTHER),
    ],
)
def test_what_a_command_prints(asked: str, sort: Sort) -> None:
    assert sort_of(asked, []) is sort


def test_a_command_that_nobody_knows_is_read_by_the_head_of_its_table() -> None:
    assert sort_of("show bridge learned", ["Vlan    Mac Address       Type        Ports"]) is Sort.SHAPED


def test_parts_keep_the_number_of_their_lines_and_their_switch() -> None:
    found = list(parts(["a", "sw1#show ip arp", "b", "sw1#", "sw2#show version", "c"]))
    assert [(p.sort, p.switch, p.first, p.rows) for p in found if p.rows] == [
        (Sort.SHAPED, "", 1, ["a"]),
        (Sort.ARP, "sw1", 3, ["b"]),
        (Sort.OTHER, "sw2", 6, ["c"]),
    ]


def test_an_entry_of_each_sort() -> None:
    arp = arp_entry("Internet  10.1.1.1  12  0050.56a1.2011  ARPA  Vlan120")
    assert arp and (arp.ip, arp.mac, arp.vlan) == ("10.1.1.1", "00:50:56:a1:20:11", "120")
    assert arp_entry("10.1.1.1 10.1.1.2 0050.56a1.2011") is None
    learnt = mac_entry(" 120    0050.56a1.2011    DYNAMIC     Gi1/0/1", None)
    assert learnt and (learnt.port, learnt.vlan) == ("Gi1/0/1", "120")
    assert mac_entry("10.1.1.1 0050.56a1.2011 Gi1/0/1", None) is None


def test_a_mac_table_holds_no_arp_entry() -> None:
    (part,) = [p for p in parts(["sw#show mac address-table", "120 0050.56a1.2011 dynamic 10.9.9.9"]) if p.rows]
    assert [entry for _, _, entry in entries(part)] == [None]
