from hygie.wire import snmp
from wire.hostile import ber, oid, said, survives


def v2(tag: int, *bindings: bytes, version: int = 1) -> bytes:
    pdu = ber(tag, ber(2, b"\1"), ber(2, b"\0"), ber(2, b"\0"), ber(0x30, *bindings))
    return ber(0x30, ber(2, bytes((version,))), ber(4, b"s3cret-community"), pdu)


def binding(name: str, value: bytes) -> bytes:
    return ber(0x30, oid(name), value)


ANSWER = v2(
    snmp.RESPONSE,
    binding("1.3.6.1.2.1.1.1.0", ber(4, b"Example ZD421 V93.21")),
    binding("1.3.6.1.2.1.1.2.0", oid("1.3.6.1.4.1.10642.1")),
    binding("1.3.6.1.2.1.1.4.0", ber(4, b"Mme Martin, 01 23 45 67 89")),
    binding("1.3.6.1.2.1.1.5.0", ber(4, b"IMP-URG-3")),
    binding("1.3.6.1.2.1.47.1.1.1.1.11.1", ber(4, b"SN123")),
)
ENGINE = b"\x80\x00\x1f\x88\x03" + bytes.fromhex("001122334455")
REPORT = ber(
    0x30,
    ber(2, b"\3"),
    ber(0x30, ber(2, b"\1"), ber(2, b"\5\0"), ber(4, b"\0"), ber(2, b"\3")),
    ber(4, ber(0x30, ber(4, ENGINE), ber(2, b"\0"), ber(2, b"\0"), ber(4, b"jdupont"), ber(4), ber(4))),
    ber(0x30, ber(4, ENGINE), ber(4), ber(snmp.REPORT, ber(2, b"\1"), ber(2, b"\0"), ber(2, b"\0"), ber(0x30))),
)


def test_an_answer() -> None:
    assert said(snmp.DISSECTOR, ANSWER) == {
        ("sender", "cleartext_protocol", "snmp v2c"),
        ("sender", "snmp_description", "Example ZD421 V93.21"),
        ("sender", "snmp_object_id", "1.3.6.1.4.1.10642.1"),
        ("sender", "host_name", "IMP-URG-3"),
        ("sender", "serial_number", "SN123"),
    }
    assert snmp.sender(ANSWER) == "server"


def test_a_request_says_nothing_but_its_version() -> None:
    request = v2(snmp.GET, binding("1.3.6.1.2.1.1.1.0", ber(5)), version=0)
    assert said(snmp.DISSECTOR, request) == {
        ("sender", "cleartext_protocol", "snmp v1"),
    }
    assert snmp.sender(request) == "client"


def test_the_engine_of_version_three() -> None:
    assert said(snmp.DISSECTOR, REPORT) == {
        ("sender", "snmp_object_id", "1.3.6.1.4.1.8072"),
        ("sender", "mac", "00:11:22:33:44:55"),
    }


def test_communities_users_and_contacts_are_never_said() -> None:
    for unit in (ANSWER, REPORT):
        text = " ".join(value for _, _, value in said(snmp.DISSECTOR, unit))
        assert not any(word in text for word in ("s3cret", "jdupont", "Martin"))


def test_hostile() -> None:
    survives(snmp.DISSECTOR, [ANSWER, REPORT])
