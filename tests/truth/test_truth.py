"""The program's answer on the example hospital is what a careful person concludes, part by part.

Each test lists every difference. `comparing` joins the two; what it takes for equal is notation alone.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from hygie import act
from hygie.act.permissions import Permissions
from hygie.model import ROWS
from hygie.model.evidence import Refusal
from hygie.model.fleet import Connectable, Device, Seen
from hygie.names.whereabouts import Watch
from truth.comparing import ANSWERS, SERVICES, Comparison
from truth.conftest import Run

ANSWERED = {True: "yes", False: "no", None: "open"}


def none(differences: list[str]) -> None:
    """Fails with all of them, one a line."""
    assert not differences, "\n".join(["", *differences])


def test_every_field_of_every_device(run: Run) -> None:
    none(list(run.comparison.device_differences(*ANSWERS)))


def test_no_two_of_the_truth_are_one_device(run: Run) -> None:
    pairs = run.comparison.pairs
    assert len(pairs) == len(run.comparison.truth["devices"])
    assert len({d.id for d in pairs.values()}) == len(pairs)


VERSIONS_IN = ["software_version", "http_server", "http_user_agent", "snmp_description", "dicom_implementation_version"]
"""Traits that may hold a version."""


def test_versions_come_from_where_they_can_be_read(run: Run) -> None:
    """Every source that tells the version was understood; no table told one that it does not hold."""
    tables = {"gmao": "gmao.csv", "xlsx": "gmao-biomed.xlsx"}
    said: dict[str, list[tuple[str, str]]] = defaultdict(list)
    members = {(m.source, m.subject): m.device for m in run.comparison.picture.members}
    series = {r.id: r.source for r in run.comparison.picture.readings}
    for told in run.ground.chosen("evidence", "trait", VERSIONS_IN):
        device = members.get((series[told.reading], told.subject), "")
        said[device].append((run.comparison.files[told.reading], told.raw))
    wrong = []
    for true in run.comparison.truth["devices"]:
        want = {tables.get(place, "capture.pcap") for place in true["version_from"]}
        mine = said[run.comparison.pairs[true["ref"]].id]
        right = {file for file, text in mine if true["version"] and true["version"] in text}
        if not want <= right or ({file for file, _ in mine} - want) & set(tables.values()):
            wrong.append(f"{true['ref']}: want {true['version']} in {sorted(want)}, got {mine}")
    none(wrong)


def test_things_without_network(run: Run) -> None:
    """Each line is a device of its own, said not to be connectable."""
    fields = ("kind", "make", "product", "serial")
    found = {d.inventory: d for d in run.comparison.picture.devices if d.inventory}
    wrong = []
    for true in run.comparison.truth["plain"]:
        device = found.get(true["inventory"])
        assert device is not None, true["inventory"]
        got = {f: getattr(device, f) for f in fields}
        got |= {"connectable": device.connectable.value, "seen": device.seen.value}
        wrong += [f"{true['inventory']}.{k}: want {true[k]!r}, got {v!r}" for k, v in got.items() if true[k] != v]
    none(wrong)


def test_there_is_nothing_else(run: Run) -> None:
    """Devices of the truth, plain things, and the others that it names; each once."""
    comparison, truth = run.comparison, run.comparison.truth
    plain = {t["inventory"] for t in truth["plain"]}
    rest = [d for d in comparison.picture.devices if d.id not in comparison.refs and d.inventory not in plain]
    assert sorted(map(card, rest)) == sorted(t["mac"] for t in truth["others"])
    for true in truth["others"]:
        device = next(d for d in rest if true["mac"] == card(d))
        assert device.seen is Seen.NOT_IN_GMAO
        assert (device.inventory, device.serial) == ("", "")
        assert not true["ip"] or list(device.addresses) == [true["ip"]]
        assert {n.partition(".")[0].lower() for n in device.host_names} == {true["host"].lower()} - {""}


def card(device: Device) -> str:
    """Its MAC address: a router's virtual one is no key that could join it with others, only its name."""
    return device.macs[0] if device.macs else device.key.partition("@")[0].removeprefix("mac=")


