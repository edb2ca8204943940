"""Rows for tests, with what a test does not speak of left at its plainest."""

from typing import Any

from hygie.facts import makers
from hygie.match.find import Knowledge, find
from hygie.match.naming import Naming
from hygie.model.evidence import Decision, Speaker
from hygie.model.fleet import Connectable, Device, Model, Seen
from hygie.model.knowledge import Advisory, Applicability, Bom, Component, Statement, Status, Vulnerability
from hygie.model.verdict import Finding, Profile

MAKER, THIRD = Speaker.MANUFACTURER, Speaker.THIRD_PARTY


def naming() -> Naming:
    return Naming(makers.makers(), makers.FAMILIES)


def profile(make: str = "Acme", product: str = "Pump 7", version: str = "2.0", **more: Any) -> Profile:
    row: dict[str, Any] = {
        "id": f"{make}|{product}|{version}", "model": "", "make": make, "product": product, "version": version,
        "os": "", "os_version": "", "firmware": "", "boms": (), "cpes": (), "devices": 1,
    }  # fmt: skip
    return Profile(**{**row, **more})


def statement(status: str = "affected", version: str = "", **more: Any) -> Statement:
    row: dict[str, Any] = {
        "reading": "s", "document": "ADV-1", "place": "/0", "speaker": MAKER, "publisher": "Acme",
        "dated": "2026-01-01",
        "vulnerability": "CVE-2026-1", "aliases": (), "status": Status(status), "product_id": "P", "make": "Acme",
        "product": "Pump 7", "version": version, "version_is_range": True,
    }  # fmt: skip
    return Statement(**{**row, **more})


def row(cpe: str = "", end: str = "", **more: Any) -> Applicability:
    parts = cpe.split(":")
    values: dict[str, Any] = {
        "reading": "r", "vulnerability": "CVE-2026-1", "place": "/0", "source": "nvd", "speaker": THIRD,
        "configuration": 0, "node": 0, "configuration_operator": "OR", "node_operator": "OR", "negate": False,
        "vulnerable": True, "affected": True, "cpe": cpe, "make": parts[3] if cpe else "",
        "product": parts[4] if cpe else "", "version": "" if end or not cpe else parts[5], "end": end,
    }  # fmt: skip
    return Applicability(**{**values, **more})


def cpe(vendor: str, product: str, version: str = "*", part: str = "a", rest: str = "*:*:*:*:*:*:*") -> str:
    return f"cpe:2.3:{part}:{vendor}:{product}:{version}:{rest}"


def bom(document: str = "B", make: str = "Acme", product: str = "Pump 7", version: str = "2.0", **more: Any) -> Bom:
    row: dict[str, Any] = {
        "reading": "b", "document": document, "format": "CycloneDX 1.5", "place": "", "make": make, "product": product,
        "version": version, "speaker": MAKER, "dated": "2026-01-01", "components": 1,
    }  # fmt: skip
    return Bom(**{**row, **more})


def component(name: str, version: str, cpe: str = "", purl: str = "", make: str = "", document: str = "B") -> Component:
    return Component("b", document, f"/components/{name}", name, "library", make, name, version, purl, cpe)


def vulnerability(id_: str = "CVE-2026-1", **more: Any) -> Vulnerability:
    row: dict[str, Any] = {"reading": "v", "id": id_, "source": "nvd", "place": "", "title": "", "description": ""}
    return Vulnerability(**{**row, **more})


def advisory(document: str = "ADV-1", **more: Any) -> Advisory:
    row: dict[str, Any] = {
        "reading": "s", "document": document, "title": "", "publisher": "Acme", "publisher_category": "vendor",
        "speaker": MAKER, "revision": "1", "released": "2026-01-01", "status": "final", "category": "csaf_vex",
    }  # fmt: skip
    return Advisory(**{**row, **more})


def decision(about: str, answer: str, **more: Any) -> Decision:
    return Decision("d", about, answer, more.get("who", "A. Martin"), more.get("when", "2026-02-01"), "", "A2")


def device(id_: str, make: str = "Acme", product: str = "Pump 7", version: str = "2.0", **more: Any) -> Device:
    row: dict[str, Any] = {
        "id": id_, "site": "local", "key": f"inv={id_}", "aliases": (), "system": "", "role": "", "name": product,
        "kind": "", "kind_source": "", "connectable": Connectable.YES, "connectable_source": "", "seen": Seen.BOTH,
        "model": f"{make}|{product}", "make": make, "product": product, "version": version, "os": "", "os_version": "",
        "firmware": "", "serial": "", "inventory": id_, "macs": (), "addresses": (), "host_names": (), "ae_titles": (),
        "zone": "", "ward": "", "pole": "", "location": "", "status": "", "ce_class": "", "commissioned": "",
        "support_end": "", "first": 0, "last": 0, "missing": (), "confidence": 1.0,
    }  # fmt: skip
    return Device(**{**row, **more})


def model(id_: str, make: str, product: str, version: str = "", **more: Any) -> Model:
    row: dict[str, Any] = {
        "id": id_, "make": make, "product": product, "version": version, "kind": "", "connectable": Connectable.YES,
        "connectable_source": "", "devices": 1, "boms": (), "mds2": (), "advisories": (), "permissions": 0,
        "support_end": "", "support_source": "",
    }  # fmt: skip
    return Model(**{**row, **more})


def findings(profiles: list[Profile], everything: bool = False, **knowledge: Any) -> dict[tuple[str, str], Finding]:
    """Findings by product and vulnerability."""
    names = {one.id: one.product for one in profiles}
    found = find(profiles, Knowledge(**knowledge), naming(), everything)
    return {(names[one.profile], one.vulnerability): one for one in found}


def only(profiles: list[Profile], **knowledge: Any) -> Finding:
    """The one finding. Fails where there is none or more."""
    (found,) = findings(profiles, **knowledge).values()
    return found
