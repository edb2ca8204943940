"""The whole way from rows to findings; each rule of precedence is a named test."""

import io
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygie.match.find import Knowledge, find, newest
from hygie.match.parts import BY_RULE
from hygie.model.knowledge import Advisory, Statement
from hygie.model.seams import Given
from hygie.model.verdict import Verdict
from hygie.names.cpe import parse
from hygie.sources import csaf
from match.making import (
    MAKER,
    THIRD,
    advisory,
    bom,
    component,
    cpe,
    decision,
    findings,
    naming,
    only,
    profile,
    row,
    statement,
    vulnerability,
)

OPENSSL = cpe("openssl", "openssl", "1.1.1k")
RANGE = row(cpe("openssl", "openssl"), "1.1.1n", start="1.1.1")
SBOM = {"boms": [bom()], "components": [component("openssl", "1.1.1k", OPENSSL)]}


def keys(finding) -> set[str]:
    return {because.key for because in finding.because}


# statements about the product


def test_a_version_inside_the_range_is_affected_and_the_manufacturer_says_so() -> None:
    found = only([profile()], statements=[statement(version="< 3.0")])
    assert (found.verdict, found.speaker, found.document, found.part) == (Verdict.AFFECTED, MAKER, "ADV-1", "product")
    assert found.because[0].origin == "s#/0"
    assert keys(found) >= {"because.match.statement.affected", "because.match.version.inside"}


def test_a_version_outside_every_stated_range_is_not_affected_and_says_whose_range() -> None:
    found = only([profile(version="3.1")], statements=[statement(version="< 3.0")])
    assert (found.verdict, found.speaker) == (Verdict.NOT_AFFECTED, MAKER)
    assert "because.match.version.outside" in keys(found)


def test_a_list_of_single_versions_says_nothing_of_others() -> None:
    found = only([profile(version="3.1")], statements=[statement(version="1.0 | 2.0")])
    assert found.verdict is Verdict.UNKNOWN
    assert found.question == "question.match.affected"


def test_no_match_is_never_not_affected() -> None:
    assert findings([profile(product="Other thing")], statements=[statement(version="< 3.0")]) == {}


def test_an_unknown_version_is_possible_with_its_question() -> None:
    found = only([profile(version="")], statements=[statement(version="< 3.0")])
    assert (found.verdict, found.question) == (Verdict.POSSIBLE, "question.match.version")


def test_all_versions_are_affected_even_where_the_version_is_unknown() -> None:
    assert only([profile(version="")], statements=[statement(version="vers:all/*")]).verdict is Verdict.AFFECTED


def test_a_range_that_is_not_understood_is_possible_with_its_text() -> None:
    found = only([profile()], statements=[statement(version="cobas h 232 POC")])
    assert (found.verdict, found.question) == (Verdict.POSSIBLE, "question.match.range")
    assert any("range=cobas h 232 POC" in because.args for because in found.because)


def test_a_condition_beside_the_version_is_possible() -> None:
    found = only([profile()], statements=[statement(version="2.x (with wireless module)")])
    assert (found.verdict, found.question) == (Verdict.POSSIBLE, "question.match.condition")


def test_a_similar_name_is_possible_and_asks() -> None:
    found = only([profile(product="Pump 7 Duo")], statements=[statement(version="< 3.0")])
    assert (found.verdict, found.question) == (Verdict.POSSIBLE, "question.match.product")
    assert found.probability < 0.9


def test_another_model_number_is_another_product() -> None:
    assert findings([profile(product="Pump 8")], statements=[statement(version="< 3.0")]) == {}


def test_fixed_in_this_version() -> None:
    rows = [statement(version="< 3.0"), statement("fixed", "3.0", place="/1")]
    assert only([profile(version="3.0")], statements=rows).verdict is Verdict.FIXED


def test_later_than_the_fixed_version_is_fixed() -> None:
    rows = [statement(version="< 3.0"), statement("fixed", "3.0", place="/1")]
    found = only([profile(version="3.2")], statements=rows)
    assert found.verdict is Verdict.FIXED
    assert "because.match.version.after" in keys(found)


def test_a_fix_on_one_branch_does_not_clear_another_that_is_stated_affected() -> None:
    rows = [
        statement(version=">= 3.0 | < 3.0.2"),
        statement("fixed", "2.3.4", place="/1"),
        statement("fixed", "3.0.2", place="/2"),
    ]
    assert only([profile(version="3.0.1")], statements=rows).verdict is Verdict.AFFECTED


