"""What sensors' records of protocols say of ends: the same normal forms, and the same silence, as for captures.

Where a protocol module of `wire` reads a line or a name, the sensor's copy of it goes through the same code: browsers
of persons, telephones' names and users are left out there. Names that are looked up or visited are not even asked for.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from hygie.facts import remote
from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.sources.sensors.records import End, Log
from hygie.wire import Way
from hygie.wire.codec import http
from hygie.wire.codec.addresses import is_card, is_host
from hygie.wire.codec.handshake import SUBJECT
from hygie.wire.codec.text import device_name, plain
from hygie.wire.greetings import ssh

_TLS = {
    "SSL3": "SSL 3.0",
    "TLS10": "TLS 1.0",
    "TLS1": "TLS 1.0",
    "TLS11": "TLS 1.1",
    "TLS12": "TLS 1.2",
    "TLS13": "TLS 1.3",
}
"""Versions as sensors write them ("TLSv1.2", "TLSv12", "TLS 1.2"), without "v", points and spaces."""
_BARE = str.maketrans("", "", "V. ")
_DIALECTS = {
    "NTLM0.12": "SMB 1",
    "NTLANMAN1.0": "SMB 1",
    "0X0202": "SMB 2.0.2",
    "2.02": "SMB 2.0.2",
    "2.10": "SMB 2.1",
    "0X0210": "SMB 2.1",
    "3.00": "SMB 3.0",
    "0X0300": "SMB 3.0",
    "3.02": "SMB 3.0.2",
    "0X0302": "SMB 3.0.2",
    "3.11": "SMB 3.1.1",
    "0X0311": "SMB 3.1.1",
}
"""Dialects as sensors write them, without spaces."""
_SNMP = {"1": "snmp v1", "2": "snmp v2c", "2C": "snmp v2c"}
_LABELS = frozenset(SUBJECT.values())
_PARTS = re.compile(r"(?:[^,\\]|\\.)+")
_BUILD = re.compile(r"(\d{1,2})\.(\d{1,2})\D+build\D*(\d{1,6})", re.IGNORECASE)
_SAFE = re.compile(r"[a-z0-9][a-z0-9_.-]{0,31}")


class Context(NamedTuple):
    """Where a record stands."""

    log: Log
    client: End
    server: End
    place: int
    time: int

    def say(self, end: End, trait: Trait, value: str, confidence: float, by: str) -> None:
        """A statement about an end."""
        self.log.say(end, trait, value, confidence, self.place, self.time, by)

    def said(self, end: End, said: Iterator[Said], by: str) -> None:
        """What a module of `wire` says of a sender."""
        for one in said:
            self.say(end, one.trait, one.value, one.confidence, by)


def service(name: str) -> str:
    """A sensor's name of a service in a safe form; "" for what is none."""
    found = name.strip().lower()
    return found if _SAFE.fullmatch(found) else ""


def web(at: Context, agent: str, server: str) -> None:
    """HTTP: the client's product where it is no person's browser, the server's."""
    if agent:
        fields = {"user-agent": agent[:1024].encode("utf-8", "replace")}
        at.said(at.client, http.products(http.Head("GET", 0, fields, 0)), "http")
    if server:
        fields = {"server": server[:1024].encode("utf-8", "replace")}
        at.said(at.server, http.products(http.Head("", 200, fields, 0)), "http")


def shell(at: Context, end: End, line: str) -> None:
    """SSH: an identification line, or the software alone."""
    line = line if line.startswith("SSH-") else f"SSH-2.0-{line}"
    raw = line[:200].encode("ascii", "replace") + b"\r\n"
    try:
        said = list(ssh(raw, Way("tcp", sender="server" if end is at.server else "client")))
    except ValueError:
        return
    at.said(end, iter(said), "ssh")


def tls(at: Context, version: str, subject: str, asked: str) -> None:
    """TLS: the version agreed, the server's certificate, and whether a service of remote maintenance was asked for."""
    known = _TLS.get(version[:16].upper().translate(_BARE), "")
    at.say(at.server, Trait.TLS_VERSION, known, 1.0, "tls")
    shown = certificate(subject)
    at.say(at.server, Trait.TLS_SUBJECT, shown, 1.0, "tls")
    if shown in remote.SUBJECTS:
        at.say(at.client, Trait.REMOTE_MAINTENANCE, remote.SUBJECTS[shown], 1.0, "tls")
    # The name itself is compared and forgotten.
    at.say(at.client, Trait.REMOTE_MAINTENANCE, remote.service(asked), 0.9, "tls")


