from hygie.match.claims import Part
from hygie.match.packages import names_of, package_keys, scheme_of


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
