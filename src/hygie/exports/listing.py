"""Tables of what is known, one row an item, with stable columns: what the command line lists and exports.

Columns are the fields of `hygie.model`, whose docstrings say form, unit and source; docs/reference/columns.md lists
them. `findings` is the view by device: its id is a hash of device and vulnerability.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, fields, is_dataclass
from operator import attrgetter
from typing import Any, NamedTuple

from hygie.exports.cells import comma_separated, day
from hygie.exports.pen import Pen
from hygie.exports.tally import OPEN, Tally, tally_of
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
    told: tuple[str, ...] = ()
    """Further columns of the files: what message keys of the row say, in the reader's language."""
    tell: Callable[[Picture, Pen], Iterator[tuple[str, ...]]] | None = None
    """Their texts, row by row."""


FINDING_COLUMNS = (
    "id", "device", "name", "ward", "vulnerability", "verdict", "part", "speaker", "document", "probability",
    "outcome", "exposure", "safety", "human_impact", "exploited", "epss", "finding",
    "site", "inventory", "version",
)  # fmt: skip


def finding_id(device: str, vulnerability: str) -> str:
    """Id of a device's finding: "F-" and ten characters of base32."""
    digest = hashlib.sha256(f"{device}\x1f{vulnerability}".encode()).digest()
    return "F-" + base64.b32encode(digest[:10]).decode()[:10]


def device_findings(picture: Picture) -> Iterator[tuple[Any, ...]]:
    """Every pair of device and vulnerability that has a verdict, by device."""
    tally = tally_of(picture)
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
        device.site,
        device.inventory,
        device.version or device.firmware,
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


def _said_of_measures(picture: Picture, pen: Pen) -> Iterator[tuple[str, ...]]:
    for m in picture.measures:
        yield pen.text(m.subject, *m.args), pen.sentences(m.on_attacker), pen.sentences(m.on_care)


def _said_of_contradictions(picture: Picture, pen: Pen) -> Iterator[tuple[str, ...]]:
    for c in picture.contradictions:
        yield (pen.text(c.reason, f"trait={c.trait}", f"one={c.one}", f"other={c.other}"),)


def _said_of_links(picture: Picture, pen: Pen) -> Iterator[tuple[str, ...]]:
    """Signs for and against; of a pair on which a person decided, first by whom and when."""
    asked = {q.id: q for q in picture.questions if q.answer}
    for link in picture.links:
        signs = ", ".join(pen.text(reason) for reason in link.reasons)
        word = asked.get(link.id) if link.decided else None
        yield (f"{pen.text(word.reason, *word.args)}. {signs}" if word else signs,)


def _said_of_questions(picture: Picture, pen: Pen) -> Iterator[tuple[str, ...]]:
    return ((pen.text(q.reason, *q.args),) for q in picture.questions)


def _said_of_refusals(picture: Picture, pen: Pen) -> Iterator[tuple[str, ...]]:
    return ((pen.text(r.reason, *r.args),) for r in picture.refusals)


_REASONS = ("because", "against", "on_attacker", "on_care")
TABLES: dict[str, Table] = {
    "devices": _plain("device", "devices"),
    "models": _plain("model", "models"),
    "zones": _plain("zone", "zones"),
    "flows": Table(FLOW_COLUMNS, conversations),
    "findings": Table(FINDING_COLUMNS, device_findings),
    "priorities": _plain("priority", "priorities", _REASONS),
    "measures": _plain("measure", "measures", _REASONS)._replace(
        told=("measure", "on_attacker", "on_care"), tell=_said_of_measures
    ),
    "contradictions": _plain("contradiction", "contradictions")._replace(
        told=("explanation",), tell=_said_of_contradictions
    ),
    "links": _plain("link", "links")._replace(told=("explanation",), tell=_said_of_links),
    "questions": _plain("question", "questions")._replace(told=("question",), tell=_said_of_questions),
    "coverage": _plain("coverage", "coverage"),
    "refusals": _plain("refusal", "refusals")._replace(told=("explanation",), tell=_said_of_refusals),
    "readings": _plain("reading", "readings", ("path",)),
}
"""What can be listed and exported."""


def columns(name: str) -> tuple[str, ...]:
    """All columns of a table in a file. Raises LookupError for an unknown name."""
    return TABLES[name].columns + TABLES[name].told


def complete(picture: Picture, name: str, pen: Pen) -> Iterator[tuple[Any, ...]]:
    """Rows of a table with the texts of their keys. Raises LookupError for an unknown name."""
    table = TABLES[name]
    if table.tell is None:
        return table.rows(picture)
    return ((*row, *texts) for row, texts in zip(table.rows(picture), table.tell(picture, pen), strict=True))


def as_csv(picture: Picture, name: str, language: str = "en") -> str:
    """One table as CSV. Raises LookupError for an unknown name."""
    pen = Pen(language, picture.readings)
    return comma_separated(columns(name), complete(picture, name, pen))


def as_json(picture: Picture, language: str = "en") -> Iterator[str]:
    """All tables, and the reasons of findings and priorities, as one JSON document, in pieces."""
    encoder, pen = json.JSONEncoder(ensure_ascii=False, default=_value), Pen(language, picture.readings)
    head = {"format": "hygie", "version": picture.version, "as_of": picture.as_of, "language": language}
    yield encoder.encode(head)[:-1]
    for name in TABLES:
        named = columns(name)
        rows = (dict(zip(named, row, strict=True)) for row in complete(picture, name, pen))
        yield from _array(name, rows, encoder)
    yield from _array("profile_findings", map(asdict, picture.findings), encoder)
    yield from _array("profile_priorities", map(asdict, picture.priorities), encoder)
    yield "}\n"


def _array(name: str, rows: Iterable[dict[str, Any]], encoder: json.JSONEncoder) -> Iterator[str]:
    yield f',\n"{name}": ['
    for i, row in enumerate(rows):
        yield (",\n" if i else "\n") + encoder.encode(row)
    yield "]"


def _value(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    raise TypeError(f"{type(value).__name__} has no JSON")
