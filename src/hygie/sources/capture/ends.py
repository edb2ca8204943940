"""The ends of the wire: which cards and addresses are devices, which are routers, and what was said of each.

Everything is collected first and decided at the end, because a router shows itself only after a while.

Rules, in this order:
1. A group, broadcast, unset or loopback address is never a device.
2. A card owns the addresses that it claimed (ARP, DHCP acknowledgement, neighbour discovery) and its link-local ones.
3. A card is a router if it advertises itself as one, bears a virtual router's address (VRRP, HSRP, GLBP), sends for
   `ROUTED` or more addresses that it did not claim, for an outside IPv4 address beside another, or passes on packets,
   their time to live already counted down, of an outside address or of one that another card claimed.
4. A card that is no router owns the local addresses it sends from, if their packets arrive with a time to live that
   systems begin with (nothing lay between).
5. An address is local if it is private (RFC 1918, unique local, link-local, 192.9.200.0/24), if it was claimed or asked
   for by ARP or neighbour discovery, or lies in the /24 or /64 of a claimed one.
6. What a card says that owns the address is said of "device:mac=..."; of an address seen only through a router, of
   the one card that owns it elsewhere, else of "device:ip=..."; of an outside address, of nobody.
"""

from dataclasses import dataclass, field

from hygie.sources.capture.pairs import Pairs, Seen
from hygie.wire.codec.addresses import ip_text, is_card, is_host, is_private, mac_text

ROUTED = 4
"""Foreign addresses from which a card is taken for a router."""
FIRST_HOPS = frozenset((16, 30, 32, 60, 64, 100, 128, 200, 255))
"""Times to live that systems begin with."""
VIRTUAL_ROUTERS = (
    b"\0\0\x5e\0\1",
    b"\0\0\x5e\0\2",
    b"\0\0\x0c\x07\xac",
    b"\0\0\x0c\x9f",
    b"\0\x07\xb4",
    b"\0\x05\x73\xa0",
)
"""Beginnings of the cards of VRRP (RFC 9568 section 7.3), HSRP and GLBP."""
MOST = 500_000
"""Rows kept in each table."""
MANY = 54
SURE = 0.85
"""Confidence from which a claim binds."""


Statement = tuple[bytes, bytes, str, str, str]
"""(card, address, trait, value, service that said so)."""


@dataclass(slots=True)
class Ends:
    """What was seen of cards and addresses."""

    pairs: Pairs = field(default_factory=lambda: Pairs(MOST))
    """(card, address) that sent packets."""
    claims: dict[tuple[bytes, bytes], Seen] = field(default_factory=dict)
    """(card, address) that were bound by ARP, DHCP or neighbour discovery."""
    said: dict[Statement, Seen] = field(default_factory=dict)
    vlans: dict[tuple[bytes, str], Seen] = field(default_factory=dict)
    asked: set[bytes] = field(default_factory=set)
    """Addresses that were asked for on the link."""
    advertised: set[bytes] = field(default_factory=set)
    """Cards that say they are routers."""
    dropped: int = 0
    """Things but pairs that were not kept because a table was full."""

    touched: list[Seen] | None = None
    """Where set, what is said is noted there."""

    def lost(self) -> int:
        """Things not kept because a table was full."""
        return self.dropped + self.pairs.dropped()

    def _note(self, seen: Seen) -> None:
        if self.touched is not None:
            self.touched.append(seen)

    def bound(self, card: bytes, address: bytes, confidence: float, place: int, time: int) -> None:
        """A card was bound to an address."""
        if not is_card(card) or not is_host(address):
            return
        found = self.claims.get((card, address))
        if found:
            found.again(place, time, confidence)
        elif len(self.claims) < MOST:
            found = self.claims[card, address] = Seen(place, time, time, confidence)
        else:
            self.dropped += 1
            return
        self._note(found)

    def tagged(self, card: bytes, vlan: str, place: int, first: int, last: int) -> None:
        """A card sent in a VLAN."""
        found = self.vlans.get((card, vlan))
        if found:
            found.again(place, first)
            found.again(place, last)
        elif len(self.vlans) < MOST:
            found = self.vlans[card, vlan] = Seen(place, first, last)
        else:
            self.dropped += 1
            return
        self._note(found)

    def asked_for(self, address: bytes) -> None:
        """Somebody asked the link for an address."""
        if len(self.asked) < MOST:
            self.asked.add(address)

    def say(self, what: Statement, confidence: float, place: int, time: int) -> None:
        """A statement about (card, address)."""
        found = self.said.get(what)
        if found:
            found.again(place, time, confidence)
        elif len(self.said) < MOST:
            found = self.said[what] = Seen(place, time, time, confidence)
        else:
            self.dropped += 1
            return
        self._note(found)


