import os
import random
import re
import shutil
import subprocess
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygie import words
from hygie.model.evidence import Speaker
from hygie.sources import capture
from sources.capture.made import EVERYBODY, GIVEN, Connection, Held, chatter, datagram, evidence, of, pcap, pcapng, rows
from wire import (
    test_astm,
    test_clinicalweb,
    test_dhcp,
    test_dhcpv6,
    test_dpws,
    test_hl7,
    test_http,
    test_netbios,
    test_poct1a,
    test_smb,
    test_snmp,
    test_tls,
    test_wsd,
)
from wire.hostile import labels, message
from wire.test_dicom import ACCEPT, COMMAND, STORED
from wire.test_dicom import REQUEST as DICOM_REQUEST

HERE, THERE = "02:00:00:00:00:01", "02:00:00:00:00:02"
ENDS = ("10.0.0.1", "10.0.0.2")
SECRETS = (
    "DURAND", "Marie", "DUPONT", "jdupont", "Martin", "123456", "s3cret", "secret", "passw0rd", "token", "session",
    "bWFyaWU6", "private-life", "gossip", "someone", "iPad", "iPhone", "OBX", "7.31", "mstshash",
)  # fmt: skip
"""What the traffic below holds of people: patients, users, passwords, communities, cookies, places visited."""


def spoken(number: int, port: int, *units: tuple[int, bytes]) -> list[bytes]:
    peer = Connection((HERE, THERE), ENDS, (40000 + number, port))
    return [*peer.open(), *(peer.send(side, unit) for side, unit in units)]


def traffic() -> list[bytes]:
    """All that protocols say, personal things among it."""
    ftp = (1, b"220 FTP ready\r\n"), (0, b"USER jdupont\r\n"), (0, b"PASS passw0rd\r\n")
    visited = message(0x8180, labels("www.private-life.example"), ("www.gossip.example", 1, bytes((93, 184, 216, 34))))
    asked = message(0x0100, labels("www.private-life.example"))
    personal = message(0x8400, b"", ("_airplay._tcp.local", 12, labels("Marie's iPad._airplay._tcp.local")), number=0)
    rdp = bytes.fromhex("0300002b26e00000000000436f6f6b69653a206d737473686173683d6475706f6e740d0a0100080003000000")
    telephone = test_dhcp.unit(1, 1, test_dhcp.option(12, b"iPhone-de-Marie"))
    back = (THERE, HERE), ENDS[::-1]
    return [
        *spoken(1, 104, (0, DICOM_REQUEST), (1, ACCEPT), (0, COMMAND), (0, STORED)),
        *spoken(2, 2575, (0, test_hl7.MESSAGE)),
        *spoken(3, 80, (0, test_http.REQUEST), (1, test_http.ANSWER)),
        *spoken(4, 445, (1, test_smb.CHALLENGE), (0, test_smb.AUTHENTICATE)),
        *spoken(5, 443, (0, test_tls.CLIENT), (1, test_tls.SERVER)),
        *spoken(6, 21, *ftp),
        *spoken(7, 3389, (0, rdp)),
        *spoken(20, 8080, (0, test_clinicalweb.STORE), (1, test_clinicalweb.FOUND), (0, test_clinicalweb.QUERY)),
        *spoken(21, 8081, (0, test_clinicalweb.ASKED), (1, test_clinicalweb.PATIENT), (1, test_clinicalweb.CAPABLE)),
        *spoken(22, 8082, (0, test_clinicalweb.MESSAGE)),
        *spoken(23, 5357, (0, test_dpws.GET), (1, test_dpws.PRINTER), (1, test_dpws.answered(test_dpws.MDIB))),
        *spoken(24, 5001, (0, b"\x05"), (1, b"\x06"), (0, test_astm.FRAME), (1, b"\x06"), (0, test_astm.PATIENT)),
        *spoken(25, 3001, (0, test_poct1a.HELLO), (0, test_poct1a.RESULT), (1, test_poct1a.OPERATORS)),
        datagram((HERE, THERE), ENDS, (546, 547), test_dhcpv6.WINDOWS),
        datagram(*back, (161, 40000), test_snmp.ANSWER),
        datagram(*back, (161, 40001), test_snmp.REPORT),
        datagram(*back, (53, 40000), visited),
        datagram((HERE, THERE), ENDS, (40002, 53), asked),
        datagram((HERE, "01:00:5e:00:00:fb"), (ENDS[0], "224.0.0.251"), (5353, 5353), personal, hops=255),
        datagram((HERE, EVERYBODY), (ENDS[0], "10.0.0.255"), (137, 137), test_netbios.registration(b"DUPONT.MARIE", 3)),
        datagram(*back, (137, 137), test_netbios.STATUS),
        datagram((HERE, EVERYBODY), (ENDS[0], "10.0.0.255"), (138, 138), test_netbios.announcement(b"ECG-07")),
        datagram((HERE, EVERYBODY), (ENDS[0], "239.255.255.250"), (3702, 3702), test_wsd.HELLO, hops=1),
        datagram((HERE, EVERYBODY), ("0.0.0.0", "255.255.255.255"), (68, 67), telephone),
    ]


