"""Abbreviations of French GMAOs: "MONIT. MULTIPARAM." is a moniteur multiparamétrique.

What comes in: the words of a designation, folded and singular, without connecting words. What goes out: the same words
written out, as far as the table knows them.

Only what has one meaning at its place stands here. Cut words that say what a thing is ("RESPI", "VENTIL") are read so
at the beginning of a designation alone: "EXPLO. RESPI." and "CTA VENTIL." are no ventilators. What may mean two things
("PPV", "SAP", "ECHO" with nothing beside it) is not here but in `functions.AMBIGUOUS` and `functions.ALONE`: a person
is asked.

To add one: a line "abbreviations = words", in `BEGINNING` where it names the thing, else in `ANYWHERE`.
Source: how French hospitals write designations into fields of 20 to 40 characters; the judgement is Hygie's.
"""

from functools import cache

BEGINNING = """
analys, analyz = analyseur
aspi, aspirat = aspirateur
autocl = autoclave
autom, automat = automate
bist, bistou = bistouri
centr, central = centrale
congel, congelo = congelateur
couv = couveuse
defib, defibri, defibril, defibrill = defibrillateur
densito = densitometre
echog, echogr, echograph = echographe
electrocardio = electrocardiographe
enreg, enregist = enregistreur
frigo, refri, refrig = refrigerateur
gen, gene, gener, generat = generateur
imp, imprim = imprimante
incub = incubateur
inj, inject = injecteur
lect, lecteu = lecteur
mammo = mammographe
moni = moniteur
osmo = osmoseur
osteodensito = osteodensitometre
pass, passerel = passerelle
resp, respi, respir, respirat = respirateur
scano = scanographe
serv, srv = serveur
spiro = spirometre
stat accueil, st accueil = station accueil
steril, sterilis = sterilisateur
tensio, tensiom = tensiometre
trait, traitemt = traitement
uc = unite centrale
ventil, ventilat = ventilateur
"""

ANYWHERE = """
accel = accelerateur
anesth, anesthe = anesthesie
arthro = arthroscopie
artif = artificiel
autorefracto, autoref = autorefracteur
autotransf = autotransfuseur
ampli bril, ampli brill, ampli brillance, amplibrillance = amplificateur brillance
bacterio = bacteriologie
batt, bat = batterie
biochim = biochimie
biomol, bio mol, biol mol = biologie moleculaire
brill = brillance
card = cardiaque
cardiotoco = cardiotocographe
chauf, chauff = chauffante
chir, chirurg = chirurgical
coag = coagulation
coelioscop = coelioscopie
contrepuls = contrepulsion
coro = coronarographie
epr effort, ep effort = epreuve effort
ext = externe
glyc, glycem = glycemie
hematol, hemato = hematologie
hemodial = hemodialyse
hemost = hemostase
humidif = humidificateur
immuno hemato, immuno hematologie = immuno hematologie
immuno analyseur = immuno analyseur
immuno, immunol = immunologie
labo = laboratoire
microbio = microbiologie
monit = moniteur
multiparam, multiparametr, multi param, multipara, multipar, multi parametre = multiparametrique
multi parametrique = multiparametrique
neonat, neona, neonatale = neonatal
neuronav = neuronavigation
nne, nv ne = nouveau ne
nut, nutri, nutrit = nutrition
oper, operat = operatoire
oxym = oxymetre
pdc = contraste
perf, perfus = perfusion
pese pers = pese personne
phaco = phacoemulsificateur
photother = phototherapie
plethysmo = plethysmographe
polysomno = polysomnographe
pot evoq = potentiel evoque
pousse ser, pousse sering, p seringue = pousse seringue
radioth, radiother = radiotherapie
rea, reanim = reanimation
rechauf, rechauff = rechauffeur
reprog, reprograph = reprographe
retino = retinographe
saturo = saturometre
scialyt, scialy = scialytique
scinti = scintigraphie
sering = seringue
surv, surveil, surveill = surveillance
table op = table operatoire
table telecom, table telecomm, table telecde = table telecommandee
microscope op = microscope operatoire
telemet, telem = telemetrie
thermom = thermometre
tomodensito = tomodensitometre
transp = transport
urg = urgence
volum, volumetr = volumetrique
"""

_BESIDE = {"echo": ("echographe",)}
"""Read so at the beginning, and only where another word stands behind it."""


@cache
def _table(lines: str) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Words of an abbreviation -> the words that it stands for."""
    table: dict[tuple[str, ...], tuple[str, ...]] = {}
    for line in lines.strip().splitlines():
        short, _, whole = line.partition(" = ")
        table |= {tuple(map(_singular, key.split())): tuple(whole.split()) for key in short.split(", ")}
    return table


def _singular(word: str) -> str:
    """As words of designations come here: cut words may end in s or x ("PERS.") too."""
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word


def written_out(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a designation with its abbreviations written out."""
    found: list[str] = []
    at = 0
    while at < len(words):
        whole, taken = _one(words, at)
        found.extend(whole)
        at += taken
    return tuple(found)


def _one(words: tuple[str, ...], at: int) -> tuple[tuple[str, ...], int]:
    """What stands at a place, written out, and how many words it takes there; the longest abbreviation wins."""
    for length in (2, 1):
        key = words[at : at + length]
        if len(key) == length and at == 0 and key in _table(BEGINNING):
            return _table(BEGINNING)[key], length
        if len(key) == length and key in _table(ANYWHERE):
            return _table(ANYWHERE)[key], length
    if at == 0 and len(words) > 1 and words[0] in _BESIDE:
        return _BESIDE[words[0]], 1
    return words[at : at + 1], 1
