import csv
from collections import Counter
from pathlib import Path

from hygie.facts import mds2

COUNTS = {
    "DOC": 15, "MPII": 22, "ALOF": 2, "AUDT": 30, "AUTH": 8, "CSUP": 34, "DIDT": 2, "DTBK": 6, "EMRG": 1, "IGAU": 2,
    "MLDP": 15, "NAUT": 4, "CONN": 19, "PAUT": 16, "PLOK": 4, "RDMP": 4, "SBOM": 8, "SAHD": 22, "SGUD": 5, "STCF": 7,
    "TXCF": 6, "TXIG": 2, "RMOT": 6,
}  # fmt: skip


def test_all_240_questions_in_their_sections() -> None:
    assert Counter(q.section for q in mds2.questions().values()) == COUNTS
    assert len(mds2.questions()) == 240
    assert list(mds2.sections()) == [*COUNTS, "OTHR"]


def test_every_question_has_words_in_both_languages() -> None:
    assert [q for q in mds2.questions().values() if not q.en or not q.fr or len(q.en) > 90 or len(q.fr) > 110] == []


def test_ids_are_those_of_the_form(shared: Path) -> None:
    with (shared / "mds2" / "mds2_2019_questions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(mds2.questions()) == [row["id"].replace("SHAD", "SAHD") for row in rows]
    theirs = {row["question"].strip().rstrip("?").lower() for row in rows}
    copied = [q for q in mds2.questions().values() if len(q.en) > 25 and q.en.lower() in theirs]
    assert copied == []


def test_meanings_refer_to_questions() -> None:
    known = set(mds2.questions())
    assert set(mds2.MEANINGS) <= known
    assert {m.beside for row in mds2.MEANINGS.values() for m in row if m.beside} <= known
