"""Trains and checks the weights of doubtful links: writes `src/hygie/register/weights.py` and the reliability tables.

    python tools/calibrate_links.py [RECORDS.zip]

Public device records (AccessGUDID) have no serial numbers, wards or addresses: they are records of models. So fleets
are drawn from them: each record becomes one or more devices, and each device is written twice, once as a GMAO would
have it, once as another table or the network would. Makers, products and references are as in the records; serial
numbers, host names, wards, versions and addresses are drawn; errors are made at the rates of `RATES`. The pairs that
the register would compare and that its strong rules leave open are labelled same or not, and a logistic model is
fitted on two thirds of the fleets and checked on the other third. No randomness but a hash: the same records give the
same weights.
"""

import hashlib
import sys
import zipfile
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import numpy as np

from hygie.names.maker import fold, same_key, shown
from hygie.register import keys
from hygie.register.links import PAIRS, Side, blocks, near, signs

ROOT = Path(__file__).resolve().parent.parent
RECORDS = ROOT.parent / "shared/data/gudid-sample/openfda/device_udi/tests/file.zip"
FLEETS, MODELS = 120, 60
"""Fleets drawn, models in each."""
BIN = 0.1

RATES = {
    "in the GMAO": 0.92,
    "in the other source": 0.85,
    "written twice in the GMAO, under two numbers": 0.01,
    "serial number of a neighbour of the same model copied": 0.006,
    "maker written otherwise": 0.35,
    "product written otherwise": 0.4,
    "serial number missing in a GMAO": 0.12,
    "serial number missing in the other table": 0.15,
    "serial number missing where the network speaks": 0.75,
    "serial number mistyped": 0.12,
    "host name known to a GMAO": 0.3,
    "host name mistyped or renamed": 0.12,
    "address known to a GMAO": 0.3,
    "address out of date": 0.2,
    "version known": 0.45,
    "version out of date": 0.3,
    "ward missing": 0.1,
    "ward out of date": 0.15,
    "reference missing": 0.5,
    "kind missing": 0.3,
}
"""Shares by which devices are written; assumed, since no hospital's own errors were at hand."""


class Record(NamedTuple):
    """What is taken of a public record."""

    make: str
    product: str
    number: str
    kind: str


class Thing(NamedTuple):
    """One device of a fleet, as it really is."""

    record: Record
    serial: str
    host: str
    version: str
    ward: str
    address: str


class Line(NamedTuple):
    """A device as one source writes it."""

    thing: int
    source: str
    side: Side


class Dice:
    """Numbers from a hash of a seed and a count."""

    def __init__(self, seed: str) -> None:
        self.seed, self.count = seed, 0

    def real(self) -> float:
        """From 0 to 1."""
        self.count += 1
        mark = hashlib.blake2b(f"{self.seed}/{self.count}".encode(), digest_size=8).digest()
        return int.from_bytes(mark, "big") / 2**64

    def below(self, n: int) -> int:
        """From 0 to n - 1."""
        return int(self.real() * n)

    def happens(self, rate: str) -> bool:
        """Whether what `RATES` names happens this time."""
        return self.real() < RATES[rate]


def records(path: Path) -> list[Record]:
    """Distinct makers, brands and references of the records, in order."""
    found: dict[Record, None] = {}
    wanted = {"companyName", "brandName", "versionModelNumber", "catalogNumber", "gmdnPTName"}
    with zipfile.ZipFile(path) as archive, archive.open("file1.xml") as file:
        for _, node in ElementTree.iterparse(file):  # noqa: S314 - a public file named by the person who runs this
            if node.tag.rpartition("}")[2] == "device":
                said = {
                    part.tag.rpartition("}")[2]: (part.text or "").strip()
                    for part in node.iter()
                    if part.tag.rpartition("}")[2] in wanted
                }
                number = said.get("catalogNumber") or said.get("versionModelNumber", "")
                record = Record(
                    said.get("companyName", ""), said.get("brandName", ""), number, said.get("gmdnPTName", "")
                )
                if record.make and record.product:
                    found[record] = None
                node.clear()
    return list(found)