def test_before_the_fix_without_more_is_possible() -> None:
    found = only([profile()], statements=[statement("fixed", "3.0")])
    assert (found.verdict, found.question) == (Verdict.POSSIBLE, "question.match.affected")


def test_under_investigation_is_unknown_and_shown() -> None:
    assert only([profile()], statements=[statement("under investigation")]).verdict is Verdict.UNKNOWN


def test_a_limit_that_nobody_checked_never_clears() -> None:
    limited = statement("not affected", limits=("platform=arm",))
    assert only([profile()], statements=[limited]).verdict is Verdict.UNKNOWN
    assert only([profile()], statements=[statement(limits=("platform=arm",))]).verdict is Verdict.POSSIBLE


def test_serial_numbers_limit_a_statement() -> None:
    limited = [statement(limits=("serial_number=A-1*", "serial_number=B-2"))]
    assert only([profile(serials=("A-17",))], statements=limited).verdict is Verdict.AFFECTED
    assert findings([profile(serials=("C-3",))], statements=limited) == {}
    assert only([profile()], statements=limited).question == "question.match.limits"


# precedence


def test_a_person_goes_first() -> None:
    rows = {"statements": [statement(version="< 3.0")]}
    id_ = only([profile()], **rows).id
    found = only([profile()], **rows, decisions=[decision(f"finding:{id_}", "not affected")])
    assert (found.verdict, found.speaker.value) == (Verdict.NOT_AFFECTED, "person")
    assert any(b.key == "because.match.statement.affected" for b in found.against)


def test_an_answer_that_is_no_verdict_leaves_the_verdict() -> None:
    rows = {"statements": [statement(version="< 3.0")]}
    id_ = only([profile()], **rows).id
    assert only([profile()], **rows, decisions=[decision(f"finding:{id_}", "accepted")]).verdict is Verdict.AFFECTED


def test_so_does_one_on_a_part_of_which_the_product_s_maker_says_nothing() -> None:
    old = profile(os="Windows 10", os_version="1809")
    rows = [row("cpe:2.3:o:microsoft:windows_10_1809:*", "10.0.19000")]
    found = only([old], applicabilities=rows)
    assert found.part == "os"
    assert only([old], applicabilities=rows, decisions=[decision(f"finding:{found.id}", "accepted")]) == found
    ruled = only([old], applicabilities=rows, decisions=[decision(f"finding:{found.id}", "fixed")])
    assert ruled.verdict is Verdict.FIXED


def test_the_manufacturer_goes_before_third_parties() -> None:
    rows = [
        statement("not affected", "2.0"),
        statement(version="< 3.0", document="CISA-1", speaker=THIRD, publisher="CISA", dated="2026-06-01", place="/1"),
    ]
    found = only([profile()], statements=rows)
    assert (found.verdict, found.speaker) == (Verdict.NOT_AFFECTED, MAKER)
    assert any("document=CISA-1" in because.args for because in found.against)


def test_the_more_specific_goes_before_the_general() -> None:
    rows = [statement("not affected", "2.0"), statement(version="vers:all/*", document="ADV-2", dated="2026-06-01")]
    assert only([profile()], statements=rows).document == "ADV-1"


def test_the_newer_goes_before_the_older() -> None:
    rows = [statement("not affected", "2.0"), statement(version="2.0", document="ADV-2", dated="2026-06-01")]
    found = only([profile()], statements=rows)
    assert (found.verdict, found.document) == (Verdict.AFFECTED, "ADV-2")


def test_a_stated_verdict_goes_before_one_concluded_from_ranges() -> None:
    rows = [
        statement(version="< 2.0"),
        statement(version="<= 2.2", document="CISA-1", speaker=MAKER, dated="2025-01-01", place="/1"),
    ]
    assert only([profile()], statements=rows).verdict is Verdict.AFFECTED


def test_a_similar_name_that_is_cleared_does_not_clear() -> None:
    rows = [
        statement("not affected", product="Pump 7 Duo"),
        statement(version="< 3.0", document="CISA-1", speaker=THIRD, place="/1"),
    ]
    assert only([profile()], statements=rows).verdict is Verdict.AFFECTED


def test_a_newer_revision_of_the_same_document_replaces_the_older() -> None:
    old, new = statement(reading="old"), statement("not affected", reading="new")
    documents = [advisory(reading="old"), advisory(reading="new", released="2026-03-01")]
    assert newest([old, new], documents) == [new]
    assert only([profile()], statements=[old, new], advisories=documents).verdict is Verdict.NOT_AFFECTED


