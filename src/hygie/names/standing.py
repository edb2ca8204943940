"""Whether a thing is in use, in store, out of service or gone, from the word of a GMAO's status column.

What comes in: a cell's text. What goes out: one of four keys, or None where the words give none, or leave it open.

Rules. A device that is said to be gone leaves every priority and measure, so that word is taken only where nothing else
stands beside it than what goes with it ("Réformé le 12/03/2019, remplacé par E0203"): "proposé à la réforme", "réforme
refusée", "non réformé", "mis à disposition" are left open. What is denied, cancelled or to come is not said: "panne
réparée", "pas en stock", "mise en service prévue". Gone and in service at once is left open. What is lost, stolen or
"out" without a word more is left open too (`astray`): it is not in use, and may still stand on a network. A day to come
beside a word for gone is a plan (`coming`): the device is in use until then.
"""

import re
import unicodedata

from hygie.names.fields import date, fold

_WORDS = {
    "hs": "out of service", "h s": "out of service", "hors": "out of service", "maintenance": "out of service",
    "en maintenance": "out of service", "arret": "out of service", "failed": "out of service",
    "reparation": "out of service", "repair": "out of service", "indispo": "out of service",
    "es": "in service", "ok": "in service", "bon": "in service", "bon etat": "in service", "good": "in service",
    "enservice": "in service", "operating": "in service", "inst": "in service", "installe": "in service",
    "en marche": "in service", "service": "in service", "running": "in service", "fonction": "in service",
    "production": "in service", "en production": "in service", "s": "in service", "utilisation": "in service",
    "outoforder": "out of service", "outofservice": "out of service", "horsservice": "out of service",
    "enpanne": "out of service", "inrepair": "out of service", "enreparation": "out of service",
    "notinuse": "out of service", "inservice": "in service", "inuse": "in service", "enstock": "spare",
    "instock": "spare",
    "ref": "disposed", "reform": "disposed", "donne": "disposed", "donnee": "disposed", "donated": "disposed",
    "condemned": "out of service",
    "en exploitation": "in service", "exploitation": "in service", "in operation": "in service",
    "ausgemustert": "disposed", "verschrottet": "disposed", "entsorgt": "disposed", "declasse": "disposed",
    "declassee": "disposed", "mis au rancart": "disposed", "au rancart": "disposed", "mise au rancart": "disposed",
    "in gebruik": "in service", "in dienst": "in service", "buiten gebruik": "out of service",
    "buiten dienst": "out of service", "in betrieb": "in service",
    "aktiv": "in service", "installed": "in service", "deployed": "in service",
    "im einsatz": "in service", "ausser betrieb": "out of service", "stillgelegt": "out of service",
    "inaktiv": "out of service", "defekt": "out of service", "in maintenance": "out of service",
    "in reparatur": "out of service", "lager": "spare", "an lager": "spare", "im lager": "spare",
    "pret": "in service", "loan": "in service", "loaned": "in service", "loaned out": "in service",
    "pool": "spare", "neuf": "spare", "non affecte": "spare", "backup": "spare", "en attente": "spare",
}  # fmt: skip
"""Words that say it where they stand alone. One letter for what is gone ("R") could be a repair or a reserve."""

_GONE = re.compile(
    r"\b(?:(?:mise?s? )?(?:a la |en |au )?(?:reforme[es]?s?|rebut|rebutee?)|cedee?s?|vendue?s?|detruite?s?"
    r"|eliminee?s?|ferraillee?s?|radiee?s?"
    r"|(?:sortie?s? |hors )(?:(?:du|de|de l|d) )?(?:inventaire|parc|actif|patrimoine|gmao)|sortie?s? definitiv\w+"
    r"|disposed(?: of)?|retired|scrapped|scrap|decommissioned|decommission|sold|written off|discarded)\b"
)
_BESIDE = re.compile(
    r"(?:(?!0+ )\d\w*|[a-z]{1,3}\d+\w*|le|la|l|les|du|de|des|d|en|au|par|et|and|on|in|by|the|since|depuis|date|oui|yes"
    r"|suite|cause|motif|definitiv\w*|definitely|permanently|irreparable|obsol\w+|vetust\w+|materiel|equipement|appareil|dm|device"
    r"|equipment|asset|prononcee?|effectuee?|faite?|completed|done|biomed\w*|service|remplacee?s? par"
    r"|replaced by|stock|stockee?|magasin|storage"
    r"|jan\w*|fev\w*|feb\w*|mar\w*|avr\w*|apr\w*|mai|may|ju[ni]\w*|juil\w*|aou\w*|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*)"
)
"""What may stand beside a word for gone without putting it in doubt."""

