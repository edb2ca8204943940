from ipaddress import ip_address

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygie.kernel import columns as c
from hygie.sources.capture import folding
from hygie.sources.capture.ends import Ends
from hygie.sources.capture.folding import Services, are_hosts, fold, summed
from hygie.sources.capture.keys import numbers
from hygie.sources.capture.talks import TCP, UDP, Talk
from hygie.wire import DISSECTORS
from hygie.wire.codec.addresses import is_host

CARDS = (0x020000000001 | c.THERE, 0x020000000002 | c.THERE)
CLIENT, SERVER = int(ip_address("10.0.0.1")), int(ip_address("10.0.0.2"))


def half(ports: tuple[int, int], protocol: int = TCP, turned: bool = False, **more: int) -> list[int]:
    """A direction from 10.0.0.1 to 10.0.0.2, or back."""
    row = [0] * c.HALF
    row[c.A_LOW], row[c.B_LOW], row[c.CARD] = (SERVER, CLIENT, CARDS[1]) if turned else (CLIENT, SERVER, CARDS[0])
    row[c.PORTS], row[c.META] = ports[0] << 16 | ports[1], protocol << 8 | 0x44
    row[c.PACKETS], row[c.BYTES], row[c.FIRST], row[c.LAST], row[c.PLACE] = 3, 300, 100, 200, 1
    row[c.OTHER] = row[c.BEGIN] = row[c.ORDINAL] = -1
    for name, value in more.items():
        row[getattr(c, name)] = value
    return row


def pair(ports: tuple[int, int], protocol: int = TCP, **more: int) -> list[list[int]]:
    """Both directions of one talk."""
    back = half(ports[::-1], protocol, True, PLACE=2, FIRST=110, LAST=250, PACKETS=2, BYTES=900)
    return [half(ports, protocol, OTHER=1, **more), [*back[: c.OTHER], 0, 0, *back[c.TALK + 1 :]]]


def folded(rows: list[list[int]], known: dict[int, Talk] | None = None, ends: Ends | None = None) -> list[tuple]:
    """(client, server, port, service, packets out, back, opened) of each conversation."""
    services = Services()
    made = fold(np.array(rows, np.int64), known or {}, services, ends or Ends())
    names = {CLIENT: "client", SERVER: "server"}
    return [
        (
            names[row[folding.CLIENT_LOW]],
            names[row[folding.SERVER_LOW]],
            row[folding.PORT],
            services.names[row[folding.SERVICE]],
            row[folding.PACKETS_OUT],
            row[folding.PACKETS_BACK],
            row[folding.OPENED],
        )
        for row in made.tolist()
    ]


@pytest.mark.parametrize(
    ("ports", "protocol", "forth"),
    [
        ((40000, 104), TCP, True),
        ((104, 40000), TCP, False),
        ((50000, 40000), TCP, True),
        ((40000, 50000), TCP, False),
        ((161, 40000), UDP, False),
        ((123, 123), UDP, True),
        ((40000, 50000), UDP, True),
    ],
)
def test_who_calls_where_no_opening_was_seen(ports: tuple[int, int], protocol: int, forth: bool) -> None:
    ((client, _, port, _, out, back, opened),) = folded(pair(ports, protocol))
    assert (client == "client", port, opened) == (forth, ports[1] if forth else ports[0], 0)
    assert (out, back) == ((3, 2) if forth else (2, 3))


def test_an_opening_outweighs_ports_and_a_group_outweighs_both() -> None:
    assert folded(pair((104, 40000), CALLER=1, FLAGS=c.OPENED)) == [("client", "server", 40000, "", 3, 2, 1)]
    assert folded(pair((104, 40000), CALLER=-1, FLAGS=c.OPENED)) == [("server", "client", 104, "dicom?", 2, 3, 1)]
    assert folded(pair((104, 40000), CALLER=-1, FLAGS=c.GROUP))[0][:3] == ("client", "server", 40000)


def test_services_by_content_or_with_a_question_mark() -> None:
    read = Talk(TCP, (40000, 104))
    read.dissector = DISSECTORS["hl7"]
    assert folded(pair((40000, 104)))[0][3] == "dicom?"
    assert folded(pair((40000, 104)), {0: read})[0][3] == "hl7"
    assert folded(pair((40000, 40001)))[0][3] == ""
    assert folded(pair((0, 0), 1))[0][3] == "icmp"
    assert folded(pair((0, 0), 200))[0][3] == "ip/200"
    assert folded(pair((0, 0), 65_536 + 0x8892))[0][3] == "profinet"
    assert folded(pair((0, 0), 65_536 + 0x1234))[0][3] == "type 0x1234"
    assert folded(pair((0, 0), 65_536 + 0x77))[0][3] == "llc 0x0077"


def test_what_was_read_by_content_opens_a_talk() -> None:
    read = Talk(UDP, (161, 40000))
    read.caller, read.opened, read.dissector = -1, True, DISSECTORS["snmp"]
    assert folded(pair((161, 40000), UDP), {0: read}) == [("server", "client", 161, "snmp", 2, 3, 1)]


def test_talks_that_were_not_read_inherit_the_service_of_their_port() -> None:
    read = Talk(TCP, (40000, 4444))
    read.dissector = DISSECTORS["hl7"]
    silent = half((40001, 4444), CALLER=1, FLAGS=c.SPOKE, TALK=2, PLACE=9)
    mute = half((40002, 4444), CALLER=1, TALK=3, PLACE=10)
    found = folded([*pair((40000, 4444), CALLER=1), silent, mute], {0: read})
    assert [(row[3], row[4], row[5]) for row in found] == [("hl7", 3, 2), ("hl7", 3, 0), ("", 3, 0)]