class Owners:
    """The decision: who owns which address, who routes, what is local."""

    __slots__ = ("asked", "claimed", "holders", "near_claims", "own", "routers")

    def __init__(self, ends: Ends) -> None:
        self.asked = ends.asked
        self.claimed: dict[bytes, set[bytes]] = {}
        """Card -> addresses claimed."""
        self.holders: dict[bytes, tuple[bytes, ...]] = {}
        """Address -> cards that own it."""
        for (card, address), seen in ends.claims.items():
            if seen.confidence >= SURE:
                self.claimed.setdefault(card, set()).add(address)
                self._hold(card, address)
        self.near_claims = {_network(address) for address in self.holders}
        self.routers = self._find_routers(ends)
        self.own: set[bytes] = set()
        """Cards that own an address which they sent from."""
        for (card, address), seen in ends.pairs.items():
            if card and self._owns(card, address, seen):
                self.own.add(card)
                self._hold(card, address)

    def _hold(self, card: bytes, address: bytes) -> None:
        """A card owns an address."""
        known = self.holders.get(address, ())
        if card not in known:
            self.holders[address] = (*known, card)

    def _find_routers(self, ends: Ends) -> set[bytes]:
        """Rule 3."""
        foreign: dict[bytes, set[bytes]] = {}
        beyond: set[bytes] = set()
        """Cards that send for an outside IPv4 address."""
        routers = {card for card in ends.advertised if is_card(card)}
        for (card, address), seen in ends.pairs.items():
            if not card or not is_host(address) or self.is_claimed(card, address) or _is_link_local(address):
                continue
            outside = not self.is_local(address)
            others = any(other != card for other in self.holders.get(address, ()))
            if card.startswith(VIRTUAL_ROUTERS) or ((outside or others) and not seen.near):
                routers.add(card)
            else:
                # Temporary addresses of one IPv6 host lie in one network: count networks there.
                several = foreign.setdefault(card, set())
                if len(several) < ROUTED:  # more say no more
                    several.add(_network(address) if len(address) == 16 else address)
            if outside and len(address) == 4:
                beyond.add(card)
        routers |= {card for card, addresses in foreign.items() if len(addresses) >= ROUTED}
        return routers | {card for card in beyond if sum(len(address) == 4 for address in foreign.get(card, ())) > 1}

    def is_claimed(self, card: bytes, address: bytes) -> bool:
        """Whether a card was bound to an address for sure."""
        return address in self.claimed.get(card, ())

    def _owns(self, card: bytes, address: bytes, seen: Seen) -> bool:
        """Rules 2 and 4."""
        if not is_host(address) or not is_card(card):
            return False
        if self.is_claimed(card, address) or _is_link_local(address):
            return True
        return card not in self.routers and seen.near and self.is_local(address)

    def is_local(self, address: bytes) -> bool:
        """Rule 5."""
        if not is_host(address):
            return False
        return (
            is_private(address)
            or address in self.holders
            or address in self.asked
            or _network(address) in self.near_claims
        )

    def owns(self, card: bytes, address: bytes) -> bool:
        """Whether a card speaks for itself with this address."""
        return card in self.holders.get(address, ())

    def subject(self, card: bytes, address: bytes) -> str:
        """Rule 6; "" nobody. Where a sender has no address yet, its card stands in its place."""
        if len(address) == 6:
            card, address = address, b""
        if not address:
            return f"device:mac={card.hex(':')}" if is_card(card) else ""
        if is_card(card) and self.owns(card, address):
            return f"device:mac={card.hex(':')}"
        if not self.is_local(address):
            return ""
        holders = self.holders.get(address, ())
        if len(holders) == 1:
            return f"device:mac={holders[0].hex(':')}"
        return f"device:ip={address_text(address)}"


def _network(address: bytes) -> bytes:
    """The /24 or /64 of an address."""
    return address[:3] if len(address) == 4 else address[:8]


def _is_link_local(address: bytes) -> bool:
    return address[:2] == b"\xa9\xfe" if len(address) == 4 else address[0] == 0xFE and address[1] & 0xC0 == 0x80


def address_text(address: bytes) -> str:
    """An address, or a card where there is none, as text."""
    return mac_text(address) if len(address) == 6 else ip_text(address)
