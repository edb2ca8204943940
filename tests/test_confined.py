"""The side that reads without rights: the same rows as with them, and nothing else within reach."""

import os
import shutil
import threading
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest

from hygie import batches, confined
from hygie.jobs.pool import Pool
from hygie.model.evidence import Reading, Speaker
from hygie.model.seams import Given
from hygie.sources.intake import PASSING
from hygie.sources.opening import again
from hygie.sources.series import Terms
from hygie.store import Part, Parts
from hygie.streams import Came

WHEN = "2026-09-01T00:00:00Z"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "parts").mkdir()
    return tmp_path / "parts"


def passage(out: Path, kind: str = "pcap") -> bytes:
    return msgspec.msgpack.encode(confined.Passage(str(out), "pipe", kind, Terms(), WHEN))


def came(out: Path, content: bytes, kind: str = "pcap") -> Came:
    """What the function makes of a stream, here."""
    there, here = os.pipe()

    def fill() -> None:
        with os.fdopen(here, "wb") as sink, suppress(BrokenPipeError):
            sink.write(content)

    writer = threading.Thread(target=fill)
    writer.start()
    try:
        return msgspec.msgpack.decode(confined.take(passage(out, kind), [there]), type=Came)
    finally:
        os.close(there)
        writer.join()


def file(path: Path) -> confined.File:
    item = again(str(path), str(path))
    reading = Reading(
        "R1",
        "s",
        "local",
        "pcap",
        2,
        Speaker.OBSERVED,
        False,
        item.name,
        str(path),
        item.size,
        item.sha256(),
        "",
        WHEN,
        "",
    )
    return confined.File(str(path), item.name, item.size, reading, Given("local", "R1"))


def test_a_stream_is_identified_by_what_came(out: Path, hospital: Path) -> None:
    content = (hospital / "capture.pcap").read_bytes()
    told = came(out, content)
    assert told.reading is not None
    assert told.reading.sha256 == again(str(hospital / "capture.pcap"), str(hospital / "capture.pcap")).sha256()
    assert (told.reading.size, told.reading.stated, told.refusals) == (len(content), 1145, ())
    assert sum(part.rows for part in told.parts) == 1145
    assert {holder for part in told.parts for holder in part.holders} == {told.reading.id}
    assert told.reading.id == came(out, content).reading.id  # type: ignore[union-attr]
    assert told.reading.id != came(out, content[:-1]).reading.id  # type: ignore[union-attr]


@pytest.mark.parametrize("content", [b"", b"a;b\n1;2\n", b"\x1f\x8b\x08 damaged"])
def test_what_is_no_capture_is_refused(out: Path, content: bytes) -> None:
    told = came(out, content)
    assert told.reading is None
    assert told.parts == ()
    assert len(told.refusals) == 1


def test_parts_that_were_written_early_get_the_name_of_their_reading(out: Path) -> None:
    from hygie.model.evidence import Refusal

    parts = Parts(out)
    made = parts.keep("refusal", [Refusal(PASSING, "x", "offset 1", "refusal.damaged")] * 3)
    other = Part("other.parquet", "refusal", 1, {"R7": 1})
    named, same = confined.renamed(parts, [*made, other], "R9")
    assert same is other
    assert (named.rows, named.holders) == (3, {"R9": 3})
    assert set(parts.read([named.file])["reading"]) == {"R9"}
    assert [p.name for p in out.iterdir()] == [named.file]
    parts.close()


def test_one_that_cannot_be_read_says_why_and_two_end_the_process(out: Path, hospital: Path) -> None:
    good = file(hospital / "capture-rea.pcapng")
    other = confined.File(good.path, good.name, good.size, file(hospital / "capture.pcap").reading, good.given)
    told = msgspec.msgpack.decode(
        confined.answer(msgspec.msgpack.encode(confined.Request(str(out), (other,)))), type=batches.Answer
    )
    assert told.failed is not None
    assert (told.failed.reason, told.readings, told.parts) == ("refusal.changed", (), ())
    with pytest.raises(ValueError, match=r"refusal\.changed"):
        confined.answer(msgspec.msgpack.encode(confined.Request(str(out), (other, good))))


def test_a_large_capture_is_made_ready_for() -> None:
    assert confined.room(Path("/w"), 1000).ready == ""
    assert confined.room(Path("/w"), -1).ready == confined.room(Path("/w"), 1 << 40).ready == confined.READY


def test_without_rights_the_rows_are_the_same(out: Path, hospital: Path, tmp_path: Path) -> None:
    if not confined.possible():
        pytest.skip("kernel without Landlock")
    shutil.copyfile(hospital / "capture.pcap", tmp_path / "capture.pcap")
    asked = file(tmp_path / "capture.pcap")
    request = msgspec.msgpack.encode(confined.Request(str(out), (asked,)))
    here = msgspec.msgpack.decode(confined.answer(request), type=batches.Answer)
    with Pool(1) as pool:
        for size in (asked.size, -1):
            pool.submit(batches.TARGET, request, confined.room(out, size), [asked.path])
            (done,) = pool.rest()
            assert done.answer is not None
            there = msgspec.msgpack.decode(done.answer, type=batches.Answer)
            assert there.readings == here.readings
            parts = Parts(out)
            for kind in ("flow", "evidence", "coverage"):
                names = [[p.file for p in told.parts if p.kind == kind] for told in (here, there)]
                columns = sorted(parts.read(names[0]))
                hashes = [parts.fingerprints(some, columns) for some in names]
                assert hashes[0] == hashes[1]
            parts.close()
        pool.submit(batches.TARGET, request, confined.room(out, asked.size))  # not handed over: it may not be opened
        (done,) = pool.rest()
        assert done.answer is not None
        told = msgspec.msgpack.decode(done.answer, type=batches.Answer)
        assert told.failed is not None
        assert (told.readings, told.parts) == ((), ())


def test_a_reader_that_takes_too_much_memory_is_ended_with_a_refusal(
    out: Path, hospital: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wild(*_: object) -> None:
        raise MemoryError

    asked = file(hospital / "capture.pcap")
    monkeypatch.setattr(confined, "rows_of", wild)
    monkeypatch.setattr(confined, "streamed", wild)
    told = msgspec.msgpack.decode(
        confined.answer(msgspec.msgpack.encode(confined.Request(str(out), (asked,)))), type=batches.Answer
    )
    assert told.failed is not None
    assert (told.failed.reason, told.failed.args, told.readings) == ("refusal.memory", ("limit=2048",), ())
    streamed = came(out, (hospital / "capture.pcap").read_bytes())
    assert (streamed.reading, [one.reason for one in streamed.refusals]) == (None, ["refusal.memory"])
    with pytest.raises(MemoryError):
        confined.answer(msgspec.msgpack.encode(confined.Request(str(out), (asked, asked))))


@pytest.mark.parametrize("size", [25_000_000, -1])
def test_the_bound_on_memory_holds_in_the_process_that_reads(out: Path, hospital: Path, size: int) -> None:
    if not confined.possible():
        pytest.skip("kernel without Landlock")
    asked = file(hospital / "capture.pcap")
    request = msgspec.msgpack.encode(confined.Request(str(out), (asked,)))
    with Pool(1) as pool:
        for memory, reads in ((40 << 20, False), (confined.MOST_MEMORY, True)):
            room = confined.room(out, size if reads else asked.size)._replace(memory=memory)
            pool.submit(batches.TARGET, request, room, [asked.path])
            (done,) = pool.rest()
            told = done.answer and msgspec.msgpack.decode(done.answer, type=batches.Answer)
            assert bool(told and told.readings) == reads
            pool.dismiss()
