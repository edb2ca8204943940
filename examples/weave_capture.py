"""Weaves the recordings of `recordings/` into the example hospital's capture: three days of traffic of its fleet.

    python examples/weave_capture.py [FOLDER]

Every conversation of `fleet.CONVERSATIONS` that a sensor sees is played as often a day as it says. The payloads stay as
the real programs sent them; addresses, client ports, VLAN tags, times to live and checksums become those of the fleet
on that day. What a sensor sees, and how, follows the rules at the head of `fleet.py`. The same input gives the same
bytes: moments are drawn from a hash.

Written into FOLDER (default `examples/hospital`):
- `capture.pcap`: both sensors merged, without
- `capture-rea.pcapng`: the last evening within the networks of the intensive care sensor, which kept it apart and says
  that it lost packets.
"""

import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

import fleet
from recordings.frames import (
    ARP,
    IPV4,
    Packet,
    arp_frame,
    ip_bytes,
    mac_bytes,
    read_pcap,
    tagged,
    write_pcap,
    write_pcapng,
)

HERE = Path(__file__).resolve().parent
RECORDINGS = HERE / "recordings"

MINUTE = 60_000_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
"""Microseconds."""

ROUND_THE_CLOCK = ((HOUR // 2, 3 * HOUR // 2), (4 * HOUR, DAY - 2 * MINUTE))
"""When intensive care, servers and supervision talk: not at all between 01:30 and 04:00."""
WORKING_HOURS = ((27 * HOUR // 4, 19 * HOUR),)
LEASES_AT_NIGHT = ((2 * MINUTE, 28 * MINUTE),)
LEASES_IN_THE_MORNING = ((6 * HOUR, 26 * HOUR // 4),)

CARE = (40, 45)
"""VLANs whose devices work day and night."""
APART_FROM = 20 * HOUR
"""On the last day, from this hour, sensor `APART` keeps what it alone sees in a file of its own."""
APART = "span-rea"
LOST = 37
"""Packets that it says it lost."""

ARP_KEPT = 4 * HOUR
"""How long a neighbour is remembered."""
OUTSIDE_HOPS = 11
EPHEMERAL = 49152
ROUTER = "router"

BINARY_ADDRESSES = ("dhcp", "mdns", "netbios", "lldp")
"""Services whose payload carries the speaker's own addresses as bytes."""


def draw(*words: object) -> float:
    """A number in [0, 1) that depends on the words alone."""
    digest = hashlib.sha256("|".join(map(str, words)).encode()).digest()
    return int.from_bytes(digest[:6], "big") / 2**48


@dataclass(frozen=True, slots=True)
class Recording:
    """A recorded conversation."""

    file: str
    service: str
    port: int
    hosts: dict[str, dict[str, str]]
    """Key of the fleet -> recorded "ip" and "mac"."""
    frames: tuple[tuple[int, bytes], ...]
    """Microseconds since its first frame, and the frame."""


@dataclass(frozen=True, slots=True)
class Play:
    """A recording played at one moment."""

    recording: Recording
    when: int
    """Microseconds since 1970 UTC."""
    day: str


@cache
def index() -> dict[str, dict[str, object]]:
    """Who speaks in each recording."""
    rows: dict[str, dict[str, object]] = json.loads((RECORDINGS / "index.json").read_text())
    return rows


@cache
def load(file: str) -> Recording:
    """A recording by its path. Raises ValueError where it is damaged, KeyError where it was never made."""
    row = index()[file]
    frames = read_pcap((RECORDINGS / file).read_bytes())
    start = frames[0][0]
    relative = tuple((when - start, frame) for when, frame in frames)
    return Recording(file, str(row["service"]), int(str(row["port"])), dict(row["hosts"]), relative)  # type: ignore[call-overload]


def file_of(talk: fleet.Conversation, day: str) -> str:
    """Path of the recording of a conversation on a day."""
    there = talk.name.split(".")[0] or talk.server
    moved = talk.service == "dhcp" and fleet.address(talk.client, day) != fleet.address(talk.client, fleet.DAYS[0])
    return f"{talk.service}/{talk.client}-{there}{'-moved' if moved else ''}.pcap"


def windows(talk: fleet.Conversation) -> tuple[tuple[int, int], ...]:
    """Parts of the day in which a conversation takes place."""
    client = fleet.BY_KEY[talk.client]
    if talk.service == "dhcp":
        return LEASES_AT_NIGHT if client.vlan in CARE else LEASES_IN_THE_MORNING
    steady = talk.service in ("snmp", "ntp") or client.key in ("engine", "his")
    return ROUND_THE_CLOCK if steady or client.vlan in CARE else WORKING_HOURS


def moments(talk: fleet.Conversation, day: str) -> list[int]:
    """Microseconds after midnight at which a conversation starts on a day: one in each equal share of its windows."""
    parts = windows(talk)
    share = sum(end - start for start, end in parts) / talk.per_day
    out = []
    for number in range(talk.per_day):
        place = int(share * (number + 0.1 + 0.8 * draw(talk, day, number)))
        for start, end in parts:
            if place < end - start:
                out.append(start + place)
                break
            place -= end - start
    return out


def midnight(day: str) -> int:
    """Microseconds since 1970 UTC at which a day begins."""
    return int(datetime.fromisoformat(f"{day}T00:00:00+00:00").timestamp()) * 1_000_000


def plays() -> list[Play]:
    """Everything that is played, in time order."""
    out = []
    for day in fleet.DAYS:
        for talk in (t for t in fleet.CONVERSATIONS if fleet.visible(t)):
            recording = load(file_of(talk, day))
            out += [Play(recording, midnight(day) + moment, day) for moment in moments(talk, day)]
        switch = load("lldp/switch_core.pcap")
        out += [Play(switch, midnight(day) + hour * HOUR + 7 * MINUTE, day) for hour in (8, 16)]
    return sorted(out, key=lambda play: (play.when, play.recording.file))


def vlan_of(key: str) -> fleet.Vlan | None:
    """Network of a device; None for the router and for outside."""
    return None if key == ROUTER else fleet.vlan_of(key)


def copied(vlan: fleet.Vlan | None) -> bool:
    """Whether a sensor copies it."""
    return vlan is not None and bool(vlan.sensor)


def mac_of(key: str) -> bytes:
    """MAC address of a device; the router's for what lies behind it."""
    device = fleet.BY_KEY.get(key)
    return mac_bytes(device.mac if device else fleet.ROUTER_MAC)


@dataclass(frozen=True, slots=True)
class Copy:
    """How a sensor sees one frame."""

    vlan: int
    source: bytes
    target: bytes
    hops: int
    """Routers passed before."""


def seen(sender: str, receiver: str, group: bytes) -> Copy | None:
    """How a frame is seen; `group` is its broadcast or multicast MAC (b"" none). None: no sensor sees it."""
    there, here = vlan_of(sender), vlan_of(receiver)
    if there is not None and copied(there):
        beside = receiver != ROUTER and here is not None and here.number == there.number
        return Copy(there.number, mac_of(sender), group or mac_of(receiver if beside else ROUTER), 0)
    if here is None or not copied(here) or (group and sender != ROUTER):
        return None
    hops = 0 if sender == ROUTER else 1 if there is not None else OUTSIDE_HOPS
    return Copy(here.number, mac_of(ROUTER), group or mac_of(receiver), hops)


@dataclass(frozen=True, slots=True)
class Rewriting:
    """What of a recording becomes what in one play."""

    play: Play
    keys: dict[bytes, str]
    """Recorded MAC -> key."""
    addresses: dict[bytes, bytes]
    """Recorded IPv4 -> that of the fleet on the day."""
    macs: dict[bytes, bytes]

    def changed(self) -> dict[bytes, bytes]:
        """Addresses that are no longer what was recorded."""
        return {old: new for old, new in {**self.addresses, **self.macs}.items() if old != new}

    def ports(self, taken: set[tuple[bytes, int]]) -> dict[tuple[bytes, int], int]:
        """Client's end of each connection -> its port in this play, one that is not among `taken`; adds it there."""
        found: dict[tuple[bytes, int], int] = {}
        for _, frame in self.play.recording.frames:
            if frame[12:14] == IPV4.to_bytes(2, "big"):
                packet = Packet.of(frame)
                for address, port in zip(packet.ends, packet.ports, strict=True):
                    if port >= 32768 and port != self.play.recording.port and (address, port) not in found:
                        found[address, port] = free_port(taken, address, draw(self.play.when, address, port))
        return found


def free_port(taken: set[tuple[bytes, int]], address: bytes, drawn: float) -> int:
    """A client's port that its address has not used yet, from `drawn` in [0, 1) on."""
    count = 65536 - EPHEMERAL
    first = int(drawn * count)
    port = next(p for n in range(count) if (address, p := EPHEMERAL + (first + n) % count) not in taken)
    taken.add((address, port))
    return port


def rewriting(play: Play) -> Rewriting:
    """The rewriting of a play. Raises ValueError where an address that changed stands as text in the payload."""
    keys, addresses, macs = {}, {}, {}
    for key, host in play.recording.hosts.items():
        keys[mac_bytes(host["mac"])] = key
        macs[mac_bytes(host["mac"])] = mac_of(key) if key in fleet.BY_KEY else mac_bytes(host["mac"])
        new = host["ip"] if key == ROUTER else fleet.address(key, play.day)
        addresses[ip_bytes(host["ip"])] = ip_bytes(new)
        if new != host["ip"] and any(host["ip"].encode() in frame for _, frame in play.recording.frames):
            raise ValueError(f"{play.recording.file} says {host['ip']} in words: record it again")
    return Rewriting(play, keys, addresses, macs)


def woven(play: Play, taken: set[tuple[bytes, int]]) -> Iterator[tuple[int, bytes, tuple[str, str]]]:
    """Frames of a play as the sensors see them: when, frame, and between whom. `taken`: client ports used so far."""
    work = rewriting(play)
    ports = work.ports(taken)
    for offset, frame in play.recording.frames:
        kind = int.from_bytes(frame[12:14], "big")
        if kind == ARP:
            continue
        sender = work.keys[frame[6:12]]
        if kind != IPV4:
            yield play.when + offset, mac_rewritten(frame, work.macs), (sender, "")
            continue
        group = frame[:6] if frame[0] & 1 else b""
        receiver = "" if group else work.keys[frame[:6]]
        copy = seen(sender, receiver or next(iter(play.recording.hosts)), group)
        if copy is None:
            continue
        packet = Packet.of(frame)
        packet.rewrite(work.addresses, ports, copy.hops)
        if play.recording.service in BINARY_ADDRESSES:
            packet.replace_addresses(work.changed())
        made = copy.target + copy.source + IPV4.to_bytes(2, "big") + packet.packed()
        yield play.when + offset, tagged(made, copy.vlan), (sender, receiver)


def mac_rewritten(frame: bytes, macs: dict[bytes, bytes]) -> bytes:
    """A link-layer announcement (LLDP) with its own address renewed wherever it stands; it bears no tag."""
    for old, new in macs.items():
        frame = frame.replace(old, new)
    return tagged(frame, 0)


class Neighbours:
    """Who asked for whose MAC address, and when."""

    def __init__(self) -> None:
        self.known: dict[tuple[int, bytes, bytes], int] = {}

    def ask(
        self, vlan: fleet.Vlan, asking: tuple[bytes, bytes], asked: tuple[bytes, bytes], when: int
    ) -> Iterator[tuple[int, bytes]]:
        """Request and reply just before `when`, unless the answer is still remembered. Ends are (MAC, IPv4)."""
        key = (vlan.number, asking[1], asked[1])
        if when - self.known.get(key, -ARP_KEPT) < ARP_KEPT:
            return
        self.known[key] = self.known[vlan.number, asked[1], asking[1]] = when
        yield when - 900, arp_frame(1, asking, asked, vlan.number)
        yield when - 600, arp_frame(2, asked, asking, vlan.number)

    def before(self, sender: str, receiver: str, day: str, when: int) -> Iterator[tuple[int, bytes]]:
        """ARP that a packet from sender to receiver needs in the networks that are copied."""
        there, here = vlan_of(sender), vlan_of(receiver)
        if there is not None and copied(there):
            beside = here is not None and here.number == there.number
            next_hop = (mac_of(receiver), ip_bytes(fleet.address(receiver, day))) if beside else gateway(there)
            yield from self.ask(there, (mac_of(sender), ip_bytes(fleet.address(sender, day))), next_hop, when)
        elif here is not None and copied(here):
            yield from self.ask(here, gateway(here), (mac_of(receiver), ip_bytes(fleet.address(receiver, day))), when)


def gateway(vlan: fleet.Vlan) -> tuple[bytes, bytes]:
    """The router's end in a network."""
    return mac_bytes(fleet.ROUTER_MAC), ip_bytes(vlan.gateway)


def kept_apart(play: Play) -> bool:
    """Whether a play goes into the second file: the last evening, wholly within the networks of sensor `APART`."""
    late = play.day == fleet.DAYS[-1] and play.when >= midnight(play.day) + APART_FROM
    networks = [vlan_of(key) for key in play.recording.hosts]
    return late and all(vlan is not None and vlan.sensor == APART for vlan in networks)


def weave() -> tuple[bytes, bytes]:
    """The merged capture (pcap) and the one of sensor `APART` (pcapng)."""
    merged: list[tuple[int, bytes]] = []
    apart: list[tuple[int, bytes]] = []
    neighbours = Neighbours()
    taken: set[tuple[bytes, int]] = set()
    for play in plays():
        out = apart if kept_apart(play) else merged
        for when, frame, (sender, receiver) in woven(play, taken):
            if receiver and ROUTER not in (sender, receiver):
                out += neighbours.before(sender, receiver, play.day, when)
            out.append((when, frame))
    end = midnight(fleet.DAYS[-1]) + DAY
    sort = [sorted((row for row in rows if row[0] < end), key=lambda row: row[0]) for rows in (merged, apart)]
    return write_pcap(sort[0]), write_pcapng(sort[1], APART, LOST)


def main(folder: Path) -> int:
    """Writes both captures and says how large they are."""
    for name, data in zip(("capture.pcap", "capture-rea.pcapng"), weave(), strict=True):
        (folder / name).write_bytes(data)
        print(folder / name, len(data))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "hospital"))
