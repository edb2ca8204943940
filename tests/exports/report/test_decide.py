from dataclasses import replace

from exports.pictures import measure, model, picture
from hygie.exports.pen import Pen
from hygie.exports.report.decide import LINES, cut, fit, grouped, height, line, section
from hygie.model.evidence import Speaker
from hygie.model.verdict import Outcome

PEN = Pen("fr", picture().readings)


def test_a_line_per_model_and_measure_says_who_decides_and_both_effects() -> None:
    shown = section(picture(), PEN)
    model, system, _ = shown["groups"]
    assert (model.head["model"], model.head["outcome_text"]) == ("Zéphyr P0 1.0", "immédiat")
    assert model.lines[0]["what"] == "Installer la version corrigée (Zéphyr)."
    assert (model.lines[0]["words"], model.lines[0]["flows"]) == (
        "Zéphyr",
        "4 flux observés touchés, sur 3 jours d'observation",
    )
    assert model.head["wards"] == "Zéphyr, B, C, et 2 autres"
    assert (model.lines[0]["authority"], model.lines[0]["deciders"]) == (
        "décision commune",
        "biomédical, DSI, unité de soins, fabricant",
    )
    assert model.lines[0]["on_attacker"] == "perd 2 failles, à vérifier."
    assert model.lines[0]["on_care"].startswith("pendant l'arrêt, le patient dépendant n'est plus ventilé")
    assert system.head["model"] == "Windows 7"
    assert system.lines[0]["what"].startswith("Plus maintenu depuis le 14/01/2020, 3 équipements de 2 modèles")


def test_measures_of_one_model_stand_together_the_manufacturers_word_first() -> None:
    ours = replace(measure(0), id="A8", speaker=Speaker.HYGIE)
    later = replace(measure(0), id="A9", outcome=Outcome.DEFER)
    by_model = grouped([ours, measure(1), later, measure(0)])
    assert [[m.id for m in each] for each in by_model] == [["A0", "A8", "A9"], ["A1"]]


def test_every_urgent_model_comes_before_further_measures_of_one() -> None:
    many = [replace(measure(i % 9, "x"), id=f"A{i}") for i in range(45)]
    groups = fit(grouped(many), {f"M{i}": "x" for i in range(9)}, PEN)
    assert len(groups) == 9
    assert {len(g.lines) for g in groups} == {1}
    assert {g.more for g in groups} == {"+ 4 autres mesures"}


def test_what_does_not_fit_is_counted() -> None:
    long = "Respirateur " * 30
    known = picture()._replace(
        measures=[measure(i, long) for i in range(80)], models=[model(i, long) for i in range(80)]
    )
    shown = section(known, PEN)
    lines = sum(len(g.lines) for g in shown["groups"])
    assert 0 < lines < 20
    assert sum(height(g) for g in shown["groups"]) <= LINES
    assert shown["more"] == f"… et {80 - lines} de plus : measures.csv (hygie export csv)"


def test_questions_on_which_most_hangs_come_with_how_many_are_left() -> None:
    one = picture().questions[0]
    known = picture()._replace(questions=[replace(one, id=f"Q{i}", weight=i, args=(f"left={i}",)) for i in range(9)])
    shown = section(known, PEN)
    assert [q.split(" ? ")[1][0] for q in shown["questions"]] == ["8", "7", "6", "5"]
    assert shown["more_questions"] == "… et 5 de plus : questions.xlsx"


def test_answered_questions_are_asked_no_more() -> None:
    answered = [replace(q, answer="same") for q in picture().questions]
    assert section(picture()._replace(questions=answered), PEN)["questions"] == []


def test_a_whole_line_keeps_the_whole_words() -> None:
    shown = line(measure(0, "Mot " * 60), {}, PEN)
    assert shown["words"] == "Mot " * 60
    assert shown["on_care"].endswith("Non validé par votre établissement.")
    assert (shown["voice"], shown["voice_text"]) == ("manufacturer", "le fabricant le dit")


def test_cut_says_that_it_cut() -> None:
    assert (cut("abc", 3), cut("abcd", 3)) == ("abc", "ab…")


def test_cut_leaves_words_whole() -> None:
    text = "Isolate the pump, and restart it."
    assert cut(text, len(text)) == text
    assert cut(text, len(text) - 1) == "Isolate the pump, and restart…"
    assert {cut(text, most) for most in range(18, 22)} == {"Isolate the pump…"}
    assert cut(text, 22) == "Isolate the pump, and…"
    assert cut("a " + "x" * 100, 50) == "a " + "x" * 47 + "…"
    for most in range(1, 40):
        assert len(cut(text, most)) <= most


def test_words_that_are_cut_say_where_the_whole_stands() -> None:
    long = replace(measure(0), text="Isolate the pump. " * 40)
    [group] = fit([[long]], {}, PEN)
    shown, whole = group.lines[0], line(long, {}, PEN)
    assert shown["words"].endswith(("pump…", "the…", "Isolate…", "pump.…"))
    assert shown["whole"] == whole["whole"] == "Texte entier : hygie why A0"
    assert line(replace(measure(0), text="Short"), {}, PEN)["whole"] == ""
    short = replace(long, text="Isolate the pump.")
    assert height(group) > height(fit([[short]], {}, PEN)[0])
