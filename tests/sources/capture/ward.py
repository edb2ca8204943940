"""Traffic of a made-up ward, the same for the same seed: connections of all kinds, datagrams, tunnels, and disorder."""

import random
from collections.abc import Iterator

from sources.capture.made import EVERYBODY, Connection, arp, datagram, ethernet, ipv4, ipv6, mac, pcap, tcp, udp
from sources.capture.wrapped import SAMPLES
from wire import (
    test_dhcp,
    test_eapol,
    test_http,
    test_lldp,
    test_netbios,
    test_profinet,
    test_smb,
    test_snmp,
    test_tls,
)
from wire.hostile import labels, message
from wire.test_dicom import ACCEPT, COMMAND, STORED
from wire.test_dicom import REQUEST as ASSOCIATION
from wire.test_hl7 import MESSAGE
from wire.test_ndp import ADVERTISEMENT

BIG = STORED[:2] + (40_006).to_bytes(4, "big") + (40_002).to_bytes(4, "big") + STORED[10:] + bytes(40_012 - len(STORED))
LONG = MESSAGE[:-2] + b"OBX|1|NM|x||1\r" * 200 + MESSAGE[-2:]
Unit = tuple[int, bytes]
SPOKEN: tuple[tuple[int, tuple[Unit, ...]], ...] = (
    (104, ((0, ASSOCIATION), (1, ACCEPT), (0, COMMAND), (0, STORED), (0, BIG), (0, COMMAND))),
    (2575, (*((0, MESSAGE.replace(b"ABL90", b"ABL9%d" % n)) for n in range(4)), (1, MESSAGE), (0, LONG))),
    (2575, ((0, LONG), (1, LONG))),
    (80, ((0, test_http.REQUEST), (1, test_http.ANSWER)) * 3),
    (443, ((0, test_tls.CLIENT), (1, test_tls.SERVER), (0, b"\x17\x03\x03\0\x20" + bytes(32)), (0, test_tls.CLIENT))),
    (445, ((1, test_smb.CHALLENGE), (0, test_smb.AUTHENTICATE))),
    (9999, tuple((n % 2, bytes((n + 1,)) * 300) for n in range(60))),
    (23, ((1, b"login: "), (0, b"a\r\n"))),
)


def connection(dice: random.Random, cards: tuple[str, str], ends: tuple[str, str], sequence: int) -> list[bytes]:
    """All frames of a connection, some lost, sent again or late."""
    port, units = dice.choice(SPOKEN)
    peer = Connection(cards, ends, (dice.randrange(40_000, 40_006), port), (64, dice.choice((64, 62))))
    peer.next = [sequence, sequence ^ 0xFFFF0000]
    frames = peer.open() if dice.random() < 0.8 else []
    most = dice.choice((100, 1460, 60_000))
    for side, unit in units[: dice.randrange(1, len(units) + 1)]:
        frames += [peer.send(side, unit[at : at + most]) for at in range(0, len(unit), most)]
    frames += [peer.send(0, b"", 0x11)] * (dice.random() < 0.5)
    for _ in range(dice.randrange(4)):
        at = dice.randrange(len(frames))
        change = dice.randrange(3)
        if change == 0:
            frames.insert(dice.randrange(len(frames)), frames[at])
        elif change == 1:
            frames.insert(min(at + 2, len(frames)), frames.pop(at))
        elif len(frames) > 1:
            del frames[at]
    return frames