def certificate(subject: str) -> str:
    """ "CN=..., O=..." of a certificate's subject as text (RFC 4514): only these, as captures tell them."""
    found = []
    for part in _PARTS.findall(subject[:2048]):
        label, _, value = part.strip().partition("=")
        text = device_name(value.replace("\\", "").strip()) if label.strip().upper() in _LABELS else ""
        if text:
            found.append(f"{label.strip().upper()}={text}")
    return ", ".join(sorted(found))


def smb(at: Context, dialect: str, system: str) -> None:
    """SMB: the dialect that the server chose, the system that it names."""
    at.say(at.server, Trait.SMB_DIALECT, _DIALECTS.get(dialect.upper().replace(" ", ""), ""), 1.0, "smb")
    at.say(at.server, Trait.SMB_OS, plain(system, 64), 0.9, "smb")


def build(at: Context, end: End, version: str) -> None:
    """NTLM: the build of Windows that an end states, "10.0 build 19041 rev 15"."""
    found = _BUILD.search(version[:100])
    if found and int(found[1]) in (5, 6, 10) and int(found[3]):
        at.say(end, Trait.SMB_OS, f"Windows {int(found[1])}.{int(found[2])}.{int(found[3])}", 0.9, "smb")


def ntlm_server(at: Context, computer: str, dns_computer: str, domain: str) -> None:
    """NTLM: the names that a server gives itself. A machine that belongs to no domain gives its own name as one."""
    at.say(at.server, Trait.NETBIOS_NAME, device_name(computer), 1.0, "smb")
    at.say(at.server, Trait.HOST_NAME, device_name(dns_computer), 1.0, "smb")
    if domain != computer:
        at.say(at.server, Trait.WORKGROUP, device_name(domain), 0.9, "smb")


def workstation(at: Context, name: str) -> None:
    """NTLM: the name that a client's machine gives itself."""
    at.say(at.client, Trait.NETBIOS_NAME, device_name(name), 0.7, "smb")


def kerberos(at: Context, client: str, realm: str, answered: bool) -> None:
    """Kerberos: a principal where it is a machine's; every other one may be a person's, and is not kept."""
    name, slash, host = client.partition("/")
    if not slash and name.endswith("$"):
        at.say(at.client, Trait.NETBIOS_NAME, device_name(name[:-1]), 0.6, "kerberos")
    elif name.lower() == "host" and "/" not in host:
        at.say(at.client, Trait.HOST_NAME, device_name(host), 0.8, "kerberos")
    if answered:
        at.say(at.server, Trait.ROLE, "domain controller", 0.6, "kerberos")
        at.say(at.server, Trait.WORKGROUP, device_name(realm), 0.6, "kerberos")


def snmp(at: Context, version: str, description: str) -> None:
    """SNMP: that it travels readable, and what the agent describes itself as. Communities are never looked at."""
    readable = _SNMP.get(version.upper().removeprefix("V"), "")
    at.say(at.client, Trait.CLEARTEXT, readable, 1.0, "snmp")
    at.say(at.server, Trait.CLEARTEXT, readable, 1.0, "snmp")
    at.say(at.server, Trait.SNMP_DESCRIPTION, plain(description, 256), 1.0, "snmp")


class Lease(NamedTuple):
    """DHCP of one client."""

    card: bytes
    names: tuple[str, ...] = ()
    vendor: str = ""
    fingerprint: str = ""
    address: bytes = b""
    """That it has or was given; b"" not told."""
    sure: float = 1.0
    server: bytes = b""


def dhcp(at: Context, lease: Lease) -> None:
    """DHCP: what a client says of itself, the address that it was given, who gives them."""
    end = End(b"", 0, lease.card)
    if is_card(lease.card):
        for name in lease.names:
            at.say(end, Trait.HOST_NAME, device_name(name), 1.0, "dhcp")
        at.say(end, Trait.DHCP_VENDOR_CLASS, plain(lease.vendor), 1.0, "dhcp")
        at.say(end, Trait.DHCP_FINGERPRINT, lease.fingerprint, 1.0, "dhcp")
        if lease.address:
            at.log.sight.ends.bound(lease.card, lease.address, lease.sure, at.place, at.time)
    if lease.server and is_host(lease.server):
        at.say(End(lease.server), Trait.ROLE, "dhcp server", 1.0, "dhcp")
