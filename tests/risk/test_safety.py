import pytest

from handmade import row
from hygie.facts.functions import functions
from hygie.model import Vulnerability
from hygie.names.people import CONFIRMED, Word
from hygie.risk import flaw
from hygie.risk.safety import function_safety, safety

DISCLOSES = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N"
STOPS = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"


def of(*vectors: str, **given: object) -> flaw.Flaw:
    return flaw.known([row(Vulnerability, id="CVE-1", cvss=v, **given) for v in vectors or ("",)])


def test_every_kind_takes_the_table_s_default_and_says_it_is_not_validated() -> None:
    for kind, function in functions().items():
        value, because = function_safety(kind, {})
        assert value == function.safety
        assert [b.key for b in because][1:] == [function.rationale, "function.not_validated"]


def test_an_unknown_device_is_marginal_never_negligible() -> None:
    value, because = function_safety("", {})
    assert value == "marginal"
    assert any(b.key == "function.unknown.why" for b in because)


def test_a_person_s_word_stands_over_the_default() -> None:
    words = {("function", "pacs"): Word("catastrophic", "A", "2026-01-01", "h#B2")}
    value, [because] = function_safety("pacs", words)
    assert (value, because.origin) == ("catastrophic", "h#B2")
    words = {("function", "pacs"): Word(CONFIRMED, "A", "2026-01-01", "h#B2")}
    assert function_safety("pacs", words)[0] == functions()["pacs"].safety


def test_a_flaw_that_only_discloses_data_is_marginal_at_most() -> None:
    value, [because] = safety("catastrophic", of(DISCLOSES))
    assert (value, because.key) == ("marginal", "priority.safety.data_only")
    assert safety("negligible", of(DISCLOSES))[0] == "negligible"


def test_integrity_or_availability_keeps_the_function_s_severity() -> None:
    assert safety("catastrophic", of(STOPS))[0] == "catastrophic"


@pytest.mark.parametrize(
    "records",
    [
        of(DISCLOSES, STOPS),
        of(DISCLOSES, technical_impact="total"),
        of(DISCLOSES, cwes=("CWE-798",)),
        of(),
        of("not a vector"),
    ],
)
def test_doubt_about_what_it_does_never_lowers(records: flaw.Flaw) -> None:
    assert safety("catastrophic", records)[0] == "catastrophic"