def test_nothing_of_people_is_in_any_row() -> None:
    frames = traffic()
    held = b"".join(frames)
    assert {
        secret for secret in SECRETS if secret.encode() not in held and secret not in ("DUPONT", "someone")
    } == set()
    for data in (pcap(frames), pcapng(frames), pcap(frames[::-1]), pcap(frames, cut=200)):
        found = rows(data)
        text = "\n".join(map(repr, found))
        assert {secret for secret in SECRETS if secret.lower() in text.lower()} == set()
    services = {f.service for f in of(rows(pcap(frames)), "Flow")}
    assert services >= {"dicom", "hl7", "http", "smb", "tls", "ftp", "rdp", "snmp", "dns", "mdns", "netbios-ns"}
    assert services >= {"dicomweb", "fhir", "hl7-http", "dpws", "astm", "poct1a", "dhcpv6"}
    assert len(evidence(rows(pcap(frames)))) > 60


def test_how_it_is_registered() -> None:
    assert list(capture.READERS) == ["pcap", "pcapng"]
    for reader in capture.READERS.values():
        assert (reader.snapshot, reader.speaker) == (False, Speaker.OBSERVED)
        assert not reader.recognises(Held(b"PK\3\4 something else"))
        assert not reader.recognises(Held(b""))


def test_a_stream_that_breaks_off_tells_what_came_before() -> None:
    data = pcap(chatter(500))
    found = []
    with pytest.raises(EOFError):
        found.extend(iter(capture.READERS["pcap"].read(Held(data, breaks=60_000), GIVEN)))
    found = []
    walk = capture.READERS["pcap"].read(Held(data, breaks=60_000), GIVEN)
    with pytest.raises(EOFError):
        while True:
            found.append(next(walk))
    assert of(found, "Flow") and of(found, "Coverage")


def test_every_refusal_has_its_sentence() -> None:
    keys = {key for key in words.catalogue("fr") if key.startswith("refusal.capture.")}
    known = {"skipped", "truncated", "block", "more", "link", "undecoded", "fragments", "snapped", "sealed", "unit"}
    assert keys == {f"refusal.capture.{key}" for key in known | {"streams", "dropped", "header"}}


def test_places_of_damage_are_told_up_to_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capture, "MOST_REFUSALS", 2)
    whole = pcapng(chatter(30))
    bad = bytearray(whole)
    at = 48
    while at < len(whole):
        size = int.from_bytes(whole[at + 4 : at + 8], "little")
        bad[at + 8] = 9  # an interface that was not described
        at += size
    told = of(rows(bytes(bad)), "Refusal")
    assert [r.reason for r in told] == ["refusal.capture.block"] * 2 + ["refusal.capture.more"]