# components


def test_a_component_inside_a_record_s_range_is_affected_by_a_third_party() -> None:
    found = only([profile(boms=("B",))], **SBOM, applicabilities=[RANGE])
    assert (found.verdict, found.speaker, found.part) == (Verdict.AFFECTED, THIRD, "openssl 1.1.1k")
    assert [because.key for because in found.because] == ["because.match.component", "because.match.record"]
    assert found.because[0].origin == "b#/components/openssl"


def test_vex_on_a_component_in_this_product_goes_before_the_record() -> None:
    vex = statement(
        "not affected", "1.1.1k", make="OpenSSL", product="openssl", inside_make="Acme", inside_product="Pump 7"
    )
    found = only([profile(boms=("B",))], **SBOM, applicabilities=[RANGE], statements=[vex])
    assert (found.verdict, found.speaker) == (Verdict.NOT_AFFECTED, MAKER)
    assert any(because.key == "because.match.component" for because in found.against)


def test_vex_on_a_component_in_one_product_says_nothing_of_another() -> None:
    vex = statement(
        "not affected", "1.1.1k", make="OpenSSL", product="openssl", inside_make="Acme", inside_product="Pump 7"
    )
    other = profile(product="Scale 9", boms=("C",))
    rows = {
        "boms": [bom(), bom("C", product="Scale 9")],
        "components": [component("openssl", "1.1.1k", OPENSSL, document=document) for document in "BC"],
    }
    found = findings([profile(boms=("B",)), other], **rows, applicabilities=[RANGE], statements=[vex])
    assert found["Pump 7", "CVE-2026-1"].verdict is Verdict.NOT_AFFECTED
    assert found["Scale 9", "CVE-2026-1"].verdict is Verdict.AFFECTED


def test_vex_on_one_component_leaves_another_with_the_same_vulnerability() -> None:
    vex = statement(
        "not affected", "1.1.1k", make="OpenSSL", product="openssl", inside_make="Acme", inside_product="Pump 7"
    )
    rows = {
        "boms": [bom()],
        "components": [
            component("openssl", "1.1.1k", OPENSSL),
            component("libtls", "4.0", cpe("tls", "libtls", "4.0")),
        ],
        "applicabilities": [RANGE, row(cpe("tls", "libtls"), "5.0", place="/1")],
    }
    found = only([profile(boms=("B",))], **rows, statements=[vex])
    assert (found.verdict, found.part) == (Verdict.AFFECTED, "libtls 4.0")


def test_a_component_in_this_product_goes_before_the_component_alone() -> None:
    alone = statement(
        "not affected", make="", product="openssl", purl="pkg:generic/openssl", document="LIB", dated="2026-09-01"
    )
    inside = statement("affected", "1.1.1k", product="openssl", inside_make="Acme", inside_product="Pump 7", make="")
    rows = {"boms": [bom()], "components": [component("openssl", "1.1.1k", "", "pkg:generic/openssl@1.1.1k")]}
    found = only([profile(boms=("B",))], **rows, statements=[alone, inside])
    assert (found.verdict, found.document) == (Verdict.AFFECTED, "ADV-1")


def test_the_manufacturer_s_word_on_the_whole_product_goes_before_third_parties_on_its_parts() -> None:
    found = only([profile(boms=("B",))], **SBOM, applicabilities=[RANGE], statements=[statement("not affected", "2.0")])
    assert (found.verdict, found.part) == (Verdict.NOT_AFFECTED, "product")


def test_a_third_party_s_word_on_the_product_does_not_clear_its_parts() -> None:
    said = statement("not affected", "2.0", speaker=THIRD, document="CISA-1")
    assert only([profile(boms=("B",))], **SBOM, applicabilities=[RANGE], statements=[said]).verdict is Verdict.AFFECTED


def test_a_distribution_may_have_mended_its_package() -> None:
    part = component("openssl", "1.1.1k-1+deb11u2", OPENSSL, "pkg:deb/debian/openssl@1.1.1k-1%2Bdeb11u2")
    found = only([profile(boms=("B",))], boms=[bom()], components=[part], applicabilities=[RANGE])
    assert (found.verdict, found.question) == (Verdict.POSSIBLE, "question.match.backport")


