"""Third section: the register, what disagrees in it, and what is missing."""

from collections import Counter, defaultdict
from typing import Any

from markupsafe import Markup

from hygie.exports.drawing.charts import Named, bars
from hygie.exports.pen import Pen
from hygie.exports.tally import Tally, percent, tally_of
from hygie.model.fleet import Connectable, Device, Model, Seen
from hygie.model.picture import Picture

ROWS = 60
"""Rows of one list; the exports hold them all."""

_ALONE = (Seen.NO_GMAO, Seen.LISTED_UNSEEN, Seen.LISTED)
"""What is said only where there is some: without a GMAO, or beside it."""
_SHADES = {
    Seen.BOTH: "fifth",
    Seen.NOT_SEEN: "second",
    Seen.NOT_OBSERVABLE: "fourth",
    Seen.LISTED_UNSEEN: "second",
    Seen.LISTED: "fourth",
    Seen.NOT_IN_GMAO: "first",
    Seen.NO_GMAO: "observed",
    Seen.NOT_CONNECTABLE: "none",
}


def section(picture: Picture, tally: Tally, pen: Pen) -> dict[str, Any]:
    """Shares, then the lists."""
    counts = ((seen, n) for seen, n in tally.seen.items() if n or (tally.declared and seen not in _ALONE))
    parts = [(pen.text(f"seen.{seen.value}"), n, _SHADES[seen]) for seen, n in counts]
    named = Named(pen.text("report.seen"), pen.text("report.seen.note"))
    return {
        "bar": Markup(bars(named, parts)) if parts else "",  # noqa: S704 - escaped by drawing
        "shares": _shares(picture, pen),
        "lists": [
            _contradictions(picture, pen),
            *(_devices(tally, pen, seen) for seen in _compared(picture, tally)),
            *(one for one in _others(picture, tally, pen) if one["count"]),
        ],
    }


def _others(picture: Picture, tally: Tally, pen: Pen) -> list[dict[str, Any]]:
    """Lists that say nothing by being empty."""
    spoken = [_uncovered(picture, pen)] if tally.informed else []
    return [_not_observable(picture, pen), _models(picture, pen), *spoken, _missing(tally, pen)]


def _compared(picture: Picture, tally: Tally) -> list[Seen]:
    """Lists of devices by how GMAO and observation agree: those that somebody was able to fill."""
    listed = [seen for seen in (Seen.NOT_IN_GMAO, Seen.NOT_SEEN) if tally.seen[seen] or picture.coverage]
    listed += [seen for seen in (Seen.LISTED_UNSEEN, Seen.LISTED) if tally.seen[seen]]
    return listed if not tally.seen[Seen.NO_GMAO] else [Seen.NO_GMAO, *(s for s in listed if tally.seen[s])]


def _shares(picture: Picture, pen: Pen) -> list[dict[str, Any]]:
    """How many may be on a network, and how we know."""
    counts = Counter((d.connectable, d.connectable_source.startswith("presumed")) for d in picture.devices)
    lines = []
    for word in Connectable:
        lines.append({"text": pen.text(f"connectable.share.{word.value}"), "count": counts[word, False]})
        if counts[word, True]:
            lines.append({"text": pen.text(f"connectable.presumed.{word.value}"), "count": counts[word, True]})
    if gone := tally_of(picture).gone:
        lines.append({"text": pen.text("report.gone"), "count": gone})
    lines.append({"text": pen.text("report.systems"), "count": len({d.system for d in picture.devices if d.system})})
    lines.append({"text": pen.text("report.models"), "count": len(picture.models)})
    return lines


def listed(pen: Pen, key: str, heads: list[str], rows: list[list[str]], total: int, where: str) -> dict[str, Any]:
    """A list as the template takes it; its title and note are `report.list.<key>` and `.note`."""
    return {
        "title": pen.text(f"report.list.{key}"),
        "note": pen.text(f"report.list.{key}.note"),
        "count": total,
        "open": False,
        "heads": [pen.text(f"column.{head}") for head in heads],
        "rows": rows,
        "more": pen.rest(len(rows), total, where),
    }


def _contradictions(picture: Picture, pen: Pen) -> dict[str, Any]:
    names = {d.id: d.name or d.id for d in picture.devices} | {
        m.id: f"{m.make} {m.product}".strip() for m in picture.models
    }
    rows = [
        [
            names.get(c.subject, c.subject),
            pen.known(f"trait.{c.trait}", c.trait),
            pen.text(c.reason, f"trait={c.trait}", f"one={c.one}", f"other={c.other}"),
            pen.place(c.one_origin),
            pen.place(c.other_origin),
        ]
        for c in picture.contradictions[:ROWS]
    ]
    heads = ["device", "trait", "explanation", "one_place", "other_place"]
    return listed(pen, "contradictions", heads, rows, len(picture.contradictions), "contradictions.csv") | {
        "open": True
    }


