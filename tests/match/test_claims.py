from hygie.match.claims import Part, finding_id, origin
from match.making import statement


def test_ids_are_short_and_depend_on_both() -> None:
    assert len(finding_id("p", "CVE-1")) == 16
    assert (
        len({finding_id("p", "CVE-1"), finding_id("p", "CVE-2"), finding_id("q", "CVE-1"), finding_id("pC", "VE-1")})
        == 4
    )


def test_labels() -> None:
    assert Part("product", "a", "b", "1").label == "product"
    assert Part("component", "a", "zlib", "1.2.11").label == "zlib 1.2.11"
    assert Part("component", "a", "zlib", "").label == "zlib"


def test_origin() -> None:
    assert origin(statement()) == "s#/0"
