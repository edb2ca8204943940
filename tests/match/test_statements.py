from hygie.match.claims import Part
from hygie.match.judge import judge
from hygie.match.statements import Statements, holds, inside_claim
from hygie.model.evidence import Speaker
from hygie.model.verdict import Verdict
from hygie.names.ranges import parse
from match.making import THIRD, naming, only, profile, statement

PUMP = Part("product", "Acme", "Pump 7", "2.0")


def claims(rows, versions=("2.0",), part=PUMP):
    return list(Statements(naming(), rows).of_product(part, versions))


def test_recommended_says_nothing() -> None:
    assert claims([statement("recommended", "3.0")]) == []


def test_of_one_document_the_sure_name_goes_before_similar_ones() -> None:
    rows = [statement(version="< 3.0"), statement("not affected", "2.0", product="Pump 7 Duo", place="/1")]
    (claim,) = claims(rows)
    assert (claim.verdict, claim.probability) == (Verdict.AFFECTED, 1.0)


def test_where_the_sure_name_s_ranges_leave_the_version_out_similar_names_are_asked_about() -> None:
    rows = [statement(version="< 1.0"), statement(product="Pump 7 Duo", version="vers:all/*", place="/1")]
    first, second = claims(rows)
    assert (first.verdict, first.specificity) == (Verdict.NOT_AFFECTED, -1)
    assert (second.verdict, second.question) == (Verdict.POSSIBLE, "question.match.product")
    assert judge("product", [first, second]).winner == second


def test_ranges_of_a_similar_name_conclude_nothing() -> None:
    assert claims([statement(product="Pump 7 Duo", version="< 1.0")]) == []


def test_the_firmware_s_version_is_tried_where_the_product_s_cannot_be_compared() -> None:
    (claim,) = claims([statement(version="< VB20A")], versions=("2.0", "VA10C"))
    assert claim.verdict is Verdict.AFFECTED


def test_a_version_named_shorter_than_the_product_s_may_mean_it() -> None:
    (claim,) = claims([statement(version="2.0")], versions=("2.0.1",))
    assert (claim.verdict, claim.question, claim.sure) == (Verdict.POSSIBLE, "question.match.range", False)
    (other,) = claims([statement(version="2.1")], versions=("2.10.1",))
    assert other.verdict is Verdict.UNKNOWN


def test_where_the_longer_version_is_named_too_its_word_counts() -> None:
    (claim,) = claims([statement(version="2.0"), statement("fixed", "2.0.1", place="/1")], versions=("2.0.1",))
    assert claim.verdict is Verdict.FIXED


def test_not_affected_outside_its_range_says_nothing() -> None:
    assert claims([statement("not affected", "1.0")]) == []


def test_not_affected_for_an_unknown_version_is_unknown() -> None:
    (claim,) = claims([statement("not affected", ">= 3.0")], versions=())
    assert (claim.verdict, claim.question, claim.sure) == (Verdict.UNKNOWN, "question.match.version", False)


def test_a_justification_is_a_reason() -> None:
    (claim,) = claims([statement("not affected", "2.0", justification="component_not_present")])
    assert "justification=component_not_present" in [arg for because in claim.because for arg in because.args]


def test_a_component_wherever_it_is_used() -> None:
    rows = [statement("fixed", "1.2.13", make="", product="zlib", purl="pkg:generic/zlib")]
    held = Statements(naming(), rows)
    (claim,) = held.of_component(Part("component", "", "zlib", "1.2.13", "", "pkg:generic/zlib@1.2.13"))
    assert (claim.verdict, claim.speaker.value) == (Verdict.FIXED, "third party")
    assert list(held.of_component(Part("component", "", "zlib", "1.2.13"))) == []


def test_inside_a_product_of_another_version_is_not_meant() -> None:
    row = statement(
        "not affected", "1.1", product="openssl", inside_make="Acme", inside_product="Pump 7", inside_version="1.0"
    )
    held = Statements(naming(), [row])
    assert held.inside(PUMP, ("2.0",)) == []
    assert [meant for *_, meant in held.inside(PUMP, ("1.0",))] == [True]
    assert [meant for *_, meant in held.inside(PUMP, ())] == [None]


