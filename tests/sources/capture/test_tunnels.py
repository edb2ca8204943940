import os
import shutil
import subprocess
from pathlib import Path

import pytest

from hygie.sources.capture import tunnels
from hygie.sources.capture.layers import LINKS, decode
from hygie.sources.capture.tunnels import ETHERNET, RADIO, RAW, SealedError
from hygie.wire.codec.addresses import ip_text
from sources.capture import wrapped
from sources.capture.made import evidence, ipv4, of, pcap, rows
from sources.capture.wrapped import ENDS, FOUR, HERE, INNER, SAMPLES


def inside(protocol: int, payload: bytes) -> tuple[int, bytes] | None:
    """What a packet of these bytes carries; other bytes lie around it."""
    return tunnels.inside(protocol, b"\xff" * 9 + payload + INNER, 9, 9 + len(payload))


def test_addresses_in_addresses() -> None:
    assert inside(4, FOUR) == (RAW, FOUR)
    assert inside(41, wrapped.LONG) == (RAW, wrapped.LONG)
    assert inside(4, b"") is None


def test_generic_routing() -> None:
    assert inside(47, wrapped.generic(0x0800, FOUR, checksum=True, key=True, number=True)) == (RAW, FOUR)
    assert inside(47, wrapped.generic(0x6558, INNER, key=True)) == (ETHERNET, INNER)
    assert inside(47, wrapped.generic(0x1234, FOUR)) is None
    assert inside(47, b"\x30\x01\x88\x0b" + bytes(30)) is None
    assert inside(47, b"\0\0\x08") is None


@pytest.mark.parametrize(("version", "more"), [(1, False), (2, False), (3, False), (3, True)])
def test_mirrors(version: int, more: bool) -> None:
    assert inside(47, wrapped.mirror(version, INNER, more)) == (ETHERNET, INNER)


def test_virtual_networks() -> None:
    assert inside(17, wrapped.vxlan(INNER)) == (ETHERNET, INNER)
    assert inside(17, wrapped.vxlan(INNER, 0)) is None


def test_access_points() -> None:
    assert inside(17, wrapped.capwap(INNER, words=4, flags=0x30)) == (ETHERNET, INNER)
    assert inside(17, wrapped.capwap(INNER, native=True)) == (RADIO, INNER)
    assert inside(17, wrapped.capwap(INNER, flags=0x08)) is None
    first = wrapped.capwap(INNER, flags=0x80)
    assert inside(17, first) == (ETHERNET, INNER)
    assert inside(17, first[:14] + b"\0\x08" + first[16:]) is None
    with pytest.raises(SealedError):
        inside(17, wrapped.capwap(INNER, preamble=1))
    assert inside(17, wrapped.capwap(INNER, words=2).replace(b"\0\x10", b"\0\x08", 1)) is None


def test_encrypted_tunnels_are_counted_and_told() -> None:
    found = rows(pcap([SAMPLES["capwap sealed"][1]] * 3))
    assert [(r.reason, r.args, r.place) for r in of(found, "Refusal")] == [
        ("refusal.capture.sealed", ("count=3",), "packet 1")
    ]


def test_access_points_that_turn_frame_control_round() -> None:
    found = {name: decode(*SAMPLES[name]) for name in ("capwap radio", "capwap turned")}
    ends = {name: (one[0].source, one[0].target, one[1]) for name, one in found.items() if one}
    assert ends["capwap radio"][:2] == ends["capwap turned"][:2]
    assert [packet and packet.target for *_, packet in ends.values()] == [bytes((10, 0, 0, 2))] * 2


def test_nested_tunnels_end() -> None:
    packet = FOUR
    for _ in range(40):
        packet = ipv4(*ENDS, 4, packet)
    found = decode(RAW, packet)
    assert found is not None
    assert found[1] is not None
    assert found[1].protocol == 4


def test_a_mirror_shows_devices_behind_it() -> None:
    found = rows(pcap([SAMPLES["erspan 2"][1], SAMPLES["erspan of arp"][1]]))
    assert (f"device:mac={HERE}", "vlan", "12") in evidence(found)
    (flow,) = of(found, "Flow")
    assert (flow.client, flow.client_mac, flow.server, flow.service, flow.vlan) == (
        *ENDS[:1],
        HERE,
        ENDS[1],
        "snmp?",
        "12",
    )


