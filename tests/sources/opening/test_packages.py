from hypothesis import given
from hypothesis import strategies as st

from hygie.sources.opening.packages import package


def test_purls() -> None:
    found = package("pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1?type=jar")
    assert (found.make, found.name, found.version) == ("org.apache.logging.log4j", "log4j-core", "2.14.1")
    assert package("pkg:npm/left-pad").version == ""


def test_cpes_and_plain_names() -> None:
    assert package("", "cpe:2.3:o:acme:pump_os:1.2:*:*:*:*:*:*:*")[:3] == ("acme", "pump_os", "1.2")
    assert package("cpe:/a:acme:viewer")[:3] == ("acme", "viewer", "")
    assert package("https://acme.example/pump")[:3] == ("", "https://acme.example/pump", "")


@given(st.text(max_size=60), st.text(max_size=60))
def test_anything(identifier: str, cpe: str) -> None:
    for found in (package("pkg:" + identifier), package(identifier, cpe)):
        assert all(isinstance(part, str) for part in found)
        assert found.purl in ("", "pkg:" + identifier, identifier)
