"""What a flaw does and how it is reached, as the records of one vulnerability say.

What comes in: `Vulnerability` rows of one id. What goes out: `Flaw`: exploitation and automatable as recorded, and what
the CVSS vectors (versions 2, 3, 4) say.

Several records may speak of one vulnerability. Where they differ, the graver word wins: "does not touch integrity or
availability" counts only where every vector says so.
Source: CVSS 2.0, 3.0, 3.1, 4.0 (metrics); CISA's SSVC values in CVE records.
"""

from collections.abc import Iterable
from typing import NamedTuple

from hygie.model.knowledge import Vulnerability

YES, NO, UNSAID = "yes", "no", ""

_CREDENTIALS = frozenset(f"CWE-{n}" for n in (255, 256, 257, 258, 259, 260, 321, 521, 522, 523, 798, 1188, 1392, 1393))
"""Weaknesses that give away a credential: what leaks opens the device, whatever the vector says of integrity."""

_ORDER = {"cve5": 0, "csaf": 1, "nvd": 2, "openvex": 3}
"""Which record's origin is shown first."""


class Vector(NamedTuple):
    """What one CVSS vector says."""

    text: str
    worm: bool
    """Network, low complexity, no privileges, no user: an attacker can automate it."""
    remote: bool
    """Reached over a network (AV:N or AV:A)."""
    integrity: bool
    """Touches integrity or availability, here or in systems behind."""
    confidentiality: bool


class Flaw(NamedTuple):
    """All that the records of one vulnerability say."""

    id: str
    names: frozenset[str]
    """Its id and aliases."""
    exploitation: str
    """none, poc, active; "" no record says."""
    exploitation_origin: str
    exploit_reference: str
    """Origin of a record that names a public exploit; "" none does."""
    automatable: str
    automatable_origin: str
    vectors: tuple[tuple[Vector, str], ...]
    """Each vector with its origin, best first."""
    total: bool
    """A record says technical impact total."""
    credential: bool
    """A record names a weakness that gives away a credential."""


def parse(vector: str) -> Vector | None:
    """A CVSS vector's telling metrics; None where they are not all there."""
    metrics = dict(part.partition(":")[::2] for part in vector.strip("()").split("/"))
    reach, ease = metrics.get("AV"), metrics.get("AC")
    if reach is None or ease is None:
        return None
    if "Au" in metrics:
        harm = [metrics.get(m, "") for m in ("I", "A")]
        worm = (reach, ease, metrics["Au"]) == ("N", "L", "N")
        secret = metrics.get("C", "N") != "N"
    else:
        harm = [metrics.get(m, "N") for m in ("I", "A", "VI", "VA", "SI", "SA")]
        worm = (reach, ease, metrics.get("PR"), metrics.get("UI")) == ("N", "L", "N", "N")
        worm = worm and metrics.get("AT", "N") == "N"
        secret = any(metrics.get(m, "N") != "N" for m in ("C", "VC", "SC"))
    return Vector(vector, worm, reach in ("N", "A"), any(h != "N" for h in harm), secret)


def known(rows: Iterable[Vulnerability]) -> Flaw:
    """One flaw from its records. Raises ValueError on no record."""
    records = sorted(rows, key=lambda v: (_ORDER.get(v.source, 9), v.reading, v.place))
    if not records:
        raise ValueError("no record")
    exploitation, exploitation_origin = _gravest(records, "exploitation", ("active", "poc", "none"))
    automatable, automatable_origin = _gravest(records, "automatable", (YES, NO))
    vectors = [(parsed, _origin(r)) for r in records if r.cvss and (parsed := parse(r.cvss)) is not None]
    return Flaw(
        id=records[0].id,
        names=frozenset(name for r in records for name in (r.id, *r.aliases)),
        exploitation=exploitation,
        exploitation_origin=exploitation_origin,
        exploit_reference=next((_origin(r) for r in records if r.exploit_references), ""),
        automatable=automatable,
        automatable_origin=automatable_origin,
        vectors=tuple(vectors),
        total=any(r.technical_impact == "total" for r in records),
        credential=any(cwe in _CREDENTIALS for r in records for cwe in r.cwes),
    )


def silent(vulnerability: str) -> Flaw:
    """A flaw of which no record is here."""
    return Flaw(vulnerability, frozenset((vulnerability,)), "", "", "", "", "", (), total=False, credential=False)


def _gravest(records: Iterable[Vulnerability], field: str, values: tuple[str, ...]) -> tuple[str, str]:
    """The first of values that a record gives, with that record's origin."""
    said = {str(getattr(r, field)): _origin(r) for r in reversed(list(records))}
    return next(((value, said[value]) for value in values if value in said), ("", ""))


def _origin(record: Vulnerability) -> str:
    return f"{record.reading}#{record.place}"