# ---------------------------------------------------------------- what tshark finds

FIELDS = (
    "eth.src", "sll.src.eth", "wlan.sa", "ip.src", "ip.dst", "ipv6.src", "ipv6.dst", "vlan.id", "ip.proto",
    "udp.dstport", "tcp.dstport", "ip.ttl", "ipv6.hlim", "arp.src.proto_ipv4",
)  # fmt: skip
OTHERWISE = {
    "vxlan without a number": "tshark follows it all the same",
    "capwap fragment": "tshark waits for the others",
    "capwap short header": "tshark follows it all the same",
    "many labels": "more labels than are followed",
    "nothing inside": "no header is left to compare",
    "broken inside": "tshark shows half a header",
    "raw of others": "no header",
    "another link": "not read",
    "gre of others": "not followed",
    "capwap turned": "it is what tshark expects unless it is told otherwise, as here",
    "pseudo-wire": "tshark takes the control word for a card",
    "five tags": "more tags than are followed",
    "extensions": "tshark ends at the mobility header",
}
"""Samples of which tshark tells something else, and why."""


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, list[str]]]:
    """Name of a sample -> field -> values, outermost first, as tshark decodes it."""
    tshark = shutil.which("tshark")
    if not tshark:
        pytest.skip("tshark is not installed")
    folder, found = tmp_path_factory.mktemp("samples"), {}
    for link in sorted({link for link, _ in SAMPLES.values()} & LINKS):
        names = [name for name, sample in SAMPLES.items() if sample[0] == link]
        path = folder / f"{link}.pcap"
        path.write_bytes(pcap([SAMPLES[name][1] for name in names], link=link))
        for name, line in zip(names, lines(tshark, path), strict=True):
            cells = dict(zip(FIELDS, line.split("\t"), strict=True))
            found[name] = {field: [v for v in cell.split("|") if v] for field, cell in cells.items()}
    return found


def lines(tshark: str, path: Path) -> list[str]:
    asked = [a for field in FIELDS for a in ("-e", field)]
    settings = [f"{name}:FALSE" for name in ("capwap.swap_fc", "ip.defragment", "ipv6.defragment")]
    options = [
        *(part for one in settings for part in ("-o", one)),
        "-d",
        "udp.port==4789,vxlan",
        "-T",
        "fields",
        "-E",
        "aggregator=|",
    ]
    env = {**os.environ, "LC_ALL": "C.UTF-8"}
    out = subprocess.run(
        [tshark, "-r", str(path), *options, *asked], capture_output=True, text=True, env=env, check=True
    )
    return out.stdout.removesuffix("\n").split("\n")


@pytest.mark.parametrize("name", [name for name in SAMPLES if name not in OTHERWISE])
def test_headers_equal_tsharks(seen: dict[str, dict[str, list[str]]], name: str) -> None:
    theirs = seen[name]
    try:
        found = decode(*SAMPLES[name])
    except SealedError:
        assert "sealed" in name
        return
    if found is None:
        assert not theirs["ip.src"] + theirs["ipv6.src"] + theirs["arp.src.proto_ipv4"]
        return
    header, packet, _ = found
    if header.vlan:
        tags = header.vlan.split(".")
        assert theirs["vlan.id"][-len(tags) :] == tags
    if header.source:
        assert header.source.hex(":") == [*theirs["sll.src.eth"], *theirs["eth.src"], *theirs["wlan.sa"]][-1]
    if packet is None:
        return
    family = "ip" if len(packet.source) == 4 else "ipv6"
    assert theirs[f"{family}.src"][-1] == ip_text(packet.source)
    assert theirs[f"{family}.dst"][-1] == ip_text(packet.target)
    assert theirs["ip.ttl" if family == "ip" else "ipv6.hlim"][-1] == str(packet.hops)
    for protocol, field in ((6, "tcp.dstport"), (17, "udp.dstport")):
        if packet.protocol == protocol and not packet.fragment:
            data = found[2]
            assert theirs[field][-1] == str(data[packet.start + 2] << 8 | data[packet.start + 3])
