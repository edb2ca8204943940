import gzip
import io
import lzma
import random
import struct
import zipfile
from pathlib import Path

import pytest
import zstandard

from hostile import flips, truncations
from hygie.model.evidence import Refusal
from hygie.sources.opening import UNREADABLE, Content, Limits, upload

CSV = "N° inventaire;Désignation\n000123;Pompe\n".encode()
PACKED = {
    "gz": gzip.compress(CSV),
    "xz": lzma.compress(CSV),
    "zst": zstandard.compress(CSV),
    "two.gz": gzip.compress(CSV[:20]) + gzip.compress(CSV[20:]) + bytes(50),
    "two.zst": zstandard.compress(CSV[:20]) + zstandard.compress(CSV[20:]),
}


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


def opened(data: bytes, limits: Limits = Limits()) -> list[Content | Refusal]:  # noqa: B008
    return list(upload("x", data, limits))


def contents(found: list[Content | Refusal]) -> dict[str, bytes]:
    return {one.name: one.bytes() for one in found if isinstance(one, Content)}


def reasons(found: list[Content | Refusal]) -> dict[str, str]:
    return {one.name: one.reason for one in found if isinstance(one, Refusal)}


@pytest.mark.parametrize("kind", PACKED)
def test_streams_are_opened_by_content(kind: str) -> None:
    (one,) = opened(PACKED[kind])
    assert isinstance(one, Content)
    assert one.bytes() == CSV
    assert one.name == "x/x"
    assert one.path == ""
    assert one.size == len(CSV)
    (named,) = upload("parc.csv." + kind, PACKED[kind])
    assert named.name == f"parc.csv.{kind}/parc.csv" or "two" in kind


def test_members_of_a_zip_and_archives_within() -> None:
    inner = zipped({"b.csv": b"b", "c.csv.gz": gzip.compress(b"c")}, zipfile.ZIP_STORED)
    found = opened(zipped({"a/a.csv": CSV, "in.zip": inner, "empty/": b""}))
    assert contents(found) == {"x/a/a.csv": CSV, "x/in.zip/b.csv": b"b", "x/in.zip/c.csv.gz/c.csv": b"c"}
    assert contents(opened(gzip.compress(zipped({"a": b"1"})))) == {"x/x/a": b"1"}


def test_names_that_lead_out_are_refused() -> None:
    names = ("../../etc/passwd", "/etc/passwd", "..\\x", "C:\\x", "a/../../b")
    found = opened(zipped(dict.fromkeys(names, b"x")))
    assert set(reasons(found).values()) == {"refusal.traversal"}
    assert len(found) == len(names)


def test_encrypted_members_are_refused() -> None:
    data = bytearray(zipped({"a.csv": CSV}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    assert reasons(opened(bytes(data))) == {"x/a.csv": "refusal.encrypted"}


def test_an_encrypted_office_file_is_refused() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(400)
    assert reasons(opened(data)) == {"x": "refusal.encrypted"}


def test_bombs_are_stopped() -> None:
    limits = Limits(free=1_000_000)
    packed = (gzip.compress(bytes(10**7)), lzma.compress(bytes(10**7)), zstandard.compress(bytes(10**7), 19))
    for data in packed:
        (one,) = opened(data, limits)
        assert isinstance(one, Content)
        with pytest.raises(ValueError, match=r"refusal\.bomb"):
            one.bytes()
        assert one.sha256() == one.sha256()
    found = opened(zipped({f"{n}.bin": bytes(600_000) for n in range(4)}), limits)
    told = []
    for one in found:
        try:
            told.append(len(one.bytes()) if isinstance(one, Content) else 0)
        except ValueError as error:
            told.append(error.args[0])
    assert told == [600_000, *["refusal.bomb"] * 3]


def test_nesting_and_numbers_are_limited() -> None:
    data = CSV
    for _ in range(6):
        data = gzip.compress(data)
    assert reasons(opened(data)) == {"x/x/x/x/x": "refusal.depth"}
    many = zipped({f"{n}": b"" for n in range(30)})
    found = opened(many, Limits(members=20))
    assert len(contents(found)) == 20
    assert list(reasons(found).values()) == ["refusal.members"]
    lying = bytearray(zipped({"a": b"1"}))
    struct.pack_into("<L", lying, lying.rindex(b"PK\x05\x06") + 12, 0x7FFFFFFF)
    assert reasons(opened(bytes(lying))) == {"x": "refusal.members"}


def test_office_documents_stay_whole() -> None:
    book = zipped({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"})
    (one,) = opened(book)
    assert isinstance(one, Content)
    assert one.workbook
    (letter,) = opened(zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}))
    assert isinstance(letter, Content)
    assert not letter.workbook
    (sheet,) = opened(zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}))
    assert isinstance(sheet, Content)
    assert sheet.workbook


def test_rows_before_a_cut_stay(tmp_path: Path) -> None:
    chance = random.Random(1)
    lines = "".join(f"{chance.random()}\n" for _ in range(60_000)).encode()
    for packed in (gzip.compress(lines), lzma.compress(lines, preset=0)):
        path = tmp_path / "x"
        path.write_bytes(packed[: len(packed) // 2])
        (one,) = upload("x", path.read_bytes())
        assert isinstance(one, Content)
        got = b""
        with one.open() as stream:
            try:
                while chunk := stream.read(1000):
                    got += chunk
            except UNREADABLE:
                pass
        assert len(got) > len(lines) // 4
        assert lines.startswith(got)


@pytest.mark.parametrize("kind", [*PACKED, "zip"])
def test_damage_is_told_and_breaks_nothing(kind: str) -> None:
    data = PACKED.get(kind) or zipped({"a.csv": CSV, "b.csv": CSV * 3})
    for damaged in (*truncations(data), *flips(data, 300)):
        for one in opened(damaged):
            if isinstance(one, Content):
                one.sha256()
                try:
                    one.bytes()
                except UNREADABLE as error:
                    assert not isinstance(error, MemoryError)
            else:
                assert one.whole
