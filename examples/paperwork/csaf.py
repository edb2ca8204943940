"""The frame of a CSAF document, 2.0 or 2.1. Source: OASIS CSAF 2.0 and 2.1, clause 3."""

from dataclasses import dataclass, field
from typing import Any

BANDS = ((9.0, "CRITICAL"), (7.0, "HIGH"), (4.0, "MEDIUM"), (0.1, "LOW"))

VECTORS = {
    "CVE-2021-3711": ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8),
    "CVE-2022-0778": ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H", 7.5),
    "CVE-2023-0286": ("CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:N/A:H", 7.4),
    "CVE-2019-0708": ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8),
    "CVE-2021-44228": ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", 10.0),
    "CVE-2020-11896": ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", 10.0),
    "CVE-2021-34527": ("CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H", 8.8),
    "NVI-VUL-2026-07": ("CVSS:3.1/AV:A/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N", 8.1),
    "NVI-VUL-2026-08": ("CVSS:3.1/AV:P/AC:L/PR:N/UI:N/S:U/C:N/I:H/A:H", 6.1),
    "PFY-VUL-2026-2": ("CVSS:3.1/AV:A/AC:L/PR:N/UI:N/S:U/C:N/I:H/A:H", 8.1),
    "OSD-VUL-9": ("CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:N/A:N", 5.5),
    "CCSA-2026-11-2": ("CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:N/A:N", 6.5),
    "TMS-VUL-2026-4": ("CVSS:3.1/AV:A/AC:H/PR:N/UI:N/S:U/C:N/I:N/A:H", 5.3),
}
"""Vulnerability -> base vector and score that a document gives with it."""