_HANDED = re.compile(
    r"^(?:(?:cedee?s?|vendue?s?|donnee?s?) (?:(?:a|au|aux) )(?:(?:la|l|le|les|un|une|d) )?"
    r"(?:clinique|hopital|hopitaux|ch|chu|chru|chr|ghu|ght|centre hospitalier|ehpad|association|ong|institut"
    r"|lycee|ecole|fournisseur|fabricant|constructeur|vendeur|ferrailleur|repreneur|titre gratuit|titre onereux)"
    r"|restituee?s? (?:a|au|aux) (?:(?:la|l|le|les) )?"
    r"(?:fournisseur|fabricant|constructeur|loueur|bailleur|proprietaire|industriel|preteur|societe)"
    r"|(?:given back|handed back) to (?:the )?(?:supplier|manufacturer|lessor|owner))\b(?P<rest>.*)$"
)
"""Handed over to somebody outside. "Restitué au service", "retourné au fournisseur" may follow a repair: left open."""
_DOUBT = re.compile(
    r"\b(?:puis|mais|sauf|si|avant|apres|pret|pour|reparation|recuper\w*|repri\w*|retour\w*|revenu\w*|pas|non|jamais|encore"
    r"|cours|attente|instance|envisag\w*|eventuel\w*|futur\w*|bientot|prev\w*|demand\w*|propos\w*|annul\w*|refus\w*"
    r"|report\w*|suspend\w*|suspens|rejet\w*|reject\w*|venir|not|yet|never|planned|pending|request\w*|cancel\w*"
    r"|denied|declined|scheduled|soon|then|but|back|en service|in service|stock|temporaire\w*|20[2-9]\d prevu)\b"
)
_ASTRAY = re.compile(
    r"\b(?:perdue?s?|egaree?s?|vol|volee?s?|vols|disparue?s?|introuvables?|manquante?s?|non retrouvee?s?"
    r"|(?:not|never) found|lost|stolen|missing|vermisst|gestohlen|verloren)\b|^(?:est )?(?:sortie?s?|disposal)$"
)
"""Nobody knows where it is, or it went out and nobody says for good."""
_LEAVING = re.compile(
    r"\b(?:reform\w*|rebut\w*|cession|ced\w+|vendu\w*|vente|detrui\w+|destruction|elimin\w+|ferraill\w+"
    r"|radi(?:ation|e\w*)|sorti\w*|dispos\w+|retir\w+|scrap\w*|decommission\w*|sold|written off|discard\w*"
    r"|ausgemustert|verschrottet|entsorgt)\b"
)
_DAY = re.compile(
    r"(?<!\d)(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?(?:\d{4}|\d{2})|\d{1,2}\s?[/.\-]\s?20\d\d"
    r"|(?:\d{1,2}(?:er)?\s+)?[^\W\d_]{3,9}\.?\s+20\d\d|20\d\d)(?!\d)"
)
_UNDONE = re.compile(r"\bd[eé]\s?[-\u2010-\u2015]\s?r[eé]form|\bd(?:é\s?|e)r[eé]form|^\s*d[eé]\s+r[eé]form|\bex[\s-]")
"""What was taken back: "Dé-réformé"."""
_CODED = re.compile(
    r"\s*(?!(?:a|n|no|non|nein|not|pas|de|ex|0+)\b)[^\W_]{1,2}\s*[-\u2013\u2014:=/.)]\s+(?=[^\W\d_]{3})", re.IGNORECASE
)
"""The code of a list of choices before its words: "R - Rebut"."""
_LENT = re.compile(
    r"(?:en prets?|on loan)(?: (?:(?:du )?(?:fournisseur|fabricant|constructeur|industriel)|interne"
    r"|(?:au |dans le )?service(?: \w+){0,3}))?"
)
"""Lent: in use, here or there."""

_OUT = re.compile(
    r"\b(?:(?:non|pas|not|plus|no longer) (?:fonctionn\w+|(?:en |in )?(?:service|serv|fonction|use|operation\w*)"
    r"|activ\w*|actif\w*|operation\w*|working)|desactiv\w+|deactivated|disabled|inacti\w+"
    r"|hors (?:service|d usage|usage)|hs|en panne|panne|(?:en|cours de) repar\w*"
    r"|(?:in|under|being) repair\w*|reparation|irreparable|out of (?:service|order|use)|broken|indispo\w*)\b"
)
_SPARE = re.compile(r"\b(?:stock\w*|reserve|spare|secours|magasin|storage|stored)\b")
_USED = re.compile(
    r"\b(?:en serv(?:ice)?|in serv(?:ice)?|operationnel\w*|operational|(?:en|in) fonction|fonctionn\w+|functional"
    r"|functioning|(?:re)?acti(?:fs?|ves?|vee?s?|vated)|in use|en usage|utilisee?s?|en utilisation)\b"
)
_VOID = re.compile(
    r"\b(?:inutilis\w*|unused|sous reserve|reservee? (?:a|au|aux|pour)|(?:de|en rupture de|hors) ?stock\w*)\b"
)
"""What looks like a word for something, and is none."""

