"""SNMP (Net-SNMP at both ends), BACnet (bacpypes3 at both ends), LLDP (lldpd), WS-Discovery (wsdd, WSDiscovery)."""

import sys
import time
from pathlib import Path

from arena import Arena, Host

HERE = Path(__file__).resolve().parent
COMMUNITY = "valdambre-ro"
"""The hospital's SNMP community: a secret that nothing may keep."""

INSTANCES = {"cta-bloc": "60013", "gaz1": "60014"}
"""BACnet device instance of a host."""


def snmp(arena: Arena, hosts: list[Host], says: dict[str, str], path: Path) -> None:
    """GET of description, object id, name and time in service. SNMP v1 to the printer, v2c to the others."""
    client, server = hosts[:2]
    settings = arena.scratch / "snmpd.conf"
    settings.write_text(
        f"agentaddress udp:161\nrocommunity {COMMUNITY}\nsysDescr {says['description']}\n"
        f"sysObjectID {says['object_id']}\nsysName {says['name']}\nsysContact test\nsysLocation test\n"
    )
    keep = ["env", f"SNMP_PERSISTENT_DIR={arena.scratch}", "MIBS="]
    arena.start(server, [*keep, "snmpd", "-f", "-Lo", "-C", "-c", settings, "-p", arena.scratch / "snmpd.pid"], {})
    arena.wait_port(server, 161, "udp")
    version = "1" if says["name"] == "repro1" else "2c"
    wanted = [f".1.3.6.1.2.1.1.{number}.0" for number in (1, 2, 5, 3)]
    with arena.capture(path):
        answer = arena.run(client, [*keep, "snmpget", "-v", version, "-c", COMMUNITY, server.ip, *wanted])
    if says["description"] not in answer:
        raise RuntimeError(f"another description: {answer}")


def bacnet(arena: Arena, hosts: list[Host], says: dict[str, str], path: Path) -> None:
    """Who-Is, I-Am, then ReadProperty of name, maker and model."""
    client, server = hosts[:2]
    peer = [sys.executable, HERE / "bacnet_peer.py"]
    instance = INSTANCES[server.name]
    own = f"{server.ip}/{server.prefix}"
    arena.start(server, [*peer, "serve", own, instance, says["name"], says["make"], says["product"]])
    arena.wait_port(server, 47808, "udp")
    with arena.capture(path):
        arena.run(client, [*peer, "ask", f"{client.ip}/{client.prefix}", server.ip, instance])


def lldp(arena: Arena, hosts: list[Host], says: dict[str, str], path: Path) -> None:
    """Two announcements of a switch."""
    (host,) = hosts
    daemon = ["lldpd", "-d", "-u", "/run/lldpd/lldpd.socket", "-S", says["description"], "-I", "eth0", "-C", "eth0"]
    with arena.capture(path, "ether proto 0x88cc", "p0"):
        arena.start(host, ["sh", "-c", 'mkdir -p /run/lldpd && exec "$@"', "sh", *daemon, "-m", host.ip], {})
        time.sleep(4)


def wsdiscovery(arena: Arena, hosts: list[Host], _says: dict[str, str], path: Path) -> None:
    """Hello and Bye: of a workstation by wsdd, of a printer by the WSDiscovery package."""
    (host,) = hosts
    with arena.capture(path, "udp port 3702"):
        if host.name.startswith("repro"):
            arena.run(host, [sys.executable, HERE / "wsd_peer.py", host.ip, host.name.upper()])
            return
        name = host.name.upper()
        program = arena.start(host, ["wsdd", "-4", "-t", "-p", "-i", "eth0", "-n", name, "-w", "VALDAMBRE"])
        time.sleep(3)
        arena.end(program)
