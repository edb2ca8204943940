"""The head of the connection was made by python-oracledb 26.1, whose words for machine and user were replaced; it
took the refusal for what it is. The refusal is laid out as listeners give it."""

import pytest

from hygie.wire import oracle
from wire.hostile import said, survives

HEAD = bytes.fromhex(
    "0117000001000000013f012c0401200020004f980000000100cd004a000000008484000000000000000000000000000000000000000000"
    "00000000002000000020000000000000000001"
)
WORDS = (
    b"(DESCRIPTION=(ADDRESS=(PROTOCOL=tcp)(HOST=10.9.0.12)(PORT=1521))(CONNECT_DATA=(SERVICE_NAME=PACS)"
    b"(CID=(PROGRAM=C:\\Users\\durand\\his.exe)(HOST=CONSOLE-12)(USER=durand))(CONNECTION_ID=kUaSKtaifxSXDvoA5ujIBg==)))"
)
CONNECT = (len(HEAD) + len(WORDS)).to_bytes(2, "big") + HEAD[2:] + WORDS
ERROR = b"(DESCRIPTION=(TMP=)(VSNNUM=186647040)(ERR=12514)(ERROR_STACK=(ERROR=(CODE=12514)(EMFI=4))))"
REFUSED = (12 + len(ERROR)).to_bytes(2, "big") + b"\0\0\4\0\0\0\x22\0" + len(ERROR).to_bytes(2, "big") + ERROR
ACCEPTED = bytes.fromhex("00290000020000000138000000008000010000000029410100000000000000000000000000000000")


def test_the_machine_of_a_client() -> None:
    assert said(oracle.DISSECTOR, CONNECT) == {("sender", "host_name", "CONSOLE-12")}
    assert said(oracle.DISSECTOR, CONNECT.replace(b"CONSOLE-12", b"__jdbc__.x")) == set()


@pytest.mark.parametrize(
    ("number", "version"), [(b"186647040", "11.2.0.2"), (b"153094144", "9.2.0.8"), (b"318767104", "19")]
)
def test_the_version_of_a_listener(number: bytes, version: str) -> None:
    assert said(oracle.DISSECTOR, REFUSED.replace(b"186647040", number)) == {
        ("sender", "server_software", f"Oracle Database {version}")
    }


def test_a_hidden_version_says_nothing() -> None:
    hidden = REFUSED.replace(b"186647040", b"000000000")
    assert oracle.looks_like(hidden)
    assert said(oracle.DISSECTOR, hidden) == said(oracle.DISSECTOR, ACCEPTED) == set()


def test_users_and_services_are_not_said() -> None:
    assert b"durand" in CONNECT
    found = str(said(oracle.DISSECTOR, CONNECT))
    assert not any(word in found for word in ("durand", "PACS", "his.exe"))


def test_units_and_ends() -> None:
    assert [oracle.sender(unit) for unit in (CONNECT, ACCEPTED, REFUSED, b"")] == ["client", "server", "server", ""]
    assert oracle.length(REFUSED + CONNECT) == len(REFUSED)
    assert oracle.length(b"\0\x29") == 0
    with pytest.raises(ValueError, match="no packet"):
        oracle.length(b"\0\2\0\0\1\0\0\0")


def test_hostile() -> None:
    survives(oracle.DISSECTOR, [CONNECT, ACCEPTED, REFUSED])
