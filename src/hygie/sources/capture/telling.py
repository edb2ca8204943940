"""What a walk has gathered, as rows: evidence, flows, coverage, refusals.

Some things that were said are left out here, because only the whole shows them: names that the domain name system gave
to an address that bears very many (a filter's or a proxy's address: the names are those that people visit), and what
stored DICOM objects say of their maker where the sender only passes them on (an archive, a router of images; an
archive that sends images is no modality either).
"""

from collections import defaultdict
from collections.abc import Iterator

from hygie.facts import oui
from hygie.model.evidence import Coverage, Evidence, Refusal, Trait
from hygie.model.fleet import Flow
from hygie.model.seams import Given
from hygie.sources.capture.ends import SURE, Owners, Seen, address_text
from hygie.sources.capture.frames import Damage
from hygie.sources.capture.sight import Sight
from hygie.sources.capture.talks import Key, Sums
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
_UNNAMED = "capture"

Row = tuple[str, Trait, str]
"""(subject, trait, value)."""
Said = dict[Row, Seen]


def flows(sight: Sight, given: Given, owners: Owners) -> Iterator[Flow]:
    """The conversations gathered so far; those of routers' cards are added up first."""
    merged: dict[Key, Sums] = {}
    for key, sums in sight.conversations.sums.items():
        client_card = key[2] if _own(owners, key[2], key[3]) else b""
        server_card = key[4] if _own(owners, key[4], key[5]) else b""
        clean: Key = (*key[:2], client_card, key[3], server_card, *key[5:])
        found = merged.get(clean)
        if found is None:
            merged[clean] = sums
        else:
            _join(found, sums)
    for key, sums in merged.items():
        yield _flow(sight, given, key, sums)


def _own(owners: Owners, card: bytes, address: bytes) -> bool:
    return bool(card) and (len(address) == 6 or owners.owns(card, address))


def _join(into: Sums, other: Sums) -> None:
    into.place = min(into.place, other.place)
    into.packets_out += other.packets_out
    into.bytes_out += other.bytes_out
    into.packets_back += other.packets_back
    into.bytes_back += other.bytes_back
    into.first = min(into.first, other.first) if into.first and other.first else into.first or other.first
    into.last = max(into.last, other.last)
    into.opened = into.opened or other.opened


def _flow(sight: Sight, given: Given, key: Key, sums: Sums) -> Flow:
    interface, vlan, client_card, client, server_card, server, transport, port, service = key
    return Flow(
        reading=given.reading,
        site=given.site,
        sensor=_sensor(sight, interface),
        vlan=vlan,
        client=address_text(client),
        client_mac=client_card.hex(":"),
        server=address_text(server),
        server_mac=server_card.hex(":"),
        transport=transport,
        port=port,
        service=service,
        packets_out=sums.packets_out,
        bytes_out=sums.bytes_out,
        packets_back=sums.packets_back,
        bytes_back=sums.bytes_back,
        first=sums.first,
        last=sums.last,
        opened=sums.opened,
        place=f"packet {sums.place}",
    )


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
    sure = {card for (card, _), seen in ends.claims.items() if seen.confidence >= SURE} | {c for c, _ in owners.own}
    for (card, address), seen in ends.claims.items():
        # An address that was only wished for counts where nothing better is known.
        if seen.confidence < SURE and card in sure:
            continue
        subject = owners.subject(card, b"")
        _card(rows, subject, card, seen)
        _put(rows, subject, Trait.IP, address_text(address), seen, seen.confidence)
    for (card, address), seen in ends.pairs.items():
        subject = owners.subject(card, address)
        if subject.startswith("device:mac=") and owners.owns(card, address):
            _card(rows, subject, card, seen)
            confidence = 1.0 if owners.is_claimed(card, address) else 0.9
            _put(rows, subject, Trait.IP, address_text(address), seen, confidence)
        elif subject:
            _put(rows, subject, Trait.IP, address_text(address), seen, 1.0)
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
    for (card, address, kind, value, service), seen in sight.ends.said.items():
        row: Row = (owners.subject(card, address), Trait(kind), value)
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
    for index in sight.sensors:
        names[_sensor(sight, index)].append(index)
    for name, indexes in names.items():
        parts = [sight.sensors[index] for index in indexes]
        yield Coverage(
            reading=given.reading,
            site=given.site,
            sensor=name,
            first=min((part.first for part in parts if part.first), default=0),
            last=max(part.last for part in parts),
            packets=sum(part.packets for part in parts),
            bytes=sum(part.bytes for part in parts),
            lost=sum(sight.interfaces[index].lost for index in indexes),
            unread=sum(part.unread for part in parts),
            gaps=sum(part.gaps for part in parts),
            vlans=tuple(sorted(set().union(*(part.vlans for part in parts)))),
            networks=_networks(sight, owners, indexes),
        )


def _networks(sight: Sight, owners: Owners, indexes: list[int]) -> tuple[str, ...]:
    """/24 or /64 networks in which a local sender was heard directly, not through a router."""
    mask = sum(1 << min(index, 63) for index in set(indexes))
    found: set[bytes] = set()
    for (card, address), seen in sight.ends.pairs.items():
        direct = owners.owns(card, address) if card else owners.is_local(address)
        if seen.sensors & mask and direct and is_host(address):
            found.add(address[:3] + b"\0" if len(address) == 4 else address[:8] + bytes(8))
    return tuple(sorted(address_text(raw) + ("/24" if len(raw) == 4 else "/64") for raw in found))


def refusal(name: str, given: Given, damage: Damage) -> Refusal:
    """Damage of the file."""
    where = (f"offset={damage.offset}", f"bytes={damage.size}")
    return Refusal(given.reading, name, f"offset {damage.offset}", damage.reason, where)


def refusals(sight: Sight, name: str, given: Given) -> Iterator[Refusal]:
    """What was counted on the way."""
    for what, count in sight.counts.items():
        place = f"packet {sight.where[what]}"
        yield Refusal(given.reading, name, place, f"refusal.capture.{what}", (f"count={count}",))
    for link, count in sorted(sight.links.items()):
        yield Refusal(given.reading, name, "", "refusal.capture.link", (f"link={link}", f"count={count}"))
    for service, count in sorted(sight.listening.broken.items()):
        yield Refusal(given.reading, name, "", "refusal.capture.unit", (f"service={service}", f"count={count}"))
    for what, count in (("streams", sight.listening.given_up), ("dropped", sight.ends.dropped)):
        if count:
            yield Refusal(given.reading, name, "", f"refusal.capture.{what}", (f"count={count}",))
