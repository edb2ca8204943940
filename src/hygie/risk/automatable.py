"""Can an attacker automate it? SSVC Automatable 2.0.0.

yes or no as a CVE record's SSVC value says; else from the CVSS vectors: network, low complexity, no privileges, no user
(and in version 4 no attack requirements) -> yes, otherwise no. Where nothing is known: yes, assumed, as SSVC suggests.
Source: CERT/CC SSVC, Automatable 2.0.0 and "Suggested Default Values".
"""

from hygie.facts import ssvc
from hygie.model.verdict import Because
from hygie.risk.flaw import NO, YES, Flaw


def automatable(flaw: Flaw) -> tuple[str, Because]:
    """Value and its because."""
    if flaw.automatable:
        return flaw.automatable, Because(f"priority.automatable.record_{flaw.automatable}", (), flaw.automatable_origin)
    for vector, origin in flaw.vectors:
        if vector.worm:
            return YES, Because("priority.automatable.vector_yes", (f"vector={vector.text}",), origin)
    if flaw.vectors:
        vector, origin = flaw.vectors[0]
        return NO, Because("priority.automatable.vector_no", (f"vector={vector.text}",), origin)
    return ssvc.ASSUMED["automatable"], Because("priority.automatable.assumed")