def said(dice: random.Random, cards: tuple[str, str], ends: tuple[str, str]) -> list[bytes]:
    """Datagrams and frames of one kind, some of them many times."""
    back, turned = cards[::-1], ends[::-1]
    names = message(0x8180, labels("pacs.example"), ("pacs.example", 1, bytes((10, 0, 0, dice.randrange(9)))))
    group = (cards[0], "01:00:5e:00:00:fb")
    six = ("fe80::1", f"fd00::{dice.randrange(1, 9)}")
    one = dice.choice(
        (
            datagram(back, turned, (53, 40000 + dice.randrange(3)), dice.randbytes(2) + names[2:]),
            datagram((cards[0], EVERYBODY), ("0.0.0.0", "255.255.255.255"), (68, 67), test_dhcp.REQUEST),
            datagram((cards[0], EVERYBODY), (ends[0], "255.255.255.255"), (67, 68), test_dhcp.ACK),
            datagram(cards, ends, (40000, 161), dice.randbytes(20), vlan=dice.randrange(3)),
            datagram(back, turned, (161, 40000), test_snmp.ANSWER, vlan=dice.randrange(3)),
            datagram(group, (ends[0], "224.0.0.251"), (5353, 5353), dice.randbytes(2) + names[2:], hops=255),
            datagram((cards[0], EVERYBODY), (ends[0], "10.0.0.255"), (137, 137), test_netbios.STATUS),
            datagram(cards, ends, (dice.randrange(50_000, 50_003), 50_001), dice.randbytes(dice.randrange(4))),
            ethernet(*cards, 0x86DD, ipv6(*six, 58, ADVERTISEMENT, 255)),
            ethernet(*cards, 0x86DD, ipv6(six[1], six[0], 6, tcp(40000, 104, 1, b"x", dice.randrange(256)))),
            ethernet(*cards, 0x0800, ipv4(*ends, 1, bytes((dice.choice((0, 8, 3)), 0)) + bytes(8)), dice.randrange(9)),
            ethernet(*cards, 0x8892, bytes(40), *([7] * dice.randrange(3))),
            ethernet(cards[0], "01:80:c2:00:00:0e", 0x88CC, test_lldp.UNIT),
            ethernet(*cards, 0x8892, test_profinet.ANSWER[: dice.choice((0, 1, 2, 40, 85))]),
            ethernet(*cards, 0x888E, test_eapol.NAMED),
            ethernet(*cards, 0x0800, ipv4(*ends, dice.choice((50, 89, 132)), bytes(30))),
            ethernet(*cards, 0x0800, ipv4(*ends, 17, udp(1, 2, b"x")[: dice.randrange(9)])),
            arp(cards[0], ends[0], ends[1], dice.randrange(1, 3)),
            dice.randbytes(dice.randrange(60)),
            mac(EVERYBODY) + bytes(40),
        )
    )
    return [one] * dice.choice((1, 1, 1, 2, 40))


def ward(seed: int, groups: int = 30, devices: int = 6) -> list[bytes]:
    """Frames in an order in which connections are mixed."""
    dice = random.Random(seed)
    wrapped = [frame for link, frame in SAMPLES.values() if link == 1]
    queues: list[list[bytes]] = []
    for _ in range(groups):
        first, second = dice.sample(range(1, devices + 1), 2)
        cards = f"02:00:00:00:00:{first:02x}", f"02:00:00:00:00:{second:02x}"
        ends = f"10.0.0.{first}", f"10.0.{dice.randrange(2)}.{second}"
        kind = dice.random()
        if kind < 0.5:
            queues.append(connection(dice, cards, ends, dice.choice((1000, 0xFFFFFF00, dice.randrange(1 << 32)))))
        elif kind < 0.9:
            queues.append(said(dice, cards, ends))
        else:
            queues.append([dice.choice(wrapped)])
    return list(mixed(dice, [queue for queue in queues if queue]))


def mixed(dice: random.Random, queues: list[list[bytes]]) -> Iterator[bytes]:
    """One frame of this, a few of that, each queue in its order."""
    queues = [queue[::-1] for queue in queues]
    while queues:
        queue = dice.choice(queues[:6])
        for _ in range(min(dice.choice((1, 1, 2, 5, 50)), len(queue))):
            yield queue.pop()
        if not queue:
            queues.remove(queue)


def capture(seed: int, groups: int = 30, step: int = 1000) -> bytes:
    """A pcap file of it."""
    return pcap(ward(seed, groups), step=step)
