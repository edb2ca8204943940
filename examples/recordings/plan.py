"""What to record: the conversations of the example fleet that a sensor sees, and what both ends say of themselves.

A device says of itself on the wire only what `fleet.py` lets the wire know (`version_in`). Wire names are plain ASCII
where the protocol has no accents.
"""

import hashlib
import json
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import fleet

MODALITIES = {
    "ct_scanner": "CT",
    "imaging_workstation": "CT",
    "mri": "MR",
    "ultrasound": "US",
    "radiography": "DX",
    "mobile_xray": "DX",
    "mammography": "MG",
    "cath_lab": "XA",
    "c_arm": "XA",
    "endoscopy_column": "ES",
}
"""Clinical kind -> modality of the objects that it makes."""

IMPLEMENTATIONS = {
    "Lumira CT 128": "LUMIRA_CT",
    "Lumira Console": "LUMCONS",
    "Lumira Recon": "LUMRECON",
    "Lumira MR 1.5": "LUMIRA_MR",
    "Ondine U9": "ONDINE_U9",
    "Sérène": "SERENE",
    "Ariane Cath": "ARIANE",
    "Visée HD": "VISEE_HD",
    "Coffre Image": "COFFRE",
}
"""Products whose DICOM implementation version name tells the version: start of that name."""

MAKE_SAID = {
    "ALDEBERT MEDICAL SAS": "Aldebert Médical",
    "Quillane": "Quillane Systems",
    "Ostrelab": "Ostrelab Diagnostics",
}
"""The GMAO's spellings -> what the devices themselves say."""

MADE_BY = {("pacs", "archive2"): "ct_host", ("ws1", "pacs"): "ct_host", ("ws2", "archive2"): "us2"}
"""Who made the image that two others exchange: an archive forwards, a workstation fetches, what a modality made."""


@dataclass(frozen=True, slots=True)
class Talk:
    """One conversation to record."""

    file: str
    """Path of the recording, relative to this folder."""
    service: str
    keys: tuple[str, ...]
    """Hosts that take part: client first, then the server, then others."""
    addresses: tuple[str, ...]
    """IPv4 address of each; "" to be given by DHCP."""
    port: int
    says: dict[str, str]

    def digest(self) -> str:
        """Short hash of what both ends are told: a recording with another one is stale."""
        return hashlib.sha256(json.dumps(self.says, sort_keys=True).encode()).hexdigest()[:12]


