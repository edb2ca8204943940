"""Passwords and the like in text, by a listed set of patterns: counted, told by place, dropped.

What matches is a word that announces a secret followed by something that may be one. It finds "mdp: Admin12" and
"snmp community hospital", not a bare password that nothing announces: the list is what is promised, no more.
"""

import re
from typing import NamedTuple


class Secret(NamedTuple):
    """A secret met at a place; the secret itself goes nowhere."""

    place: str
    """Cell, line or packet."""
    pattern: str
    """Name of the pattern that found it, key of PATTERNS."""


_IS = r"\s*(?:=|:|->|\best\b|\bis\b|\s)\s*['\"«]?\s*"
"""What stands between the announcing word and the secret."""

PATTERNS: dict[str, str] = {
    "password": r"\b(?:mdp|mot\s+de\s+passe|pass\s?word|passwd|passphrase|pwd|pass)\b"
    r"(?:(?:\s+\w+){0,3}?\s*(?:[=:]|->|\best\b|\bis\b)"
    r"\s*['\"«]?\s*[^\s'\"»,;]{3,}|\s+['\"«]?\s*(?=[^\s,;]*[\d!@#$%&*+_?])[^\s'\"»,;]{4,})",
    "pair": r"\b(?:login|user|utilisateur|identifiant|compte|id)\s*[=:]\s*[^\s/;,:]+\s*[/;,]\s*[^\s/;,]{3,}"
    r"|\b(?:admin|administrateur|root|technicien)\s*/\s*(?=[^\s/;,]*\d)[^\s/;,]{3,}",
    "code": r"\b(?:code\s+(?:pin|d'acc[èe]s|admin\w*|maintenance|technicien|sav)|pin\s+code|pin)" + _IS + r"\d{3,}",
    "community": r"\bsnmp\b.{0,24}?\b(?:community|communaut[ée])\b(?:\s+(?:string|ro|rw|read|write))?"
    + _IS
    + r"[^\s'\"»,;]{3,}|\b(?:community|communaut[ée])\s*(?:snmp|string|ro|rw)?\s*[=:]\s*[^\s'\"»,;]{3,}",
    "key": r"\b(?:api[_ -]?key|cl[ée]\s+(?:wifi|wpa2?|wep|api|ssh)|wpa2?|psk|token|jeton|secret)\b\s*[=:]\s*['\"«]?\s*"
    r"[^\s'\"»,;]{4,}",
}
"""Name -> regular expression, without regard to case."""

_ANY = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in PATTERNS.items()), re.IGNORECASE)
_HINTS = tuple(
    "mdp|mot de passe|pass|pwd|login|user|utilis|identif|compte|admin|root|id=|id:|id :|id =|code|pin|technicien|snmp|"
    "commun|key|clé|cle |wpa|psk|token|jeton|secret".split("|")
)
"""One of these stands in every text that a pattern can match: looking for them is many times faster."""
_LONGEST = 4000
"""Characters of a cell that are looked at; a longer cell counts as holding one if its beginning is suspicious."""


def find(text: str) -> str:
    """Name of the pattern that a text matches; "" none."""
    if len(text) < 6 or not may_hold(text):
        return ""
    match = _ANY.search(text[:_LONGEST])
    return str(match.lastgroup) if match else ""


def may_hold(text: str) -> bool:
    """That some word in it announces a secret: a quick look at a whole row."""
    low = text.lower()
    return any(hint in low for hint in _HINTS)
