import pytest

from hygie.register.systems import agree, says_more

MORE = (
    ("Debian 12", "Debian"),
    ("Debian 12", "Linux"),
    ("Ubuntu 22.04 LTS", "Ubuntu"),
    ("Windows 10 1809", "Windows NT 10.0"),
    ("Windows 10 22H2", "Windows 10"),
    ("Windows 7", "Windows NT 6.1"),
    ("Windows Server 2019", "Windows NT 10.0"),
    ("Windows 10 1809", "Windows 10 1809 / Server 2019 (17763)"),
    ("Windows XP", "Windows"),
    ("Windows NT 10.0", "Windows"),
    ("Windows 10.0.17763", "Windows"),
    ("Windows Server", "Windows"),
    ("Windows Server 2012 R2", "Windows Server"),
    ("Windows 10.0.17763", "Windows NT 10.0"),
    ("Windows Embedded Standard 7", "Windows NT 6.1"),
    ("Windows XP Embedded", "Windows 5.1"),
    ("Debian", "Linux"),
    ("Raspbian", "Linux"),
    ("Android 9", "Linux"),
    ("Mac OS X 10.10", "macOS"),
    ("Comware 5.20", "Comware"),
)
NEITHER = (
    ("Windows 10 22H2", "Windows 10.0.17763"),
    ("Windows 7", "Windows NT 10.0"),
    ("Debian 12", "Ubuntu"),
    ("Windows XP", "Linux"),
    ("Debian 12", "Debian 12"),
    ("Windows 7", "windows 7"),
    ("QNX", "VxWorks"),
    ("Windows", "Linux"),
    ("Windows Server", "Windows XP"),
    ("Windows 10.0.17763", "Windows Server 2016"),
    ("Cisco IOS", "Cisco IOS XE"),
    ("Comware", "Comwares"),
    ("Windows", "windows"),
)


@pytest.mark.parametrize(("one", "other"), MORE)
def test_which_says_more(one: str, other: str) -> None:
    assert agree(one, other)
    assert agree(other, one)
    assert says_more(one, other)
    assert not says_more(other, one)


@pytest.mark.parametrize(("one", "other"), NEITHER)
def test_neither_says_more(one: str, other: str) -> None:
    assert not says_more(one, other)
    assert not says_more(other, one)
