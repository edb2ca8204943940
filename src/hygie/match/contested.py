"""Sources contradict each other on a device's version: nobody is cleared by one version while another is affected.

What comes in: what is said of the product in the version that wins, and in each version that a source says instead.
What goes out: the same, where a claim that clears is "possible" if in another of these versions the flaw is open, with
the question which version it runs. What an SBOM or a word on a component says of one of these versions only is asked
about too: `reasons` tells why (see `profiles.Attachments`, `statements.Statements.inside`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from hygie.match.claims import Claim, Parts
from hygie.match.judge import OPEN, judge
from hygie.model.verdict import Because, Profile, Verdict

QUESTION = "question.match.version"


def others(profile: Profile) -> Iterator[Profile]:
    """The profile in each of the versions that a source says instead."""
    for version in profile.contested:
        yield replace(profile, version=version, contested=())


def reasons(profile: Profile) -> tuple[Because, ...]:
    """That sources contradict each other, once for each version that one says instead."""
    return tuple(
        Because("because.match.version.contested", (f"version={profile.version}", f"other={version}"))
        for version in profile.contested
    )


def weakened(parts: Parts, told: Sequence[Parts], profile: Profile) -> Parts:
    """What is said of the profile, where `told` is what is said of it in each contested version, in their order."""
    found = dict(parts)
    for because, other in zip(reasons(profile), told, strict=True):
        for vulnerability, labels in other.items():
            for label, claims in labels.items():
                mine = found.get(vulnerability, {}).get(label, [])
                theirs = judge(label, claims).winner
                if theirs.verdict in OPEN and not (mine and judge(label, mine).winner.verdict in OPEN):
                    perhaps = [_perhaps(theirs, because), *(_perhaps(claim, because) for claim in mine)]
                    found[vulnerability] = {**found.get(vulnerability, {}), label: perhaps}
    return found


def _perhaps(claim: Claim, because: Because) -> Claim:
    """The claim, if the version that it speaks of is the device's."""
    reasons = claim.because if because in claim.because else (*claim.because, because)
    return claim._replace(verdict=Verdict.POSSIBLE, because=reasons, question=QUESTION, sure=False)
