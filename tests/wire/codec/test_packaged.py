import pytest

from hygie.wire.codec import packaged


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("10.11.19-MariaDB-0+deb12u1", ["Debian", "12"]),
        ("10.0.36-MariaDB-0ubuntu0.16.04.1", ["Ubuntu", "16.04"]),
        ("15.18 (Debian 15.18-0+deb12u1)", ["Debian", "12"]),
        ("16.2 (Debian 16.2-1.pgdg120+2)", ["Debian", "12"]),
        ("16.2 (Ubuntu 16.2-1.pgdg22.04+1)", ["Ubuntu", "22.04"]),
        ("9.6 (Debian 9.6-1)", ["Debian"]),
        ("11.6.2-MariaDB-ubu2404", []),
        ("8.0.32", []),
    ],
)
def test_what_a_package_was_built_for(version: str, expected: list[str]) -> None:
    found = list(packaged.said(version, 7))
    assert [one.value for one in found] == expected
    assert {(one.about, one.offset, one.confidence) for one in found} <= {("sender", 7, packaged.SURE)}
