"""Laid out by HP's manual of the language: no software that answers as a printer was at hand."""

import pytest

from hygie.wire import Way, jetdirect
from wire.hostile import said, survives

JOB = (
    b'\x1b%-12345X@PJL SET USERNAME="DURAND"\r\n@PJL JOB NAME="Ordonnance Marie Durand"\r\n@PJL ENTER LANGUAGE=PCL\r\n'
)
ASKS = b"\x1b%-12345X@PJL INFO ID\r\n@PJL INFO PRODINFO\r\n\x1b%-12345X"
IDENTIFIED = b'@PJL INFO ID\r\n"HP LaserJet 4250"\r\n\x0c'
BROTHER = b'@PJL INFO ID\r\n"Brother HL-5250DN series:8C5-B15:Ver.1.10"\r\n\x0c'
LISTED = (
    b'@PJL INFO PRODINFO\r\nProductName = "HP LaserJet 4250"\r\nFormatterNumber = "Q3652"\r\n'
    b'ProductSerialNumber = "CNRXD12345"\r\nServiceID = 20157\r\nFirmwareDateCode = 20050831\r\n\x0c'
)
SERVER, CLIENT = Way("tcp", sender="server"), Way("tcp", sender="client")


def test_what_a_printer_is() -> None:
    kind = ("sender", "clinical_kind", "printer")
    assert said(jetdirect.DISSECTOR, IDENTIFIED, SERVER) == {kind, ("sender", "product", "HP LaserJet 4250")}
    assert said(jetdirect.DISSECTOR, BROTHER, SERVER) == {kind, ("sender", "product", "Brother HL-5250DN series")}
    assert said(jetdirect.DISSECTOR, LISTED, SERVER) == {
        kind,
        ("sender", "product", "HP LaserJet 4250"),
        ("sender", "serial_number", "CNRXD12345"),
        ("sender", "firmware_version", "20050831"),
    }


def test_what_is_printed_and_by_whom_is_not_said() -> None:
    for way in (SERVER, CLIENT, Way("tcp")):
        assert said(jetdirect.DISSECTOR, JOB, way) == said(jetdirect.DISSECTOR, ASKS, way) == set()
    assert said(jetdirect.DISSECTOR, IDENTIFIED, CLIENT) == set()


def test_units_and_ends() -> None:
    assert [jetdirect.sender(unit) for unit in (JOB, ASKS, IDENTIFIED, LISTED)] == [
        "client",
        "client",
        "server",
        "server",
    ]
    assert jetdirect.sender(b"@PJL INFO ID\r\n") == ""
    assert jetdirect.length(JOB) == len(JOB)
    assert jetdirect.length(b"@PJL") == 0
    with pytest.raises(ValueError, match="no command"):
        jetdirect.length(b"Ordonnance pour Marie")


def test_hostile() -> None:
    survives(jetdirect.DISSECTOR, [JOB, ASKS, IDENTIFIED, BROTHER, LISTED], [SERVER])
