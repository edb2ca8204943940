"""Zones: parts of the network, from the address plan, else from what was observed.

What comes in: statements about "zone:<cidr>" subjects, coverage, devices' addresses. What goes out: zones, and a finder
of the zone in which an address lies. The plan wins; the smallest network that holds an address is its zone. Where no
plan speaks, a /24 (IPv6: /64) stands for the zone: "observed" where a sensor saw senders in it, else "presumed".
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from hygie.model.evidence import Coverage, Evidence, Reading, Trait
from hygie.model.fleet import Zone
from hygie.register import keys

Network = IPv4Network | IPv6Network

_PRIVATE = tuple(
    ip_network(n)
    for n in (
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "100.64.0.0/10",
        "169.254.0.0/16",
        "fc00::/7",
        "fe80::/10",
    )
)
"""Ranges used inside (RFC 1918, RFC 6598, RFC 3927, RFC 4193, RFC 4291)."""


@lru_cache(maxsize=65536)
def number(address: str) -> tuple[int, int]:
    """Version and number of an address; (0, 0) where it is none, or stands for a group or nobody."""
    try:
        found = ip_address(address)
    except ValueError:
        return 0, 0
    if found.is_multicast or found.is_unspecified or found.is_loopback or address == "255.255.255.255":
        return 0, 0
    return found.version, int(found)


@lru_cache(maxsize=65536)
def is_private(address: str) -> bool:
    """Whether an address is of a range used inside organisations."""
    version, value = number(address)
    return any(n.version == version and _holds(n, value) for n in _PRIVATE)


def _holds(network: Network, value: int) -> bool:
    return int(network.network_address) <= value <= int(network.broadcast_address)


def around(address: str) -> str:
    """The /24 or /64 in which an address lies; "" for none."""
    version, value = number(address)
    if not version:
        return ""
    return str(ip_network((value, 24 if version == 4 else 64), strict=False))


class Plan:
    """The zones of all sites, and where an address lies. Grows with what is met outside the address plan."""

    def __init__(self, zones: Iterable[Zone]) -> None:
        """`zones`: those that the hospital's address plan gives."""
        self.zones: dict[str, Zone] = {}
        self._networks: dict[tuple[str, int], dict[int, dict[int, str]]] = {}
        self._vlans: dict[tuple[str, str], str] = {}
        self._found: dict[tuple[str, str], str] = {}
        for zone in zones:
            self._add(zone)

    def _add(self, zone: Zone) -> None:
        self.zones[zone.id] = zone
        if zone.vlan:
            self._vlans.setdefault((zone.site, zone.vlan), zone.id)
        for part in zone.cidr.split():
            network = ip_network(part)
            lengths = self._networks.setdefault((zone.site, network.version), {})
            lengths.setdefault(network.prefixlen, {})[int(network.network_address)] = zone.id
        self._found.clear()

    def find(self, site: str, address: str) -> str:
        """Id of the smallest zone that holds an address; "" none."""
        known = self._found.get((site, address))
        if known is None:
            known = self._found[site, address] = self._search(site, address)
        return known

    def _search(self, site: str, address: str) -> str:
        version, value = number(address)
        lengths = self._networks.get((site, version), {})
        width = 32 if version == 4 else 128
        for length in sorted(lengths, reverse=True):
            found = lengths[length].get(value >> (width - length) << (width - length))
            if found is not None:
                return found
        return ""

    def of_vlan(self, site: str, vlan: str) -> str:
        """Id of the zone of a VLAN; "" none."""
        return self._vlans.get((site, vlan), "")

    def is_local(self, site: str, address: str) -> bool:
        """Whether an address is inside: of the site's plan (even public address space), or of a private range."""
        return bool(number(address)[0]) and (is_private(address) or bool(self.find(site, address)))

    def place(self, site: str, addresses: Iterable[str], vlans: Iterable[str]) -> str:
        """Zone of a device by its addresses, the newest first, then by its VLANs; "" unknown."""
        for address in addresses:
            zone = self.find(site, address)
            if zone:
                return zone
        for vlan in vlans:
            zone = self.of_vlan(site, vlan)
            if zone:
                return zone
        return ""

    def guess(self, site: str, address: str, vlan: str, *, observed: bool) -> None:
        """Adds a zone for a local address that no zone holds."""
        if self.find(site, address) or not self.is_local(site, address) or address.startswith(("169.254.", "fe80:")):
            return
        cidr = around(address)
        source = "observed" if observed else "presumed"
        self._add(Zone(keys.stable("Z", site, cidr), site, cidr, cidr, vlan, "", source))

    def guess_vlan(self, site: str, vlan: str) -> None:
        """Adds a zone for a VLAN that was met and that no plan knows."""
        if vlan and not self.of_vlan(site, vlan):
            self._add(Zone(keys.stable("Z", site, f"vlan={vlan}"), site, f"VLAN {vlan}", "", vlan, "", "observed"))


def read_plan(said: Mapping[tuple[str, str], list[Evidence]], readings: Mapping[str, Reading]) -> list[Zone]:
    """Zones of the address plan; the newest word on each trait wins; a zone without a network keeps its VLAN."""
    zones = {}
    for (site, subject), statements in sorted(said.items()):
        told: dict[Trait, tuple[tuple[str, float, str], str]] = {}
        for e in statements:
            rank = (readings[e.reading].dated, e.confidence, e.value)
            if e.value and (e.trait not in told or rank > told[e.trait][0]):
                told[e.trait] = (rank, e.value)
        values = {trait: value for trait, (_, value) in told.items()}
        cidr = normal_network(values.get(Trait.CIDR, "") or subject.removeprefix("zone:"))
        vlan = values.get(Trait.VLAN, "")
        name = values.get(Trait.ZONE_NAME, "") or cidr or (f"VLAN {vlan}" if vlan else subject.removeprefix("zone:"))
        key = cidr or (f"vlan={vlan}" if vlan else subject)
        zone = Zone(keys.stable("Z", site, key), site, name, cidr, vlan, values.get(Trait.ZONE_USE, ""), "plan")
        zones[zone.id] = zone
    return list(zones.values())


def normal_network(text: str) -> str:
    """Normal form of a network; "" where it is none or holds everything."""
    try:
        network = ip_network(text.strip(), strict=False)
    except ValueError:
        return ""
    return str(network) if network.prefixlen else ""


def observe(plan: Plan, coverage: Iterable[Coverage]) -> None:
    """Adds zones for networks and VLANs that sensors saw and that the plan does not know."""
    rows = sorted(coverage, key=lambda c: (c.site, c.sensor, c.reading))
    for row in rows:
        for cidr in sorted(row.networks):
            network = normal_network(cidr)
            if network:
                plan.guess(row.site, str(ip_network(network).network_address), "", observed=True)
    for row in rows:
        for vlan in sorted(row.vlans):
            plan.guess_vlan(row.site, vlan)
