"""Whether a device may be joined to a network, and how GMAO and observation agree on it.

What comes in: a device's subjects, its zone, coverage. What goes out: `Connectable` with its source, `Seen`.

Connectable: a source's "yes" or "no"; else yes for what was met on a network or has an address, a MAC or a title; else
what is known of its model; else the default of its clinical kind, presumed. A presumed "no" is shown as unknown: "no"
needs a source or a person. What was met on a network is connectable whatever a table says (a contradiction then).

"Not seen" is said only where a sensor covered the device's zone: its VLAN, or senders of its network were met.
Elsewhere it is "not observable". A machine that answered no sensor in a covered zone may still be there, switched off.

"In GMAO" is said of what stands in one; what only another list names (address plan, AE titles, access control) is
"listed elsewhere". "Not in GMAO" is said only in a site whose GMAO was read: without one there is nothing that a
machine could be absent from.
"""

from collections.abc import Iterable
from ipaddress import ip_network

from hygie.model.evidence import Coverage
from hygie.model.fleet import Connectable, Seen, Zone
from hygie.register.zones import normal_network


def covered(zones: Iterable[Zone], coverage: Iterable[Coverage]) -> frozenset[str]:
    """Zones in which at least one sensor was able to see senders."""
    vlans: set[tuple[str, str]] = set()
    networks: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for row in coverage:
        if row.packets <= 0:
            continue
        vlans.update((row.site, vlan) for vlan in row.vlans)
        for text in filter(None, map(normal_network, row.networks)):
            network = ip_network(text)
            span = (int(network.network_address), int(network.broadcast_address))
            networks.setdefault((row.site, network.version), []).append(span)
    found = set()
    for zone in zones:
        if zone.vlan and (zone.site, zone.vlan) in vlans:
            found.add(zone.id)
        for part in zone.cidr.split():
            network = ip_network(part)
            first, last = int(network.network_address), int(network.broadcast_address)
            if any(a <= last and first <= b for a, b in networks.get((zone.site, network.version), ())):
                found.add(zone.id)
    return frozenset(found)


def agree(connectable: Connectable, *, gmao: bool, live: bool, covered_zone: bool, listed: bool = True) -> Seen:
    """How GMAO and observation agree. `listed`: a GMAO was read for the device's site."""
    if live and not gmao:
        return Seen.NOT_IN_GMAO if listed else Seen.NO_GMAO
    if live:
        return Seen.BOTH
    if connectable is Connectable.NO:
        return Seen.NOT_CONNECTABLE
    if not gmao:
        return Seen.LISTED_UNSEEN if covered_zone else Seen.LISTED
    return Seen.NOT_SEEN if covered_zone else Seen.NOT_OBSERVABLE


def presume(default: str) -> Connectable:
    """What a clinical kind's default gives: never "no"."""
    return Connectable.YES if default == "yes" else Connectable.UNKNOWN
