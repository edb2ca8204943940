from hygie.model.fleet import Binding
from hygie.register import Holders
from register.hospital import DAY, MONDAY, Hospital

MAC, OTHER = "00:1b:0d:00:00:01", "00:1b:0d:00:00:02"


def test_an_address_is_whose_it_was_then() -> None:
    h = Hospital()
    h.lease(MAC, "10.1.1.5", first=MONDAY, last=MONDAY + DAY)
    h.lease(OTHER, "10.1.1.5", first=MONDAY + 5 * DAY, last=MONDAY + 6 * DAY)
    register = h.register()
    ids = {d.macs[0]: d.id for d in register.devices}
    holders = Holders(register.bindings)
    assert holders.device("local", "10.1.1.5", first=MONDAY, last=MONDAY + 1) == ids[MAC]
    assert holders.device("local", "10.1.1.5", first=MONDAY + 5 * DAY, last=MONDAY + 5 * DAY) == ids[OTHER]
    assert holders.device("local", "10.1.1.5") == ""
    assert holders.device("local", "10.1.1.5", mac=OTHER) == ids[OTHER]
    assert holders.device("local", MAC) == ids[MAC]
    assert holders.device("elsewhere", "10.1.1.5", mac=MAC) == ""
    assert holders.device("local", "10.9.9.9") == ""


def test_what_was_observed_beats_what_was_declared() -> None:
    bindings = [
        Binding("local", "ip", "10.1.1.5", "D-old", 0, 0),
        Binding("local", "ip", "10.1.1.5", "D-now", MONDAY, MONDAY + DAY),
    ]
    holders = Holders(bindings)
    assert holders.device("local", "10.1.1.5", first=MONDAY, last=MONDAY) == "D-now"
    assert holders.device("local", "10.1.1.5", first=1, last=2) == "D-old"


def test_stays_less_than_a_day_apart_are_one() -> None:
    h = Hospital()
    h.lease(MAC, "10.1.1.5", first=MONDAY, last=MONDAY + DAY)
    h.lease(MAC, "10.1.1.5", first=MONDAY + 2 * DAY - 1, last=MONDAY + 3 * DAY)
    h.lease(MAC, "10.1.1.5", first=MONDAY + 9 * DAY, last=MONDAY + 10 * DAY)
    spans = [(b.first, b.last) for b in h.register().bindings if b.kind == "ip"]
    assert spans == [(MONDAY, MONDAY + 3 * DAY), (MONDAY + 9 * DAY, MONDAY + 10 * DAY)]


def test_names_and_titles_are_bound_without_time() -> None:
    h = Hospital()
    h.gmao("BM1", host_name="ct1-host", ae_title="CT1HOST", mac=MAC)
    assert {(b.kind, b.value, b.first) for b in h.register().bindings} == {
        ("name", "ct1-host", 0),
        ("ae", "CT1HOST", 0),
        ("mac", MAC, 0),
    }