def fleet(known: list[Record], name: str) -> list[Thing]:
    """Devices of one hospital: some models once, some many times, with serial numbers in series."""
    dice = Dice(name)
    things = []
    for _ in range(MODELS):
        record = known[dice.below(len(known))]
        prefix = "".join(w[0] for w in fold(record.product).split())[:3].upper() + ("-" if dice.real() < 0.5 else "")
        start, digits, step = dice.below(90_000) + 1_000, 4 + dice.below(4), (1, 1, 3, 17, 250)[dice.below(5)]
        stem = keys.compact(record.product)[:6].lower()
        for n in range((1, 1, 1, 2, 3, 5, 8, 15)[dice.below(8)]):
            ward = f"ward {dice.below(18)}"
            host = f"{stem}-{n + 1:02}" if dice.real() < 0.6 else f"{ward[-2:].strip()}{stem}{dice.below(900) + 100}"
            things.append(
                Thing(
                    record,
                    f"{prefix}{start + n * step * (1 + (dice.below(3) if step > 1 else 0)):0{digits}}",
                    host,
                    f"{1 + dice.below(2)}.{dice.below(4)}",
                    ward,
                    f"10.{dice.below(4)}.{dice.below(30)}.{1 + dice.below(250)}",
                )
            )
    return things


def spell_make(make: str, dice: Dice) -> str:
    """A maker's name as people write it."""
    if not dice.happens("maker written otherwise"):
        return make
    words = shown(make).split()
    forms = (shown(make), words[0], shown(make).title(), " ".join(words[:2]), mistype(shown(make), dice), "")
    return forms[dice.below(len(forms))]


def spell_product(record: Record, dice: Dice) -> str:
    """A product's name as people write it."""
    if not dice.happens("product written otherwise"):
        return record.product
    words = record.product.split()
    forms = (
        record.product.upper(), " ".join(words[:-1]) or record.product, f"{record.product} {record.number}",
        record.number,
        mistype(record.product, dice), f"{shown(record.make)} {record.product}", record.product[:14], "",
    )  # fmt: skip
    return forms[dice.below(len(forms))]


LOOKALIKES = {"0": "O", "O": "0", "1": "I", "I": "1", "5": "S", "S": "5", "8": "B", "B": "8", "2": "Z", "Z": "2"}


def mistype(text: str, dice: Dice) -> str:
    """One sign wrong, left out, doubled, swapped with the next, or taken for another that looks like it."""
    if len(text) < 2:
        return text
    n, way = dice.below(len(text) - 1), dice.below(5)
    if way == 0:
        return text[:n] + text[n + 1] + text[n] + text[n + 2 :]
    if way == 1:
        return text[:n] + text[n + 1 :]
    if way == 2:
        return text[:n] + text[n] + text[n:]
    if way == 3:
        return "".join(LOOKALIKES.get(sign, sign) if i >= n else sign for i, sign in enumerate(text))
    return text[:n] + "0123456789"[dice.below(10)] + text[n + 1 :]


def write(thing: Thing, source: str, things: list[Thing], dice: Dice) -> Side:
    """A device as a source writes it: gmao, table or network."""
    serial = thing.serial
    missing = {
        "gmao": "serial number missing in a GMAO",
        "table": "serial number missing in the other table",
        "network": "serial number missing where the network speaks",
    }
    if dice.happens(missing[source]):
        serial = ""
    elif source != "network" and dice.happens("serial number mistyped"):
        serial = serial.partition("-")[2] if "-" in serial and dice.real() < 0.3 else mistype(serial, dice)
    elif dice.happens("serial number of a neighbour of the same model copied"):
        serial = next((t.serial for t in things if t.record == thing.record and t is not thing), serial)
    host = thing.host if source == "network" or dice.happens("host name known to a GMAO") else ""
    if host and dice.happens("host name mistyped or renamed"):
        host = mistype(host, dice) if dice.real() < 0.5 else f"pc{dice.below(9000) + 1000}"
    address = thing.address if source == "network" or dice.happens("address known to a GMAO") else ""
    if address and source != "network" and dice.happens("address out of date"):
        address = things[dice.below(len(things))].address
    version = thing.version if dice.happens("version known") else ""
    if version and source != "network" and dice.happens("version out of date"):
        version = "1.0"
    ward = "" if source == "network" or dice.happens("ward missing") else thing.ward
    if ward and dice.happens("ward out of date"):
        ward = f"ward {dice.below(18)}"
    kind = thing.record.kind if not dice.happens("kind missing") else ""
    return Side(
        make=same_key(spell_make(thing.record.make, dice)),
        product=spell_product(thing.record, dice),
        number="" if source == "network" or dice.happens("reference missing") else keys.compact(thing.record.number),
        serial=keys.serial(serial),
        hosts=frozenset((host,)) if host else frozenset(),
        version=version,
        ward=ward,
        kind=kind,
        addresses=frozenset((address,)) if address else frozenset(),
    )


