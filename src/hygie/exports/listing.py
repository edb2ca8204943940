"""Tables of what is known, one row an item, with stable columns: what the command line lists and exports.

Columns are the fields of `hygie.model`, whose docstrings say form, unit and source; docs/reference/columns.md lists
them. `findings` is the view by device: its id is a hash of device and vulnerability.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, fields, is_dataclass
from operator import attrgetter
from typing import Any, NamedTuple

from hygie.exports.cells import comma_separated, day
from hygie.exports.tally import OPEN, Tally
from hygie.model import ROWS
from hygie.model.fleet import Device
from hygie.model.picture import Picture
from hygie.model.verdict import Finding
from hygie.names.whereabouts import OUTSIDE, Trace, Whereabouts


class Table(NamedTuple):
    """Stable column names, and how rows come."""

    columns: tuple[str, ...]
    rows: Callable[[Picture], Iterator[tuple[Any, ...]]]
    row: type | None = None
    """Type of the rows, where they rest as such; else all columns are text but numbers."""


FINDING_COLUMNS = (
    "id", "device", "name", "ward", "vulnerability", "verdict", "part", "speaker", "document", "probability",
    "outcome", "exposure", "safety", "human_impact", "exploited", "epss", "finding",
)  # fmt: skip


def finding_id(device: str, vulnerability: str) -> str:
    """Id of a device's finding: "F-" and ten characters of base32."""
    digest = hashlib.sha256(f"{device}\x1f{vulnerability}".encode()).digest()
    return "F-" + base64.b32encode(digest).decode()[:10]


def device_findings(picture: Picture) -> Iterator[tuple[Any, ...]]:
    """Every pair of device and vulnerability that has a verdict, by device."""
    tally = Tally(picture)
    for device in picture.devices:
        for finding in tally.findings.get(tally.profile.get(device.id, ""), ()):
            yield _finding(tally, device, finding)


def _finding(tally: Tally, device: Device, finding: Finding) -> tuple[Any, ...]:
    priority = tally.priority(finding.id, device) if finding.verdict in OPEN else None
    score = tally.picture.scores.get(finding.vulnerability)
    return (
        finding_id(device.id, finding.vulnerability),
        device.id,
        device.name,
        device.ward,
        finding.vulnerability,
        finding.verdict.value,
        finding.part,
        finding.speaker.value,
        finding.document,
        round(finding.probability, 3),
        priority.outcome.value if priority else "",
        priority.exposure if priority else "",
        priority.safety if priority else "",
        priority.human_impact if priority else "",
        "yes" if finding.vulnerability in tally.picture.exploited else "",
        score.epss if score else None,
        finding.id,
    )


def _plain(kind: str, attribute: str, without: tuple[str, ...] = ()) -> Table:
    """A table of the picture's rows as they are."""
    names = tuple(f.name for f in fields(ROWS[kind]) if f.name not in without)
    get = attrgetter(*names)

    def rows(picture: Picture) -> Iterator[tuple[Any, ...]]:
        return (get(row) for row in getattr(picture, attribute))

    return Table(names, rows, ROWS[kind])


FLOW_COLUMNS = (
    "site", "sensor", "vlan", "client", "client_device", "client_name", "client_zone", "server", "server_device",
    "server_name", "server_zone", "outside", "transport", "port", "service", "packets_out", "bytes_out", "packets_back",
    "bytes_back", "first", "last", "opened", "origin",
)  # fmt: skip


def conversations(picture: Picture) -> Iterator[tuple[Any, ...]]:
    """The flow matrix (matrice de flux): each flow with both devices; `outside` names the end that is outside."""
    names = {d.id: d.name for d in picture.devices}
    zones = {z.id: z.name or z.cidr for z in picture.zones}
    for flow, client, server in Whereabouts(picture.zones, picture.bindings).trace(picture.flows):
        ends = [word for word, end in (("client", client), ("server", server)) if end.side == OUTSIDE]
        yield (
            *(flow.site, flow.sensor, flow.vlan),
            *(client.address, client.device, names.get(client.device, ""), zones.get(client.zone, "")),
            *(server.address, server.device, names.get(server.device, ""), zones.get(server.zone, "")),
            *(" ".join(ends), flow.transport, flow.port, flow.service),
            *(flow.packets_out, flow.bytes_out, flow.packets_back, flow.bytes_back),
            *(day(flow.first), day(flow.last), flow.opened, Trace(flow, client, server).origin),
        )


_REASONS = ("because", "against", "on_attacker", "on_care")
TABLES: dict[str, Table] = {
    "devices": _plain("device", "devices"),
    "models": _plain("model", "models"),
    "zones": _plain("zone", "zones"),
    "flows": Table(FLOW_COLUMNS, conversations),
    "findings": Table(FINDING_COLUMNS, device_findings),
    "priorities": _plain("priority", "priorities", _REASONS),
    "measures": _plain("measure", "measures", _REASONS),
    "contradictions": _plain("contradiction", "contradictions"),
    "links": _plain("link", "links"),
    "questions": _plain("question", "questions"),
    "coverage": _plain("coverage", "coverage"),
    "refusals": _plain("refusal", "refusals"),
    "readings": _plain("reading", "readings", ("path",)),
}
"""What can be listed and exported."""


def as_csv(picture: Picture, name: str) -> str:
    """One table as CSV. Raises LookupError for an unknown name."""
    table = TABLES[name]
    return comma_separated(table.columns, table.rows(picture))


def as_json(picture: Picture) -> Iterator[str]:
    """All tables, and the reasons of findings, priorities and measures, as one JSON document, in pieces."""
    encoder = json.JSONEncoder(ensure_ascii=False, default=_value)
    yield f'{{"format": "hygie", "version": "{picture.version}", "as_of": "{picture.as_of}"'
    for name, table in TABLES.items():
        yield f',\n"{name}": ['
        for i, row in enumerate(table.rows(picture)):
            yield (",\n" if i else "\n") + encoder.encode(dict(zip(table.columns, row, strict=True)))
        yield "]"
    reasoned: dict[str, list[Any]] = {
        "profile_findings": [*picture.findings],
        "profile_priorities": [*picture.priorities],
    }
    for name, each in reasoned.items():
        yield f',\n"{name}": ['
        for i, one in enumerate(each):
            yield (",\n" if i else "\n") + encoder.encode(asdict(one))
        yield "]"
    yield "}\n"


def _value(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    raise TypeError(f"{type(value).__name__} has no JSON")
