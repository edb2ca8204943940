"""The words around versions in advisories, English and French: turned into symbols, dates and conditions.

Rules stand as tables in the order in which they are tried.
"""

import re

_EVERYTHING = re.compile(
    r"(?:vers:(?:all|generic)/\*|\*|all|any"
    r"|all (?:known )?(?:software |product |firmware )?(?:versions?|models?|releases?)(?: of .*)?"
    r"|any versions?|all supported versions|toutes?(?: les)?(?: versions?)?|all versions \(\*\))"
)

_TAIL = r"(?:\s+versions?|\s+releases?)?"
_JOIN = r"([^|<>,;]+?),?\s+(?:and|or|et|ou)\s+(?:all\s+)?"
_TO = r"(?:to|through|until|up to(?: and including)?)"
_ALL = r"\ball versions?(?: of)?(?= *(?:<|>|=|prior|before|up|below|earlier|through|from|until|and|lower|less|older))"
_UPTO = r"\b(?:up to and including|up through|up to|through|jusqu['’]à(?: la)?|inclus jusqu['’]à) (?=v?\.?[\da-z])"
_UNDER = (
    r"\b(?:prior to|before|earlier than|older than|lower than|less than|below|antérieures? à(?: la)?"
    r"|inférieures? à(?: la)?|avant(?: la)?) (?=\(?v?\.?[\da-z])"
)
_OVER = (
    r"\b(?:later than|newer than|greater than|higher than|above|after|supérieures? à(?: la)?"
    r"|postérieures? à(?: la)?|après(?: la)?) (?=v?[\da-z])"
)
_SINCE = r"\b(?:starting (?:from|with|at)|beginning with|since|from|à partir de(?: la)?|depuis(?: la)?) (?=v?[\da-z])"
_EARLIER = (
    _JOIN + r"(?:prior|below|earlier|older|lower|previous|under|before|antérieures?|inférieures?|précédentes?)" + _TAIL
)
_LATER = (
    _JOIN + r"(?:later|newer|above|higher|greater|up|after|subsequent|ultérieures?|supérieures?|suivantes?)" + _TAIL
)

_WORDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), symbol)
    for pattern, symbol in (
        (_ALL, ""),
        (r"\b(?:versions?|releases?|firmware|software|ver\.?|toutes les versions)(?= )", ""),
        (r"\bbetween (.+?) and (.+)", r">= \1 | <= \2"),
        (r"\bentre (.+?) et (.+)", r">= \1 | <= \2"),
        (rf"\bfrom (.+?) {_TO} (?:but not including|before) (.+)", r">= \1 | < \2"),
        (rf"\bfrom (.+?) {_TO} (.+)", r">= \1 | <= \2"),
        (r"\bde (?:la )?(.+?) à (?:la )?(.+)", r">= \1 | <= \2"),
        (r"\bup to,? but not including ", "< "),
        (r"\s+-?\s*(?:up to )?but not including ", " | < "),
        (r"(\S*\d)\s+(?:through|to|until|à|thru)\s+(\S+)", r">= \1 | <= \2"),
        (_UPTO, "<= "),
        (_UNDER, "< "),
        (_OVER, "> "),
        (_SINCE, ">= "),
        (_EARLIER, r"<= \1"),
        (_LATER, r">= \1"),
        (r"([^|<>,;]+?)\s+\((?:and|or) (?:below|earlier|lower|prior)\)", r"<= \1"),
        (r"^(\d\S*)\+$", r">= \1"),
        (r"(?<=\d)\s+(?:and|or|et|ou)\s+(?=v?\d)", " | "),
        (r"\s+and\s+(?=[<>])", " | "),
    )
)

