from hygie.facts import ports
from hygie.wire import DISSECTORS

WITHIN_HTTP = {"dicomweb", "fhir", "hl7-http"}
"""Services that are tried on the ports of HTTP before it."""


def test_names() -> None:
    assert ports.name("tcp", 104) == "dicom"
    assert ports.name("udp", 47808) == "bacnet"
    assert ports.name("ethernet", 0x8892) == "profinet"
    assert ports.name("tcp", 49999) == ""
    assert ports.name("sctp", 104) == ""


def test_tables_are_sound() -> None:
    assert all(0 < port < 65536 for table in (ports.TCP, ports.UDP) for port in table)
    assert all(0x600 <= kind < 65536 for kind in ports.ETHERNET)
    known = {*ports.TCP.values(), *ports.UDP.values(), *DISSECTORS}
    assert known >= ports.CLEARTEXT


def test_recognised_services_are_named_alike() -> None:
    for row in DISSECTORS.values():
        for carrier in row.carriers & {"tcp", "udp"}:
            usual = {ports.name(carrier, port) for port in row.ports} - {""}
            assert not row.ports or row.service in usual or row.service in WITHIN_HTTP, row.service
