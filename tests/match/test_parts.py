from hygie.match.claims import Part
from hygie.match.naming import Naming
from hygie.match.parts import ask, asked_of, sboms, system_parts
from hygie.match.records import Records
from match.making import bom, component, cpe, row

OPENSSL = cpe("openssl", "openssl", "1.1.1k")
RECORDS = [row(cpe("openssl", "openssl"), "1.1.1n", start="1.1.1")]


def part(name: str, version: str, cpe: str = "", purl: str = "", make: str = "") -> Part:
    return Part("component", make, name, version, cpe, purl)


def test_documents_hold_each_component_once_and_not_the_product_itself() -> None:
    rows = [
        component("openssl", "1.1.1k", OPENSSL),
        component("openssl", "1.1.1k", OPENSSL),
        component("Pump 7", "2.0", make="Acme"),
    ]
    found = sboms([bom()], rows)["B"]
    assert [(one.product, where) for one, where in found.components] == [("openssl", "b#/components/openssl")]
    assert list(found.by_cpe) == [("openssl", "openssl")]
    assert not found.complete
    assert sboms([bom(completeness="complete")], rows)["B"].complete


def test_a_distribution_s_version_is_asked_without_its_revision() -> None:
    asked = asked_of(
        part("openssl", "1:1.1.1d-0+deb10u3", OPENSSL, "pkg:deb/debian/openssl@1%3A1.1.1d"), ("openssl", "openssl")
    )
    assert (asked.version, asked.scheme) == ("1.1.1d", "generic")


def test_the_package_type_chooses_the_order() -> None:
    assert asked_of(part("x", "1", purl="pkg:maven/a/x@1"), ("a", "x")).scheme == "maven"
    assert asked_of(part("x", "", cpe("v", "x", "3.1")), ("v", "x")).version == "3.1"
    assert asked_of(part("x", "", purl="pkg:npm/x@4.5.6"), ("v", "x")).version == "4.5.6"


def test_hits_by_cpe_are_sure_and_by_name_are_asked() -> None:
    records = Records(Naming(), RECORDS)
    by_cpe, by_name = (
        part("openssl", "1.1.1k", OPENSSL),
        part("openssl", "1.1.1k", "", "pkg:generic/openssl@1.1.1k", "OpenSSL"),
    )
    outside, other = (
        part("openssl", "1.1.1t", cpe("openssl", "openssl", "1.1.1t")),
        part("zlib", "1.2", cpe("z", "zlib")),
    )
    found = ask(records, [by_cpe, by_name, outside, other, by_cpe])
    assert set(found) == {by_cpe, by_name}
    assert [(one.probability, one.question) for one in found[by_cpe]] == [(1.0, "")]
    assert found[by_name][0].question == "question.match.component"


def test_a_damaged_package_url_or_cpe_is_no_error() -> None:
    assert ask(Records(Naming(), RECORDS), [part("openssl", "1", "cpe:nonsense", "pkg:")]) == {}


def test_systems_under_their_cpe_names() -> None:
    assert [key for key, _ in system_parts("Windows 10", "1809")] == [
        ("microsoft", "windows_10"),
        ("microsoft", "windows_10_1809"),
    ]
    assert system_parts("", "") == ()


def test_a_system_of_unknown_release_may_be_each_of_them() -> None:
    parts = dict(system_parts("Windows 10", ""))
    assert parts["microsoft", "windows_10"].certain
    assert not parts["microsoft", "windows_10_1809"].certain
    assert ("microsoft", "windows_11_23h2") not in parts
    assert parts["microsoft", "windows_10_22h2"].version == ""


def test_a_record_without_cpe_is_found_by_maker_and_product() -> None:
    told = row(end="2.4.60", start="2.4.0", make="Apache Software Foundation", product="Apache HTTP Server")
    records = Records(Naming(), [told])
    server = part("httpd", "2.4.57", cpe("apache", "http_server", "2.4.57"))
    supplied = part("HTTP Server", "2.4.57", make="Apache Software Foundation")
    fixed = part("httpd", "2.4.62", cpe("apache", "http_server", "2.4.62"))
    others = [part("tomcat", "2.4.57", cpe("apache", "tomcat", "2.4.57")), part("http_server", "2.4.57")]
    found = ask(records, [server, supplied, fixed, *others])
    assert set(found) == {server, supplied}
    assert {one.question for hits in found.values() for one in hits} == {""}
