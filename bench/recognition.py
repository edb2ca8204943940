"""Protocol recognition compared with tshark and nDPI, file by file, conversation by conversation.

    python bench/recognition.py FOLDER [--answers FOLDER] [--each CLASS] [--json FILE]

FOLDER: captures (.pcap, .pcapng, .cap) at any depth. A conversation is (file, transport, two addresses, the server's
port) over TCP or UDP. Of ours only what content told counts, never the "?" of a port; ndpiReader runs without its
guesses (-d). tshark takes many protocols by their port alone, so its answer may be a guess too. `--answers` keeps what
the two tools said, so that a second run takes seconds. `--each` lists the conversations of one class.

Classes, each against one tool: "agree"; "ours nothing" (they name a protocol that we claim), "not ours" (they name one
that we do not claim), "theirs nothing", "different", "no conversation" (we have none for what they saw).
"""

import argparse
import csv
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from hygie.model.fleet import Flow

FAMILIES: dict[str, str] = {
    "smb": "nbss smb smb2 smbv1 smbv23",
    "netbios-ns": "nbns netbios nbdgm browser",
    "msrpc": "dcerpc dce_rpc",
    "tls": "tls ssl opcua.tls smtps imaps pops ftps",
    "http": "http http_proxy soap http_connect",
    "ssdp": "ssdp",
    "rdp": "tpkt.rdp rdp",
    "kerberos": "kerberos",
    "ldap": "ldap",
    "cldap": "cldap",
    "vnc": "vnc",
    "pptp": "pptp",
    "ike": "isakmp ipsec",
    "esp": "udpencap",
    "openvpn": "openvpn",
    "wireguard": "wg wireguard",
    "teamviewer": "teamviewer",
    "ftp": "ftp ftp_control",
    "smtp": "smtp",
    "pop3": "pop pop3",
    "imap": "imap",
    "telnet": "telnet",
    "ssh": "ssh",
    "modbus": "mbtcp modbus",
    "dhcp": "dhcp",
    "dhcpv6": "dhcpv6",
    "snmp": "snmp",
    "bacnet": "bvlc bacnet",
    "dns": "dns",
    "mdns": "mdns",
    "llmnr": "llmnr",
    "ntp": "ntp",
    "dicom": "dicom",
    "hl7": "hl7",
    "ws-discovery": "wsd ws-discovery wsd",
    "s7": "s7comm s7comm-plus",
    "dnp3": "dnp3",
    "ethernetip": "enip",
    "iec104": "iec60870 iec60870_104 104apci",
    "sip": "sip",
    "mqtt": "mqtt",
    "radius": "radius",
    "syslog": "syslog",
    "quic": "quic",
    "mysql": "mysql",
    "postgresql": "pgsql postgres",
    "mssql": "tds mssql-tds",
    "rtsp": "rtsp",
    "opcua": "opcua",
    "ipp": "ipp",
    "tftp": "tftp",
}
"""Family -> names that the tools give it, in small letters."""
OF = {word: family for family, words in FAMILIES.items() for word in words.split()}
SAME = dict.fromkeys(("dicomweb", "fhir", "hl7-http", "dpws"), "http") | {"netbios-dgm": "netbios-ns"}
"""Services of ours that ride on another which the tools name."""
SILENT = {
    "",
    "data",
    "unknown",
    "tcp.segments",
    "malformed",
    "_ws.malformed",
    "_ws.short",
    "tcp",
    "udp",
    "cotp",
    "tpkt",
}
"""Layers that name no protocol."""

Key = tuple[str, frozenset[str], int, int]
"""Transport, the two addresses, their ports (lower first)."""


class Answer(NamedTuple):
    """What one tool said of one pair of ends and ports."""

    transport: str
    one: str
    one_port: int
    other: str
    other_port: int
    names: tuple[str, ...]


