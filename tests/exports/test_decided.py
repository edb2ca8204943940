from dataclasses import replace

from exports.pictures import picture
from hygie.exports import decided
from hygie.exports.pen import Pen
from hygie.model.evidence import Decision
from hygie.names import marks
from hygie.words import LANGUAGES

EN = Pen("en", picture().readings)
OLD = Decision("RA", "Q1", "same", "Ann", "2026-01-02", "", "E3")
NEW = Decision("RB", "Q1", "different", "Bob", "2026-02-01", "seen", "E3")
BACK = Decision("RC", "withdrawn:Q1", "same, Ann", "Carl", "", "", "E4")


def test_the_newest_word_holds_and_all_that_are_known_are_named() -> None:
    for order in ([OLD, NEW, BACK], [BACK, NEW, OLD]):
        (word,) = decided.words(picture()._replace(decisions=order)).values()
        assert (word.decision, word.readings) == (NEW, ("RB", "RA"))


def test_a_repeated_word_is_known_by_the_reading_that_gave_it_first() -> None:
    repeated = replace(OLD, reading="R9", first="RA")
    (word,) = decided.words(picture()._replace(decisions=[OLD, repeated])).values()
    assert word.readings == ("RA",)


def test_a_ward_is_the_same_however_it_is_spelled() -> None:
    said = [Decision("RA", "unit:Réanimation", "degraded", "Ann", "")]
    assert list(decided.words(picture()._replace(decisions=said))) == ["unit:reanimation"]
    assert decided.cells("unit:REANIMATION", decided.words(picture()._replace(decisions=said)), EN).who == "Ann"


def test_the_cells_of_a_row_hold_the_word_and_its_mark() -> None:
    known = decided.words(picture()._replace(decisions=[NEW]))
    cells = decided.cells("Q1", known, EN)
    assert cells[:5] == ("different", "Bob", "2026-02-01", "seen", "different, Bob, 2026-02-01")
    mark = marks.read(cells.mark)
    assert mark is not None and mark.of("Q1") and mark.says("different", "seen") and mark.readings == ("RB",)
    assert decided.cells("Q2", known, EN) == decided.Cells()


def test_answers_are_said_in_words_of_their_sort() -> None:
    pen = Pen("fr", ())
    said = [("finding:F", "not affected"), ("finding:F", "accepted"), ("exposure:D", "small"), ("kind:x", "ventilator"),
            ("Q1", "3.2")]  # fmt: skip
    assert [decided.answer(about, text, pen) for about, text in said] == [
        "non affecté", "risque accepté", "faible", "Respirateur de réanimation", "3.2",
    ]  # fmt: skip


def test_what_was_decided_and_taken_back_is_told_with_its_place() -> None:
    known = picture()._replace(decisions=[NEW, BACK, OLD])
    lines = list(decided.told(known, ["Q1"], EN))
    assert [line.split("[")[0].strip() for line in lines] == [
        "Taken back by Carl (undated): same, Ann",
        "Decided by Ann (2026-01-02): same",
        "Decided by Bob (2026-02-01): different « seen »",
    ]
    assert all("cell E" in line for line in lines)
    assert list(decided.told(known, ["Q2"], EN)) == []
    for language in LANGUAGES:
        assert len(list(decided.told(known, ["Q1"], Pen(language, known.readings)))) == 3
