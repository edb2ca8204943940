"""What a device is for: its clinical kind, and where that comes from.

What comes in: the statements about one device. What goes out: kind (key of facts' table) and source:
"evidence:<reading>#<place>" where a source or a person names the kind itself, else "presumed:<rule>".

Rules, in this order: the designation's words; product or commercial name; the hospital's own rules, and the surest of
those that come with Hygie; the images that it sends (DICOM SOP classes); its part in DICOM; its role; what it says of
itself by SNMP or HL7; BACnet; the other rules. A designation that names a part of a device or a thing that is no kind
of ours ends the search: better unknown than wrong.

Two kinds of device make images of one class (a catheterisation room and a C-arm, a fixed and a mobile X-ray unit). What
it is called tells which, where its name does; else the more frequent one is told, with the confidence of such a guess.

To add a rule: one function in `RULES`.
Source: DICOM PS3.4 table B.5-1 (storage SOP classes).
"""

from collections.abc import Callable, Mapping

from hygie.facts import functions
from hygie.model.evidence import Decision, Evidence, Speaker, Trait
from hygie.model.rule import Conclusion
from hygie.register import keys
from hygie.register.fold import Weights, origin
from hygie.register.subjects import Said, named

_IMAGES = {
    "1": "radiography",
    "1.1": "radiography",
    "1.2": "mammography",
    "13.1.3": "mammography",
    "2": "ct_scanner",
    "3.1": "ultrasound",
    "4": "mri",
    "6.1": "ultrasound",
    "6.2": "ultrasound",
    "9.1.1": "ecg_cart",
    "9.1.2": "ecg_cart",
    "9.1.3": "holter",
    "9.2.1": "cath_lab",
    "9.3.1": "electrophysiology",
    "12.1": "cath_lab",
    "12.2": "c_arm",
    "20": "gamma_camera",
    "77.1.1": "endoscopy_column",
    "77.1.5": "ophthalmic_imaging",
    "77.1.6": "slide_scanner",
    "78": "ophthalmic_imaging",
    "128": "pet_ct",
    "130": "pet_ct",
    "481.1": "linac",
    "481.5": "treatment_planning",
}
"""Storage SOP class after "1.2.840.10008.5.1.4.1.1.", or its beginning -> kind of what makes such objects."""

_ANGIO = ("coro", "cath", "angio", "hemodyn", "artis", "azurion", "allura")
_ARMS = ("arceau", "carm", "bloc", "ampli", "scopie", "oec", "cios", "ziehm")
_SHARED = {
    "radiography": {"mobile_xray": ("mob", "portable", "chevet", "bedside"), "radiography": ("salle", "table")},
    "cath_lab": {"c_arm": _ARMS, "cath_lab": _ANGIO},
    "c_arm": {"c_arm": _ARMS, "cath_lab": _ANGIO, "radiography": ("rx", "table", "tele", "radio")},
}
"""Kind by the class of images -> the kinds that make such images: beginnings of words of their names, in hospitals."""

_STORAGE = "1.2.840.10008.5.1.4.1.1."

_QUERY = "1.2.840.10008.5.1.4.1.2."
"""Query and retrieve SOP classes (PS3.4 annex C)."""

_PARTS = {
    "archive": "pacs",
    "worklist": "worklist_server",
    "printer": "dicom_printer",
    "workstation": "imaging_workstation",
}
"""Part in DICOM -> kind; a modality may be any."""


_ON_NETWORK = (Trait.IP, Trait.MAC, Trait.AE_TITLE, Trait.HOST_NAME)
"""What only a thing that may be connected has."""
_OWN = (Trait.INVENTORY, Trait.SERIAL, Trait.MAC, Trait.IP)
"""What tells one thing from another, in order."""


def _designation(said: Said, weights: Weights) -> str | None:
    found = said.get(Trait.DESIGNATION)
    if not found:
        return None
    kind, phrase = named(weights.best(found).value, *_where(said, weights))
    return kind if kind or phrase else None


def _where(said: Said, weights: Weights) -> tuple[str, str]:
    """Maker and ward, which tell what an ambiguous word means."""
    maker, ward = (weights.best(said[t]).value if t in said else "" for t in (Trait.MANUFACTURER, Trait.WARD))
    return maker, ward