def main() -> None:
    """Runs and prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--answers", type=Path)
    parser.add_argument("--each", default="")
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    missing = [name for name in TOOLS if not shutil.which(PROGRAM[name])]
    if missing:
        print(f"missing: {', '.join(missing)}")
    tools = [name for name in TOOLS if name not in missing]
    files = sorted(f for f in arguments.folder.rglob("*") if f.suffix in (".pcap", ".pcapng", ".cap"))
    with tempfile.TemporaryDirectory() as scratch:
        kept = arguments.answers or Path(scratch)
        kept.mkdir(parents=True, exist_ok=True)
        told = {tool: compared(tool, files, arguments.folder, kept) for tool in tools}
    for tool, rows in told.items():
        show(tool, rows, arguments.each)
    print(f"\n{len(files)} files")
    if arguments.json:
        counts = {tool: Counter((c, ours, theirs) for _, _, c, ours, theirs in rows) for tool, rows in told.items()}
        listed = {tool: [[*key, n] for key, n in sorted(found.items())] for tool, found in counts.items()}
        arguments.json.write_text(json.dumps(listed, indent=1) + "\n", encoding="utf-8")


Row = tuple[str, str, str, str, str]
"""File, conversation, class, our services, their services."""


def compared(tool: str, files: list[Path], folder: Path, kept: Path) -> list[Row]:
    """Every conversation that either of the two knows."""
    rows: list[Row] = []
    for file in files:
        name = str(file.relative_to(folder))
        rows += ((name, *row) for row in judged(ours(file), theirs(tool, file, kept)))
        if sys.stderr.isatty():
            print(f"\r{tool} {len(rows)}", end="", file=sys.stderr)
    return rows


class Talk(NamedTuple):
    """A conversation of ours."""

    transport: str
    ends: frozenset[str]
    port: int


def ours(file: Path) -> dict[Talk, set[str]]:
    """Our conversations with the services that content told."""
    from hygie.model.bulk import Bulk
    from hygie.model.fleet import Flow
    from hygie.model.seams import Given
    from hygie.sources import capture
    from hygie.sources.opening import UNREADABLE
    from hygie.sources.opening.folders import again

    found: dict[Talk, set[str]] = defaultdict(set)
    form = capture.PCAPNG if file.read_bytes()[:4] == b"\x0a\x0d\x0d\x0a" else capture.PCAP
    source = again(str(file), str(file))
    try:
        for rows in capture.walk(source, Given("bench", "bench"), form, False):
            for row in rows.rows() if isinstance(rows, Bulk) and rows.row is Flow else ():
                if row.transport in ("tcp", "udp"):
                    ends = frozenset(_unset(end, row) for end in (row.client, row.server))
                    services = found[Talk(row.transport, ends, row.port)]
                    if row.service and not row.service.endswith("?"):
                        services.add(SAME.get(row.service, row.service))
    except UNREADABLE as error:  # what came before the break was told
        print(f"{file.name} breaks off: {error.args[0] if error.args else error}", file=sys.stderr)
    return found


def _unset(end: str, row: "Flow") -> str:
    """An end's address; where it has none yet we know it by its card, the tools by the address that means none."""
    return end if len(end) != 17 or end.count(":") != 5 else "::" if ":" in row.server else "0.0.0.0"


def theirs(tool: str, file: Path, kept: Path) -> list[Answer]:
    """What a tool says of a file, asked once."""
    stem = hashlib.sha256(file.read_bytes()).hexdigest()[:24]
    place = kept / f"{tool}-{stem}.json"
    if not place.exists():
        place.write_text(json.dumps(sorted(set(TOOLS[tool](file)))), encoding="utf-8")
    return [ordered(*row[:5], tuple(row[5])) for row in json.loads(place.read_text(encoding="utf-8"))]


FIELDS = "frame.protocols ip.src ipv6.src ip.dst ipv6.dst tcp.srcport udp.srcport tcp.dstport udp.dstport".split()


def tshark(file: Path) -> Iterator[Answer]:
    """Layers above the innermost TCP or UDP of each packet. Packets that an error quotes are left out."""
    command = ["tshark", "-n", "-r", str(file), "-T", "fields", "-E", "occurrence=l", "-E", "separator=/t"]
    told = subprocess.run([*command, *(f"-e{name}" for name in FIELDS)], capture_output=True, text=True, check=False)
    for line in told.stdout.splitlines():
        layers, *cells = (line.split("\t") + [""] * len(FIELDS))[: len(FIELDS)]
        stack = layers.split(":")
        carried = max((i for i, layer in enumerate(stack) if layer in ("tcp", "udp")), default=-1)
        if carried < 0 or "icmp" in stack or "icmpv6" in stack:
            continue
        transport = stack[carried]
        inner = (
            "ipv6"
            if "ipv6" in stack[:carried] and last(stack[:carried], "ipv6") > last(stack[:carried], "ip")
            else "ip"
        )
        one, other = (cells[0], cells[2]) if inner == "ip" else (cells[1], cells[3])
        ports = (cells[4], cells[6]) if transport == "tcp" else (cells[5], cells[7])
        if one and other and all(ports):
            yield ordered(transport, one, int(ports[0]), other, int(ports[1]), tuple(stack[carried + 1 :]))