def test_a_name_alone_is_only_possible() -> None:
    part = component("openssl", "1.1.1k", make="OpenSSL")
    found = only([profile(boms=("B",))], boms=[bom()], components=[part], applicabilities=[RANGE])
    assert (found.verdict, found.question) == (Verdict.POSSIBLE, "question.match.component")


def test_an_sbom_of_another_or_unknown_version_makes_it_possible() -> None:
    found = only([profile(version="", boms=("B",))], **SBOM, applicabilities=[RANGE])
    assert (found.verdict, found.question) == (Verdict.POSSIBLE, "question.match.bom")


def test_a_purl_of_a_record_meets_a_component() -> None:
    rows = [row(purl="pkg:npm/lodash", end="4.17.21", product="lodash", source="cna:x")]
    part = component("lodash", "4.17.20", purl="pkg:npm/lodash@4.17.20")
    assert (
        only([profile(boms=("B",))], boms=[bom()], components=[part], applicabilities=rows).verdict is Verdict.AFFECTED
    )


def test_components_outside_a_range_are_findings_only_when_asked_for() -> None:
    part = component("openssl", "1.1.1t", cpe("openssl", "openssl", "1.1.1t"))
    rows = {"boms": [bom()], "components": [part], "applicabilities": [RANGE]}
    assert findings([profile(boms=("B",))], **rows) == {}


# records about the product, its system, its traffic


def test_a_cna_s_text_meets_the_product_under_another_spelling_of_its_maker() -> None:
    rows = [
        row(
            make="Philips",
            product="IntelliVue MX800",
            end="C.00.04",
            end_included=True,
            source="cna:Philips",
            speaker=MAKER,
        )
    ]
    device = profile("Philips Medical Systems", "IntelliVue MX800", "B.06.18")
    assert only([device], applicabilities=rows).verdict is Verdict.AFFECTED


def test_a_record_s_default_status_speaks_for_versions_it_does_not_name() -> None:
    listed = row(make="Acme", product="Pump 7", version="1.0", source="cna:x", default_status="affected")
    assert only([profile()], applicabilities=[listed]).verdict is Verdict.AFFECTED
    unknown = row(make="Acme", product="Pump 7", end="1.0", source="cna:x", default_status="unknown")
    assert only([profile()], applicabilities=[unknown]).verdict is Verdict.UNKNOWN
    clear = row(make="Acme", product="Pump 7", end="1.0", source="cna:x", default_status="unaffected")
    assert only([profile()], applicabilities=[clear]).verdict is Verdict.NOT_AFFECTED


def test_windows_by_its_build() -> None:
    rows = [row(cpe("microsoft", "windows_10_1809", part="o"), "10.0.17763.2029")]
    old = profile(os="Windows 10", os_version="10.0.17763.1")
    assert only([old], applicabilities=rows).verdict is Verdict.AFFECTED
    release = profile(os="Windows 10", os_version="1809")
    assert only([release], applicabilities=rows).question == "question.match.os"
    assert findings([profile(os="Windows 10", os_version="10.0.17763.5000")], applicabilities=rows) == {}
    unknown = only([profile(os="Windows 10")], applicabilities=rows)
    assert (unknown.verdict, unknown.question) == (Verdict.POSSIBLE, "question.match.os")


def test_what_a_release_leaves_out_clears_no_system_of_unknown_release() -> None:
    every = row("", make="Microsoft", product="Windows 10 Version 1809", version="*", source="cna:microsoft")
    assert only([profile(os="Windows 10")], applicabilities=[every]).verdict is Verdict.POSSIBLE
    fixed = row("", make="Microsoft", product="Windows 10 Version 1809", version="10.0.17763.9", affected=False)
    named = [fixed, row("", "10.0.17763.5", make="Microsoft", product="Windows 10 Version 1903")]
    assert only([profile(os="Windows 10")], applicabilities=named).verdict is Verdict.POSSIBLE


def test_a_build_that_only_a_service_pack_has_meets_its_records() -> None:
    rows = [row(cpe("microsoft", "windows_7", "-", "o", "sp1:*:*:*:*:*:*"))]
    assert only([profile(os="Windows 7", os_version="6.1.7601")], applicabilities=rows).verdict is Verdict.AFFECTED
    assert findings([profile(os="Windows 7", os_version="6.1.7600")], applicabilities=rows) != {}


