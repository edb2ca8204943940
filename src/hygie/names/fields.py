"""Normal forms of single fields as tables and people write them: MAC, IP, date, number, class and the like.

What comes in: a cell's text. What goes out: its normal form, or None where the text is not of the kind ("" never means
"could not be read"). Nothing is guessed: a date whose day and month could be swapped needs the column's order.

Source: ISO 8601 (dates); IEEE 802 (EUI-48); RFC 4291 2.2, RFC 5952 (IPv6 text); RFC 4632 (CIDR); MDR 2017/745
art. 51 and IVDR 2017/746 art. 47 (classes).
"""

import datetime as dt
import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from ipaddress import AddressValueError, NetmaskValueError, ip_address, ip_network

_BLANK = frozenset(
    "n a;na;nc;n c;nr;nd;n d;ns;nsp;neant;sans;sans objet;aucun;aucune;inconnu;inconnue;inconnus;non renseigne;"
    "non communique;non connu;non lisible;illisible;indetermine;a definir;a completer;a renseigner;"
    "unknown;none;null;not available;not applicable;tbd;to be defined;empty;vide".split(";")
)
"""What is written where nothing is known, folded; none holds a digit. "REF" is none: it says "réformé" in a status."""
_FAILED = re.compile(
    r"#(?:ref|value|valeur|n/?a|name|nom|null|nul|num|nombre|div/0|spill|calc|getting_data)[!?]?", re.IGNORECASE
)
"""What a spreadsheet shows where a formula failed."""
_LONGEST_BLANK = 40
_DIGIT = re.compile(r"[0-9]")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case without accents, words of letters and digits parted by one space: "N° d'Inv." -> "n d inv"."""
    bare = text.lower()
    if not text.isascii():
        bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", bare))


@lru_cache(maxsize=65536)
def clean(text: str) -> str:
    """Printable text: spaces of all kinds made one, control and invisible characters gone, outer space off."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    spaced = (" " if c.isspace() else c for c in unicodedata.normalize("NFC", text))
    return " ".join("".join(c for c in spaced if c == " " or c.isprintable()).split())


def is_blank(text: str) -> bool:
    """That a cell says nothing: empty, dashes and question marks, "N/A", "non renseigné", "inconnu"."""
    if len(text) > _LONGEST_BLANK:
        return False
    if "#" in text and _FAILED.fullmatch(text.strip()):
        return True
    if _DIGIT.search(text):
        return False
    folded = fold(text)
    return not folded or folded in _BLANK


# addresses

_MAC = re.compile(r"(?<![0-9a-f])(?:[0-9a-f]{2}(?:[:\-. ]?[0-9a-f]{2}){5}|[0-9a-f]{6}[:\-. ][0-9a-f]{6})(?![0-9a-f])")
_MAC_ONLY = re.compile(r"(?:[0-9a-f]{1,2}([:\-.]))(?:[0-9a-f]{1,2}\1){4}[0-9a-f]{1,2}")
_FOUR = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")


@lru_cache(maxsize=65536)
def mac(text: str) -> str | None:
    """One MAC address, lower case with colons, from any notation ("0050.56A1.2011", "00-50-56...", "0:50:56:a:1:2")."""
    value = text.strip().lower()
    if _MAC_ONLY.fullmatch(value):
        return ":".join(part.zfill(2) for part in re.split(r"[:\-.]", value))
    if not _MAC.fullmatch(value):
        return None
    digits = re.sub(r"[^0-9a-f]", "", value)
    return ":".join(digits[i : i + 2] for i in range(0, 12, 2))


def macs(text: str) -> list[str] | None:
    """Every MAC address of a cell, each once; None where one of its parts is none."""
    return _several(text, mac, r"[;,/|\n]+|\s{1,}(?=[0-9a-fA-F]{2}[:\-]|[0-9a-fA-F]{4}\.)")


