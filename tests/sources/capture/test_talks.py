import pytest

from hygie.sources.capture.talks import (
    TCP,
    UDP,
    Conversations,
    Half,
    Talk,
    calls_forth,
    key_of,
    service_of,
    transport_name,
)
from hygie.wire import DISSECTORS

HERE, THERE = bytes((10, 0, 0, 1)), bytes((10, 0, 0, 2))


def talk(ports: tuple[int, int], transport: int = TCP) -> Talk:
    made = Talk((0, "12"), transport, HERE, THERE, 7)
    made.ports = ports
    made.forth, made.back = Half(made, b"a" * 6, 100), Half(made, b"b" * 6, 200)
    return made


@pytest.mark.parametrize(
    ("ports", "transport", "forth"),
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
def test_who_calls_where_no_opening_was_seen(ports: tuple[int, int], transport: int, forth: bool) -> None:
    assert calls_forth(talk(ports, transport)) is forth


def test_an_opening_outweighs_ports() -> None:
    made = talk((104, 40000))
    made.caller = 1
    assert calls_forth(made)
    made.caller = -1
    assert not calls_forth(made)
    made.multicast = True
    assert calls_forth(made)


def test_services_by_content_or_with_a_question_mark() -> None:
    made = talk((40000, 104))
    assert service_of(made, 104) == "dicom?"
    assert service_of(made, 40001) == ""
    made.dissector = DISSECTORS["hl7"]
    assert service_of(made, 104) == "hl7"
    assert service_of(talk((0, 0), 1), 0) == "icmp"
    assert transport_name(200) == "ip/200"


def test_keys_and_sums() -> None:
    made = talk((104, 40000))
    key, out, back = key_of(made)
    assert key == (0, "12", b"b" * 6, THERE, b"a" * 6, HERE, "tcp", 104, "dicom?")
    assert (out, back) == (made.back, made.forth)
    table = Conversations()
    for _ in range(2):
        made.forth.packets, made.forth.bytes = 3, 300  # type: ignore[union-attr]
        table.add(key, made.place, out, back, True)
    sums = table.sums[key]
    assert (sums.packets_back, sums.bytes_back, sums.packets_out, sums.first, sums.last) == (6, 600, 0, 100, 200)
    assert (sums.place, sums.opened) == (7, True)
