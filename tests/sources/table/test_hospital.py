from hygie.exports.pen import Pen
from hygie.facts.functions import functions
from hygie.model.evidence import Decision, Refusal
from hygie.names import marks
from hygie.names.fields import fold
from hygie.words import LANGUAGES, catalogue, say
from spreadsheets import endures, refused, rows, workbook

LOST = say("fr", "mission.mission failure")
FUNCTIONS = [
    ["Valeurs par défaut de Hygie"],
    ["Clé", "Fonction clinique", "Équipements", "Gravité", "Confirmé par", "Date", "Perdu sans l'équipement"],
    ["ventilator", "Respirateur", 3, "catastrophique", "Dr Anne Martin", "14/08/2026", "x"],
    ["ct_scanner", "Scanner", 2, "négligeable", "", "", "x"],
    ["mri", "IRM", 1, "énorme", "Paul", "", "x"],
    ["toaster", "Grille-pain", 1, "critique", "Paul", "", "x"],
]
UNITS = [
    ["Unité", "Équipements", "Mission si les équipements sont perdus", "Confirmé par", "Date"],
    ["Réanimation", 12, LOST, "Anne", ""],
    ["Urgences", 3, "", "", ""],
    ["Bloc", 3, LOST, "", ""],
]


def test_signed_rows_are_decisions() -> None:
    assert functions()["ct_scanner"].safety != "negligible"
    found = rows(workbook({"Fonctions cliniques": FUNCTIONS, "Unités": UNITS}), "hospital")
    assert [row for row in found if isinstance(row, Decision)] == [
        Decision(
            "R1", "function:ventilator", "catastrophic", "Dr Anne Martin", "2026-08-14", "", "Fonctions cliniques!D3"
        ),
        Decision("R1", "unit:Réanimation", "mission failure", "Anne", "", "", "Unités!C2"),
    ]
    assert refused(found) == [
        ("Fonctions cliniques!E4", "refusal.unsigned"),
        ("Unités!D4", "refusal.unsigned"),
        ("Fonctions cliniques!D5", "refusal.cell"),
        ("Fonctions cliniques!A6", "refusal.cell"),
    ]


def test_a_word_that_is_none_of_those_to_choose_from_is_told_with_them() -> None:
    told = [row for row in rows(workbook({"F": FUNCTIONS}), "hospital") if isinstance(row, Refusal)]
    wrong = next(row for row in told if "expected=safety" in row.args)
    assert "marginale, critique" in Pen("fr", ()).text(wrong.reason, *wrong.args)
    for language in LANGUAGES:
        for prefix in ("safety", "mission"):
            allowed = fold(say(language, f"trait.{prefix}"))
            assert all(word in allowed for word in map(fold, _words(language, prefix)))


def _words(language: str, prefix: str) -> list[str]:
    return [text for key, text in catalogue(language).items() if key.startswith(f"{prefix}.") and " (" not in text]


def test_what_hygie_wrote_itself_is_no_decision() -> None:
    rest = [*FUNCTIONS[:2], ["ventilator", "Respirateur", 3, "catastrophique", "", "", "x"]]
    assert rows(workbook({"F": rest}), "hospital") == []


def test_it_endures_damage() -> None:
    text = "\n".join(";".join(map(str, row)) for row in FUNCTIONS)
    endures("hospital", text.encode("cp1252"))


def test_a_value_that_was_confirmed_and_is_cleared_is_taken_back() -> None:
    def mark(about: str, answer: str) -> str:
        return marks.write(about, (answer, "", "Anne", ""), ["RA"])

    kinds = [[*row, "", ""] for row in FUNCTIONS[:2]]
    kinds[1][-2:] = ["Réponse enregistrée", "Repère de Hygie"]
    kinds.append(
        ["ventilator", "x", 3, "", "Paul", "", "x", "catastrophique, Anne", mark("function:ventilator", "catastrophic")]
    )
    kinds.append(
        ["ct_scanner", "x", 3, "critique", "Anne", "", "x", "critique, Anne", mark("function:ct_scanner", "critical")]
    )
    kinds.append(["mri", "x", 3, "énorme", "Anne", "", "x", "critique, Anne", mark("function:mri", "critical")])
    kinds.append(["pacs", "x", 3, "", "Anne", "", "x", "", ""])
    units = [[*UNITS[0], "Réponse enregistrée", "Repère de Hygie"]]
    units.append(["Bloc", 3, "", "", "", "x, Anne", mark("unit:Bloc", "degraded")])
    found = rows(workbook({"Fonctions cliniques": kinds, "Unités": units}), "hospital")
    assert [(d.about, d.who, d.first, d.replaces) for d in found if isinstance(d, Decision)] == [
        ("withdrawn:function:ventilator", "Paul", "", ("RA",)),
        ("function:ct_scanner", "Anne", "RA", ()),
    ]
    assert refused(found) == [
        ("Fonctions cliniques!D6", "refusal.unanswered"),
        ("Unités!D2", "refusal.withdrawal_unsigned"),
        ("Fonctions cliniques!D5", "refusal.cell"),
    ]
