"""One capture as it is walked: every frame is taken to pieces once, and leaves its mark in three tables.

`take` is the way of one frame: link -> network -> talk -> what its payload says. The tables are `Conversations`
(flows), `Ends` (cards, addresses, statements) and the counts of `Sensor`.
"""

import struct
from collections import Counter
from dataclasses import dataclass, field
from ipaddress import ip_address

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.sources.capture import layers
from hygie.sources.capture.ends import FIRST_HOPS, Ends
from hygie.sources.capture.frames import Frame, Interface
from hygie.sources.capture.layers import Link, Packet
from hygie.sources.capture.listening import Listening, is_readable
from hygie.sources.capture.talks import ICMP, ICMP6, TCP, UDP, Conversations, Half, Talk, calls_forth, key_of
from hygie.wire import DISSECTORS, Way
from hygie.wire.codec.addresses import is_card, is_host

UNREADABLE = (ValueError, IndexError, struct.error)
"""What headers that do not hold raise."""
SILENCE = 3_600_000_000
"""Microseconds without a packet that count as a gap."""
_SYN, _ACK = 2, 16
_ARP, _LLDP = 0x0806, 0x88CC
_HOUSEKEEPING = frozenset((_ARP, _LLDP, 0x42, 0x2000, 0x8809, 0x9000, 0x888E))
"""Types that keep the link (ARP, LLDP, spanning tree, CDP, slow protocols, loopback, 802.1X): no conversation."""


@dataclass(slots=True)
class Limits:
    """Bounds of memory."""

    talks: int = 100_000
    """Connections that live at once."""
    conversations: int = 400_000
    """Conversations before they are given out."""


@dataclass(slots=True)
class Sensor:
    """Counts of one interface."""

    first: int = 0
    last: int = 0
    packets: int = 0
    bytes: int = 0
    unread: int = 0
    gaps: int = 0
    vlans: set[str] = field(default_factory=set)

    def saw(self, frame: Frame) -> None:
        """Counts a frame."""
        self.packets += 1
        self.bytes += frame.size
        if frame.time:
            if self.last and frame.time - self.last > SILENCE:
                self.gaps += 1
            if not self.first or frame.time < self.first:
                self.first = frame.time
            if frame.time > self.last:
                self.last = frame.time


