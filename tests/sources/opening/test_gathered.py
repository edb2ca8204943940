import gc
import io
import json
import struct
import zipfile
from pathlib import Path
from zipfile import BadZipFile

import pytest

from hostile import flips
from hygie.model.evidence import Refusal
from hygie.sources.opening import UNREADABLE, Content, Limits, again, documents, gathered, upload


def packed(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


def record(number: int) -> bytes:
    return json.dumps({"cveMetadata": {"cveId": f"CVE-2024-{number}"}}, indent=2).replace("\n", "\r\n").encode()


def members(count: int) -> dict[str, bytes]:
    return {f"list-main/cves/2024/{n // 1000}xxx/CVE-2024-{n}.json": record(n) for n in range(10_000, 10_000 + count)}


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathered, "FEWEST", 5)


def opened(data: bytes, limits: Limits = Limits()) -> list[Content | Refusal]:  # noqa: B008
    return list(upload("list.zip", data, limits))


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_many_records_are_one_content_one_a_line(method: int) -> None:
    data = packed(members(40), method)
    (one,) = opened(data)
    assert isinstance(one, Content)
    assert one.name == "list.zip"
    assert [json.loads(line)["cveMetadata"]["cveId"] for line in documents.lines(one) if line] == [
        f"CVE-2024-{n}" for n in range(10_000, 10_040)
    ]
    (again,) = opened(data)
    assert isinstance(again, Content)
    assert one.sha256() == again.sha256()
    (other,) = opened(packed(members(41), method))
    assert isinstance(other, Content)
    assert other.sha256() != one.sha256()


@pytest.mark.usefixtures("few")
def test_what_else_is_in_it_is_told_by_name_and_number() -> None:
    found = opened(packed({"README.md": b"# x", "a/": b"", **members(9), "../CVE-2024-1111.json": b"{}"}))
    assert isinstance(found[0], Content)
    assert isinstance(found[1], Refusal)
    assert len(found) == 2
    assert (found[1].name, found[1].reason) == ("list.zip/README.md", "refusal.beside")
    assert found[1].args == ("count=2", "names=README.md, ../CVE-2024-1111.json")
    with documents_of(found[0]) as stream:
        assert stream.read(10**6).count(b"\n") == 9


def documents_of(one: Content | Refusal) -> io.BufferedIOBase:
    assert isinstance(one, Content)
    return one.open()  # type: ignore[return-value]


@pytest.mark.usefixtures("few")
def test_a_zip_within_a_zip_is_read_alike() -> None:
    found = opened(packed({"cves.zip": packed(members(9))}))
    assert [one.name for one in found] == ["list.zip/cves.zip"]
    assert documents_of(found[0]).read().count(b"\n") == 9


def test_a_few_records_stay_contents_of_their_own() -> None:
    assert len(opened(packed(members(30)))) == 30


@pytest.mark.usefixtures("few")
def test_limits() -> None:
    (told,) = opened(packed(members(9)), Limits(documents=8))
    assert isinstance(told, Refusal)
    assert told.reason == "refusal.members"
    bomb = {**members(9), "CVE-2024-99999.json": bytes(gathered.DOCUMENT + 1)}
    (one,) = opened(packed(bomb))
    stream = documents_of(one)
    assert stream.read(1 << 20).count(b"\n") == 9
    with pytest.raises(ValueError, match=r"refusal\.large"):
        stream.read(1)
    (one,) = opened(packed({f"CVE-2024-{n}.json": bytes(200_000) for n in range(1000, 1100)}), Limits(free=10**6))
    with pytest.raises(ValueError, match=r"refusal\.bomb"):
        list(documents.lines(one))  # type: ignore[arg-type]


def test_a_member_that_says_less_than_it_holds_is_damage() -> None:
    data = bytearray(packed({"CVE-2024-1000.json": b"x" * 1000}))
    at = data.index(b"PK\x01\x02")
    struct.pack_into("<L", data, at + 24, 10)
    file = io.BytesIO(bytes(data))
    (entry,) = gathered.entries(file, gathered.directory(file))
    with pytest.raises(BadZipFile, match="checksum"):
        gathered.document(file, entry)
    with pytest.raises(ValueError, match=r"refusal\.encrypted"):
        gathered.document(file, entry._replace(flags=1))
    with pytest.raises(NotImplementedError):
        gathered.document(file, entry._replace(method=12))
    with pytest.raises(BadZipFile, match="header"):
        gathered.document(file, entry._replace(offset=1))


def test_the_directory_is_the_one_that_others_read() -> None:
    data = packed(members(3000))
    file = io.BytesIO(data)
    found = gathered.directory(file)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        theirs = [(i.filename, i.CRC, i.compress_size, i.file_size, i.header_offset) for i in archive.infolist()]
    assert [(e.name, e.crc, e.packed, e.size, e.offset) for e in gathered.entries(file, found)] == theirs
    assert found.entries == 3000


def test_numbers_of_64_bits_are_read() -> None:
    extra = struct.pack("<2HB", 9, 1, 0) + struct.pack("<2H3Q", 1, 24, 5_000_000_000, 4, 1 << 33)
    head = struct.pack(
        "<4s6H3L5H2L",
        b"PK\x01\x02", 45, 45, 0, 8, 0, 0, 7, 0xFFFFFFFF, 0xFFFFFFFF, 1, len(extra), 0, 0, 0, 0, 0xFFFFFFFF,
    )  # fmt: skip
    data = head + b"x" + extra
    (entry,) = gathered.entries(io.BytesIO(data), gathered.Directory(0, len(data), 1))
    assert (entry.size, entry.packed, entry.offset) == (5_000_000_000, 4, 1 << 33)


@pytest.mark.usefixtures("few")
def test_damage_is_told_and_breaks_nothing() -> None:
    data = packed(members(9))
    cuts = [data[:end] for end in range(0, len(data), 7)]
    for damaged in (*cuts, *flips(data, 300)):
        for one in opened(damaged):
            if isinstance(one, Content):
                try:
                    list(documents.lines(one))
                except UNREADABLE as error:
                    assert not isinstance(error, MemoryError)
            else:
                assert one.whole


@pytest.mark.usefixtures("few")
def test_it_is_found_again_by_name_in_another_process(tmp_path: Path) -> None:
    path = tmp_path / "list.zip"
    path.write_bytes(packed(members(9)))
    one = again(str(path), str(path))
    gc.collect()
    assert len([line for line in documents.lines(one) if line]) == 9
    assert one.path == str(path)
