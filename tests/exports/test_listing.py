import csv
import io
import json
import re
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.pictures import picture
from hygie.exports.listing import TABLES, as_csv, as_json, columns, complete, conversations, finding_id
from hygie.exports.pen import Pen
from hygie.model import ROWS
from hygie.words import LANGUAGES

KNOWN = picture()


def read(name: str, known: object = KNOWN, language: str = "en") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(as_csv(known, name, language), newline="")))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", TABLES)
def test_every_row_fits_its_columns(name: str) -> None:
    rows = list(complete(KNOWN, name, Pen("fr", KNOWN.readings)))
    assert rows
    assert {len(row) for row in rows} == {len(columns(name))}
    assert len(set(columns(name))) == len(columns(name))
    assert len(read(name)) == len(rows)


@pytest.mark.parametrize("page", ["docs/reference/columns.md", "docs/fr/reference/colonnes.md"])
def test_every_column_is_documented(root: Path, page: str) -> None:
    told: dict[str, list[str]] = {}
    for line in (root / page).read_text(encoding="utf-8").splitlines():
        if heading := re.fullmatch(r"## `(\w+)`.*", line):
            told[heading[1]] = []
        elif row := re.match(r"\| `(\w+)` \| \S", line):
            told[list(told)[-1]].append(row[1])
    assert told == {name: list(columns(name)) for name in TABLES}


def test_findings_are_told_by_device_with_a_lasting_id() -> None:
    rows = read("findings")
    assert len(rows) == 5 * 3
    assert rows[0]["id"] == finding_id("D-0000000", "CVE-2026-0000") == "F-IRRVRZHLT6"
    assert {row["outcome"] for row in rows if row["verdict"] in ("fixed", "not affected")} == {""}
    assert {row["exploited"] for row in rows if row["vulnerability"] in KNOWN.exploited} == {"yes"}


def test_flows_name_both_devices_and_mark_the_outside() -> None:
    inside, outside = conversations(KNOWN)
    assert inside[3:10] == ("10.0.0.1", "D-0000000", "Zéphyr 0", "Zéphyr", "10.0.0.2", "D-0000001", "Zéphyr 1")
    named = dict(zip(TABLES["flows"].columns, outside, strict=True))
    assert (named["server"], named["server_device"], named["outside"]) == ("203.0.113.9", "", "server")
    assert (named["first"], named["last"]) == ("2026-08-10 12:00", "2026-08-11 12:00")
    assert named["origin"] == "R2#packet 2"


def test_keys_come_with_their_words() -> None:
    assert read("questions", language="fr")[0]["question"].startswith("Est-ce le même équipement ?")
    assert "CVE" not in read("measures")[0]["measure"]
    assert read("measures", language="fr")[0]["measure"].startswith("Installer la version corrigée")
    assert read("contradictions", language="fr")[0]["explanation"].startswith("Affecté à « Zéphyr »")
    assert read("links", language="fr")[0]["explanation"] == "même fabricant"


def test_the_path_of_a_file_does_not_leave() -> None:
    assert {f.name for f in fields(ROWS["reading"])} - set(columns("readings")) == {"path"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_json_holds_every_table_and_the_reasons(language: str) -> None:
    told = json.loads("".join(as_json(KNOWN, language)))
    assert {name: list(told[name][0]) for name in TABLES} == {name: list(columns(name)) for name in TABLES}
    assert (told["format"], told["as_of"], told["language"]) == ("hygie", "2026-08-20", language)
    assert told["profile_findings"][0]["because"][0]["origin"] == "R1#B12"
    assert len(told["profile_priorities"]) == len(KNOWN.priorities)


def test_an_unknown_table_is_told() -> None:
    with pytest.raises(LookupError):
        as_csv(KNOWN, "nothing")


@settings(deadline=None, max_examples=30)
@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=30))
def test_no_word_from_outside_breaks_a_file(word: str) -> None:
    known = picture(word, devices=2, models=1, each=2)
    told = json.loads("".join(as_json(known)))
    assert told["devices"][0]["make"] == word
    for name in TABLES:
        for row in csv.reader(io.StringIO(as_csv(known, name), newline="")):
            assert len(row) == len(columns(name))
            assert not [cell for cell in row if cell[:1] in ("=", "@", "\t", "\r", "\n")]


def test_a_pair_that_was_decided_says_by_whom_and_when() -> None:
    known = picture()
    (link, question) = known.links[0], known.questions[0]
    args = ("left=a", "right=b", "who=Dr Roy", "when=2026-08-19", "about=L1")
    answered = replace(question, id=link.id, reason="question.link.decided.different", args=args, answer="different")
    told = known._replace(links=[replace(link, decided="different")], questions=[answered])
    assert "Two devices, decided by Dr Roy (2026-08-19): a and b. same manufacturer" in as_csv(told, "links", "en")
    assert "Dr Roy" not in as_csv(known, "links", "en")
