"""A ground with one model, one device and one finding that rests on an advisory, for the tests of measures."""

from typing import Any

from handmade import DAY, START, Ground, row
from hygie.model import (
    Binding,
    Coverage,
    Device,
    Finding,
    Flow,
    Model,
    Permission,
    Priority,
    Profile,
    ProfileOf,
    Remedy,
    Statement,
    Vulnerability,
    Zone,
)
from hygie.model.evidence import Speaker
from hygie.model.verdict import Because, Outcome, Verdict


def ground(*more: Any, kind: str = "radiography", device: dict[str, Any] | None = None, **finding: Any) -> Ground:
    values = {"verdict": Verdict.AFFECTED, "speaker": Speaker.MANUFACTURER, "part": "product"}
    values |= {"because": (Because("x", (), "adv#/s/0"),), **finding}
    return Ground(
        row(Zone, id="Z", site="local", name="Imagerie", cidr="10.0.0.0/24"),
        row(Model, id="M", make="Aterys", product="Souffle 3", version="4.2", kind=kind, mds2=("form",)),
        row(Profile, id="P", model="M", make="Aterys", product="Souffle 3"),
        row(ProfileOf, device="D", profile="P"),
        row(
            Device,
            **{"id": "D", "site": "local", "model": "M", "kind": kind, "zone": "Z", "ward": "W", **(device or {})},
        ),
        row(Binding, site="local", kind="ip", value="10.0.0.5", device="D"),
        row(Statement, reading="adv", place="/s/0", vulnerability="CVE-1", product_id="p"),
        row(Finding, id="F", profile="P", vulnerability="CVE-1", **values),
        row(Priority, finding="F", exposure="open", kind=kind, outcome=Outcome.OUT_OF_CYCLE),
        row(Vulnerability, id="CVE-1", cvss="CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"),
        *more,
    )


def remedy(category: str, details: str = "Version 5", speaker: Speaker = Speaker.MANUFACTURER, **more: Any) -> Remedy:
    given = {"reading": "adv", "place": f"/r/{category}", "vulnerability": "CVE-1", "document": "ADV-1", **more}
    return row(Remedy, category=category, details=details, speaker=speaker, product_ids=("p",), **given)


def permission(subject: str, allowed: bool | None = True, **more: Any) -> Permission:
    given = {"make": "Aterys", "product": "Souffle 3", "speaker": Speaker.MANUFACTURER, "dated": "2026-03-02", **more}
    return row(Permission, reading="letters", place="B2", subject=subject, allowed=allowed, **given)


def seen() -> tuple[Any, ...]:
    """Coverage of the zone and one conversation of the device."""
    ends = {"client": "10.0.0.5", "server": "10.0.0.9", "transport": "tcp", "port": 104, "service": "dicom"}
    return (
        row(Coverage, reading="c", site="local", first=START, last=START + 3 * DAY, networks=("10.0.0.0/24",)),
        row(Flow, reading="c", site="local", opened=True, first=START, last=START + DAY, place="7", **ends),
    )
