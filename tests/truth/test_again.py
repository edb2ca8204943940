"""The same papers give the same workspace, whatever the order, the pieces and the number of times."""

import random
from pathlib import Path

import pytest

from hygie import walk
from hygie.serve.clock import SystemClock
from hygie.sources.series import Terms
from hygie.store import open_workspace
from truth.conftest import AS_OF, Run, assess, quiet


def read(store, *paths: Path) -> walk.Outcome:
    return walk.read(store, [str(p) for p in paths], Terms(), SystemClock(AS_OF), quiet)


@pytest.fixture(scope="module")
def files(hospital: Path) -> list[Path]:
    return sorted(p for p in hospital.rglob("*") if p.is_file())


def test_the_same_again_changes_nothing(run: Run, hospital: Path, files: list[Path]) -> None:
    before = run.store.digest()
    again = assess(run.store, hospital)
    assert (again.read, again.known) == ([], len(files))
    assert run.store.digest() == before


def test_its_own_answers_change_nothing(hospital: Path, run: Run, tmp_path: Path) -> None:
    """The workbooks that it writes for people to fill in are nothing new as long as nobody has."""
    with open_workspace(tmp_path / "workspace", True) as store:
        assess(store, hospital)
        walk.answer(store, walk.picture(store), "fr")
        assert assess(store, hospital).read == []
        assert store.digest() == run.store.digest()


@pytest.mark.parametrize("seed", [1, 2])
def test_files_in_any_order(run: Run, files: list[Path], tmp_path: Path, seed: int) -> None:
    mixed = list(files)
    random.Random(seed).shuffle(mixed)
    with open_workspace(tmp_path / "workspace", True) as store:
        assess(store, *mixed)
        assert store.digest() == run.store.digest()


def test_files_one_by_one(run: Run, files: list[Path], tmp_path: Path) -> None:
    """Also with results computed halfway."""
    mixed = list(files)
    random.Random(3).shuffle(mixed)
    with open_workspace(tmp_path / "workspace", True) as store:
        for file in mixed[: len(mixed) // 2]:
            read(store, file)
        walk.compute(store, AS_OF, quiet)
        for file in mixed[len(mixed) // 2 :]:
            read(store, file)
        walk.compute(store, AS_OF, quiet)
        assert store.digest() == run.store.digest()
