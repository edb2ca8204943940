"""Events of Suricata (EVE JSON) -> rows: one function a kind of event. Alerts are no findings and are not read.

Conversations come from `flow` events alone: `netflow` events tell the same again, one direction each.

Source: Suricata, "EVE JSON Format" and the schema of its events.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from msgspec import DecodeError

from hygie.model.evidence import Refusal
from hygie.model.seams import Given, Input
from hygie.sources.capture.talks import TCP, UDP
from hygie.sources.opening.documents import decode, outline
from hygie.sources.sensors import stating, values
from hygie.sources.sensors.records import End, Log, Record
from hygie.sources.sensors.stating import Context
from hygie.wire.codec.text import plain

_PROTOCOLS = {"TCP": TCP, "UDP": UDP, "ICMP": 1, "IPV6-ICMP": 58, "SCTP": 132, "GRE": 47, "ESP": 50, "AH": 51}
_ICMP = (1, 58)
_SERVICES = {
    "krb5": "kerberos",
    "dcerpc": "msrpc",
    "rfb": "vnc",
    "ftp-data": "ftp-data",
    "http1": "http",
    "http2": "http2",
    "enip": "ethernet/ip",
}
"""Suricata's names of services -> ours, where they differ."""
_NOTHING = frozenset(("", "failed", "unknown"))
_AGREED = frozenset(("established", "closed"))
_OPTIONS = {
    "subnet_mask": 1,
    "router": 3,
    "routers": 3,
    "dns_server": 6,
    "dns_servers": 6,
    "hostname": 12,
    "domain": 15,
}
"""Names that Suricata gives to DHCP's options; others stand as numbers."""
_SILENT = frozenset(("alert", "anomaly", "drop", "fileinfo", "netflow", "packet", "dns", "mdns"))
"""Events that are left out by intent: said once, in the documentation, and not as something refused."""


class Event(NamedTuple):
    """An event and where it stands."""

    log: Log
    row: Mapping[str, Any]
    place: int
    time: int

    def part(self, name: str) -> Mapping[str, Any]:
        """An object of the event; {} none."""
        found = self.row.get(name)
        return found if isinstance(found, dict) else {}

    def end(self, side: str) -> End:
        """One end: "src" or "dest". Raises ValueError."""
        return End(values.address(values.text(self.row.get(f"{side}_ip"))), values.port(self.row.get(f"{side}_port")))

    def context(self, port: int = 0) -> Context:
        """The connection that an event speaks of. Raises ValueError.

        `port`: the servers' usual one, for events that stand as their packet went, answers too.
        """
        client, server = self.end("src"), self.end("dest")
        if port and client.port == port != server.port:
            client, server = server, client
        return Context(self.log, client, server, self.place, self.time)

    def vlan(self) -> str:
        """VLANs, the outer first. Raises ValueError."""
        tags = self.row.get("vlan")
        tags = tags if isinstance(tags, list) else [tags]
        numbers = [values.port(tag) for tag in tags[:3] if tag]
        return ".".join(str(number) for number in numbers if number < 4096)

    def sensor(self) -> int:
        """Number of the sensor: its name, its interface, or the program's."""
        names = [plain(values.text(self.row.get(name)), 64) for name in ("host", "in_iface")]
        return self.log.sensor(" ".join(filter(None, names)))


def flow(event: Event) -> Iterator[Any]:
    """A conversation. Raises ValueError."""
    counts, ether, tcp = event.part("flow"), event.part("ether"), event.part("tcp")
    one, other = event.end("src"), event.end("dest")
    protocol = _protocol(event)
    name = stating.service(values.text(event.row.get("app_proto")))
    recognised = "" if name in _NOTHING else _SERVICES.get(name, name)
    accepted = protocol == TCP and values.text(counts.get("state")) in _AGREED
    opened = bool(recognised)
    if protocol == TCP:
        opened = _has_flag(tcp.get("tcp_flags_ts"), 2)
    elif protocol in _ICMP:
        opened = event.row.get("icmp_type") in (8, 128)
    back = values.count(counts.get("pkts_toclient"))
    yield from event.log.take(
        Record(
            one._replace(card=_card(ether, "src"), port=0 if protocol in _ICMP else one.port),
            other._replace(card=_card(ether, "dest"), port=0 if protocol in _ICMP else other.port),
            protocol,
            values.count(counts.get("pkts_toserver")),
            values.count(counts.get("bytes_toserver")),
            back,
            values.count(counts.get("bytes_toclient")),
            values.instant(counts.get("start")) or event.time,
            values.instant(counts.get("end")) or event.time,
            event.place,
            event.sensor(),
            event.vlan(),
            recognised,
            opened,
            accepted,
            True,
            accepted or (protocol != TCP and back > 0),
        )
    )