def _row(device: Device, tally: Tally, pen: Pen) -> list[str]:
    place = " ".join(filter(None, (device.ward, device.location)))
    what = " ".join(filter(None, (device.make, device.product, device.version)))
    keys = ", ".join(filter(None, (device.inventory, device.serial, *device.macs[:2], *device.addresses[:2])))
    name = device.name
    if device.id in tally.perhaps:
        link, other = tally.perhaps[device.id]
        args = (f"name={other.name or other.id}", f"id={other.id}", f"probability={percent(link)}")
        name = f"{name} ({pen.text('report.perhaps', *args)})"
    return [device.id, name, pen.kind(device.kind), what, keys, place]


_HEADS = ["id", "name", "kind", "product", "keys", "ward"]


def _devices(tally: Tally, pen: Pen, seen: Seen) -> dict[str, Any]:
    found = [d for d in tally.picture.devices if d.seen is seen]
    rows = [_row(d, tally, pen) for d in found[:ROWS]]
    made = listed(pen, seen.name.lower(), _HEADS, rows, len(found), "devices.csv")
    doubtful = sum(d.id in tally.perhaps for d in found)
    if doubtful:
        made["note"] += " " + pen.text("report.list.perhaps", f"count={doubtful}")
    return made


def _not_observable(picture: Picture, pen: Pen) -> dict[str, Any]:
    names = {z.id: z.name or z.cidr for z in picture.zones}
    counts = Counter((d.site, d.zone) for d in picture.devices if d.seen in (Seen.NOT_OBSERVABLE, Seen.LISTED))
    several = len({d.site for d in picture.devices}) > 1
    rows = [
        [(f"{site} · " if several else "") + (names.get(zone) or pen.text("zone.unknown")), str(n)]
        for (site, zone), n in counts.most_common(ROWS)
    ]
    return listed(pen, "not_observable", ["zone", "devices"], rows, len(counts), "devices.csv")


def _models(picture: Picture, pen: Pen) -> dict[str, Any]:
    ordered = sorted(picture.models, key=_reach)
    content = {r.id: r.sha256 or r.id for r in picture.readings}  # a form handed over for two sites is one
    spoken = _spoken(picture)
    rows = [
        [
            " ".join(filter(None, (m.make, m.product, m.version))),
            pen.kind(m.kind),
            str(m.devices),
            ", ".join(
                _sources(
                    len(m.boms),
                    len({content.get(i, i) for i in m.mds2}),
                    len(spoken[m.id].union(m.advisories)),
                    m.permissions,
                    pen,
                )
            ),
            pen.date(m.support_end) or pen.text("unknown"),
        ]
        for m in ordered[:ROWS]
    ]
    return listed(
        pen, "models", ["model", "kind", "devices", "known_by", "support_end"], rows, len(ordered), "models.csv"
    )


def _spoken(picture: Picture) -> dict[str, set[str]]:
    """Advisories that findings of a model rest on, by its id: matching finds names that the register does not."""
    known = {a.document for a in picture.advisories}
    models = {p.id: p.model for p in picture.profiles}
    found: dict[str, set[str]] = defaultdict(set)
    for finding in picture.findings:
        if finding.document in known:
            found[models.get(finding.profile, "")].add(finding.document)
    return found


def _reach(model: Model) -> tuple[bool, int, str, str, str]:
    """For ordering: those that may be connected first, then by number."""
    return model.connectable is Connectable.NO, -model.devices, model.make, model.product, model.version


def _uncovered(picture: Picture, pen: Pen) -> dict[str, Any]:
    """Models that may be connected and of which nobody speaks."""
    models = {m.id: m for m in picture.models}
    silent = sorted(
        (models[i] for i in picture.uncovered if i in models), key=lambda m: (-m.devices, m.make, m.product)
    )
    rows = [
        [" ".join(filter(None, (m.make, m.product, m.version))), pen.kind(m.kind), str(m.devices)]
        for m in silent[:ROWS]
    ]
    return listed(pen, "uncovered", ["model", "kind", "devices"], rows, len(silent), "models.csv")


def _sources(boms: int, mds2: int, advisories: int, permissions: int, pen: Pen) -> list[str]:
    counts = {"bom": boms, "mds2": mds2, "advisory": advisories, "permission": permissions}
    return [pen.count(f"known.{key}", n) for key, n in counts.items() if n] or [pen.text("known.nothing")]


def _missing(tally: Tally, pen: Pen) -> dict[str, Any]:
    declared = tally.declared
    counts = Counter(trait for d in declared for trait in d.missing)
    rows = [[pen.known(f"trait.{trait}", trait), str(n), share(n, len(declared))] for trait, n in counts.most_common()]
    return listed(pen, "missing", ["trait", "devices", "share"], rows, len(rows), "devices.csv")


def share(part: int, whole: int) -> str:
    """A share of people's size: what is there is never "0 %", what lacks never "100 %"."""
    percent = 100 * part / (whole or 1)
    if 0 < percent < 1:
        return "< 1 %"
    return "> 99 %" if 99 < percent < 100 else f"{percent:.0f} %"
