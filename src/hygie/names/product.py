"""Names of products: how likely two texts name the same thing. Digits and model numbers must agree.

A name is words and model tokens (anything with a digit: "v500", "mx800", "8015"). Two names with model tokens of one
line and none in common are different products, however alike the words ("Evita V500", "Evita V300"). A record may name
a list ("FM20/FM30"), a span ("MX400-MX850") or a family ("MX series"): a member of it is likely, not certain.

Probabilities: 1 equal; 0.95 equal but for words that name the kind of thing; 0.92 within a list or span, or a
model number with or without its brand; 0.75 to 0.85 a family, or a name that says less; below 0.75: no match.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from hygie.names.maker import fold

SURE = 0.9
"""From here on the names count as the same."""
LIKELY = 0.75
"""From here on a person is asked."""

_IDLE = frozenset(
    "the of and for with a an by de la le les du des et pour avec system systems systeme device devices "
    "appareil equipment product products model modele version versions software logiciel firmware "
    "micrologiciel series serie family famille gamme medical medicale healthcare machine machines unit units "
    "only all new type edition line range platform".split()
)
"""Words that tell nothing apart."""

_KINDS = frozenset(
    "monitor monitors moniteur moniteurs pump pumps pompe pompes ventilator ventilators respirateur "
    "ventilateur scanner scope patient patients infusion syringe perfusion pousse seringue ultrasound "
    "echographe analyzer analyser analyseur defibrillator defibrillateur bedside incubator incubateur imaging "
    "therapy workstation multiparameter wireless wearable worn wlan gas blood hemodialysis "
    "dialysis dialyse generateur application app instrument electrocardiograph electrocardiographe ecg resting "
    "mri ct irm fetal maternal anesthesia anaesthesia anesthesie".split()
)
"""Words that name the kind of thing: they may be missing from one name."""

_NARROW = frozenset("workstation wireless wearable worn wlan app application mri irm fetal maternal bedside".split())
"""Of the words for kinds, those that tell a variant apart where they follow a model number."""

_BESIDE = frozenset(
    "gateway passerelle server serveur viewer visualiseur visionneuse station console central centrale hub link "
    "connect connector dock docking rack manager client app application mobile tablet tablette workstation printer "
    "imprimante remote router routeur bridge interface".split()
)
"""Words that name what works beside a device, and is another product."""

_VARIANTS = frozenset("ii iii iv vi vii plus pro xl lite mini max duo neo air go ix hd iq se ex xt".split())
"""Short words that tell variants of one product apart."""

_FAMILY = re.compile(r"\b(?:series|family|serie|famille|gamme|range|line|models?|modeles)\b")
_SPAN = re.compile(r"\b([a-z]{1,5})(\d{1,5})(?:-|\s+to\s+|\s*–\s*|\s+through\s+)([a-z]{0,5})(\d{1,5})\b")
_LIST = re.compile(r"\b([a-z]{1,5})(\d{1,5})((?:/\d{1,5}\b)+)")
_PARENTHESIS = re.compile(r"\(([^()]*)\)?")
_EXCEPT = re.compile(r"\b(?:not including|excluding|except(?: for)?|other than|sauf|hors)\b", re.IGNORECASE)
_EXCLUDED = re.compile(r"\s*(?:,|;|/|\band\b|\bor\b|\bet\b|\bou\b|&)\s*", re.IGNORECASE)
_WILD = re.compile(r"\d+x+\d+")
_TOKEN = re.compile(r"[a-z]+\d[a-z0-9]*|\d+[a-z0-9]*|[a-z]+")
_PREFIX = re.compile(r"[a-z]*")
_PREFIXED = re.compile(r"([a-z]{1,3})(\d{4,})")


class Span(NamedTuple):
    """Model numbers from low to high behind one prefix."""

    prefix: str
    low: int
    high: int


class Name(NamedTuple):
    """A product name taken apart."""

    folded: str
    joined: str
    """Without spaces: "picix"."""
    words: frozenset[str]
    """Telling words."""
    models: frozenset[str]
    """Tokens with a digit."""
    kinds: frozenset[str]
    spans: tuple[Span, ...]
    family: bool
    """Says series, family, models."""
    many: bool
    """Names several products (lists)."""


@lru_cache(maxsize=200_000)
def name(text: str, without: str = "") -> Name:
    """A product name taken apart; `without` is the maker's name, whose words are left out where others remain."""
    low = text.lower().replace("_", " ").replace("+", " plus ")
    spans = tuple(Span(a, int(b), int(d)) for a, b, c, d in _SPAN.findall(low) if (not c or c == a) and int(b) < int(d))
    low = _SPAN.sub(r"\1 ", low)
    low = _LIST.sub(lambda f: " ".join([f[1] + f[2], *(f[1] + n for n in f[3].strip("/").split("/"))]), low)
    folded = fold(low)
    tokens = _joined_models(_TOKEN.findall(folded))
    makers = frozenset(fold(without).split())
    rest = [token for token in tokens if token not in makers] or tokens
    models = frozenset(token for token in rest if any(sign.isdigit() for sign in token))
    words = frozenset(t for t in rest if t not in models and t not in _IDLE and t not in _KINDS)
    kinds = frozenset(t for t in rest if t in _KINDS)
    prefixes = [_PREFIX.match(model).group() for model in models]  # type: ignore[union-attr]
    lettered = [prefix for prefix in prefixes if prefix]
    many = bool(spans) or "/" in text or len(lettered) > len(set(lettered))
    return Name(" ".join(rest), "".join(rest), words, models, kinds, spans, _FAMILY.search(folded) is not None, many)


