import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from door import run
from hygie.serve import asking, cli, feeding, handing, listening, trusting
from hygie.serve.helping import Family, Verb, spoken
from hygie.words import LANGUAGES, catalogue

GENERAL = {"workspace", "lang", "as_of", "quiet"}


def commands() -> Iterator[tuple[str, click.Command]]:
    """Path ("feeds.import") and command."""
    yield "", cli.hygie
    for command in (*feeding.COMMANDS, *listening.COMMANDS, *asking.COMMANDS, *handing.COMMANDS, *trusting.COMMANDS):
        yield str(command.name), command
        for name, one in getattr(command, "commands", {}).items():
            yield f"{command.name}.{name}", one


EVERY = dict(commands())


def test_every_command_speaks_both_languages() -> None:
    for path, command in EVERY.items():
        assert isinstance(command, Verb | Family), path
        for language in LANGUAGES:
            texts = catalogue(language)
            assert f"help.{path or 'hygie'}" in texts
            for param in command.params:
                if isinstance(param, click.Option):
                    assert {f"help.{path}.{param.name}", f"help.option.{param.name}"} & set(texts), (path, param.name)
                    assert param.is_flag or param.metavar or isinstance(param.type, click.Choice), (path, param.name)
                else:
                    assert param.metavar, path
                for name in re.findall(r"[A-Z][A-Z_]+", param.metavar or ""):
                    assert f"metavar.{name}" in texts, name


def test_no_text_of_help_is_left_over() -> None:
    options = {str(p.name) for command in EVERY.values() for p in command.params} | {"help"}
    titles = {"help.usage", "help.options", "help.general", "help.commands"}
    meant = {f"help.{path or 'hygie'}" for path in EVERY} | {f"help.option.{name}" for name in options} | titles
    meant |= {f"help.{path}.{param.name}" for path, command in EVERY.items() for param in command.params}
    assert {key for key in catalogue("en") if key.startswith("help.")} - meant == set()


@pytest.mark.parametrize("path", EVERY)
def test_help_is_in_the_language_asked_for(path: str) -> None:
    named = path.split(".") if path else []
    said = {}
    for lang in LANGUAGES:
        cases = ([*named, "--help", "--lang", lang], [*named, f"--lang={lang}", "-h"], ["--lang", lang, *named, "-h"])
        told = [invoked(*case) for case in cases]
        assert [code for code, _, _ in told] == [0, 0, 0]
        assert len({out for _, out, _ in told}) == 1
        said[lang] = told[0][1]
        assert not re.search(r"\bhelp\.[a-z]", said[lang])
        assert "metavar" not in said[lang]
    assert said["fr"].startswith("Usage : hygie ")
    assert said["en"].startswith("Usage: hygie ")
    assert "--workspace DOSSIER" in said["fr"]
    assert "--workspace FOLDER" in said["en"]


def invoked(*words: str) -> tuple[int, str, str]:
    from click.testing import CliRunner

    for family in (feeding, listening, asking, handing, trusting):
        for command in family.COMMANDS:
            cli.hygie.add_command(command)
    found = CliRunner().invoke(cli.hygie, list(words), prog_name="hygie")
    if found.exception is not None and not isinstance(found.exception, SystemExit):
        raise found.exception
    return found.exit_code, found.stdout, found.stderr


def test_the_language_is_the_locale_s_where_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    assert invoked("zones", "--help")[1].startswith("Usage : ")
    assert "Commande inconnue" in invoked("zork")[2]
    monkeypatch.setenv("LC_ALL", "C")
    assert invoked("zones", "--help")[1].startswith("Usage: ")
    assert spoken(["why", "--lang", "fr", "--lang=en"]) == "en"
    assert spoken(["why", "--lang", "de"]) == spoken(["why", "--", "--lang", "fr"]) == spoken(["--lang"]) == "en"


