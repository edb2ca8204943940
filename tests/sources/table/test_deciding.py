from hygie.model.evidence import Decision, Refusal
from hygie.names import marks
from hygie.words import LANGUAGES, say
from spreadsheets import refused, rows

HEAD = "Id;Question;Answer;Name;Date;Note;Recorded answer;Hygie's mark\n"
WORD = ("same", "seen", "Dr Roy", "2026-08-19")
MARK = marks.write("q1", WORD, ["RA", "RB"])


def read(*cells: str, mark: str = MARK) -> list[Decision | Refusal]:
    line = ";".join((cells[0], "?", *cells[1:], "same, Dr Roy, 2026-08-19", mark))
    return rows(f"{HEAD}{line}\nq9;?;;;;;;\n", "questions")


def test_a_row_as_it_was_written_repeats_the_word() -> None:
    (found,) = read("q1", "Same", "Dr Roy", "19/08/2026", "seen")
    assert found == Decision("R1", "q1", "same", "Dr Roy", "2026-08-19", "seen", "C2", "RA")


def test_another_answer_name_date_or_note_takes_the_place_of_the_word() -> None:
    for cells in (
        ("q1", "different", "Dr Roy", "2026-08-19", "seen"),
        ("q1", "same", "Anne", "2026-08-19", "seen"),
        ("q1", "same", "Dr Roy", "2026-09-01", "seen"),
        ("q1", "same", "Dr Roy", "2026-08-19", ""),
    ):
        (found,) = read(*cells)
        assert isinstance(found, Decision)
        assert (found.first, found.replaces, found.answer) == ("", ("RA", "RB"), cells[1])


def test_a_cleared_answer_with_a_name_is_taken_back_and_says_what_stood_there() -> None:
    recorded = "same, Dr Roy, 2026-08-19"
    assert read("q1", "", "Anne", "2026-09-01", "wrong room") == [
        Decision("R1", "withdrawn:q1", recorded, "Anne", "2026-09-01", "wrong room", "C2", "", ("RA", "RB"))
    ]
    (left,) = read("q1", "", "Dr Roy", "2026-08-19", "seen")
    assert isinstance(left, Decision)
    assert (left.who, left.when) == ("Dr Roy", "")  # the date was the answer's


def test_what_lacks_a_name_is_asked_for_in_words() -> None:
    assert refused(read("q1", "", "", "", "")) == [("D2", "refusal.withdrawal_unsigned")]
    assert refused(read("q1", "same", "", "", "")) == [("D2", "refusal.name_cleared")]
    assert refused(read("q1", "same", "", "", "", mark="")) == [("D2", "refusal.unsigned")]
    for language in LANGUAGES:
        for reason in ("withdrawal_unsigned", "name_cleared", "unsigned", "unanswered", "reason_missing"):
            assert "q1" in say(language, f"refusal.{reason}", ["about=q1"])


def test_a_row_that_never_held_an_answer_takes_nothing_back() -> None:
    assert read("q1", "", "Anne", "", "", mark="") == []
    assert read("q1", "", "", "", "", mark="") == []


def test_a_mark_that_was_copied_to_another_row_says_nothing() -> None:
    (found,) = read("q2", "same", "Dr Roy", "2026-08-19", "seen")
    assert isinstance(found, Decision)
    assert (found.about, found.first, found.replaces) == ("q2", "", ())
    assert read("q2", "", "Anne", "", "") == []


def test_a_cell_that_hygie_emptied_because_of_a_secret_takes_nothing_back() -> None:
    assert [row for row in read("q1", "mot de passe : Azerty12", "Anne", "", "") if isinstance(row, Decision)] == []
