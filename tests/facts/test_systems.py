import re
from pathlib import Path

import pytest

from hygie.facts import systems as facts


def cycles(file: Path) -> dict[str, dict[str, str]]:
    """releaseCycle -> its fields, of one product page."""
    found: dict[str, dict[str, str]] = {}
    current: dict[str, str] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        if start := re.match(r"\s*-\s+releaseCycle:\s*\"?([^\"#]+)\"?", line):
            current = found.setdefault(start.group(1).strip(), {})
        elif field := re.match(r"\s+(eol|eoes):\s*\"?([^\"#\s]+)", line):
            current[field.group(1)] = field.group(2)
    return found


def test_dates_are_the_source_s(shared: Path) -> None:
    checked = 0
    for system in facts.systems().values():
        product, colon, cycle = system.source.partition(":")
        if not colon:
            continue
        row = cycles(shared / "endoflife" / "products" / f"{product}.md")[cycle]
        assert row["eol"] == system.end, system.key
        if system.key not in {"windows-10", "windows-6.1"} and system.extended:
            assert row.get("eoes") == system.extended, system.key
        checked += 1
    assert checked >= 70


def test_no_date_is_said_where_no_source_gives_one() -> None:
    for system in facts.systems().values():
        if system.source in {"no date found", "version not said"}:
            assert (system.end, system.extended) == ("", "")
        else:
            assert system.end <= system.latest


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Windows 7 Embedded", "windows-embedded-standard-7"),
        ("Windows Embedded Standard 7 SP1", "windows-embedded-standard-7"),
        ("Windows Embedded Std. 7 / WES7", "windows-embedded-standard-7"),
        ("Windows 7 Professionnel SP1", "windows-7"),
        ("Windows 7 Professional 7601 Service Pack 1", "windows-7"),
        ("Win7", "windows-7"),
        ("Win10 1809", "windows-10-1809"),
        ("Windows 10 IoT Entreprise LTSC 2021", "windows-10-21h2-iot-ltsc"),
        ("Microsoft Windows 10 Enterprise LTSC 2019", "windows-10-1809-ltsc"),
        ("Windows 10 LTSB 2016", "windows-10-1607-ltsb"),
        ("Windows 10 21H2", "windows-10-21h2"),
        ("W10", "windows-10"),
        ("windows 10 pro", "windows-10"),
        ("Windows 11 Pro 24H2", "windows-11-24h2"),
        ("Windows 11", "windows-11"),
        ("10.0.17763", "windows-17763"),
        ("Windows 10.0 Build 19041", "windows-10-2004"),
        ("Windows 5.1", "windows-xp"),
        ("Windows XP SP3", "windows-xp"),
        ("Windows XP Embedded", "windows-xp-embedded"),
        ("Windows Server 2012 R2 Standard", "windows-server-2012-r2"),
        ("Windows Server 2008", "windows-server-2008"),
        ("Windows 6.1", "windows-6.1"),
        ("Windows 8.1 Pro", "windows-8.1-client"),
        ("Windows NT 4.0", "windows-nt4"),
        ("Windows CE 6.0", "windows-ce"),
        ("Debian GNU/Linux 10 (buster)", "debian-10"),
        ("Ubuntu 18.04.6 LTS", "ubuntu-18.04"),
        ("CentOS Linux release 7.9.2009", "centos-7"),
        ("Red Hat Enterprise Linux Server release 6.10", "rhel-6"),
        ("RHEL7", "rhel-7"),
        ("VxWorks 6.9", "vxworks"),
        ("QNX 6.5", "qnx"),
        ("XP", "windows-xp"),
        ("XP Pro", "windows-xp"),
        ("WinXP", "windows-xp"),
        ("Seven", "windows-7"),
        ("Win 7", "windows-7"),
        ("Windows 2008 R2", "windows-server-2008-r2"),
        ("Windows 2012R2 Std", "windows-server-2012-r2"),
        ("Win 2019", "windows-server-2019"),
        ("W2K8", "windows-server-2008"),
        ("W2K8 R2", "windows-server-2008-r2"),
        ("W2K8R2", "windows-server-2008-r2"),
        ("W2K3", "windows-server-2003"),
        ("Win2k", "windows-2000"),
        ("Windows NT4", "windows-nt4"),
        ("W10 LTSC 2019", "windows-10-1809-ltsc"),
        ("Windows 10 IoT LTSC 2019", "windows-10-1809-ltsc"),
        ("Enterprise LTSC 2019", "windows-10-1809-ltsc"),
    ],
)
def test_names_as_they_come(text: str, key: str) -> None:
    system = facts.recognised(text)
    assert system is not None
    assert system.key == key