@dataclass(frozen=True, slots=True)
class Item:
    """One leaf of the product tree."""

    id: str
    vendor: str
    product: str
    version: str = ""
    """"4.3.0", or a range "vers:generic/<4.3.0", or "" for the product as such."""
    serials: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Flaw:
    """One vulnerability of a document."""

    id: str
    title: str
    note: str
    status: dict[str, tuple[str, ...]]
    """known_affected, fixed... -> product ids."""
    remedies: tuple[dict[str, Any], ...] = ()
    flags: tuple[tuple[str, tuple[str, ...]], ...] = ()
    impact: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(text, product ids) of threats of category impact."""


@dataclass(frozen=True, slots=True)
class Document:
    """One document."""

    id: str
    title: str
    publisher: str
    address: str
    revisions: tuple[tuple[str, str, str], ...]
    """(number, date, summary), oldest first."""
    items: tuple[Item, ...]
    flaws: tuple[Flaw, ...]
    version: str = "2.0"
    category: str = "csaf_security_advisory"
    who: str = "vendor"
    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)
    relations: tuple[tuple[str, str, str, str, str], ...] = ()
    """(category, component id, product id, id of both, name of both)."""
    language: str = "en"


def remedy(category: str, details: str, products: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    """A remediation for products, or for groups given as `group_ids`."""
    out: dict[str, Any] = {"category": category, "details": details}
    if products:
        out["product_ids"] = list(products)
    return out | more


def _branches(items: tuple[Item, ...]) -> list[dict[str, Any]]:
    """vendor -> product -> version or range."""
    vendors: dict[str, dict[str, list[Item]]] = {}
    for item in items:
        vendors.setdefault(item.vendor, {}).setdefault(item.product, []).append(item)
    out = []
    for vendor, products in vendors.items():
        names = []
        for product, leaves in products.items():
            inner: list[dict[str, Any]] = []
            alone: dict[str, Any] | None = None
            for leaf in leaves:
                entry: dict[str, Any] = {"name": f"{vendor} {product} {leaf.version}".strip(), "product_id": leaf.id}
                if leaf.serials:
                    entry["product_identification_helper"] = {"serial_numbers": list(leaf.serials)}
                if not leaf.version:
                    alone = entry
                    continue
                kind = "product_version_range" if leaf.version.startswith("vers:") else "product_version"
                inner.append({"category": kind, "name": leaf.version, "product": entry})
            branch: dict[str, Any] = {"category": "product_name", "name": product}
            if alone:
                branch["product"] = alone
            if inner:
                branch["branches"] = inner
            names.append(branch)
        out.append({"category": "vendor", "name": vendor, "branches": names})
    return out


def _relation(relation: tuple[str, str, str, str, str], version: str) -> dict[str, Any]:
    """A product inside another: 2.0's relationship, 2.1's path."""
    category, part, whole, both, name = relation
    named = {"name": name, "product_id": both}
    if version == "2.1":
        step = {"category": category, "next_product_reference": whole}
        return {"beginning_product_reference": part, "full_product_name": named, "subpaths": [step]}
    return {
        "category": category,
        "full_product_name": named,
        "product_reference": part,
        "relates_to_product_reference": whole,
    }


def _score(flaw: Flaw, version: str) -> dict[str, Any]:
    affected = list(flaw.status.get("known_affected", ()))
    if flaw.id not in VECTORS or not affected:
        return {}
    vector, base = VECTORS[flaw.id]
    band = next(name for least, name in BANDS if base >= least)
    cvss = {"version": "3.1", "vectorString": vector, "baseScore": base, "baseSeverity": band}
    if version == "2.1":
        return {"metrics": [{"content": {"cvss_v3": cvss}, "products": affected}]}
    return {"scores": [{"cvss_v3": cvss, "products": affected}]}


def _flaw(flaw: Flaw, publisher: str, version: str) -> dict[str, Any]:
    out: dict[str, Any] = {}
    if flaw.id.startswith("CVE-"):
        out["cve"] = flaw.id
    else:
        out["ids"] = [{"system_name": publisher, "text": flaw.id}]
    out["title"] = flaw.title
    out["notes"] = [{"category": "description", "text": flaw.note}]
    out["product_status"] = {k: list(v) for k, v in flaw.status.items()}
    if flaw.flags:
        out["flags"] = [{"label": label, "product_ids": list(ids)} for label, ids in flaw.flags]
    if flaw.impact:
        out["threats"] = [
            {"category": "impact", "details": text, "product_ids": list(ids)} for text, ids in flaw.impact
        ]
    if flaw.remedies:
        out["remediations"] = list(flaw.remedies)
    return out | _score(flaw, version)


def render(document: Document) -> dict[str, Any]:
    """The whole document."""
    last = document.revisions[-1]
    head: dict[str, Any] = {
        "category": document.category,
        "csaf_version": document.version,
        "distribution": {"tlp": {"label": "CLEAR" if document.version == "2.1" else "WHITE"}},
        "lang": document.language,
        "publisher": {"category": document.who, "name": document.publisher, "namespace": document.address},
        "references": [
            {
                "category": "self",
                "summary": "This document",
                "url": f"{document.address}/csaf/{last[1][:4]}/{document.id.lower()}.json",
            }
        ],
        "title": document.title,
        "tracking": {
            "current_release_date": last[1],
            "id": document.id,
            "initial_release_date": document.revisions[0][1],
            "revision_history": [{"date": d, "number": n, "summary": s} for n, d, s in document.revisions],
            "status": "final",
            "version": last[0],
        },
    }
    tree: dict[str, Any] = {"branches": _branches(document.items)}
    if document.groups:
        tree["product_groups"] = [{"group_id": g, "product_ids": list(ids)} for g, ids in document.groups.items()]
    if document.relations:
        key = "product_paths" if document.version == "2.1" else "relationships"
        tree[key] = [_relation(r, document.version) for r in document.relations]
    out: dict[str, Any] = {}
    if document.version == "2.1":
        out["$schema"] = "https://docs.oasis-open.org/csaf/csaf/v2.1/schema/csaf.json"
    out |= {"document": head, "product_tree": tree}
    out["vulnerabilities"] = [_flaw(f, document.publisher, document.version) for f in document.flaws]
    return out
