import struct

import pytest

from hygie.wire import Way, dicom
from wire.hostile import said, survives

CT, MR, MWL, FIND, ECHO = (
    "1.2.840.10008.5.1.4.1.1.2",
    "1.2.840.10008.5.1.4.1.1.4",
    "1.2.840.10008.5.1.4.31",
    "1.2.840.10008.5.1.4.1.2.2.1",
    "1.2.840.10008.1.1",
)
IMPLICIT = b"1.2.840.10008.1.2"


def item(kind: int, body: bytes) -> bytes:
    return struct.pack(">BxH", kind, len(body)) + body


def context(number: int, uid: str) -> bytes:
    return item(0x20, bytes((number, 0, 0, 0)) + item(0x30, uid.encode()) + item(0x40, IMPLICIT))


def association(kind: int, items: bytes, uid: bytes, version: bytes, extra: bytes = b"") -> bytes:
    user = item(0x50, item(0x51, struct.pack(">I", 16384)) + item(0x52, uid) + item(0x55, version) + extra)
    body = b"\0\1\0\0" + b"PACS1".ljust(16) + b"CT01".ljust(16) + bytes(32)
    body += item(0x10, dicom.APPLICATION) + items + user
    return struct.pack(">BxI", kind, len(body)) + body


def pdu(*parts: tuple[int, bytes]) -> bytes:
    body = b"".join(struct.pack(">IBB", len(data) + 2, 1, control) + data for control, data in parts)
    return struct.pack(">BxI", 4, len(body)) + body


def implicit(group: int, number: int, value: bytes) -> bytes:
    value += b"" if len(value) % 2 == 0 else b" "
    return struct.pack("<HHI", group, number, len(value)) + value


def explicit(group: int, number: int, form: bytes, value: bytes) -> bytes:
    value += b"" if len(value) % 2 == 0 else b" "
    if form == b"SQ":
        return struct.pack("<HH2sHI", group, number, form, 0, 0xFFFFFFFF) + value
    return struct.pack("<HH2sH", group, number, form, len(value)) + value


REQUEST = association(
    1, context(1, CT) + context(3, MWL) + context(5, ECHO), b"1.2.276.0.7230010.3.0.3.6.7", b"OFFIS_DCMTK_367"
)
ACCEPT = association(
    2,
    item(0x21, b"\1\0\0\0" + item(0x40, IMPLICIT)) + item(0x21, b"\3\0\3\0" + item(0x40, IMPLICIT)),
    b"1.2.840.113619.6.999",
    b"GE_ARCHIVE_1",
)
STORE = implicit(0, 2, CT.encode()) + implicit(0, 0x100, b"\1\0") + implicit(0, 0x110, b"\1\0")
OBJECT = (
    implicit(8, 5, b"ISO_IR 100")
    + implicit(8, 0x16, CT.encode())
    + implicit(8, 0x18, b"1.2.3")
    + implicit(8, 0x60, b"CT")
    + implicit(8, 0x70, b"Example Imaging")
    + implicit(8, 0x80, b"CHU de Nulle Part")
    + implicit(8, 0x1010, b"CT01_A")
    + implicit(8, 0x1090, b"Scan 64")
    + implicit(0x10, 0x10, b"DURAND^Marie")
    + implicit(0x10, 0x20, b"123456")
    + implicit(0x18, 0x1000, b"SN77")
    + implicit(0x18, 0x1020, b"V2.1")
)
SPOKEN = explicit(8, 0x16, b"UI", CT.encode()) + explicit(8, 0x70, b"LO", b"Example Imaging")
NESTED = explicit(
    8,
    0x1140,
    b"SQ",
    struct.pack("<HHI", 0xFFFE, 0xE000, 0xFFFFFFFF)
    + explicit(8, 0x1155, b"UI", b"1.2")
    + struct.pack("<HHI", 0xFFFE, 0xE00D, 0)
    + struct.pack("<HHI", 0xFFFE, 0xE0DD, 0),
)
CLOSING = explicit(0x10, 0x10, b"PN", b"DURAND^Marie") + explicit(0x18, 0x1020, b"LO", b"V2.1")
STORED = pdu((2, OBJECT))
COMMAND = pdu((3, STORE))
OFFIS = ("sender", "dicom_implementation_uid", "1.2.276.0.7230010.3.0.3.6.7")


