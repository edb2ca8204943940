import pytest

from handmade import row
from hygie.model import Vulnerability
from hygie.risk import flaw

WORM = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
DISCLOSES = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N"


@pytest.mark.parametrize(
    ("vector", "worm", "remote", "integrity", "confidentiality"),
    [
        (WORM, True, True, True, True),
        (DISCLOSES, True, True, False, True),
        ("CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H", False, True, True, True),
        ("CVSS:3.0/AV:A/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H", False, True, True, False),
        ("CVSS:3.1/AV:P/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N", False, False, False, True),
        ("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", True, True, True, True),
        ("CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N", False, True, False, True),
        ("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:H/SA:N", True, True, True, False),
        ("AV:N/AC:L/Au:N/C:P/I:N/A:N", True, True, False, True),
        ("(AV:N/AC:M/Au:N/C:N/I:P/A:N)", False, True, True, False),
    ],
)
def test_what_a_vector_says(vector: str, worm: bool, remote: bool, integrity: bool, confidentiality: bool) -> None:
    parsed = flaw.parse(vector)
    assert parsed is not None
    assert parsed[1:] == (worm, remote, integrity, confidentiality)


@pytest.mark.parametrize("vector", ["", "CVSS:3.1", "AV:N", "rubbish/with:colons", "////"])
def test_a_vector_without_its_metrics_says_nothing(vector: str) -> None:
    assert flaw.parse(vector) is None


def test_the_graver_of_two_records_wins_with_its_own_origin() -> None:
    found = flaw.known(
        [
            row(
                Vulnerability, id="CVE-1", reading="a", place="/1", source="cve5", exploitation="none", automatable="no"
            ),
            row(
                Vulnerability,
                id="CVE-1",
                reading="b",
                place="/2",
                source="nvd",
                exploitation="active",
                automatable="yes",
            ),
        ]
    )
    assert (found.exploitation, found.exploitation_origin) == ("active", "b#/2")
    assert (found.automatable, found.automatable_origin) == ("yes", "b#/2")


def test_names_hold_the_aliases_of_every_record() -> None:
    found = flaw.known([row(Vulnerability, id="X", aliases=("CVE-1",)), row(Vulnerability, id="X", aliases=("CVE-2",))])
    assert found.names == {"X", "CVE-1", "CVE-2"}


def test_no_record_is_an_error_and_silence_is_a_flaw_of_its_own() -> None:
    with pytest.raises(ValueError, match="no record"):
        flaw.known([])
    assert flaw.silent("X").vectors == ()
