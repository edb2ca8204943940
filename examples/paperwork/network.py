"""What the IT department has on paper: address plan, DHCP leases, switch and router tables, the list of AE titles."""

from pathlib import Path

from fleet import BY_KEY, DEVICES, DICOM_SENDERS, DOMAIN, HOSPITAL, MOVES, ROUTER_MAC, VLANS, Device
from paperwork.writing import save, save_csv, save_workbook

LEASED_BY_ISC = (30, 45)
"""VLANs whose addresses the Unix server gives; the Windows server gives those of VLAN 80."""

OFFICE = (("PC-ACC-01", "10.42.10.21", "f8-b1-56-0a-10-21"), ("PC-ACC-02", "10.42.10.22", "f8-b1-56-0a-10-22"))
"""Office machines with a lease: no medical devices."""


def write_plan(folder: Path) -> None:
    """`plan-adressage.xlsx`."""
    rows: list[list[object]] = [
        [f"{HOSPITAL} - plan d'adressage", "", "", "", "", ""],
        ["Mise à jour : juillet 2026"],
        [],
        ["VLAN", "Réseau", "Nom", "Usage", "Passerelle", "Commentaire"],
    ]
    for v in VLANS:
        comment = "Adresses publiques utilisées en privé, imposées par le fabricant" if v.number == 40 else ""
        rows.append([v.number, v.cidr, v.name, v.use, v.gateway, comment])
    save_workbook(folder / "plan-adressage.xlsx", [("Plan", rows)], "Service informatique")


def _lease(ip: str, device: Device, start: str, end: str) -> str:
    day, clock = start.split(" ")
    last, until = end.split(" ")
    return (
        f"lease {ip} {{\n"
        f"  starts 1 {day.replace('-', '/')} {clock};\n"
        f"  ends 1 {last.replace('-', '/')} {until};\n"
        f"  binding state active;\n"
        f"  hardware ethernet {device.mac};\n"
        f'  client-hostname "{device.host}";\n'
        "}\n"
    )


def write_isc(folder: Path) -> None:
    """`baux-dhcp.txt`, in the layout of ISC dhcpd.leases; the two devices that moved have a lease of each address."""
    parts = [f"# bail DHCP, {HOSPITAL}\nauthoring-byte-order little-endian;\n\n"]
    for d in DEVICES:
        if d.addressing != "dhcp" or d.vlan not in LEASED_BY_ISC:
            continue
        move = MOVES.get(d.key)
        until = f"{move[0]} 05:59:00" if move else "2026-08-17 06:00:00"
        parts.append(_lease(d.ip, d, "2026-08-10 06:00:00", until))
        if move:
            parts.append(_lease(move[1], d, f"{move[0]} 06:00:00", "2026-08-17 06:00:00"))
    save(folder / "baux-dhcp.txt", "".join(parts).encode())


def write_windows(folder: Path) -> None:
    """`baux-dhcp.csv`, as a Windows DHCP server exports its leases."""
    rows = [["IPAddress", "ScopeId", "ClientId", "HostName", "AddressState", "LeaseExpiryTime"]]
    for d in DEVICES:
        if d.addressing == "dhcp" and d.vlan == 80:
            name = f"{d.host}.{DOMAIN}"
            rows.append([d.ip, "10.42.80.0", d.mac.replace(":", "-"), name, "Active", "17/08/2026 06:00:00"])
    for host, ip, mac in OFFICE:
        rows.append([ip, "10.42.10.0", mac, f"{host}.{DOMAIN}", "Active", "17/08/2026 06:00:00"])
    save_csv(folder / "baux-dhcp.csv", rows, ",")


def _dotted(mac: str) -> str:
    plain = mac.replace(":", "")
    return ".".join(plain[i : i + 4] for i in (0, 4, 8))


def write_switch(folder: Path) -> None:
    """`table-mac.txt` of the core switch, VLANs 20, 30 and 60, and `arp.txt` of the router."""
    lines = ["sw-coeur#show mac address-table", "          Mac Address Table", "-" * 43, ""]
    lines += ["Vlan    Mac Address       Type        Ports", "----    -----------       --------    -----"]
    number = 0
    for d in DEVICES:
        if d.vlan in (20, 30, 60) and d.active:
            number += 1
            lines.append(f"{d.vlan:>4}    {_dotted(d.mac)}    DYNAMIC     Gi1/0/{number}")
    lines += [f"Total Mac Addresses for this criterion: {number}", "sw-coeur#"]
    save(folder / "table-mac.txt", ("\r\n".join(lines) + "\r\n").encode("ascii"))
    lines = ["sw-coeur#show ip arp", "Protocol  Address          Age (min)  Hardware Addr   Type   Interface"]
    for v in VLANS:
        lines.append(f"Internet  {v.gateway:<16}        -  {_dotted(ROUTER_MAC)}  ARPA   Vlan{v.number}")
    for d in DEVICES:
        if (d.vlan in (20, 30, 40, 45, 60) and d.active) or d.key == "lab_mw":
            ip = MOVES[d.key][1] if d.key in MOVES else d.ip
            lines.append(f"Internet  {ip:<16} {len(d.host):>8}  {_dotted(d.mac)}  ARPA   Vlan{d.vlan}")
    save(folder / "arp.txt", ("\r\n".join(lines) + "\r\n").encode("ascii"))


def write_titles(folder: Path) -> None:
    """`ae-titles.csv`: what the PACS administrator keeps. Numbers stand in the description where somebody put them."""
    rows = [["AE Title", "Hôte", "Port", "Description"]]
    for key in ("pacs", "archive2", "worklist", *DICOM_SENDERS, "ws1", "ws2", "printer"):
        d = BY_KEY[key]
        if not d.gmao:
            continue
        port = "11113" if key == "worklist" else "11112"
        rows.append([d.ae, d.ip, port, f"{d.designation} {d.location}"])
    save_csv(folder / "ae-titles.csv", rows)


def write(folder: Path) -> None:
    """All of them."""
    write_plan(folder)
    write_isc(folder)
    write_windows(folder)
    write_switch(folder)
    write_titles(folder)