@lru_cache(maxsize=65536)
def ip(text: str) -> str | None:
    """One IP address in canonical form; leading zeros are decimal ("010.001.002.003"); a prefix length is left out."""
    value = text.strip().split("/")[0].split("%")[0].strip().strip("[]")
    if _FOUR.fullmatch(value):
        value = ".".join(str(int(part)) for part in value.split("."))
    try:
        found = ip_address(value)
    except ValueError:
        return None
    return str(found)


def ips(text: str) -> list[str] | None:
    """Every IP address of a cell, each once; None where one of its parts is none."""
    return _several(text, ip, r"(?<=\d)\s*/\s*(?=\d+\.)|[;,|\n\s]+|\bet\b|\band\b")


def _several(text: str, one: Callable[[str], str | None], split: str) -> list[str] | None:
    parts = [part.strip(" ()") for part in re.split(split, text.strip()) if part.strip(" ()")]
    found = [one(part) for part in parts]
    if not found or None in found:
        single = one(text)
        return [single] if single else None
    return list(dict.fromkeys(value for value in found if value is not None))


@lru_cache(maxsize=4096)
def cidr(text: str) -> str | None:
    """A network in canonical form, from "10.20.1.0/24", "10.20.1.0 255.255.255.0", "10.20.1.x" or "10.20.1.5/24"."""
    value = re.sub(r"\s*(?:/|\bmask\b|\bmasque\b|\s)\s*", "/", text.strip().lower(), count=1)
    wild = re.fullmatch(r"(\d{1,3}\.\d{1,3}\.\d{1,3})\.(?:x|\*)", value)
    if wild:
        value = wild.group(1) + ".0/24"
    if "/" not in value:
        return None
    address, _, mask = value.partition("/")
    try:
        return str(ip_network(f"{ip(address)}/{mask.strip()}", strict=False))
    except (AddressValueError, NetmaskValueError, ValueError):
        return None


def host_name(text: str) -> str | None:
    """A DNS or NetBIOS name, lower case, without the last dot; None for an address or a text."""
    value = text.strip().rstrip(".").lower()
    if not re.fullmatch(r"[\w\-]{1,63}(?:\.[\w\-]{1,63})*", value) or ip(value) or mac(value) or len(value) > 253:
        return None
    return value


def ae_title(text: str) -> str | None:
    """An AE title: 1 to 16 printable ASCII characters but the backslash, outer spaces off (DICOM PS3.5, 6.2)."""
    value = text.strip()
    return value if 1 <= len(value) <= 16 and value.isascii() and value.isprintable() and "\\" not in value else None


def vlan(text: str) -> str | None:
    """A VLAN number 1 to 4094, from "20", "VLAN 20", "Vlan20"."""
    match = re.fullmatch(r"(?:vlan|vl|v)?[\s_\-#]*0*(\d{1,4})", text.strip().lower())
    return match.group(1) if match and 1 <= int(match.group(1)) <= 4094 else None


# numbers that name

_LETTERS_DIGITS = re.compile(r"([A-Z]+)[\s\-_./]+(\d+)")


@lru_cache(maxsize=65536)
def inventory(text: str) -> str | None:
    """An inventory number: upper case, zeros kept; "BM-03503", "bm03503" and "BM 03503" are one. None for a blank."""
    value = clean(text).upper()
    if is_blank(value) or not any(c.isalnum() for c in value):
        return None
    match = _LETTERS_DIGITS.fullmatch(value)
    return match.group(1) + match.group(2) if match else value


_SERIAL_HEAD = re.compile(r"^(?:S\s*/\s*N|SN(?=[\s:.#])|N\s*/\s*S|NS(?=[\s:.])|SERIAL(?:\s+N\w*)?)\s*[:.#°]*\s*")


@lru_cache(maxsize=65536)
def serial(text: str) -> str | None:
    """A serial number: upper case, spaces and a leading "S/N:" off. None for a blank, "0", "XXXX" and the like."""
    value = _SERIAL_HEAD.sub("", clean(text).upper())
    bare = re.sub(r"[\W_]", "", value)
    if is_blank(value) or not bare or set(bare) <= {"X"} or set(bare) == {"0"}:
        return None
    return value.replace(" ", "")


# dates