def _protocol(event: Event) -> int:
    """IP protocol number. Raises ValueError."""
    name = values.text(event.row.get("proto")).upper()
    found = _PROTOCOLS.get(name) or (int(name) if name.isdecimal() and len(name) < 4 else 0)
    if not 0 < found < 256:
        raise ValueError("no protocol")
    return found


def _has_flag(value: Any, bit: int) -> bool:
    """Whether a bit of TCP's flags, told in hexadecimal, is set."""
    text = values.text(value)
    return bool(int(text, 16) & bit) if text and len(text) <= 4 and set(text.lower()) <= _HEX else False


_FRESH = 600
"""Seconds after its start in which the counters of a sensor are all of this file."""
_HEX = frozenset("0123456789abcdef")


def _card(ether: Mapping[str, Any], side: str) -> bytes:
    """Card of an end where only one was met: several are routers' in turn."""
    found = ether.get(f"{side}_macs") or [ether.get(f"{side}_mac")]
    if not isinstance(found, list) or len(found) != 1:
        return b""
    return values.card(values.text(found[0]))


def dhcp(event: Event) -> Iterator[Any]:
    """A message of DHCP. Raises ValueError."""
    row = event.part("dhcp")
    kind, answer = values.text(row.get("dhcp_type")).lower(), values.text(row.get("type")).lower() == "reply"
    asked, sure = b"", 1.0
    if answer and kind == "ack":
        asked = _address(row, "assigned_ip") or _address(row, "client_ip")
    elif not answer and _address(row, "client_ip"):
        asked, sure = _address(row, "client_ip"), 0.9
    elif kind == "request":
        asked, sure = _address(row, "requested_ip"), 0.5
    own = not answer
    lease = stating.Lease(
        values.card(values.text(row.get("client_mac"))),
        (values.text(row.get("hostname")),) if own else (),
        values.text(row.get("vendor_class_identifier")) if own else "",
        _fingerprint(row.get("params")) if own else "",
        asked,
        sure,
        _address(row, "server_ip") if answer else b"",
    )
    stating.dhcp(Context(event.log, End(b""), End(b""), event.place, event.time), lease)
    yield from ()


def _address(row: Mapping[str, Any], name: str) -> bytes:
    """An address that is one; b"" unset. Raises ValueError."""
    found = values.address(values.text(row[name])) if row.get(name) else b""
    return found if any(found) else b""


def _fingerprint(params: Any) -> str:
    """The request list as numbers; "" where Suricata names an option that has no number here: half a list is none."""
    if not isinstance(params, list):
        return ""
    numbers = [_OPTIONS.get(values.text(item), values.text(item)) for item in params[:100]]
    known = all(isinstance(number, int) or str(number).isdecimal() for number in numbers)
    return ",".join(map(str, numbers)) if known else ""


def http(event: Event) -> Iterator[Any]:
    """A request and its answer. Raises ValueError."""
    row = event.part("http")
    stating.web(event.context(), values.text(row.get("http_user_agent")), values.text(row.get("server")))
    yield from ()


def ssh(event: Event) -> Iterator[Any]:
    """Identification lines of both. Raises ValueError."""
    at, row = event.context(), event.part("ssh")
    for end, name in ((at.client, "client"), (at.server, "server")):
        side = row.get(name)
        if isinstance(side, dict) and side.get("software_version"):
            stating.shell(at, end, values.text(side["software_version"]))
    yield from ()