def lines(name: str, known: list[Record]) -> list[Line]:
    """What the two sources of one hospital write."""
    dice = Dice(f"{name}/lines")
    things = fleet(known, name)
    other = "network" if dice.real() < 0.6 else "table"
    found = []
    for n, thing in enumerate(things):
        if dice.happens("in the GMAO"):
            found.append(Line(n, "gmao", write(thing, "gmao", things, dice)))
            if dice.happens("written twice in the GMAO, under two numbers"):
                found.append(Line(n, "gmao", write(thing, "gmao", things, dice)))
        if dice.happens("in the other source"):
            found.append(Line(n, other, write(thing, other, things, dice)))
    return found


def pairs(found: list[Line]) -> Iterator[tuple[Line, Line]]:
    """Pairs that the register would ask: of its blocks, without those that its strong rules join."""
    sides = [line.side for line in found]
    sources = [frozenset((line.source,)) for line in found]
    joined = {i for i, j in _joined(found) for i in (i, j)}
    met: set[tuple[int, int]] = set()
    for kind, block in (*blocks(sides), *near(sides, sources)):
        if kind == "product":
            free = [i for i in block if i not in joined]
            listed = [i for i in free if found[i].source == "gmao"]
            others = [i for i in free if found[i].source != "gmao"]
            if len(listed) * len(others) <= PAIRS:
                met.update((min(i, j), max(i, j)) for i in listed for j in others)
        else:
            for i, j in combinations(block, 2):
                alone = i not in joined and j not in joined
                if (kind == "serial" and found[i].source == found[j].source) or (
                    alone and found[i].source != found[j].source
                ):
                    met.add((min(i, j), max(i, j)))
    for i, j in sorted(met):
        yield found[i], found[j]


def _joined(found: list[Line]) -> Iterator[tuple[int, int]]:
    """Pairs that maker and serial number, or a host name that nobody else bears, join."""
    bearers: dict[tuple[str, ...], list[int]] = {}
    for i, line in enumerate(found):
        if line.side.serial and line.side.make:
            bearers.setdefault(("serial", line.side.make, line.side.serial), []).append(i)
        for host in line.side.hosts:
            bearers.setdefault(("host", host), []).append(i)
    for bearing in bearers.values():
        if len(bearing) == 2 and found[bearing[0]].source != found[bearing[1]].source:
            yield bearing[0], bearing[1]


def gather(path: Path) -> tuple[list[tuple[str, ...]], np.ndarray, np.ndarray]:
    """Signs, labels and fleet number of all pairs."""
    known = records(path)
    found, labels, fleets = [], [], []
    for n in range(FLEETS):
        for one, other in pairs(lines(f"fleet {n}", known)):
            found.append(signs(one.side, other.side))
            labels.append(float(one.thing == other.thing))
            fleets.append(n)
    return found, np.array(labels), np.array(fleets)


def fit(columns: np.ndarray, labels: np.ndarray, ridge: float = 1.0) -> np.ndarray:
    """Logistic regression by Newton's steps; `columns` with a first column of ones. Returns the weights."""
    weights = np.zeros(columns.shape[1])
    penalty = ridge * np.eye(columns.shape[1])
    penalty[0, 0] = 0.0
    for _ in range(50):
        chance = 1 / (1 + np.exp(-columns @ weights))
        slope = columns.T @ (labels - chance) - penalty @ weights
        bend = (columns * (chance * (1 - chance))[:, None]).T @ columns + penalty
        step = np.linalg.solve(bend, slope)
        weights += step
        if np.abs(step).max() < 1e-9:
            break
    return weights


