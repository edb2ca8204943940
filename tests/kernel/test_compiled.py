import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from hygie.kernel import compiled

needs_numba = pytest.mark.skipif(not compiled.HERE, reason="numba is not installed")


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "hygie" / "kernel"


def test_the_folder_is_made_for_this_user_alone(cache: Path) -> None:
    assert compiled.folder() == cache
    assert cache.stat().st_mode & 0o777 == 0o700
    assert compiled.folder() == cache


@pytest.mark.parametrize("mode", [0o720, 0o702, 0o777])
def test_a_folder_that_others_can_write_is_not_used(cache: Path, mode: int) -> None:
    cache.mkdir(parents=True)
    cache.chmod(mode)
    assert compiled.folder() is None


def test_a_folder_of_somebody_else_is_not_used(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.mkdir(parents=True, mode=0o700)
    monkeypatch.setattr(os, "getuid", lambda: cache.stat().st_uid + 1)
    assert compiled.folder() is None


def test_a_folder_that_cannot_be_made_is_none(cache: Path) -> None:
    cache.parent.write_bytes(b"a file in its place")
    assert compiled.folder() is None


def test_without_a_home_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.delenv("HOME", raising=False)
    assert compiled.folder() is None
    monkeypatch.setenv("HOME", "")
    assert compiled.folder() is None


def test_home_is_taken_where_no_other_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert compiled.folder() == tmp_path / ".cache" / "hygie" / "kernel"


def test_without_numba_a_function_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "numba", None)

    def twice(value: int) -> int:
        return 2 * value

    assert compiled.compiled(twice) is twice


@needs_numba
def test_bounds_are_checked() -> None:
    @compiled.compiled
    def at(values: np.ndarray, place: int) -> int:
        return values[place]

    assert at(np.arange(4), 3) == 3
    with pytest.raises(IndexError):
        at(np.arange(4), 4)


@needs_numba
@pytest.mark.parametrize(("mode", "kept"), [(0o700, True), (0o722, False)])
def test_compiled_code_is_kept_in_a_private_folder_only(tmp_path: Path, mode: int, kept: bool) -> None:
    folder = tmp_path / "hygie" / "kernel"
    folder.mkdir(parents=True)
    folder.chmod(mode)
    code = "import numpy as np; from hygie.kernel.hashing import stir; print(stir(np.int64(1), np.int64(2)))"
    env = {**os.environ, "XDG_CACHE_HOME": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
    out = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert int(out.stdout)
    assert bool([file for file in tmp_path.rglob("*") if file.is_file()]) is kept


@needs_numba
def test_code_whose_parts_changed_is_compiled_anew(tmp_path: Path) -> None:
    """numba looks at the file of a function only, not at those of the functions that it calls."""
    room = tmp_path / "src" / "hygie" / "kernel"
    room.mkdir(parents=True)
    for folder in (room, room.parent):
        folder.joinpath("__init__.py").write_bytes(b"")
    room.joinpath("compiled.py").write_bytes(Path(compiled.__file__).read_bytes())
    room.joinpath("whole.py").write_text(
        "from hygie.kernel.compiled import compiled\nfrom hygie.kernel.part import part\n\n"
        "@compiled\ndef whole(value):\n    return part(value)\n"
    )
    env = {**os.environ, "XDG_CACHE_HOME": str(tmp_path), "PYTHONPATH": str(tmp_path / "src")}
    for added in (1, 100):
        room.joinpath("part.py").write_text(
            f"from hygie.kernel.compiled import compiled\n\n@compiled\ndef part(value):\n    return value + {added}\n"
        )
        code = "from hygie.kernel.whole import whole; print(whole(7))"
        out = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
        assert int(out.stdout) == 7 + added
    assert [file for file in tmp_path.rglob("*.nbi") if file.is_file()]


def editions(folder: Path, days: list[int], mine: str = "f" * 16) -> Path:
    """Folders of compiled code that were used so many days ago; the path of one more."""
    folder.mkdir(parents=True)
    now = folder.stat().st_mtime
    for number, ago in enumerate(days):
        made = folder / f"{number:016x}"
        (made / "inner").mkdir(parents=True)
        (made / "inner" / "loop.nbc").write_bytes(b"code")
        os.utime(made, (now - ago * 86_400,) * 2)
    return folder / mine


def left(folder: Path) -> list[int]:
    return sorted(int(path.name, 16) for path in folder.iterdir() if path.name != "f" * 16)


def test_what_nobody_has_used_for_long_is_removed(cache: Path) -> None:
    room = editions(cache, [1, 3, 6, 8, 400, 40])
    compiled.sweep(room)
    assert left(cache) == [0, 1, 2]
    assert room.is_dir()


def test_the_last_ones_stay_however_old(cache: Path) -> None:
    compiled.sweep(editions(cache, [100, 200, 300, 400]))
    assert left(cache) == [0, 1, 2]  # with the one that is used now, four


def test_what_another_installation_uses_stays(cache: Path) -> None:
    room = editions(cache, [1, 1, 1, 1, 1, 90])
    compiled.sweep(cache / f"{5:016x}")
    compiled.sweep(room)
    assert left(cache) == [0, 1, 2, 3, 4, 5]


def test_only_folders_of_compiled_code_are_removed(cache: Path, tmp_path: Path) -> None:
    room = editions(cache, [1, 1, 1, 1])
    mine, elsewhere = cache / "letters", tmp_path / "elsewhere"
    for folder in (mine, elsewhere, cache / ("kernel_" + "a" * 40)):
        folder.mkdir()
        (folder / "one").write_bytes(b"1")
        os.utime(folder, (0, 0))
    (cache / ("e" * 16)).symlink_to(elsewhere)
    compiled.sweep(room)
    assert (mine / "one").exists()
    assert (elsewhere / "one").exists()
    assert not (cache / ("kernel_" + "a" * 40)).exists()


def test_where_nothing_may_be_written_nothing_is_removed(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = editions(cache, [1, 2, 3, 30, 40, 50])

    def refuses(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "utime", refuses)
    compiled.sweep(room)
    assert left(cache) == [0, 1, 2, 3, 4, 5]


@needs_numba
def test_each_start_marks_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "hygie" / "kernel"
    editions(folder, [9, 9, 9, 9, 9])
    code = "import hygie.kernel.hashing"
    env = {**os.environ, "XDG_CACHE_HOME": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
    folder.chmod(0o700)
    subprocess.run([sys.executable, "-c", code], env=env, check=True)
    assert len(list(folder.iterdir())) == compiled.FEWEST
    assert (folder / compiled._edition()).is_dir()
