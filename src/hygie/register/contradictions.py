"""Where sources say different things of one device: both are kept and shown, a person decides.

What comes in: drafts with all their statements, zones, bindings, flows, MDS2 answers. What goes out: `Contradiction`
rows, at most one for each device, trait and reason, in order.

To add a check: one function in `CHECKS` (on one device), or in `forms` (what a maker's form says against traffic).
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from rapidfuzz.fuzz import token_set_ratio

from hygie.model.evidence import Evidence, Speaker, Trait
from hygie.model.fleet import Contradiction, Zone
from hygie.model.rule import Conclusion
from hygie.register import keys
from hygie.register.devices import Draft, Workshop, as_written
from hygie.register.fold import origin
from hygie.register.software import same_version
from hygie.register.subjects import is_live

_GONE = frozenset(("disposed", "out of service"))
_NOT_FOR_CARE = ("guest", "invite", "internet", "administration", "bureautique", "public", "office")
"""Words of a zone's use that are no place for a medical device (folded)."""
_NOT_MEDICAL = frozenset(
    ("", "workstation", "server", "network_equipment", "printer", "ip_phone", "building_management")
)

_OF_ANY = frozenset(
    "biomed biomedical biomedicaux biomedicale medical medicaux dm dmc dispositif equipement equipment device iot iomt "
    "informatique serveur server dsi datacenter wifi telephonie impression imprimante printer gtb gtc technique pool "
    "batiment bat building pavillon aile etage niveau floor site campu tour pompe pump perfusion infusion monitorage "
    "monitoring moniteur monitor telemetrie telemetry scope respirateur ventilator ecg".split()
)
"""Words (folded, without a plural's s) of a zone that gathers devices of all wards."""
_LABORATORY = (
    "chemistry_analyser haematology_analyser coagulation_analyser microbiology_analyser blood_gas_analyser "
    "glucose_meter lab_middleware lis slide_scanner blood_bank_fridge temperature_monitoring"
)
_IMAGING = (
    "cath_lab ct_scanner mri radiography mobile_xray c_arm mammography ultrasound gamma_camera pet_ct linac pacs "
    "contrast_injector bone_densitometer worklist_server imaging_workstation dicom_printer ophthalmic_imaging "
    "endoscopy_column electrophysiology slide_scanner treatment_planning"
)
_TECHNIQUES = {
    **dict.fromkeys(("imag", "radiolog", "radio", "dicom", "pac"), _IMAGING),
    **dict.fromkeys(("labo", "lab", "biolog", "biochim", "hematolog", "bacteriolog", "anatom"), _LABORATORY),
    "echo": "ultrasound",
    "pharmac": "pharmacy_robot dispensing_cabinet blood_bank_fridge temperature_monitoring",
    "dialys": "dialysis_machine dialysis_water",
    "endoscop": "endoscopy_column endoscope_washer",
    "sterilis": "steriliser washer_disinfector endoscope_washer",
    "radiother": "linac treatment_planning brachytherapy ct_scanner imaging_workstation",
    "nucleaire": "gamma_camera pet_ct imaging_workstation",
    "cardio": "ultrasound ecg_cart holter stress_test telemetry cath_lab electrophysiology patient_monitor",
    "anesth": "anaesthesia_machine patient_monitor",
    "exploration": "ecg_cart holter stress_test eeg pulmonary_function ultrasound",
}
"""Beginning of a word of a zone's name that may be a ward's and a technique's -> kinds of that technique."""


class Setting(NamedTuple):
    """What the checks look at beside the device."""

    shop: Workshop
    zones: dict[str, Zone]
    wards: dict[str, tuple[str, ...]]
    """Site -> folded names of its wards."""


Check = Callable[[Draft, Setting], Iterator[Contradiction]]


