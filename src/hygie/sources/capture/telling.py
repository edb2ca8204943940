"""What a walk has gathered, as rows: evidence, flows, coverage, refusals.

Some things that were said are left out here, because only the whole shows them: names that the domain name system gave
to an address that bears very many (a filter's or a proxy's address: the names are those that people visit), and what
stored DICOM objects say of their maker where the sender only passes them on (an archive, a router of images; an
archive that sends images is no modality either).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator

import numpy as np

from hygie.facts import oui
from hygie.kernel import columns as c
from hygie.model.bulk import Bulk
from hygie.model.evidence import Coverage, Evidence, Refusal, Trait
from hygie.model.fleet import Flow
from hygie.model.seams import Given
from hygie.sources.capture import folding
from hygie.sources.capture.ends import MANY, SURE, Owners, address_text
from hygie.sources.capture.frames import Damage
from hygie.sources.capture.grouping import Column, grouped
from hygie.sources.capture.keys import address, card_of, vlan_text
from hygie.sources.capture.metering import Columns
from hygie.sources.capture.pairs import Seen
from hygie.sources.capture.sight import Sight
from hygie.sources.capture.talks import transport_name
from hygie.wire.codec.addresses import is_card, is_host

MANY_NAMES = 8
"""Names of one address from which they are those of places visited, not of a machine."""
_STORED = frozenset(
    (Trait.MANUFACTURER, Trait.PRODUCT, Trait.SERIAL, Trait.VERSION, Trait.STATION_NAME, Trait.DICOM_MODALITY)
)
"""Traits that stored objects speak of."""
_ONE_OF_A_KIND = frozenset((Trait.PRODUCT, Trait.SERIAL, Trait.STATION_NAME))
"""Of these a device has one: more show that its objects come from elsewhere."""
_OF_ONE_DEVICE = frozenset((Trait.SERIAL, Trait.STATION_NAME))
"""Traits whose value only one device has."""
_MODALITY_ONLY = frozenset(("1.2.840.10008.5.1.4.31 scu", "1.2.840.10008.3.1.2.3.3 scu"))
"""Classes that only modalities use: worklist and performed procedure step."""
_QUERY = "1.2.840.10008.5.1.4.1.2."
"""Beginning of the query and retrieve classes."""
_BY_OBJECTS = 0.8
"""Confidence of what stored objects say."""
PART = 50_000
"""Conversations given out at once."""
MOST_TEXTS = 50_000
"""Addresses whose text is kept for the next rows."""
_UNNAMED = "capture"

Row = tuple[str, Trait, str]
"""(subject, trait, value)."""
Said = dict[Row, Seen]


def flows(sight: Sight, given: Given, owners: Owners) -> Iterator[Bulk]:
    """The conversations gathered so far; those of routers' cards are added up. At most `PART` rows at once."""
    rows = sight.hand_over()
    for card, high, low, shift in (
        (folding.CLIENT_CARD, folding.CLIENT_HIGH, folding.CLIENT_LOW, 4),
        (folding.SERVER_CARD, folding.SERVER_HIGH, folding.SERVER_LOW, 0),
    ):
        keys = rows[:, [card, high, low, folding.META]]
        keys[:, 3] = keys[:, 3] >> shift & 15
        groups, count = grouped(keys)
        heads = np.zeros(count, np.int64)
        heads[groups[::-1]] = np.arange(len(rows))[::-1]
        rows[:, card] = np.where(_own(owners, keys[heads])[groups], rows[:, card], 0) if len(rows) else 0
    rows = rows[: folding.add_up(rows)]
    order = np.argsort(rows[:, folding.PLACE], kind="stable")
    names = _Addresses()
    for begin in range(0, len(rows), PART):
        yield _part(sight, given, rows[order[begin : begin + PART]], names)


def _own(owners: Owners, keys: Columns) -> folding.Truths:
    """Of each (card, high, low, family) whether the card speaks for itself."""
    own = np.zeros(len(keys), bool)
    for begin in range(0, len(keys), PART):
        for at, (card, high, low, family) in enumerate(keys[begin : begin + PART].tolist(), begin):
            own[at] = card and (family == 1 or owners.owns(card_of(card), address(family, high, low)))
    return own


