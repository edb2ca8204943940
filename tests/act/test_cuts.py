from dataclasses import replace

import pytest

from handmade import DAY, START, Ground, row
from hygie.act import cut
from hygie.model import Binding, Coverage, Decision, Device, Flow, Zone
from hygie.model.fleet import Connectable


def heard(client: str, server: str, port: int, service: str, day: int, place: str) -> Flow:
    at = {"first": START + day * DAY, "last": START + day * DAY + 5, "place": place, "opened": True}
    ends = {"client": client, "server": server, "transport": "tcp", "port": port, "service": service}
    return row(Flow, reading="c", site="local", **ends, **at)


def hospital(*more: object) -> Ground:
    """A monitor and its central station in one zone, a PACS and a CT in others; one device nobody saw."""
    spots = {"MON": "10.1.0.1", "CEN": "10.1.0.2", "CT": "10.2.0.1", "PACS": "10.3.0.1"}
    kinds = {"MON": "patient_monitor", "CEN": "central_station", "CT": "ct_scanner", "PACS": "pacs"}
    wards = {"MON": "Réanimation", "CEN": "Réanimation", "CT": "Imagerie", "PACS": "Informatique"}
    rows: list[object] = [
        row(Zone, id="Z1", site="local", name="Monitorage", cidr="10.1.0.0/24"),
        row(Zone, id="Z2", site="local", name="Imagerie", cidr="10.2.0.0/24"),
        row(Zone, id="Z3", site="local", name="Serveurs", cidr="10.3.0.0/24"),
        row(Zone, id="Z4", site="local", name="Bloc", cidr="10.4.0.0/24"),
        row(
            Coverage,
            site="local",
            first=START,
            last=START + 3 * DAY,
            networks=("10.1.0.0/24", "10.2.0.0/24", "10.3.0.0/24"),
        ),
        row(
            Device, id="LOST", name="Échographe", kind="ultrasound", ward="Bloc", zone="Z4", connectable=Connectable.YES
        ),
        row(Device, id="BED", name="Lit", kind="hospital_bed", ward="Bloc", connectable=Connectable.NO),
    ]
    for n, (name, address) in enumerate(spots.items()):
        zone = f"Z{address.split('.')[1]}"
        rows.append(
            row(Device, id=name, aliases=(f"old-{name}",), name=name, site="local", kind=kinds[name], ward=wards[name],
                zone=zone, first=START + n)
        )  # fmt: skip
        rows.append(row(Binding, site="local", kind="ip", value=address, device=name))
    talk = [
        ("10.1.0.1", "10.1.0.2", 2575, "hl7"),
        ("10.2.0.1", "10.3.0.1", 104, "dicom"),
        ("10.3.0.1", "203.0.113.9", 443, "tls"),
    ]
    rows.extend(heard(*ends, day, str(10 * n + day)) for n, ends in enumerate(talk) for day in (0, 2))
    return Ground(*rows, *more)


def test_cutting_the_internet_stops_what_goes_outside() -> None:
    answer = cut("internet", hospital())
    [loss] = answer.rows
    assert (loss.ward, loss.device, loss.service, loss.port) == ("Informatique", "PACS", "tls", "tcp/443")
    assert (loss.peer, loss.opens, loss.flows, loss.active_days, loss.days) == ("203.0.113.9", True, 2, 2, 3.0)
    assert loss.lost == "function.pacs.network"
    assert loss.origin == "c#packet 20"
    assert not loss.validated


def test_days_are_counted_alike_on_both_sides() -> None:
    """Watched from noon to noon: 1 day long, on 2 calendar days; it took place on both of them."""
    midnight = (START + 10 * DAY) // DAY * DAY
    noon = midnight + DAY // 2
    late = row(Coverage, site="local", first=noon, last=noon + DAY, networks=("10.9.0.0/24",))
    zone = row(Zone, id="Z9", site="local", name="Dialyse", cidr="10.9.0.0/24")
    talks = [
        replace(heard("10.9.0.1", "203.0.113.9", 443, "tls", 0, "9"), first=at, last=at) for at in (noon, noon + DAY)
    ]
    [loss] = [r for r in cut("internet", hospital(late, zone, *talks)).rows if r.device == "" and r.name == "10.9.0.1"]
    assert (loss.active_days, loss.watched_days, loss.days) == (2, 2, 1.0)


