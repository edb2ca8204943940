from pathlib import Path

import pytest

from hygie import sources
from hygie.facts.mds2 import questions
from hygie.model.evidence import Refusal, Speaker
from hygie.model.knowledge import Answer, Permission
from hygie.model.seams import Given
from hygie.sources.opening import Content, upload
from hygie.sources.table import mds2
from spreadsheets import refused, rows, said, source, workbook

FILLED = {
    "DOC-1": "ACME Medical",
    "DOC-2": "Ventilator",
    "DOC-3": "Zephyr 4.2.1",
    "DOC-7": "12/03/2024",
    "CSUP-2.2": "Yes",
    "CSUP-2.4": "no",
    "MLDP-2": "Oui",
    "MLDP-2.3": "N/A",
    "SAHD-13": "See Note 2",
    "CONN-1.2.1": "YES",
    "RMOT-1": "No",
    "PAUT-5": "maybe",
}


def form(answers: dict[str, str], shift: int = 0, only: int = 240) -> list[list[str]]:
    pad = [""] * shift
    body = [["Manufacturer form"], [], [*pad, "ID", "Question", "Answer", "See note", "NIST"]]
    for name in list(questions())[:only]:
        shown = "SHAD-15" if name == "SAHD-15" else name
        body.append([*pad, shown, "words of the question", answers.get(name, ""), "", "AC-2"])
    return [*body, [], ["Notes"], ["Note 2", "Only outside of examinations."]]


def test_answers_by_id_wherever_they_stand() -> None:
    for shift in (0, 3):
        found = rows(workbook({"Cover": [["ACME"]], "Whatever": form(FILLED, shift)}), "mds2")
        answers = {row.question: row for row in found if isinstance(row, Answer)}
        assert len(answers) == 240
        assert {name: answers[name].answer for name in FILLED if not name.startswith("DOC")} == {
            "CSUP-2.2": "yes", "CSUP-2.4": "no", "MLDP-2": "yes", "MLDP-2.3": "n/a", "SAHD-13": "see notes",
            "CONN-1.2.1": "yes", "RMOT-1": "no", "PAUT-5": "",
        }  # fmt: skip
        assert answers["SAHD-13"].text == "Only outside of examinations."
        assert (answers["AUDT-2.8.1"].answer, answers["AUDT-2.8.1"].raw) == ("", "")
        assert answers["PAUT-5"].raw == "maybe"
        assert (answers["DOC-1"].make, answers["DOC-1"].product, answers["DOC-1"].version) == (
            "ACME Medical",
            "Zephyr",
            "4.2.1",
        )
        assert [reason for _, reason in refused(found)] == ["refusal.cell"]


def test_what_follows_for_the_model() -> None:
    found = rows(workbook({"F": form(FILLED)}), "mds2")
    told = said(found)["model:ACME Medical|Zephyr|4.2.1"]
    assert (told["connectable"], told["remote_maintenance"], told["designation"]) == ("yes", "no", "Ventilator")
    words = {(p.document, p.subject): (p.allowed, p.condition) for p in found if isinstance(p, Permission)}
    assert words == {
        ("CSUP-2.2", "patch"): (False, ""),
        ("CSUP-2.4", "os_update"): (False, ""),
        ("CSUP-2.4", "component_patch"): (False, ""),
        ("MLDP-2", "antivirus"): (True, ""),
        ("SAHD-13", "scan"): (None, "Only outside of examinations."),
        ("RMOT-1", "remote_access"): (False, ""),
    }
    assert {(p.speaker, p.dated) for p in found if isinstance(p, Permission)} == {(Speaker.MANUFACTURER, "2024-03-12")}


def test_a_blank_is_never_no() -> None:
    found = rows(workbook({"F": form({"DOC-1": "ACME", "DOC-3": "Z"})}), "mds2")
    assert {row.answer for row in found if isinstance(row, Answer)} == {""}
    assert not any(isinstance(row, Permission) for row in found)
    assert "connectable" not in said(found)["model:ACME|Z|"]
    assert refused(found) == [("", "refusal.mds2_blank")]


def test_a_form_without_a_name_or_cut_short_is_told() -> None:
    found = rows(workbook({"F": form({"AUDT-1": "Yes", "AUDT-2": "No", "ALOF-1": "N/A"}, only=60)}), "mds2")
    assert [reason for _, reason in refused(found)] == ["refusal.mds2_nameless", "refusal.mds2_missing"]
    assert said(found) == {}


def test_the_form_of_2013_is_refused() -> None:
    old = [
        ["MDS2"],
        ["CONFIGURATION OF SECURITY FEATURES (CNFS)"],
        *([f"{a}-{b}", "?", "Yes"] for a in range(1, 10) for b in range(1, 4)),
    ]
    one = source(workbook({"MDS2": old}))
    found = sources.reader_of(one)
    assert not isinstance(found, Refusal)
    (told,) = sources.read(one, found, Given("local", "R1"))
    assert (told.reason, told.whole) == ("refusal.mds2_2013", True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Veille M50 8.0.2", ("Veille M50", "8.0.2")),
        ("Lumira MR 1.5 VA20B", ("Lumira MR 1.5", "VA20B")),
        ("Lumira MR 1.5", ("Lumira MR 1.5", "")),
        ("Zephyr version 4", ("Zephyr", "4")),
        ("Zephyr v4.2.1", ("Zephyr", "4.2.1")),
        ("Zephyr", ("Zephyr", "")),
        ("", ("", "")),
    ],
)
def test_a_version_is_split_off_only_where_it_is_sure(text: str, expected: tuple[str, str]) -> None:
    assert mds2.split_version(text) == expected


def test_ids() -> None:
    assert mds2.question_id(" audt-2.8.1 ") == "AUDT-2.8.1"
    assert mds2.question_id("SHAD-15") == "SAHD-15"
    assert mds2.question_id("DOC-11.1") == "DOC-11.1"
    assert mds2.question_id("AUDT-99") == ""
    assert mds2.question_id("Note 2") == ""


def test_series_and_date() -> None:
    one = source(workbook({"F": form(FILLED)}))
    newer = source(workbook({"F": form({**FILLED, "DOC-3": "Zephyr 4.3.0", "DOC-7": "2025-01-01"})}))
    assert mds2.series(one) == mds2.series(newer) == "acme medical|zephyr"
    assert (mds2.dated(one), mds2.dated(newer)) == ("2024-03-12", "2025-01-01")


def test_damage_gives_rows_or_a_refusal() -> None:
    data = "\n".join(";".join(cells) for cells in form(FILLED)).encode()
    for end in range(0, len(data), 211):
        for one in upload("x", data[:end]):
            if isinstance(one, Content):
                for row in sources.read(one, sources.READERS["mds2"], Given("local", "R1")):
                    assert getattr(row, "reading", "R1") == "R1"


def test_the_forms_of_the_example(hospital: Path) -> None:
    files = sorted((hospital / "mds2").iterdir())
    assert len(files) == 8
    blank = 0
    for file in files:
        found = rows(file.read_bytes(), "mds2")
        assert sum(isinstance(row, Answer) for row in found) == 240
        reasons = [reason for _, reason in refused(found)]
        blank += reasons == ["refusal.mds2_blank"]
        assert reasons in ([], ["refusal.mds2_blank"])
    assert blank == 1
