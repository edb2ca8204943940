import pytest

from hygie.facts import oui
from hygie.wire import Way, hl7
from wire.hostile import said, survives

MESSAGE = (
    b"\x0bMSH|^~\\&|ABL90^1.2.3^ISO|REA|DPI|CHU|20240322101500||ORU^R01^ORU_R01|77|P|2.5.1\r"
    b"PID|1||123456^^^CHU||DURAND^Marie||19500101|F\rOBX|1|NM|pH||7.31\r\x1c\r"
)


def test_the_header_alone() -> None:
    assert said(hl7.DISSECTOR, MESSAGE) == {
        ("sender", "hl7_application", "ABL90^REA"),
        ("receiver", "hl7_application", "DPI^CHU"),
        ("sender", "hl7_message", "ORU^R01"),
        ("sender", "hl7_version", "2.5.1"),
    }


def test_the_security_field_is_never_said() -> None:
    secret = b"\x0bMSH|^~\\&|A|B|C|D|2024|passw0rd|ACK|1|P|2.3\r\x1c\r"
    assert not [one for one in said(hl7.DISSECTOR, secret) if "passw0rd" in one[2]]


def test_other_delimiters() -> None:
    odd = b"\x0bMSH$#~\\&$LIS#x$LAB$$$20240101$$ADT#A01$1$P$2.3\r\x1c\r"
    assert ("sender", "hl7_message", "ADT^A01") in said(hl7.DISSECTOR, odd)


PCD = (
    b"\x0bMSH|^~\\&|GATEWAY_7^080019FFFE3ED02D^EUI-64|CHU|CIS^00A037009A0053DE^EUI-64||20240322||ORU^R01^ORU_R01|374|P|"
    b"2.6|||AL|NE||UNICODE UTF-8|||IHE_PCD_001^IHE PCD^1.3.6.1.4.1.19376.1.6.1.1.1^ISO\r"
    b"PID|||1^^^CHU||DURAND^Marie\r\x1c\r"
)
"""Written after IHE Devices TF-2, PCD-01."""


def test_a_device_that_ihe_knows() -> None:
    assert said(hl7.DISSECTOR, PCD) == {
        ("sender", "hl7_application", "GATEWAY_7^CHU"),
        ("sender", "mac", "08:00:19:3e:d0:2d"),
        ("sender", "manufacturer", oui.maker("08:00:19:00:00:00")),
        ("sender", "role", "device observation reporter"),
        ("sender", "hl7_message", "ORU^R01"),
        ("sender", "hl7_version", "2.6"),
        ("receiver", "hl7_application", "CIS"),
        ("receiver", "manufacturer", oui.maker("00:a0:37:00:00:00")),
    }


def test_a_unit_ends_with_its_block() -> None:
    assert hl7.length(MESSAGE + b"\x0bMSH") == len(MESSAGE)
    assert hl7.length(MESSAGE[:50]) == 0
    with pytest.raises(ValueError, match="no block"):
        hl7.length(b"PID|1||DURAND")
    with pytest.raises(ValueError, match="no MSH"):
        list(hl7.dissect(b"\x0bPID|1||DURAND^Marie", Way("tcp")))


def test_hostile() -> None:
    survives(hl7.DISSECTOR, [MESSAGE, PCD])
