"""Identification scored against labels: coverage, precision and calibration error of each attribute.

    python bench/identity.py [SET...] [--data FOLDER] [--made FOLDER] [--list] [--json FILE]

Sets (all, where none is named):
- example: examples/hospital whole, and its captures alone, against tests/truth.json, which examples' making writes from
  the fleet, never from the program's output;
- public: captures of FOLDER (default: ../shared/data/pcaps) of which the name, the origin or what tshark shows of them
  says what an end is; labels and the reason of each stand in bench/labels.csv;
- made: FOLDER/other.pcap with FOLDER/other.csv, which bench/other_software.py makes with programs that the example
  does not use.

Figures are those of `hygie score`: the same code (`register.scoring`). `--list` shows what was wrong or not answered.
"""

import argparse
import csv
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from hygie import register, walk
from hygie.facts.makers import makers
from hygie.ground import Ground
from hygie.model.label import ATTRIBUTES, Label
from hygie.register import scoring
from hygie.register.scoring import Figure, Judged, Known, Score
from hygie.serve.clock import SystemClock
from hygie.sources.series import Terms
from hygie.store import open_workspace

ROOT = Path(__file__).resolve().parent.parent
AS_OF = "2026-08-20"
LABELS = ROOT / "bench" / "labels.csv"
KEYS = ("inventory_number", "serial_number", "mac", "ip", "host_name")


def main() -> None:
    """Runs and prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", choices=["example", "public", "made", []], default=[])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data" / "pcaps")
    parser.add_argument("--made", type=Path, default=ROOT / "bench" / "data")
    parser.add_argument("--list", action="store_true", dest="listed")
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    runs = {
        "example": example,
        "public": lambda: public(arguments.data),
        "made": lambda: made(arguments.made),
    }
    told = {}
    for name in arguments.sets or runs:
        scores = list(runs[name]())
        if not scores:
            print(f"\n{name}: nothing to read")
            continue
        told[name] = scoring.figures(scores)
        show(name, told[name])
        if arguments.listed:
            for one in scores:
                explain(one)
    if arguments.json:
        rows = {name: [row._asdict() for row in rows] for name, rows in told.items()}
        arguments.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


def scored(paths: Iterable[Path], labels: list[Label]) -> Score:
    """The main job on some files, held against labels."""
    with tempfile.TemporaryDirectory() as folder, open_workspace(Path(folder) / "w", write=True) as store:
        clock = SystemClock(AS_OF)
        walk.read(store, [str(path) for path in paths], Terms(), clock, lambda *_: None)
        ground = Ground(store, AS_OF)
        readings = {reading.id: reading for reading in ground.readings}
        evidence = ground["evidence"]
        rows = register.Ground(
            evidence,
            readings,
            ground["decision"],
            ground["coverage"],
            ground["flow"],
            ground["bom"],
            ground["answer"],
            ground["permission"],
            ground["statement"],
            makers(),
            ground["rule"],
        )
        whole = register.build(rows)
        known = Known(whole.devices, whole.members, evidence, readings, whole.conclusions)
        return scoring.score(labels, known, scoring.by_traffic(rows), makers())


def example() -> Iterator[Score]:
    """The example hospital: all that it has."""
    truth = json.loads((ROOT / "tests" / "truth.json").read_text(encoding="utf-8"))
    own = {
        "kind": "kind",
        "make": "manufacturer",
        "product": "model",
        "os_real": "operating_system",
        "version": "version",
        "role": "role",
    }
    labels = []
    for device in truth["devices"]:
        keys = [("inventory_number", device["inventory"]), *(("mac", mac) for mac in device["macs"])]
        known = tuple((attribute, device[field]) for field, attribute in own.items() if device[field])
        labels.append(Label(device["ref"], tuple(key for key in keys if key[1]), known))
    yield scored([ROOT / "examples" / "hospital"], labels)


def public(data: Path) -> Iterator[Score]:
    """Captures of others, one by one: each is a site of its own."""
    by_file: dict[str, list[Label]] = defaultdict(list)
    for number, row in enumerate(rows_of(LABELS), 2):
        by_file[row["file"]].append(label(f"{row['file']} (line {number})", row))
    for name, labels in sorted(by_file.items()):
        if (data / name).exists():
            yield scored([data / name], labels)


def made(folder: Path) -> Iterator[Score]:
    """The capture that bench/other_software.py made."""
    capture, known = folder / "other.pcap", folder / "other.csv"
    if capture.exists() and known.exists():
        yield scored([capture], [label(row["mac"], row) for row in rows_of(known)])


def rows_of(file: Path) -> list[dict[str, str]]:
    """Rows of a table of labels."""
    with file.open(encoding="utf-8", newline="") as lines:
        return [{key: (value or "").strip() for key, value in row.items()} for row in csv.DictReader(lines)]


def label(place: str, row: dict[str, str]) -> Label:
    """One row as a label."""
    keys = tuple((key, row[key]) for key in KEYS if row.get(key))
    return Label(place, keys, tuple((attribute, row[attribute]) for attribute in ATTRIBUTES if row.get(attribute)))


def show(name: str, rows: list[Figure]) -> None:
    """One set's table."""
    print(f"\n{name}\n{'from':9}{'attribute':18}{'known':>6}{'answered':>9}{'right':>6}{'wrong':>6}", end="")
    print(f"{'coverage':>9}{'precision':>10}{'calib.err.':>11}")
    for row in rows:
        shares = (row.coverage, row.precision, row.calibration_error)
        told = ["" if share is None else f"{share:.3f}" for share in shares]
        counts = ["" if count is None else str(count) for count in (row.correct, row.wrong)]
        print(f"{row.basis:9}{row.attribute:18}{row.known:6}{row.answered:9}{counts[0]:>6}{counts[1]:>6}", end="")
        print(f"{told[0]:>9}{told[1]:>10}{told[2]:>11}")


def explain(score: Score) -> None:
    """What was wrong, what was not answered, which labels found nothing."""
    for one in score.judged:
        if one.basis == scoring.TRAFFIC and not one.right:
            print(f"  {'wrong' if one.told else 'silent'}: {told(one)}")
    for result in ("missing", "doubtful", "twice", "unclear"):
        for one_label in getattr(score, result):
            print(f"  {result}: {one_label.place} {dict(one_label.keys)}")


def told(one: Judged) -> str:
    """One line of what was wrong."""
    return f"{one.place} {one.attribute}: {one.known!r}, told {one.told!r} ({one.confidence:.2f}, {one.origin})"


if __name__ == "__main__":
    main()
