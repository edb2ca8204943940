"""The documentation says what the program has, in both languages, and shows what it prints."""

import importlib.util
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import click
import pytest

from hygie.exports.listing import TABLES
from hygie.exports.renderers import RENDERERS
from hygie.facts import functions
from hygie.model import DERIVED_ROWS, READ_ROWS
from hygie.model.evidence import Speaker, Trait
from hygie.model.fleet import Connectable, Seen
from hygie.model.verdict import Authority, MeasureKind, Outcome, Verdict
from hygie.serve import asking, feeding, handing, listening, trusting
from hygie.sources import READERS

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
FRONT = ("README.md", "README.fr.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")
PAIRS = {
    "index.md": "fr/index.md",
    "dpo.md": "fr/dpo.md",
    "glossary.md": "fr/glossaire.md",
    "tutorial/index.md": "fr/tutoriel/index.md",
    "how-to/gmao.md": "fr/guides/gmao.md",
    "how-to/tables.md": "fr/guides/tableaux.md",
    "how-to/capture.md": "fr/guides/capture.md",
    "how-to/rules.md": "fr/guides/regles.md",
    "how-to/statements.md": "fr/guides/courriers.md",
    "how-to/knowledge.md": "fr/guides/connaissances.md",
    "how-to/decide.md": "fr/guides/decider.md",
    "how-to/refused.md": "fr/guides/refus.md",
    "how-to/sites.md": "fr/guides/etablissements.md",
    "how-to/forget.md": "fr/guides/oublier.md",
    "how-to/score.md": "fr/guides/verifier.md",
    "how-to/exports.md": "fr/guides/exporter.md",
    "how-to/offline.md": "fr/guides/hors-ligne.md",
    "reference/cli.md": "fr/reference/cli.md",
    "reference/formats.md": "fr/reference/formats.md",
    "reference/traits.md": "fr/reference/traits.md",
    "reference/columns.md": "fr/reference/colonnes.md",
    "reference/rows.md": "fr/reference/lignes.md",
    "reference/words.md": "fr/reference/mots.md",
    "reference/limits.md": "fr/reference/limites.md",
    "explanation/verdicts.md": "fr/explication/verdicts.md",
    "explanation/priorities.md": "fr/explication/priorites.md",
    "explanation/measures.md": "fr/explication/mesures.md",
    "explanation/register.md": "fr/explication/registre.md",
    "explanation/links.md": "fr/explication/liens.md",
    "explanation/clinical-functions.md": "fr/explication/fonctions-cliniques.md",
    "explanation/captures.md": "fr/explication/captures.md",
    "explanation/architecture.md": "fr/explication/architecture.md",
    "explanation/data.md": "fr/explication/donnees.md",
}
"""English page -> French page."""
LANGUAGES = ("", "fr/")
LARGEST_PICTURE = 300_000
"""Bytes."""
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|TBD|XXX|lorem|ipsum|coming soon)\b|à compléter", re.IGNORECASE)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def text(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def both(english: str) -> Iterator[tuple[str, str]]:
    for name in (english, PAIRS[english]):
        yield name, text(name)


def pages() -> list[Path]:
    return [*sorted(DOCS.rglob("*.md")), *(ROOT / name for name in FRONT)]


def commands() -> dict[str, click.Command]:
    """ "feeds import" -> command."""
    found: dict[str, click.Command] = {}
    for family in (feeding, listening, asking, handing, trusting):
        for command in family.COMMANDS:
            if isinstance(command, click.Group):
                found.update({f"{command.name} {name}": one for name, one in command.commands.items()})
            else:
                found[str(command.name)] = command
    return found


def options(command: click.Command) -> set[str]:
    found = {"--help", "-h"}
    for one in command.params:
        if isinstance(one, click.Option):
            found.update(one.opts)
    return found


