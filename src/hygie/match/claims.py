"""What is said of one part of a profile and one vulnerability, before it is judged."""

import hashlib
from typing import NamedTuple

from hygie.model.evidence import Speaker
from hygie.model.verdict import Because, Verdict


class Part(NamedTuple):
    """A part of a device, as it names itself."""

    kind: str
    """product, firmware, os, traffic, banner (what a rule knows from a greeting), component."""
    make: str
    product: str
    version: str
    """"" not known."""
    cpe: str = ""
    purl: str = ""
    type: str = ""
    """Of a component: library, operating-system..."""

    @property
    def label(self) -> str:
        """As a finding shows it: "product", "os", "firmware", or name and version."""
        return self.kind if self.kind in ("product", "os", "firmware") else f"{self.product} {self.version}".strip()


class Claim(NamedTuple):
    """One speaker's word on one part and one vulnerability."""

    vulnerability: str
    verdict: Verdict
    speaker: Speaker
    document: str
    """Advisory, or record as "<id> (<source>)"."""
    dated: str
    """ISO 8601; "" unknown."""
    specificity: int
    """4 a component in this product, 3 this version, 2 a range, 1 from a fixed version on, 0 all versions,
    -1 concluded from ranges that leave the version out."""
    probability: float
    because: tuple[Because, ...]
    question: str = ""
    sure: bool = True
    """The names are the same and the version lies clearly in or out."""
    rests_on: Speaker | None = None
    """Of what Hygie concludes: whose words it concludes from."""


Parts = dict[str, dict[str, list[Claim]]]
"""Vulnerability -> part -> claims."""

DERIVED = -1
ALL_VERSIONS = 0
FROM_FIX = 1
STUDIED = "question.match.study"
"""Question of a claim whose speaker is looking into it."""
INSIDE = 4


def finding_id(profile: str, vulnerability: str) -> str:
    """Id of a finding: stable over runs, 16 hexadecimal digits."""
    return hashlib.blake2b(f"{profile}\x00{vulnerability}".encode(), digest_size=8).hexdigest()


def origin(row: object) -> str:
    """ "<reading>#<place>" of a row."""
    return f"{row.reading}#{row.place}"  # type: ignore[attr-defined]
