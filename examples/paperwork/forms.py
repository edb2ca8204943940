# ruff: noqa: E501
"""MDS2 forms as makers fill them: eight XLSX files, no two laid out alike, one left blank, one at odds with the traffic."""

import random
from dataclasses import dataclass, field
from pathlib import Path

from paperwork.questions import QUESTIONS
from paperwork.writing import save_workbook


@dataclass(frozen=True, slots=True)
class Form:
    """One filled form."""

    file: str
    make: str
    product: str
    version: str
    document: str
    date: str
    sheet: str
    top: int
    """Rows above the table."""
    left: int
    """Empty columns before the ids."""
    answers: dict[str, str] = field(default_factory=dict)
    """What matters; the rest is drawn by the seed `file`, so that it is filled and says nothing special."""
    notes: tuple[str, ...] = ()
    """Texts of "Note 1", "Note 2"...; an answer "See Notes 1" refers to the first."""
    blank: bool = False
    """Only the DOC section is filled."""
    misprint: bool = False
    """SAHD-15 printed SHAD-15, as the standard's own sheet has it."""


JOINED = {"CONN-1": "Yes", "CONN-3": "Yes"}
"""Made for a network, and for talking with other systems of the hospital: all of them are."""

NO_HANDS = {"CSUP-2.1": "No", "CSUP-2.2": "Yes", "CSUP-2.4": "No", "CSUP-3.4": "No", "CSUP-5.4": "No", "MLDP-2.3": "No"}
"""The maker's service alone patches; nothing is installed by others."""

FORMS = (
    Form(
        "mds2-zephyr5.xlsx", "Aldebert Médical", "Zéphyr 5", "4.2.1", "ALD-MDS2-0051", "2024-03-12", "MDS2", 4, 0,
        NO_HANDS | {"CSUP-2": "Yes", "MLDP-2": "No", "MLDP-3": "See Notes 1", "MLDP-4": "Yes", "RMOT-1": "No",
                    "RMOT-2": "No", "CONN-2": "See Notes 2", "CONN-4": "No", "CONN-6": "No", "SBOM-1": "Yes", "SAHD-13": "No",
                    "SGUD-4": "Yes", "PAUT-4": "Yes", "PAUT-5": "No", "RDMP-3": "Yes"},
        ("Place the ventilator in a VLAN of its own; only the ports of note 2 are needed.",
         "Out: TCP 2575 (HL7) to the integration engine, UDP 123 (NTP). In: UDP 161 (SNMP, read only)."),
    ),
    Form(
        "NVI_LumiraCT_MDS2.xlsx", "Norvane Imaging", "Lumira CT 128", "6.4.2", "NVI-7781", "2023-11-02", "Form 2019", 6, 1,
        {"CSUP-2": "Yes", "CSUP-2.1": "No", "CSUP-2.2": "Yes", "CSUP-2.4": "No", "MLDP-2": "Yes", "MLDP-2.3": "Yes",
         "MLDP-2.8": "See Notes 1", "MLDP-4": "No", "RMOT-1": "Yes", "RMOT-1.3": "Yes", "CONN-2": "Yes", "CONN-4": "Yes", "CONN-6": "No",
         "SBOM-1": "Yes", "SAHD-13": "Yes", "SGUD-4": "Yes", "PAUT-4": "No", "PAUT-5": "Yes"},
        ("Antivirus: products of list NVI-AV-7 only, full scan outside examination hours.",),
    ),
    Form(
        "NVI_LumiraMR_MDS2.xlsx", "Norvane Imaging", "Lumira MR 1.5", "VA20B", "NVI-8120", "2025-01-20", "MDS2 Form", 3, 0,
        {"CSUP-2": "Yes", "CSUP-2.1": "No", "CSUP-2.2": "Yes", "CSUP-2.4": "No", "MLDP-2": "No", "MLDP-3": "Yes",
         "RMOT-1": "No", "RMOT-1.1": "N/A", "RMOT-2": "No", "RMOT-3": "No", "CONN-2": "Yes", "CONN-4": "No", "CONN-6": "No",
         "SBOM-1": "No", "SAHD-13": "No", "SGUD-4": "No"},
    ),
    Form(
        "Veille_M50_MDS2_rev2.xlsx", "Quillane Systems", "Veille M50", "8.0.2", "QS-MDS2-M50-2", "2024-06-30", "Questionnaire", 2, 0,
        NO_HANDS | {"CSUP-2": "Yes", "MLDP-2": "No", "MLDP-3": "Yes", "MLDP-4": "No", "RMOT-1": "Yes", "CONN-2": "See Notes 1",
                    "CONN-4": "No", "CONN-6": "No", "SBOM-1": "No", "SAHD-13": "No", "SGUD-4": "Yes"},
        ("TCP 8443 to the central station, mDNS within the monitoring network.",),
    ),
    Form(
        "relais-mds2.xlsx", "Perfalys", "Relais", "2.3.6", "PFY-FORM-12", "2025-09-01", "mds2", 5, 2,
        {"CSUP-2": "Yes", "CSUP-2.1": "Yes", "CSUP-2.2": "No", "CSUP-2.4": "See Notes 1", "MLDP-2": "Yes", "MLDP-2.3": "Yes",
         "RMOT-1": "Yes", "CONN-2": "Yes", "CONN-4": "Yes", "CONN-6": "No", "SBOM-1": "Yes", "SAHD-13": "Yes", "SGUD-4": "Yes"},
        ("Security updates of the distribution may be installed once they stand on our approved list.",),
    ),
    Form(
        "OSD-Chimia8-MDS2.xlsx", "Ostrelab Diagnostics", "Chimia 8", "10.2.0", "OSD-0330", "2022-05-05", "Worksheet", 4, 0,
        {"CSUP-2": "Yes", "CSUP-2.1": "Yes", "CSUP-2.2": "No", "CSUP-2.4": "Yes", "MLDP-2": "Yes", "MLDP-2.3": "Yes",
         "RMOT-1": "Yes", "CONN-2": "No", "CONN-4": "No", "CONN-6": "No", "SBOM-1": "No", "SAHD-13": "No", "SGUD-4": "Yes"},
    ),
    Form("Rein4.xlsx", "Vaudrelle Néphro", "Rein 4", "4.5.0", "VDR-MDS2-R4", "2025-04-10", "MDS2", 4, 0, blank=True),
    Form(
        "RVN_X1_security_form.xlsx", "Ravenor Oncology", "Faisceau X1", "3.0.4", "RVN-S-009", "2024-12-01", "Security", 7, 0,
        NO_HANDS | {"CSUP-2": "Yes", "MLDP-2": "No", "MLDP-3": "Yes", "MLDP-4": "Yes", "RMOT-1": "Yes", "CONN-2": "Yes",
                    "CONN-4": "Yes", "CONN-6": "No", "SBOM-1": "No", "SAHD-13": "No", "SGUD-4": "Yes"},
        misprint=True,
    ),
)  # fmt: skip
"""The eight forms."""


