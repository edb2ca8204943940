from hygie.model.evidence import Coverage
from hygie.model.fleet import Connectable, Seen, Zone
from hygie.register.seen import agree, covered, presume
from register.hospital import Hospital, by_inventory

MAC, OTHER = "00:1b:0d:00:00:01", "00:1b:0d:00:00:02"


def hospital() -> Hospital:
    h = Hospital()
    h.plan("10.1.1.0/24", zone_name="IMAGERIE", vlan="30")
    h.plan("10.1.2.0/24", zone_name="LABO", vlan="50")
    h.gmao("BM1", mac=MAC, ip="10.1.1.5")
    h.gmao("BM2", ip="10.1.1.6")
    h.gmao("BM3", ip="10.1.2.7")
    h.gmao("BM4", designation="Lit")
    h.gmao("BM5", designation="Lit", connectable="no")
    h.seen(MAC, "10.1.1.5")
    h.seen(OTHER, "10.1.1.9")
    h.covers("10.1.1.0/24")
    return h


def test_not_seen_is_said_only_where_a_sensor_looked() -> None:
    devices = hospital().devices()
    found = {d.inventory: d.seen for d in devices}
    assert found == {
        "BM1": Seen.BOTH,
        "BM2": Seen.NOT_SEEN,
        "BM3": Seen.NOT_OBSERVABLE,
        "BM4": Seen.NOT_OBSERVABLE,
        "BM5": Seen.NOT_CONNECTABLE,
        "": Seen.NOT_IN_GMAO,
    }


def test_without_any_capture_the_register_still_says_much() -> None:
    h = Hospital()
    h.plan("10.1.1.0/24", zone_name="IMAGERIE", vlan="30")
    h.gmao("BM1", designation="Scanner", manufacturer="Norvane", product="Lumira", host_name="ct1-host")
    h.gmao("BM2", designation="Lit médicalisé", ward="Médecine")
    h.lease(MAC, "10.1.1.5", host_name="ct1-host")
    register = h.register()
    found = by_inventory(register.devices)
    assert found["BM1"].seen is Seen.BOTH
    assert found["BM1"].kind == "ct_scanner"
    assert found["BM2"].seen is Seen.NOT_OBSERVABLE
    assert found["BM2"].missing
    assert len(register.models) == 1


def test_a_sensor_that_took_nothing_covers_nothing() -> None:
    zone = Zone("Z-1", "local", "a", "10.1.0.0/16", "30", "", "plan")
    row = Coverage("r", "local", "span", 1, 2, 10, 100, 0, 0, 0, (), ("10.1.7.0/24",))
    assert covered([zone], [row]) == {"Z-1"}
    assert covered([zone], [Coverage("r", "local", "span", 1, 2, 0, 0, 0, 0, 0, (), ("10.1.7.0/24",))]) == frozenset()
    assert (
        covered([zone], [Coverage("r", "other", "span", 1, 2, 9, 9, 0, 0, 0, ("30",), ("10.1.7.0/24",))]) == frozenset()
    )
    assert covered([zone], [Coverage("r", "local", "span", 1, 2, 9, 9, 0, 0, 0, ("30",), ())]) == {"Z-1"}


def test_no_needs_a_source() -> None:
    assert presume("no") is Connectable.UNKNOWN
    assert presume("yes") is Connectable.YES
    assert presume("unknown") is Connectable.UNKNOWN


def test_what_was_met_is_never_called_not_connectable() -> None:
    assert agree(Connectable.NO, gmao=True, live=True, covered_zone=True) is Seen.BOTH
    assert agree(Connectable.NO, gmao=True, live=False, covered_zone=True) is Seen.NOT_CONNECTABLE


def test_what_only_another_list_names_is_in_no_gmao() -> None:
    h = Hospital()
    h.gmao("BM1", ip="10.1.1.6")
    h.say("ae_titles", "device:ae=CT1", ae_title="CT1", ip="10.1.1.7")
    h.say("ae_titles", "device:ae=CT2", ae_title="CT2", ip="10.9.9.7")
    h.plan("10.1.1.0/24", zone_name="IMAGERIE", vlan="30")
    h.covers("10.1.1.0/24")
    assert {d.inventory or d.ae_titles[0]: d.seen for d in h.devices()} == {
        "BM1": Seen.NOT_SEEN,
        "CT1": Seen.LISTED_UNSEEN,
        "CT2": Seen.LISTED,
    }
    alone = Hospital()
    alone.say("addresses", "device:name=ws1", host_name="ws1")
    assert [d.seen for d in alone.devices()] == [Seen.LISTED]


def test_a_list_of_endpoints_tells_of_presence_by_its_days() -> None:
    day = 1_795_132_800_000_000
    h = Hospital()
    h.say("endpoints", f"device:mac={MAC}", mac=MAC)
    h.say("endpoints", f"device:mac={OTHER}", mac=OTHER, first=day, last=day)
    found = {d.macs[0]: (d.seen, d.last) for d in h.devices()}
    assert found == {MAC: (Seen.LISTED, 0), OTHER: (Seen.NO_GMAO, day)}


def test_without_a_gmao_of_the_site_nothing_is_absent_from_it() -> None:
    assert agree(Connectable.YES, gmao=False, live=True, covered_zone=True, listed=False) is Seen.NO_GMAO
    assert agree(Connectable.YES, gmao=False, live=True, covered_zone=True, listed=True) is Seen.NOT_IN_GMAO
    h = Hospital()
    h.seen(MAC, "10.1.1.5")
    h.covers("10.1.1.0/24")
    assert [d.seen for d in h.devices()] == [Seen.NO_GMAO]
