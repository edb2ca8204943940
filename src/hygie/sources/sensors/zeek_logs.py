"""What each kind of Zeek log says: one function a kind, from the fields of a line by their names.

Fields that hold users, communities, names looked up, targets of requests, files or shares are not asked for.

Source: Zeek, "Log Files" (conn, dhcp, http, kerberos, known_*, ntlm, snmp, software, ssh, ssl, stats).
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from hygie.model.evidence import Trait
from hygie.sources.capture.talks import TCP, UDP
from hygie.sources.sensors import stating, values
from hygie.sources.sensors.records import End, Log, Record
from hygie.sources.sensors.stating import Context
from hygie.wire.codec.text import plain

Row = Mapping[str, Any]
"""Field -> text, number or list; fields that are not set are absent."""
_PROTOCOLS = {"tcp": TCP, "udp": UDP, "icmp": 1}
_ICMP6 = 58
_SERVICES = {
    "ssl": "tls",
    "krb": "kerberos",
    "krb_tcp": "kerberos",
    "krb_udp": "kerberos",
    "dce_rpc": "msrpc",
    "ldap_tcp": "ldap",
    "ldap_udp": "cldap",
    "rfb": "vnc",
    "ftp-data": "ftp-data",
    "bacnet": "bacnet",
}
"""Zeek's names of services -> ours, where they differ."""
_UNDERNEATH = ("gssapi", "ntlm", "spnego", "krb", "krb_tcp", "krb_udp", "dce_rpc", "ssl")
"""Analysers that others make use of: named only where nothing else is, the last first."""
_BEGUN = frozenset(("S0", "S1", "S2", "S3", "SF", "REJ", "RSTO", "RSTR", "RSTOS0", "SH", "RSTRH", "SHR"))
"""States in which the handshake, or a part of it, was seen."""
_AGREED = frozenset(("S1", "S2", "S3", "SF", "RSTO", "RSTR", "SHR", "RSTRH"))
_MULTICAST_NAMES = {5353: "mdns", 5355: "llmnr", 137: "netbios-ns"}
"""Ports on which what Zeek calls "dns" is another protocol."""


class Line(NamedTuple):
    """A line and where it stands."""

    log: Log
    row: Row
    place: int
    time: int

    def text(self, name: str) -> str:
        """A field as text; "" not set."""
        return values.text(self.row.get(name))

    def items(self, name: str) -> list[str]:
        """A field that holds a set or a list."""
        found = self.row.get(name)
        if isinstance(found, list):
            return [values.text(item) for item in found[:200]]
        return values.text(found).split(",")[:200] if found else []

    def end(self, side: str) -> End:
        """One end of a connection. Raises ValueError."""
        return End(values.address(self.text(f"id.{side}_h")), values.port(self.row.get(f"id.{side}_p")))

    def context(self) -> Context:
        """The connection that a line speaks of. Raises ValueError."""
        return Context(self.log, self.end("orig"), self.end("resp"), self.place, self.time)

    def host(self) -> Context:
        """The host that a line speaks of, as client and server. Raises ValueError."""
        end = End(values.address(self.text("host")))
        return Context(self.log, end, end, self.place, self.time)


def conn(line: Line) -> Iterator[Any]:
    """A connection. Raises ValueError."""
    one, other = line.end("orig"), line.end("resp")
    protocol = _protocol(line, one.address)
    state, history = line.text("conn_state"), line.text("history")
    last = line.time + values.seconds(line.row.get("duration"))
    out, back = values.count(line.row.get("orig_bytes")), values.count(line.row.get("resp_bytes"))
    recognised = _service(line, other.port)
    opened = bool(recognised)
    if protocol == TCP:
        opened = "S" in history or "h" in history or state in _BEGUN
    elif protocol in (1, _ICMP6):
        opened = one.port in (8, 128)
    tags = [str(values.port(line.row[name])) for name in ("vlan", "inner_vlan") if line.row.get(name)]
    yield from line.log.take(
        Record(
            one._replace(card=values.card(line.text("orig_l2_addr"))),
            other._replace(card=values.card(line.text("resp_l2_addr"))),
            protocol,
            values.count(line.row.get("orig_pkts")),
            values.count(line.row.get("orig_ip_bytes")) or out,
            values.count(line.row.get("resp_pkts")),
            values.count(line.row.get("resp_ip_bytes")) or back,
            line.time,
            last,
            line.place,
            line.log.sensor(stating.service(line.text("_system_name"))),
            ".".join(tags),
            recognised,
            opened,
            protocol == TCP and (state in _AGREED or "h" in history),
            out > 0 or "D" in history,
            back > 0 or "d" in history,
        )
    )