_NUMERIC = re.compile(r"(\d{1,4})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{1,4})(?:[T\s].*)?")
_MONTH_YEAR = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{4})")
_WORDED = re.compile(r"(?:(\d{1,2})(?:er|st|nd|rd|th)?[\s\-/.]+)?([a-z]{3,})\.?[\s,\-/]+(?:(\d{1,2}),?\s+)?(\d{4})")
_SHORT_YEAR = re.compile(r"(\d{1,2}(?:er|st|nd|rd|th)?[\s\-/.]*[a-z]{3,}\.?[\s\-/]*)(\d{2})")
"""A day, a month in letters and a year of two digits: "15-MAR-19"."""
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv january jan",
            "fevrier fevr fev february feb",
            "mars march mar",
            "avril avr april apr",
            "mai may",
            "juin june jun",
            "juillet juil july jul",
            "aout august aug",
            "septembre sept september sep",
            "octobre oct october",
            "novembre nov november",
            "decembre dec december",
        ),
        1,
    )
    for name in names.split()
}
_YEARS = range(1950, 2101)
_EPOCH = dt.date(1899, 12, 30).toordinal()
_SERIAL_DAYS = range(18264, 73051)
"""Spreadsheet day numbers of 1950 to 2099."""


@lru_cache(maxsize=65536)
def date(text: str, order: str = "dmy") -> str | None:
    """A date as ISO 8601 ("2026-08-14", or "2026-08", "2026" where no more is said).

    `order`: dmy or mdy, of numbers whose year comes last. Years of two digits: 70 and more are 19xx.
    """
    value = text.strip()
    match = _NUMERIC.fullmatch(value)
    if match:
        return _numeric(*(match.group(1), match.group(2), match.group(3)), order)
    match = _MONTH_YEAR.fullmatch(value)
    if match:
        month, year = int(match.group(1)), int(match.group(2))
        return f"{year:04d}-{month:02d}" if 1 <= month <= 12 and year in _YEARS else None
    if value.isascii() and value.isdigit():
        return _plain_number(value)
    folded = "".join(c for c in unicodedata.normalize("NFKD", value.casefold()) if not unicodedata.combining(c))
    short = _SHORT_YEAR.fullmatch(folded)
    match = _WORDED.fullmatch(f"{short.group(1)}{_century(short.group(2))}" if short else folded)
    if match and match.group(2) in _MONTHS:
        day = match.group(1) or match.group(3)
        year, month = int(match.group(4)), _MONTHS[match.group(2)]
        return _iso(year, month, int(day)) if day else f"{year:04d}-{month:02d}"
    return None


def _numeric(one: str, two: str, three: str, order: str) -> str | None:
    if len(one) == 4:
        return _iso(int(one), int(two), int(three)) if len(three) <= 2 else None
    if len(one) > 2 or len(three) not in (2, 4):
        return None
    year = int(three) if len(three) == 4 else int(_century(three))
    first, second = int(one), int(two)
    return _iso(year, first, second) if order == "mdy" else _iso(year, second, first)


def _century(year: str) -> str:
    """A year of two digits in full: 70 and more are 19xx."""
    return ("19" if int(year) >= 70 else "20") + year