def _differing(trait: Trait, equal: Callable[[str, str, Setting], bool]) -> Check:
    """A check that compares the winner of a trait with what every other source says of it."""

    def check(draft: Draft, setting: Setting) -> Iterator[Contradiction]:
        said = draft.said.get(trait, ())
        if len(said) < 2 or len({e.value for e in said}) < 2:
            return
        weights, readings = setting.shop.weights, setting.shop.readings
        ranked = sorted((e for e in said if e.confidence >= _least(e)), key=weights.rank)
        against: dict[str, Evidence] = {}
        for e in ranked[1:]:
            if readings[e.reading].source == readings[ranked[0].reading].source and not readings[e.reading].snapshot:
                continue
            if not equal(ranked[0].value, e.value, setting):
                against.setdefault(readings[e.reading].source, e)
        if against:
            other = min(against.values(), key=weights.rank)
            yield _row(draft, trait, ranked[0], other, _reason(trait, ranked[0], other, setting))

    return check


def _least(e: Evidence) -> float:
    """Confidence from which a statement may contradict: what a rule concludes has to be surer."""
    return 0.8 if isinstance(e, Conclusion) else 0.5


def _reason(trait: Trait, one: Evidence, other: Evidence, setting: Setting) -> str:
    """Observed against declared, or two declarations."""
    speakers = {setting.shop.readings[e.reading].speaker for e in (one, other)}
    observed = Speaker.OBSERVED in speakers and len(speakers) > 1
    return f"contradiction.{'observed' if observed else 'declared'}.{trait.value}"


def _row(draft: Draft, trait: Trait, one: Evidence, other: Evidence, reason: str) -> Contradiction:
    return Contradiction(draft.id, trait.value, one.value, origin(one), other.value, origin(other), reason)


def _same_maker(one: str, other: str, setting: Setting) -> bool:
    """One maker, or one name with which the other begins: "Norvane" does not deny "Norvane Imaging"."""
    short, long = sorted((setting.shop.naming.key(one), setting.shop.naming.key(other)), key=len)
    return long == short or long.startswith(short + " ")


def _same_product(one: str, other: str, _: Setting) -> bool:
    left, right = keys.folded(one), keys.folded(other)
    return keys.compact(one) == keys.compact(other) or token_set_ratio(left, right) >= 85


def _same_version(one: str, other: str, _: Setting) -> bool:
    return same_version(one, other)


def _same_serial(one: str, other: str, _: Setting) -> bool:
    return keys.serial(one) == keys.serial(other)


def _same_words(one: str, other: str, _: Setting) -> bool:
    left, right = keys.folded(one), keys.folded(other)
    return left == right or token_set_ratio(left, right) >= 90


def _gone_but_seen(draft: Draft, setting: Setting) -> Iterator[Contradiction]:
    """Out of service in the GMAO, and met on the network since."""
    said = draft.said.get(Trait.STATUS)
    best = setting.shop.weights.best(said) if said else None
    if best is not None and best.value in _GONE and draft.live:
        met = _met(draft, setting)
        if met is not None:
            yield _row(draft, Trait.STATUS, best, met, "contradiction.gone_but_seen")


def _denied_but_seen(draft: Draft, setting: Setting) -> Iterator[Contradiction]:
    """A source says that it is not connectable, and it was met on the network."""
    for e in sorted(draft.said.get(Trait.CONNECTABLE, ()), key=setting.shop.weights.rank)[:1]:
        met = _met(draft, setting) if e.value == "no" and draft.live else None
        if met is not None:
            yield _row(draft, Trait.CONNECTABLE, e, met, "contradiction.denied_but_seen")


def _met(draft: Draft, setting: Setting) -> Evidence | None:
    """Newest statement that shows it on the network."""
    readings = setting.shop.readings
    found = [e for trait in (Trait.IP, Trait.MAC) for e in draft.said.get(trait, ()) if is_live(readings[e.reading])]
    return min(found, key=setting.shop.weights.rank) if found else None


