from hygie.match.claims import Part
from hygie.match.naming import Naming
from hygie.match.parts import Found
from hygie.match.records import Hit, Records
from hygie.match.spoken import (
    Citations,
    by_record,
    component_claims,
    product_claims,
    row_claims,
    specificity,
    verdict_of,
    words,
)
from hygie.model.verdict import Verdict
from match.making import cpe, naming, row


def test_inside_an_affected_range_goes_first_then_unaffected_then_doubt() -> None:
    affected, clear, doubt = Hit(row(), True), Hit(row(affected=False, place="/1"), True), Hit(row(place="/2"), None)
    assert verdict_of([doubt, clear, affected])[0] is Verdict.AFFECTED
    assert verdict_of([doubt, clear])[0] is Verdict.NOT_AFFECTED
    assert verdict_of([doubt])[0] is Verdict.POSSIBLE
    assert verdict_of([Hit(row(unknown=True), True)])[0] is Verdict.UNKNOWN
    assert verdict_of([Hit(row(affected=False), None)]) is None
    assert verdict_of([]) is None


def test_of_one_record_sure_names_go_before_doubtful_ones() -> None:
    sure, doubtful = (
        Found(Hit(row(), None), 1.0, ""),
        Found(Hit(row(place="/1"), True), 0.8, "question.match.component"),
    )
    (members,) = by_record([sure, doubtful]).values()
    assert members == [sure]


def test_a_component_s_claim_cites_component_and_record() -> None:
    found = Found(Hit(row(cpe("z", "zlib"), "2.0"), True), 1.0, "")
    (claim,) = component_claims(
        Part("component", "", "zlib", "1.2"),
        words([found]),
        "B",
        "b#/c",
        {("CVE-2026-1", "nvd"): "2026-03-01"},
        Citations(),
    )
    assert (claim.verdict, claim.dated, claim.document) == (Verdict.AFFECTED, "2026-03-01", "CVE-2026-1 (nvd)")
    assert [because.origin for because in claim.because] == ["b#/c", "r#/0", "r#/0"]
    assert claim.because[2].key == "because.match.package"


def test_product_rows_of_one_record_are_one_claim() -> None:
    rows = [
        row(make="Acme", product="Pump 7", end="1.0"),
        row(make="Acme", product="Pump 7", start="2.0", end="2.5", place="/1"),
    ]
    records = Records(naming(), rows)
    (inside,) = product_claims(records, ("Acme", "Pump 7"), ("2.1", ""), True, {})
    assert inside.verdict is Verdict.AFFECTED
    (outside,) = product_claims(records, ("Acme", "Pump 7"), ("1.5", ""), True, {})
    assert (outside.verdict, outside.specificity) == (Verdict.NOT_AFFECTED, -1)
    assert list(product_claims(records, ("Acme", "Pump 7"), ("1.5", ""), False, {})) == []


def test_firmware_rows_ask_for_the_firmware_s_version() -> None:
    rows = [row(cpe("acme", "pump_7_firmware", part="o"), "3.0")]
    (claim,) = product_claims(Records(naming(), rows), ("Acme", "Pump 7"), ("9.9", "2.5"), True, {})
    assert claim.verdict is Verdict.AFFECTED


def test_a_list_of_versions_of_a_cna_says_nothing_of_others() -> None:
    rows = [(row(make="Acme", product="Pump 7", version="1.0", source="cna:x"), 1.0)]
    (claim,) = row_claims(Records(Naming(), []), rows, ("Acme", "Pump 7"), ("2.0", ""), True, {})
    assert claim.verdict is Verdict.UNKNOWN


def test_specificity() -> None:
    assert [
        specificity(one) for one in (row(cpe("v", "p", "1.0")), row(cpe("v", "p"), "2.0"), row(cpe("v", "p", "*")))
    ] == [3, 2, 0]


def test_a_version_less_precise_than_a_record_s_bound_is_asked_for() -> None:
    for one in (row(cpe("acme", "pump_7"), "12.2.8.410"), row(cpe("acme", "pump_7", "12.2.8.410"))):
        records = Records(naming(), [one])
        (claim,) = product_claims(records, ("Acme", "Pump 7"), ("12.2", ""), True, {})
        assert (claim.verdict, claim.question) == (Verdict.POSSIBLE, "question.match.version")
        assert claim.because[-1].key == "because.match.version.missing"
