"""The example's capture: woven anew it is the same, and it is what the fleet says it is."""

import hashlib
import ipaddress
import re
import struct
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

import fleet
import weave_capture
from recordings import plan

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
HOSPITAL = EXAMPLES / "hospital"
NAMES = ("capture.pcap", "capture-rea.pcapng")
COPIED = {vlan.number for vlan in fleet.VLANS if vlan.sensor}
GROUPS = {"netbios": None, "mdns": "224.0.0.251", "wsdiscovery": "239.255.255.250"}


def walk_pcap(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Frames of a pcap, read by nothing of the project."""
    assert data[:4] == b"\xd4\xc3\xb2\xa1"
    assert struct.unpack_from("<I", data, 20) == (1,)
    place = 24
    while place < len(data):
        seconds, micro, kept, whole = struct.unpack_from("<4I", data, place)
        assert kept == whole <= 1518 + 4
        assert micro < 1_000_000
        frame = data[place + 16 : place + 16 + kept]
        assert len(frame) == kept
        yield seconds * 1_000_000 + micro, frame
        place += 16 + kept


def walk_blocks(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Blocks of a little-endian pcapng: kind and body."""
    place = 0
    while place < len(data):
        kind, size = struct.unpack_from("<2I", data, place)
        assert size % 4 == 0
        assert struct.unpack_from("<I", data, place + size - 4) == (size,)
        yield kind, data[place + 8 : place + size - 4]
        place += size


def walk_pcapng(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Frames of its enhanced packet blocks."""
    for kind, body in walk_blocks(data):
        if kind == 6:
            _, high, low, kept, whole = struct.unpack_from("<5I", body)
            assert kept == whole
            yield high << 32 | low, body[20 : 20 + kept]


def internet_sum(data: bytes) -> int:
    """Ones' complement sum: 0xFFFF where a checksum is right."""
    total = sum(int.from_bytes(data[place : place + 2].ljust(2, b"\0"), "big") for place in range(0, len(data), 2))
    while total > 0xFFFF:
        total = (total >> 16) + (total & 0xFFFF)
    return total


@pytest.fixture(scope="module")
def frames() -> list[tuple[int, bytes]]:
    """All frames of both captures."""
    first, second = ((HOSPITAL / name).read_bytes() for name in NAMES)
    return [*walk_pcap(first), *walk_pcapng(second)]


def split(frame: bytes) -> tuple[int, bytes]:
    """VLAN (0 none) and the frame without its tag."""
    if frame[12:14] == b"\x81\x00":
        return int.from_bytes(frame[14:16], "big"), frame[:12] + frame[16:]
    return 0, frame


def ends(frame: bytes) -> tuple[str, str, str, int, int]:
    """Source, destination, transport and ports of an untagged IPv4 frame."""
    start = 14 + (frame[14] & 15) * 4
    source, target = (str(ipaddress.IPv4Address(frame[at : at + 4])) for at in (26, 30))
    first, second = struct.unpack_from(">2H", frame, start)
    return source, target, {6: "tcp", 17: "udp"}[frame[23]], first, second


def test_weaving_again_gives_the_committed_files(tmp_path: Path) -> None:
    assert weave_capture.main(tmp_path) == 0
    for name in NAMES:
        ours, theirs = ((folder / name).read_bytes() for folder in (tmp_path, HOSPITAL))
        assert hashlib.sha256(ours).hexdigest() == hashlib.sha256(theirs).hexdigest(), name


def test_size_order_and_three_days() -> None:
    data = (HOSPITAL / "capture.pcap").read_bytes()
    assert len(data) <= 5_000_000
    times = [when for when, _ in walk_pcap(data)]
    assert times == sorted(times)
    start, end = (weave_capture.midnight(fleet.DAYS[at]) for at in (0, -1))
    assert start <= times[0] < start + weave_capture.HOUR
    assert end + 23 * weave_capture.HOUR < times[-1] < end + weave_capture.DAY


def test_sensors_are_silent_in_the_depth_of_each_night(frames: list[tuple[int, bytes]]) -> None:
    times = sorted(when for when, _ in frames)
    silences = [(a, b) for a, b in pairwise(times) if b - a > weave_capture.HOUR]
    assert len(silences) == 3
    assert all(b - a < 3 * weave_capture.HOUR for a, b in silences)


def test_every_checksum_is_right(frames: list[tuple[int, bytes]]) -> None:
    seen = 0
    for _, frame in frames:
        _, plain = split(frame)
        if plain[12:14] != b"\x08\x00":
            continue
        size, total = (plain[14] & 15) * 4, int.from_bytes(plain[16:18], "big")
        assert internet_sum(plain[14 : 14 + size]) == 0xFFFF
        body = plain[14 + size : 14 + total]
        if plain[23] == 6 or body[6:8] != b"\0\0":
            assert internet_sum(plain[26:34] + struct.pack(">2H", plain[23], len(body)) + body) == 0xFFFF
            seen += 1
    assert seen > 20_000


def test_only_copied_networks_are_seen_and_macs_are_the_fleets(frames: list[tuple[int, bytes]]) -> None:
    of_mac = {device.mac: device for device in fleet.DEVICES if device.mac}
    untagged = 0
    for _, frame in frames:
        vlan, plain = split(frame)
        source = plain[6:12].hex(":")
        if not vlan:
            untagged += 1
            assert (plain[12:14], source) == (b"\x88\xcc", fleet.BY_KEY["switch_core"].mac)
            continue
        assert vlan in COPIED
        assert source == fleet.ROUTER_MAC or of_mac[source].vlan == vlan
        target = plain[:6].hex(":")
        assert plain[0] & 1 or target == fleet.ROUTER_MAC or of_mac[target].vlan == vlan
    assert 0 < untagged < 20


def test_every_conversation_is_there_every_day_under_the_address_of_the_day(frames: list[tuple[int, bytes]]) -> None:
    counted: dict[tuple[str, str, str, str, int], set[int]] = defaultdict(set)
    for when, frame in frames:
        _, plain = split(frame)
        if plain[12:14] == b"\x08\x00":
            source, target, transport, first, second = ends(plain)
            day = fleet.DAYS[(when - weave_capture.midnight(fleet.DAYS[0])) // weave_capture.DAY]
            counted[day, source, target, transport, second].add(first)
            counted[day, target, source, transport, first].add(second)
    for talk in (talk for talk in fleet.CONVERSATIONS if fleet.visible(talk)):
        transport, port = fleet.port(talk)
        for day in fleet.DAYS:
            client, server = (fleet.address(key, day) for key in (talk.client, talk.server))
            vlan = fleet.vlan_of(talk.client)
            assert vlan is not None
            if talk.service == "dhcp":
                client = vlan.gateway
            if talk.service in GROUPS:
                server = GROUPS[talk.service] or str(ipaddress.ip_network(vlan.cidr).broadcast_address)
            clients = counted[day, client, server, transport, port]
            assert clients, (talk, day)
            if transport == "tcp":
                assert len(clients) >= talk.per_day, (talk, day)


def test_nobody_speaks_under_an_address_that_it_left(frames: list[tuple[int, bytes]]) -> None:
    for key, (day, new) in fleet.MOVES.items():
        mac, old = fleet.BY_KEY[key].mac, fleet.BY_KEY[key].ip
        found = set()
        for when, frame in frames:
            _, plain = split(frame)
            if plain[6:12].hex(":") == mac and plain[12:14] == b"\x08\x00":
                source = ends(plain)[0]
                if source != "0.0.0.0":
                    assert source == (new if when >= weave_capture.midnight(day) else old)
                    found.add(source)
        assert found == {old, new}


def test_second_sensor_says_what_it_lost() -> None:
    blocks = list(walk_blocks((HOSPITAL / "capture-rea.pcapng").read_bytes()))
    assert [kind for kind, _ in blocks[:2]] == [0x0A0D0D0A, 1]
    kind, body = blocks[-1]
    assert kind == 5
    options, place = {}, 12
    while place < len(body):
        code, size = struct.unpack_from("<2H", body, place)
        options[code] = body[place + 4 : place + 4 + size]
        place += 4 + size + -size % 4
    received, dropped = (int.from_bytes(options[code], "little") for code in (4, 5))
    assert dropped == weave_capture.LOST
    assert received - dropped == sum(kind == 6 for kind, _ in blocks) > 100
    copied = fleet.SENSORS[weave_capture.APART]
    assert {split(frame)[0] for _, frame in walk_pcapng((HOSPITAL / "capture-rea.pcapng").read_bytes())} <= set(copied)


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("dicom-store/ct_host-pacs.pcap", b"LUMIRA_CT_6.4.2"),
        ("hl7-oru/vent1-engine.pcap", b"MSH|^~\\&|ZEPHYR5|ZEPHYR-1|CARREFOUR|"),
        ("snmp/nms-vent1.pcap", b"Zephyr 5, software 4.2.1"),
        ("http/pump1-relay.pcap", b"Server: Relais/2.3.6"),
        ("tls/mon01-central.pcap", b"veille-cs1.ch-valdambre.example"),
        ("bacnet/bms-gas.pcap", b"Alarmis Gaz"),
    ],
)
def test_payloads_are_those_of_the_recording(file: str, words: bytes) -> None:
    """Each payload that was recorded stands in the capture, byte for byte."""
    woven = b"".join((HOSPITAL / name).read_bytes() for name in NAMES)
    payloads = []
    for _, frame in walk_pcap((EXAMPLES / "recordings" / file).read_bytes()):
        if frame[12:14] == b"\x08\x00":
            start = 14 + (frame[14] & 15) * 4
            start += 8 if frame[23] == 17 else (frame[start + 12] >> 4) * 4
            payloads.append(frame[start : 14 + int.from_bytes(frame[16:18], "big")])
    assert any(words in payload for payload in payloads)
    assert all(payload in woven for payload in payloads)


def test_recordings_are_those_that_the_fleet_asks_for() -> None:
    """A device that changed what it says must be recorded again (`examples/recordings/record.py`)."""
    index = weave_capture.index()
    assert {talk.file: talk.digest() for talk in plan.talks()} == {file: row["said"] for file, row in index.items()}
    kept = {str(path.relative_to(EXAMPLES / "recordings")) for path in (EXAMPLES / "recordings").rglob("*.pcap")}
    assert kept == set(index)
    assert sum((EXAMPLES / "recordings" / file).stat().st_size for file in kept) < 4_000_000


def test_no_recording_names_a_person_or_a_machine_outside_the_fleet() -> None:
    """Patients are TEST^NOBODY; every address is the fleet's, a group or the arena's own outside."""
    for file in weave_capture.index():
        data = (EXAMPLES / "recordings" / file).read_bytes()
        for name in re.findall(rb"\|([A-Z]+\^[A-Z]+)\|\|19", data):
            assert name == b"TEST^NOBODY"
        for _, frame in walk_pcap(data):
            assert frame[6:12].hex(":") in {row["mac"] for row in weave_capture.load(file).hosts.values()}


def test_an_address_that_changed_and_stands_in_words_asks_for_a_new_recording(monkeypatch: pytest.MonkeyPatch) -> None:
    play = next(play for play in weave_capture.plays() if play.recording.service == "http")
    monkeypatch.setattr(fleet, "address", lambda key, day: "10.9.9.9")
    with pytest.raises(ValueError, match="record it again"):
        weave_capture.rewriting(play)


def test_an_address_in_bytes_follows_the_fleet(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lease recorded for one address is given for another: in the header and in the payload alike."""
    play = next(play for play in weave_capture.plays() if play.recording.service == "dhcp")
    client = next(iter(play.recording.hosts))
    old, new = fleet.address(client, play.day), "10.42.30.99"
    assert old != new
    known = fleet.address
    monkeypatch.setattr(fleet, "address", lambda key, day: new if key == client else known(key, day))
    made = b"".join(frame for _, frame, _ in weave_capture.woven(play, set()))
    assert ipaddress.IPv4Address(new).packed in made
    assert ipaddress.IPv4Address(old).packed not in made