def test_a_cpe_that_traffic_tells() -> None:
    told = profile(cpes=(cpe("openssl", "openssl", "1.1.1k"),))
    found = only([told], applicabilities=[RANGE])
    assert (found.verdict, found.because[0].key) == (Verdict.AFFECTED, "because.match.traffic")


def test_a_cpe_that_a_rule_concludes_from_a_greeting_is_possible_only() -> None:
    told = profile(cpes=(BY_RULE + cpe("openssl", "openssl", "1.1.1k"),))
    found = only([told], applicabilities=[RANGE])
    assert (found.verdict, found.because[0].key) == (Verdict.POSSIBLE, "because.match.traffic.possible")
    assert found.question == "question.match.backport"


def test_firmware_on_hardware_needs_both() -> None:
    rows = [
        row(cpe("acme", "pump_7_firmware", part="o"), "3.0", configuration_operator="AND"),
        row(cpe("acme", "pump_7", "-", "h"), node=1, vulnerable=False, configuration_operator="AND", place="/1"),
    ]
    assert only([profile()], applicabilities=rows).verdict is Verdict.AFFECTED
    assert only([profile(version="3.0")], applicabilities=rows).verdict is Verdict.NOT_AFFECTED


def test_unknown_hardware_is_possible_and_the_question_names_it() -> None:
    rows = [
        row(OPENSSL.replace("1.1.1k", "*"), "1.1.1n", configuration_operator="AND"),
        row(cpe("acme", "board_9", "-", "h"), node=1, vulnerable=False, configuration_operator="AND", place="/1"),
    ]
    unknown = profile("", "", "", boms=("B",))
    found = only([unknown], **SBOM, applicabilities=rows)
    assert (found.verdict, found.question) == (Verdict.POSSIBLE, "question.match.hardware")
    assert any("product=acme board_9" in because.args for because in found.because)
    known = only([profile(boms=("B",))], **SBOM, applicabilities=rows)
    assert known.verdict is Verdict.NOT_AFFECTED


def test_two_names_of_one_vulnerability_are_one_finding() -> None:
    rows = [statement(version="< 3.0"), statement(version="< 3.0", vulnerability="GHSA-x", document="ADV-2")]
    records = [vulnerability("CVE-2026-1", aliases=("GHSA-x",))]
    assert only([profile()], statements=rows, vulnerabilities=records).vulnerability == "CVE-2026-1"


def test_a_rejected_vulnerability_gives_nothing() -> None:
    rows = {"statements": [statement()], "applicabilities": [RANGE]}
    assert findings([profile()], **rows, vulnerabilities=[vulnerability(rejected=True)]) == {}


STATEMENTS = [
    statement(version="< 3.0"),
    statement("fixed", "3.0", place="/1"),
    statement("not affected", "2.0", document="ADV-2", place="/2", dated="2026-02-01"),
    statement(version="vers:all/*", document="CISA", speaker=THIRD, place="/3"),
    statement(product="Pump 7 Duo", document="ADV-3", place="/4"),
    statement("under investigation", product="Scale 9", document="ADV-4", place="/5"),
    statement(
        "not affected", "1.1.1k", product="openssl", make="", inside_make="Acme", inside_product="Pump 7", place="/6"
    ),
]
PROFILES = [
    profile(boms=("B",)),
    profile(version="3.1"),
    profile(version=""),
    profile(product="Scale 9"),
    profile(product="Pump 7 Duo"),
]


@settings(max_examples=40, deadline=None)
@given(st.permutations(STATEMENTS), st.permutations(PROFILES))
def test_the_order_of_inputs_does_not_matter(rows, profiles) -> None:
    knowledge = {**SBOM, "applicabilities": [RANGE]}
    straight = find(PROFILES, Knowledge(statements=STATEMENTS, **knowledge), naming())
    assert find(profiles, Knowledge(statements=rows, **knowledge), naming()) == straight


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(range(len(STATEMENTS))))
def test_removing_a_statement_never_turns_another_product(place) -> None:
    removed = STATEMENTS[place]
    kept = [one for one in STATEMENTS if one is not removed]
    before = findings(PROFILES, statements=STATEMENTS)
    after = findings(PROFILES, statements=kept)
    concerned = {removed.product, removed.inside_product}
    for product in {"Scale 9", "Pump 7", "Pump 7 Duo"} - concerned:
        similar = naming().same(("Acme", product), ("Acme", removed.inside_product or removed.product))
        if not similar:
            assert before.get((product, "CVE-2026-1")) == after.get((product, "CVE-2026-1"))


