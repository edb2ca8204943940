"""Sentences beside a fix that say what it leaves open: "fixes all vulnerabilities above except CVE-...", "the following
are still present in version 12.3.1: CVE-...", "fixes most attack paths; the vulnerability remains exploitable".

What comes in: the text of a remediation, the names of a vulnerability. What goes out: the sentence that names it as
left open, or, where it names none, that the fix is one in part; "" where there is none.
"""

import re
from collections.abc import Iterable

_SENTENCE = re.compile(r"(?<=[.;!?])\s+(?=\D)|\n+")
_PERIOD = re.compile(r"(?<=[.!?])\s+(?=\D)|\n+")
_LEFT = re.compile(
    r"\b(?:except(?:ing|ion)?|excluding|apart from|other than|unresolved|unpatched"
    r"|not (?:yet |fully )?(?:been )?(?:fix|address|resol|remedi|mitigat|correct|patch)\w*"
    r"|still (?:be )?(?:present|affect|vulnerable|open|exist)\w*"
    r"|remains? (?:present|vulnerable|open|affected|unresolved|unpatched|exploitable)"
    r"|sauf|hormis|(?:a|à) l['’]exception|ne corrige(?:nt)? pas|non corrig[ée]e?s?"
    r"|(?:toujours|encore) (?:pr[ée]sent|vuln[ée]rable|affect|expos|ouvert)\w*)\b",
    re.IGNORECASE,
)
_PARTLY = re.compile(
    r"\b(?:(?:vulnerabilit(?:y|ies)|issues?|flaws?|weakness(?:es)?|problems?|it) (?:still )?"
    r"(?:remains?|stays?|can still be|may still be|could still be|is still|are still) "
    r"(?:partly |partially )?(?:exploit|present|vulnerable|open|possible|unresolved|unfixed)\w*"
    r"|(?:only )?(?:partial(?:ly)?|partly|incompletely) (?:fix|address|mitigat|resolv|correct|patch|remedi)\w*"
    r"|partial (?:fix|mitigation|correction|remedy)"
    r"|(?:fix|address|mitigat|resolv|correct|clos)(?:es|ed|s)? (?:only )?(?:most|some|part|several|a part)\b"
    r"|(?:does|do|did) not (?:fully|completely|entirely) (?:fix|address|mitigat|resolv|correct|close|remov)\w*"
    r"|(?:faille|vuln[ée]rabilit[ée]|d[ée]faut|elle) (?:reste|demeure) (?:\w+ )?"
    r"(?:exploitable|pr[ée]sente?|ouverte?|possible|expos[ée]e?)"
    r"|(?:corrig|trait|r[ée]sol|att[ée]nu)\w* (?:seulement )?"
    r"(?:partiellement|en partie|la plupart|certain\w*|une partie)"
    r"|partiellement (?:corrig|trait|r[ée]sol|att[ée]nu)\w*|(?:correctif|correction) partiel\w*"
    r"|ne corrige(?:nt)? pas (?:enti[èe]rement|compl[èe]tement|totalement))",
    re.IGNORECASE,
)
_OLDER = re.compile(
    r"\b(?:older|prior|before|earlier|previous|below|ant[ée]rieur\w*|pr[ée]c[ée]dent\w*)\b", re.IGNORECASE
)
_NAMED = re.compile(r"\b(?:CVE-\d{4}-\d{4,}|GHSA(?:-\w{4}){3})\b", re.IGNORECASE)


def left_open(text: str, names: Iterable[str]) -> str:
    """The first sentence that says of one of these vulnerabilities that it is left open; "" none.

    A sentence without a name is of the vulnerability that the text stands beside; one about older versions is not.
    """
    for sentence in _PERIOD.split(text) if _PARTLY.search(text) else ():
        if _PARTLY.search(sentence) and not _NAMED.search(sentence) and not _OLDER.search(sentence):
            return " ".join(sentence.split())
    wanted = [re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])", re.IGNORECASE) for name in names if name in text]
    if not wanted or not _LEFT.search(text):
        return ""
    for sentence in _SENTENCE.split(text):
        if _LEFT.search(sentence) and any(name.search(sentence) for name in wanted):
            return " ".join(sentence.split())
    return ""
