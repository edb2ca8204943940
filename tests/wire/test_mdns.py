from hygie.wire import mdns
from hygie.wire.codec import names
from wire.hostile import labels, message, said, survives


def text(*entries: bytes) -> bytes:
    return b"".join(bytes((len(e),)) + e for e in entries)


UNIT = message(
    0x8400,
    b"",
    ("_dicom._tcp.local", names.PTR, labels("US-LOGIQ-E10._dicom._tcp.local")),
    ("us-01.local", names.A, bytes((10, 20, 3, 4))),
    (
        "US-LOGIQ-E10._dicom._tcp.local",
        names.TXT,
        text(b"ty=Example U10", b"note=Salle du Dr Martin", b"fwversion=2.1"),
    ),
    number=0,
)


def test_what_is_announced() -> None:
    assert said(mdns.DISSECTOR, UNIT) == {
        ("sender", "mdns_service", "_dicom._tcp US-LOGIQ-E10"),
        ("sender", "host_name", "us-01"),
        ("sender", "product", "Example U10"),
        ("sender", "firmware_version", "2.1"),
    }


def test_personal_names_and_questions_are_not_said() -> None:
    personal = message(
        0x8400, b"", ("_airplay._tcp.local", names.PTR, labels("Marie's iPad._airplay._tcp.local")), number=0
    )
    assert said(mdns.DISSECTOR, personal) == {("sender", "mdns_service", "_airplay._tcp")}
    assert said(mdns.DISSECTOR, message(0, labels("someone.local"), number=0)) == set()


def test_a_reflector_speaks_for_others() -> None:
    both = message(
        0x8400,
        b"",
        ("a.local", names.A, bytes((10, 0, 0, 1))),
        ("b.local", names.A, bytes((10, 0, 0, 2))),
        number=0,
    )
    assert said(mdns.DISSECTOR, both) == {("10.0.0.1", "host_name", "a"), ("10.0.0.2", "host_name", "b")}


def test_hostile() -> None:
    survives(mdns.DISSECTOR, [UNIT])
