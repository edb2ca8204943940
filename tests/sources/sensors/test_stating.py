"""What records of protocols say stands in the normal forms of captures."""

import pytest

from hygie.sources.sensors import stating
from hygie.sources.sensors.records import End, Log
from hygie.sources.sensors.stating import Context
from sources.sensors.made import GIVEN, packed, said


def context() -> Context:
    log = Log(GIVEN, "test", "line")
    return Context(log, End(packed("10.1.1.10"), 40000), End(packed("10.1.1.20"), 443), 7, 1_786_320_000_000_000)


def told(at: Context) -> set[tuple[str, str]]:
    return {(trait, value) for _, trait, value in said(list(at.log.end()))}


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("CN=pacs,O=CHU,C=FR", "CN=pacs, O=CHU"),
        ("emailAddress=a@b.example, CN=a@b.example", ""),
        (r"O=Maker\, Inc.,CN=pump", "CN=pump, O=Maker, Inc"),
        ("", ""),
        ("," * 5000, ""),
    ],
)
def test_certificates(text: str, known: str) -> None:
    assert stating.certificate(text) == known


@pytest.mark.parametrize("version", ["TLSv1.2", "TLSv12", "TLS 1.2"])
def test_versions_of_tls(version: str) -> None:
    at = context()
    stating.tls(at, version, "", "")
    assert told(at) == {("tls_version", "TLS 1.2")}


def test_services_have_safe_names() -> None:
    assert (stating.service(" DICOM "), stating.service("ftp-data")) == ("dicom", "ftp-data")
    assert stating.service("x" * 99) == stating.service("a b") == stating.service("") == ""


@pytest.mark.parametrize(("dialect", "known"), [("NT LM 0.12", "SMB 1"), ("3.11", "SMB 3.1.1"), ("unknown", "")])
def test_dialects(dialect: str, known: str) -> None:
    at = context()
    stating.smb(at, dialect, "")
    assert told(at) == ({("smb_dialect", known)} if known else set())


def test_users_are_not_taken_for_machines() -> None:
    at = context()
    for client in ("dupont", "dupont/admin", "$", "host/a/b", "marie@chu"):
        stating.kerberos(at, client, "", False)
    assert told(at) == set()


def test_an_odd_line_of_ssh_says_nothing() -> None:
    at = context()
    stating.shell(at, at.server, "x y\r\nSSH-2.0-z")
    assert told(at) == {("ssh_software", "x")}
    stating.shell(at, at.client, "")
    assert told(context()) == set()


def test_times_and_places_go_with_it() -> None:
    at = context()
    stating.snmp(at, "3", "Printer")
    (row,) = [row for row in at.log.end() if hasattr(row, "trait")]
    assert (row.place, row.first, row.last) == ("line 7", at.time, at.time)


def test_a_lease_without_card_says_nothing_of_its_client() -> None:
    at = context()
    stating.dhcp(at, stating.Lease(b"", ("PC-12",), address=packed("10.1.1.9"), server=packed("10.1.1.2")))
    assert told(at) == {("role", "dhcp server")}
