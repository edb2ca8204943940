"""Asked by CUPS' ipptool 2.4, answered by its ippeveprinter as a Kyocera; of its answer, a few attributes."""

import pytest

from hygie.wire import ipp
from wire.hostile import said, survives

ASKS = (
    b"POST /ipp/print HTTP/1.1\r\n"
    b"Content-Length: 170\r\n"
    b"Content-Type: application/ipp\r\n"
    b"Date: Tue, 24 Nov 2026 01:30:11 GMT\r\n"
    b"Host: localhost:48631\r\n"
    b"User-Agent: CUPS/2.4.2 (Linux 6.18.44-fc-v669; x86_64) IPP/2.0\r\n"
    b"Accept-Encoding: deflate, gzip, identity\r\n"
    b"Expect: 100-continue\r\n"
    b"\r\n"
)
HEAD = (
    b"HTTP/1.1 200 OK\r\n"
    b"Connection: Keep-Alive\r\n"
    b"Content-Length: 341\r\n"
    b"Content-Type: application/ipp\r\n"
    b"Date: Tue, 24 Nov 2026 01:30:11 GMT\r\n"
    b"Keep-Alive: timeout=10\r\n"
    b"Accept-Encoding: gzip, deflate, identity\r\n"
    b"Server: CUPS/2.4.2\r\n"
    b"X-Frame-Options: DENY\r\n"
    b"Content-Security-Policy: frame-ancestors 'none'\r\n"
    b"\r\n"
)
BODY = bytes.fromhex(
    "020000000001cc3d01470012617474726962757465732d6368617273657400057574662d3848001b617474726962757465732d6e617475"
    "72616c2d6c616e67756167650002656e044100117072696e7465722d6465766963652d6964002b4d46473a4b796f636572613b4d444c3a"
    "45434f535953205033313435646e3b434d443a5057472c5552463b41000c7072696e7465722d696e666f000e447572616e64207072696e"
    "7465724100107072696e7465722d6c6f636174696f6e000e4368616d62726520447572616e644100167072696e7465722d6d616b652d61"
    "6e642d6d6f64656c00164b796f636572612045434f535953205033313435646e42000c7072696e7465722d6e616d65000e447572616e64"
    "207072696e7465724500157072696e7465722d7572692d737570706f72746564001f6970703a2f2f6c6f63616c686f73743a3438363331"
    "2f6970702f7072696e7403"
)
ANSWER = HEAD + BODY
KYOCERA = {
    ("sender", "http_server", "CUPS/2.4.2"),
    ("sender", "clinical_kind", "printer"),
    ("sender", "manufacturer", "Kyocera"),
    ("sender", "product", "ECOSYS P3145dn"),
}


def attribute(name: bytes, value: bytes, tag: bytes = b"\x41") -> bytes:
    return tag + len(name).to_bytes(2, "big") + name + len(value).to_bytes(2, "big") + value


def answer(*attributes: bytes, server: bytes = b"KM-MFP-http/V0.0.1") -> bytes:
    body = BODY[:8] + b"\x01\x04" + b"".join(attributes) + b"\x03"
    head = b"HTTP/1.1 200 OK\r\nServer: %b\r\nContent-Type: application/ipp\r\nContent-Length: %d\r\n\r\n"
    return head % (server, len(body)) + body


MODEL = attribute(b"printer-make-and-model", b"Lexmark MS610dn")
OWN = attribute(b"printer-uri-supported", b"ipp://10.9.0.7:631/ipp/print", b"\x45")
QUEUE = attribute(b"printer-uri-supported", b"ipp://10.9.0.7:631/printers/MS610", b"\x45")


def test_what_a_printer_is() -> None:
    assert said(ipp.DISSECTOR, ANSWER) == KYOCERA
    more = attribute(b"printer-firmware-string-version", b"LW75.PRL.P210") + attribute(
        b"printer-serial-number", b"4514ABC"
    )
    assert said(ipp.DISSECTOR, answer(MODEL, more, OWN)) == {
        ("sender", "http_server", "KM-MFP-http/V0.0.1"),
        ("sender", "clinical_kind", "printer"),
        ("sender", "product", "Lexmark MS610dn"),
        ("sender", "firmware_version", "LW75.PRL.P210"),
        ("sender", "serial_number", "4514ABC"),
    }


def test_a_print_server_is_no_printer() -> None:
    for unit in (answer(MODEL, QUEUE), answer(MODEL, OWN, server=b"CUPS/2.4 IPP/2.1")):
        assert not any(row[1] in ("product", "clinical_kind") for row in said(ipp.DISSECTOR, unit))


def test_names_of_people_and_places_are_not_said() -> None:
    assert b"Durand" in BODY
    assert "durand" not in str(said(ipp.DISSECTOR, ANSWER)).lower()
    assert said(ipp.DISSECTOR, ASKS) == {("sender", "http_user_agent", "CUPS/2.4.2")}


def test_lengths_that_lie_let_no_name_in() -> None:
    longer = BODY.replace(b"\x00\x2bMFG:", b"\x00\x60MFG:")
    assert longer != BODY
    for unit in (HEAD + longer, HEAD.rstrip(b"\r\n") + BODY):
        assert ipp.looks_like(unit)
        assert "durand" not in str(said(ipp.DISSECTOR, unit)).lower()


def test_units_and_ends() -> None:
    assert (ipp.sender(ASKS), ipp.sender(ANSWER), ipp.sender(b"x")) == ("client", "server", "")
    assert ipp.length(ASKS + b"body") == len(ASKS)
    assert ipp.length(ANSWER + ANSWER) == len(ANSWER)
    assert not ipp.looks_like(ASKS.replace(b"application/ipp", b"text/html"))
    with pytest.raises(ValueError, match="no head"):
        ipp.length(BODY)


def test_hostile() -> None:
    survives(ipp.DISSECTOR, [ASKS, ANSWER, answer(MODEL, OWN)])
