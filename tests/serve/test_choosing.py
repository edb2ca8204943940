from pathlib import Path

import pytest

from door import call

WRONG = [
    ("make =", 2, "at the end"),
    ("colour = red", 2, "character 1"),
    ("make ! x", 2, "character 6"),
    ("make = x or", 2, "at the end"),
    ("(make = x", 2, "parenthesis"),
    ("make = x y", 2, "character 10"),
]


@pytest.mark.parametrize(("expression", "code", "said"), WRONG)
def test_a_wrong_filter_says_where(little: Path, expression: str, code: int, said: str) -> None:
    found = call("devices", "--workspace", little, "--filter", expression)
    assert (found.code, found.out) == (code, "")
    assert said in found.err
    french = call("devices", "--workspace", little, "--filter", expression, lang="fr")
    assert french.code == 2
    assert french.err.startswith("Filtre incorrect")


def test_a_filter_chooses(little: Path) -> None:
    for command, expression, count in (
        ("devices", 'make ~ "norvane"', 1),
        ("devices", "not kind = ct_scanner and ward = imagerie", 0),
        ("zones", "vlan = 20 or vlan = 30", 2),
        ("flows", "port > 0 and packets_out >= 0", None),
    ):
        found = call(command, "--workspace", little, "--filter", expression, "--format", "csv")
        assert found.code == 0, found.err
        lines = found.out.strip().splitlines()
        assert len(lines) > 1 if count is None else len(lines) == count + 1
