from hygie.match.claims import Part
from hygie.match.packages import known_as, names_of, origin_of, package_keys, scheme_of


def test_keys_of_packages() -> None:
    assert package_keys("cpe:2.3:a:v:p:1:*:*:*:*:*:*:*", "pkg:npm/x@1") == ("cpe:v:p", "purl:npm/x")
    assert package_keys("nonsense", "nonsense") == ()


def test_schemes_of_components() -> None:
    assert scheme_of(Part("component", "", "x", "1", "", "pkg:NPM/x@1")) == "npm"
    assert scheme_of(Part("component", "", "x", "1")) == "generic"


def test_names_of_a_component() -> None:
    named = "cpe:2.3:a:offis:dicom_toolkit:3.6.6:*:*:*:*:*:*:*"
    assert set(names_of(Part("component", "", "dcmtk", "3.6.6", named))) == {("", "dcmtk"), ("offis", "dicom toolkit")}
    assert names_of(Part("component", "OFFIS", "Dicom Toolkit", "1", named)) == (("OFFIS", "Dicom Toolkit"),)
    assert names_of(Part("component", "OFFIS", "x", "1", "no cpe")) == (("OFFIS", "x"),)


def test_what_the_table_knows_a_package_as() -> None:
    (core,) = known_as("log4j-core", "pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1")
    assert core == ("apache", "log4j", True)
    assert [one.whole for one in known_as("zlib1g", "pkg:deb/debian/zlib1g@1")] == [False, False]
    assert {one.product for one in known_as("libcurl", "")} == {"libcurl", "curl"}
    assert known_as("openssl", "pkg:npm/openssl@1") == ()
    assert known_as("nothing", "pkg:") == ()


def test_where_a_package_is_from() -> None:
    assert origin_of("pkg:deb/debian/libssl1.1@1.1.1k") == ("deb", "debian", "libssl1.1", "openssl")
    assert origin_of("pkg:npm/%40a/b@1")[:3] == ("npm", "@a", "b")
    assert origin_of("pkg:deb/debian/linux-image-amd64@6.1?upstream=linux").source == "linux"
    assert origin_of("pkg:deb/debian/linux-libc-dev@6.1?upstream=linux").source == "linux-libc-dev"
    assert origin_of("pkg:") == origin_of("") == ("", "", "", "")
