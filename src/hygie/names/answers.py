"""What a maker answers on a vulnerability, in the words of a letter: a status, and whether it hangs on something.

What comes in: the text of an answer ("non concerné sauf si WiFi activé", "affected, fix under study"). What goes out:
a status, or None where the words give none or contradict each other; and whether they hold under a condition only.

Rules. What is denied is not said: "not yet fixed" and "unresolved" are affected, not fixed. Affected goes before being
studied: "affected, correction being studied" is affected. A doubt ("probably", "a priori") is a condition too: whoever
only thinks that a product is not affected has not cleared it.
"""

import re

from hygie.model.knowledge import Status
from hygie.names.fields import fold

_NOT = r"(?:not|non|pas|jamais|never|isn t|aren t|ni)(?: (?:be|been|yet|encore|directly|directement|considered))*"
_HIT = r"(?:affect\w*|impact\w*|concern\w*|vulnerable\w*|touche\w*|expos\w*)"
_MENDED = r"(?:fixed|corrig\w+|resolu\w*|patched|resolved|mended|remed\w+)"
_SPARED = re.compile(rf"\b(?:{_NOT} {_HIT}|unaffected)\b")
_UNMENDED = re.compile(rf"\b(?:{_NOT} (?:\w+ )?{_MENDED}|unresolved|unfixed|unpatched|{_MENDED} (?:non|no))\b")
_STATUSES: tuple[tuple[Status, re.Pattern[str]], ...] = (
    (Status.AFFECTED, re.compile(rf"\b{_HIT}\b")),
    (Status.FIXED, re.compile(rf"\b{_MENDED}\b")),
    (
        Status.UNDER_INVESTIGATION,
        re.compile(
            r"\b(?:investigat\w+|etudi?\w*|analys\w+|stud(?:y|ied|ying)|en cours|pending|under review|assess\w*)\b"
        ),
    ),
    (Status.UNKNOWN, re.compile(r"\b(?:unknown|ne (?:le )?sait pas|ne savons pas|do(?:es)? not know)\b")),
)

_STRONG = (
    r"only (?:if|when|where|while|on|in|with|for|under)|if and only if|provided|as long as|so long as|unless"
    r"|except (?:if|when|where|for)|on condition|conditional\w*|subject to"
    r"|(?:seulement|uniquement|que) (?:si|quand|lorsqu\w*|sur|en cas)|a condition|sous (?:reserve|condition)"
    r"|tant qu\w*|pourvu qu\w*|sauf(?: si)?|a moins qu\w*|dans la mesure ou"
)
_STATED = re.compile(rf"\b(?:{_STRONG})\b")
_DOUBT = (
    r"if|when|where|only|except|with|without|si|quand|lorsqu\w*|seulement|uniquement|hors|excepte|avec|sans"
    r"|partly|partially|partiel\w*|en partie|probabl\w*|likely|presum\w*|a priori|sembl\w*|seem\w*|believ\w*"
    r"|potent\w*|may|might|peut etre|possibl\w*|devrait|should|sans doute"
)
_LIMITED = re.compile(rf"\b(?:{_STRONG}|{_DOUBT})\b")
_NO_CONDITION = frozenset(
    (
        "aucune", "aucun", "none", "neant", "sans", "sans condition", "sans conditions", "aucune condition",
        "no condition", "no conditions", "no", "non", "rien", "no restriction", "aucune restriction",
        "sans restriction", "sans objet", "not applicable", "non applicable", "toutes", "all",
    )
)  # fmt: skip


def status(answer: str) -> Status | None:
    """The status that an answer gives; None for none, and for "affected" beside "not affected"."""
    folded = fold(answer)
    rest, spared = _SPARED.subn(" ", folded)
    rest, unmended = _UNMENDED.subn(" ", rest)
    if unmended and not spared:
        return Status.AFFECTED
    found = [status for status, pattern in _STATUSES if pattern.search(rest)]
    if spared:
        return Status.NOT_AFFECTED if not unmended and Status.AFFECTED not in found else None
    if Status.AFFECTED in found and Status.FIXED in found:
        return Status.FIXED
    return found[0] if found else None


def hangs(answer: str) -> bool:
    """Whether an answer's own words limit or doubt it."""
    return _LIMITED.search(fold(answer)) is not None


def conditional(text: str) -> bool:
    """Whether a sentence that goes with a status says outright that it holds under a condition: "only if", "unless"."""
    return _STATED.search(fold(text)) is not None


def condition(text: str) -> str:
    """What stands under "conditions", "" where it says that there is none."""
    return "" if fold(text) in _NO_CONDITION else text