def reliability(chance: np.ndarray, labels: np.ndarray) -> tuple[list[tuple[float, float, int, float, float]], float]:
    """Rows (from, to, pairs, mean predicted, share observed) and the expected calibration error."""
    rows, error = [], 0.0
    for n in range(10):
        inside = (chance >= n * BIN) & (chance < (n + 1) * BIN if n < 9 else chance <= 1)
        count = int(inside.sum())
        if count:
            predicted, observed = float(chance[inside].mean()), float(labels[inside].mean())
            rows.append((n * BIN, (n + 1) * BIN, count, predicted, observed))
            error += count / len(labels) * abs(predicted - observed)
    return rows, error


MODULE = '''"""Weights of the signs for and against two things being one; `tools/calibrate_links.py` writes them.

Trained on pairs of devices drawn from 50,000 public device records (AccessGUDID, through openFDA's test data, CC0) and
written twice with the errors that the tool lists; `docs/explanation/links.md` has the reliability. Log-odds, added up.
"""

PAIRS = {pairs}
"""Pairs trained on."""

ERROR = {error}
"""Expected calibration error on fleets that were not trained on, 0 to 1."""

RELIABILITY: tuple[tuple[float, int, float, float], ...] = (
{reliability})
"""Of those fleets: predicted from (tenths), pairs, mean predicted, share that was the same."""

BIAS = {bias}

WEIGHTS: dict[str, float] = {{
{rows}}}

JUDGED: dict[str, float] = {{"mac_same": 2.0, "mac_other": -2.0, "title_same": 1.5, "title_other": -0.5}}
"""Signs that the records cannot show: judgement."""
'''


class Trained(NamedTuple):
    """Weights, and how they held on fleets that were not trained on."""

    names: list[str]
    weights: np.ndarray
    """Bias, then one of each name."""
    rows: list[tuple[float, float, int, float, float]]
    error: float


def train(found: list[tuple[str, ...]], labels: np.ndarray, fleets: np.ndarray) -> Trained:
    """Fits on two thirds of the fleets, checks on the others."""
    names = sorted({name for row in found for name in row})
    place = {name: n + 1 for n, name in enumerate(names)}
    columns = np.zeros((len(found), len(names) + 1))
    columns[:, 0] = 1.0
    for n, row in enumerate(found):
        columns[n, [place[name] for name in row]] = 1.0
    trained = fleets % 3 != 0
    weights = np.round(fit(columns[trained], labels[trained]), 3)
    chance = 1 / (1 + np.exp(-columns[~trained] @ weights))
    return Trained(names, weights, *reliability(chance, labels[~trained]))


def main() -> None:
    """Reads the records, writes the weights and the tables."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else RECORDS
    found, labels, fleets = gather(path)
    names, weights, rows, error = train(found, labels, fleets)
    trained = int((fleets % 3 != 0).sum())
    text = MODULE.format(
        pairs=trained,
        error=round(error, 4),
        reliability="".join(f"    ({a:.1f}, {n}, {p:.3f}, {o:.3f}),\n" for a, _, n, p, o in rows),
        bias=weights[0],
        rows="".join(f'    "{name}": {weight},\n' for name, weight in zip(names, weights[1:], strict=True)),
    )
    (ROOT / "src/hygie/register/weights.py").write_text(text, encoding="utf-8")
    table = "".join(f"| {a:.1f} to {b:.1f} | {n} | {p:.3f} | {o:.3f} |\n" for a, b, n, p, o in rows)
    write_table(ROOT / "docs/explanation/links.md", table)
    write_table(ROOT / "docs/fr/explication/liens.md", table.replace(" to ", " à ").replace(".", ","))
    counts = f"{trained} pairs trained, {len(found) - trained} checked, {labels.mean():.3f} the same, ECE {error:.4f}"
    sys.stdout.write(f"{counts}\n{table}")


def write_table(page: Path, table: str) -> None:
    """Puts the reliability table into a page, under its own heading lines."""
    before, mark, rest = page.read_text(encoding="utf-8").partition("<!-- reliability -->\n")
    inside, end, after = rest.partition("<!-- end -->")
    heading = "".join(inside.splitlines(keepends=True)[:2])
    page.write_text(f"{before}{mark}{heading}{table}{end}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
