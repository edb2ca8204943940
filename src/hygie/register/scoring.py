"""How often the register is right on devices that a person checked by hand: coverage, precision, calibration.

What comes in: labels, the register with its evidence, and the register as traffic alone would make it. What goes out:
`Score`, for the hospital alone, and from it `figures` that name no device.

Figures stand twice: "all" for what every source together says, "traffic" for what captures alone say of the devices
that they met. `known`: labels that say the attribute. `answered`: of these, those of which the register says something.
`correct` and `wrong` part those. Coverage is answered over known, precision correct over answered. The calibration
error is the expected one: answers in tenths of confidence, the gap between mean confidence and share that is right,
weighted by their number. The first row, "device", counts the labels and those whose device was found (of "traffic":
met).

What counts as right is strict: see `same`.
Source: Naeini, Cooper, Hauskrecht, Obtaining Well Calibrated Probabilities Using Bayesian Binning (2015), section 2.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from hygie.model.evidence import Evidence, Reading, Speaker
from hygie.model.fleet import Device, Member
from hygie.model.label import ATTRIBUTES, Label
from hygie.model.rule import Conclusion
from hygie.names.maker import Makers
from hygie.register import Ground, attributes, build, keys
from hygie.register.answers import Told, answers
from hygie.register.likeness import Same

BINS = 10
ALL, TRAFFIC = "all", "traffic"
DEVICE = "device"
"""The attribute of the first row: that the device itself was found."""


class Figure(NamedTuple):
    """One row of what may be shared."""

    basis: str
    """`ALL` or `TRAFFIC`."""
    attribute: str
    known: int
    answered: int
    correct: int | None
    """None in the first row."""
    wrong: int | None
    coverage: float | None
    """0 to 1; None where nothing is known."""
    precision: float | None
    """0 to 1; None where nothing is answered."""
    calibration_error: float | None
    """0 to 1; None where nothing is answered."""


class Judged(NamedTuple):
    """One thing that a person knows of one device, and what the register says of it; for the hospital's own eyes."""

    place: str
    """Row of the list."""
    basis: str
    device: str
    attribute: str
    known: str
    """As the person wrote it."""
    told: str = ""
    """"" where the register says nothing."""
    confidence: float = 0.0
    origin: str = ""
    right: bool = False


class Score(NamedTuple):
    """What came out."""

    labels: int
    """Labels that stand for one device each: without those of `twice`."""
    met: dict[str, int]
    """Basis -> labels whose device was found; of traffic: met by it."""
    judged: list[Judged]
    missing: list[Label]
    """Labels that name no device of the register."""
    doubtful: list[Label]
    """Labels whose keys name several devices, or different ones."""
    twice: list[Label]
    """Labels whose device stood in a line before."""
    unclear: list[Label]
    """Labels whose kind is in words that mean no clinical kind; the rest of them counts."""

    @property
    def wrong(self) -> list[Judged]:
        """Answers that are not what the person wrote."""
        return [one for one in self.judged if one.told and not one.right]


class Known(NamedTuple):
    """A register with what it rests on."""

    devices: Sequence[Device]
    members: Sequence[Member]
    evidence: Sequence[Evidence]
    readings: Mapping[str, Reading]
    conclusions: Sequence[Conclusion] = ()

    def answered(self, wanted: Iterable[str]) -> dict[str, dict[str, Told]]:
        """Answers of the devices of these ids."""
        devices = {device.id: device for device in self.devices}
        of: dict[str, list[Member]] = {ident: [] for ident in wanted if ident in devices}
        owners: dict[tuple[str, str], list[str]] = defaultdict(list)
        for member in self.members:
            if member.device in of:
                of[member.device].append(member)
                owners[member.source, member.subject].append(member.device)
        said: dict[str, list[Evidence]] = defaultdict(list)
        for e in self.evidence:
            reading = self.readings.get(e.reading)
            for owner in owners.get((reading.source, e.subject), ()) if reading else ():
                said[owner].append(e)
        drawn: dict[str, list[Conclusion]] = defaultdict(list)
        for one in self.conclusions:
            drawn[one.device].append(one)
        return {
            ident: answers(devices[ident], attributes(devices[ident], joined, said[ident], self.readings, drawn[ident]))
            for ident, joined in of.items()
        }


def by_traffic(ground: Ground) -> Known:
    """The register that captures alone would make: no table, no form, no person's word."""
    heard = {key for key, reading in ground.readings.items() if reading.speaker is Speaker.OBSERVED}
    evidence = [e for e in ground.evidence if e.reading in heard]
    readings = {key: ground.readings[key] for key in heard}
    told = {rule.reading for rule in ground.rules}
    with_rules = readings | {key: ground.readings[key] for key in told if key in ground.readings}
    made = build(
        Ground(
            evidence, with_rules, coverage=ground.coverage, flows=ground.flows, makers=ground.makers, rules=ground.rules
        )
    )
    return Known(made.devices, made.members, evidence, readings, made.conclusions)


