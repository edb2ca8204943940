import struct

import numpy as np

from hygie.model.evidence import Trait
from hygie.sources.capture.ends import Ends
from hygie.sources.capture.frames import Frame, Interface
from hygie.sources.capture.hearing import Hearing
from hygie.sources.capture.metering import Rooms
from hygie.sources.capture.plain import Plain
from sources.capture.made import START, Connection, arp, datagram, ethernet
from wire import test_eapol, test_lldp, test_profinet
from wire.test_dhcp import ACK, REQUEST
from wire.test_dicom import ACCEPT, COMMAND, STORED
from wire.test_dicom import REQUEST as ASSOCIATION

A, B = "02:00:00:00:00:01", "02:00:00:00:00:02"
EVERYBODY = "ff:ff:ff:ff:ff:ff"
ENDS = ("10.0.0.1", "10.0.0.2")


class Room:
    """A pass over frames with somebody who listens."""

    def __init__(self) -> None:
        self.meter = Plain([Interface(1)], Rooms())
        self.hearing = Hearing(Ends())
        self.number = 0

    def hear(self, *frames: bytes) -> list[int]:
        """Numbers of the frames that were worth reading."""
        heard = []
        for frame in frames:
            self.number += 1
            for event, payload in self.meter.take(
                Frame(self.number, START + self.number, 0, len(frame), frame), lambda *_: None
            ):
                self.hearing.hear(event, payload, self.meter)
                heard.append(event.number)
        return heard

    def said(self, trait: Trait) -> set[str]:
        return {key[3] for key in self.hearing.ends.said if key[2] == trait}


def test_a_connection_is_read_by_its_module() -> None:
    room, peer = Room(), Connection((A, B), ENDS, (40000, 104))
    room.hear(*peer.open(), peer.send(0, ASSOCIATION), peer.send(1, ACCEPT), peer.send(0, COMMAND + STORED))
    (talk,) = room.hearing.known().values()
    assert (talk.dissector and talk.dissector.service, talk.caller, talk.opened) == ("dicom", 1, True)
    assert "CT01" in room.said(Trait.AE_TITLE)


def test_of_a_long_object_only_the_beginning_is_heard() -> None:
    room, peer = Room(), Connection((A, B), ENDS, (40000, 104))
    room.hear(*peer.open(), peer.send(0, ASSOCIATION), peer.send(0, COMMAND))
    size = 200_000
    big = STORED[:2] + size.to_bytes(4, "big") + (size - 4).to_bytes(4, "big") + STORED[10:]
    big += struct.pack("<HHI", 0x7FE0, 0x10, size - 300)
    big += bytes(size + 6 - len(big))
    heard = room.hear(*(peer.send(0, big[at : at + 8000]) for at in range(0, len(big), 8000)))
    assert len(heard) < 12
    assert "Scan 64" in room.said(Trait.PRODUCT)
    assert room.hear(peer.send(0, COMMAND)) == [room.number]


def test_an_old_port_used_again_is_heard_anew() -> None:
    room, peer = Room(), Connection((A, B), ENDS, (40000, 9999))
    room.hear(*peer.open(), *(peer.send(0, b"\x99" * 200) for _ in range(10)))
    assert room.hear(peer.send(0, b"\x99" * 200)) == []
    again = Connection((A, B), ENDS, (40000, 9999))
    room.hear(*again.open(), again.send(0, ASSOCIATION))
    assert room.said(Trait.AE_TITLE)


def test_what_is_said_again_is_told_at_the_end() -> None:
    room = Room()
    assert room.hear(*[datagram((A, EVERYBODY), ("0.0.0.0", "255.255.255.255"), (68, 67), REQUEST)] * 4) == [1]
    (seen,) = [seen for key, seen in room.hearing.ends.said.items() if key[2] == Trait.DHCP_VENDOR_CLASS]
    assert (seen.first, seen.last) == (START + 1, START + 1)
    room.hearing.settle(room.meter.word_times())
    assert (seen.place, seen.first, seen.last) == (1, START + 1, START + 4)


def test_what_is_said_between_packets_is_not_theirs() -> None:
    room = Room()
    lease = datagram((A, EVERYBODY), ("0.0.0.0", "255.255.255.255"), (68, 67), REQUEST)
    room.hear(lease)
    assert room.hearing.ends.touched is None
    room.hearing.ends.say((b"", bytes(4), "service", "x", "talk"), 1.0, 1, START)
    room.hear(lease, lease)
    room.hearing.settle(room.meter.word_times())
    assert room.hearing.ends.said[b"", bytes(4), "service", "x", "talk"].last == START


def test_bindings_go_to_the_claims() -> None:
    room = Room()
    room.hear(arp(A, *ENDS), datagram((B, EVERYBODY), ("10.20.1.1", "255.255.255.255"), (67, 68), ACK))
    claims = {(card.hex(":"), end) for card, end in room.hearing.ends.claims}
    assert {(A, bytes((10, 0, 0, 1))), (A, bytes((10, 20, 1, 10)))} <= claims
    assert bytes((10, 0, 0, 2)) in room.hearing.ends.asked


def test_frames_of_the_link_say_who_sent_them() -> None:
    room = Room()
    room.hear(ethernet(A, "01:80:c2:00:00:0e", 0x88CC, test_lldp.UNIT, 12), ethernet(A, B, 0x88CC, b"\x02\x07\x04"))
    assert room.said(Trait.HOST_NAME) == {"INFUSION-RACK-7"}
    assert [(card.hex(":"), vlan) for card, vlan in room.hearing.ends.vlans] == [(A, "12")]


def test_stations_and_ports_say_what_they_are_and_nobody_who_answers() -> None:
    room = Room()
    room.hear(
        ethernet(A, B, 0x8892, test_profinet.ANSWER),
        ethernet(A, B, 0x8892, b"\x80\0" + bytes(40)),
        ethernet(A, "01:80:c2:00:00:03", 0x888E, test_eapol.NAMED),
        ethernet(B, A, 0x888E, test_eapol.ASKED),
    )
    assert room.said(Trait.HOST_NAME) == {"et200sp-bloc2"}
    assert room.said(Trait.PORT_AUTHENTICATION) == {"supplicant", "authenticator"}
    assert "dupont" not in str(room.hearing.ends.said)


def test_halves_that_move_are_followed_and_those_that_go_are_left() -> None:
    room = Room()
    peers = [Connection((A, B), ENDS, (40000 + n, 104)) for n in range(2)]
    for peer in peers:
        room.hear(*peer.open(), peer.send(0, ASSOCIATION), peer.send(1, ACCEPT[:50]))
    assert room.hearing.listening.held == 100
    known = room.hearing.known()
    assert list(known) == [0, 2]
    second = known[2]
    room.hearing.moved(np.array([-1, -1, 0, 1]))
    assert room.hearing.known() == {0: second}
    assert room.hearing.listening.held == 50
