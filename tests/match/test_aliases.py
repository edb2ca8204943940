from hypothesis import given
from hypothesis import strategies as st

from hygie.match.aliases import Aliases
from match.making import statement, vulnerability

ROWS = [
    vulnerability("CVE-2026-1", aliases=("GHSA-a",)),
    vulnerability("GHSA-a", aliases=("EUVD-1", "")),
    vulnerability("CVE-2026-2", aliases=("GHSA-a",)),
    vulnerability("ICSMA-9"),
]


def test_names_are_joined_and_the_cve_leads() -> None:
    names = Aliases(ROWS[:2], [statement(vulnerability="VENDOR-7", aliases=("EUVD-1",))])
    assert {names.name(one) for one in ("CVE-2026-1", "GHSA-a", "EUVD-1", "VENDOR-7")} == {"CVE-2026-1"}
    assert names.name("ICSMA-9") == "ICSMA-9"


def test_two_cves_stay_two() -> None:
    names = Aliases(ROWS, [])
    assert names.name("CVE-2026-1") != names.name("CVE-2026-2")


@given(st.permutations(ROWS))
def test_order_does_not_matter(rows) -> None:
    straight, other = Aliases(ROWS, []), Aliases(rows, [])
    assert [straight.name(one) for one in ("GHSA-a", "EUVD-1")] == [other.name(one) for one in ("GHSA-a", "EUVD-1")]