def _protocol(line: Line, address: bytes) -> int:
    """IP protocol number. Raises ValueError."""
    found = _PROTOCOLS.get(line.text("proto").lower())
    if found is None:
        found = values.count(line.row.get("ip_proto"))
        if not 0 < found < 256:
            raise ValueError("no protocol")
    return _ICMP6 if found == 1 and len(address) == 16 else found


def _service(line: Line, port: int) -> str:
    """The service that was recognised: of several, the one that is not only a part of another."""
    names = [name for name in map(stating.service, line.items("service")) if name]
    if not names:
        return ""
    whole = [name for name in names if name not in _UNDERNEATH]
    name = whole[0] if whole else max(names, key=_UNDERNEATH.index)
    if name == "dns":
        return _MULTICAST_NAMES.get(port, name)
    return _SERVICES.get(name, name)


def dhcp(line: Line) -> Iterator[Any]:
    """A client's exchange. Raises ValueError."""
    kinds = [kind.upper() for kind in line.items("msg_types")]
    last = kinds[-1] if kinds else ""
    address, sure = b"", 1.0
    if last == "ACK":
        address = _address(line, "assigned_addr") or _address(line, "client_addr")
    elif last == "REQUEST":
        address, sure = _address(line, "requested_addr"), 0.5
    server = _address(line, "server_addr") if "ACK" in kinds or "OFFER" in kinds else b""
    lease = stating.Lease(
        values.card(line.text("mac")),
        (line.text("host_name"), line.text("client_fqdn")),
        line.text("client_software"),
        address=address,
        sure=sure,
        server=server,
    )
    stating.dhcp(Context(line.log, End(b""), End(server), line.place, line.time), lease)
    yield from ()


def _address(line: Line, name: str) -> bytes:
    return values.address(line.text(name)) if line.row.get(name) else b""


def http(line: Line) -> Iterator[Any]:
    """A request and its answer. Raises ValueError."""
    at = line.context()
    stating.web(at, line.text("user_agent"), line.text("server"))
    yield from ()


def ssh(line: Line) -> Iterator[Any]:
    """Identification lines of both. Raises ValueError."""
    at = line.context()
    for end, name in ((at.client, "client"), (at.server, "server")):
        if line.row.get(name):
            stating.shell(at, end, line.text(name))
    yield from ()


def ssl(line: Line) -> Iterator[Any]:
    """A handshake. Raises ValueError."""
    stating.tls(line.context(), line.text("version"), line.text("subject"), line.text("server_name"))
    yield from ()


def ntlm(line: Line) -> Iterator[Any]:
    """Names of the machines of a sign-in; the user's is not asked for. Raises ValueError."""
    at = line.context()
    stating.workstation(at, line.text("hostname"))
    stating.ntlm_server(at, line.text("server_nb_computer_name"), line.text("server_dns_computer_name"), "")
    yield from ()


def kerberos(line: Line) -> Iterator[Any]:
    """A request for a ticket. Raises ValueError."""
    client, _, realm = line.text("client").rpartition("/")
    answered = line.text("success").upper() in ("T", "TRUE") or line.row.get("success") is True
    stating.kerberos(line.context(), client, realm, answered)
    yield from ()


def snmp(line: Line) -> Iterator[Any]:
    """An exchange. Raises ValueError."""
    stating.snmp(line.context(), line.text("version"), line.text("display_string"))
    yield from ()