def tool() -> ModuleType:
    """tools/refresh_docs.py."""
    spec = importlib.util.spec_from_file_location("refresh_docs", ROOT / "tools" / "refresh_docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_page_stands_in_both_languages_and_in_the_contents() -> None:
    there = {str(page.relative_to(DOCS)) for page in DOCS.rglob("*.md")}
    assert there == {*PAIRS, *PAIRS.values()}
    for english, index in ((True, text("index.md")), (False, text("fr/index.md"))):
        own = [name for name in there if name.startswith("fr/") is not english and not name.endswith("index.md")]
        assert [name for name in own if name.removeprefix("fr/") not in index] == []


def test_the_site_holds_every_page() -> None:
    settings = tomllib.loads((ROOT / "zensical.toml").read_text(encoding="utf-8"))["project"]
    held = set(re.findall(r"'([^']+\.md)'", repr(settings["nav"])))
    assert held == {*PAIRS, *PAIRS.values()}
    assert settings["site_dir"] == "build/docs"


def test_every_command_and_option_is_told() -> None:
    for name, page in both("reference/cli.md"):
        sections = re.split(r"^### ", page, flags=re.MULTILINE)
        shared = sections[0]
        for command, one in commands().items():
            own = [s for s in sections[1:] if re.search(rf"`hygie {command}\b", s.split("\n", 1)[0])]
            assert own, f"{name}: hygie {command}"
            missing = [o for o in options(one) if f"`{o}" not in own[0] and f"`{o}" not in shared]
            assert missing == [], f"{name}: hygie {command}"


def test_every_trait_is_told() -> None:
    for name, page in both("reference/traits.md"):
        told = re.findall(r"^\| `([a-z0-9_]+)` \| .+ \| .+ \|$", page, re.MULTILINE)
        assert sorted(told) == sorted(t.value for t in Trait), name


def test_every_reader_is_told() -> None:
    for name, page in both("reference/formats.md"):
        headings = " ".join(re.findall(r"^### .*$", page, re.MULTILINE))
        assert [kind for kind in READERS if f"`{kind}`" not in headings] == [], name


def test_every_row_kind_is_told() -> None:
    for name, page in both("reference/rows.md"):
        told = re.findall(r"^\| `([a-z_]+)` \|", page, re.MULTILINE)
        assert sorted(told) == sorted([*READ_ROWS, *DERIVED_ROWS, "reading"]), name


def test_every_export_and_table_is_told() -> None:
    for name, page in both("reference/cli.md"):
        section = page.partition("`hygie export FORMAT`")[2]
        assert [form for form in RENDERERS if f"`{form}`" not in section] == [], name
        assert [table for table in TABLES if not re.search(rf"\b{table}\b", section)] == [], name


def test_every_value_is_told() -> None:
    enums = (Verdict, Outcome, Authority, MeasureKind, Speaker, Seen, Connectable)
    for name, page in both("reference/words.md"):
        assert [one.value for enum in enums for one in enum if f"`{one.value}`" not in page] == [], name


def test_what_is_said_of_the_table_of_clinical_functions_holds() -> None:
    assert len(functions.functions()) > 80
    assert {f.interruption for f in functions.functions().values()} == {""}


def test_links_lead_somewhere() -> None:
    broken = []
    for page in pages():
        for target in LINK.findall(page.read_text(encoding="utf-8")):
            place, _, anchor = target.partition("#")
            if target.startswith(("https://", "http://")):
                continue
            aim = (page.parent / place).resolve() if place else page
            if not aim.exists() or (anchor and anchor not in anchors(aim)):
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert broken == []


def anchors(page: Path) -> set[str]:
    """Anchors of a page's headings, as the site and GitHub make them."""
    titles = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).strip().replace(" ", "-") for title in titles}


def test_pictures_are_light() -> None:
    pictures = sorted((DOCS / "images").iterdir())
    assert [p.name for p in pictures] == ["report-en.png", "report-fr.png"]
    assert [p.name for p in pictures if p.stat().st_size > LARGEST_PICTURE] == []


def test_nothing_is_unfinished() -> None:
    found = [(page.name, m.group()) for page in pages() for m in UNFINISHED.finditer(page.read_text(encoding="utf-8"))]
    assert found == []


def test_commands_in_examples_exist() -> None:
    """Every `hygie ...` line of a block names a command, with options that it has."""
    known = commands()
    wrong = []
    for page in pages():
        for kind, block in BLOCK.findall(page.read_text(encoding="utf-8")):
            for line in block.splitlines() if kind in ("sh", "console", "text") else ():
                line = line.removeprefix("$ ")
                if line.startswith("hygie ") and not fits(line, known):
                    wrong.append(f"{page.name}: {line}")
    assert wrong == []


def fits(line: str, known: dict[str, click.Command]) -> bool:
    words = shlex.split(line.partition(" | ")[0], comments=True)[1:]
    name = " ".join(words[:2]) if words[0] in ("feeds", "keys", "trust") else words[0]
    command = known.get(name)
    if command is None:
        return False
    return all(word.partition("=")[0] in options(command) for word in words if word.startswith("-") and word != "-")


@pytest.mark.parametrize("page", tool().pages(), ids=lambda page: str(page.relative_to(DOCS)))
def test_shown_output_is_real(page: Path, tmp_path: Path) -> None:
    """If this fails: `python3 tools/refresh_docs.py`, then read the page again, and correct what is said of it."""
    shown = page.read_text(encoding="utf-8")
    real = tool().refreshed(page, tmp_path)
    assert [line for line in real.split("\n") if line not in set(shown.split("\n"))] == []
    assert real == shown
