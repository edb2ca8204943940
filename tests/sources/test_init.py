import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hostile import content
from hygie import sources
from hygie.model.evidence import Evidence, Refusal, Speaker, Trait
from hygie.model.seams import Given, Input, Reader
from hygie.sources.opening import files, upload
from hygie.words import catalogue
from spreadsheets import source

GIVEN = Given("local", "R1")


def reason(data: bytes) -> str:
    found = sources.reader_of(source(data))
    assert isinstance(found, Refusal)
    assert found.whole
    return found.reason


def test_what_nothing_recognises_says_what_to_do() -> None:
    assert reason(b"") == "refusal.empty"
    assert reason(b"%PDF-1.7 ...") == "refusal.pdf"
    assert reason(b"Rar!\x1a\x07\x00") == "refusal.archive"
    assert reason(b"\x89PNG\r\n\x1a\n") == "refusal.image"
    assert reason(b"{\\rtf1 abc}") == "refusal.document"
    assert reason(b'{"a": 1}') == "refusal.json"
    assert reason(b'{"a": 1}\n{"a": 2}\n{"a"') == "refusal.json"
    assert reason(b'{"a": ') in ("refusal.damaged", "refusal.truncated")
    assert reason(b"Bonjour.\n") == "refusal.unknown"
    assert reason(b"a;b;c\n1;2;3\n4;5;6\n") == "refusal.header"


def breaking(error: Exception) -> Reader:
    def read(item: Input, given: Given) -> Iterator[Any]:
        yield Evidence(given.reading, "device:x", Trait.IP, "10.1.1.1", "10.1.1.1", "line 3")
        raise error

    def recognises(item: Input) -> bool:
        raise error

    return Reader("test", 1, recognises, read, snapshot=False, speaker=Speaker.HOSPITAL)


def test_rows_before_the_damage_stay() -> None:
    found = list(sources.read(content(b"x"), breaking(EOFError()), GIVEN))
    assert [type(row) for row in found] == [Evidence, Refusal]
    assert (found[1].place, found[1].reason, found[1].whole, found[1].reading) == (
        "line 3",
        "refusal.truncated",
        False,
        "R1",
    )


def test_a_reader_that_breaks_while_recognising_is_a_refusal(monkeypatch: Any) -> None:
    monkeypatch.setitem(sources.READERS, "test", breaking(ValueError("refusal.nul")))
    assert reason(b"\x00\x01\x02") == "refusal.nul"


def test_nothing_else_is_caught() -> None:
    class Failure(Exception):  # noqa: N818
        pass

    try:
        list(sources.read(content(b"x"), breaking(Failure()), GIVEN))
    except Failure:
        return
    raise AssertionError


def test_a_cut_archive_gives_its_rows_and_a_refusal() -> None:
    text = "N° inventaire;Désignation\n" + "".join(f"BM{n};Lit {n * 7919 % 1000}\n" for n in range(3000))
    (one,) = upload("parc.csv.gz", gzip.compress(text.encode())[:-10])
    found = sources.reader_of(one)  # type: ignore[arg-type]
    assert not isinstance(found, Refusal)
    (told,) = sources.read(one, found, GIVEN)  # type: ignore[arg-type]
    assert (told.reason, told.whole) == ("refusal.truncated", True)


def test_tables_come_last_and_kinds_are_told_apart() -> None:
    kinds = list(sources.READERS)
    assert kinds.index("csaf") < kinds.index("epss") < kinds.index("mds2") < kinds.index("gmao")
    assert {kind: reader.kind for kind, reader in sources.READERS.items()} == {kind: kind for kind in kinds}


def test_every_file_of_the_example_is_read(hospital: Path) -> None:
    unread = []
    for one in files([hospital]):
        found = one if isinstance(one, Refusal) else sources.reader_of(one)
        if isinstance(found, Refusal):
            unread.append((one.name, found.reason))
    assert unread == []


def test_every_refusal_has_words(root: Path) -> None:
    import re

    used = set()
    for file in (root / "src" / "hygie" / "sources").rglob("*.py"):
        used |= set(re.findall(r'"(refusal\.[a-z0-9_.]+[a-z0-9])"', file.read_text(encoding="utf-8")))
    for language in ("fr", "en"):
        assert used - set(catalogue(language)) - {"refusal.key"} == set()


def test_damaged_examples_are_refused_with_their_reason(root: Path) -> None:
    expected = {
        "gmao-coupe.xlsx": "refusal.truncated", "gmao-nuls.csv": "refusal.nul",
        "gmao-sans-entete.csv": "refusal.header",
        "inconnu.bin": "refusal.unknown",
    }  # fmt: skip
    for name, told in expected.items():
        (one,) = files([root / "examples" / "damaged" / name])
        found = one if isinstance(one, Refusal) else sources.reader_of(one)
        assert isinstance(found, Refusal)
        assert found.reason == told