def is_idle(word: str) -> bool:
    """The word names no product: it tells nothing apart, or names the kind of thing."""
    return word in _IDLE or word in _KINDS


def plain(text: str) -> str:
    """Lower case without accents and trade marks; other signs stay."""
    low = text.lower().replace("_", " ").replace("®", " ").replace("™", " ")
    return "".join(sign for sign in unicodedata.normalize("NFKD", low) if not unicodedata.combining(sign))


def _joined_models(tokens: list[str]) -> list[str]:
    """ "ec 40" is "ec40": up to three letters before a number belong to it."""
    joined: list[str] = []
    for token in tokens:
        last = joined[-1] if joined else ""
        if token.isdigit() and last.isalpha() and len(last) <= 3 and last not in _IDLE and last not in _KINDS:
            joined[-1] = last + token
        else:
            joined.append(token)
    return joined


def keys(parts: Name) -> frozenset[str]:
    """What a name can be found by: its telling words and models, and the prefixes of models, lists and spans."""
    prefixes = {_PREFIX.match(model).group() for model in parts.models}  # type: ignore[union-attr]
    prefixes |= {span.prefix for span in parts.spans}
    found = parts.words | parts.models | {"~" + prefix for prefix in prefixes if prefix}
    if parts.family:
        found |= {"~" + word for word in parts.words if len(word) <= 3}
    return frozenset(found or parts.kinds or {parts.folded})


@lru_cache(maxsize=500_000)
def similarity(one: str, other: str, one_maker: str = "", other_maker: str = "") -> float:
    """Probability, 0 to 1, that two product texts name the same product. Symmetric."""
    best = 0.0
    if left_out(one, other):
        return best
    for left in alternatives(one):
        for right in alternatives(other):
            best = max(best, _compare(name(left, one_maker), name(right, other_maker)))
            if best == 1.0:
                return best
    return best


@lru_cache(maxsize=100_000)
def alternatives(text: str) -> tuple[str, ...]:
    """The readings of one text without what it leaves out: whole, without its parentheses, an abbreviation in them."""
    text = _included(text)
    found = [text]
    inner = _PARENTHESIS.findall(text)
    if inner:
        bare = _PARENTHESIS.sub(" ", text)
        if fold(bare) and not _narrowed(bare, inner):
            found.append(bare)
        found.extend(part for part in inner if re.fullmatch(r"[A-Z][A-Za-z]{1,6}(?: ?i?X)?", part.strip()))
    return tuple(dict.fromkeys(found))


def _narrowed(bare: str, inner: list[str]) -> bool:
    """Parentheses say which models of the line are meant ("MX (MX400-550)"): without them the name says too much."""
    words = fold(bare).split()
    return any(span.prefix in words for part in inner for span in name(part).spans if span.low >= 10)


def left_out(one: str, other: str) -> bool:
    """One of the texts leaves the other product out by name."""
    return _excludes(one, other) or _excludes(other, one)