def test_inside_without_an_sbom_speaks_of_what_is_in_there() -> None:
    row = statement("not affected", "1.1.1k", product="openssl", inside_make="Acme", inside_product="Pump 7")
    (claim,) = inside_claim(row, 1.0, True, None)
    assert (claim.verdict, claim.specificity) == (Verdict.NOT_AFFECTED, 4)
    assert inside_claim(row, 1.0, True, Part("component", "", "openssl", "1.1.1t")) == []
    (doubtful,) = inside_claim(row, 1.0, None, None)
    assert doubtful.verdict is Verdict.UNKNOWN


def test_whether_versions_hold() -> None:
    assert holds(parse("< 3"), ()) is None
    assert holds(parse("vers:all/*"), ()) is True
    assert holds(parse("< 3"), ("VB20", "2.0")) is True


def test_what_a_fix_lets_conclude_is_nobody_s_word() -> None:
    """The maker's letter speaks of the fixed version alone; who calls the older one affected is the authority."""
    letter = statement("fixed", "D28", document="letter")
    said = statement(version="<=D25", product="Pump 7 Connect", document="ICSMA", speaker=THIRD, place="/1")
    mine = profile(version="D25")
    alone = only([mine], statements=[letter])
    assert (alone.verdict, alone.speaker) == (Verdict.POSSIBLE, Speaker.HYGIE)
    both = only([mine], statements=[letter, said])
    assert (both.verdict, both.speaker, both.document) == (Verdict.POSSIBLE, Speaker.THIRD_PARTY, "ICSMA")
    assert "because.match.version.before" in [because.key for because in both.because]


def test_a_fix_whose_version_cannot_be_compared_calls_nothing_affected_in_the_maker_s_name() -> None:
    assert only([profile(version="")], statements=[statement("fixed", "D28")]).speaker is Speaker.HYGIE


def test_a_third_party_s_range_clears_nobody_below_the_maker_s_fix() -> None:
    said = [statement("fixed", "D28"), statement(version="<D20", document="T", speaker=THIRD, place="/1")]
    found = only([profile(version="D25")], statements=said)
    assert (found.verdict, found.speaker) == (Verdict.POSSIBLE, Speaker.HYGIE)


def test_the_maker_s_silence_on_a_version_is_no_word_against_who_calls_it_affected() -> None:
    said = [statement(version="1.0"), statement(version="<3.0", document="T", speaker=THIRD, place="/1")]
    found = only([profile()], statements=said)
    assert (found.verdict, found.speaker) == (Verdict.AFFECTED, Speaker.THIRD_PARTY)


def test_models_in_place_of_a_version_are_names_of_products() -> None:
    heading = {"make": "Roche Diagnostics", "product": "Point of Care handheld medical devices"}
    said = [statement(version="Accu-Chek Inform II", **heading), statement(version="CoaguChek Pro II", **heading)]
    found = only([profile("ROCHE", "ACCU-CHEK INFORM II", "03.05")], statements=said)
    assert found.verdict is Verdict.POSSIBLE
    assert "product=Roche Diagnostics Accu-Chek Inform II" in found.because[0].args


def test_model_numbers_in_place_of_versions_leave_no_version_out() -> None:
    bed = statement(make="Stryker", product="InTouch ICU Bed (enabled with Bed Wireless)", version="2131 and 2141")
    for product in ("INTOUCH 2131", "InTouch ICU Bed", "LIT INTOUCH"):
        found = only([profile("STRYKER", product, "1.4")], statements=[bed])
        assert (found.verdict, found.question != "") == (Verdict.POSSIBLE, True)


def test_another_writing_of_a_name_asks_and_clears_nobody() -> None:
    said = [statement(make="Philips", product="Ultrasound CX", version="<= 5.0.2")]
    found = only([profile("PHILIPS", "CX 50", "5.0.1")], statements=said)
    assert (found.verdict, found.question) == (Verdict.POSSIBLE, "question.match.product")
    assert not list(claims(said, versions=("6.0",), part=Part("product", "PHILIPS", "CX 50", "6.0")))


def test_a_component_is_found_by_the_names_of_its_cpe_where_a_statement_has_none() -> None:
    held = Statements(naming(), [statement("affected", "< 3.6.7", make="OFFIS", product="DCMTK")])
    named = "cpe:2.3:a:offis:dcmtk:3.6.6:*:*:*:*:*:*:*"
    (claim,) = held.of_component(Part("component", "", "dcmtk-bin", "3.6.6", named))
    assert (claim.verdict, claim.question) == (Verdict.POSSIBLE, "question.match.product")
    assert list(held.of_component(Part("component", "", "dcmtk", "3.6.6"))) == []


