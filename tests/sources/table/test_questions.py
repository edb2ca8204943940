from hygie.model.evidence import Decision
from spreadsheets import endures, refused, rows, workbook

FILE = """Remplissez les colonnes jaunes;;;;;;;
Identifiant;Pour;Question;Réponses possibles;Réponse;Nom;Date;Remarque
link:local|inv=1|mac=x;établissement;Est-ce le même ?;les mêmes ?;Identiques;Anne Martin;14/08/2026;vu sur place
q2;établissement;Et là ?;oui / non;;;;
q3;établissement;Et là ?;oui / non;oui;;;
q4;ACME;Version ?;;3.2;Paul;hier;
"""


def test_answers_with_a_name_are_decisions() -> None:
    found = rows(FILE, "questions")
    assert [row for row in found if isinstance(row, Decision)] == [
        Decision("R1", "link:local|inv=1|mac=x", "same", "Anne Martin", "2026-08-14", "vu sur place", "E3"),
        Decision("R1", "q4", "3.2", "Paul", "", "", "E6"),
    ]
    assert refused(found) == [("F5", "refusal.unsigned"), ("G6", "refusal.cell")]


def test_the_same_from_a_workbook_in_english() -> None:
    table = [["Id", "To", "Question", "Possible answers", "Answer", "Name", "Date", "Note"]]
    book = workbook({"Questions": [*table, ["q1", "hospital", "?", "same / different", "don't know", "Ann", "", ""]]})
    (decision,) = rows(book, "questions")
    assert (decision.answer, decision.who, decision.place) == ("don't know", "Ann", "Questions!E2")


def test_a_verdict_is_understood_in_both_languages() -> None:
    head = "Identifiant;Pour;Question;Réponses possibles;Réponse;Nom;Date;Remarque\n"
    lines = ["non affecté", "Not affected", "corrigé", "possible"]
    found = rows(head + "".join(f"finding:F{i};;;;{word};Anne;;\n" for i, word in enumerate(lines)), "questions")
    answers = [row.answer for row in found if isinstance(row, Decision)]
    assert answers == ["not affected", "not affected", "fixed", "possible"]


def test_it_endures_damage() -> None:
    endures("questions", FILE.encode("cp1252"))
