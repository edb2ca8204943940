"""The question was made by FreeTDS' tsql 1.3, which took the answer and went on to sign in. The answers are laid out by
[MS-TDS] and [MC-SQLR]."""

import pytest

from hygie.wire import Way, mssql
from wire.hostile import said, survives

SERVER, BROWSER = mssql.DISSECTORS
ASKS = bytes.fromhex(
    "1201003a0000000000001a00060100200001020021000c03002d00040400310001ff090000000000004d5353514c5365727665"
    "7200b17c000000"
)
ANSWERS = bytes.fromhex("0401002b0000010000001a00060100200001020021000103002200000400220001ff0f0007d00000020000")
LISTS = b"ServerName;HIS-SQL01;InstanceName;SYNGO;IsClustered;No;Version;10.50.1600.1;tcp;1433;;"
LISTED = b"\x05" + len(LISTS).to_bytes(2, "little") + LISTS


@pytest.mark.parametrize(
    ("version", "software"),
    [
        ("0f0007d0", "Microsoft SQL Server 2019 15.0.2000"),
        ("0a3217d2", "Microsoft SQL Server 2008 R2 10.50.6098"),
        ("080002fa", "Microsoft SQL Server 2000 8.0.762"),
        ("63000001", "Microsoft SQL Server 99.0.1"),
    ],
)
def test_the_build_of_a_server(version: str, software: str) -> None:
    unit = ANSWERS.replace(bytes.fromhex("0f0007d0"), bytes.fromhex(version))
    assert said(SERVER, unit) == {("sender", "server_software", software)}


def test_what_a_client_sends_is_not_said() -> None:
    assert mssql.looks_like(ASKS)
    assert said(SERVER, ASKS) == set()
    assert said(SERVER, bytes.fromhex("100100d1000000")) == set()


def test_a_browser_names_the_machine_and_its_servers() -> None:
    assert said(BROWSER, LISTED) == {
        ("sender", "host_name", "HIS-SQL01"),
        ("sender", "server_software", "Microsoft SQL Server 2008 R2 10.50.1600"),
    }
    assert BROWSER.sender(LISTED) == "server"
    assert not mssql.is_browser(LISTED + b";")


def test_units_and_ends() -> None:
    assert (mssql.sender(ASKS), mssql.sender(ANSWERS), mssql.sender(b"")) == ("client", "server", "")
    assert mssql.length(ANSWERS + ASKS) == len(ANSWERS)
    assert mssql.length(ASKS[:7]) == 0
    with pytest.raises(ValueError, match="no packet"):
        mssql.length(b"\x16\x03\x01\0\x10\0\0\0\0")
    with pytest.raises(ValueError, match="odd places"):
        list(mssql.dissect(ANSWERS[:9] + b"\xff" + ANSWERS[10:], Way("tcp")))


def test_hostile() -> None:
    survives(SERVER, [ASKS, ANSWERS])
    survives(BROWSER, [LISTED])
