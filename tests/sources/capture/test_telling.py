from hygie.sources.capture import telling
from hygie.sources.capture.frames import Damage
from sources.capture.made import (
    EVERYBODY,
    GIVEN,
    START,
    Connection,
    arp,
    chatter,
    datagram,
    enhanced,
    evidence,
    interface,
    of,
    option,
    pcap,
    rows,
    section,
)
from wire.hostile import labels, message
from wire.test_dhcp import REQUEST as DHCP_REQUEST
from wire.test_dicom import ACCEPT, COMMAND, IMPLICIT, MWL, OBJECT, STORED, association, context, item, pdu
from wire.test_dicom import REQUEST as DICOM_REQUEST

CT, PACS, DESK = "02:00:00:00:00:01", "02:00:00:00:00:02", "02:00:00:00:00:03"
ENDS = ("10.0.0.1", "10.0.0.2")


def association_of(peer: Connection, *units: bytes) -> list[bytes]:
    return [*peer.open(), peer.send(0, DICOM_REQUEST), peer.send(1, ACCEPT), *(peer.send(0, unit) for unit in units)]


def said_of(found: list, who: str, trait: str) -> set[str]:
    return {value for subject, kind, value in evidence(found) if (subject, kind) == (f"device:mac={who}", trait)}


def test_a_scanners_objects_speak_of_itself() -> None:
    found = rows(pcap(association_of(Connection((CT, PACS), ENDS, (40000, 104)), COMMAND, STORED)))
    assert said_of(found, CT, "product") == {"Scan 64"}
    assert said_of(found, CT, "ae_title") == {"CT01"}
    assert said_of(found, PACS, "ae_title") == {"PACS1"}
    assert said_of(found, PACS, "dicom_role") == {"archive"}
    titles = [r for r in of(found, "Evidence") if r.trait == "ae_title" and r.value == "PACS1"]
    assert [(t.confidence, t.place) for t in titles] == [(1.0, "packet 4")]


def test_what_an_archive_passes_on_is_not_said_of_it() -> None:
    arriving = association_of(Connection((CT, PACS), ENDS, (40000, 104)), COMMAND, STORED)
    leaving = association_of(Connection((PACS, DESK), ("10.0.0.2", "10.0.0.3"), (41000, 104)), COMMAND, STORED)
    found = rows(pcap(arriving + leaving))
    assert said_of(found, CT, "product") == {"Scan 64"}
    assert said_of(found, PACS, "product") == set()
    assert said_of(found, PACS, "serial_number") == set()


def test_a_console_that_receives_from_its_reconstructor_speaks_of_itself() -> None:
    console, own = (CT, PACS), OBJECT.replace(b"CT01_A", b"CT01_R").replace(b"SN77", b"SN78")
    received = association_of(Connection((DESK, CT), ("10.0.0.3", "10.0.0.1"), (41000, 104)), COMMAND, pdu((2, own)))
    found = rows(pcap(received + association_of(Connection(console, ENDS, (40000, 104)), COMMAND, STORED)))
    assert said_of(found, CT, "serial_number") == {"SN77"}
    assert said_of(found, DESK, "serial_number") == {"SN78"}
    assert said_of(found, CT, "dicom_role") == {"archive", "modality"}


def test_who_answers_queries_keeps_images_of_others() -> None:
    query = "1.2.840.10008.5.1.4.1.2.2.1"
    asks = association(1, context(1, query), b"1.2.3.4", b"X")
    answer = association(2, item(0x21, b"\1\0\0\0" + item(0x40, IMPLICIT)), b"1.2.3.5", b"Y")
    search = Connection((DESK, PACS), ("10.0.0.3", "10.0.0.2"), (42000, 104))
    leaving = association_of(Connection((PACS, DESK), ("10.0.0.2", "10.0.0.3"), (41000, 104)), COMMAND, STORED)
    found = rows(pcap([*search.open(), search.send(0, asks), search.send(1, answer), *leaving]))
    assert said_of(found, PACS, "product") == set()
    assert said_of(found, PACS, "dicom_role") == {"archive"}


