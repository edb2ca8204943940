"""`names.pattern` against Python's own expressions, and against what makes those try without end."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygie.names import pattern
from hygie.names.pattern import compiled

_ATOM = st.sampled_from(["a", "b", "c", ".", "[ab]", "[^a]", r"\d", r"\w", r"\.", "1", "B", " ", r"\s", "[-b]"])
_TIMES = st.sampled_from(["", "", "*", "+", "?", "{2}", "{1,3}", "{0,2}", "{2,}", "*?", "+?", "??", "{1,2}?"])


def _joined(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    groups = st.builds("({}){}".format, parts, st.sampled_from(["", "", "?"]))
    plain = st.builds("(?:{}){}".format, parts, st.sampled_from(["", "?", "??"]))
    either = st.builds("(?:{}|{})".format, parts, parts)
    return st.one_of(st.builds("{}{}".format, parts, parts), groups, plain, either)


_PATTERN = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "", "(?i)"]),
    st.sampled_from(["", "^", r"\b"]),
    st.recursive(st.builds("{}{}".format, _ATOM, _TIMES), _joined, max_leaves=8),
    st.sampled_from(["", "", "$", r"\b"]),
)


@settings(max_examples=1500, deadline=None)
@given(_PATTERN, st.text("abcAB1. -", max_size=14))
def test_it_finds_what_python_finds(text: str, subject: str) -> None:
    oracle = re.compile(text.replace("$", r"\Z"), re.DOTALL if "(?s)" in text else 0).search(subject)
    found = compiled(text).search(subject)
    assert found == (None if oracle is None else (oracle.group(), *oracle.groups()))


@pytest.mark.parametrize(
    "text", ["(a+)+b", "(a|aa)+$", "(.*)(.*)(.*)(.*)(.*)x", "(?:a?){60}a{60}b", r"(?i)(\w+\s?)*!", "(a*)*c"]
)
def test_what_is_tried_without_end_elsewhere_is_not(text: str) -> None:
    steps = len(compiled(text).steps)
    assert steps < pattern.MOST_STEPS
    assert compiled(text).search("a" * 10_000 + "?") is None  # would take longer than the universe has existed


def test_only_the_beginning_of_a_text_is_looked_at() -> None:
    assert compiled("b").search("a" * pattern.READ + "b") is None
    assert compiled("b").search("a" * (pattern.READ - 1) + "b") == ("b",)


def test_names_classes_and_case() -> None:
    found = compiled(r"(?i)^dräger (?P<model>[\w ]+?) v(?<version>\d[\d.]*)$")
    assert found.names == {"model": 1, "version": 2}
    assert found.search("DRÄGER Evita V500 V2.51") == ("DRÄGER Evita V500 V2.51", "Evita V500", "2.51")
    assert compiled(r"\h{4}").search("xbeef") == ("beef",)
    assert compiled("(?i:a)b").search("Ab") == ("Ab",)
    assert compiled("(?i:a)b").search("AB") is None
    assert compiled("a{,2}{x").search("aa{x") == ("aa{x",)


@settings(max_examples=500, deadline=None)
@given(st.text(r"ab(){}[]|*+?\^$.:<>P=!-,1dwsx", max_size=30), st.text(max_size=20))
def test_no_pattern_hangs_or_crashes(text: str, subject: str) -> None:
    try:
        found = compiled(text)
    except ValueError:
        return
    answer = found.search(subject)
    assert answer is None or len(answer) == found.groups + 1


def test_a_pattern_of_too_many_steps_is_refused() -> None:
    with pytest.raises(ValueError, match=r"pattern.steps"):
        compiled("(?:(?:a{100}){100}){100}")
