"""The frames of one message were encoded by astm 0.5 (package astm_2025); the other headers are written as several
makers' analysers write theirs. Numbers are invented."""

import pytest

from hygie.wire import DISSECTORS, astm
from wire.hostile import said, survives

FRAME = b"\x021H|\\^&||S3cret|XN-10^00-08^11001|||||||P|E1394-97|20240322101112\r\x0379\r\n"
WHOLE = (
    b"\x05\x021H|\\^&|||ARCHITECT^8.10^F3453010030^H1P1O1R1C1Q1L1|||||||P|1|2024\rP|1||123456||DURAND^Marie\r\x0351\r\n"
)
BARE = b"H|\\^&|||cobas6000^1|||||host|RSUPL^BATCH|P|1\r"
PATIENT = b"\x022P|1|123456|||DURAND^Marie\r\x036E\r\n"


def test_who_sends() -> None:
    assert said(astm.DISSECTOR, FRAME) == {
        ("sender", "product", "XN-10"),
        ("sender", "software_version", "00-08"),
        ("sender", "serial_number", "11001"),
    }
    assert said(astm.DISSECTOR, WHOLE) == {
        ("sender", "product", "ARCHITECT"),
        ("sender", "software_version", "8.10"),
        ("sender", "serial_number", "F3453010030"),
    }
    assert said(astm.DISSECTOR, BARE) == {("sender", "product", "cobas6000")}


def test_never_passwords_patients_and_what_is_no_name() -> None:
    assert said(astm.DISSECTOR, PATIENT) == set()
    assert not astm.looks_like(PATIENT)
    for name in (b"LIS", b"host1", b"12", b"iPad de Marie", b""):
        assert said(astm.DISSECTOR, FRAME.replace(b"XN-10^00-08^11001", name)) == set()


def test_units() -> None:
    assert astm.length(WHOLE) == 1
    assert astm.length(WHOLE[1:] + b"\x04") == len(WHOLE) - 1
    assert astm.length(FRAME[:40]) == 0
    assert astm.length(BARE + b"P|1") == len(BARE)
    assert astm.length(b"\x06\x06") == 2
    with pytest.raises(ValueError, match="no frame"):
        astm.length(b"P|1|123456|||DURAND^Marie\r")
    with pytest.raises(ValueError, match="cut short"):
        said(astm.DISSECTOR, b"\x021H|\\")


def test_content_is_enough_and_needed() -> None:
    for unit in (FRAME, WHOLE, BARE, b"\x0b" + BARE):
        assert [name for name, row in DISSECTORS.items() if "tcp" in row.carriers and row.looks_like(unit)] == ["astm"]
    assert not astm.looks_like(b"HTTP/1.1 200 OK\r\n")
    assert not astm.looks_like(b"H|||||||")
    assert not astm.looks_like(b"\x021H|||||")


def test_hostile() -> None:
    survives(astm.DISSECTOR, [FRAME, WHOLE, BARE])