def _part(sight: Sight, given: Given, rows: Columns, names: "_Addresses") -> Bulk:
    """Conversations as rows that rest."""
    columns = {name: rows[:, at].tolist() for name, at in _COUNTED.items()}
    families = rows[:, folding.META] & 0xFF
    tags, sensors = rows[:, folding.TAG], [_sensor(sight, index) for index in range(len(sight.interfaces))]
    services, transports = sight.services.names, rows[:, folding.META] >> 8
    return Bulk(
        Flow,
        given.reading,
        {
            "sensor": [sensors[index] for index in (tags >> 48).tolist()],
            "vlan": [vlan_text(tag) for tag in (tags & _VLANS).tolist()],
            "client": names.texts(families >> 4, rows[:, folding.CLIENT_HIGH], rows[:, folding.CLIENT_LOW]),
            "client_mac": names.cards(rows[:, folding.CLIENT_CARD]),
            "server": names.texts(families & 15, rows[:, folding.SERVER_HIGH], rows[:, folding.SERVER_LOW]),
            "server_mac": names.cards(rows[:, folding.SERVER_CARD]),
            "transport": [_transport(number) for number in transports.tolist()],
            "service": [services[number] for number in rows[:, folding.SERVICE].tolist()],
            **columns,
            "opened": (rows[:, folding.OPENED] > 0).tolist(),
            "place": [f"packet {number}" for number in rows[:, folding.PLACE].tolist()],
        },
        {"site": given.site},
    )


_VLANS = (1 << 48) - 1
_COUNTED = {
    "port": folding.PORT,
    "packets_out": folding.PACKETS_OUT,
    "bytes_out": folding.BYTES_OUT,
    "packets_back": folding.PACKETS_BACK,
    "bytes_back": folding.BYTES_BACK,
    "first": folding.FIRST,
    "last": folding.LAST,
}


class _Addresses:
    """Addresses as text; those of the last rows are not made again."""

    __slots__ = ("known",)

    def __init__(self) -> None:
        self.known: dict[tuple[int, int, int], str] = {}

    def texts(self, family: Column, high: Column, low: Column) -> list[str]:
        """Text of each row's address."""
        known, made = self.known, []
        if len(known) > MOST_TEXTS:
            known.clear()
        for key in zip(family.tolist(), high.tolist(), low.tolist(), strict=True):
            text = known.get(key)
            if text is None:
                text = known[key] = address_text(address(*key))
            made.append(text)
        return made

    def cards(self, numbers: Column) -> list[str]:
        """Text of each row's card."""
        known = {number: card_of(number).hex(":") if number else "" for number in set(numbers.tolist())}
        return [known[number] for number in numbers.tolist()]


def _transport(number: int) -> str:
    return "ethernet" if number >= 65_536 else transport_name(number)


def _sensor(sight: Sight, interface: int) -> str:
    return sight.interfaces[interface].name or _UNNAMED


def evidence(sight: Sight, given: Given, owners: Owners) -> Iterator[Evidence]:
    """All statements, each once, in the order in which they were first made."""
    rows: Said = {}
    _bindings(rows, sight, owners)
    for key, seen in sorted(_statements(sight, owners).items(), key=lambda item: item[1].place):
        _put(rows, *key, seen, seen.confidence)
    for (subject, trait, value), seen in rows.items():
        yield Evidence(
            given.reading,
            subject,
            trait,
            value,
            value,
            f"packet {seen.place}",
            round(seen.confidence, 3),
            seen.first,
            seen.last,
        )


def _put(rows: Said, subject: str, trait: Trait, value: str, seen: Seen, confidence: float) -> None:
    """Adds a row, or widens the one that says the same."""
    if not subject or not value:
        return
    found = rows.get((subject, trait, value))
    if found is None:
        rows[subject, trait, value] = Seen(seen.place, seen.first, seen.last, confidence)
        return
    found.again(seen.place, seen.first, confidence)
    found.again(seen.place, seen.last)


