from pathlib import Path

import pytest

import hostile
from hygie.model.evidence import Refusal
from hygie.model.knowledge import Score
from hygie.model.seams import Given
from hygie.sources.epss import READER

COMMENT = b"#model_version:v2025.03.14,score_date:2026-08-16T00:00:00+0000\n"
FULL = COMMENT + b"cve,epss,percentile\nCVE-1999-0001,0.01,0.5\r\nCVE-2020-1000,1.0e-05,1\n"
YEAR = b"CVE-2021-47987;0.001200000;0.021680000\nCVE-2021-47986;0.001200000;0.021690000\n"


def test_the_publishers_layout() -> None:
    source = hostile.content(FULL)
    assert READER.recognises(source)
    assert (READER.series(source), READER.dated(source)) == ("", "2026-08-16")
    assert [(s.vulnerability, s.epss, s.percentile, s.dated) for s in hostile.rows(READER, FULL)] == [
        ("CVE-1999-0001", 0.01, 0.5, "2026-08-16"),
        ("CVE-2020-1000", 0.00001, 1.0, "2026-08-16"),
    ]


def test_without_its_comment() -> None:
    data = FULL.split(b"\n", 1)[1]
    assert READER.recognises(hostile.content(data)) and READER.series(hostile.content(data)) == ""
    assert len(hostile.rows(READER, data)) == 2


def test_parts_by_year() -> None:
    source = hostile.content(b"\xef\xbb\xbf" + YEAR)
    assert READER.recognises(source)
    assert (READER.series(source), READER.dated(source)) == ("2021", "")
    given = Given("local", "r1", dated="2026-08-16")
    scores = list(READER.read(source, given))
    assert [(s.vulnerability, s.epss, s.dated) for s in scores if isinstance(s, Score)] == [
        ("CVE-2021-47987", 0.0012, "2026-08-16"),
        ("CVE-2021-47986", 0.0012, "2026-08-16"),
    ]


@pytest.mark.parametrize(
    "line",
    [b"CVE-2021-1,0.1,0.1", b"CVE-2021-1000,1.1,0.1", b"CVE-2021-1000,0.1,-1", b"x", b"CVE-2021-1000,e,e", b"a" * 3000],
)
def test_lines_that_are_none_are_told(line: bytes) -> None:
    found = hostile.rows(READER, FULL + line + b"\nCVE-2021-1000,0.1,0.1\n")
    assert len(hostile.of(Score, found)) == 3
    assert hostile.reasons(found)[0] == ("line 5", "refusal.epss.line")


@pytest.mark.parametrize("other", [b"", b"#comment\n", b"cve,severity\n", b"{}", b"CVE-2021-1000\n"])
def test_other_files(other: bytes) -> None:
    assert not READER.recognises(hostile.content(other))


def test_damage() -> None:
    for data in (*hostile.truncations(FULL), *hostile.truncations(YEAR), *hostile.flips(FULL), *hostile.flips(YEAR)):
        hostile.endures(READER, data)


def test_the_real_list(shared: Path) -> None:
    files = sorted((shared / "kev-epss" / "epss").glob("CVE_*_EPSS.csv"))
    lines = scores = 0
    for file in files:
        data = file.read_bytes()
        lines += data.count(b"\n") + (not data.endswith(b"\n"))
        source = hostile.content(data)
        assert READER.series(source) == file.name[4:8]
        scores += sum(isinstance(row, Score) for row in READER.read(source, hostile.GIVEN))
    assert (len(files), scores) == (28, 360_142) and scores == lines


LONG_LINE = b"x" * 20_000 + b"\n"


@pytest.mark.parametrize(
    "data",
    [
        FULL,
        YEAR,
        b"",
        FULL * 400,
        COMMENT + b"CVE-2021-1000,0.1,0.1\n" * 3_000 + b"CVE-2021-1001,0.1,0.1",
        FULL + LONG_LINE + b"CVE-2021-1000,0.1,0.1\n",
        b"x" * 1_000 + b"\nCVE-2021-1000,0.1,0.1\n" * 900,
        b"CVE-2021-1000,0.1,1.1\n" * 900 + b"CVE-2021-1000,0.1,e\n",
        b"CVE-2021-1000,0.1,0." + b"1" * 990 + b"\nCVE-2021-1001,0.1,0.1\n",
        b"CVE-2021-1000,0.1,0." + b"1" * 979 + b"\nCVE-2021-1001,0.1,0.1\n",
        b"CVE-2021-1000,0.1,0.1\r" * 900 + b"\n\n\r\n",
    ],
)
def test_columns_hold_what_the_lines_say(data: bytes) -> None:
    there, here = hostile.spread(READER, data), hostile.rows(READER, data)
    for kind in (Score, Refusal):
        assert hostile.of(kind, there) == hostile.of(kind, here)