def test_the_language_is_that_of_the_workspace_s_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.chdir(tmp_path)
    for name, lang in (("hygie-workspace", "fr"), ("other", "en"), ("broken", "tlh"), ("silent", "")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "hygie.toml").write_text(f'lang = "{lang}"\n' if lang else "", encoding="utf-8")
    assert invoked("--help")[1].startswith("Usage : ")
    assert invoked("zones", "--help")[1].startswith("Usage : ")
    assert "Commande inconnue" in invoked("zork")[2]
    assert invoked("--lang", "en", "--help")[1].startswith("Usage: ")
    assert invoked("--workspace", "other", "zones", "--help")[1].startswith("Usage: ")
    assert invoked("zones", "--workspace=other", "--help")[1].startswith("Usage: ")
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    for name in ("broken", "silent", "none", "hygie-workspace/hygie.toml"):  # help never fails: the locale's
        assert invoked("--workspace", name, "--help")[1].startswith("Usage : ")


WRONG = [
    (("zork",), "Commande inconnue : zork.", "No such command: zork."),
    (("devics",), "Vouliez-vous dire devices, device ?", "Did you mean devices, device?"),
    (("feeds", "imprt"), "Vouliez-vous dire import ?", "Did you mean import?"),
    (("devices", "--zork"), "Option inconnue : --zork.", "No such option: --zork."),
    (("devices", "--fromat", "csv"), "Vouliez-vous dire --format ?", "Did you mean --format?"),
    (("devices", "--filter"), "L'option --filter attend une valeur.", "The option --filter needs a value."),
    (("read", "--dry-run=1"), "L'option --dry-run ne prend pas de valeur.", "The option --dry-run takes no value."),
    (("device",), "Il manque ID.", "ID is missing."),
    (("cut",), "Il manque ZONE|ÉQUIPEMENT|internet.", "ZONE|DEVICE|internet is missing."),
    (("why", "a", "b c"), "De trop : b c.", "Too much: b c."),
    (("plan", "--format", "xml"), "--format : « xml » n'est pas", "--format: “xml” is no choice (table, json, csv)"),
    (("plan", "--lang", "de"), "--lang : « de » n'est pas", "--lang: “de” is no choice (fr, en)"),
]


@pytest.mark.parametrize(("line", "french", "english"), WRONG, ids=[" ".join(line) for line, _, _ in WRONG])
def test_wrong_usage_is_told_in_the_language(line: tuple[str, ...], french: str, english: str) -> None:
    for lang, told, usage in (("fr", french, "Usage : hygie "), ("en", english, "Usage: hygie ")):
        code, out, err = invoked("--lang", lang, *line)
        assert (code, out) == (2, "")
        assert told in err
        assert err.startswith(usage)
        assert " --help\n" in err


def test_without_a_command_help_is_shown_as_wrong_usage() -> None:
    for line in ((), ("--lang", "fr"), ("feeds",), ("--quiet", "feeds", "--lang", "fr")):
        code, out, err = invoked(*line)
        assert (code, out) == (2, "")
        assert err.startswith("Usage : " if "fr" in line else "Usage: ")


def test_general_options_stand_before_or_after_the_command(little: Path) -> None:
    here = ("--workspace", str(little))
    fr, quiet, date = ("--lang", "fr"), ("--quiet",), ("--as-of", "2026-09-01")
    after = invoked("zones", *here, *fr, *quiet, *date)
    assert after[0] == 0
    assert "Biomédical" in after[1]
    assert invoked(*here, *fr, *quiet, *date, "zones") == after
    assert invoked(*here, "zones", *fr) == after
    assert invoked("--workspace", "/none", "--lang", "en", "zones", *here, *fr) == after
    status = invoked("feeds", "status", *here, *fr)
    assert invoked(*here, *fr, "feeds", "status") == invoked("feeds", *here, *fr, "status") == status
    assert invoked("--as-of", "soon", "zones", *here)[0] == 2


def test_the_program_itself_says_it_so() -> None:
    found = run("--lang", "fr", "device")
    assert (found.code, found.out) == (2, "")
    assert "Il manque ID." in found.err
    assert run("devices", "--lang", "fr", "--help").out.startswith("Usage : hygie devices")
