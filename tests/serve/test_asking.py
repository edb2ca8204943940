import csv
import io
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from door import TODAY, Said, call
from hygie import words
from hygie.words import catalogue

COMMANDS: tuple[tuple[str, ...], ...] = (
    ("devices",), ("flows",), ("zones",), ("findings",), ("findings", "--verdict", "affected"), ("plan",),
    ("questions",), ("questions", "--to", "hospital"), ("device", "000101"), ("why", "000101"),
    ("affected", "PFY-2026-007"), ("cut", "internet"), ("feeds", "status"),
)  # fmt: skip
LISTINGS = ("devices", "flows", "zones", "findings", "plan", "questions")


def ids(workspace: Path, *command: str) -> list[str]:
    found = call(*command, "--workspace", workspace, "--format", "json")
    return [row["id"] for row in json.loads(found.out)]


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_question_is_answered(little: Path, command: tuple[str, ...], lang: str) -> None:
    found = call(*command, "--workspace", little, lang=lang)
    assert found.code == 0
    bare = "table.none" if command[0] in ("findings", "plan") else ""  # nothing that was read says what is affected
    assert found.err.strip() == (words.say(lang, bare) if bare else "")
    assert found.out.strip() or command[0] == "affected"


@pytest.mark.parametrize("command", LISTINGS)
def test_the_three_formats_agree(whole: Path, command: str) -> None:
    listed = json.loads(call(command, "--workspace", whole, "--format", "json").out)
    rows = list(csv.DictReader(io.StringIO(call(command, "--workspace", whole, "--format", "csv").out)))
    assert len(listed) == len(rows) > 0
    assert list(listed[0]) == list(rows[0])
    assert call(command, "--workspace", whole, "--format", "table").code == 0
    assert call(command, "--workspace", whole, "--format", "yaml").code == 2


def test_both_languages_list_the_same(little: Path) -> None:
    for command in LISTINGS:
        both = [call(command, "--workspace", little, "--format", "json", lang=lang).out for lang in ("fr", "en")]
        assert both[0] == both[1]


def test_findings_may_be_narrowed(whole: Path) -> None:
    every = json.loads(call("findings", "--workspace", whole, "--format", "json").out)
    one = every[0]
    for option, column in (("--device", "device"), ("--cve", "vulnerability"), ("--verdict", "verdict")):
        found = json.loads(call("findings", "--workspace", whole, option, one[column], "--format", "json").out)
        assert found == [row for row in every if row[column] == one[column]]


def test_findings_are_of_a_device_by_any_of_its_names(whole: Path) -> None:
    listed = json.loads(call("devices", "--workspace", whole, "--format", "json").out)
    every = json.loads(call("findings", "--workspace", whole, "--format", "json").out)
    one = next(
        row for row in listed if row["inventory"] and row["serial"] and row["id"] in {f["device"] for f in every}
    )
    mine = [row for row in every if row["device"] == one["id"]]
    for name in (one["id"].lower(), one["inventory"], one["serial"]):
        assert json.loads(call("findings", "--device", name, "--workspace", whole, "--format", "json").out) == mine


def test_no_finding_is_told_apart_from_an_unknown_name(whole: Path) -> None:
    listed = json.loads(call("devices", "--workspace", whole, "--format", "json").out)
    every = {row["device"] for row in json.loads(call("findings", "--workspace", whole, "--format", "json").out)}
    quiet = next(row["id"] for row in listed if row["id"] not in every)
    none = call("findings", "--device", quiet, "--workspace", whole)
    assert none.code == 0 and quiet in none.err and 'not mean "not affected"' in none.err
    for option, name, command in (("--device", "ZZZZ", "device"), ("--cve", "CVE-1900-1", "affected")):
        nobody = call("findings", option, name, "--workspace", whole)
        assert (nobody.code, nobody.out, name in nobody.err) == (3, "", True)
        assert nobody.err == call(command, name, "--workspace", whole).err


def test_the_plan_begins_with_the_most_urgent(whole: Path) -> None:
    urgency = ["immediate", "out-of-cycle", "scheduled", "defer"]
    for more in ((), ("--filter", "authority != 'hospital alone'")):
        found = json.loads(call("plan", "--workspace", whole, "--format", "json", *more).out)
        places = [(urgency.index(row["outcome"]), -row["devices"]) for row in found]
        assert places == sorted(places)
        assert len({outcome for outcome, _ in places}) > 2
    shown = call("plan", "--workspace", whole).out
    assert [row["id"] for row in json.loads(call("plan", "--workspace", whole, "--format", "json").out)] == re.findall(
        r"^ (A-\w+)", shown, re.MULTILINE
    )