def _product(said: Said, weights: Weights) -> str | None:
    for trait in (Trait.PRODUCT, Trait.COMMERCIAL_NAME):
        if trait in said:
            kind = named(weights.best(said[trait]).value, *_where(said, weights))[0]
            if kind:
                return kind
    return None


def _images(said: Said, _: Weights) -> str | None:
    """The kind that alone makes its images, or that its name tells among those that do."""
    kind = _sent(said)
    others = _SHARED.get(kind or "", {})
    if not kind or not others:
        return kind
    words = _called(said)
    named = [one for one, stems in others.items() if any(word.startswith(stems) for word in words)]
    return named[0] if len(named) == 1 else None


def _images_of_several(said: Said, _: Weights) -> str | None:
    """The most frequent of the kinds that make its images."""
    return _sent(said)


def _called(said: Said) -> set[str]:
    """Words of the names that it bears on the network, without the figures behind them."""
    texts = (e.value for trait in _CALLED for e in said.get(trait, ()))
    return {word.rstrip("0123456789") for text in texts for word in keys.folded(text.partition(".")[0]).split()}


_CALLED = (Trait.HOST_NAME, Trait.AE_TITLE, Trait.STATION_NAME, Trait.NETBIOS_NAME)


def _sent(said: Said) -> str | None:
    """The kind by the one class of images that it sends and does not keep."""
    sent, kept = set(), False
    for e in said.get(Trait.DICOM_SOP_CLASS, ()):
        uid, part = (*e.value.split(" ", 1), "")[:2]
        if uid.startswith(_STORAGE):
            kept = kept or part == "scp"
            if part == "scu":
                sent.add(_made_by(uid.removeprefix(_STORAGE)))
    sent.discard("")
    return sent.pop() if len(sent) == 1 and not kept else None


def _made_by(rest: str) -> str:
    parts = rest.split(".")
    return next((_IMAGES[key] for end in range(len(parts), 0, -1) if (key := ".".join(parts[:end])) in _IMAGES), "")


def _part(said: Said, _: Weights) -> str | None:
    parts = {e.value for e in said.get(Trait.DICOM_ROLE, ()) if e.confidence >= 0.5}
    if {"archive", "workstation"} <= parts and not _answers_queries(said):
        parts.discard("archive")
    return next((kind for part, kind in _PARTS.items() if part in parts), None)


def _answers_queries(said: Said) -> bool:
    """Whether it answers queries for images; a workstation that fetches images stores them too, an archive answers."""
    return any(e.value.startswith(_QUERY) and e.value.endswith(" scp") for e in said.get(Trait.DICOM_SOP_CLASS, ()))


def _own_words(said: Said, weights: Weights) -> str | None:
    """The role that a table gives, and what it says of itself; serving names or time on the network is no kind."""
    declared = [e for e in said.get(Trait.ROLE, ()) if not _is_observed(e, weights)]
    own = [said[t] for t in (Trait.SNMP_DESCRIPTION, Trait.HL7_APPLICATION, Trait.LLDP_DESCRIPTION) if t in said]
    for statements in (declared, *own):
        kind = named(weights.best(statements).value)[0] if statements else ""
        if kind:
            return kind
    return None


def _network_part(said: Said, weights: Weights) -> str | None:
    """The part that it plays on the network by its own words; a telephone with a second socket is a switch, too."""
    roles = {e.value for e in said.get(Trait.ROLE, ()) if _is_observed(e, weights) and e.confidence >= 0.7}
    return next((kind for role, kind in _ROLES.items() if role in roles), None)


def _building(said: Said, _: Weights) -> str | None:
    return "building_management" if Trait.BACNET_DEVICE in said else None


def _announced(said: Said, weights: Weights) -> str | None:
    """What it calls itself on the network, by a nomenclature: the word of a hub may be that of a device behind it."""
    heard = [e for e in said.get(Trait.KIND, ()) if _is_observed(e, weights) and not isinstance(e, Conclusion)]
    return weights.best(heard).value if heard else None


def _house_rule(said: Said, weights: Weights) -> str | None:
    """What the hospital's own rules conclude."""
    return _best(said, lambda e: _speaker_of(e, weights) is Speaker.HOSPITAL)


def _sure_rule(said: Said, _: Weights) -> str | None:
    """What a rule concludes that is nearly always right."""
    return _best(said, lambda e: e.confidence >= _SURE_RULE)