def _ward_and_zone(draft: Draft, setting: Setting) -> Iterator[Contradiction]:
    """Its address lies in a zone that bears another ward's name, or that is no place for care."""
    zone = setting.zones.get(draft.zone)
    where = [e for e in draft.said.get(Trait.IP, ()) if setting.shop.plan.find(draft.site, e.value) == draft.zone]
    if zone is None or not where or zone.source != "plan":
        return
    met = min(where, key=setting.shop.weights.rank)
    told = draft.said.get(Trait.WARD)
    name = f" {keys.folded(zone.name)} "
    if told and not _gathers(zone, draft.kind):
        best = setting.shop.weights.best(told)
        own = {word for e in told for word in keys.folded(e.value).split()}
        others = [w for w in setting.wards.get(draft.site, ()) if f" {w} " in name and not own & set(w.split())]
        if others and not any(len(word) > 3 and f" {word} " in name for word in own):
            yield Contradiction(
                draft.id, Trait.WARD.value, best.value, origin(best), zone.name, origin(met), "contradiction.ward_zone"
            )
    if draft.kind not in _NOT_MEDICAL and any(w in f"{name}{keys.folded(zone.use)}" for w in _NOT_FOR_CARE):
        at = f"{zone.name} {zone.use}".strip()
        one = (draft.kind, draft.kind_source.removeprefix("evidence:"))
        yield Contradiction(draft.id, Trait.ZONE_USE.value, *one, at, origin(met), "contradiction.zone_use")


def _gathers(zone: Zone, kind: str) -> bool:
    """That a zone bears the name of a technique, a kind of device or a building, and may hold such a device of any
    ward: a mobile ultrasound of the emergency ward belongs into the VLAN "Imagerie". A kind that nobody knows may be
    of it, too."""
    words = {word.rstrip("s") for text in (zone.name, zone.use) for word in keys.folded(text).split()}
    if words & _OF_ANY:
        return True
    gathered = [kinds for stem, kinds in _TECHNIQUES.items() if any(word.startswith(stem) for word in words)]
    return bool(gathered) and (kind in _NOT_MEDICAL or any(kind in kinds.split() for kinds in gathered))


CHECKS: tuple[Check, ...] = (
    _differing(Trait.MANUFACTURER, _same_maker),
    _differing(Trait.PRODUCT, _same_product),
    _differing(Trait.VERSION, _same_version),
    _differing(Trait.SERIAL, _same_serial),
    _differing(Trait.INVENTORY, lambda one, other, _: keys.inventory(one) == keys.inventory(other)),
    _differing(Trait.WARD, _same_words),
    _gone_but_seen,
    _denied_but_seen,
    _ward_and_zone,
)


def _number(draft: Draft, shop: Workshop) -> str:
    """Its inventory number as the hospital writes it, else its key."""
    said = draft.said.get(Trait.INVENTORY)
    return as_written(shop.weights.best(said)) if said else draft.key


def shared_serials(shop: Workshop, drafts: Iterable[Draft]) -> list[Contradiction]:
    """One maker's serial number on devices that other keys keep apart."""
    by_root = {draft.root: draft for draft in drafts}
    found = set()
    for doubt in shop.groups.doubts:
        one, other = (by_root.get(shop.groups.root(i)) for i in (doubt.left, doubt.right))
        if doubt.reason != "link.serial" or one is None or other is None or one is other:
            continue
        left, right = sorted((one, other), key=lambda draft: draft.key)
        first, second = (shop.weights.best(draft.said[Trait.SERIAL]) for draft in (left, right))
        told = [f"{e.value} ({_number(d, shop)})" for e, d in ((first, left), (second, right))]
        row = (left.id, Trait.SERIAL.value, told[0], origin(first), told[1], origin(second))
        found.add(Contradiction(*row, "contradiction.shared_serial"))
    return list(found)


def contradict(shop: Workshop, drafts: Iterable[Draft]) -> list[Contradiction]:
    """All contradictions that devices' own statements hold."""
    drafts = list(drafts)
    wards: dict[str, set[str]] = {}
    for draft in drafts:
        for e in draft.said.get(Trait.WARD, ()):
            ward = keys.folded(e.value)
            if len(ward) > 3:
                wards.setdefault(draft.site, set()).add(ward)
    setting = Setting(shop, shop.plan.zones, {site: tuple(sorted(names)) for site, names in wards.items()})
    rows = [row for draft in drafts for check in CHECKS for row in check(draft, setting)]
    return rows + shared_serials(shop, drafts)
