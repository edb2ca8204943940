"""Addresses, names and time: DHCP, DNS (dnsmasq), mDNS (Avahi), NetBIOS and SMB (Samba), NTP (chrony)."""

import ipaddress
import time
from pathlib import Path

from arena import Arena, Host

DOMAIN = "ch-valdambre.example"
WORKGROUP = "VALDAMBRE"

WINDOWS = """option routes-classless code 121 = string;
option routes-microsoft code 249 = string;
option proxy code 252 = string;
request subnet-mask, routers, domain-name-servers, domain-name, router-discovery, static-routes,
 vendor-encapsulated-options, netbios-name-servers, netbios-node-type, netbios-scope, domain-search,
 routes-classless, routes-microsoft, proxy;
"""
"""The request list that Windows sends (option 55: 1,3,6,15,31,33,43,44,46,47,119,121,249,252)."""


def dhcp(arena: Arena, hosts: list[Host], says: dict[str, str], path: Path) -> None:
    """DISCOVER to ACK through a relay: the server stands in another network than the client."""
    client, server, relay = hosts
    network = ipaddress.ip_network(says["cidr"])
    store = arena.scratch / "leases"
    arena.start(relay, ["dnsmasq", "-d", "-C", "/dev/null", "-p", "0", f"--dhcp-relay={relay.ip},{server.ip}"], {})
    arena.start(
        server,
        [
            *(
                "dnsmasq",
                "-d",
                "-C",
                "/dev/null",
                "-p",
                "0",
                "--no-ping",
                "--dhcp-authoritative",
                f"--dhcp-leasefile={store}",
            ),
            f"--dhcp-range={network.network_address},static,{network.netmask},12h",
            f"--dhcp-host={client.mac},{says['give']}",
            f"--dhcp-option=option:router,{says['gateway']}",
            f"--dhcp-option=option:dns-server,{server.ip}",
            f"--domain={DOMAIN}",
        ],
        {},
    )
    arena.wait_port(server, 67, "udp")
    arena.wait_port(relay, 67, "udp")
    with arena.capture(path, "udp port 67 or udp port 68"):
        ask_lease(arena, client, says)
    if says["give"] not in (store.read_text() if store.exists() else ""):
        raise RuntimeError(f"{client.name} got no lease: {arena.logs()}")


def ask_lease(arena: Arena, client: Host, says: dict[str, str]) -> None:
    """One lease, by BusyBox (small devices) or by ISC dhclient (the others)."""
    if says["client"] == "udhcpc":
        named = [*(("-V", says["vendor"]) if says["vendor"] else ()), "-x", f"hostname:{says['host']}"]
        arena.run(client, ["busybox", "udhcpc", "-f", "-q", "-n", "-i", "eth0", "-s", "/bin/true", *named])
        return
    settings = arena.scratch / "dhclient.conf"
    lines = [WINDOWS] if says["client"] == "windows" else []
    lines += [f'send host-name "{says["host"]}";']
    lines += [f'send vendor-class-identifier "{says["vendor"]}";'] if says["vendor"] else []
    settings.write_text("\n".join(lines) + "\n")
    files = ["-lf", arena.scratch / "dhclient.leases", "-pf", arena.scratch / "dhclient.pid"]
    program = arena.start(
        client, ["dhclient", "-d", "-1", "-4", "-cf", settings, *files, "-sf", "/bin/true", "eth0"], {}
    )
    until = time.monotonic() + 15
    while not (arena.scratch / "dhclient.leases").exists() or not (arena.scratch / "dhclient.leases").stat().st_size:
        if program.poll() is not None or time.monotonic() > until:
            break
        time.sleep(0.1)
    arena.end(program)


def dns(arena: Arena, hosts: list[Host], says: dict[str, str], path: Path) -> None:
    """One A question for each name; names of the hospital are known, those outside too."""
    client, server = hosts[:2]
    names = says["names"].split()
    known = [f"--address=/{name}/{address}" for name, address in zip(names, says["answers"].split(), strict=True)]
    arena.start(server, ["dnsmasq", "-d", "-C", "/dev/null", "--no-resolv", "--no-hosts", *known], {})
    arena.wait_port(server, 53, "udp")
    with arena.capture(path):
        for name in names:
            arena.run(client, ["dig", "+noedns", "+tries=1", f"@{server.ip}", name, "A"])


