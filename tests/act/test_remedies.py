from handmade import row
from hygie.act.remedies import Remedies
from hygie.model import Finding, Remedy, Statement
from hygie.model.evidence import Speaker
from hygie.model.knowledge import Status
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


def letter(**more: object) -> Statement:
    given = {"reading": "l", "place": "E4", "document": "BD.pdf", "vulnerability": "CVE-1", "version": "12.3.1"}
    return row(Statement, **{**given, "status": Status.FIXED, "speaker": Speaker.MANUFACTURER, **more})


def on(*keys: str, part: str = "product") -> Finding:
    told = tuple(Because(key, (), "l#E4") for key in keys or ("because.match.version.before",))
    return row(Finding, id="F", vulnerability="CVE-1", part=part, against=told)


def test_the_version_that_the_manufacturer_calls_fixed_is_a_remedy() -> None:
    [remedy] = Remedies([letter()], []).of(on())
    assert (remedy.category, remedy.details, remedy.document) == ("fixed_version", "12.3.1", "BD.pdf")


def test_other_words_are_none_nor_is_what_the_device_has_already() -> None:
    assert Remedies([letter(version="")], []).of(on()) == []
    assert Remedies([letter(status=Status.NOT_AFFECTED)], []).of(on()) == []
    assert Remedies([letter(speaker=Speaker.THIRD_PARTY)], []).of(on()) == []
    assert Remedies([letter()], []).of(on(part="openssl 1.0")) == []
    assert Remedies([letter()], []).of(on("because.match.version.inside")) == []


def test_where_the_document_gives_a_remedy_that_one_holds() -> None:
    given = row(Remedy, reading="l", document="BD.pdf", place="/r/0", vulnerability="CVE-1", category="vendor_fix")
    assert [one.category for one in Remedies([letter()], [given]).of(on())] == ["vendor_fix"]


def test_of_one_cell_on_several_vulnerabilities_only_what_is_said_of_this_one_counts() -> None:
    both = [letter(), letter(vulnerability="CVE-2", product_id="x")]
    assert [one.vulnerability for one in Remedies(both, []).said(on())] == ["CVE-1"]
