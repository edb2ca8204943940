import re

from hygie.facts import dicom


def test_the_longest_root_wins() -> None:
    found = dicom.implementation("1.2.276.0.7230010.3.0.3.6.7", "OFFIS_DCMTK_367")
    assert found is not None and found.toolkit and found.name == "OFFIS DCMTK"
    maker = dicom.implementation("1.2.840.113619.6.281")
    assert maker is not None and not maker.toolkit and maker.name == "GE Healthcare"
    assert dicom.implementation("1.2.840.1136190.6") is None


def test_the_version_name_helps_where_the_root_does_not() -> None:
    found = dicom.implementation("1.2.3.4", "dcm4che-5.31.0")
    assert found is not None and found.name == "dcm4che"
    assert dicom.implementation("1.2.3.4", "UNHEARD_OF") is None


def test_roles() -> None:
    assert dicom.roles("1.2.840.10008.5.1.4.1.1.2") == ("modality", "archive")
    assert dicom.roles("1.2.840.10008.5.1.4.1.1.88.11") == ("workstation", "archive")
    assert dicom.roles("1.2.840.10008.5.1.4.31") == ("modality", "worklist")
    assert dicom.roles("1.2.840.10008.5.1.1.9") == ("workstation", "printer")
    assert dicom.roles("1.2.840.10008.1.1") == ("", "")


def test_tables_are_sound() -> None:
    uid = re.compile(r"[0-9]+(\.[0-9]+)+")
    parts = {"modality", "archive", "worklist", "printer", "workstation"}
    assert all(uid.fullmatch(root) and 0 < row.confidence <= 1 for root, row in dicom.ROOTS.items())
    assert all(uid.fullmatch(sop) and set(both) <= parts for sop, both in dicom.ROLES.items())
    assert all(start == start.upper() for start in dicom.VERSIONS)
