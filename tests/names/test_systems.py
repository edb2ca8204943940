import pytest

from hygie.names.systems import names_of


@pytest.mark.parametrize(
    ("os", "version", "expected"),
    [
        ("Windows 10", "1809", [("windows_10", "1809"), ("windows_10_1809", "")]),
        (
            "Windows 10 Enterprise LTSC",
            "10.0.17763.5329",
            [("windows_10", "1809"), ("windows_10_1809", "10.0.17763.5329")],
        ),
        ("Windows 10 IoT Enterprise LTSC 2019", "", [("windows_10", "1809"), ("windows_10_1809", "")]),
        ("Windows 11", "23H2", [("windows_11", "23h2"), ("windows_11_23h2", "")]),
        ("Windows 7 Professional", "SP1", [("windows_7", ""), ("windows_7_sp1", "")]),
        ("Microsoft Windows Server 2008 R2", "", [("windows_server_2008_r2", ""), ("windows_server_2008", "r2")]),
        ("Windows Server 2019", "10.0.17763.1", [("windows_server_2019", "10.0.17763.1")]),
        ("Windows CE", "6.0", [("windows_ce", "6.0")]),
        ("Linux", "4.19.0", [("linux_kernel", "4.19.0")]),
        ("VxWorks 6.9", "", [("vxworks", "6.9")]),
        ("Ubuntu 18.04 LTS", "", [("ubuntu_linux", "18.04")]),
        ("Windows", "", []),
        ("something", "1", []),
        ("", "", []),
    ],
)
def test_names(os: str, version: str, expected: list[tuple[str, str]]) -> None:
    assert [(name.product, name.version) for name in names_of(os, version)] == expected


def test_a_service_pack_is_the_update() -> None:
    assert names_of("Windows XP Embedded SP3", "")[0].update == "sp3"


@pytest.mark.parametrize(
    ("os", "version", "update"),
    [
        ("Windows 7", "6.1.7601", "sp1"),
        ("Windows 7", "6.1.7600", ""),
        ("Windows Server 2008 R2", "6.1.7601", "sp1"),
        ("Windows Server 2008", "6.0.6002", "sp2"),
        ("Windows 7", "", ""),
    ],
)
def test_a_build_may_tell_the_service_pack(os: str, version: str, update: str) -> None:
    assert names_of(os, version)[0].update == update


def test_a_build_written_with_the_name_counts() -> None:
    """A GMAO has one column for name and version: "Windows 7 6.1.7601" is Service Pack 1."""
    assert names_of("Windows 7 6.1.7601", "") == names_of("Windows 7", "6.1.7601")
    assert names_of("Windows 10 Entreprise 10.0.17763.1", "") == names_of("Windows 10 Entreprise", "10.0.17763.1")
    assert {name.update for name in names_of("Windows 7", "")} == {""}


def test_a_number_that_systems_share_names_none_of_them() -> None:
    for text in ("Windows NT 10.0", "Windows NT 6.1", "Windows NT 5.2"):
        assert names_of(text, "") == ()
    assert [one.product for one in names_of("Windows NT 4.0", "")] == ["windows_nt"]