def test_lists_of_what_is_seen(run: Run) -> None:
    """In GMAO and seen, not seen, not observable; seen, not in GMAO: the same devices in each list."""
    truth, comparison = run.comparison.truth, run.comparison
    want: dict[str, set[str]] = defaultdict(set)
    for true in truth["devices"]:
        want[true["seen"]].add(true["ref"])
    want[Seen.NOT_IN_GMAO.value] |= {t["mac"] for t in truth["others"]}
    got: dict[str, set[str]] = defaultdict(set)
    for device in comparison.picture.devices:
        if device.connectable is not Connectable.NO:
            got[device.seen.value].add(comparison.refs.get(device.id) or card(device))
    doubtful = {t["ref"] for t in truth["devices"] if t["seen_while_doubtful"]}
    assert {k: v - doubtful for k, v in got.items()} == {k: v - doubtful for k, v in want.items()}


def test_links(run: Run) -> None:
    """What is one device is one, what is not is not, and what is doubtful is asked."""
    comparison, wrong = run.comparison, []
    asked = {q.subject for q in comparison.picture.questions if q.reason.startswith("question.link") and not q.answer}
    for link in comparison.truth["links"]:
        devices = [_held(comparison, link.get("ref", ""), link[side]) for side in ("left", "right")]
        ids = {d.id for held in devices for d in held}
        doubts = [x for x in comparison.picture.links if {x.left, x.right} == ids]
        if not all(devices):
            wrong.append(f"{link['left']} or {link['right']} is nowhere")
        elif link["doubtful"] and not (doubts or ids & asked):
            wrong.append(f"{link['left']} and {link['right']}: nobody is asked")
        elif not (link["doubtful"] and link["same"]) and (len(ids) == 1) != link["same"]:
            wrong.append(f"{link['left']} and {link['right']}: same {link['same']}, got {sorted(ids)}")
    none(wrong)


def _held(comparison: Comparison, ref: str, text: str) -> list[Device]:
    """Devices that a name of the truth's links means: a ref, "<file> <number>", a number, MAC or address."""
    if text in comparison.pairs:
        return [comparison.pairs[text]]
    if " " in text:  # that very line of that very file
        file, _, number = text.partition(" ")
        place = {
            m.device for m in comparison.picture.members if m.subject.endswith("=" + comparison.pairs[ref].inventory)
        }
        assert file in comparison.files.values()
        assert number
        return [d for d in comparison.picture.devices if d.id in place]
    return [d for d in comparison.picture.devices if text in (d.inventory, *d.macs, *d.addresses)]


def test_contradictions(run: Run) -> None:
    """Each that the truth knows, with its question and places; no other."""
    comparison, wrong = run.comparison, []
    rest = list(comparison.picture.contradictions)
    for true in comparison.truth["contradictions"]:
        for question in true["questions"]:
            found = [
                x
                for x in rest
                if comparison.refs.get(x.subject) in true["refs"]
                and x.trait == question
                and true["one"] in x.one
                and true["other"] in x.other
                and true["service"] in x.other
                and comparison.files[x.one_origin.partition("#")[0]] == true["from"]
            ]
            if len(found) != 1:
                wrong.append(f"{true['refs']} {question}: {len(found)}")
            rest = [x for x in rest if x not in found]
    wrong += [f"not in the truth: {comparison.refs.get(x.subject)} {x.trait} {x.one} {x.other}" for x in rest]
    none(wrong)


def test_models(run: Run) -> None:
    """SBOMs, forms, letters, support and cover of each model; none is missing, none is more."""
    picture, comparison = run.comparison.picture, run.comparison
    found = {(m.make, m.product, m.version): m for m in picture.models if m.connectable is not Connectable.NO}
    boms = {b.document: comparison.files[b.reading] for b in run.ground["bom"]}
    letters = [p for p in run.ground["permission"] if comparison.files[p.reading] == "statements.xlsx"]
    words, wrong = Permissions(letters, (), "2026-08-20"), []
    for true in comparison.truth["models"]:
        model = found.pop((true["make"], true["product"], true["version"]), None)
        if model is None:
            wrong.append(f"{true['make']} {true['product']} {true['version']}: missing")
            continue
        mine = sorted(comparison.refs.get(d.id, d.id) for d in picture.devices if d.model == model.id)
        got = {
            "devices": mine,
            "boms": sorted(boms[b] for b in model.boms),
            "mds2": sorted(comparison.files[r] for r in model.mds2),
            "letters": {subject: ANSWERED[word.allowed] for subject, word in words.of(model).items()},
            "support_end": model.support_end,
            "covered": model.id not in picture.uncovered,
        }
        wrong += [
            f"{true['product']} {true['version']}.{k}: want {true[k]!r}, got {v!r}"
            for k, v in got.items()
            if true[k] != v
        ]
        forms = len({p.place for p in run.ground["permission"] if p.reading in model.mds2})
        if model.permissions != forms + len(true["letters"]):
            wrong.append(f"{true['product']} {true['version']}: {model.permissions} statements, {forms} of forms")
    none(wrong + sorted(found))


