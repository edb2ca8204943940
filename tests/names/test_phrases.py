import pytest

from hygie.names import phrases


@pytest.mark.parametrize(
    ("words", "symbols"),
    [
        ("2.3.6 and below", "<= 2.3.6"),
        ("prior to vb20a_sp03", "< vb20a_sp03"),
        ("v5.0 through 6.2", ">= v5.0 | <= 6.2"),
        ("up to and including 4.1", "<= 4.1"),
        ("up to but not including 4.1", "< 4.1"),
        ("from 1.0 to 2.0", ">= 1.0 | <= 2.0"),
        ("4.1 et antérieures", "<= 4.1"),
        ("1.2+", ">= 1.2"),
        ("1.0 and 1.1", "1.0 | 1.1"),
    ],
)
def test_spoken_comparisons_become_symbols(words: str, symbols: str) -> None:
    assert phrases.with_symbols(words) == symbols


def test_conditions_are_kept_apart() -> None:
    assert phrases.without_condition("6.x model 35700bax") == ("6.x", "model 35700bax")
    assert phrases.without_condition("9.x (with module a)") == ("9.x", "with module a")
    assert phrases.without_condition("distributed < april 1, 2018") == ("*", "distributed < april 1, 2018")


def test_what_cannot_be_divided_is_told() -> None:
    assert phrases.without_condition("mmt-522(k) / mmt-722(k)")[0] is None
    assert phrases.without_condition("(release 1)")[0] is None


def test_idle_parentheses_fall_away() -> None:
    assert phrases.without_condition("2.01 (end-of-life nov 2017)") == ("2.01", "")


def test_dates_need_a_year() -> None:
    assert phrases.with_dates("< july 1 2017") == "< 2017.7.1"
    assert phrases.with_dates("< 8/30/2024") == "< 2024.8.30"
    assert phrases.with_dates("< august 28") is None
    assert phrases.iso_date("1er mars 2024") == "2024.3.1"
    assert phrases.iso_date("2.1") is None


@pytest.mark.parametrize(
    "text", ["1.0", "v2", "vb20a_sp03", "k", "1.8.4 service pack 01", "012u000061", "1.1.3 mr build 11"]
)
def test_versions_look_like_versions(text: str) -> None:
    assert phrases.looks_like_a_version(text)


@pytest.mark.parametrize("text", ["windows", "16xxxxx", "r7x", "sp1", "august 28", "base units", "cobas h 232 poc"])
def test_names_do_not(text: str) -> None:
    assert not phrases.looks_like_a_version(text)


@pytest.mark.parametrize("text", ["", "*", "all", "all versions", "toutes les versions", "any version"])
def test_everything(text: str) -> None:
    assert phrases.is_everything(text)