def _plain_number(value: str) -> str | None:
    """ "20260814", a year, or a spreadsheet's day number."""
    number = int(value) if len(value) <= 8 else 0
    if len(value) == 8:
        return _iso(number // 10000, number // 100 % 100, number % 100)
    if len(value) == 4 and number in _YEARS:
        return value
    if len(value) == 5 and number in _SERIAL_DAYS:
        return _from_day(number)
    return None


def _from_day(number: int) -> str:
    """Day number of the 1900 system, counted from 1899-12-30."""
    return dt.date.fromordinal(_EPOCH + number).isoformat()


def _iso(year: int, month: int, day: int) -> str | None:
    if year not in _YEARS or not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


def date_order(texts: Iterable[str], others: Iterable[str] = ()) -> str:
    """The order of a column's dates, dmy or mdy: the one that most of them allow, where some allow one only.

    Where the column's dates allow both, `others` (dates of the same table's other columns) tell; without them, dmy.
    """
    return "mdy" if (_lean(texts) or _lean(others)) > 0 else "dmy"


def order_open(texts: Iterable[str], others: Iterable[str] = ()) -> bool:
    """That a column holds dates which are others as day/month than as month/day, and that nothing tells which."""
    every = list(texts)
    return _lean(every) == 0 and any(map(_either, every)) and _lean(others) == 0


def _either(text: str) -> bool:
    """That a date is one day as dmy and another as mdy; with points ("03.04.2021") the day comes first."""
    match = _NUMERIC.fullmatch(text.strip())
    if match is None or "." in text.strip()[:10] or len(match.group(1)) > 2:
        return False
    first, second = int(match.group(1)), int(match.group(2))
    return first != second and 1 <= first <= 12 and 1 <= second <= 12


def _lean(texts: Iterable[str]) -> int:
    """Dates that can be mdy alone, less those that can be dmy alone; "13/13/2020" is neither."""
    lean = 0
    for text in texts:
        match = _NUMERIC.fullmatch(text.strip())
        if match and len(match.group(1)) <= 2:
            lean += (int(match.group(2)) > 12) - (int(match.group(1)) > 12)
    return lean


# amounts and words

_AMOUNT = re.compile(r"-?\d[\d\s.,'’]*")


@lru_cache(maxsize=65536)
def decimal(text: str) -> str | None:
    """A number: decimal comma or point, spaces or points between thousands, a currency or % around it left out."""
    value = re.sub(r"\s*(?:€|eur|euros?|\$|usd|k€|chf|£|ht|ttc|%)\s*", "", text.strip().lower())
    if not _AMOUNT.fullmatch(value):
        return None
    value = re.sub(r"[\s'’]", "", value)
    comma, point = value.rfind(","), value.rfind(".")
    if comma > point:
        value = value.replace(".", "").replace(",", ".") if value.count(",") == 1 else value.replace(",", "")
    elif point > comma and (comma >= 0 or value.count(".") > 1):
        value = value.replace(",", "") if value.count(".") == 1 else value.replace(".", "")
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    shown = f"{number:f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


_YES = frozenset("oui o ja j yes y x vrai true 1 ok connecte connectee reseau raccorde raccordee wifi ethernet".split())
_NO = frozenset("non n nein nee no faux false 0 ko pas aucun jamais".split()) | {
    "non connecte",
    "non connectee",
    "not connected",
}


def yes_no(text: str) -> str | None:
    """ "yes" or "no", from the words of both languages; None for anything else."""
    folded = fold(text)
    if folded in _YES or text.strip() in ("✓", "✔"):
        return "yes"
    return "no" if folded in _NO else None


_CLASS = re.compile(r"(?:classe?\s+)?(?:ce\s+)?(?:dm\s+|mdr\s+)?(?:classe?\s+)?(i{1,3}|[123])\s*([abmsr*]?)")
_VITRO = re.compile(r"(?:classe?\s+)?(?:dmdiv\s+|div\s+|ivdr?\s+|ivd\s+)?(?:classe?\s+)?([abcd])")
_IN_VITRO = frozenset(("ivd", "div", "dmdiv", "dm div", "ivdr", "diagnostic in vitro"))
_ROMAN = {"1": "I", "2": "II", "3": "III", "i": "I", "ii": "II", "iii": "III"}


def ce_class(text: str) -> str | None:
    """I, IIa, IIb, III (Is, Im, Ir count as I), "IVDR A" to "IVDR D", or "IVD" where the class is not said.

    None for anything else, and for a bare II.
    """
    folded = fold(text)
    if folded in _IN_VITRO:
        return "IVD"
    match = _CLASS.fullmatch(folded)
    if match:
        number, letter = _ROMAN[match.group(1)], match.group(2)
        if number == "II":
            return f"II{letter}" if letter in ("a", "b") else None
        return number if letter in ("", "s", "m", "r") and (number == "I" or not letter) else None
    match = _VITRO.fullmatch(folded)
    return f"IVDR {match.group(1).upper()}" if match else None
