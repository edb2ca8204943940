from hygie.kernel import columns as c
from hygie.sources.capture.metering import MOST_TAGS, NAME_PORTS, PORTS, Event, Rooms
from hygie.wire import DISSECTORS


def test_what_is_said_of_each_port() -> None:
    assert len(PORTS) == 65_536
    assert {port for port in range(65_536) if PORTS[port] == c.ALWAYS} == {67, 68, 546, 547}
    assert PORTS[161] in (c.KNOWN, c.SENDER)
    assert PORTS[0] == PORTS[104] == PORTS[50_000] == c.PLAIN
    usual = {port for row in DISSECTORS.values() if "udp" in row.carriers for port in row.ports if port}
    assert {port for port in range(65_536) if PORTS[port]} == usual | {67, 68, 546, 547}
    assert all(PORTS[port] for port in NAME_PORTS)


def test_ports_where_all_is_said_of_the_sender() -> None:
    of_sender = {port for row in DISSECTORS.values() if row.of_sender and "udp" in row.carriers for port in row.ports}
    assert {port for port in range(65_536) if PORTS[port] == c.SENDER} <= of_sender
    assert PORTS[5353] == c.SENDER


def test_rooms_and_events_as_compiled_code_counts_them() -> None:
    assert Rooms() == (1 << 19, 1_000_000, 500_000)
    # An event as an object leaves out where its payload lies.
    assert len(Event._fields) == c.EVENT - 2
    assert MOST_TAGS < 1 << 16
