import os
from pathlib import Path

import pytest

from hygie.model.fleet import Zone
from hygie.store import UnsafeFolderError, open_workspace

ONE = Zone("Z1", "local", "one", "10.0.0.0/24", "", "", "plan")
TWO = Zone("Z2", "local", "two", "10.0.1.0/24", "", "", "plan")


def test_only_the_owner_may_look(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        with open_workspace(tmp_path / "w", write=True) as store:
            store.keep("register", "1", {"zone": [ONE]})
            store.write("report.html", b"x")
            inside = list((tmp_path / "w").rglob("*"))
            assert {f.name for f in inside} >= {"hygie.db", "hygie.db-wal", "lock", "report.html"}
            assert {f.stat().st_mode & 0o777 for f in inside if f.is_file()} == {0o600}
            assert {f.stat().st_mode & 0o777 for f in inside if f.is_dir()} == {0o700}
    finally:
        os.umask(old)


@pytest.mark.parametrize("name", ["with space", "à côté", "what?x=1#y", "it's"])
def test_any_name_will_do(tmp_path: Path, name: str) -> None:
    for _ in range(2):
        with open_workspace(tmp_path / name, write=True) as store:
            store.keep("register", "1", {"zone": [ONE]})
            assert store.rows("zone") == [ONE]
    assert [f.name for f in tmp_path.iterdir()] == [name]


def test_a_name_that_is_no_text_is_refused(tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9"))
    with pytest.raises(UnsafeFolderError) as error, open_workspace(folder, write=True):
        pass
    assert error.value.args == ("workspace.name", str(tmp_path / "caf\ufffd"))


def test_an_empty_database_is_no_workspace(tmp_path: Path) -> None:
    (tmp_path / "hygie.db").touch()
    with pytest.raises(FileNotFoundError), open_workspace(tmp_path, write=False):
        pass
    with open_workspace(tmp_path, write=True) as store:
        assert store.readings() == []


def test_a_reader_sees_one_moment_while_a_writer_writes(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "w", write=True) as writer:
        writer.keep("register", "1", {"zone": [ONE]})
        with open_workspace(tmp_path / "w", write=False) as reader:
            assert reader.fingerprint("register") == "1"
            writer.keep("register", "2", {"zone": [TWO]})
            assert reader.fingerprint("register") == "1"
            assert reader.rows("zone") == [ONE]
            assert writer.rows("zone") == [TWO]
        with open_workspace(tmp_path / "w", write=False) as reader:
            assert reader.rows("zone") == [TWO]
        assert len(list((tmp_path / "w" / "parts").iterdir())) == 2
    with open_workspace(tmp_path / "w", write=True):
        assert len(list((tmp_path / "w" / "parts").iterdir())) == 1
