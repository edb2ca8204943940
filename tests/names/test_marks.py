import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygie.names import marks

WORD = ("same", "vu sur place", "Dr Roy", "2026-08-19")


def test_a_mark_knows_what_stood_there() -> None:
    mark = marks.read(marks.write("q1", WORD, ["R1", "R2", "R1"]))
    assert mark is not None
    assert mark.readings == ("R1", "R2")
    assert mark.of("q1") and not mark.of("q2")
    assert mark.says("same", " vu  sur place ") and not mark.says("different", "vu sur place")
    assert mark.signed("Dr Roy", "2026-08-19") and not mark.signed("Dr Roy", "")


@pytest.mark.parametrize("text", ["", "R1", "abcdef01-abcdef01-abcdef01", "abcdef01-abcdef01-abcdef01 r1", "=1+1 R1"])
def test_another_text_is_no_mark(text: str) -> None:
    assert marks.read(text) is None


@given(st.text(max_size=40), st.tuples(*[st.text(max_size=20)] * 4))
def test_any_word_has_a_mark_of_its_own(about: str, word: tuple[str, str, str, str]) -> None:
    text = marks.write(about, word, ["RABC"])
    mark = marks.read(text)
    assert mark is not None and mark.of(about)
    assert mark.says(word[0], word[1]) and mark.signed(word[2], word[3])
    assert text[:1] in "0123456789abcdef"