def test_a_version_less_precise_than_a_bound_is_asked_for() -> None:
    for version in ("12", "12.2", "12.2.8"):
        for status in ("affected", "fixed"):
            (claim,) = claims([statement(status, "< 12.2.8.410")], versions=(version,))
            assert (claim.verdict, claim.question, claim.sure) == (Verdict.POSSIBLE, "question.match.version", False)
            assert claim.because[-1].key == "because.match.version.missing"
    (exact,) = claims([statement(version="< 12.2.8.410")], versions=("12.2.8.410",))
    (before,) = claims([statement(version="< 12.2.8.410")], versions=("12.1",))
    assert (exact.verdict, before.verdict) == (Verdict.NOT_AFFECTED, Verdict.AFFECTED)


def test_a_version_less_precise_than_a_bound_clears_nobody_by_the_firmware_s() -> None:
    (claim,) = claims([statement(version=">= 4.0.1")], versions=("4.0", "1.0"))
    assert claim.verdict is Verdict.POSSIBLE


def test_a_component_s_version_is_exact() -> None:
    rows = [statement(product="libfoo", purl="pkg:pypi/libfoo", version=">= 4.0.1")]
    part = Part("component", "", "libfoo", "4.0", purl="pkg:pypi/libfoo@4.0")
    assert list(Statements(naming(), rows).of_component(part)) == []


def test_one_maker_s_word_clears_another_maker_s_product_only_where_the_names_are_sure() -> None:
    part = Part("product", "Carestream", "VUE PACS", "12.1.5")
    for status in ("not affected", "fixed"):
        word = statement(status, "12.1.5", make="Philips", publisher="Philips", product="Vue PACS")
        (claim,) = claims([word], ("12.1.5",), part)
        assert (claim.verdict, claim.question, claim.sure) == (Verdict.POSSIBLE, "question.match.product", False)
        assert "publisher=Philips" in claim.because[0].args
        (own,) = claims([word], ("12.1.5",), part._replace(make="Philips Healthcare"))
        assert own.verdict in (Verdict.NOT_AFFECTED, Verdict.FIXED)
    word = statement("affected", "", make="Philips", product="Vue PACS")
    assert claims([word], ("12.1.5",), part)[0].verdict is Verdict.AFFECTED


def test_fixed_without_a_version_clears_nobody_by_a_package_url_or_cpe_either() -> None:
    for more in ({"purl": "pkg:generic/acme/pump7"}, {"cpe": "cpe:2.3:o:acme:pump7:*:*:*:*:*:*:*:*"}):
        (claim,) = claims([statement("fixed", "", **more)])
        assert (claim.verdict, claim.speaker, claim.sure) == (Verdict.POSSIBLE, Speaker.HYGIE, False)


def test_what_a_fix_leaves_open_is_not_cleared_by_the_range() -> None:
    left = ("left open=Version 2.0 fixes all of the above except CVE-1.",)
    for status, version in (("affected", "< 2.0"), ("fixed", "2.0"), ("not affected", "2.0")):
        (claim,) = claims([statement(status, version, limits=left)])
        assert (claim.verdict, claim.question) == (Verdict.POSSIBLE, "question.match.left_open")
        told = [because.args for because in claim.because if because.key == "because.match.left_open"]
        assert told == [("sentence=Version 2.0 fixes all of the above except CVE-1",)]
    (inside,) = claims([statement(version="< 3.0", limits=left)])
    assert (inside.verdict, inside.sure) == (Verdict.AFFECTED, True)


def test_where_a_document_names_the_product_its_other_names_are_not_taken_for_another_writing() -> None:
    rows = [
        statement(product="Agilia Link+", version="<= 3.0", make="Fresenius Kabi"),
        statement(product="Agilia Connect WiFi module of the pumps", version="", make="Fresenius Kabi", place="/1"),
    ]
    part = Part("product", "Fresenius Kabi", "Agilia Link +", "4.0")
    (claim,) = claims(rows, ("4.0",), part)
    assert claim.verdict is Verdict.NOT_AFFECTED