@dataclass(slots=True)
class Sight:
    """State of a walk."""

    interfaces: list[Interface]
    limits: Limits = field(default_factory=Limits)
    ends: Ends = field(default_factory=Ends)
    talks: dict[tuple[int, str], dict[bytes, Half]] = field(default_factory=dict)
    """(interface, VLAN) -> addresses and ports in the packet's direction -> half."""
    calls: dict[bytes, Half] = field(default_factory=dict)
    """Addresses and ports -> the direction that began a talk, on whatever interface and VLAN."""
    living: int = 0
    """Talks in `talks`."""
    conversations: Conversations = field(default_factory=Conversations)
    listening: Listening = field(default_factory=Listening)
    sensors: dict[int, Sensor] = field(default_factory=dict)
    links: Counter[int] = field(default_factory=Counter)
    """Frames of link types that are not read."""
    counts: Counter[str] = field(default_factory=Counter)
    """Refusals that are counted: undecoded, fragments, snapped."""
    where: dict[str, int] = field(default_factory=dict)
    """First frame of each count."""

    def take(self, frame: Frame) -> None:
        """The way of one frame."""
        sensor = self.sensors.get(frame.interface)
        if sensor is None:
            sensor = self.sensors[frame.interface] = Sensor()
        sensor.saw(frame)
        if frame.size > len(frame.data):
            self.count("snapped", frame)
        kind = self.interfaces[frame.interface].link
        if kind not in layers.LINKS:
            self.links[kind] += 1
            sensor.unread += 1
            return
        try:
            link = layers.link(kind, frame.data)
            if link.vlan:
                sensor.vlans.add(link.vlan)
            if link.kind in (layers.TYPE_IPV4, layers.TYPE_IPV6):
                self._network(frame, link, layers.network(link.kind, frame.data, link.start))
            else:
                self._other(frame, link)
        except UNREADABLE:
            sensor.unread += 1
            self.count("undecoded", frame)

    def count(self, what: str, frame: Frame) -> None:
        """Counts what is told at the end."""
        self.counts[what] += 1
        self.where.setdefault(what, frame.number)

    def _network(self, frame: Frame, link: Link, packet: Packet) -> None:
        """IPv4 and IPv6: finds the talk, counts, and hands the payload over."""
        if packet.fragment:
            self.count("fragments", frame)
            return
        data, start, protocol = frame.data, packet.start, packet.protocol
        ports = data[start : start + 4] if protocol in (TCP, UDP) else b""
        if protocol in (TCP, UDP) and start + 8 > packet.stop:
            raise ValueError("a transport header cut short")
        source = packet.source if any(packet.source) else link.source or packet.source
        key = b"%b%b%b%c" % (source, packet.target, ports, protocol)
        tag = (frame.interface, link.vlan)
        table = self.talks.get(tag)
        if table is None:
            table = self.talks[tag] = {}
        half = table.get(key)
        if half is None:
            half = self._meet(table, key, tag, frame, link, packet, source, ports)
        half.packets += 1
        half.bytes += frame.size
        if frame.time > half.last:
            half.last = frame.time
        if protocol == TCP:
            self._segment(frame, link, packet, half)
        elif protocol == UDP:
            if half.units >= 0:
                self._datagram(frame, link, packet, half)
        elif protocol in (ICMP, ICMP6):
            self._control(frame, link, packet, half)

    def _meet(
        self,
        table: dict[bytes, Half],
        key: bytes,
        tag: tuple[int, str],
        frame: Frame,
        link: Link,
        packet: Packet,
        source: bytes,
        ports: bytes,
    ) -> Half:
        """A direction that was not seen before: of a talk that the other end began, or of a new one."""
        if is_host(packet.source):
            # What goes to a group or to everybody stays on the link, whatever its time to live.
            near = packet.hops in FIRST_HOPS or not is_host(packet.target)
            self.ends.sent(link.source, packet.source, near, tag[0], frame.number, frame.time)
        if link.vlan and is_card(link.source):
            self.ends.tagged(link.source, link.vlan, frame.number, frame.time)
        back = b"%b%b%b%b%c" % (packet.target, source, ports[2:], ports[:2], packet.protocol)
        # A tap has one interface a direction, and a mirror of what enters shows each end in its own VLAN.
        other = table.get(back) or self.calls.get(back)
        if other is not None and other.talk.back is None and other.talk.source == packet.target:
            talk = other.talk
            half = talk.back = Half(talk, link.source, frame.time)
        else:
            talk = Talk(tag, packet.protocol, source, packet.target, frame.number)
            if ports:
                talk.ports = (ports[0] << 8 | ports[1], ports[2] << 8 | ports[3])
            talk.multicast = (not is_host(packet.target) or bool(link.target and link.target[0] & 1)) and packet.target[
                :1
            ] != b"\x7f"
            half = talk.forth = Half(talk, link.source, frame.time)
            self.calls[key] = half
            self.living += 1
        table[key] = half
        return half

    def _segment(self, frame: Frame, link: Link, packet: Packet, half: Half) -> None:
        """TCP: openings, and bytes for whoever reads them. RFC 9293 section 3.1."""
        data, start = frame.data, packet.start
        if start + 20 > packet.stop:
            raise ValueError("a TCP header cut short")
        flags, talk = data[start + 13], half.talk
        if flags & _SYN:
            self._opening(half, talk, flags, int.from_bytes(data[start + 4 : start + 8], "big"))
            return
        if half.units < 0:
            return
        payload = data[start + (data[start + 12] >> 4) * 4 : packet.stop]
        if payload:
            talk.payloads |= 1 if half is talk.forth else 2
            sequence = int.from_bytes(data[start + 4 : start + 8], "big")
            said = self.listening.segment(talk, half, sequence, payload)
            if said:
                self._hear(said, frame, link, packet, talk)

    def _opening(self, half: Half, talk: Talk, flags: int, sequence: int) -> None:
        """SYN comes from the client, SYN and ACK from the server. An old port used again begins anew."""
        forth = half is talk.forth
        talk.caller = 1 if forth != bool(flags & _ACK) else -1
        talk.opened = True
        half.begin = (sequence + 1) & 0xFFFFFFFF
        if half.packets > 1:
            self.listening.stop(half)
            half.units = 0
            talk.tries = 0
        if flags & _ACK:
            talk.payloads |= 4

    def _datagram(self, frame: Frame, link: Link, packet: Packet, half: Half) -> None:
        """UDP. RFC 768."""
        data, start, talk = frame.data, packet.start, half.talk
        length = data[start + 4] << 8 | data[start + 5]
        payload = data[start + 8 : min(packet.stop, start + length) if length >= 8 else packet.stop]
        if payload:
            talk.payloads |= 1 if half is talk.forth else 2
            said = self.listening.datagram(talk, half, payload)
            if said:
                self._hear(said, frame, link, packet, talk)

    def _control(self, frame: Frame, link: Link, packet: Packet, half: Half) -> None:
        """ICMP: who asks for an echo, and IPv6's neighbour discovery, which never leaves the link (hop limit 255)."""
        data, start, talk = frame.data, packet.start, half.talk
        kind = data[start]
        if kind in (0, 8, 128, 129):
            asks = kind in (8, 128)
            talk.caller, talk.opened = (1 if asks == (half is talk.forth) else -1), True
        if packet.protocol != ICMP6 or not 133 <= kind <= 136 or packet.hops != 255:
            return
        if is_host(packet.source):
            self.ends.bound(link.source, packet.source, 1.0, frame.number, frame.time)
        if kind == 135 and is_host(data[start + 8 : start + 24]) and start + 24 <= packet.stop:
            self.ends.asked_for(data[start + 8 : start + 24])
        row = DISSECTORS["ndp"]
        payload = data[start : packet.stop]
        if row.looks_like(payload):
            self._hear(self._read("ndp", payload, 0), frame, link, packet, talk)

    def _read(self, service: str, payload: bytes, port: int) -> list[Said]:
        """A unit that is not part of a talk."""
        row = DISSECTORS[service]
        return list(row.dissect(payload, Way(next(iter(row.carriers)), port, port)))

    def _other(self, frame: Frame, link: Link) -> None:
        """What is not IP: ARP and LLDP are read, other housekeeping of the link is only counted."""
        payload = frame.data[link.start :]
        if is_card(link.source) and link.vlan:
            self.ends.tagged(link.source, link.vlan, frame.number, frame.time)
        service = {_ARP: "arp", _LLDP: "lldp"}.get(link.kind)
        if service and DISSECTORS[service].looks_like(payload):
            if service == "arp" and is_host(payload[24:28]):
                self.ends.asked_for(payload[24:28])
            for said in self._read(service, payload, link.kind):
                self._state(said, (link.source, b""), (link.target, b""), service, frame)
        if link.kind not in _HOUSEKEEPING:
            self._bare(frame, link)

    def _bare(self, frame: Frame, link: Link) -> None:
        """A conversation of cards, keyed by EtherType."""
        if len(link.source) != 6 or len(link.target) != 6:
            return
        tag = (frame.interface, link.vlan)
        table = self.talks.setdefault(tag, {})
        key = b"%b%b%c%c" % (link.source, link.target, link.kind >> 8, link.kind & 255)
        half = table.get(key)
        if half is None:
            other = table.get(b"%b%b%c%c" % (link.target, link.source, link.kind >> 8, link.kind & 255))
            if other is not None and other.talk.back is None:
                half = other.talk.back = Half(other.talk, link.source, frame.time)
            else:
                talk = Talk(tag, -1 - link.kind, link.source, link.target, frame.number)
                talk.multicast = bool(link.target[0] & 1)
                half = talk.forth = Half(talk, link.source, frame.time)
                self.living += 1
            table[key] = half
        half.packets += 1
        half.bytes += frame.size
        half.last = max(half.last, frame.time)

    def _hear(self, said: list[Said], frame: Frame, link: Link, packet: Packet, talk: Talk) -> None:
        """Statements of a payload that came in this packet."""
        service = talk.dissector.service if talk.dissector else "ndp"
        for one in said:
            self._state(one, (link.source, packet.source), (link.target, packet.target), service, frame)

    def _state(
        self, said: Said, sender: tuple[bytes, bytes], receiver: tuple[bytes, bytes], service: str, frame: Frame
    ) -> None:
        """Puts one statement where it belongs; bindings also among the claims."""
        about = {"sender": sender, "receiver": receiver}.get(said.about) or _named(said.about)
        if said.trait is Trait.IP and is_card(about[0]):
            self.ends.bound(about[0], ip_address(said.value).packed, said.confidence, frame.number, frame.time)
            return
        if said.trait is Trait.ROLE and said.value == "router" and service == "ndp":
            self.ends.advertised.add(about[0])
        self.ends.say((*about, said.trait, said.value, service), said.confidence, frame.number, frame.time)

    def is_full(self) -> bool:
        """Whether conversations should be given out before going on."""
        if self.living > self.limits.talks:
            self.fold_idle()
        return len(self.conversations.sums) > self.limits.conversations

    def fold_idle(self) -> None:
        """Folds the half of all talks that was silent longest."""
        everything = [(table, key, half) for table in self.talks.values() for key, half in table.items()]
        ages = sorted(half.last for _, _, half in everything)
        border = ages[len(ages) // 2]
        for table, key, half in everything:
            talk = half.talk
            if max(h.last for h in (talk.forth, talk.back) if h) <= border:
                del table[key]
                if half is talk.forth:
                    self.calls.pop(key, None)
                    self._fold(talk)
        self.talks = {tag: table for tag, table in self.talks.items() if table}

    def fold_all(self) -> None:
        """Folds every talk: the end of the walk."""
        for table in self.talks.values():
            for half in table.values():
                if half is half.talk.forth:
                    self._fold(half.talk)
        self.talks.clear()
        self.calls.clear()

    def _fold(self, talk: Talk) -> None:
        """A talk becomes part of a conversation, and tells which port answered and what was readable."""
        self.living -= 1
        for half in (talk.forth, talk.back):
            if half:
                self.listening.stop(half)
                self._stayed(talk, half)
        key, out, back = key_of(talk)
        self.conversations.add(key, talk.place, out, back, talk.opened)
        if talk.transport not in (TCP, UDP):
            return
        client_card, client, server_card, server, transport, port, service = key[2:]
        halves = [half for half in (out, back) if half]
        told: list[tuple[bytes, bytes, Trait, str, float]] = []
        if self._answered(talk, back):
            value = f"{transport}/{port} {service}".rstrip()
            told.append((server_card, server, Trait.SERVICE, value, 1.0 if talk.dissector else 0.6))
        readable, confidence = is_readable(talk, port)
        if readable:
            told.append((server_card, server, Trait.CLEARTEXT, readable, confidence))
        if readable and talk.dissector:
            told.append((client_card, client, Trait.CLEARTEXT, readable, confidence))
        for card, address, trait, value, sure in told:
            for time in (min(half.first for half in halves), max(half.last for half in halves)):
                self.ends.say((card, address, trait, value, "talk"), sure, talk.place, time)

    def _stayed(self, talk: Talk, half: Half) -> None:
        """The card and address of a half were still there when it was last seen."""
        address = talk.source if half is talk.forth else talk.target
        found = self.ends.pairs.get((half.mac, address))
        if found:
            found.again(found.place, half.last)

    @staticmethod
    def _answered(talk: Talk, back: Half | None) -> bool:
        """Whether the server's port is sure to answer: it accepted a connection, or it spoke a known protocol."""
        if back is None or talk.multicast:
            return False
        spoke = 2 if calls_forth(talk) else 1
        if talk.transport == TCP and talk.payloads & 4:
            return True
        return bool(talk.payloads & spoke and talk.dissector and talk.opened)


def _named(about: str) -> tuple[bytes, bytes]:
    """(card, address) of an address written out. Raises ValueError."""
    if len(about) == 17 and about.count(":") == 5:
        return bytes.fromhex(about.replace(":", "")), b""
    return b"", ip_address(about).packed
