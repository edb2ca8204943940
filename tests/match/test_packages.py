from hygie.match.claims import Part
from hygie.match.packages import package_keys, scheme_of


def test_keys_of_packages() -> None:
    assert package_keys("cpe:2.3:a:v:p:1:*:*:*:*:*:*:*", "pkg:npm/x@1") == ("cpe:v:p", "purl:npm/x")
    assert package_keys("nonsense", "nonsense") == ()


def test_schemes_of_components() -> None:
    assert scheme_of(Part("component", "", "x", "1", "", "pkg:NPM/x@1")) == "npm"
    assert scheme_of(Part("component", "", "x", "1")) == "generic"