def last(stack: list[str], layer: str) -> int:
    """Place of a layer's last occurrence; -1 none."""
    return max((i for i, name in enumerate(stack) if name == layer), default=-1)


def ndpi(file: Path) -> Iterator[Answer]:
    """Flows of ndpiReader without guesses."""
    with tempfile.NamedTemporaryFile(suffix=".csv") as listed:
        command = ["ndpiReader", "-i", str(file), "-C", listed.name, "-q", "-d", "-t"]
        subprocess.run(command, capture_output=True, check=False)
        text = Path(listed.name).read_text(encoding="utf-8", errors="replace")
    for row in csv.DictReader(text.removeprefix("#").splitlines()):
        transport = {"6": "tcp", "17": "udp"}.get(row.get("protocol") or "")
        if transport and row["src_port"].isdigit() and row["dst_port"].isdigit():
            ends = row["src_ip"], int(row["src_port"]), row["dst_ip"], int(row["dst_port"])
            yield ordered(transport, *ends, (row["ndpi_proto"],))


def ordered(transport: str, one: str, one_port: int, other: str, other_port: int, names: tuple[str, ...]) -> Answer:
    """An answer, the same for both directions and all spellings of an address."""
    one, other = spelt(one), spelt(other)
    if (other, other_port) < (one, one_port):
        one, one_port, other, other_port = other, other_port, one, one_port
    return Answer(transport, one, one_port, other, other_port, names)


def spelt(address: str) -> str:
    """One spelling of an address; ndpiReader writes some of IPv6 that are none: those stay."""
    try:
        return str(ip_address(address))
    except ValueError:
        return address


TOOLS = {"tshark": tshark, "ndpi": ndpi}
PROGRAM = {"tshark": "tshark", "ndpi": "ndpiReader"}


def named(names: tuple[str, ...]) -> str:
    """The family of what a tool named; its own name where we have no word for it; "" nothing."""
    for name in names:
        plain = name.lower()
        if plain in OF:
            return OF[plain]
        parts = [part for part in plain.split(".") if part in OF]
        if parts:
            return OF[parts[0]]
        if plain not in SILENT:
            return plain
    return ""


def judged(own: dict[Talk, set[str]], answers: list[Answer]) -> Iterator[tuple[str, str, str, str]]:
    """(conversation, class, ours, theirs); those of which nobody says anything are left out."""
    claimed = claims()
    found: dict[Talk, set[str]] = {talk: set() for talk in own}
    for answer in answers:
        ends, family = frozenset((answer.one, answer.other)), named(answer.names)
        if answer.transport == "tcp" and family == "netbios-ns":
            family = "smb"  # what nDPI calls NetBIOS is then the session service, which carries SMB
        talks = [Talk(answer.transport, ends, port) for port in (answer.one_port, answer.other_port)]
        here = next((talk for talk in talks if talk in own), Talk(answer.transport, ends, -min(t.port for t in talks)))
        found.setdefault(here, set()).update({family} - {""})
    for talk, theirs_are in found.items():
        ours_are = own.get(talk)
        told = f"{talk.transport} {' '.join(sorted(talk.ends))} {abs(talk.port)}"
        if not ours_are and not theirs_are:
            continue
        if ours_are is None:
            group = "no conversation"
        elif not theirs_are:
            group = "theirs nothing"
        elif not ours_are:
            group = "ours nothing" if theirs_are & claimed else "not ours"
        else:
            group = "agree" if ours_are & theirs_are else "different"
        yield told, group, " ".join(sorted(ours_are or ())), " ".join(sorted(theirs_are))


def claims() -> frozenset[str]:
    """Families that we read by content."""
    from hygie.wire import DISSECTORS

    return frozenset(SAME.get(service, service) for service in DISSECTORS)


def show(tool: str, rows: list[Row], each: str) -> None:
    """Counts of classes, and within each the pairs of names."""
    total = Counter(row[2] for row in rows)
    pairs: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for _, _, group, own, other in rows:
        pairs[group][own, other] += 1
    print(f"\n{tool}: {sum(total.values())} conversations")
    for group, count in total.most_common():
        print(f"  {group:16}{count:6}  {count / sum(total.values()):6.1%}")
    for group in total:
        if group in ("agree", "not ours"):
            continue
        print(f"  {group}: ours | theirs")
        for (own, other), count in pairs[group].most_common():
            print(f"    {count:5}  {own or '-'} | {other or '-'}")
    for name, talk, group, own, other in rows:
        if group == each:
            print(f"  {name}: {talk}: {own or '-'} | {other or '-'}")


if __name__ == "__main__":
    main()
