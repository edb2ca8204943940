"""Asked with psycopg2 (libpq), answered by PostgreSQL 15."""

import pytest

from hygie.wire import postgresql
from wire.hostile import said, survives

ASKS = bytes.fromhex("0000000804d2162f")
BEGINS = bytes.fromhex(
    "00000043000300007573657200647572616e6400646174616261736500706f737467726573006170706c69636174696f6e5f6e616d6500"
    "6869732d636c69656e740000"
)
LET_IN = bytes.fromhex(
    "52000000080000000053000000206170706c69636174696f6e5f6e616d65006869732d636c69656e74005300000019636c69656e745f65"
    "6e636f64696e670055544638005300000017446174655374796c650049534f2c204d445900530000002664656661756c745f7472616e73"
    "616374696f6e5f726561645f6f6e6c79006f6666005300000017696e5f686f745f7374616e646279006f6666005300000019696e746567"
    "65725f6461746574696d6573006f6e00530000001b496e74657276616c5374796c6500706f73746772657300530000001469735f737570"
    "657275736572006f6e0053000000197365727665725f656e636f64696e6700555446380053000000327365727665725f76657273696f6e"
    "0031352e3138202844656269616e2031352e31382d302b646562313275312900530000002173657373696f6e5f617574686f72697a6174"
    "696f6e00647572616e640053000000237374616e646172645f636f6e666f726d696e675f737472696e6773006f6e00530000001554696d"
    "655a6f6e65004574632f555443004b0000000c00000f6831b020d85a0000000549"
)
ROWS = bytes.fromhex(
    "540000002100013f636f6c756d6e3f0000000000000000000019ffffffffffff0000440000001600010000000c4d617269652044757261"
    "6e64430000000d53454c4543542031005a0000000554"
)


def messages(payload: bytes) -> list[bytes]:
    found = []
    while payload:
        size = postgresql.length(payload)
        found.append(payload[:size])
        payload = payload[size:]
    return found


def test_the_server_states_its_version() -> None:
    assert {row for one in messages(LET_IN) for row in said(postgresql.DISSECTOR, one)} == {
        ("sender", "server_software", "PostgreSQL 15.18"),
        ("sender", "operating_system", "Debian"),
        ("sender", "operating_system_version", "12"),
    }


def test_who_asks_and_what_comes_back_is_not_read() -> None:
    assert b"durand" in BEGINS
    assert b"Marie Durand" in ROWS
    for unit in (ASKS, BEGINS, *messages(ROWS)):
        assert said(postgresql.DISSECTOR, unit) == set()


def test_units_and_ends() -> None:
    assert [postgresql.sender(unit) for unit in (ASKS, BEGINS, LET_IN, ROWS)] == ["client", "client", "server", ""]
    assert postgresql.length(b"N") == postgresql.length(b"S") == 1
    assert postgresql.length(BEGINS) == len(BEGINS)
    assert postgresql.length(b"R\0\0") == 0
    with pytest.raises(ValueError, match="no message"):
        postgresql.length(b"\x16\x03\x01\x02\0")


def test_hostile() -> None:
    survives(postgresql.DISSECTOR, [ASKS, BEGINS, LET_IN])
    version = next(one for one in messages(LET_IN) if b"server_version" in one)
    for size in range(len(version)):
        try:
            assert len(said(postgresql.DISSECTOR, version[:size])) < 4
        except ValueError:
            continue