def _bindings(rows: Said, sight: Sight, owners: Owners) -> None:
    """Addresses, cards, makers, VLANs and routers."""
    ends = sight.ends
    sure = {card for (card, _), seen in ends.claims.items() if seen.confidence >= SURE} | owners.own
    for (card, end), seen in ends.claims.items():
        # An end that was only wished for counts where nothing better is known.
        if seen.confidence < SURE and card in sure:
            continue
        subject = owners.subject(card, b"")
        _card(rows, subject, card, seen)
        _put(rows, subject, Trait.IP, address_text(end), seen, seen.confidence)
    for (card, end), seen in ends.pairs.items():
        subject = owners.subject(card, end)
        if subject.startswith("device:mac=") and owners.owns(card, end):
            _card(rows, subject, card, seen)
            confidence = 1.0 if owners.is_claimed(card, end) else 0.9
            _put(rows, subject, Trait.IP, address_text(end), seen, confidence)
        elif subject:
            _put(rows, subject, Trait.IP, address_text(end), seen, 1.0)
        if card in owners.routers:
            _card(rows, owners.subject(card, b""), card, seen)
            _put(rows, owners.subject(card, b""), Trait.ROLE, "router", seen, 0.8)
    for (card, vlan), seen in ends.vlans.items():
        _card(rows, owners.subject(card, b""), card, seen)
        _put(rows, owners.subject(card, b""), Trait.VLAN, vlan, seen, 1.0)


def _card(rows: Said, subject: str, card: bytes, seen: Seen) -> None:
    """A card's own address and its maker."""
    if is_card(card):
        _put(rows, subject, Trait.MAC, card.hex(":"), seen, 1.0)
        _put(rows, subject, Trait.OUI_MAKER, oui.maker(card.hex(":")), seen, 1.0)


def _statements(sight: Sight, owners: Owners) -> Said:
    """What protocols said, by subject, without what only the whole shows to be of others."""
    found: Said = {}
    by_dns: list[Row] = []
    by_objects: list[Row] = []
    for (card, end, kind, value, service), seen in sight.ends.said.items():
        row: Row = (owners.subject(card, end), Trait(kind), value)
        _put(found, *row, seen, seen.confidence)
        if service == "dns" and row[1] is Trait.HOST_NAME:
            by_dns.append(row)
        elif service == "dicom" and row[1] in _STORED and seen.confidence == _BY_OBJECTS:
            by_objects.append(row)
    _leave_out_places_visited(found, by_dns)
    _leave_out_what_is_passed_on(found, by_objects)
    return found


def _leave_out_places_visited(found: Said, by_dns: list[Row]) -> None:
    named: dict[str, set[str]] = defaultdict(set)
    for subject, _, value in by_dns:
        named[subject].add(value.lower())
    for row in by_dns:
        if len(named[row[0]]) > MANY_NAMES:
            found.pop(row, None)


def _leave_out_what_is_passed_on(found: Said, by_objects: list[Row]) -> None:
    """Objects of several stations, of a keeper of images, or that another end sent too and this one received."""
    sure = {row for row, seen in found.items() if seen.confidence >= _BY_OBJECTS}
    receivers = {s for s, trait, value in sure if trait is Trait.DICOM_ROLE and value == "archive"}
    classes = [(s, value) for s, trait, value in sure if trait is Trait.DICOM_SOP_CLASS]
    # A scanner may keep an archive of its own: one that asks for a worklist speaks of itself.
    keepers = {s for s, value in classes if value.startswith(_QUERY) and value.endswith(" scp")}
    keepers -= {s for s, value in classes if value in _MODALITY_ONLY}
    values: dict[tuple[str, Trait], set[str]] = defaultdict(set)
    speakers: dict[tuple[Trait, str], set[str]] = defaultdict(set)
    for subject, trait, value in by_objects:
        if trait in _ONE_OF_A_KIND:
            values[subject, trait].add(value)
        if trait in _OF_ONE_DEVICE:
            speakers[trait, value].add(subject)
    relays = keepers | {s for (s, _), several in values.items() if len(several) > 1}
    relays |= {s for several in speakers.values() if len(several) > 1 for s in several & receivers}
    for row in by_objects:
        if row[0] in relays:
            found.pop(row, None)
    for subject in relays & receivers:
        found.pop((subject, Trait.DICOM_ROLE, "modality"), None)