def test_profiles_with_the_same_parts_get_the_same_verdict_whatever_else_is_judged() -> None:
    rows = {**SBOM, "applicabilities": [RANGE], "statements": STATEMENTS}
    together = findings(PROFILES, **rows)
    for one in PROFILES:
        alone = findings([one], **rows)
        for key, finding in alone.items():
            if [p.product for p in PROFILES].count(key[0]) == 1:
                assert together[key] == finding


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_ids_are_stable(order) -> None:
    rows = [STATEMENTS[place] for place in order]
    assert only([profile()], statements=rows).id == only([profile()], statements=STATEMENTS[:3]).id


def test_a_cpe_in_quotes_is_kept_as_it_is() -> None:
    assert parse(OPENSSL).version == "1.1.1k"


class File:
    """A file as readers take it."""

    def __init__(self, path) -> None:
        self.name, self.path, self.size = path.name, str(path), path.stat().st_size
        self._content = path.read_bytes()
        self.head = self._content[:65536]

    def bytes(self) -> bytes:
        return self._content

    def open(self):
        return io.BytesIO(self._content)

    def sheets(self) -> list:
        return []


@pytest.fixture(scope="module")
def advisories(shared):
    """Statements of the real medical advisories."""
    read: dict[type, list] = {}
    for file in sorted((shared / "csaf-icsma").glob("20*/*.json")):
        for one in csaf.read(File(file), Given("local", file.stem)):
            read.setdefault(type(one), []).append(one)
    return Knowledge(advisories=read[Advisory], statements=read[Statement])


@pytest.mark.parametrize(
    ("make", "product", "version", "document", "verdict"),
    [
        ("Philips Medical Systems", "IntelliVue MX800", "L.0", "ICSMA-20-254-01", "affected"),
        ("PHILIPS", "IntelliVue MP70", "F.0", "ICSMA-18-156-01", "affected"),
        ("Becton Dickinson", "Alaris 8015 PC unit", "9.7", "ICSMA-17-017-02", "affected"),
        ("GE Medical Systems", "CARESCAPE B650", "2.0", "ICSMA-20-023-01", "affected"),
        ("Draeger", "Infinity Delta", "VF10", "ICSMA-19-022-01", "affected"),
        ("Dräger", "Infinity Delta XL", "", "ICSMA-19-022-01", "possible"),
        ("Hamilton Medical", "HAMILTON-T1", "2.2.3", "ICSMA-21-047-01", "affected"),
        ("Hamilton", "T1", "2.2.4", "ICSMA-21-047-01", "not affected"),
        ("B. Braun", "SpaceCom", "012U000061", "ICSMA-20-296-02", "possible"),
        ("Philips", "Avalon FM30", "J.3", "ICSMA-18-156-01", "affected"),
        ("Philips", "Vue PACS", "12.2.8.100", "ICSMA-24-200-01", "affected"),
        ("Philips", "Vue PACS", "12.2.8.410", "ICSMA-24-200-01", "not affected"),
        ("Welch Allyn", "Connex Spot Monitor", "1.51", "ICSMA-21-152-01", "affected"),
        ("Welch Allyn", "Connex Spot Monitor", "1.52", "ICSMA-21-152-01", "not affected"),
        ("Smiths Medical", "Medfusion 4000", "1.5", "ICSMA-17-250-02A", "affected"),
        ("Baxter", "Sigma Spectrum", "8.0", "ICSMA-22-251-01", "possible"),
        ("Medtronic", "CareLink 2090", "", "ICSMA-18-058-01", "affected"),
    ],
)
def test_real_advisories_hit_the_devices_that_they_name(advisories, make, product, version, document, verdict) -> None:
    found = find([profile(make, product, version)], advisories, naming())
    verdicts = {one.verdict.value for one in found if one.document == document}
    assert verdict in verdicts
    assert all(because.origin for one in found for because in one.because)


@pytest.mark.parametrize(
    ("make", "product"),
    [
        ("Mindray", "BeneVision N17"),
        ("Siemens", "MAGNETOM Aera"),
        ("Dräger", "Evita V500"),
        ("Philips", "Trilogy Evo"),
        ("Getinge", "Servo-u"),
        ("GE HealthCare", "Carescape R860"),
    ],
)
def test_real_advisories_leave_others_alone(advisories, make, product) -> None:
    assert find([profile(make, product, "1.0")], advisories, naming()) == []
