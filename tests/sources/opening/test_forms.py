import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygie.sources.opening.forms import cve_id, cvss_version, cwes, instant, name_of, number


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2023-01-08T18:02:03.647787998-06:00", "2023-01-09T00:02:03Z"),
        ("2019-07-23T00:00:00.000000Z", "2019-07-23T00:00:00Z"),
        ("2024-08-04T22:40:15.887", "2024-08-04T22:40:15Z"),
        ("2026-08-16T00:00:00+0000", "2026-08-16T00:00:00Z"),
        ("2021-11-03", "2021-11-03"),
        ("2021-13-03", ""),
        ("0001-01-01T00:00:00+14:00", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_instants(said: str, meant: str) -> None:
    assert instant(said) == meant


@given(st.text(max_size=40))
def test_instants_of_anything(said: str) -> None:
    assert instant(said) == "" or instant(instant(said)) == instant(said)


def test_cve_ids() -> None:
    assert cve_id(" cve-2019-10966 ") == "CVE-2019-10966"
    assert cve_id("CVE-19-1") == cve_id("CVE-2019-10966 and more") == ""
    assert name_of(" ICSMA-1 ") == "ICSMA-1"


def test_cwes_once_each() -> None:
    assert cwes(["CWE-79 Cross", "cwe-20", "NVD-CWE-noinfo", "CWE-79"]) == ("CWE-79", "CWE-20")


def test_cvss_versions() -> None:
    found = [cvss_version(v) for v in ("CVSS:4.0/AV:N", "CVSS:3.1/AV:N", "AV:N/AC:L", "CVSS:x/AV:N", "")]
    assert found == [4.0, 3.1, 2.0, 2.0, 0.0]


def test_scores() -> None:
    assert [number(v) for v in (9.8, "7", 0, None, "high", 11, float("nan"), [])] == [9.8, 7.0, 0.0] + [None] * 5
