import struct

import pytest

from hygie.sources.capture import listening
from hygie.sources.capture.listening import Listening
from hygie.sources.capture.talks import TCP, UDP, Half, Talk
from hygie.wire import DISSECTORS
from wire.hostile import message
from wire.test_dicom import COMMAND, REQUEST, STORED
from wire.test_hl7 import MESSAGE


def begin(ports: tuple[int, int], transport: int = TCP) -> tuple[Talk, Half]:
    here, there = bytes((10, 0, 0, 1)), bytes((10, 0, 0, 2))
    talk = Talk(transport, ports)
    talk.forth, talk.back = Half(talk, here, there), Half(talk, there, here)
    return talk, talk.forth


def test_units_over_many_segments_and_many_in_one() -> None:
    for size in (1, 7, 100, 5000):
        ears = Listening()
        talk, half = begin((40000, 50000))
        stream, said = REQUEST + COMMAND + STORED, []
        for at in range(0, len(stream), size):
            said += ears.segment(talk, half, 5000 + at, stream[at : at + size])
        assert talk.dissector is DISSECTORS["dicom"]
        assert {one.value for one in said} >= {"CT01", "Scan 64", "1.2.840.10008.5.1.4.1.1.2 scu"}
        assert (half.units, ears.held, ears.broken) == (3, 0, {})


def test_content_wins_over_the_port() -> None:
    ears = Listening()
    talk, half = begin((40000, 80))
    assert [one.value for one in ears.segment(talk, half, 0, MESSAGE)][:1] == ["ABL90^REA"]
    assert talk.dissector is DISSECTORS["hl7"]


def test_a_connection_joined_in_the_middle_is_read_from_the_next_unit_on() -> None:
    ears = Listening()
    talk, half = begin((40000, 2575))
    half_way = MESSAGE[60:]
    assert ears.segment(talk, half, 0, half_way) == []
    said = ears.segment(talk, half, len(half_way), MESSAGE)
    assert {one.value for one in said} >= {"ABL90^REA"}
    lost = ears.segment(talk, half, len(half_way) + len(MESSAGE) + 999_999, MESSAGE)
    assert lost == []


def test_what_is_not_recognised_is_left_alone() -> None:
    ears = Listening()
    talk, half = begin((40000, 50000))
    for number in range(listening.MOST_TRIES):
        assert ears.segment(talk, half, number * 200, b"\x99" * 200) == []
    assert half.units == -1
    assert ears.held == 0


def test_enough_is_enough() -> None:
    ears = Listening()
    talk, half = begin((40000, 2575))
    at, read = 0, 0
    while half.units >= 0:
        read += bool(ears.segment(talk, half, at, MESSAGE))
        at += len(MESSAGE)
    assert read == DISSECTORS["hl7"].units
    assert (half.stream, ears.held) == (None, 0)


def test_a_unit_longer_than_what_is_kept_is_read_as_far_as_it_is_there() -> None:
    ears = Listening()
    talk, half = begin((40000, 104))
    ears.segment(talk, half, 0, REQUEST)
    big = STORED[:2] + (300_000).to_bytes(4, "big") + (299_996).to_bytes(4, "big") + STORED[10:]
    big += struct.pack("<HHI", 0x7FE0, 0x10, 290_000)
    big += bytes(300_006 - len(big))
    said, at = [], len(REQUEST)
    for start in range(0, len(big), 1460):
        said += ears.segment(talk, half, at + start, big[start : start + 1460])
        assert ears.held <= 70_000
    assert "Scan 64" in {one.value for one in said}
    after = ears.segment(talk, half, at + len(big), COMMAND)
    assert {one.value for one in after} >= {"1.2.840.10008.5.1.4.1.1.2 scu"}


def test_all_streams_together_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "MOST_IN_ALL", 50_000)
    ears = Listening()
    for number in range(200):
        talk, half = begin((40000 + number, 2575))
        for step in range(2):
            ears.segment(talk, half, step * 800, (MESSAGE[:-2] + bytes(2000))[step * 800 : step * 800 + 800])
    assert ears.held <= 52_000
    assert ears.held == sum(half.stream.held() for half in ears.streams if half.stream)
    assert ears.given_up > 0


