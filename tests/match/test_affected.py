import pytest

from hygie.match.affected import affected
from hygie.match.find import Knowledge, find
from hygie.match.profiles import profiles
from hygie.model.verdict import Verdict
from match.making import advisory, device, naming, statement, vulnerability

DEVICES = [device("1"), device("2", version="3.1"), device("3", version=""), device("4", product="Scale 9")]
STATEMENTS = [
    statement(version="< 3.0", aliases=("GHSA-a",)),
    statement(version="< 3.0", vulnerability="CVE-2026-2", document="ADV-2", place="/1"),
]


def ask(query: str):
    rows, of = profiles(DEVICES, [], naming())
    found = find(rows, Knowledge(statements=STATEMENTS), naming())
    return affected(query, [advisory()], STATEMENTS, [vulnerability("CVE-2026-9")], found, rows, of)


@pytest.mark.parametrize("query", ["CVE-2026-1", "cve-2026-1", "GHSA-a", "ADV-1"])
def test_devices_of_a_vulnerability_or_an_advisory(query: str) -> None:
    answer = ask(query)
    assert answer.vulnerabilities == ("CVE-2026-1",)
    assert [(hit.device, hit.finding.verdict) for hit in answer.hits] == [
        ("1", Verdict.AFFECTED),
        ("3", Verdict.POSSIBLE),
        ("2", Verdict.NOT_AFFECTED),
    ]
    assert (answer.count(Verdict.AFFECTED), answer.silent, answer.documents) == (1, 1, ("ADV-1",))


def test_a_vulnerability_that_names_nothing_here_leaves_all_silent() -> None:
    answer = ask("CVE-2026-9")
    assert (answer.hits, answer.silent) == ((), 4)


def test_what_nobody_speaks_of_is_told() -> None:
    with pytest.raises(LookupError):
        ask("CVE-1999-1")
