"""No software that speaks POCT1-A could be had: units are written after POCT01-A2, with invented values."""

import pytest

from hygie.wire import DISSECTORS, poct1a
from wire.hostile import said, survives

HELLO = (
    b'<?xml version="1.0" encoding="utf-8"?>\r\n<HEL.R01><HDR><HDR.control_id V="1"/><HDR.version_id V="POCT1"/></HDR>'
    b'<DEV><DEV.device_id V="00:06:66:00:22:A1"/><DEV.vendor_id V="EXA"/><DEV.model_id V="EX-200"/>'
    b'<DEV.serial_id V="00010387"/><DEV.manufacturer_name V="Example &amp; Sons"/><DEV.hw_version V="00.03.01"/>'
    b'<DEV.sw_version V=\'02.03.01\' SN="x"/><DEV.device_name V="Gaz REA"/>'
    b"<DCP><DCP.application_timeout V='100'/></DCP>"
    b"</DEV></HEL.R01>\r\n"
)
RESULT = (
    b'<OBS.R01><HDR><HDR.control_id V="27"/></HDR><SVC><PT><PT.patient_id V="123456"/><PT.name V="DURAND"/></PT>'
    b'<OPR><OPR.operator_id V="marie"/></OPR><DEV><DEV.serial_id V="DURAND"/></DEV></SVC></OBS.R01>'
)
OPERATORS = b'<OPL.R01><HDR/><OPR><OPR.operator_id V="5047"/><OPR.name V="marie"/></OPR></OPL.R01>'


def test_the_hello() -> None:
    assert said(poct1a.DISSECTOR, HELLO) == {
        ("sender", "manufacturer", "Example & Sons"),
        ("sender", "product", "EX-200"),
        ("sender", "serial_number", "00010387"),
        ("sender", "hardware_version", "00.03.01"),
        ("sender", "software_version", "02.03.01"),
        ("sender", "commercial_name", "Gaz REA"),
        ("sender", "mac", "00:06:66:00:22:a1"),
    }


def test_a_hello_that_says_less() -> None:
    short = (
        b'<HEL.R01 ><DEV><DEV.device_id V="000666FFFE0022A1"/><DEV.vendor_id V="PIX"/>'
        b'<DEV.device_name V="HemoScreen"/></DEV></HEL.R01>'
    )
    assert said(poct1a.DISSECTOR, short) == {
        ("sender", "manufacturer", "PIX"),
        ("sender", "product", "HemoScreen"),
        ("sender", "mac", "00:06:66:00:22:a1"),
    }


def test_nothing_of_patients_and_operators() -> None:
    assert said(poct1a.DISSECTOR, RESULT) == set()
    assert said(poct1a.DISSECTOR, OPERATORS) == set()
    behind = HELLO.replace(b"</DEV>", b"</DEV><OPR><DEV.serial_id V='marie'/></OPR>")
    assert said(poct1a.DISSECTOR, behind) == said(poct1a.DISSECTOR, HELLO)


def test_units() -> None:
    assert poct1a.length(HELLO + RESULT) == len(HELLO) - 2
    assert poct1a.length(b"\r\n" + RESULT) == len(RESULT) + 2
    assert poct1a.length(HELLO[:100]) == 0
    assert poct1a.length(b"<HEL") == 0
    assert (poct1a.sender(HELLO), poct1a.sender(RESULT)) == ("client", "")
    with pytest.raises(ValueError, match="no message"):
        poct1a.length(b"<html><body>" * 3)


def test_content_is_enough_and_needed() -> None:
    for unit in (HELLO, RESULT, OPERATORS):
        assert [name for name, row in DISSECTORS.items() if "tcp" in row.carriers and row.looks_like(unit)] == [
            "poct1a"
        ]
    assert not poct1a.looks_like(b"<OBS><PT/></OBS>")


def test_hostile() -> None:
    survives(poct1a.DISSECTOR, [HELLO, RESULT])
