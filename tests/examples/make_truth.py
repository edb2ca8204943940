# ruff: noqa: E501
"""Write `tests/truth.json`: what a careful person concludes from the papers and the capture of the example hospital.

Run with `examples` on the path: `PYTHONPATH=examples python tests/examples/make_truth.py`. It knows the fleet and, by
`conclude`, what the documents say; it never imports the program nor reads what the program wrote.
"""

import json
import sys
from pathlib import Path
from typing import Any

import fleet
from paperwork import inventory

sys.path.insert(0, str(Path(__file__).parent))
import conclude as rules
import expected

NORMAL = {
    "Quillane": "Quillane Systems",
    "ALDEBERT MEDICAL SAS": "Aldebert Médical",
    "Ostrelab": "Ostrelab Diagnostics",
    "Doigtier SA": "Doigtier",
}
"""Spellings of the GMAO -> the maker's own name, without its legal form."""


def version_known(device: fleet.Device) -> str:
    """The version that some paper or packet tells; "" nobody."""
    return device.version if device.version_in else ""


def system_of(device: fleet.Device) -> tuple[str, str]:
    """Operating system and build that the GMAO gives; members of a system without a line of their own have none."""
    listed = device in inventory.in_gmao() and device.os in inventory.OS_IN_GMAO
    if not listed:
        return "", ""
    return device.os, "" if device.os == "Windows Server 2016" else device.os_version


def seen(device: fleet.Device) -> str:
    """Value of `model.fleet.Seen`: the capture covers VLANs 20, 30, 40, 45 and 60 for three whole days.

    Devices of VLANs 50 and 80 count as seen where their traffic to a covered VLAN was: the router table and the leases
    of those days say whose address it was.
    """
    if not device.gmao:
        return "seen, not in GMAO"
    if fleet.seen(device.key):
        return "in GMAO and seen"
    vlan = fleet.vlan_of(device.key)
    return "in GMAO, not seen" if vlan and vlan.sensor else "in GMAO, not observable"


def exposure(device: fleet.Device) -> str:
    """Seen in a covered zone and never opened from outside: controlled; not known counts as open."""
    vlan = fleet.vlan_of(device.key)
    return "controlled" if vlan and vlan.sensor and fleet.seen(device.key) else "open"


def device_row(device: fleet.Device) -> dict[str, Any]:
    """One connectable device."""
    mates = [d.key for d in fleet.DEVICES if d.inventory and d.inventory == device.inventory and d is not device]
    ips = [device.ip, fleet.MOVES[device.key][1]] if device.key in fleet.MOVES else [device.ip] if device.ip else []
    system, build = system_of(device)
    return {
        "ref": device.key,
        "inventory": device.inventory,
        "site": fleet.SITE,
        "kind": device.kind if device.gmao or device.key in expected.KIND_BY_TRAFFIC else "",
        "make": expected.MAKE_TOLD.get(device.key) or NORMAL.get(device.make, device.make),
        "product": expected.PRODUCT_TOLD.get(device.key, device.product),
        "version": version_known(device),
        "version_from": list(device.version_in),
        "serial": device.serial,
        "os": system,
        "os_version": build or expected.BUILD_TOLD.get(device.key, ""),
        "macs": [device.mac] if device.mac else [],
        "ips": ips,
        "os_real": device.os,
        "os_told": expected.OS_TOLD.get(device.key, ""),
        "host": "" if device.key in expected.NAMELESS else device.host,
        "ae": "" if device.key in expected.TITLELESS else device.ae,
        "ward": fleet.WARDS[device.uf].name if device.uf else "",
        "vlan": device.vlan,
        "connectable": "yes",
        "system": mates,
        "role": expected.ROLES.get(device.key, ""),
        "seen": seen(device),
        "seen_while_doubtful": expected.DOUBTFUL.get(device.key, ""),
        "exposure": exposure(device),
    }


def plain_rows() -> list[dict[str, Any]]:
    """Lines of the GMAO for things without network: an empty cell of a model that other lines call "Non" is no."""
    return [
        {"inventory": number, "kind": thing.kind, "make": NORMAL.get(thing.make, thing.make), "product": thing.product, "serial": serial,
         "connectable": "no", "said": network or "nothing: its model is said not connectable", "seen": "not connectable"}
        for number, thing, serial, _, network in inventory.plain_lines()
    ]  # fmt: skip


def finding_rows() -> list[dict[str, Any]]:
    """Every device and vulnerability about which the papers say something."""
    out = []
    for device in fleet.DEVICES:
        system, build = system_of(device)
        for vulnerability in rules.vulnerabilities():
            said = rules.conclude(device.product, version_known(device), device.serial, system, build, vulnerability)
            if said:
                verdict, speaker, document, why, firm = said
                out.append(
                    {"ref": device.key, "inventory": device.inventory, "model": f"{NORMAL.get(device.make, device.make)} "
                     f"{device.product}", "vulnerability": vulnerability, "verdict": verdict, "speaker": speaker,
                     "document": document, "why": why, "firm": firm}
                )  # fmt: skip
    return out