def test_truncation_and_bit_flips_of_a_whole_capture() -> None:
    data = pcap(traffic())
    noise = random.Random(11)
    for size in range(24, len(data), 97):
        assert of(rows(data[:size]), "Coverage") or size < 300
    for _ in range(150):
        bad = bytearray(data)
        for _ in range(noise.randrange(1, 30)):
            bad[noise.randrange(24, len(bad))] ^= 1 << noise.randrange(8)
        found = rows(bytes(bad))
        assert {type(row).__name__ for row in found} <= {"Flow", "Evidence", "Coverage", "Refusal"}


@settings(max_examples=60, deadline=None, database=None)
@given(st.lists(st.binary(max_size=200), max_size=8), st.sampled_from((0, 1, 101, 113, 228, 276)))
def test_any_frames(frames: list[bytes], link: int) -> None:
    (coverage,) = of(rows(pcap(frames, link=link)), "Coverage") or [None]
    assert coverage is None or coverage.packets == len(frames)


def captures(shared: Path) -> list[Path]:
    folder = shared / "pcaps"
    return sorted(p for p in folder.rglob("*") if p.is_file() and p.read_bytes()[:4] in MAGICS)


MAGICS = (b"\xd4\xc3\xb2\xa1", b"\xa1\xb2\xc3\xd4", b"\x4d\x3c\xb2\xa1", b"\xa1\xb2\x3c\x4d", b"\x0a\x0d\x0d\x0a")


@cache
def told(path: Path) -> list:
    return rows(path.read_bytes())


def test_all_public_captures_are_walked(shared: Path) -> None:
    paths, packets, reasons = captures(shared), 0, Counter()
    for path in paths:
        for row in told(path):
            if type(row).__name__ == "Coverage":
                packets += row.packets
            elif type(row).__name__ == "Refusal":
                reasons[row.reason] += 1
    assert len(paths) > 1000
    assert packets > 10_000
    assert not [reason for reason in reasons if reason not in words.catalogue("en")]


@pytest.fixture(scope="session")
def tshark() -> str:
    found = shutil.which("tshark")
    if not found:
        pytest.skip("tshark is not installed")
    return found


def fields(tshark: str, path: Path, shown: str, *names: str) -> set[str]:
    """Values that tshark finds; several in one packet are separated."""
    arguments = [a for name in names for a in ("-e", name)]
    command = [tshark, "-r", str(path), "-Y", shown, "-T", "fields", "-E", "aggregator=|", *arguments]
    out = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C.UTF-8"}, check=False)
    return {
        value.strip() for line in out.stdout.splitlines() for cell in line.split("\t") for value in cell.split("|")
    } - {""}


FUZZED = re.compile("oobr|asan|overflow|overrun")
"""Names of captures that were damaged on purpose: where a header lies, every tool counts otherwise."""


def test_totals_of_all_public_captures_equal_capinfos(shared: Path) -> None:
    capinfos = shutil.which("capinfos")
    if not capinfos:
        pytest.skip("capinfos is not installed")
    paths = [path for path in captures(shared) if not FUZZED.search(path.name)]
    command = [capinfos, "-T", "-r", "-c", "-d", *map(str, paths)]
    out = subprocess.run(command, capture_output=True, text=True, check=False)
    theirs = {name: (int(count), int(size)) for name, count, size in map(str.split, out.stdout.splitlines())}
    ours = {}
    for path in paths:
        sensors = of(told(path), "Coverage")
        ours[str(path)] = sum(row.packets for row in sensors), sum(row.bytes for row in sensors)
    assert {name: ours[name] for name in theirs} == theirs
    assert len(theirs) > 900


def packets_of(tshark: str, path: Path) -> int:
    out = subprocess.run(
        [tshark, "-r", str(path), "-T", "fields", "-e", "frame.number"], capture_output=True, check=False
    )
    return len(out.stdout.split())


def values(found: list, trait: str) -> set[str]:
    return {value for _, kind, value in evidence(found) if kind == trait}


SAMPLES = (
    "zeek/dhcp/dhcp.pcap", "zeek/dhcp/dhcp_time_and_nameserver.pcap", "zeek/dns/mdns.pcap", "zeek/smb/smb1.pcap",
    "zeek/smb/smb311.pcap", "zeek/smb/smb3.pcap", "zeek/snmp/snmpv1_get.pcap", "zeek/snmp/snmpv2_get.pcap",
    "own-loopback/dicom_orthanc_dcmtk_netns.pcap", "own-loopback/hl7_mllp_lo.pcap",
)  # fmt: skip