def _rule(said: Said, _: Weights) -> str | None:
    """What another rule concludes."""
    return _best(said, lambda e: e.confidence >= _LEAST)


def _best(said: Said, counts: Callable[[Conclusion], bool]) -> str | None:
    """The surest kind that rules conclude; None where two of them are as sure."""
    found = [e for e in said.get(Trait.KIND, ()) if isinstance(e, Conclusion) and counts(e)]
    top = {e.value for e in found if e.confidence == max(e.confidence for e in found)}
    return top.pop() if len(top) == 1 else None


def _speaker_of(e: Conclusion, weights: Weights) -> Speaker | None:
    """Who wrote the rule; None where it comes with Hygie."""
    reading = weights.readings.get(e.rule_origin.partition("#")[0])
    return reading.speaker if reading else None


_SURE_RULE = 0.9
_LEAST = 0.3


def _is_observed(e: Evidence, weights: Weights) -> bool:
    return weights.readings[e.reading].speaker is Speaker.OBSERVED


_ROLES = {
    "ip phone": "ip_phone",
    "access point": "network_equipment",
    "switch": "network_equipment",
    "router": "network_equipment",
    "domain controller": "server",
}
"""Role -> kind, the most telling first."""
NONE_OF_THEM = "other"
"""A person's word that a designation names none of our kinds."""

RULES: dict[str, Callable[[Said, Weights], str | None]] = {
    "designation": _designation,
    "product": _product,
    "announced": _announced,
    "house_rule": _house_rule,
    "sure_rule": _sure_rule,
    "dicom_images": _images,
    "dicom_images_shared": _images_of_several,
    "dicom_role": _part,
    "own_words": _own_words,
    "bacnet": _building,
    "network_role": _network_part,
    "rule": _rule,
}
"""Name of the rule -> kind, "" for "none of ours", None where it has nothing to say; in order."""


def kind_of(said: Said, weights: Weights, decisions: Mapping[str, Decision]) -> tuple[str, str]:
    """Clinical kind of a device and its source; ("", "") unknown."""
    told = [e for e in said.get(Trait.KIND, ()) if not _is_observed(e, weights) and not isinstance(e, Conclusion)]
    if told:
        best = weights.best(told)
        return best.value, f"evidence:{origin(best)}"
    decided = _decided(said, weights, decisions)
    if decided is not None and decided.answer in functions.functions():
        return decided.answer, f"evidence:{decided.reading}#{decided.place}"
    for rule, says in RULES.items():
        if rule == "designation" and decided is not None and decided.answer == NONE_OF_THEM:
            continue
        kind = says(said, weights)
        if kind is not None:
            return kind, f"presumed:{rule}" if kind else ""
    return "", ""


def _decided(said: Said, weights: Weights, decisions: Mapping[str, Decision]) -> Decision | None:
    """What a person said of its designation; None where nobody did, or where it means something else here."""
    if not decisions or Trait.DESIGNATION not in said:
        return None
    found = decisions.get(question_id(asked_as(said, weights)))
    if found is None or functions.elsewhere(weights.best(said[Trait.DESIGNATION]).value, *_where(said, weights)):
        return None
    return found


def possible(said: Said, weights: Weights) -> tuple[str, ...]:
    """Kinds that its designation may mean, where maker and ward leave it open."""
    return functions.possible(weights.best(said[Trait.DESIGNATION]).value, *_where(said, weights))


def is_nameless(said: Said, weights: Weights) -> bool:
    """That its designation says nothing of what it is for, and that there are signs that it is on a network."""
    return functions.is_vague(weights.best(said[Trait.DESIGNATION]).value) and any(t in said for t in _ON_NETWORK)


def asked_as(said: Said, weights: Weights) -> str:
    """The words under which its kind is asked: its designation; where that says nothing, its maker and product beside
    it, or its own number, since whatever is called so shares nothing."""
    designation = weights.best(said[Trait.DESIGNATION]).value
    if not functions.is_vague(designation):
        return designation
    model = [weights.best(said[t]).value for t in (Trait.MANUFACTURER, Trait.PRODUCT) if t in said]
    own = next((weights.best(said[t]).value for t in _OWN if t in said), "")
    return " ".join(filter(None, (designation, *(model if Trait.PRODUCT in said else (*model, own)))))


def question_id(designation: str) -> str:
    """Id of the question what a designation means."""
    return f"kind:{keys.folded(designation)}"
