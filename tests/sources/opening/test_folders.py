import io
import os
import sys
from pathlib import Path

import pytest

from hygie.model.evidence import Refusal
from hygie.sources.opening import Content, Limits, files, upload


def names(paths: list[Path], **more: object) -> list[str]:
    found = files(paths, **more)  # type: ignore[arg-type]
    return [f"{one.reason} {Path(one.name).name}" if isinstance(one, Refusal) else Path(one.name).name for one in found]


def test_folders_are_walked_in_order_and_hidden_files_told(tmp_path: Path) -> None:
    for name in ("b.csv", "a/z.csv", "a/y.csv", ".hidden", "~$b.xlsx", "Thumbs.db", "skip/s.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found = list(files([tmp_path], without=[tmp_path / "skip"]))
    assert [Path(one.name).name for one in found] == ["y.csv", "z.csv", "b.csv", tmp_path.name]
    told = found[-1]
    assert isinstance(told, Refusal)
    assert told.reason == "refusal.hidden"
    assert told.args[0] == "count=3"
    first = found[0]
    assert isinstance(first, Content)
    assert first.path == str(tmp_path / "a" / "y.csv")


def test_links_to_folders_end(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.csv").write_text("x")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert names([tmp_path]) == ["refusal.loop loop", "x.csv", "refusal.loop b"]


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    (tmp_path / "empty").write_bytes(b"")
    assert names([tmp_path, tmp_path / "missing"]) == [
        "empty",
        "refusal.absent gone",
        "refusal.special pipe",
        "refusal.absent missing",
    ]
    assert names([tmp_path / "empty"], limits=Limits(size=-1)) == ["refusal.limit empty"]


def test_what_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(path: Path, mode: str) -> io.BytesIO:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "x").write_text("x")
    monkeypatch.setattr(Path, "open", closed)
    assert names([tmp_path]) == ["refusal.permission x"]


def test_standard_input_may_be_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    data = b"a;b\n" * 50_000

    class Stdin:
        buffer = io.BytesIO(data)

    monkeypatch.setattr(sys, "stdin", Stdin)
    for one in files(["-"], Limits(kept=1000)):
        assert isinstance(one, Content)
        assert (one.name, one.path, one.size) == ("-", "", -1)
        assert one.bytes() == data
        assert one.size == len(data)
        assert one.open().read(3) == b"a;b"


def test_uploads_have_no_path_and_a_harmless_name() -> None:
    (one,) = upload("a\x1b[0m.csv", b"a;b\n")
    assert isinstance(one, Content)
    assert (one.name, one.path) == ("a\ufffd[0m.csv", "")