def _excludes(text: str, other: str) -> bool:
    """The text leaves the other product out by name ("LOGIQ, not including LOGIQ 100 Pro")."""
    kept, *left = _EXCEPT.split(text)
    if not kept.strip() or not left:
        return False
    whole = name(_included(other))
    for part in (part for one in left for part in _EXCLUDED.split(one)):
        out = name(part)
        words = out.words - {span.prefix for span in out.spans}
        telling = words or any(len(model) >= 3 for model in out.models)
        spanned = not out.spans or _spanned(out, whole)
        if telling and words <= whole.words and out.models <= whole.models and spanned:
            return True
    return False


def _included(text: str) -> str:
    """The text without what it leaves out."""
    return _EXCEPT.split(text, maxsplit=1)[0].strip(" ,;(") or text


def _compare(a: Name, b: Name) -> float:
    """Probability for two names taken apart."""
    if not a.folded or not b.folded:
        return 0.0
    if a.folded == b.folded:
        return 1.0
    if a.joined == b.joined:
        return 0.97
    a, b = _filled(a, b), _filled(b, a)
    a, b = _aligned(a, b), _aligned(b, a)
    models = _models(a, b)
    if models == 0.0:
        return 0.0
    return min(models, _words(a, b))


def _filled(one: Name, other: Name) -> Name:
    """ "IGS 5x0" beside "IGS 530": an x between digits stands for any digit."""
    for wild in one.models - other.models:
        if not _WILD.fullmatch(wild):
            continue
        pattern = re.compile(rf"([a-z]*){wild.replace('x', '[0-9]')}")
        for model in sorted(other.models):
            found = pattern.fullmatch(model)
            if found and (not found[1] or found[1] in one.words):
                return one._replace(models=one.models - {wild} | {model}, words=one.words - {found[1]})
    return one


def _aligned(one: Name, other: Name) -> Name:
    """ "Alaris PCU 8015" beside "Alaris Model 8015": the letters before a long number are a word where the other name
    has that number without them, and both share a telling word."""
    if one.models & other.models or not one.words & other.words:
        return one
    apart = {m: f for m in one.models if (f := _PREFIXED.fullmatch(m)) and f.group(2) in other.models}
    if not apart:
        return one
    models = one.models - apart.keys() | {found.group(2) for found in apart.values()}
    words = one.words | {found.group(1) for found in apart.values()} - _IDLE - _KINDS
    return one._replace(models=frozenset(models), words=frozenset(words))


def _models(a: Name, b: Name) -> float:
    """What the model tokens allow: 0 where they exclude each other, else an upper bound of the probability."""
    if a.models == b.models and not a.spans and not b.spans:
        return 0.95
    common = a.models & b.models
    spanned = _spanned(a, b) or _spanned(b, a)
    if common:
        rest = (a.models - common, b.models - common)
        if all(rest):
            return 0.0 if _same_line(*rest) else 0.8
        return 0.92 if a.many or b.many or not any(rest) else 0.85
    if spanned:
        return 0.92
    if a.models and b.models:
        return 0.0
    if a.spans or b.spans:
        return 0.8 if not (a.models or b.models) else 0.0
    return 0.85


def _spanned(one: Name, other: Name) -> bool:
    """A model of one lies in a span of the other."""
    for span in one.spans:
        for model in other.models:
            found = re.fullmatch(r"([a-z]*)(\d+)[a-z]?", model)
            if found and found.group(1) == span.prefix and span.low <= int(found.group(2)) <= span.high:
                return True
    return False


def _same_line(one: frozenset[str], other: frozenset[str]) -> bool:
    """Models left over on both sides share a prefix: two members of one line."""
    prefixes = {_PREFIX.match(model).group() for model in one}  # type: ignore[union-attr]
    return any(_PREFIX.match(model).group() in prefixes for model in other)  # type: ignore[union-attr]