def score(labels: Iterable[Label], register: Known, traffic: Known, makers: Makers, site: str = "") -> Score:
    """Holds the labels against the register. `site`: only devices of this one are looked for; "" all."""
    index = _Index(device for device in register.devices if site in ("", device.site))
    missing: list[Label] = []
    doubtful: list[Label] = []
    twice: list[Label] = []
    found: dict[str, Label] = {}
    for label in labels:
        ids = index.find(label)
        if len(ids) == 1 and (ident := next(iter(ids))) not in found:
            found[ident] = label
        else:
            (missing if not ids else doubtful if len(ids) > 1 else twice).append(label)
    met = _met(found, register, traffic)
    same = Same(makers)
    judged = list(_judged(ALL, found, register.answered(found), same))
    judged += _judged(TRAFFIC, {ident: found[ident] for ident in found if ident in met}, _heard(met, traffic), same)
    unclear = [label for label in found.values() if same.unclear(label)]
    total = len(found) + len(missing) + len(doubtful)
    return Score(total, {ALL: len(found), TRAFFIC: len(met)}, judged, missing, doubtful, twice, unclear)


class _Index:
    """Devices by what names them."""

    def __init__(self, devices: Iterable[Device]) -> None:
        self._of: dict[tuple[str, str], set[str]] = defaultdict(set)
        for device in devices:
            for key in _names(device):
                self._of[key].add(device.id)

    def find(self, label: Label) -> set[str]:
        """Ids of the devices that all keys which name any agree on; of all of them where they do not agree."""
        hits = [ids for trait, text in label.keys if (ids := self._of.get((trait, _normal(trait, text))))]
        if not hits:
            return set()
        return set.intersection(*hits) or set.union(*hits)


_NORMAL = {"inventory_number": keys.inventory, "serial_number": keys.serial, "mac": keys.mac, "host_name": keys.host}


def _normal(trait: str, text: str) -> str:
    return _NORMAL[trait](text) if trait in _NORMAL else text


def _names(device: Device) -> Iterator[tuple[str, str]]:
    """(trait, normal form) of all that names a device."""
    yield from (("mac", mac) for mac in device.macs)
    yield from (("ip", address) for address in device.addresses)
    for trait, texts in (
        ("inventory_number", (device.inventory,)),
        ("serial_number", (device.serial,)),
        ("host_name", device.host_names),
    ):
        yield from ((trait, name) for text in texts if (name := _normal(trait, text)))


def _met(found: Iterable[str], register: Known, traffic: Known) -> dict[str, list[str]]:
    """Device -> ids under which traffic alone knows it."""
    alone = {(m.source, m.subject): m.device for m in traffic.members}
    wanted = set(found)
    met: dict[str, list[str]] = {}
    for member in register.members:
        ident = alone.get((member.source, member.subject)) if member.device in wanted else None
        if ident is not None and ident not in met.setdefault(member.device, []):
            met[member.device].append(ident)
    return met


def _heard(met: Mapping[str, list[str]], traffic: Known) -> dict[str, dict[str, Told]]:
    """Answers of traffic alone; where it knows a device as several, the surest of each attribute."""
    told = traffic.answered({ident for several in met.values() for ident in several})
    heard: dict[str, dict[str, Told]] = {}
    for ident, several in met.items():
        best = heard.setdefault(ident, {})
        for one in several:
            for attribute, answer in told[one].items():
                if attribute not in best or answer.confidence > best[attribute].confidence:
                    best[attribute] = answer
    return heard


def _judged(
    basis: str, those: Mapping[str, Label], answered: Mapping[str, Mapping[str, Told]], same: Same
) -> Iterator[Judged]:
    """All that is known of the devices of these ids; kinds in words that mean none are left out."""
    for ident, label in those.items():
        for attribute, text in label.known:
            if attribute == "kind" and not same.kind(text):
                continue
            row = Judged(label.place, basis, ident, attribute, text)
            told = answered.get(ident, {}).get(attribute)
            if told is not None:
                shown, right = ", ".join((told.value, *told.also)), same(attribute, text, told, label)
                row = row._replace(told=shown, confidence=told.confidence, origin=told.origin, right=right)
            yield row


def figures(scores: Sequence[Score]) -> list[Figure]:
    """What may be shared, of one list or of several together: counts and shares, nothing that names a device."""
    made = []
    for basis in (ALL, TRAFFIC):
        total, met = sum(one.labels for one in scores), sum(one.met[basis] for one in scores)
        made.append(Figure(basis, DEVICE, total, met, None, None, _share(met, total), None, None))
        rows = [row for one in scores for row in one.judged if row.basis == basis]
        made += [_figure(basis, attribute, [r for r in rows if r.attribute == attribute]) for attribute in ATTRIBUTES]
    return made


def _figure(basis: str, attribute: str, rows: Sequence[Judged]) -> Figure:
    answered = [(row.confidence, row.right) for row in rows if row.told]
    count, correct = len(answered), sum(right for _, right in answered)
    shares = _share(count, len(rows)), _share(correct, count), calibration_error(answered)
    return Figure(basis, attribute, len(rows), count, correct, count - correct, *shares)


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None


def calibration_error(rows: Sequence[tuple[float, bool]]) -> float | None:
    """Expected calibration error, 0 to 1, of (confidence, right); None for no rows."""
    if not rows:
        return None
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in rows:
        bins[min(int(confidence * BINS), BINS - 1)].append((confidence, right))
    gaps = (abs(sum(sure for sure, _ in rows_) - sum(right for _, right in rows_)) for rows_ in bins.values())
    return round(sum(gaps) / len(rows), 3)