def test_what_travels_readable() -> None:
    def clear(rows: list[list[int]], talk: Talk | None = None) -> set[tuple[str, float]]:
        ends = Ends()
        folded(rows, {0: talk} if talk else {}, ends)
        return {(key[3], seen.confidence) for key, seen in ends.said.items() if key[2] == "cleartext_protocol"}

    both = pair((40000, 23), FLAGS=c.SPOKE)
    both[1][c.FLAGS] = c.SPOKE
    assert clear(both) == {("telnet", 0.5)}
    assert clear(pair((40000, 23), FLAGS=c.SPOKE)) == set()
    talk = Talk(TCP, (40000, 23))
    talk.dissector = DISSECTORS["tls"]
    assert clear(both, talk) == set()
    talk.dissector = DISSECTORS["hl7"]
    assert clear(both, talk) == {("hl7", 1.0)}


def test_an_accepted_connection_shows_a_service() -> None:
    ends = Ends()
    folded(pair((40000, 104), CALLER=1, FLAGS=c.OPENED | c.ACCEPTED), {}, ends)
    ((card, address, _, text, _),) = [key for key in ends.said if key[2] == "service"]
    assert (card.hex(), address, text) == ("020000000002", bytes((10, 0, 0, 2)), "tcp/104 dicom?")


def test_who_was_seen_and_where() -> None:
    ends = Ends()
    folded(pair((40000, 104), TAG=5 << 48 | 12, FLAGS=c.NEAR), {}, ends)
    seen = dict(ends.pairs.items())[bytes.fromhex("020000000001"), bytes((10, 0, 0, 1))]
    assert (seen.near, seen.sensors, seen.place, seen.first, seen.last) == (True, 1 << 5, 1, 100, 200)
    assert [key[1] for key in ends.vlans] == ["12"]
    assert len(ends.pairs) == 2


def test_a_few_rows_at_once_or_all_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[list[int]] = []
    for number in range(40):
        one, other = pair((40000 + number % 7, 104 + number % 3), PLACE=number + 1, FLAGS=c.NEAR | c.SPOKE)
        for row in (one, other) if number % 4 else (one,):
            row[c.A_LOW] += number % 2
            rows.append(row)
    for at, row in enumerate(rows):
        row[c.OTHER], row[c.TALK] = -1, at
    for at in range(0, len(rows) - 1, 5):
        rows[at][c.OTHER], rows[at + 1][c.OTHER], rows[at + 1][c.TALK] = at + 1, at, at
    talk = Talk(TCP, (40000, 104))
    talk.dissector = DISSECTORS["dicom"]
    told = []
    for piece in (1, 3, 1000):
        monkeypatch.setattr(folding, "PIECE", piece)
        ends, services = Ends(), Services()
        made = fold(np.array(rows, np.int64), {0: talk, 6: talk}, services, ends)
        told.append((made.tolist(), list(ends.pairs.items()), ends.said))
    assert told[0] == told[1] == told[2]
    assert len(told[0][0]) > 3


def test_only_the_members_are_folded() -> None:
    rows = [*pair((40000, 104)), half((40001, 104), TALK=2, PLACE=9)]
    ends = Ends()
    table = np.array(rows, np.int64)
    made = fold(table, {}, Services(), ends, np.array([2]))
    assert (len(made), made[0, folding.PLACE], len(ends.pairs)) == (1, 9, 1)
    assert len(fold(table, {}, Services(), Ends(), np.array([0, 1]))) == 1


@given(st.lists(st.binary(min_size=4, max_size=4) | st.binary(min_size=16, max_size=16), max_size=30))
@settings(deadline=None, database=None)
def test_hosts_as_columns_are_those_one_by_one(addresses: list[bytes]) -> None:
    addresses += [
        bytes(4),
        bytes((127, 0, 0, 1)),
        bytes((224, 0, 0, 1)),
        bytes(16),
        bytes(15) + b"\1",
        b"\xff\2" + bytes(14),
    ]
    highs, lows = zip(*map(numbers, addresses), strict=True)
    family = np.array([4 if len(one) == 4 else 6 for one in addresses])
    found = are_hosts(family, np.array(highs, np.int64), np.array(lows, np.int64))
    assert found.tolist() == [is_host(one) for one in addresses]
    assert are_hosts(np.array([1]), np.array([0]), np.array([1 << 24])).tolist() == [False]


def test_no_rows() -> None:
    assert len(fold(np.zeros((0, c.HALF), np.int64), {}, Services(), Ends())) == 0
    assert len(summed(np.zeros((0, folding.CONVERSATION), np.int64))) == 0


@settings(deadline=None, database=None, max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 3), *[st.integers(0, 9)] * 7), min_size=1, max_size=30), st.integers(0, 30))
def test_sums_do_not_depend_on_how_rows_come(rows: list[tuple[int, ...]], cut: int) -> None:
    table = np.zeros((len(rows), folding.CONVERSATION), np.int64)
    table[:, folding.PORT] = [row[0] for row in rows]
    table[:, folding.PLACE : folding.PLACE + 7] = [row[1:] for row in rows]

    def ordered(made: folding.Columns) -> list[list[int]]:
        return sorted(made.tolist())

    parts = np.concatenate((summed(table[:cut]), summed(table[cut:])))
    assert ordered(summed(parts)) == ordered(summed(table)) == ordered(summed(table[::-1]))
