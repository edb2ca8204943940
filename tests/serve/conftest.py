"""A workspace of few files, and one of the whole example, each made once."""

from pathlib import Path

import pytest

from door import assess, small


@pytest.fixture(scope="session")
def little(tmp_path_factory: pytest.TempPathFactory, hospital: Path) -> Path:
    """Workspace of a small hospital; tests that change it take a copy."""
    folder = tmp_path_factory.mktemp("little")
    assess(folder / "w", small(folder / "in", hospital))
    return folder / "w"


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory, hospital: Path) -> Path:
    """Workspace of the example hospital."""
    folder = tmp_path_factory.mktemp("whole")
    assess(folder / "w", hospital)
    return folder / "w"
