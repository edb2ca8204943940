"""The greeting and the refused client were made by MariaDB 10.11, server and client."""

import pytest

from hygie.wire import mysql
from wire.hostile import said, survives

MARIADB = bytes.fromhex(
    "640000000a352e352e352d31302e31312e31392d4d6172696144422d302b64656231327531000300000030726f57442f5d6600fef70802"
    "00ff81150000000000001d000000695d74527d4064596e3e2a55006d7973716c5f6e61746976655f70617373776f726400"
)
LOGIN = bytes.fromhex(
    "d200000184a2bf000000100021000000000000000000000000000000000000001d000000647572616e640014e96965870667115816ce7a"
    "f567ad377dc155dcd66d7973716c5f6e61746976655f70617373776f7264007f035f6f73054c696e75780c5f636c69656e745f6e616d65"
    "0a6c69626d617269616462045f7069640533313439390f5f636c69656e745f76657273696f6e06332e332e3230095f706c6174666f726d"
    "067838365f36340c70726f6772616d5f6e616d65056d7973716c0c5f7365727665725f686f7374093132372e302e302e31"
)
REFUSED = bytes.fromhex(
    "4a000002ff15042332383030304163636573732064656e69656420666f7220757365722027647572616e642740276c6f63616c686f7374"
    "2720287573696e672070617373776f72643a2059455329"
)


def greeting(version: bytes) -> bytes:
    rest = MARIADB[MARIADB.index(b"\0", 5) :]
    return (len(version) + len(rest) + 1).to_bytes(3, "little") + b"\0\x0a" + version + rest


def test_version_and_what_it_was_packaged_for() -> None:
    assert said(mysql.DISSECTOR, MARIADB) == {
        ("sender", "server_software", "MariaDB 10.11.19"),
        ("sender", "operating_system", "Debian"),
        ("sender", "operating_system_version", "12"),
    }


@pytest.mark.parametrize(
    ("version", "software", "more"),
    [
        (b"8.0.32", "MySQL 8.0.32", set()),
        (b"5.1.67-log", "MySQL 5.1.67", set()),
        (b"11.4.2-MariaDB", "MariaDB 11.4.2", set()),
        (
            b"5.5.5-10.0.36-MariaDB-0ubuntu0.16.04.1",
            "MariaDB 10.0.36",
            {("sender", "operating_system", "Ubuntu"), ("sender", "operating_system_version", "16.04")},
        ),
    ],
)
def test_versions(version: bytes, software: str, more: set[tuple[str, str, str]]) -> None:
    assert said(mysql.DISSECTOR, greeting(version)) == {("sender", "server_software", software), *more}


def test_what_clients_send_is_not_read() -> None:
    assert b"durand" in LOGIN
    assert b"durand" in REFUSED
    for unit in (LOGIN, REFUSED):
        assert not mysql.looks_like(unit)
        assert said(mysql.DISSECTOR, unit) == set()


def test_units_and_ends() -> None:
    assert (mysql.sender(MARIADB), mysql.sender(LOGIN)) == ("server", "")
    assert mysql.length(MARIADB) == len(MARIADB)
    assert mysql.length(b"\x64") == 0


def test_hostile() -> None:
    survives(mysql.DISSECTOR, [MARIADB, greeting(b"8.0.32")])
