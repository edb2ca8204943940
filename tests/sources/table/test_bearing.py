from hygie.sources.table import kind_of
from spreadsheets import refused, rows, said, source

HEAD = "Hostname;VLAN;MAC Address;Port\n"


def _table(*names: str) -> str:
    return HEAD + "".join(f"{name};20;0050.56a1.{n:04x};Gi1/0/{n}\n" for n, name in enumerate(names))


def test_a_name_that_is_repeated_is_the_switch_s() -> None:
    found = rows(_table("SW1", "SW1", "SW2", "SW2"), "mac_table")
    assert {told["switch"] for told in said(found).values()} == {"sw1", "sw2"}
    assert refused(found) == []


def test_names_that_all_differ_are_the_machines() -> None:
    found = rows(_table("a1", "a2", "a3", "a4", "a5", "a6"), "mac_table")
    assert said(found)["device:mac=00:50:56:a1:00:02"]["host_name"] == "a3"
    assert not any("switch" in told for told in said(found).values())


def test_where_nothing_tells_the_column_is_left_aside_and_told() -> None:
    found = rows(_table("PUMP-GW", "MX450"), "mac_table")
    assert not any({"switch", "host_name"} & set(told) for told in said(found).values())
    assert refused(found) == [("A1", "refusal.columns_other")]


def test_beside_a_column_of_switches_a_name_is_the_machine_s() -> None:
    text = "Switch;Hostname;MAC Address;Port\nSW1;pump-gw;0050.56a1.2011;Gi1/0/1\n"
    assert said(rows(text, "mac_table"))["device:mac=00:50:56:a1:20:11"]["host_name"] == "pump-gw"


def test_the_same_beside_an_address() -> None:
    text = "IP Address;MAC Address;Interface;Age;Hostname\n10.1.1.1;0050.56a1.2011;Vlan20;3;pump-gw\n"
    assert kind_of(source(text)) == "arp"
    assert refused(rows(text, "arp")) == [("A1", "refusal.columns_other")]


def test_a_person_may_say_it() -> None:
    found = rows(_table("PUMP-GW", "MX450"), "mac_table", Hostname="host_name")
    assert said(found)["device:mac=00:50:56:a1:00:00"]["host_name"] == "pump-gw"