def flow_rows() -> list[dict[str, Any]]:
    """Conversations that the capture shows, three days together."""
    out = []
    for c in fleet.CONVERSATIONS:
        if not fleet.visible(c):
            continue
        transport, port = fleet.port(c)
        ends = [(c.client, c.server)] if c.service != "dhcp" else relayed(c.client, c.server)
        out += [
            {"client": client, "server": server, "service": c.service, "transport": transport, "port": port,
             "times": c.per_day * len(fleet.DAYS), "outside": c.server in fleet.OUTSIDE}
            for client, server in ends
        ]  # fmt: skip
    return [flow for place, flow in enumerate(out) if flow not in out[:place]]


def relayed(client: str, server: str) -> list[tuple[str, str]]:
    """DHCP as it is seen: a broadcast and the router's answer where the network is copied, and the router with the server."""
    vlan = fleet.vlan_of(client)
    assert vlan
    near = [(client, "broadcast"), (client, vlan.gateway)] if vlan.sensor else []
    return [*near, (vlan.gateway, server)]


def priority_rows(findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Priorities of the findings affected or possible, by the tables of SSVC and the clinical defaults."""
    out = []
    for finding in findings:
        if finding["verdict"] not in (rules.AFFECTED, rules.POSSIBLE):
            continue
        device = fleet.BY_KEY[finding["ref"]]
        exploitation, automatable, discloses_only = expected.FLAWS[finding["vulnerability"]]
        safety = (
            "marginal"
            if discloses_only and expected.SAFETY[device.kind] != "negligible"
            else expected.SAFETY[device.kind]
        )
        impact = expected.HUMAN_IMPACT[safety]
        out.append(
            {"ref": device.key, "vulnerability": finding["vulnerability"], "exploitation": exploitation,
             "exposure": exposure(device), "automatable": automatable, "safety": safety, "mission": "crippled",
             "human_impact": impact, "outcome": expected.outcome(exploitation, exposure(device), automatable, impact)}
        )  # fmt: skip
    return out


def cut_rows() -> list[dict[str, Any]]:
    """What `cut internet` takes away: conversations with outside addresses."""
    out = []
    for c in fleet.CONVERSATIONS:
        if c.server in fleet.OUTSIDE and fleet.visible(c):
            device = fleet.BY_KEY[c.client]
            ward = fleet.WARDS[device.uf].name if device.uf else ""
            out.append(
                {"ref": c.client, "address": c.server, "service": c.service, "ward": ward,
                 "times": c.per_day * len(fleet.DAYS), "days": len(fleet.DAYS)}
            )  # fmt: skip
    return out


def model_rows() -> list[dict[str, Any]]:
    """Connectable models with what documents attach to them; `covered` = some document names it and speaks of flaws."""
    named = {product for product, _ in (*rules.VERDICTS, *rules.CONTENTS)}
    groups: dict[tuple[str, str, str], list[fleet.Device]] = {}
    for d in fleet.DEVICES:
        if d.product:
            name = expected.PRODUCT_TOLD.get(d.key, d.product)
            groups.setdefault((NORMAL.get(d.make, d.make), name, version_known(d)), []).append(d)
    out = []
    for (make, product, version), devices in groups.items():
        bom = rules.CONTENTS.get((product, version))
        out.append(
            {"make": make, "product": product, "version": version, "devices": sorted(d.key for d in devices),
             "boms": [bom[0]] if bom else [],
             "mds2": [f for f, (p, v) in expected.FORMS.items() if p == product and v == version],
             "letters": {s: a for p, v, s, a in expected.LETTERS if p == product and v in ("", version)},
             "support_end": expected.SUPPORT_END.get(product, ""),
             "covered": product in named}
        )  # fmt: skip
    return out


def truth() -> dict[str, Any]:
    """The whole file."""
    findings = finding_rows()
    return {
        "about": expected.ABOUT,
        "site": fleet.SITE,
        "days": list(fleet.DAYS),
        "coverage": {name: list(vlans) for name, vlans in fleet.SENSORS.items()},
        "devices": [device_row(d) for d in fleet.DEVICES],
        "others": expected.OTHERS,
        "plain": plain_rows(),
        "links": expected.LINKS,
        "contradictions": expected.CONTRADICTIONS,
        "models": model_rows(),
        "flows": flow_rows(),
        "findings": findings,
        "priorities": priority_rows(findings),
        "measures": expected.MEASURES,
        "refusals": expected.REFUSALS,
        "secrets": expected.SECRETS,
        "cut_internet": cut_rows(),
        "not_observed_vlans": [v.number for v in fleet.VLANS if not v.sensor],
    }


if __name__ == "__main__":
    target = Path(__file__).resolve().parents[1] / "truth.json"
    target.write_text(json.dumps(truth(), ensure_ascii=False, indent=1) + "\n", "utf-8")