def ascii_of(text: str) -> str:
    """The text without accents."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def token(text: str) -> str:
    """The text as one upper-case word."""
    return "".join(c for c in ascii_of(text).upper() if c.isalnum() or c == ".")


def make_of(device: fleet.Device) -> str:
    """The maker as the device itself writes it."""
    return MAKE_SAID.get(device.make, device.make)


def dicom_says(client: fleet.Device, server: fleet.Device) -> dict[str, str]:
    """Application entities, and the identity that the images bear."""
    maker = fleet.BY_KEY[MADE_BY.get((client.key, server.key), client.key)]
    said = {
        "calling": client.ae,
        "called": server.ae,
        "modality": MODALITIES.get(maker.kind, "OT"),
        "make": make_of(maker),
        "product": maker.product,
        "serial": maker.serial,
        "station": maker.host.upper(),
        "institution": fleet.HOSPITAL,
        "version": maker.version if "dicom" in maker.version_in else "",
        "side": "52" if maker.kind in ("ct_scanner", "mri") else "28",
    }
    for part, device in (("client", client), ("server", server)):
        if "dicom" in device.version_in:
            start = IMPLEMENTATIONS[device.product]
            said[f"{part}_name"] = f"{start}_{device.version}"[:16]
            said[f"{part}_uid"] = f"2.25.96024517.{10 + list(IMPLEMENTATIONS).index(device.product)}"
    return said


def hl7_says(client: fleet.Device, server: fleet.Device) -> dict[str, str]:
    """Sending and receiving application^facility, and what kind of results."""
    named = {"his": "DPI"}
    return {
        "sender": named.get(client.key) or token(client.product),
        "sender_place": client.host.upper(),
        "receiver": named.get(server.key) or token(server.product),
        "receiver_place": server.host.upper(),
        "kind": client.kind,
        "version": {"ventilator": "2.6", "anaesthesia_machine": "2.6", "blood_gas_analyser": "2.3.1"}.get(
            client.kind, "2.5"
        ),
    }


def snmp_says(server: fleet.Device) -> dict[str, str]:
    """System description of an agent, with its version where the wire may know it."""
    if server.key == "switch_core":
        return {
            "description": f"Cisco IOS Software, Catalyst L3 Switch Software (CAT9K_IOSXE), Version {server.version}",
            "object_id": ".1.3.6.1.4.1.9.1.2435",
        }
    version = f", software {server.version}" if "snmp" in server.version_in else ""
    return {
        "description": f"{ascii_of(make_of(server))} {ascii_of(server.product)}{version}",
        # 32473 is the private enterprise number set aside for examples (RFC 5612).
        "object_id": f".1.3.6.1.4.1.32473.{1 + sorted(d.key for d in fleet.DEVICES).index(server.key)}",
    }


def web_says(client: fleet.Device, server: fleet.Device | None, talk: fleet.Conversation) -> dict[str, str]:
    """What a client and a server of HTTP or TLS name themselves."""

    def word(device: fleet.Device) -> str:
        version = f"/{device.version}" if "http" in device.version_in else ""
        return ascii_of(device.product).replace(" ", "-").replace("'", "") + version

    said = {"name": talk.name, "agent": word(client) if client.product else ""}
    if server is None:
        return said | {"subject": f"/C=FR/O={talk.name.split('.')[-2].capitalize()}/CN={talk.name}"}
    owner = fleet.HOSPITAL if make_of(server) in (*fleet.REAL_MAKERS, "") else ascii_of(make_of(server))
    full = f"{server.host}.{fleet.DOMAIN}"
    return said | {
        "server": word(server) if "http" in server.version_in else "",
        "name": talk.name or full,
        "subject": f"/C=FR/O={owner}/CN={full}",
    }


def lease_says(client: fleet.Device, address: str) -> dict[str, str]:
    """What a DHCP client asks with, and what it is given."""
    vlan = fleet.vlan_of(client.key)
    if vlan is None:
        raise ValueError(f"{client.key} asks for an address on no network")
    windows = client.os.startswith("Windows")
    return {
        "vendor": "MSFT 5.0" if windows else ascii_of(f"{make_of(client)} {client.product}") if client.product else "",
        "client": "windows" if windows else "dhclient" if client.os else "udhcpc",
        "host": client.host,
        "give": address,
        "cidr": vlan.cidr,
        "gateway": vlan.gateway,
    }


def names_asked(client: str) -> list[str]:
    """Names that a client looks up: of its servers, inside and outside."""
    names = []
    for talk in fleet.CONVERSATIONS:
        if talk.client == client and talk.service not in ("dns", "dhcp", "ntp"):
            server = fleet.BY_KEY.get(talk.server)
            names.append(f"{server.host}.{fleet.DOMAIN}" if server else talk.name)
    return list(dict.fromkeys(name for name in names if name))[:3] or [f"srv-ntp.{fleet.DOMAIN}"]


def says(talk: fleet.Conversation) -> dict[str, str]:
    """Everything that the programs of a conversation are told."""
    client, server = fleet.BY_KEY[talk.client], fleet.BY_KEY.get(talk.server)
    kind = talk.service.split("-")[0]
    said = {"host": client.host, "make": ascii_of(make_of(client)), "product": ascii_of(client.product)}
    if kind == "dicom" and server:
        said |= dicom_says(client, server)
    elif kind == "hl7" and server:
        said |= hl7_says(client, server)
    elif kind == "snmp" and server:
        said |= snmp_says(server) | {"name": server.host}
    elif kind == "bacnet" and server:
        said |= {"make": ascii_of(make_of(server)), "product": ascii_of(server.product), "name": server.host}
    elif kind in ("http", "tls"):
        said |= web_says(client, server, talk)
    elif kind == "dns":
        said |= {"names": " ".join(names_asked(talk.client))}
    return {**said, "port": str(fleet.port(talk)[1])}


def hosts_of(talk: fleet.Conversation) -> tuple[str, ...]:
    """Keys of the hosts that must stand in the arena."""
    if talk.server in ("broadcast", "multicast"):
        return (talk.client,)
    if talk.service == "dhcp":
        return (talk.client, talk.server, "router")
    return (talk.client, talk.server)


def talks() -> list[Talk]:
    """Every recording to make, in the order of the fleet's conversations."""
    out = []
    for talk in (t for t in fleet.CONVERSATIONS if fleet.visible(t)):
        keys = hosts_of(talk)
        there = talk.name.split(".")[0] or talk.server
        port = fleet.port(talk)[1]
        if talk.service != "dhcp":
            addresses = tuple(fleet.address(key, fleet.DAYS[0]) for key in keys)
            out.append(
                Talk(f"{talk.service}/{talk.client}-{there}.pcap", talk.service, keys, addresses, port, says(talk))
            )
            continue
        for number, address in enumerate(dict.fromkeys(fleet.address(talk.client, day) for day in fleet.DAYS)):
            given = lease_says(fleet.BY_KEY[talk.client], address)
            addresses = ("", fleet.address(talk.server, fleet.DAYS[0]), given["gateway"])
            name = f"dhcp/{talk.client}-{there}{'-moved' if number else ''}.pcap"
            out.append(Talk(name, "dhcp", keys, addresses, port, given))
    switch = fleet.BY_KEY["switch_core"]
    told = {"host": switch.host, "description": snmp_says(switch)["description"]}
    out.append(Talk("lldp/switch_core.pcap", "lldp", (switch.key,), (switch.ip,), 0, told))
    files = [talk.file for talk in out]
    if len(files) != len(set(files)):
        raise ValueError("two recordings would bear one name")
    return out
