from hygie.model.evidence import Decision, Refusal
from hygie.words import LANGUAGES, say
from spreadsheets import endures, refused, rows, workbook

FILE = """Remplissez les colonnes jaunes;;;;;;;
Identifiant;Pour;Question;Réponses possibles;Réponse;Nom;Date;Remarque
link:local|inv=1|mac=x;établissement;Le même ?;identiques / différents;Identiques;Anne Martin;14/08/2026;vu sur place
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


def test_an_answer_that_is_not_offered_is_refused() -> None:
    head = "Identifiant;Pour;Question;Réponses possibles;Réponse;Nom;Date;Remarque\n"
    kinds = "Bistouri électrique / laser / énergie / Pousse-seringue"
    offered = [
        ("identiques / différents", "peut-être"), ("identiques / différents", "SAME"), ("oui / non", "je ne sais pas"),
        ("oui / non", "identiques"), ("", "ce que je veux"), (kinds, "Bistouri électrique / laser / énergie"),
        (kinds, "Respirateur de réanimation"), (kinds, "syringe pump"), (kinds, "laser / énergie"),
    ]  # fmt: skip
    text = head + "".join(f"q{i};;?;{options};{said};Anne;;\n" for i, (options, said) in enumerate(offered))
    found = rows(text, "questions")
    assert [(row.about, row.answer) for row in found if isinstance(row, Decision)] == [
        ("q1", "same"),
        ("q2", "don't know"),
        ("q4", "ce que je veux"),
        ("q5", "electrosurgery"),
        ("q7", "syringe_pump"),
    ]
    assert refused(found) == [(f"E{row}", "refusal.answer") for row in (2, 5, 8, 10)]
    told = next(row for row in found if isinstance(row, Refusal))
    assert told.args == ("about=q0", "allowed=identiques / différents")
    for language in LANGUAGES:
        assert "identiques / différents" in say(language, told.reason, told.args)


def test_a_row_that_somebody_added_takes_what_such_a_question_takes() -> None:
    head = "Identifiant;Pour;Question;Réponses possibles;Réponse;Nom;Date;Remarque\n"
    given = [
        ("kind:dispensateur", "Automate de truc"), ("kind:dispensateur", "dispensing_cabinet"), ("kind:x", "other"),
        ("kind:x", "Pousse-seringue"), ("finding:F1", "n'importe quoi"), ("finding:F1", "corrigé"),
        ("exposure:z", "identiques"), ("exposure:z", "small"), ("link:a", "syringe pump"), ("pattern:a", "different"),
        ("newest:a", "ce que je veux"),
    ]  # fmt: skip
    found = rows(head + "".join(f"{about};;?;;{said};Anne;;\n" for about, said in given), "questions")
    assert refused(found) == [
        ("E2", "refusal.answer_kind"), ("E6", "refusal.answer"), ("E8", "refusal.answer"), ("E10", "refusal.answer"),
    ]  # fmt: skip
    answers = [row.answer for row in found if isinstance(row, Decision)]
    wanted = ["dispensing_cabinet", "other", "syringe_pump", "fixed", "small", "different", "ce que je veux"]
    assert answers == wanted


def test_unknown_is_an_answer_where_it_is_one_and_a_dash_is_none() -> None:
    head = "Identifiant;Pour;Question;Réponses possibles;Réponse;Nom;Date;Remarque\n"
    lines = ("finding:F1;;?;affecté / inconnu;inconnu;Anne;;\n", "q2;;?;;-;Anne;;\n", "q3;;?;;n/a;Anne;;\n")
    found = rows(head + "".join(lines), "questions")
    assert [(row.about, row.answer) for row in found] == [("finding:F1", "unknown")]


def test_a_risk_is_accepted_with_a_reason() -> None:
    head = "Id;Question;Answer;Name;Reason\n"
    for word in ("accepted", "risk accepted", "risque accepté"):
        found = rows(head + f"finding:F1;?;{word};Anne;isolated\nfinding:F2;?;{word};Anne;\n", "questions")
        assert [row.answer for row in found if isinstance(row, Decision)] == ["accepted"]
        assert refused(found) == [("E3", "refusal.reason_missing")]


def test_exposure_is_understood_in_both_languages() -> None:
    head = "Id;Question;Answer;Name\n"
    found = rows(head + "".join(f"exposure:D-{w};?;{w};Anne\n" for w in ("faible", "maîtrisée", "open")), "questions")
    assert [row.answer for row in found] == ["small", "controlled", "open"]