def mdns(arena: Arena, hosts: list[Host], says: dict[str, str], path: Path) -> None:
    """A device announces its name and its web page, then leaves."""
    (host,) = hosts
    settings, services = arena.scratch / "avahi.conf", arena.scratch / "avahi" / "services"
    services.mkdir(parents=True)
    box = "no" if says["product"] else "yes"
    settings.write_text(
        f"[server]\nhost-name={host.name}\nuse-ipv6=no\nenable-dbus=no\nallow-interfaces=eth0\n"
        f"[publish]\npublish-hinfo=no\npublish-workstation={box}\n[reflector]\n[wide-area]\nenable-wide-area=no\n"
    )
    about = f"<txt-record>ty={says['make']} {says['product']}</txt-record>" if says["product"] else ""
    (services / "own.service").write_text(
        '<?xml version="1.0" standalone="no"?><!DOCTYPE service-group SYSTEM "avahi-service.dtd">\n'
        '<service-group><name replace-wildcards="yes">%h</name>'
        f"<service><type>_http._tcp</type><port>80</port>{about}</service></service-group>\n"
    )
    with arena.capture(path, "udp port 5353"):
        options = ["--no-drop-root", "--no-chroot", "--no-rlimits", "-f", settings]
        program = arena.start(host, ["avahi-daemon", *options], {"/etc/avahi": services.parent})
        time.sleep(4)
        arena.end(program)


def samba_settings(arena: Arena, host: Host, more: str = "") -> Path:
    """A smb.conf with every folder of its own."""
    home = arena.scratch / f"samba-{host.name}"
    home.mkdir()
    kept = "\n".join(
        f"{kind} = {home}"
        for kind in ("private dir", "lock directory", "state directory", "cache directory", "pid directory")
    )
    path = home / "smb.conf"
    path.write_text(
        f"[global]\nnetbios name = {host.name.upper()[:15]}\nworkgroup = {WORKGROUP}\nserver string = \n{kept}\n"
        f"log file = {home}/log\nlocal master = no\ninterfaces = eth0\nbind interfaces only = yes\n"
        f"map to guest = bad user\nserver role = standalone server\n"
        f"load printers = no\nncalrpc dir = {home}/ncalrpc\n{more}"
    )
    return path


def netbios(arena: Arena, hosts: list[Host], _says: dict[str, str], path: Path) -> None:
    """A host registers its NetBIOS name and its workgroup by broadcast."""
    (host,) = hosts
    settings = samba_settings(arena, host)
    with arena.capture(path, "udp port 137"):
        program = arena.start(host, ["nmbd", "-F", "--no-process-group", "-s", settings], {})
        time.sleep(6)
        arena.end(program)


def smb(arena: Arena, hosts: list[Host], _says: dict[str, str], path: Path) -> None:
    """A client lists a share of a file server, without an account."""
    client, server = hosts[:2]
    share = arena.scratch / "share"
    share.mkdir()
    (share / "readme.txt").write_text("test\n")
    more = f"smb ports = 445\ndisable netbios = yes\n[images]\npath = {share}\nguest ok = yes\n"
    arena.start(server, ["smbd", "-F", "--no-process-group", "-s", samba_settings(arena, server, more)], {})
    arena.wait_port(server, 445)
    own = samba_settings(arena, client)
    with arena.capture(path):
        answer = arena.run(client, ["smbclient", "-s", own, "-U", "%", f"//{server.ip}/images", "-c", "ls"])
    if "readme" not in answer:
        raise RuntimeError(f"nothing was listed: {answer}")


def ntp(arena: Arena, hosts: list[Host], _says: dict[str, str], path: Path) -> None:
    """A client asks the time server and sets nothing."""
    client, server = hosts[:2]
    settings = arena.scratch / "chrony.conf"
    settings.write_text(
        f"local stratum 3\nallow all\ncmdport 0\nbindcmdaddress /\npidfile {arena.scratch}/chronyd.pid\n"
    )
    arena.start(server, ["chronyd", "-d", "-x", "-u", "root", "-f", settings], {})
    arena.wait_port(server, 123, "udp")
    ask = f"server {server.ip} iburst maxsamples 1"
    own = ["chronyd", "-Q", "-d", "-u", "root", "-t", "8", "-f", "/dev/null", "cmdport 0", "bindcmdaddress /", ask]
    with arena.capture(path):
        arena.run(client, [*own, f"pidfile {arena.scratch}/asking.pid"])