def test_what_was_not_observed_is_said() -> None:
    answer = cut("INTERNET", hospital())
    assert {(u.reason, u.device, u.zone) for u in answer.unknown} == {
        ("cut.unknown.not_watched", "LOST", "Z4"),
        ("cut.unknown.zone", "", "Z4"),
    }
    assert answer.days == 0.0


def test_cutting_a_zone_stops_what_crosses_its_border_on_both_sides() -> None:
    answer = cut("Z2", hospital())
    assert [(r.ward, r.device, r.peer) for r in answer.rows] == [
        ("Imagerie", "CT", "PACS"),
        ("Informatique", "PACS", "CT"),
    ]
    assert answer.days == 3.0
    assert cut("Imagerie", hospital()) == answer
    assert cut("10.2.0.0/24", hospital()) == answer


def test_cutting_a_zone_leaves_what_stays_inside() -> None:
    assert cut("Monitorage", hospital()).rows == ()


def test_cutting_a_device_names_what_its_ward_and_its_peers_lose() -> None:
    answer = cut("CEN", hospital())
    assert {(r.device, r.lost) for r in answer.rows} == {
        ("CEN", "function.central_station.network"),
        ("MON", "function.patient_monitor.network"),
    }
    assert cut("old-CEN", hospital()) == answer


def test_a_device_nobody_saw_is_unknown_not_free() -> None:
    answer = cut("LOST", hospital())
    assert answer.rows == ()
    [unknown] = answer.unknown
    assert (unknown.reason, unknown.ward) == ("cut.unknown.not_watched", "Bloc")


def test_silence_in_a_watched_zone_is_told_too() -> None:
    quiet = row(Device, id="Q", name="Q", zone="Z1", ward="W")
    assert [u.reason for u in cut("Q", hospital(quiet)).unknown] == ["cut.unknown.never_seen"]
    homeless = row(Device, id="H", name="H", ward="W")
    assert [u.reason for u in cut("H", hospital(homeless)).unknown] == ["cut.unknown.no_zone"]


def test_what_cannot_be_connected_is_not_unknown() -> None:
    assert cut("BED", hospital()).unknown == ()


def test_an_address_of_no_device_still_loses() -> None:
    stranger = row(Flow, reading="c", site="local", client="10.1.0.77", server="8.8.8.8", transport="udp", port=53,
                   service="dns", opened=True, first=START, last=START, place="1")  # fmt: skip
    assert ("10.1.0.77", "") in {(r.name, r.device) for r in cut("internet", hospital(stranger)).rows}


def test_a_confirmed_function_is_marked() -> None:
    said = row(Decision, about="function:pacs", answer="oui", who="Dr A")
    assert [r.validated for r in cut("internet", hospital(said)).rows] == [True]


@pytest.mark.parametrize("target", ["", "nothing", "Z9"])
def test_a_target_nobody_knows_is_an_error(target: str) -> None:
    with pytest.raises(LookupError):
        cut(target, hospital())


def test_a_zone_s_name_in_two_sites_wants_the_site() -> None:
    twin = row(Zone, id="Z9", site="east", name="10.2.0.0/24", cidr="10.2.0.0/24")
    with pytest.raises(ValueError, match=r"^east \(Z9\), local \(Z2\)$"):
        cut("10.2.0.0/24", hospital(twin))
    assert cut("10.2.0.0/24", hospital(twin), "east").target == "Z9"
    assert cut("10.2.0.0/24", hospital(twin), "local") == cut("Z2", hospital(twin))
    with pytest.raises(LookupError):
        cut("10.2.0.0/24", hospital(twin), "west")


def test_the_order_of_flows_changes_nothing() -> None:
    forward, backward = hospital(), hospital()
    backward.rows["flow"].reverse()
    assert cut("Z2", forward) == cut("Z2", backward)
