"""`names.expression`: what its grammar takes, and what it refuses."""

import pytest

from hygie.names.expression import parse


@pytest.mark.parametrize(
    "text",
    [
        "(", ")", "(a", "a)", "[a", "[", "*a", "a**", "a++", "a*+", "(?=a)", "(?!a)", "(?<=a)b", "(?<!a)b",
        r"(a)\1", "(?>a)", "(?P<1>a)", "(?P<n>a)(?P<n>b)", r"\p{L}", r"\q", "\\", r"\x1", "[b-a]", r"[\d-z]",
        "[[:alpha:]]",
        "a{3,2}",
        "a{1001}", "(a)" * 21, "(?:" * 21 + "a" + ")" * 21, "a" * 401,
        "^*", "(?(1)a|b)", "(?#x)",
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parse(text)


def test_it_says_what_is_wrong_and_where() -> None:
    with pytest.raises(ValueError, match=r"pattern.group.*at=3"):
        parse("a(?=b)")


def test_a_pattern_comes_apart() -> None:
    assert parse("^a|(?P<n>b)?") == (
        (
            "any",
            (
                ("all", (("assert", "start"), ("set", ((97, 97),)))),
                ("all", (("repeat", ("group", 1, ("all", (("set", ((98, 98),)),))), 0, 1, True),)),
            ),
        ),
        1,
        {"n": 1},
    )
