"""What leaves: the same bytes each time, and nothing that traffic cannot say."""

import io
import zipfile

import msgspec

from handmade import row
from hygie.exports.observations import MARKED, Parcel, file_name, lines, write
from hygie.model.evidence import Evidence, Reading, Trait
from hygie.model.observed import COLUMNS, MANIFEST, MARK, PREFIX, SIGNATURE, Manifest

ONE = row(Reading, id="R1", name="/home/jdupont/span.pcap", path="/home/jdupont/span.pcap", kind="pcap", author="J. D.")
SAID = [
    row(Evidence, reading="R1", subject=f"device:ip=10.0.0.{n}", trait=Trait.IP, value=f"10.0.0.{n}") for n in (2, 1)
]


def written(*parcels: Parcel) -> bytes:
    out = io.BytesIO()
    assert write(out, parcels, "bloc-1", "KEY", "2026-09-01T00:00:00Z", lambda data: data[:64]).parts == len(parcels)
    return out.getvalue()


def test_a_part_is_the_same_in_whatever_order_its_rows_come() -> None:
    one, other = (written(Parcel(ONE, {"evidence": said})) for said in (SAID, SAID[::-1]))
    assert one == other


def test_the_mark_stands_first_and_what_is_signed_last() -> None:
    data = written(Parcel(ONE, {}))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == [MARK, "000001.jsonl", MANIFEST, SIGNATURE]
        assert archive.read(MARK) == MARKED
        manifest = archive.read(MANIFEST)
        assert archive.read(SIGNATURE) == (PREFIX + manifest)[:64]
        found = msgspec.json.decode(manifest, type=Manifest)
        assert (found.sensor, found.parts[0].size) == ("bloc-1", len(archive.read("000001.jsonl")))


def test_neither_paths_nor_authors_nor_other_traits_leave() -> None:
    remark = row(Evidence, reading="R1", subject="device:row=1", trait=Trait.REMARK, value="chambre de M. DUPONT")
    data = b"".join(lines(Parcel(ONE, {"evidence": [*SAID, remark]})))
    assert b"DUPONT" not in data and b"jdupont" not in data and b"J. D." not in data
    assert data.count(b"\n") == 3
    assert msgspec.json.decode(data.split(b"\n")[0])["rows"]["evidence"] == 2


def test_no_column_tells_the_sensors_own_reading() -> None:
    assert all("reading" not in names and "site" not in names for names in COLUMNS.values())


def test_a_file_name_keeps_the_archive_and_no_folder() -> None:
    assert file_name("/home/x/a.pcap") == "a.pcap"
    assert file_name("/home/x/week.zip/mon/a.pcap") == "week.zip/mon/a.pcap"
    assert file_name("C:\\Users\\x\\a.pcap") == "a.pcap"
    assert file_name("eth0 2026-09-01T10:00:00Z") == "eth0 2026-09-01T10:00:00Z"
    assert file_name("-") == "-"