def tls(event: Event) -> Iterator[Any]:
    """A handshake. Raises ValueError."""
    row = event.part("tls")
    names = (values.text(row.get(name)) for name in ("version", "subject", "sni"))
    stating.tls(event.context(), *names)
    yield from ()


def smb(event: Event) -> Iterator[Any]:
    """What negotiation and session set-up say; users, shares and files are not asked for. Raises ValueError."""
    at, row = event.context(), event.part("smb")
    answer = row.get("response")
    system = values.text(answer.get("native_os")) if isinstance(answer, dict) else ""
    stating.smb(at, values.text(row.get("dialect")), system)
    signed = row.get("ntlmssp")
    if isinstance(signed, dict):
        stating.workstation(at, values.text(signed.get("host")))
        stating.build(at, at.client, values.text(signed.get("version")))
    yield from ()


def kerberos(event: Event) -> Iterator[Any]:
    """A message of Kerberos. Raises ValueError."""
    row = event.part("krb5")
    kind = values.text(row.get("msg_type"))
    answered = kind in ("KRB_AS_REP", "KRB_TGS_REP", "KRB_ERROR")
    client, realm = values.text(row.get("cname")), values.text(row.get("realm"))
    stating.kerberos(
        event.context(88), "" if client == "<empty>" else client, "" if realm == "<empty>" else realm, answered
    )
    yield from ()


def snmp(event: Event) -> Iterator[Any]:
    """A message of SNMP. Raises ValueError."""
    row = event.part("snmp")
    stating.snmp(event.context(161), values.text(row.get("version")), "")
    yield from ()


def arp(event: Event) -> Iterator[Any]:
    """A binding. Raises ValueError."""
    row = event.part("arp")
    for side in ("src", "dest"):
        card, address = values.card(values.text(row.get(f"{side}_mac"))), _address(row, f"{side}_ip")
        if side == "src" or values.text(row.get("opcode")) == "reply":
            event.log.sight.ends.bound(card, address or bytes(4), 1.0, event.place, event.time)
    yield from ()


def stats(event: Event) -> Iterator[Any]:
    """Packets that the capturing system says it lost. Raises ValueError."""
    row = event.part("stats")
    capture = row.get("capture")
    if isinstance(capture, dict):
        fresh = values.count(row.get("uptime")) < _FRESH
        event.log.lost(event.sensor(), values.count(capture.get("kernel_drops")), fresh)
    yield from ()


READ: dict[str, Callable[[Event], Iterator[Any]]] = {
    "arp": arp,
    "dhcp": dhcp,
    "flow": flow,
    "http": http,
    "krb5": kerberos,
    "smb": smb,
    "snmp": snmp,
    "ssh": ssh,
    "stats": stats,
    "tls": tls,
}
"""Kind of event -> what reads one."""


def recognises(source: Input) -> bool:
    """JSON lines with an event's kind and time."""
    return outline(source).keys.keys() >= {"event_type", "timestamp"}


def read(source: Input, given: Given) -> Iterator[Any]:
    """Rows of one file, then what could not be read. Raises what the stream raises."""
    log = Log(given, "suricata", "line")
    broken = values.Broken(source.name, given.reading, "line", "refusal.sensor.more")
    unread: Counter[str] = Counter()
    for number, raw in values.numbered(source):
        try:
            row = decode(raw, dict[str, Any])
            kind = values.text(row.get("event_type"))
            reader = READ.get(kind)
            if reader is not None:
                yield from reader(Event(log, row, number, values.instant(row.get("timestamp"))))
            elif kind not in _SILENT:
                unread[stating.service(kind) or "?"] += 1
        except (DecodeError, EOFError, RecursionError, ValueError, LookupError, TypeError, OverflowError):
            yield from broken.meet(number, "refusal.sensor.line")
    yield from log.end()
    yield from broken.end()
    for kind, count in sorted(unread.items()):
        yield Refusal(given.reading, source.name, "", "refusal.suricata.kind", (f"kind={kind}", f"count={count}"))
