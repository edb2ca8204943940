import re
from pathlib import Path

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


def test_every_root_says_how_it_was_confirmed() -> None:
    for known in (*dicom.ROOTS.values(), *dicom.VERSIONS.values()):
        assert known.source in dicom.SOURCES
        assert 0.5 < known.confidence <= 1.0


def test_roots_that_nothing_confirms_name_nobody() -> None:
    assert dicom.implementation("1.2.410.200001.1.1185") is None
    assert dicom.implementation("1.2.392.200036.9107.307") is None
    assert dicom.implementation("1.2.3", "ORTHANC") is None


def test_roots_of_toolkits_are_those_that_they_send(root: Path) -> None:
    """What DCMTK sent in the example's recordings."""
    capture = b"".join(file.read_bytes() for file in sorted((root / "examples" / "hospital").rglob("*.pcap*")))
    sent = set(re.findall(rb"1\.2\.276\.0\.7230010\.3\.0\.[\d.]+", capture))
    assert sent
    assert {dicom.implementation(uid.decode()) for uid in sent} == {dicom.ROOTS["1.2.276.0.7230010.3"]}
