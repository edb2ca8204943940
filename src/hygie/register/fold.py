"""Which value of a trait wins, and what the others say: precedence, attributes, completeness.

What comes in: the statements about one thing. What goes out: the winning statement of each trait (`winners`), or all of
them in order with the winner marked (`attributes`).

Precedence: a person before all. Software, firmware, operating system, addresses: as observed (when the reader was at
least half sure), then the manufacturer, then the hospital's tables, since those are typed once; a system's name that
says more goes before one that it agrees with ("Debian 12" in the GMAO, "Debian" on the wire). Everything else: the
hospital's tables, the GMAO before the tables of the network, then the manufacturer, then what was observed. Within one
speaker what a source says itself goes before what a rule concludes from its words; then the newer wins (of
conclusions the surer), then the surer, then the longer, then the first in alphabetical order: the order of reading is
nothing.
Observed and declared stay apart: what loses is kept as evidence and shown.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from hygie.model.evidence import Evidence, Reading, Speaker, Trait
from hygie.model.fleet import Device, Member
from hygie.model.rule import Conclusion
from hygie.register.described import versions, with_names
from hygie.register.naming import version
from hygie.register.subjects import Said, instant, is_live, line
from hygie.register.systems import is_family, says_more

AS_OBSERVED = frozenset(
    (
        Trait.VERSION,
        Trait.FIRMWARE,
        Trait.OS,
        Trait.OS_VERSION,
        Trait.HARDWARE_VERSION,
        Trait.IP,
        Trait.VLAN,
        Trait.SMB_OS,
    )
)
"""Traits on which traffic is believed before tables."""

MANY = frozenset(
    (
        Trait.MAC,
        Trait.IP,
        Trait.HOST_NAME,
        Trait.NETBIOS_NAME,
        Trait.AE_TITLE,
        Trait.SERVICE,
        Trait.DICOM_SOP_CLASS,
        Trait.DICOM_ROLE,
        Trait.HL7_MESSAGE,
        Trait.HL7_APPLICATION,
        Trait.MDNS_SERVICE,
        Trait.CLEARTEXT,
        Trait.TLS_VERSION,
        Trait.TLS_SUBJECT,
        Trait.TLS_JA3,
        Trait.TLS_JA4,
        Trait.HTTP_SERVER,
        Trait.SERVER_SOFTWARE,
        Trait.HTTP_USER_AGENT,
        Trait.VLAN,
        Trait.CPE,
        Trait.PURL,
        Trait.WSD_TYPE,
        Trait.OUI_MAKER,
        Trait.REMOTE_MAINTENANCE,
        Trait.WORKGROUP,
        Trait.PORT_AUTHENTICATION,
    )
)
"""Traits of which a device has several at once: none of them loses."""

REQUIRED: tuple[tuple[Trait, ...], ...] = (
    (Trait.DESIGNATION,),
    (Trait.COMMERCIAL_NAME, Trait.PRODUCT),
    (Trait.MANUFACTURER,),
    (Trait.SUPPLIER,),
    (Trait.SERIAL,),
    (Trait.LOCATION, Trait.WARD),
    (Trait.COMMISSIONED,),
)
"""What the register of a French hospital must hold for each device: any trait of a row will do.
Source: code de la santé publique, R5212-28."""

_DECLARED = {
    Speaker.PERSON: 0,
    Speaker.HOSPITAL: 1,
    Speaker.MANUFACTURER: 3,
    Speaker.OBSERVED: 4,
    Speaker.THIRD_PARTY: 5,
    Speaker.HYGIE: 6,
}
_OBSERVED = {
    Speaker.PERSON: 0,
    Speaker.OBSERVED: 1,
    Speaker.MANUFACTURER: 2,
    Speaker.HOSPITAL: 3,
    Speaker.THIRD_PARTY: 5,
    Speaker.HYGIE: 6,
}


class Attribute(NamedTuple):
    """One statement about a device, as `why` shows it."""

    trait: Trait
    value: str
    winner: bool
    origin: str
    """"<reading>#<place>"."""
    speaker: Speaker
    confidence: float
    raw: str
    """As the source has it."""
    source: str
    """Series of the reading."""
    dated: str
    rule: str = ""
    """Name of the rule that concluded it; "" where the source says it itself."""
    rule_origin: str = ""
    """Where the rule stands; "" where it comes with Hygie."""
    rule_source: str = ""
    """What the rule cites."""


def origin(e: Evidence) -> str:
    """Where a statement stands: "<reading>#<place>"."""
    return f"{e.reading}#{e.place}"


class Weights:
    """Ranks statements of the live readings; smaller is better."""

    def __init__(self, readings: Mapping[str, Reading]) -> None:
        self.readings = readings
        self._of: dict[str, tuple[int, int, int]] = {}
        for key, reading in readings.items():
            table = 1 if reading.speaker is Speaker.HOSPITAL and is_live(reading) else 0
            self._of[key] = (_DECLARED[reading.speaker] + table, _OBSERVED[reading.speaker], instant(reading.dated))

    def rank(self, e: Evidence) -> tuple[int, bool, int, float, int, int, str, str, str]:
        """Order of a statement among those of its trait."""
        declared, observed, dated = self._of[e.reading]
        place = observed if e.trait in AS_OBSERVED else declared
        if e.confidence < 0.5:
            place += 4
        concluded, when = isinstance(e, Conclusion), -(e.last or dated)
        first = 0 if concluded else when
        return place, concluded, first, -e.confidence, when, -len(e.value), e.value, e.reading, e.place

    def best(self, said: list[Evidence]) -> Evidence:
        """The statement that wins."""
        return said[0] if len(said) == 1 else min(fullest(said), key=self.rank)


def fullest(said: list[Evidence]) -> list[Evidence]:
    """Of names of operating systems those than which none that agrees says more; of other traits all."""
    if said[0].trait is not Trait.OS or len(said) == 1:
        return said
    names = {e.value for e in said}
    less = {name for name in names if any(says_more(other, name) for other in names)}
    return [e for e in said if e.value not in less]


def family_alone(said: Said, weights: Weights, version: str) -> bool:
    """Whether traffic alone tells the operating system, and no more than its family; `version`: what tells that."""
    e = weights.best(said[Trait.OS]) if Trait.OS in said else None
    if e is None or weights.readings[e.reading].speaker is not Speaker.OBSERVED:
        return False
    return is_family(e.value, version, isinstance(e, Conclusion))


def by_trait(said: Iterable[Evidence]) -> Said:
    """Statements that say something, by trait."""
    traits: Said = {}
    for e in said:
        if e.value:
            traits.setdefault(e.trait, []).append(e)
    return traits


def missing(said: Said) -> tuple[str, ...]:
    """R5212-28 items that nobody gave: the first trait of each row of `REQUIRED` without any statement."""
    return tuple(row[0].value for row in REQUIRED if not any(trait in said for trait in row))


def _of_members(
    device: Device, members: Iterable[Member], evidence: Iterable[Evidence], readings: Mapping[str, Reading]
) -> list[Evidence]:
    """The statements about the members of a device."""
    rows: dict[tuple[str, str], set[str]] = {}
    for member in members:
        if member.device == device.id:
            lines = [arg.removeprefix("row=") for arg in member.args if arg.startswith("row=")]
            rows.setdefault((member.source, member.subject), set()).update(lines or [""])
    said = []
    for e in evidence:
        reading = readings.get(e.reading)
        lines_of = rows.get((reading.source, e.subject)) if reading else None
        if lines_of is not None and ("" in lines_of or line(e.place) in lines_of):
            said.append(e)
    return said


def attributes(
    device: Device,
    members: Iterable[Member],
    evidence: Iterable[Evidence],
    readings: Mapping[str, Reading],
    conclusions: Iterable[Conclusion] = (),
) -> list[Attribute]:
    """All that is said of a device, by trait, the winner first.

    `evidence` and `conclusions` may hold other things' statements too: those of `members` and the device are taken.
    """
    said = _of_members(device, members, evidence, readings)
    weights = Weights(readings)
    found = []
    traits = with_names(by_trait(said))
    for one in conclusions:
        if one.device == device.id and one.reading in readings:
            traits.setdefault(one.trait, []).append(one)
    told = versions(traits, device.product)
    if told:
        traits.setdefault(Trait.VERSION, []).extend(told)
    own = {Trait.VERSION: version(device.version), Trait.FIRMWARE: version(device.firmware)}
    for trait, statements in sorted(traits.items()):
        chosen = own.get(trait)
        full = {e.value for e in fullest(statements)}
        ranked = sorted(
            statements,
            key=lambda e: (chosen is not None and version(e.value) != chosen, e.value not in full, weights.rank(e)),
        )
        for e in ranked:
            reading = readings[e.reading]
            wins = chosen is None or version(e.value) == chosen
            winner = trait in MANY or (wins and e.value == ranked[0].value)
            found.append(
                Attribute(
                    trait,
                    e.value,
                    winner,
                    origin(e),
                    reading.speaker,
                    e.confidence,
                    e.raw,
                    reading.source,
                    reading.dated,
                    *((e.rule, e.rule_origin, e.source) if isinstance(e, Conclusion) else ()),
                )
            )
    return found
