import re
from dataclasses import replace

import pytest

from exports.pictures import picture
from hygie.exports.listing import TABLES
from hygie.exports.pen import Pen
from hygie.model.verdict import Because, Verdict
from hygie.serve.wording import SHOWN
from hygie.words import LANGUAGES, catalogue

KNOWN = picture()
KEY = re.compile(r"\b(?:verdict|outcome|speaker|seen|authority|who|zone|function|measure|question)\.[a-z_.]+")


def cells(name: str, language: str) -> list[dict[str, str]]:
    table = TABLES[name]
    heads, tell = SHOWN[name](KNOWN, Pen(language, KNOWN.readings))
    rows = [tell(dict(zip(table.columns, row, strict=True))) for row in table.rows(KNOWN)]
    return [dict(zip(heads, map(str, row), strict=True)) for row in rows]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SHOWN)
def test_people_read_words(name: str, language: str) -> None:
    shown = cells(name, language)
    assert shown
    assert [text for row in shown for text in row.values() if KEY.search(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SHOWN)
def test_every_heading_is_in_the_readers_words(name: str, language: str) -> None:
    heads, _ = SHOWN[name](KNOWN, Pen(language, KNOWN.readings))
    assert [head for head in heads if f"column.{head}" not in catalogue(language)] == []


def test_a_finding_tells_its_verdict_in_the_readers_language() -> None:
    french, english = ({row["verdict"] for row in cells("findings", language)} for language in ("fr", "en"))
    assert "affecté" in french
    assert "affected" in english


def test_a_finding_tells_its_first_reason() -> None:
    assert any(row["because"] for row in cells("findings", "en"))


def test_a_finding_tells_of_which_device_it_is_and_how_its_version_lies() -> None:
    devices = {d.inventory: d for d in KNOWN.devices}
    for row in cells("findings", "en"):
        device = devices[row["inventory_number"]]
        assert row["name"] == f"{device.name} {device.version}".strip()
    reasons = (Because("because.match.record"), Because("because.match.version.outside", ("version=2", "range=<1")))
    cleared = [replace(f, verdict=Verdict.NOT_AFFECTED, because=reasons) for f in KNOWN.findings]
    _, tell = SHOWN["findings"](KNOWN._replace(findings=cleared), Pen("en", KNOWN.readings))
    columns = TABLES["findings"].columns
    rows = [dict(zip(columns, row, strict=True)) for row in TABLES["findings"].rows(KNOWN)]
    assert "Version 2 is not among those meant" in str(tell(rows[0] | {"verdict": "not affected"})[-1])


def test_sites_are_named_where_there_are_several() -> None:
    assert "site" not in SHOWN["findings"](KNOWN, Pen("en", KNOWN.readings))[0]
    first, *rest = KNOWN.devices
    apart = KNOWN._replace(devices=[replace(first, site="elsewhere"), *rest])
    assert "site" in SHOWN["findings"](apart, Pen("en", KNOWN.readings))[0]


def test_an_outside_end_is_marked() -> None:
    ends = [row["server"] for row in cells("flows", "fr")]
    assert any("hors de l'établissement" in end for end in ends) == any(
        "server" in str(row[TABLES["flows"].columns.index("outside")]) for row in TABLES["flows"].rows(KNOWN)
    )


def test_a_measure_is_the_reports_sentence() -> None:
    assert all(len(row["measure"]) > 20 for row in cells("measures", "en"))
