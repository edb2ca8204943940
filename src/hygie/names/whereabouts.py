"""Who stood behind an address at a moment, where an address lies, and what was watched for how long.

What comes in: zones, bindings, coverage, flows, as other stages give them. What goes out: `Whereabouts`, which answers
for one flow end at a time, and `Watch`, which says how long, and on how many calendar
days, sensors covered a zone.

An address that is of no zone, of no private range and of no device of the register is outside. 192.9.200.0/24 counts
as inside though it is public address space: it is met in hospitals as a manufacturer's private plan.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import NamedTuple

from hygie.model.evidence import Coverage
from hygie.model.fleet import Binding, Flow, Zone

Network = IPv4Network | IPv6Network

INSIDE, OUTSIDE, GROUP, LINK = "inside", "outside", "group", "link"
"""Of the hospital; not of it; multicast or broadcast; an address that is no IP address."""

DAY = 86_400_000_000
"""Microseconds."""

_EVER = 1 << 62

_PRIVATE = tuple(
    ip_network(n)
    for n in (
        *("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "fc00::/7", "fe80::/10"),
        *("127.0.0.0/8", "::1/128", "192.9.200.0/24"),
    )
)
"""RFC 1918, 6598, 3927, 4193, 4291; loopback; and one public range that manufacturers use inside."""


class End(NamedTuple):
    """One end of a flow."""

    address: str
    side: str
    """INSIDE, OUTSIDE, GROUP, LINK."""
    device: str
    """Id; "" unknown."""
    zone: str
    """Id; "" unknown."""


class Trace(NamedTuple):
    """A flow with both of its ends resolved."""

    flow: Flow
    client: End
    server: End

    @property
    def days(self) -> float:
        """Between its first and last packet."""
        return (self.flow.last - self.flow.first) / DAY

    @property
    def origin(self) -> str:
        """Where it was read: "<reading>#packet <n>"."""
        place = self.flow.place
        return f"{self.flow.reading}#{'packet ' + place if place.isdigit() else place}"


@lru_cache(maxsize=200_000)
def _parsed(address: str) -> tuple[int, int, bool]:
    """Version, number, whether it stands for a group; version 0 for what is no IP address."""
    try:
        found = ip_address(address)
    except ValueError:
        return 0, 0, False
    group = found.is_multicast or found.is_unspecified or address == "255.255.255.255"
    return found.version, int(found), group


def _holds(network: Network, version: int, number: int) -> bool:
    return network.version == version and int(network.network_address) <= number <= int(network.broadcast_address)


class Whereabouts:
    """Resolves flow ends. Bindings seen at the time come first, then MAC addresses, then declared addresses."""

    def __init__(self, zones: Iterable[Zone], bindings: Iterable[Binding]) -> None:
        self._networks: dict[tuple[str, int], dict[int, dict[int, str]]] = {}
        self._broadcasts: set[tuple[str, int]] = set()
        for zone in zones:
            self._add(zone)
        self._bound: dict[tuple[str, str, str], list[Binding]] = {}
        for binding in bindings:
            if binding.kind in ("ip", "mac"):
                self._bound.setdefault((binding.site, binding.kind, binding.value), []).append(binding)
        self._where: dict[tuple[str, str], tuple[str, str]] = {}
        self._ends: dict[tuple[str, str, str], tuple[End, int, int]] = {}

    def _add(self, zone: Zone) -> None:
        for part in zone.cidr.split():
            network = ip_network(part, strict=False)
            lengths = self._networks.setdefault((zone.site, network.version), {})
            lengths.setdefault(network.prefixlen, {})[int(network.network_address)] = zone.id
            if network.version == 4 and network.prefixlen < 31:
                self._broadcasts.add((zone.site, int(network.broadcast_address)))

    def place(self, site: str, address: str) -> tuple[str, str]:
        """Side and zone id ("" none) of an address."""
        known = self._where.get((site, address))
        if known is None:
            known = self._where[site, address] = self._locate(site, address)
        return known

    def _locate(self, site: str, address: str) -> tuple[str, str]:
        version, number, group = _parsed(address)
        if not version:
            return LINK, ""
        if group or (version == 4 and (site, number) in self._broadcasts):
            return GROUP, ""
        width = 32 if version == 4 else 128
        lengths = self._networks.get((site, version), {})
        for length in sorted(lengths, reverse=True):
            zone = lengths[length].get(number >> (width - length) << (width - length))
            if zone is not None:
                return INSIDE, zone
        own = (site, "ip", address) in self._bound or any(_holds(n, version, number) for n in _PRIVATE)
        return (INSIDE if own else OUTSIDE), ""

    def device(self, site: str, address: str, mac: str, first: int, last: int) -> str:
        """Device that an address or MAC stood for between two moments (microseconds); "" unknown or several at once."""
        candidates = self._bound.get((site, "ip", address), ())
        held = {b.device for b in candidates if b.first and b.first <= last and b.last >= first}
        if len(held) == 1:
            return held.pop()
        by_mac = {b.device for b in self._bound.get((site, "mac", mac or address), ())}
        if len(by_mac) == 1:
            return by_mac.pop()
        told = {b.device for b in candidates if not b.first}
        return told.pop() if not held and len(told) == 1 else ""

    def end(self, flow: Flow, *, client: bool) -> End:
        """One end of a flow."""
        address, mac = (flow.client, flow.client_mac) if client else (flow.server, flow.server_mac)
        key = (flow.site, address, mac)
        known = self._ends.get(key)
        if known is not None and known[1] <= flow.last and known[2] >= flow.first:
            return known[0]
        side, zone = self.place(flow.site, address)
        device = ""
        if side in (INSIDE, LINK):
            device = self.device(flow.site, address, mac, flow.first, flow.last)
        found = End(address, side, device, zone)
        self._keep(key, found)
        return found

    def _keep(self, key: tuple[str, str, str], end: End) -> None:
        """Remembers an answer for as long as it holds: always where no binding has a time, else for its only one."""
        timed = [b for b in self._bound.get((key[0], "ip", key[1]), ()) if b.first]
        if not timed:
            self._ends[key] = (end, 0, _EVER)
        elif len(timed) == 1 and timed[0].device == end.device:
            self._ends[key] = (end, timed[0].first, timed[0].last)

    def trace(self, flows: Iterable[Flow]) -> Iterator[Trace]:
        """Flows with their ends, in the order given."""
        end = self.end
        for flow in flows:
            yield Trace(flow, end(flow, client=True), end(flow, client=False))


class Watch:
    """How long sensors covered each zone."""

    def __init__(self, zones: Iterable[Zone], coverage: Iterable[Coverage]) -> None:
        """A sensor covers a zone where it met its VLAN or a sender of one of its networks."""
        spans: dict[str, list[tuple[int, int]]] = {}
        by_site: dict[str, list[tuple[Coverage, tuple[Network, ...]]]] = {}
        for covered in coverage:
            networks = tuple(ip_network(n, strict=False) for n in covered.networks)
            by_site.setdefault(covered.site, []).append((covered, networks))
        for zone in zones:
            mine = tuple(ip_network(part, strict=False) for part in zone.cidr.split())
            for covered, networks in by_site.get(zone.site, ()):
                if (zone.vlan and zone.vlan in covered.vlans) or _overlap(mine, networks):
                    spans.setdefault(zone.id, []).append((covered.first, covered.last))
        self.days: Mapping[str, float] = {zone: union(pieces) / DAY for zone, pieces in spans.items()}
        """Length of time by zone id, in days; a zone that nobody covered is absent."""
        self.total: float = union([(c.first, c.last) for known in by_site.values() for c, _ in known]) / DAY
        """Days covered by any sensor."""
        self._spans = spans

    def calendar(self, zone: str, *met: tuple[int, int]) -> int:
        """Calendar days on which a zone was covered, if only for a while. `met`: spans in which something of it was
        met, which were watched whatever sensors tell of themselves (a device without a zone, a clock that is late)."""
        return calendar_days([*self._spans.get(zone, ()), *met])


def _overlap(ours: Iterable[Network], theirs: Iterable[Network]) -> bool:
    return any(
        a.version == b.version
        and int(a.network_address) <= int(b.broadcast_address)
        and int(b.network_address) <= int(a.broadcast_address)
        for a in ours
        for b in theirs
    )


def calendar_days(spans: Iterable[tuple[int, int]]) -> int:
    """Calendar days (UTC) that spans of microseconds touch, if only for a while."""
    return union([(first // DAY * DAY, (last // DAY + 1) * DAY) for first, last in spans]) // DAY


def union(spans: list[tuple[int, int]]) -> int:
    """Microseconds covered by at least one of the spans."""
    total, reached = 0, 0
    for first, last in sorted(spans):
        start = max(first, reached)
        if last > start:
            total += last - start
            reached = last
    return total