def test_what_was_silent_longest_makes_room_and_is_read_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "MOST_IN_ALL", 20_000)
    ears = Listening()
    first, old = begin((40000, 2575))
    cut = MESSAGE[:-2]
    ears.segment(first, old, 0, cut)
    for number in range(1, 300):
        ears.segment(*begin((40000 + number, 2575)), 0, cut)
        assert ears.held <= 20_000 + len(cut)
    assert old.stream is not None
    assert old.stream.held() == 0
    assert ears.segment(first, old, 5000, b"\r\x1c\r") == []
    assert "ORU^R01" in {one.value for one in ears.segment(first, old, 5003, MESSAGE)}


def test_what_was_silent_for_long_is_not_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "MOST_IN_ALL", 20_000)
    monkeypatch.setattr(listening, "SILENT", 50)
    ears = Listening()
    for number in range(300):
        ears.segment(*begin((40000 + number, 2575)), 0, MESSAGE[:-2])
        for _ in range(60):
            ears.segment(*begin((40000, 9999)), 0, MESSAGE)
    assert ears.given_up == 0


def test_a_broken_unit_is_counted_and_what_came_before_stays() -> None:
    ears = Listening()
    talk, half = begin((40000, 53), UDP)
    answer = message(0x8180, b"", ("a", 1, b"\x0a\0\0\1"), ("b", 1, b"\x0a\0\0\2"))[:-3]
    assert ears.datagram(talk, half, answer)[0].value == "dns server"
    assert ears.broken == {"dns": 1}


def test_a_unit_whose_length_is_not_known_yet_is_read_once_it_ends() -> None:
    ears = Listening()
    talk, half = begin((40000, 2575))
    assert ears.segment(talk, half, 0, MESSAGE[:60]) == []
    assert {one.value for one in ears.segment(talk, half, 60, MESSAGE[60:])} >= {"ABL90^REA"}


def test_no_more_of_a_unit_is_waited_for_than_its_module_reads() -> None:
    ears = Listening()
    talk, half = begin((40000, 2575))
    reach = DISSECTORS["hl7"].reach
    endless = MESSAGE[:-2] + b"OBX|1|NM|x||1\r" * 1000
    said = ears.segment(talk, half, 0, endless[: reach + 1])
    assert {one.value for one in said} >= {"ABL90^REA"}
    assert ears.held == 0


def test_a_length_that_lies_by_far_ends_a_direction() -> None:
    ears = Listening()
    talk, half = begin((40000, 104))
    ears.segment(talk, half, 0, REQUEST)
    ears.segment(talk, half, len(REQUEST), b"\4\0\xff\xff\xff\xff" + bytes(DISSECTORS["dicom"].reach))
    assert (half.units, half.stream, ears.held) == (-1, None, 0)


def test_a_direction_that_begins_no_unit_any_more_is_left_alone() -> None:
    ears = Listening()
    talk, half = begin((40000, 104))
    at = len(REQUEST)
    ears.segment(talk, half, 0, REQUEST)
    for number in range(listening.MOST_LOST):
        assert half.units == 1, number
        ears.segment(talk, half, at, b"\x99" * 200)
        at += 200
    assert (half.units, half.stream, ears.held) == (-1, None, 0)


def test_the_same_unit_is_read_once_and_said_again() -> None:
    ears = Listening()
    found = []
    for number in range(3):
        talk, half = begin((40000 + number, 2575))
        found.append([(one.trait, one.value) for one in ears.segment(talk, half, 0, MESSAGE)])
    assert found[0]
    assert found[0] == found[1] == found[2]
    assert len(ears.remembered) == 1


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "MOST_REMEMBERED", 5)
    ears = Listening()
    for number in range(9):
        talk, half = begin((40000 + number, 2575))
        ears.segment(talk, half, 0, MESSAGE.replace(b"ABL90", b"ABL9%d" % number))
    assert len(ears.remembered) == 5


def test_a_later_message_says_what_it_says_alone() -> None:
    ears = Listening()
    talk, half = begin((40000, 2575))
    assert ears.message(talk, MESSAGE, True) == []
    ears.segment(talk, half, 0, MESSAGE)
    assert "ABL77^REA" in {one.value for one in ears.message(talk, MESSAGE.replace(b"ABL90", b"ABL77"), True)}
    assert ears.message(talk, b"something else", True) == []


def test_names_of_the_link_are_told_from_others_by_their_port() -> None:
    ears = Listening()
    question = bytes.fromhex("000000000001000000000000") + b"\x04name\x05local\0\0\1\0\1"
    for port, service in ((5353, "mdns"), (53, "dns"), (5355, "llmnr"), (9999, "dns")):
        found = ears.recognise(question, "udp", 40000, port)
        assert found is not None and found.service == service