@pytest.mark.parametrize("name", SAMPLES)
def test_packet_counts_and_bytes_equal_tsharks(shared: Path, tshark: str, name: str) -> None:
    path = shared / "pcaps" / name
    found = told(path)
    (coverage,) = of(found, "Coverage")
    assert coverage.packets == packets_of(tshark, path)
    ours = sum(f.packets_out + f.packets_back for f in of(found, "Flow") if f.transport in ("tcp", "udp"))
    theirs = fields(tshark, path, "(tcp or udp) and not icmp and not icmpv6", "frame.number")
    assert ours == len(theirs)


def test_titles_and_implementations_equal_tsharks(shared: Path, tshark: str) -> None:
    path = shared / "pcaps" / "own-loopback/dicom_orthanc_dcmtk_netns.pcap"
    found = told(path)
    assert values(found, "ae_title") == fields(tshark, path, "dicom", "dicom.assoc.ae.calling", "dicom.assoc.ae.called")
    assert values(found, "dicom_implementation_uid") == {"1.2.276.0.7230010.3.0.3.6.7"}
    assert {f.service for f in of(found, "Flow")} == {"dicom", "http"}


@pytest.mark.parametrize("name", ["dhcp.pcap", "dhcp_time_and_nameserver.pcap", "hw-type0.pcap"])
def test_leases_equal_tsharks(shared: Path, tshark: str, name: str) -> None:
    path = shared / "pcaps" / "zeek" / "dhcp" / name
    found = told(path)
    shown = "dhcp.type == 1"
    assert values(found, "host_name") == fields(tshark, path, shown, "dhcp.option.hostname", "dhcp.fqdn.name")
    assert values(found, "dhcp_vendor_class") == fields(tshark, path, shown, "dhcp.option.vendor_class_id")


@pytest.mark.parametrize("name", ["smb1.pcap", "smb3.pcap", "smb311.pcap", "raw_ntlm_in_smb.pcap"])
def test_machine_names_equal_tsharks(shared: Path, tshark: str, name: str) -> None:
    path = shared / "pcaps" / "zeek" / "smb" / name
    found = told(path)
    theirs = fields(tshark, path, "ntlmssp.messagetype == 2", "ntlmssp.challenge.target_info.nb_computer_name")
    assert theirs <= values(found, "netbios_name")
    users = fields(tshark, path, "ntlmssp.messagetype == 3", "ntlmssp.auth.username") - {"NULL", "Administrator"}
    assert not users & {value for _, _, value in evidence(found)}


@pytest.mark.parametrize("name", ["snmpv1_get.pcap", "snmpv2_get.pcap", "snmpwalk-short.pcap"])
def test_object_identifiers_equal_tsharks(shared: Path, tshark: str, name: str) -> None:
    path = shared / "pcaps" / "zeek" / "snmp" / name
    communities = fields(tshark, path, "snmp", "snmp.community")
    found = told(path)
    assert communities
    assert not communities & {value for _, _, value in evidence(found)}
    service = {f.service for f in of(found, "Flow") if f.port == 161}
    assert service == {"snmp"}


def test_the_example_hospitals_capture(hospital: Path, tshark: str) -> None:
    path = hospital / "capture.pcap"
    if not path.is_file():
        pytest.skip("examples/hospital/capture.pcap is not here")
    found = told(path)
    assert sum(c.packets for c in of(found, "Coverage")) == packets_of(tshark, path)
    titles = fields(tshark, path, "dicom.assoc.ae.calling", "dicom.assoc.ae.calling", "dicom.assoc.ae.called")
    assert values(found, "ae_title") == titles
    names = fields(tshark, path, "dhcp.type == 1", "dhcp.option.hostname")
    assert names <= values(found, "host_name")
    assert not [r for r in of(found, "Refusal") if r.reason in ("refusal.capture.skipped", "refusal.capture.undecoded")]