@pytest.mark.parametrize(
    "text",
    ["", "Linux", "propriétaire", "Linux 4.9", "Version 7", "IntelliVue 10", "Philips XP", "XP-2000", "Lot seven"],
)
def test_a_name_nobody_knows_is_none(text: str) -> None:
    assert facts.recognised(text) is None


def test_edition_not_said_is_not_decided() -> None:
    system = facts.recognised("Windows 10 1809")
    assert system is not None
    assert system.out("2020-01-01") is False
    assert system.out("2026-11-23") is None
    assert system.out("2030-01-01") is True


def test_out_of_support_by_day() -> None:
    seven = facts.recognised("Windows 7")
    assert seven is not None
    assert seven.out("2020-01-14") is False
    assert seven.out("2020-01-15") is True
    vxworks = facts.recognised("VxWorks")
    assert vxworks is not None
    assert vxworks.out("2026-01-01") is None


def test_every_pattern_is_reached_by_its_own_name() -> None:
    """No row stands behind a wider one that takes its name."""
    hidden = [
        system.key
        for system in facts.systems().values()
        if (found := facts.recognised(system.name)) is None or found.key != system.key
    ]
    combined = {
        "windows-8.1",
        "windows-6.2",
        "windows-6.1",
        "windows-10.0",
        "windows-17763",
        "windows-14393",
        "windows-26100",
    }
    assert set(hidden) <= combined


def test_debian_s_dates_are_those_of_its_own_list() -> None:
    """`eol-lts` of distro-info-data 0.58+deb12u7."""
    ends = {
        7: "2018-05-31",
        8: "2020-06-30",
        9: "2022-06-30",
        10: "2024-06-30",
        11: "2026-08-31",
        12: "2028-06-30",
        13: "2030-06-30",
    }
    assert {number: facts.systems()[f"debian-{number}"].end for number in ends} == ends


def test_debian_ends_with_its_long_term_support() -> None:
    twelve = facts.recognised("Debian 12")
    assert twelve is not None
    assert (twelve.end, twelve.out("2026-11-23")) == ("2028-06-30", False)


@pytest.mark.parametrize(
    ("text", "key", "family"),
    [
        ("Windows 7 6.1.7601", "windows-7", "Windows 7"),
        ("Windows 6.1.7601", "windows-6.1", "Windows 7"),
        ("Windows Server 2008 R2 6.1.7601", "windows-server-2008-r2", "Windows Server 2008 R2"),
        ("Windows 10 10.0.17763.1", "windows-10-1809", "Windows 10"),
        ("Windows 10.0.17763", "windows-17763", "Windows 10"),
        ("Windows Server 2019 10.0.17763.1", "windows-server-2019", "Windows Server 2019"),
        ("Windows 8.1 6.3.9600", "windows-8.1-client", "Windows 8.1"),
        ("Windows 11 10.0.26100", "windows-11-24h2", "Windows 11"),
        ("Debian 11", "debian-11", "Debian 11"),
        ("Windows 7 Embedded", "windows-embedded-standard-7", "Windows Embedded Standard 7"),
    ],
)
def test_a_name_goes_before_a_number_that_systems_share(text: str, key: str, family: str) -> None:
    system = facts.recognised(text)
    assert system is not None
    assert (system.key, system.family) == (key, family)
    assert system.shared == (" / " in system.name)


def test_the_normal_form_keeps_its_maker_s_dots_and_takes_any_text() -> None:
    assert facts.spelled("SLES12SP5") == "sles 12 sp 5"
    assert facts.spelled("MS-Windows® v8.1 Pro") == "windows 8.1 pro"
    assert facts.spelled("W2K8R2 SP1") == "windows server 2008 r2 sp 1"
    assert facts.spelled("RedHat 7.9") == "rhel 7.9"
    assert facts.spelled("10.0.17763.1") == "10.0.17763.1"
    assert facts.spelled("propriétaire") == "proprietaire"
    assert len(facts.spelled("9.9" * 20_000)) == 60_000


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Windows NT 10.0", "windows-10.0"),
        ("Windows NT 6.1", "windows-6.1"),
        ("Windows NT 5.2", "windows-server-2003"),
        ("Windows NT 5.0", "windows-2000"),
        ("Windows NT 4.0", "windows-nt4"),
        ("Windows NT", "windows-nt4"),
    ],
)
def test_the_number_that_programs_give_is_not_the_system_of_1996(text: str, key: str) -> None:
    """A browser on Windows 10 or 11 says "Windows NT 10.0"."""
    found = facts.recognised(text)
    assert found is not None
    assert found.key == key