def software(line: Line) -> Iterator[Any]:
    """Software that Zeek recognised. Raises ValueError."""
    at = line.host()
    kind = line.text("software_type").upper()
    words = line.text("unparsed_version") or line.text("name")
    if kind in ("HTTP::BROWSER", "HTTP::SERVER", "HTTP::APPSERVER"):
        browser = kind == "HTTP::BROWSER"
        stating.web(at, words if browser else "", "" if browser else words)
    elif kind in ("SSH::CLIENT", "SSH::SERVER"):
        stating.shell(at, at.server, words)
    elif kind in ("FTP::SERVER", "SMTP::MAIL_SERVER", "MYSQL::SERVER"):
        at.say(at.server, Trait.SERVER_SOFTWARE, plain(words), 0.9, "software")
    elif kind == "OS::WINDOWS":
        at.say(at.server, Trait.OS, plain(words), 0.8, "software")
    yield from ()


def known_services(line: Line) -> Iterator[Any]:
    """A port that answers. Raises ValueError."""
    at, transport = line.host(), line.text("port_proto").lower()
    port = values.port(line.row.get("port_num"))
    if transport not in ("tcp", "udp"):
        raise ValueError("no transport")
    for name in [stating.service(item) for item in line.items("service")] or [""]:
        value = f"{transport}/{port} {_SERVICES.get(name, name)}".rstrip()
        at.say(at.server, Trait.SERVICE, value, 1.0 if name else 0.6, "talk")
    yield from ()


def known_hosts(line: Line) -> Iterator[Any]:
    """A host that completed a handshake. Raises ValueError."""
    line.log.met(line.host().client, line.place, line.time)
    yield from ()


def known_devices(line: Line) -> Iterator[Any]:
    """A card and the name that it gave. Raises ValueError."""
    card = values.card(line.text("mac"))
    if not card:
        raise ValueError("no card")
    lease = stating.Lease(card, (line.text("dhcp_host_name"),))
    stating.dhcp(Context(line.log, End(b""), End(b""), line.place, line.time), lease)
    yield from ()


def known_certs(line: Line) -> Iterator[Any]:
    """A server's certificate. Raises ValueError."""
    stating.tls(line.host(), "", line.text("subject"), "")
    yield from ()


def stats(line: Line) -> Iterator[Any]:
    """Packets that Zeek says it lost. Raises ValueError."""
    log = line.log
    sensor = log.sensor(stating.service(line.text("_system_name")))
    counts = (values.count(line.row.get(name)) for name in ("pkts_proc", "bytes_recv", "pkts_dropped"))
    log.counted(sensor, *counts)
    log.watched(sensor, line.time, line.time)
    yield from ()


READ: dict[str, Callable[[Line], Iterator[Any]]] = {
    "conn": conn,
    "dhcp": dhcp,
    "http": http,
    "kerberos": kerberos,
    "known_certs": known_certs,
    "known_devices": known_devices,
    "known_hosts": known_hosts,
    "known_services": known_services,
    "ntlm": ntlm,
    "snmp": snmp,
    "software": software,
    "ssh": ssh,
    "ssl": ssl,
    "stats": stats,
}
"""Kind of log -> what reads a line of it."""
SIGNS: tuple[tuple[str, frozenset[str]], ...] = (
    ("conn", frozenset(("proto", "conn_state"))),
    ("http", frozenset(("trans_depth",))),
    ("software", frozenset(("host", "software_type"))),
    ("known_services", frozenset(("host", "port_num", "port_proto"))),
    ("known_certs", frozenset(("host", "port_num", "issuer_subject"))),
    ("known_devices", frozenset(("mac", "dhcp_host_name"))),
    ("dhcp", frozenset(("uids",))),
    ("kerberos", frozenset(("request_type", "uid"))),
    ("ntlm", frozenset(("server_nb_computer_name",))),
    ("ntlm", frozenset(("hostname", "domainname"))),
    ("snmp", frozenset(("get_requests", "get_bulk_requests"))),
    ("ssh", frozenset(("auth_attempts",))),
    ("ssl", frozenset(("established", "resumed"))),
    ("stats", frozenset(("pkts_proc",))),
)
"""Of lines in JSON that do not name their kind: fields that only one kind has."""


def kind_of(row: Row) -> str:
    """The kind of log that a JSON line stands in; "" not known."""
    named = row.get("_path")
    if isinstance(named, str):
        return stating.service(named)
    found = next((kind for kind, signs in SIGNS if signs <= row.keys()), "")
    if not found and row.keys() == {"ts", "host"}:
        return "known_hosts"
    return found