_LEADING = re.compile(r"^(?:versions?|releases?|revisions?|rev\.?|ver\.?|firmware|software)[: ]\s*")
_CONDITION = re.compile(
    r"\s+(?:(?:running )?on (?:windows|linux|old|android|ios|systems|devices|operating)"
    r"|with (?!versions)|model\b|when |if |using |for |installed |only (?:on|with|when|if) |sur |avec )"
)
_IDLE = re.compile(
    r"\((?:end[- ]of[- ](?:life|support|sale)[^()]*|build nr[^()]*|integrated (?:in|into)[^()]*|part of[^()]*"
    r"|inclusive|included|inclus|discontinued|obsolete|eol)\)"
)
_BUILD = re.compile(r"\(\s*(build\s+\w+)\s*\)")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
           "december", "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
           "novembre", "décembre")  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATES: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<m>{_MONTH})[ /]+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[ ,/]+(?P<y>\d{{4}})",
        rf"(?P<d>\d{{1,2}})(?:er)?[ -]+(?P<m>{_MONTH})[ -]+(?P<y>\d{{4}})",
        rf"(?P<m>{_MONTH})[ ]+(?P<y>\d{{4}})",
        r"(?P<n>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})",
        r"(?P<y>\d{4})-(?P<n>\d{2})-(?P<d>\d{2})",
    )
)
_HANDED = re.compile(r"\b(?:distributed|manufactured|shipped|produced|delivered|sold|fabriqués?|livrés?)\b")
_VERSION = re.compile(
    r"(?:[a-z]{1,6}[ ._-]?)?[a-z]?\.?\d[\w.()+#/-]*"
    r"(?:[ ._-]+\(?(?:\d+|[a-z]{1,3}\d+[a-z]?|build|mr|sp|sr|hf|hotfix(?:rev)?"
    r"|patch|upd|update|fp|mp|rc|beta|alpha|service pack|edition)\s?[\d.]*\)?){0,4}|[a-z]",
    re.ASCII,
)
_NOT_A_VERSION = re.compile(rf"^(?:{_MONTH})\b|xx|(?:^|[^\d])\dx$|^(?:sp|fp|hf|upd|sr|mp)[ ._-]?\d", re.ASCII)


def plain(text: str) -> str:
    """Lower case, single spaces, no leading "version"."""
    low = " ".join(text.lower().replace("\u00a0", " ").split()).strip(" .;")
    low = low.replace("≤", "<=").replace("≥", ">=").replace("=<", "<=").replace("=>", ">=")
    if is_everything(low):
        return low
    return _LEADING.sub("", low)


def is_everything(words: str) -> bool:
    """Whether the text says "all versions"."""
    return not words or _EVERYTHING.fullmatch(words) is not None


def without_condition(words: str) -> tuple[str | None, str]:
    """The version part and what else must hold; None for the version part where the text cannot be divided."""
    words = _BUILD.sub(r"\1", _IDLE.sub("", words)).strip()
    if "(" in words:
        return _without_parenthesis(words)
    if _HANDED.search(words):
        return "*", words
    found = _CONDITION.search(words)
    if found and re.search(r"\d|\*|all versions", words[: found.start()]):
        return words[: found.start()].strip(), words[found.start() :].strip()
    return words, ""


def _without_parenthesis(words: str) -> tuple[str | None, str]:
    """Divides "6.x (with module A)"; a parenthesis that begins the text, is glued to a word or is followed by more
    cannot be divided."""
    opened = words.index("(")
    if opened == 0 or words[opened - 1] != " ":
        return None, ""
    depth = 0
    for place in range(opened, len(words)):
        depth += {"(": 1, ")": -1}.get(words[place], 0)
        if depth == 0 and words[place + 1 :].strip(" |,"):
            return None, ""
    return words[:opened].strip(" |,"), words[opened:].strip("() ")


def with_symbols(words: str) -> str:
    """Spoken comparisons as symbols: "2.3.6 and below" -> "<= 2.3.6"."""
    for pattern, symbol in _WORDS:
        words = pattern.sub(symbol, words)
    return " ".join(words.split())


def with_dates(words: str) -> str | None:
    """The text with its dates as "2018.04.01"; None where it holds no date of a year (or more than dates)."""
    rest = words
    for pattern in _DATES:
        rest = pattern.sub(_date, rest)
    if rest == words or re.search(r"[a-z]", rest):
        return None
    return rest


def _date(found: re.Match[str]) -> str:
    """Year, month, day as numbers; a month alone begins on its first day."""
    parts = found.groupdict()
    month = int(parts["n"]) if parts.get("n") else _MONTHS.index(parts["m"]) % 12 + 1
    return f"{int(parts['y'])}.{month}.{int(parts.get('d') or 1)}"


def iso_date(version: str) -> str | None:
    """A version that is itself a date, as "2018.4.1"; None where it is none."""
    low = plain(version)
    for pattern in _DATES:
        found = pattern.fullmatch(low)
        if found:
            return _date(found)
    return None


def looks_like_a_version(text: str) -> bool:
    """Whether a text has the shape of a version: not a name, a month, a sentence or a template ("R7x", "16XXX")."""
    text = text.strip()
    return _VERSION.fullmatch(text) is not None and _NOT_A_VERSION.search(text) is None
