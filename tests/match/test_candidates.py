from hygie.match.candidates import candidates
from hygie.match.naming import Naming
from hygie.match.records import CpeKey, Records
from match.making import cpe, row

RECORDS = Records(
    Naming(),
    [
        row(cpe("openssl", "openssl")),
        row(cpe("other", "openssl")),
        row(cpe("x", "lodash", rest="*:*:*:*:node.js:*:*")),
        row(cpe("gnu", "tar")),
        row(cpe("tar_project", "tar", rest="*:*:*:*:node.js:*:*")),
        row(cpe("apache", "http_server")),
    ],
)


def found(make: str, name: str, type_: str = "", namespace: str = "") -> list[CpeKey]:
    return list(candidates(RECORDS, make, name, type_, namespace))


def test_the_supplier_the_name_or_the_ecosystem_choose_among_vendors() -> None:
    assert found("OpenSSL", "openssl") == [("openssl", "openssl")]
    assert found("", "lodash", "npm") == [("x", "lodash")]
    assert found("", "lodash", "pypi") == []
    assert found("Umbrella", "http_server") == []
    assert found("The Apache Software Foundation", "http_server") == [("apache", "http_server")]


def test_without_a_supplier_each_vendor_is_asked_about_but_no_module_of_another_product() -> None:
    assert found("", "openssl") == [("openssl", "openssl"), ("other", "openssl")]
    assert found("", "lodash") == []
    assert found("", "openssl", "npm") == [("openssl", "openssl")]


def test_a_name_may_hold_vendor_and_product() -> None:
    assert found("", "Apache HTTP Server") == [("apache", "http_server")]
    assert found("Umbrella", "Apache HTTP Server") == [("apache", "http_server")]
    assert found("", "Umbrella HTTP Server") == []
    assert found("", "a " * 50_000) == []


def test_a_distribution_packs_software_under_its_own_name_and_no_module_of_another() -> None:
    assert found("", "tar", "deb", "debian") == [("gnu", "tar")]
    assert found("", "tar", "npm") == [("tar_project", "tar")]
