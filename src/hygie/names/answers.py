"""What a maker answers on a vulnerability, in the words of a letter: a status, and whether it hangs on something.

What comes in: the text of an answer ("non concerné sauf si WiFi activé", "affected, fix under study"). What goes out:
a status, or None where the words give none or contradict each other; and whether they hold under a condition only.

Rules. What is denied is not said: "not yet fixed" and "unresolved" are affected, not fixed. Affected goes before being
studied: "affected, correction being studied" is affected. A doubt ("probably", "a priori") is a condition too: whoever
only thinks that a product is not affected has not cleared it. Doubts have no end of writings, plain words have one: an
answer that clears is plain where nothing is left of it without a closed list of plain words, the names that go with it
and days gone by. Whatever is left ("(TBC)", "selon le commercial", a question mark) makes it hang on something.
"""

import re

from hygie.model.knowledge import Status
from hygie.names import fields
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

_CLEARING = (Status.NOT_AFFECTED, Status.FIXED)
_ODD = re.compile(r"[^\w\s.,;:()\[\]'\u2019\"«»/+&°!_\u2013\u2014\u2713\u2714-]|\.\s*\.")
"""Signs that a plain answer has not: a question mark, a footnote's asterisk, dots that leave it open, "%"."""
_ID = re.compile(r"\b(?:CVE|GHSA)-[\w-]+", re.IGNORECASE | re.ASCII)
_DAY = re.compile(r"\b(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{2}-\d{2})\b", re.ASCII)
_PLAIN_HIT = r"(?:(?:affect|impact|concern|touch|expos)(?:e|ee|es|ees|ed)|vulnerables?)(?: (?:by|to|par|a|au|aux))?"
_PLAIN_SPARED = re.compile(rf"\b(?:(?:not|non|pas|jamais|never|isn t|aren t) {_PLAIN_HIT}|unaffected)\b")
_PLAIN_MENDED = re.compile(
    rf"\b(?:(?:(?:a|ont|has|have) (?:ete|been) )?(?:corrige(?:e|s|es)?|resolu(?:e|s|es)?|fixed|patched|resolved|mended"
    rf"|remediated)|{_PLAIN_HIT})\b"
)
_PLAIN_WORDS = frozenset(
    "n ne est sont is are le la les l un une the this these that our your notre votre nos vos ce cet cette ces "
    "nous we il ils elle elles it they que du de des d of et and en in dans produit produits product products "
    "equipement equipements appareil appareils device devices dispositif dispositifs systeme systemes system "
    "systems model models modele modeles logiciel software firmware version versions v toutes tous all "
    "vulnerabilite vulnerabilites vulnerability vulnerabilities faille failles cve confirme confirmee "
    "confirmons confirmed confirm on date dated bonjour monsieur madame cordialement bien merci hello dear "
    "regards best kind sincerely signe signed".split()
)
"""Words of a plain answer that neither limit nor doubt it. No negation: what it denies would be lost."""


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


def hangs(answer: str, named: tuple[str, ...] = (), dated: str = "") -> bool:
    """Whether an answer's own words limit or doubt it; of one that clears, whether any but plain words are in it.

    `named`: the maker, product, version, person that the answer goes with; `dated`: its day, ISO 8601.
    """
    if _LIMITED.search(fold(answer)):
        return True
    said = status(answer)
    return said in _CLEARING and not _is_plain(answer, said, named, dated)


def _is_plain(answer: str, said: Status | None, named: tuple[str, ...], dated: str) -> bool:
    """Whether nothing is left of a clearing answer without what is plain in one."""
    if _ODD.search(answer):
        return False
    text = _DAY.sub(lambda day: _unless_gone_by(day.group(), said, dated), _ID.sub(" ", answer))
    folded = f" {fold(text)} "
    for name in sorted({fold(name) for name in named} - {""}, key=lambda name: (-len(name), name)):
        folded = folded.replace(f" {name} ", " ")
    plain = _PLAIN_SPARED if said is Status.NOT_AFFECTED else _PLAIN_MENDED
    return _PLAIN_WORDS.issuperset(plain.sub(" ", folded).split())


def _unless_gone_by(day: str, said: Status | None, dated: str) -> str:
    """Nothing for a day that changes nothing; the day itself where a fix may still be to come."""
    if said is Status.NOT_AFFECTED:
        return " "
    return " " if (fields.date(day) or "9") <= dated else day


def conditional(text: str) -> bool:
    """Whether a sentence that goes with a status says outright that it holds under a condition: "only if", "unless"."""
    return _STATED.search(fold(text)) is not None


def condition(text: str) -> str:
    """What stands under "conditions", "" where it says that there is none."""
    return "" if fold(text) in _NO_CONDITION else text