def test_questions_are_of_whom_they_are_asked(whole: Path) -> None:
    every = json.loads(call("questions", "--workspace", whole, "--format", "json").out)
    asked = Counter(row["to"] for row in every)
    for to, lang, meant in (
        ("hospital", "en", "hospital"), ("HOSPITAL", "fr", "hospital"), ("etablissement", "fr", "hospital"),
        ("quillane systems", "en", "Quillane Systems"), ("Quillane", "fr", "Quillane Systems"),
        ("quil", "en", "Quillane Systems"), ("étab", "fr", "hospital"),
    ):  # fmt: skip
        found = json.loads(call("questions", "--to", to, "--workspace", whole, "--format", "json", lang=lang).out)
        assert found == [row for row in every if row["to"] == meant] != [], to
    unknown = call("questions", "--to", "Zork", "--workspace", whole)
    assert (unknown.code, unknown.out) == (3, "")
    assert [to for to in asked if to not in unknown.err] == []
    assert f"Quillane Systems ({asked['Quillane Systems']})" in unknown.err
    makes = {row["make"] for row in json.loads(call("devices", "--workspace", whole, "--format", "json").out)}
    silent = min(make for make in makes if make and make not in asked)
    known = call("questions", "--to", silent, "--workspace", whole, "--format", "json", lang="fr")
    assert (known.code, json.loads(known.out)) == (0, [])
    assert f"Rien n'est demandé à {silent}." in known.err


def test_what_goes_by_no_name_is_told(little: Path) -> None:
    for command in (("why", "nothing"), ("device", "nothing"), ("cut", "nothing")):
        found = call(*command, "--workspace", little)
        assert (found.code, found.out, "nothing" in found.err) == (3, "", True)


def keys_said(monkeypatch: pytest.MonkeyPatch) -> set[tuple[str, str]]:
    """Keys asked for from now on, with the language."""
    asked: set[tuple[str, str]] = set()
    real = words.say

    def say(language: str, key: str, args: Any = ()) -> str:
        asked.add((language, key))
        return real(language, key, args)

    monkeypatch.setattr(words, "say", say)
    return asked


def raw_keys(text: str) -> set[str]:
    """Words of a text that look like a message key of ours."""
    rooms = {key.partition(".")[0] for key in catalogue("en") if "." in key}
    found = set(re.findall(r"(?<![\w./:@-])[a-z_]+\.[a-z_]+(?:\.[a-z_]+)*(?![\w/@-])", text))
    return {
        word for word in found if word.partition(".")[0] in rooms and not re.search(r"\.(html|csv|xlsx|json)$", word)
    }


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_no_message_key_is_ever_shown(
    hospital: Path, whole: Path, tmp_path: Path, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = keys_said(monkeypatch)
    every: list[Said] = [call(*c, "--workspace", whole, lang=lang) for c in COMMANDS if c[-1] != "000101"]
    chains = [
        *(("device", i) for i in ids(whole, "devices")[::20]),
        *(("why", i) for i in ids(whole, "devices")[::20]),
        *(("why", i) for i in ids(whole, "findings")[::4]),
        *(("why", i) for i in ids(whole, "plan")[::6]),
        *(("cut", i) for i in ids(whole, "zones")),
    ]
    every += [call(*chain, "--workspace", whole, lang=lang) for chain in chains]
    damaged = hospital.parent / "damaged"
    every.append(call("assess", damaged, "--workspace", tmp_path / "w", lang=lang))
    every.append(call("read", "--dry-run", hospital / "gmao.csv", damaged, "--workspace", tmp_path / "w", lang=lang))
    for form in ("html", "xlsx"):
        every.append(call("export", form, "-o", tmp_path / form, "--workspace", whole, lang=lang))
    report = re.sub(r"<(style|script).*?</\1>|<[^>]+>", " ", (tmp_path / "html").read_text("utf-8"), flags=re.DOTALL)
    assert [said for said in every if said.code not in (0, 1)] == []
    text = "\n".join(said.out + said.err for said in every)
    assert raw_keys(text) | raw_keys(report) == set()
    assert {key for language, key in asked if key not in catalogue(language)} == set()
    assert "{" not in re.sub(r'"[^"]*"', "", text)


def test_what_was_read_and_not_assessed_is_told(little: Path, tmp_path: Path) -> None:
    import shutil

    workspace = tmp_path / "w"
    shutil.copytree(little, workspace)
    extra = tmp_path / "leases.csv"
    extra.write_text("Adresse IP;Adresse MAC;Nom d'hôte\n10.1.2.9;02:00:00:00:00:09;inconnu-9\n", encoding="utf-8")
    assert call("read", extra, "--workspace", workspace).code == 0
    found = call("devices", "--workspace", workspace, "--format", "json")
    assert "hygie assess" in found.err
    assert json.loads(found.out)
    assert call("assess", "--workspace", workspace).code == 0
    assert "hygie assess" not in call("devices", "--workspace", workspace).err


def test_a_table_without_a_row_says_why(little: Path, tmp_path: Path) -> None:
    def said(*line: str, at: Path = little, lang: str = "en") -> str:
        found = call(*line, "--workspace", at, "--as-of", TODAY, lang=lang)
        assert found.code == 0
        return str(found.err)

    assert "Sites known here: local." in said("devices", "--filter", "site = zork")
    assert "Établissements connus ici : local." in said("zones", "--filter", "site = zork", lang="fr")
    assert "without the filter" in said("devices", "--filter", "ward = zork")
    assert "Sites" not in said("devices", "--filter", "ward = zork")
    for name in ("plan", "findings"):
        assert said(name).startswith("No row: nothing of the kind")
    assert said("devices") == said("questions") == ""
    (tmp_path / "in").mkdir()
    call("assess", tmp_path / "in", "--workspace", tmp_path / "w", "--as-of", TODAY)
    for name in ("devices", "plan", "questions", "findings", "zones", "flows"):
        assert "nothing that was read speaks of a device" in said(name, at=tmp_path / "w")