def _words(a: Name, b: Name) -> float:
    """What the words allow."""
    common = a.words & b.words
    left, right = a.words - common, b.words - common
    shared_model = bool(a.models & b.models) or _spanned(a, b) or _spanned(b, a)
    if not left and not right:
        if not common and not shared_model:
            return 0.85 if a.kinds == b.kinds and a.kinds else 0.6
        return 0.95 if a.kinds <= b.kinds or b.kinds <= a.kinds else 0.8
    if (left | right) & _VARIANTS and not (a.many or b.many):
        return _variants(a, b, left, right, bool(common) or shared_model)
    if not left or not right:
        return _less(a, b, left, right, shared_model)
    if a.joined[:4] == b.joined[:4] and fuzz.ratio(a.joined, b.joined) >= 92 and a.models == b.models:
        return 0.85
    if shared_model and (common or a.kinds & b.kinds):
        return 0.8
    return 0.4


def _variants(a: Name, b: Name, left: frozenset[str], right: frozenset[str], common: bool) -> float:
    """Words that tell variants apart: one name may leave them out, but not name another model or variant."""
    less = b if left else a
    crossed = bool(less.models - (a.models & b.models))
    if (left and right) or crossed or not common:
        return 0.0
    return 0.8 if (left | right) <= _VARIANTS else 0.5


def _less(a: Name, b: Name, left: frozenset[str], right: frozenset[str], shared_model: bool) -> float:
    """One name says all that the other says and more."""
    common, more = a.words & b.words, left or right
    less = b if left else a
    crossed = bool(less.models - (a.models & b.models)) and not shared_model
    family = (a.family and _family_member(a, b)) or (b.family and _family_member(b, a))
    if crossed and not (a.many or b.many or family):
        return 0.76 if common and (_family_member(a, b) or _family_member(b, a)) else 0.5
    if shared_model and (a.models == b.models or a.many or b.many):
        telling = (
            any(len(model) >= 4 or model.isdigit() is False for model in a.models & b.models) or a.spans or b.spans
        )
        return 0.92 if common or telling else 0.8
    if family:
        return 0.82
    if not common:
        return 0.5
    return 0.8 if len(common) >= len(more) else 0.76


NARROWED = 0.85
"""Probability where the numbers agree and one of both names says more than a brand or a kind."""


def likeness(asked: str, named: str, makers: str = "") -> float:
    """Probability that a text about the product `named` means the product `asked`: as `similarity`, but surely only
    where what is asked is not narrower. `makers`: words that both may repeat."""
    found = similarity(asked, named, makers, makers)
    return NARROWED if found >= SURE and narrowed(asked, named, makers) else found


def narrowed(asked: str, named: str, makers: str = "") -> bool:
    """Whether what is asked may be another product than the one named, though their model numbers agree: after its
    number it says more ("Flow 5 Neonatal" where "Flow 5" is named; behind a number of one or two digits a kind too:
    "Flow 5 Defibrillator"), or one of both is what works beside the other ("Flow 5 Gateway")."""
    readings = alternatives(asked)
    if set(fold(asked).split()) & (_NARROW | _BESIDE):
        readings = readings[:1]  # what stands in parentheses tells it apart
    return all(
        _narrowed_to(name(one, makers), name(other, makers)) for one in readings for other in alternatives(named)
    )


def _narrowed_to(asked: Name, named: Name) -> bool:
    """`narrowed`, of names taken apart."""
    if asked.joined == named.joined:
        return False
    mine, theirs = asked.words | asked.kinds, named.words | named.kinds
    if (mine ^ theirs) & _BESIDE:
        return True
    if not asked.models & named.models:
        return bool((asked.kinds & _NARROW) - theirs)
    *_, last = re.split(rf"\b(?:{'|'.join(map(re.escape, asked.models))})\b", asked.folded)
    plain = all(len(model) <= 2 and model.isdigit() for model in asked.models)
    return bool(set(last.split()) & (asked.words | (asked.kinds if plain else asked.kinds & _NARROW)) - theirs)


def _family_member(family: Name, member: Name) -> bool:
    """ "MX series" and "MX800": a short word of the family begins a model of the member."""
    short = {word for word in family.words if len(word) <= 3}
    return any(_PREFIX.match(model).group() in short for model in member.models)  # type: ignore[union-attr]


FAMILY = 0.8
"""Probability where a table says that the model is sold under the family's word."""


def in_family(family: Name, member: Name, families: Mapping[str, tuple[str, ...]]) -> bool:
    """The first name is a family's word alone, the second a model that the table puts under it."""
    if family.models or len(family.words) != 1:
        return False
    return bool(member.models.intersection(families.get(next(iter(family.words)), ())))