def test_what_a_request_says_of_both_ends() -> None:
    assert said(dicom.DISSECTOR, REQUEST) == {
        ("sender", "ae_title", "CT01"),
        ("receiver", "ae_title", "PACS1"),
        OFFIS,
        ("sender", "dicom_implementation_version", "OFFIS_DCMTK_367"),
        ("sender", "dicom_sop_class", f"{CT} scu"),
        ("sender", "dicom_sop_class", f"{MWL} scu"),
        ("sender", "dicom_sop_class", f"{ECHO} scu"),
        ("sender", "dicom_role", "modality"),
    }


def test_an_acceptance_tells_what_both_agreed_on() -> None:
    found = said(dicom.DISSECTOR, ACCEPT, Way("tcp", sender="server", opening=REQUEST))
    assert found == {
        ("sender", "dicom_implementation_uid", "1.2.840.113619.6.999"),
        ("sender", "dicom_implementation_version", "GE_ARCHIVE_1"),
        ("sender", "manufacturer", "GE Healthcare"),
        ("sender", "ae_title", "PACS1"),
        ("receiver", "dicom_sop_class", f"{CT} scu"),
        ("receiver", "dicom_role", "modality"),
        ("sender", "dicom_sop_class", f"{CT} scp"),
        ("sender", "dicom_role", "archive"),
    }


def test_an_answer_alone_claims_no_title() -> None:
    assert not [one for one in said(dicom.DISSECTOR, ACCEPT) if one[1] in ("ae_title", "dicom_sop_class")]


def test_a_swapped_role_turns_the_parts() -> None:
    swap = item(0x54, struct.pack(">H", len(CT)) + CT.encode() + b"\0\1")
    request = association(1, context(1, CT), b"1.2.3", b"X", swap)
    assert ("sender", "dicom_sop_class", f"{CT} scp") in said(dicom.DISSECTOR, request)
    assert ("sender", "dicom_role", "archive") in said(dicom.DISSECTOR, request)


def test_a_toolkits_default_list_tells_nothing() -> None:
    many = b"".join(context(2 * n + 1, f"1.2.840.10008.5.1.4.1.1.{n + 1}") for n in range(40))
    found = said(dicom.DISSECTOR, association(1, many, b"1.2.3", b"X"))
    assert not [one for one in found if one[1] in ("dicom_sop_class", "dicom_role")]


def test_a_command_names_the_class_in_use() -> None:
    assert said(dicom.DISSECTOR, COMMAND) == {
        ("sender", "dicom_sop_class", f"{CT} scu"),
        ("receiver", "dicom_sop_class", f"{CT} scp"),
        ("sender", "dicom_role", "modality"),
        ("receiver", "dicom_role", "archive"),
    }
    answer = pdu((3, implicit(0, 2, FIND.encode()) + implicit(0, 0x100, b"\x20\x80")))
    assert said(dicom.DISSECTOR, answer) == set()


def test_five_words_of_a_stored_object_and_nothing_of_the_patient() -> None:
    assert said(dicom.DISSECTOR, STORED) == {
        ("sender", "dicom_modality", "CT"),
        ("sender", "manufacturer", "Example Imaging"),
        ("sender", "dicom_station_name", "CT01_A"),
        ("sender", "product", "Scan 64"),
        ("sender", "serial_number", "SN77"),
        ("sender", "software_version", "V2.1"),
    }


@pytest.mark.parametrize("data", [SPOKEN + NESTED + CLOSING, SPOKEN + CLOSING])
def test_explicit_representations_and_sequences(data: bytes) -> None:
    assert said(dicom.DISSECTOR, pdu((2, data))) == {
        ("sender", "manufacturer", "Example Imaging"),
        ("sender", "software_version", "V2.1"),
    }


def test_the_identifier_of_a_query_is_not_read() -> None:
    query = implicit(8, 0x52, b"STUDY") + implicit(8, 0x70, b"Wanted") + implicit(0x10, 0x10, b"DURAND^Marie")
    assert said(dicom.DISSECTOR, pdu((2, query))) == set()


def test_units() -> None:
    assert dicom.length(REQUEST + b"rest") == len(REQUEST)
    assert dicom.length(REQUEST[:5]) == 0
    with pytest.raises(ValueError, match="no PDU"):
        dicom.length(b"\x16\3\1\0\0\0")
    assert (dicom.sender(REQUEST), dicom.sender(ACCEPT), dicom.sender(STORED)) == ("client", "server", "")


def test_hostile() -> None:
    survives(
        dicom.DISSECTOR,
        [REQUEST, ACCEPT, STORED, COMMAND, pdu((2, SPOKEN + NESTED + CLOSING))],
        [Way("tcp", opening=REQUEST)],
    )
