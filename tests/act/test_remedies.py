from handmade import row
from hygie.act.remedies import Remedies
from hygie.model import Finding, Remedy, Statement
from hygie.model.verdict import Because

STATEMENTS = [
    row(Statement, reading="adv", place="/a/0", vulnerability="CVE-1", product_id="p1"),
    row(Statement, reading="adv", place="/a/1", vulnerability="CVE-1", product_id="p2"),
]


def remedy(place: str, *products: str, vulnerability: str = "CVE-1", reading: str = "adv") -> Remedy:
    return row(Remedy, reading=reading, place=place, vulnerability=vulnerability, product_ids=products)


def found(*remedies: Remedy, against: bool = False) -> list[str]:
    rests = (Because("x", (), "adv#/a/0"),)
    finding = row(Finding, id="F", vulnerability="CVE-1", **({"against": rests} if against else {"because": rests}))
    return [r.place for r in Remedies(STATEMENTS, remedies).of(finding)]


def test_a_remedy_for_the_finding_s_product_answers_it() -> None:
    assert found(remedy("/r/0", "p1"), remedy("/r/1", "p0", "p1")) == ["/r/0", "/r/1"]


def test_a_remedy_for_another_product_of_the_advisory_does_not() -> None:
    assert found(remedy("/r/0", "p2")) == []


def test_a_remedy_without_products_is_for_the_whole_document() -> None:
    assert found(remedy("/r/0")) == ["/r/0"]


def test_other_vulnerabilities_and_documents_do_not_answer() -> None:
    assert found(remedy("/r/0", "p1", vulnerability="CVE-2"), remedy("/r/1", "p1", reading="other")) == []


def test_a_losing_speaker_s_remedy_still_answers() -> None:
    assert found(remedy("/r/0", "p1"), against=True) == ["/r/0"]


def test_a_finding_that_rests_on_no_statement_has_none() -> None:
    finding = row(Finding, id="F", because=(Because("x", (), "nvd#/0"),))
    assert Remedies(STATEMENTS, [remedy("/r/0")]).of(finding) == []