DERIVED = (
    *(f"CSUP-{n}.{m}" for n in range(2, 7) for m in (1, 2, 4)), "CSUP-11", "MLDP-2", "MLDP-2.3", "MLDP-3", "MLDP-4", "RMOT-1",
    "RMOT-2", "RMOT-3", "CONN-1", "CONN-2", "CONN-3", "CONN-4", "CONN-6", "PAUT-4", "PAUT-5", "PAUT-8", "AUTH-3", "SAHD-8", "SAHD-13", "SGUD-4",
    "TXCF-3", "SBOM-1", "RDMP-3",
)  # fmt: skip
"""Questions from which something follows: blank unless the form says otherwise."""


def document_answers(form: Form) -> dict[str, str]:
    """Answers of the DOC section, which are text."""
    return {
        "DOC-1": form.make,
        "DOC-2": "Medical device",
        "DOC-3": f"{form.product} {form.version}",
        "DOC-4": form.document,
        "DOC-5": f"security@{form.make.split()[0].lower().encode('ascii', 'ignore').decode()}.example",
        "DOC-6": "Sends its data to the hospital's systems",
        "DOC-7": form.date,
    }


def answers(form: Form) -> dict[str, str]:
    """Every answer of the form; "" blank. Drawn answers never stand where something is derived from them."""
    dice = random.Random(form.file)
    out = document_answers(form)
    for question in QUESTIONS:
        if question in out:
            continue
        drawn = dice.choice(("Yes", "Yes", "No", "No", "N/A", ""))
        if question in DERIVED:
            drawn = ""
        out[question] = "" if form.blank or question == "OTHR-1" else (JOINED | form.answers).get(question, drawn)
    return out


def rows_of(form: Form) -> list[list[object]]:
    """The sheet's cells."""
    pad: list[object] = [""] * form.left
    rows: list[list[object]] = [
        ["Manufacturer Disclosure Statement for Medical Device Security"],
        ["ANSI/NEMA HN 1-2019"],
    ]
    rows += [[""] for _ in range(form.top - 2)]
    rows.append([*pad, "Question ID", "Question", "Answer", "See note"])
    section = ""
    said = answers(form)
    for question, wording in QUESTIONS.items():
        name = question.split("-")[0]
        if name != section:
            section = name
            rows.append([*pad, "", section])
        answer = said[question]
        note = ""
        if answer.startswith("See Notes "):
            answer, note = "See Notes", f"Note {answer.rsplit(' ', 1)[1]}"
        shown = "SHAD-15" if form.misprint and question == "SAHD-15" else question
        rows.append([*pad, shown, wording, answer, note])
    if form.notes:
        rows += [[""], [*pad, "Notes"]]
        rows += [[*pad, f"Note {i}", text] for i, text in enumerate(form.notes, 1)]
    return rows


def write(folder: Path) -> None:
    """`mds2/`."""
    for form in FORMS:
        sheets: list[tuple[str, list[list[object]]]] = [(form.sheet, rows_of(form))]
        if form.left:
            sheets.insert(0, ("Cover", [[form.make], [f"{form.product} {form.version}"], [form.document]]))
        save_workbook(folder / "mds2" / form.file, sheets, form.make)
