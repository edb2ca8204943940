"""Reading what is worth reading: events of the pass over frames -> statements about cards and addresses.

Connections live here as far as parsers need them; counts are the meter's. What was said before is not read again: at
the end (`settle`) its statements are told to have been repeated until it was last said.
"""

from ipaddress import ip_address

import numpy as np

from hygie.kernel import columns as c
from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.sources.capture.ends import Ends
from hygie.sources.capture.keys import address, card_of, vlan_text
from hygie.sources.capture.listening import BROKEN, Listening
from hygie.sources.capture.metering import Event, Meter, passed
from hygie.sources.capture.pairs import Seen
from hygie.sources.capture.talks import Half, Talk
from hygie.wire import DISSECTORS, Way, arp
from hygie.wire.codec.addresses import is_card, is_host

_ARP = 0x0806
_FRAMES = {0x88CC: "lldp", 0x2000: "cdp", 0x8892: "profinet", 0x888E: "802.1x"}
"""Types without IP that are read -> service."""
Address = bytes


class Hearing:
    """What was heard so far."""

    __slots__ = ("_halves", "_talks", "_words", "ends", "listening")

    def __init__(self, ends: Ends) -> None:
        self.ends = ends
        self.listening = Listening()
        self._halves: dict[int, Half] = {}
        """Row of the meter's table -> what is read of it."""
        self._talks: dict[int, Talk] = {}
        self._words: dict[int, tuple[int, list[Seen]]] = {}
        """Number of a thing said -> when it was read, the statements it made."""

    def hear(self, event: Event, payload: bytes, meter: Meter) -> None:
        """Reads one packet."""
        touched: list[Seen] = []
        self.ends.touched = touched
        try:
            if event.kind == c.LINK:
                self._link(event, payload)
            else:
                self._talk(event, payload, meter)
        except BROKEN:
            self.listening.broke(_FRAMES.get(event.sequence, "") if event.kind == c.LINK else "ndp")
        self.ends.touched = None
        if touched and event.word >= 0:
            self._words[event.word] = event.time, touched

    def settle(self, times: list[int]) -> None:
        """Tells statements how long they were repeated. times: of each thing said, by number."""
        for word, (first, touched) in self._words.items():
            if times[word] > first:
                for seen in touched:
                    seen.again(seen.place, times[word])
        self._words.clear()

    def known(self) -> dict[int, Talk]:
        """Talks of which something was read, by the row of the half that began them."""
        return self._talks

    def moved(self, places: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> None:
        """Rows of the meter have new places; -1: they are gone, and nothing more comes of them."""
        for row, half in self._halves.items():
            if places[row] < 0:
                self.listening.stop(half)
        for row, talk in self._talks.items():
            if places[row] < 0:
                # It and its halves hold each other: where cycles are not sought, they would stay for good.
                talk.forth = talk.back = None
        self._halves = {int(places[row]): half for row, half in self._halves.items() if places[row] >= 0}
        self._talks = {int(places[row]): talk for row, talk in self._talks.items() if places[row] >= 0}

    def _meet(self, row: int, meter: Meter) -> Half:
        """The half of a row, with its talk."""
        values = meter.half(row)
        began = values[c.TALK]
        talk = self._talks.get(began)
        if talk is None:
            ports = meter.half(began)[c.PORTS]
            talk = self._talks[began] = Talk(values[c.META] >> 8, (ports >> 16 & 0xFFFF, ports & 0xFFFF))
        families = values[c.META] & 0xFF
        half = Half(
            talk,
            address(families >> 4, values[c.A_HIGH], values[c.A_LOW]),
            address(families & 15, values[c.B_HIGH], values[c.B_LOW]),
        )
        if row == began:
            talk.forth = half
        else:
            talk.back = half
        self._halves[row] = half
        return half

    def _talk(self, event: Event, payload: bytes, meter: Meter) -> None:
        """A packet of a conversation."""
        half = self._halves.get(event.half) or self._meet(event.half, meter)
        talk = half.talk
        if event.kind == c.NEIGHBOUR:
            self._neighbour(event, payload, half)
            return
        if event.kind == c.STREAM and _is_left_out(event, half, len(payload)):
            return
        forth = half is talk.forth
        if event.caller:
            talk.caller, talk.opened = event.caller, True
        if event.round != half.round:
            self.listening.stop(half)
            half.round, half.units, half.lost, half.until, talk.tries = event.round, 0, 0, -1, 0
        if event.kind == c.MESSAGE:
            self._state_all(self.listening.message(talk, payload, forth), event, half)
        elif half.units < 0:
            return
        elif event.kind == c.DATAGRAM:
            self._state_all(self.listening.datagram(talk, half, payload), event, half)
        else:
            self._segment(event, payload, half, meter)

    def _segment(self, event: Event, payload: bytes, half: Half, meter: Meter) -> None:
        """A packet of a connection; tells the pass from where on, or that nothing more, is worth reading."""
        if half.stream is None:
            half.begin = event.begin
        self._state_all(self.listening.segment(half.talk, half, event.sequence, payload), event, half)
        if half.units < 0:
            meter.hush(event.half, event.round, -1)
        elif half.stream is not None and half.stream.skipped:
            half.stream.skipped = False
            half.until = half.stream.expected
            meter.hush(event.half, event.round, half.until)

    def _neighbour(self, event: Event, payload: bytes, half: Half) -> None:
        """IPv6's neighbour discovery."""
        card = card_of(event.source)
        if is_host(half.source):
            self.ends.bound(card, half.source, 1.0, event.number, event.time)
        if payload[0] == 135 and len(payload) >= 24 and is_host(payload[8:24]):
            self.ends.asked_for(payload[8:24])
        row = DISSECTORS["ndp"]
        if row.looks_like(payload):
            for said in row.dissect(payload, Way("icmpv6")):
                self._state(said, (card, half.source), (card_of(event.target), half.target), "ndp", event)

    def _link(self, event: Event, payload: bytes) -> None:
        """A frame that keeps the link: ARP, LLDP, CDP, PROFINET DCP and 802.1X are read."""
        card, vlan = card_of(event.source), vlan_text(event.caller)
        if is_card(card) and vlan:
            self.ends.tagged(card, vlan, event.number, event.time, event.time)
        if event.sequence == _ARP:
            if arp.looks_like(payload):
                self._bindings(event, payload)
            return
        service = _FRAMES.get(event.sequence)
        if not service or not DISSECTORS[service].looks_like(payload):
            return
        row = DISSECTORS[service]
        for said in row.dissect(payload, Way("ethernet", event.sequence, event.sequence)):
            self._state(said, (card, b""), (card_of(event.target), b""), service, event)

    def _bindings(self, event: Event, payload: bytes) -> None:
        """ARP, the most frequent of all: bindings go straight to the claims."""
        if is_host(payload[24:28]):
            self.ends.asked_for(payload[24:28])
        for card, end in arp.bindings(payload):
            self.ends.bound(card, end, 1.0, event.number, event.time)

    def _state_all(self, said: list[Said], event: Event, half: Half) -> None:
        if said and half.talk.dissector:
            service = half.talk.dissector.service
            source = card_of(event.source), half.source if len(half.source) != 6 else _UNSET[len(half.target) == 16]
            target = card_of(event.target), half.target
            for one in said:
                self._state(one, source, target, service, event)

    def _state(
        self, said: Said, sender: tuple[bytes, bytes], receiver: tuple[bytes, bytes], service: str, event: Event
    ) -> None:
        """Puts one statement where it belongs; bindings also among the claims."""
        about = {"sender": sender, "receiver": receiver}.get(said.about) or _named(said.about)
        if said.trait is Trait.IP and is_card(about[0]):
            self.ends.bound(about[0], ip_address(said.value).packed, said.confidence, event.number, event.time)
            return
        if said.trait is Trait.ROLE and said.value == "router" and service == "ndp":
            self.ends.advertised.add(about[0])
        self.ends.say((*about, said.trait, said.value, service), said.confidence, event.number, event.time)


_UNSET = (bytes(4), bytes(16))


def _is_left_out(event: Event, half: Half, size: int) -> bool:
    """Whether the pass would have kept a segment back, had it known at once what was heard: it may run ahead."""
    return event.round == half.round and (half.units < 0 or passed(event.sequence + size, half.until))


def _named(about: str) -> tuple[bytes, bytes]:
    """(card, address) of an address written out. Raises ValueError."""
    if len(about) == 17 and about.count(":") == 5:
        return bytes.fromhex(about.replace(":", "")), b""
    return b"", ip_address(about).packed