def coverage(sight: Sight, given: Given, owners: Owners) -> Iterator[Coverage]:
    """One row a sensor: interfaces of one name are one sensor."""
    names: dict[str, list[int]] = defaultdict(list)
    metered = sight.meter.metered()
    sensors = metered.sensors.tolist()
    for index, row in enumerate(sensors):
        if row[c.N_PACKETS]:
            names[_sensor(sight, index)].append(index)
    for name, indexes in names.items():
        parts = [sensors[index] for index in indexes]
        vlans = {vlan_text(tag) for interface, tag in metered.tags if interface in indexes}
        yield Coverage(
            reading=given.reading,
            site=given.site,
            sensor=name,
            first=min((part[c.N_FIRST] for part in parts if part[c.N_FIRST]), default=0),
            last=max(part[c.N_LAST] for part in parts),
            packets=sum(part[c.N_PACKETS] for part in parts),
            bytes=sum(part[c.N_BYTES] for part in parts),
            lost=sum(sight.interfaces[index].lost for index in indexes),
            unread=sum(part[c.N_UNREAD] for part in parts),
            gaps=sum(part[c.N_GAPS] for part in parts),
            vlans=tuple(sorted(vlans)),
            networks=_networks(sight, owners, indexes),
        )


def _networks(sight: Sight, owners: Owners, indexes: list[int]) -> tuple[str, ...]:
    """/24 or /64 networks in which a local sender was heard directly, not through a router."""
    mask = sum(1 << bit for bit in {min(index, MANY) for index in indexes})
    found: set[bytes] = set()
    for (card, end), seen in sight.ends.pairs.items():
        direct = owners.owns(card, end) if card else owners.is_local(end)
        if seen.sensors & mask and direct and is_host(end):
            found.add(end[:3] + b"\0" if len(end) == 4 else end[:8] + bytes(8))
    return tuple(sorted(address_text(raw) + ("/24" if len(raw) == 4 else "/64") for raw in found))


def refusal(name: str, given: Given, damage: Damage) -> Refusal:
    """Damage of the file."""
    where = (f"offset={damage.offset}", f"bytes={damage.size}")
    return Refusal(given.reading, name, f"offset {damage.offset}", damage.reason, where)


_ODD = {c.UNDECODED: "undecoded", c.FRAGMENTS: "fragments", c.SNAPPED: "snapped", c.SEALED: "sealed"}
"""Counts that are told."""


def refusals(sight: Sight, name: str, given: Given) -> Iterator[Refusal]:
    """What was counted on the way."""
    metered = sight.meter.metered()
    counts = metered.counts.tolist()
    for at, what in sorted(_ODD.items(), key=lambda item: counts[item[0] + 4]):
        if counts[at]:
            place = f"packet {counts[at + 4]}"
            yield Refusal(given.reading, name, place, f"refusal.capture.{what}", (f"count={counts[at]}",))
    links: Counter[int] = Counter()
    for index, row in enumerate(metered.sensors.tolist()):
        links[sight.interfaces[index].link] += row[c.N_LINK]
    for link, count in sorted(links.items()):
        if count:
            yield Refusal(given.reading, name, "", "refusal.capture.link", (f"link={link}", f"count={count}"))
    listening = sight.hearing.listening
    for service, count in sorted(listening.broken.items()):
        yield Refusal(given.reading, name, "", "refusal.capture.unit", (f"service={service}", f"count={count}"))
    for what, count in (("streams", listening.given_up), ("dropped", sight.ends.lost())):
        if count:
            yield Refusal(given.reading, name, "", f"refusal.capture.{what}", (f"count={count}",))