def test_flows(run: Run) -> None:
    """Who talked to whom on what, over all three days; what nobody said was not heard."""
    days, got = run.comparison.truth["days"], run.comparison.flows()
    wrong, known = [], set()
    for true in run.comparison.truth["flows"]:
        server = "group" if true["server"] in ("broadcast", "multicast") else true["server"]
        service = SERVICES.get(true["service"], true["service"])
        key = (true["client"], server, service, true["transport"], str(true["port"]))
        known.add(key)
        flow = got.get(key)
        if flow is None:
            wrong.append(f"not seen: {key}")
        elif flow["outside"] != true["outside"] or flow["packets"] < true["times"]:
            wrong.append(f"{key}: {flow}")
        elif [_day(flow["first"]), _day(flow["last"])] != [days[0], days[-1]]:
            wrong.append(f"{key}: {_day(flow['first'])} to {_day(flow['last'])}")
    none(wrong + [f"not in the truth: {key}" for key in sorted(set(got) - known)])


def _day(moment: int) -> str:
    return datetime.fromtimestamp(moment / 1_000_000, UTC).date().isoformat()


def test_findings(run: Run) -> None:
    """Verdict, speaker and document; no finding that nobody made."""
    got, wrong = dict(run.comparison.findings), []
    for true in run.comparison.truth["findings"]:
        key = (true["ref"], true["vulnerability"])
        want, answer = (true["verdict"], true["speaker"], true["document"]), got.pop(key, None)
        if answer != want and (true["firm"] or answer is not None):
            wrong.append(f"{key}: want {want}, got {answer}: {true['why']}")
    none(wrong + [f"{key}: not in the truth: {answer}" for key, answer in sorted(got.items())])


def test_priorities(run: Run) -> None:
    """Every input of SSVC, and the outcome."""
    wrong = []
    for true in run.comparison.truth["priorities"]:
        want = {k: v for k, v in true.items() if k not in ("ref", "vulnerability")}
        got = run.comparison.priority(true["ref"], true["vulnerability"])
        if got != want:
            other = {k: (v, got.get(k)) for k, v in want.items() if got.get(k) != v}
            wrong.append(f"{true['ref']} {true['vulnerability']}: {other}")
    none(wrong)


class Proposed:
    """A measure of the program, as the truth speaks of it."""

    def __init__(self, comparison: Comparison, measure: Any) -> None:
        models = {m.id: m.product for m in comparison.picture.models}
        self.product = models.get(measure.model, measure.model)
        self.kind, self.authority = measure.kind.value, measure.authority.value
        said = [measure.args, *(b.args for b in measure.because)]
        named = {a.partition("=")[2] for args in said for a in args if a.startswith("document=")}
        read = {comparison.files.get(b.origin.partition("#")[0], "") for b in measure.because}
        self.documents = {comparison.cited(d) for d in named} | read


def proposed(run: Run) -> Iterator[Proposed]:
    return (Proposed(run.comparison, m) for m in run.comparison.picture.measures)


