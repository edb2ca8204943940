import json
from pathlib import Path

import pytest

from door import call
from hygie import words
from hygie.exports.listing import TABLES
from hygie.names.fields import fold
from hygie.serve.choosing import COLUMNS, MANY, words_of

WRONG = [
    ("make =", 2, "at the end"),
    ("colour = red", 2, "character 1"),
    ("make ! x", 2, "character 6"),
    ("make = x or", 2, "at the end"),
    ("(make = x", 2, "parenthesis"),
    ("make = x y", 2, "character 10"),
    ("colour = red", 2, "inventory"),
    ("seen = zork", 2, "in GMAO and seen"),
    ("kind = scaner", 2, "ct_scanner"),
    ("seen < zork", 2, "in GMAO and seen"),
    ("seen < 'in GMAO and seen'", 2, "no order"),
    ("confidence > high", 2, "number"),
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


def chosen(workspace: Path, command: str, expression: str, lang: str) -> list[dict[str, object]]:
    found = call(command, "--workspace", workspace, "--filter", expression, "--format", "json", lang=lang)
    assert (found.code, found.err) == (0, ""), expression
    return list(json.loads(found.out))


SPOKEN = [
    ("findings", "verdict = affected", ("verdict = affecté", 'verdict = "AFFECTE"')),
    ("findings", 'verdict = "not affected"', ('verdict = "non affecté"',)),
    ("findings", "outcome = out-of-cycle", ('outcome = "hors cycle"', "outcome = 'Hors-cycle'")),
    ("findings", "outcome >= out-of-cycle", ("outcome = immédiat or outcome = 'hors cycle'", "outcome > scheduled")),
    ("findings", "safety = critical", ("safety = critique", "safety = 'critique (un décès)'")),
    ("findings", "exploited = yes", ("exploited = oui",)),
    ("devices", "kind = ct_scanner", ("kind = scanner", "kind = 'CT scanner'")),
    ("devices", 'seen = "seen, not in GMAO"', ('seen = "vu, absent de la GMAO"',)),
    ("devices", "connectable = yes", ("connectable = oui",)),
    ("devices", "missing = supplier", ("missing = fournisseur",)),
    ("flows", "opened = true", ("opened = oui", "opened = yes")),
    ("plan", "authority = 'hospital alone'", ('authority = "l\'hôpital seul"',)),
    ("plan", "decided_by = it", ("decided_by = DSI",)),
    ("plan", "kind = 'network control'", ("kind = 'mesure réseau'",)),
    ("zones", "source = plan", ('source = "plan d\'adressage"',)),
]


@pytest.mark.parametrize(("command", "stable", "spoken"), SPOKEN, ids=[f"{c} {s}" for c, s, _ in SPOKEN])
def test_words_of_the_screen_choose_as_the_stable_ones(
    whole: Path, command: str, stable: str, spoken: tuple[str, ...]
) -> None:
    expected = chosen(whole, command, stable, "en")
    assert expected or "exploited" in stable
    for expression in spoken:
        for lang in words.LANGUAGES:
            assert chosen(whole, command, expression, lang) == expected, expression


def test_a_word_that_is_none_is_told_with_those_that_are(whole: Path) -> None:
    found = call("findings", "--workspace", whole, "--filter", "outcome = urgent", lang="fr")
    assert (found.code, found.out) == (2, "")
    for word in ("« urgent »", "immédiat (immediate)", "hors cycle (out-of-cycle)", "à différer (defer)"):
        assert word in found.err
    found = call("findings", "--workspace", whole, "--verdict", "urgent", lang="en")
    assert (found.code, "not affected, fixed, unknown" in found.err) == (2, True)


def test_every_listed_column_is_one_of_a_table_and_speaks_both_languages() -> None:
    columns = {name for table in TABLES.values() for name in table.columns}
    for name, listed in COLUMNS.items():
        table, _, column = name.rpartition(".")
        assert column in (TABLES[table].columns if table else columns), name
        for word in listed.stable():
            for language in words.LANGUAGES:
                assert listed.text.format(word) in words.catalogue(language), (name, word)


@pytest.mark.parametrize("name", COLUMNS)
def test_a_word_means_one_thing(name: str) -> None:
    table, _, column = name.rpartition(".")
    known = words_of(table or "devices", column, ("another",))
    assert known is not None
    assert "another" in known.spoken
    for word in known.spoken:
        assert known.meant("=", word) == [word] or len(known.spoken) > MANY
        assert fold(word) in known.spoken[word]
