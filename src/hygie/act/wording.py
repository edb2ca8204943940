"""The little that is read out of a mitigation's words: what sort of thing it asks for. The text itself is always shown.

What comes in: a text as its author wrote it, English or French. What goes out: `asks(text)`, one or two of WATCH,
NETWORK and SETTING. A text that begins with a word of looking asks people to look. A sentence that begins with a word
of letting or barring, or in which somebody should, must or is advised to bar ("the maker recommends isolating"), and
that names something of a network is a network control; where other sentences come before it, the
text asks for a setting too. Everything else is a setting. Taking a setting for a network control is the safe error:
that is never left to one service alone without the manufacturer's word.
"""

import re
from functools import lru_cache

WATCH, NETWORK, SETTING = "watch", "network", "setting"

_WATCHING = frozenset("check inspect verify watch contrôler inspecter surveiller vérifier".split())
_BARRING = frozenset(
    "allow block close confine filter isolate keep leave let limit locate minimise minimize move place put restrict "
    "segment segregate separate autoriser bloquer cloisonner fermer filtrer interdire isoler laisser limiter mettre "
    "placer restreindre segmenter séparer".split()
)
_ADVISED = re.compile(
    r"\b(?:should|must|shall|recommends?|recommended|required to|advises?|doit|doivent|recommand[eé]|conseille)\b"
    r"[^.;]{0,60}?\b(?:isolat|segment|segregat|block|restrict|filter|separat|isoler|cloisonn|filtr|bloqu|restreindre)"
)
"""A barring word that is advised further on in a sentence."""
_OF_NETWORKS = re.compile(
    r"\b(?:vlans?|lan|firewalls?|pare-feu|tcp|udp|ports? \d+|ip|acls?|subnets?|sous-réseaux?|networks?|réseaux?|"
    r"internet|traffic|trafic|outgoing|incoming|inbound|outbound|reach|joindre)\b"
)


@lru_cache(maxsize=4096)
def asks(text: str) -> tuple[str, ...]:
    """What a mitigation asks for."""
    sentences = [part for part in re.split(r"(?<=[.!;:])\s+|\n+", text.casefold()) if part.strip()]
    first = _first(sentences[0]) if sentences else ""
    if first in _WATCHING:
        return (WATCH,)
    controls = [_bars(part) and _OF_NETWORKS.search(part) is not None for part in sentences]
    if controls and controls[0]:
        return (NETWORK,)
    return (SETTING, NETWORK) if any(controls) else (SETTING,)


def _bars(sentence: str) -> bool:
    """That a sentence asks to bar or to let."""
    return _first(sentence) in _BARRING or _ADVISED.search(sentence) is not None


def _first(sentence: str) -> str:
    """Its first word."""
    found = re.search(r"[^\W\d_]+", sentence)
    return found.group() if found else ""
