"""Whose word wins, among claims on one part, and among the parts of one profile.

1. A person's decision.
2. Claims that are sure (names and versions clear) before those that are not; but nobody is cleared while a claim of
   equal or higher standing may concern this very product.
3. The manufacturer of the product before third parties.
4. The more specific before the general: a component in this product, this version, a range, all versions; what is
   only concluded from ranges comes last.
5. The newer before the older; then the worse verdict. Between third parties no newer word clears what an open one of
   the same precision says; on the product itself, of which anybody may write, none clears what another calls open.
A word that gives no answer (being studied, not known, not said of this version) goes before none that calls the
product affected, or perhaps so, whoever speaks: it stands beside it. It goes before words that clear, of the same
standing where it is newer.
Across parts the worst verdict wins, except that the manufacturer's clear word on the whole product goes before what
third parties say of the parts, and a component in this product is judged by what is said of it there.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from hygie.match.claims import DERIVED, STUDIED, Claim, finding_id
from hygie.model.evidence import Speaker
from hygie.model.verdict import Because, Finding, Verdict

STANDING = {Speaker.PERSON: 3, Speaker.MANUFACTURER: 2, Speaker.THIRD_PARTY: 1}
"""Others (Hygie's computation) stand at 0."""

BADNESS = {
    Verdict.AFFECTED: 4,
    Verdict.POSSIBLE: 3,
    Verdict.UNKNOWN: 2,
    Verdict.FIXED: 1,
    Verdict.NOT_AFFECTED: 0,
}
OPEN = (Verdict.AFFECTED, Verdict.POSSIBLE)
ALSO_SYSTEM = Because("because.match.also_system")
CLEARED = (Verdict.FIXED, Verdict.NOT_AFFECTED)
SHOWN = 8
"""Reasons of each side that a finding keeps; the rest is counted."""


class Judged(NamedTuple):
    """The outcome for one part."""

    label: str
    winner: Claim
    losers: tuple[Claim, ...]


def rank(claim: Claim) -> tuple[object, ...]:
    """Sort key: the greatest wins. Total, so that the order of claims never matters. What Hygie concludes from a
    speaker's words goes behind what anybody says outright."""
    standing = STANDING.get(claim.speaker, 0)
    first = standing if claim.speaker is Speaker.PERSON else 0
    tie = (claim.document, claim.probability, claim.question, [(b.key, b.args, b.origin) for b in claim.because])
    return (first, claim.sure, standing, claim.specificity, claim.dated, BADNESS[claim.verdict], tie)


def judge(label: str, claims: Iterable[Claim]) -> Judged:
    """The winning claim of one part. Raises ValueError for no claims."""
    ordered = sorted(claims, key=rank, reverse=True)
    if not ordered:
        raise ValueError("nothing to judge")
    winner = ordered[0]
    if winner.speaker is not Speaker.PERSON:
        winner = _against(winner, ordered[1:], label == "product") or winner
    return Judged(label, winner, tuple(claim for claim in ordered if claim is not winner))


def _against(winner: Claim, others: Sequence[Claim], whole: bool) -> Claim | None:
    """A claim that the first in rank must not go before: of equal standing against one that clears, else an open one
    against one that gives no answer. `whole`: they speak of the product, not of a part."""
    if winner.verdict in CLEARED:
        winner = _doubt(winner, others, whole) or _unanswered(winner, others) or winner
    if winner.verdict is Verdict.UNKNOWN:
        return next((claim for claim in others if claim.verdict in OPEN), winner)
    return winner


def _unanswered(winner: Claim, others: Sequence[Claim]) -> Claim | None:
    """The same speaker's newer word that it is looked at again."""
    for claim in others:
        again = claim.question == STUDIED and claim.sure and claim.specificity != DERIVED
        if again and claim.speaker is winner.speaker and claim.dated > winner.dated:
            return claim
    return None


def _doubt(winner: Claim, others: Sequence[Claim], whole: bool) -> Claim | None:
    """A claim of equal or higher standing that may concern this very product; against a third party, who may be
    anybody, one that surely does, too: on a part one as precise, on the product any but its own document's."""
    standing = STANDING.get(winner.speaker, 0)
    for claim in others:
        if claim.verdict not in OPEN or (claim.sure and winner.speaker is not Speaker.THIRD_PARTY):
            continue
        theirs = STANDING.get(claim.rests_on or claim.speaker, 0)
        as_precise = winner.specificity <= claim.specificity
        stranger = whole and winner.speaker is Speaker.THIRD_PARTY and claim.document != winner.document
        if theirs > standing or (theirs == standing and (as_precise or stranger)):
            return claim
    return None


def merge(profile: str, vulnerability: str, parts: Mapping[str, Sequence[Claim]]) -> Finding:
    """One finding from the claims on all parts. Raises ValueError for no parts."""
    if len(parts) == 1:
        label, claims = next(iter(parts.items()))
        if len(claims) == 1:
            return finding(profile, vulnerability, Judged(label, claims[0], ()), (), ())
    judged = [judge(label, parts[label]) for label in sorted(parts)]
    best = _whole(judged) or max(judged, key=_worst)
    against = [claim for one in judged for claim in one.losers if claim.verdict != best.winner.verdict]
    against += [one.winner for one in judged if one is not best and one.winner.verdict != best.winner.verdict]
    agreeing = [one.winner for one in judged if one is not best and one.winner.verdict == best.winner.verdict]
    agreeing += [claim for claim in best.losers if claim.verdict == best.winner.verdict]
    found = finding(profile, vulnerability, best, agreeing, against)
    return replace(found, because=(*found.because, ALSO_SYSTEM)) if _also_system(judged, best) else found


def _also_system(judged: Sequence[Judged], best: Judged) -> bool:
    """The flaw is said of the product, and its operating system has it too: then the system's own patch may mend it."""
    systems = [one for one in judged if one.label == "os" and one is not best]
    return best.winner.verdict in OPEN and any(one.winner.verdict in OPEN for one in systems)


def finding(
    profile: str, vulnerability: str, best: Judged, agreeing: Sequence[Claim], against: Sequence[Claim]
) -> Finding:
    """The row for a judged part, with what agrees and what lost."""
    winner = best.winner
    return Finding(
        id=finding_id(profile, vulnerability),
        profile=profile,
        vulnerability=vulnerability,
        part=best.label,
        verdict=winner.verdict,
        speaker=winner.speaker,
        document=winner.document,
        probability=round(winner.probability, 4),
        because=winner.because + reasons(agreeing, winner.because) if agreeing else winner.because,
        against=reasons(sorted(against, key=rank, reverse=True), ()) if against else (),
        question=winner.question if winner.verdict in (Verdict.POSSIBLE, Verdict.UNKNOWN) else "",
    )


def reasons(claims: Sequence[Claim], told: tuple[Because, ...]) -> tuple[Because, ...]:
    """The reasons of claims, each once, at most `SHOWN`; the rest is counted."""
    found = dict.fromkeys(because for claim in claims for because in claim.because)
    fresh = [because for because in found if because not in told]
    if len(fresh) <= SHOWN:
        return tuple(fresh)
    return (*fresh[:SHOWN], Because("because.match.more", (f"count={len(fresh) - SHOWN}",)))


def _worst(one: Judged) -> tuple[object, ...]:
    """Order among parts: the worst verdict, then the better founded."""
    return (BADNESS[one.winner.verdict], rank(one.winner), one.label)


def _whole(judged: Sequence[Judged]) -> Judged | None:
    """A person's word, or the manufacturer's clear word on the whole product where only third parties say otherwise."""
    for one in judged:
        if one.winner.speaker is Speaker.PERSON:
            return one
    whole = next((one for one in judged if one.label == "product"), None)
    if whole is None or not whole.winner.sure or whole.winner.speaker is not Speaker.MANUFACTURER:
        return None
    if whole.winner.specificity < 0 or whole.winner.verdict is Verdict.UNKNOWN:
        return None
    others = [one.winner for one in judged if one is not whole]
    own = [claim for claim in others if claim.speaker is Speaker.MANUFACTURER and claim.sure]
    return None if any(BADNESS[claim.verdict] > BADNESS[whole.winner.verdict] for claim in own) else whole