def test_a_scanner_with_an_archive_of_its_own_still_speaks_of_itself() -> None:
    asks = association(1, context(1, MWL), b"1.2.3.4", b"X")
    answer = association(2, item(0x21, b"\1\0\0\0" + item(0x40, IMPLICIT)), b"1.2.3.5", b"Y")
    worklist = Connection((CT, PACS), ENDS, (42000, 104))
    fetch = Connection((DESK, CT), ("10.0.0.3", "10.0.0.1"), (43000, 104))
    frames = [
        *association_of(Connection((CT, PACS), ENDS, (40000, 104)), COMMAND, STORED),
        *[*worklist.open(), worklist.send(0, asks), worklist.send(1, answer)],
        *association_of(fetch),
    ]
    found = rows(pcap(frames))
    assert "archive" in said_of(found, CT, "dicom_role")
    assert said_of(found, CT, "product") == {"Scan 64"}


def test_a_router_of_images_speaks_of_nobody() -> None:
    other = pdu((2, OBJECT.replace(b"Scan 64", b"Scan 16").replace(b"SN77", b"SN78")))
    found = rows(pcap(association_of(Connection((CT, PACS), ENDS, (40000, 104)), COMMAND, STORED, COMMAND, other)))
    assert said_of(found, CT, "product") == set()
    assert said_of(found, CT, "ae_title") == {"CT01"}


def answers(count: int) -> list[bytes]:
    return [
        datagram(
            (PACS, CT),
            ENDS[::-1],
            (53, 40000 + n),
            message(0x8180, labels(f"site{n}.example"), (f"site{n}.example", 1, bytes((10, 9, 9, 9)))),
        )
        for n in range(count)
    ]


def test_a_filters_address_does_not_tell_what_people_visit() -> None:
    few, many = evidence(rows(pcap(answers(3)))), evidence(rows(pcap(answers(20))))
    assert len([row for row in few if row[1] == "host_name"]) == 3
    assert [row for row in many if row[1] == "host_name"] == []
    assert (f"device:mac={PACS}", "role", "dns server") in many


def test_each_statement_once_with_its_first_place_and_both_times() -> None:
    frames = [
        *chatter(3),
        *[datagram((CT, EVERYBODY), ("0.0.0.0", "255.255.255.255"), (68, 67), DHCP_REQUEST) for _ in range(5)],
    ]
    found = [r for r in of(rows(pcap(frames)), "Evidence") if r.trait == "dhcp_vendor_class"]
    assert [(r.value, r.raw, r.place) for r in found] == [("Example Monitor", "Example Monitor", "packet 4")]
    assert (found[0].first, found[0].last) == (START + 3000, START + 7000)
    assert found[0].reading == GIVEN.reading


def test_a_wish_counts_only_where_nothing_better_is_known() -> None:
    wish = datagram((CT, EVERYBODY), ("0.0.0.0", "255.255.255.255"), (68, 67), DHCP_REQUEST)
    assert said_of(rows(pcap([wish])), CT, "ip") == {"10.20.1.10"}
    assert said_of(rows(pcap([wish, arp(CT, "10.0.0.1", "10.0.0.2")])), CT, "ip") == {"10.0.0.1"}


def test_makers_and_routers() -> None:
    real = "00:09:fb:00:00:01"
    frames = [arp(real, "10.0.0.9", "10.0.0.1")]
    frames += [datagram((PACS, CT), (f"10.9.0.{n}", ENDS[0]), (40000, 9999), b"x", hops=63) for n in range(1, 6)]
    found = rows(pcap(frames))
    assert said_of(found, real, "oui_maker") == {"Philips Patient Monitoring"}
    assert said_of(found, PACS, "role") == {"router"}
    assert ("device:ip=10.9.0.3", "ip", "10.9.0.3") in evidence(found)


def test_a_sensor_for_each_name() -> None:
    frames = list(chatter(3))
    data = section() + interface(1, option(2, b"span-a")) + interface(1, option(2, b"span-b"))
    data += enhanced(frames[0], START) + enhanced(frames[1], START, 1) + enhanced(frames[2], START, 1)
    found = rows(data)
    assert {(c.sensor, c.packets) for c in of(found, "Coverage")} == {("span-a", 1), ("span-b", 2)}
    assert {(f.sensor, f.packets_out) for f in of(found, "Flow")} == {("span-a", 1), ("span-b", 2)}


def test_damage() -> None:
    row = telling.refusal("a.pcap", GIVEN, Damage("refusal.capture.skipped", 24, 7))
    assert (row.place, row.args, row.whole) == ("offset 24", ("offset=24", "bytes=7"), False)