def test_measures(run: Run) -> None:
    """Each with its kind, who decides, and the document that it rests on."""
    given, wrong = list(proposed(run)), []
    for true in run.comparison.truth["measures"]:
        kinds = true["kind"] if isinstance(true["kind"], list) else [true["kind"]]
        authorities = true["authority"] if isinstance(true["authority"], list) else [true["authority"]]
        alike = [m for m in given if m.product == true["product"] and m.kind in kinds]
        found = [m for m in alike if m.authority in authorities]
        if true.get("forbidden"):
            wrong += [f"forbidden: {m.product} {m.kind} {m.authority}" for m in found]
        elif not any(true["document"] in ("", *m.documents) for m in found):
            wrong.append(f"{true}: {[(m.kind, m.authority, sorted(m.documents)) for m in alike]}")
    none(wrong)


def test_the_hospital_alone_only_where_the_truth_has_it(run: Run) -> None:
    allowed = {
        (t["product"], kind, t["document"])
        for t in run.comparison.truth["measures"]
        if not t.get("forbidden") and "hospital alone" in t["authority"]
        for kind in t["kind"]
    }
    wrong = [
        f"{m.product}: {m.kind} {sorted(m.documents)}"
        for m in proposed(run)
        if m.authority == "hospital alone" and not any((m.product, m.kind, d) in allowed for d in (*m.documents, ""))
    ]
    none(wrong)


def test_secrets(run: Run) -> None:
    """Passwords in cells are counted; they stand nowhere, nor do the people whom remarks name."""
    want = run.comparison.truth["secrets"]
    got = {run.comparison.files[r.id]: r.secrets for r in run.comparison.picture.readings}
    assert {name: count for name, count in got.items() if count or name in want} == want
    kept = "\n".join(repr(row) for kind in ROWS for row in run.store.rows(kind))
    assert [word for word in ("Zephyr2019!", "gds-rea42", "EXEMPLE", "MODÈLE") if word in kept] == []


def test_refusals_of_the_hospital(run: Run) -> None:
    """Its files are whole; only the blank form is said to be blank."""
    got = [(r.name.rsplit("/", 1)[-1], r.reason) for r in run.comparison.picture.refusals]
    assert got == [("Rein4.xlsx", "refusal.mds2_blank")]


def test_refusals_of_damaged_files(run: Run, damaged: list[Refusal]) -> None:
    """Whole, part or none of each file, for a reason of the right sort."""
    wrong, want = [], run.comparison.truth["refusals"]
    for file, true in want.items():
        mine = [r for r in damaged if file in r.name.split("/")]
        extent = "none" if not mine else "whole" if any(r.whole for r in mine) else "part"
        if extent not in true["extent"]:
            wrong.append(f"{file}: want {true['extent']}, got {extent}")
        wrong += [f"{file}: {r.reason}" for r in mine if not any(word in r.reason for word in true["reasons"])]
    others = [r.name for r in damaged if not any(file in r.name.split("/") for file in want)]
    none(wrong + others)


def test_cut_internet(run: Run) -> None:
    """Who loses what, where, over how many days."""
    comparison = run.comparison
    got = {(comparison.refs.get(row.device, row.name), row.peer): row for row in act.cut("internet", run.ground).rows}
    wrong = []
    for true in comparison.truth["cut_internet"]:
        row = got.pop((true["ref"], true["address"]), None)
        if row is None:
            wrong.append(f"{true['ref']}: missing")
        elif (row.service, row.ward, row.active_days) != (true["service"], true["ward"], true["days"]):
            wrong.append(f"{true}: {row}")
        elif row.watched_days != true["days"]:
            wrong.append(f"{true['ref']}: watched on {row.watched_days} days")
    none(wrong + sorted(map(str, got)))


def test_zones_not_observed(run: Run) -> None:
    """Nothing is said of VLANs that no sensor copied; the others were watched."""
    watch = Watch(run.comparison.picture.zones, run.comparison.picture.coverage)
    truth = run.comparison.truth
    silent = {int(z.vlan) for z in run.comparison.picture.zones if z.id not in watch.days}
    assert silent == set(truth["not_observed_vlans"])
    heard = {int(vlan) for c in run.comparison.picture.coverage for vlan in c.vlans}
    assert heard == {vlan for vlans in truth["coverage"].values() for vlan in vlans}
    unwatched = {u.name for u in act.cut("internet", run.ground).unknown if u.reason == "cut.unknown.zone"}
    assert unwatched == {z.name for z in run.comparison.picture.zones if z.id not in watch.days}
