"""Sentences beside a fix that say what it leaves open: "fixes all vulnerabilities above except CVE-...", "the following
are still present in version 12.3.1: CVE-...".

What comes in: the text of a remediation, the names of a vulnerability. What goes out: the sentence that names it as
left open, "" where there is none.
"""

import re
from collections.abc import Iterable

_SENTENCE = re.compile(r"(?<=[.;!?])\s+(?=\D)|\n+")
_LEFT = re.compile(
    r"\b(?:except(?:ing|ion)?|excluding|apart from|other than|unresolved|unpatched"
    r"|not (?:yet |fully )?(?:been )?(?:fix|address|resol|remedi|mitigat|correct|patch)\w*"
    r"|still (?:be )?(?:present|affect|vulnerable|open|exist)\w*"
    r"|remains? (?:present|vulnerable|open|affected|unresolved|unpatched|exploitable)"
    r"|sauf|hormis|(?:a|à) l['’]exception|ne corrige(?:nt)? pas|non corrig[ée]e?s?"
    r"|(?:toujours|encore) (?:pr[ée]sent|vuln[ée]rable|affect|expos|ouvert)\w*)\b",
    re.IGNORECASE,
)


def left_open(text: str, names: Iterable[str]) -> str:
    """The first sentence that says of one of these vulnerabilities that it is left open; "" none."""
    wanted = [re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])", re.IGNORECASE) for name in names if name in text]
    if not wanted or not _LEFT.search(text):
        return ""
    for sentence in _SENTENCE.split(text):
        if _LEFT.search(sentence) and any(name.search(sentence) for name in wanted):
            return " ".join(sentence.split())
    return ""