_BEFORE = re.compile(
    r"(?:\b(?:non|pas|not|jamais|never|sans|aucune?|no|ni|avant|before|attente|awaiting|pending|prevue?s?|planned"
    r"|sortie?s?|retour|plus|proposee?s?|demande\w*|refus\w*|annul\w*|cancel\w*|a mettre|to be|mettre)(?: \w+){0,2} ?)$"
)
_AFTER = re.compile(
    r"^ non$|^(?: \w+){0,1} ?\b(?:refus\w*|annul\w*|cancel\w*|reject\w*|rejet\w*|denied|declined|revo\w+|prevue?s?"
    r"|planned|propos\w*|reporte\w*|postponed|impossible|suspendue?s?|a venir)\b"
)
_MENDED = re.compile(
    r"\b(?:reparee?s?|repaired|retour|returned|back from|resolue?s?|fixed|termine\w*|finie?s?|finished|evitee?s?)\b"
)


def status(text: str) -> str | None:
    """in service, spare, out of service or disposed; None for a word that says none of them, or leaves it open."""
    found = _status(text)
    code = _CODED.match(text) if found is None and not astray(text) else None  # what is denied begins with no code
    return _status(text[code.end() :]) if code else found


def astray(text: str) -> bool:
    """That a word says that the thing is lost, stolen or out, which leaves open whether it is still on a network."""
    folded = fold(text)
    return folded not in _WORDS and _ASTRAY.search(folded) is not None


def coming(text: str, day: str) -> str:
    """The day, later than `day` (ISO 8601), at which a word says that the thing will leave; "" for none, for one that
    has come, and where another day beside it has come."""
    if not _LEAVING.search(fold(text)):
        return ""
    days = [found for match in _DAY.finditer(text) if (found := _iso(match.group()))]
    return days[0] if day and days and all(found > day[: len(found)] for found in days) else ""


def _iso(text: str) -> str:
    """ISO 8601 form of a day, month or year; "" for what is none ("fin 2027" is its year)."""
    return date(text) or date(text[-4:]) or ""


def _status(text: str) -> str | None:
    """The same of words without a code before them."""
    folded = fold(text)
    if folded in _WORDS:
        return _WORDS[folded]
    if astray(text) or _UNDONE.search(unicodedata.normalize("NFC", text).casefold()):
        return None
    if "?" not in text and (_LENT.fullmatch(folded) or _handed(folded)):
        return "disposed" if _handed(folded) else "in service"
    rest = _VOID.sub(" void ", folded)
    used = _meant(_USED, _OUT.sub(lambda found: "x" * len(found.group()), rest))
    if _GONE.search(rest):
        return None if used or "?" in text or not _alone(rest) or _planned(text, folded) else "disposed"
    if "?" in text:
        return None
    out = _meant(_OUT, rest) and not _MENDED.search(rest)
    if out:
        return None if used else "out of service"
    if _meant(_SPARE, rest):
        return "spare"
    return "in service" if used else None


def _handed(folded: str) -> bool:
    """Handed over to somebody outside, and nothing else stands there that could put it in doubt."""
    found = _HANDED.match(folded)
    return folded in ("cede a", "cedee a") or (found is not None and not _DOUBT.search(found["rest"]))


def _alone(folded: str) -> bool:
    """Nothing stands beside the words for gone, and for broken, that could put them in doubt."""
    left = _OUT.sub(" ", _GONE.sub(" ", folded))
    return not _BESIDE_ALL.sub(" ", f" {' '.join(left.split())} ").strip()


_YEAR = re.compile(r"\b(?:reforme|mise au rebut) (?:(?:au|en|fin|de|date) )*(?:20\d\d)$")
_NOUN = re.compile(r"(?:\br[eé]forme|\bR[eé]forme|\b[Mm]ise)\b(?=.*\d)")
_DONE = re.compile(r"(?:form|but|FORM|BUT)[éÉ]|\b[mM](?:is|IS)\b")


def _planned(text: str, folded: str) -> bool:
    """ "Réforme 2027", "Mise au rebut au 31/12/2027": a plan as likely as a fact; "Réformé 2019" is a fact."""
    text = unicodedata.normalize("NFC", text)
    return not _DONE.search(text) and bool(_YEAR.search(folded) or _NOUN.search(text))


_BESIDE_ALL = re.compile(rf"(?<= )(?:{_BESIDE.pattern})(?= )")


def _meant(pattern: re.Pattern[str], folded: str) -> bool:
    """A word of the pattern stands there, neither denied nor cancelled nor to come."""
    return any(
        not _BEFORE.search(folded[: found.start()]) and not _AFTER.search(folded[found.end() :])
        for found in pattern.finditer(folded)
    )
