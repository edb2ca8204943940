"""One run of the main job on the example, for all comparisons with the truth."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from hygie import walk
from hygie.model.evidence import Refusal
from hygie.serve.clock import SystemClock
from hygie.sources.series import Terms
from hygie.store import Ledger, open_workspace
from truth.comparing import Comparison

AS_OF = "2026-08-20"


class Run(NamedTuple):
    """What the main job left."""

    store: Ledger
    comparison: Comparison
    ground: walk.Ground
    paths: list[str]


def quiet(*_: object) -> None:
    """Progress that nobody looks at."""


def assess(store: Ledger, *paths: Path | str) -> walk.Outcome:
    """The main job, on the day of the truth."""
    return walk.assess(store, [str(p) for p in paths], Terms(), SystemClock(AS_OF), quiet)


@pytest.fixture(scope="session")
def run(hospital: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """The example hospital, assessed."""
    with open_workspace(tmp_path_factory.mktemp("assessed") / "workspace", True) as store:
        assess(store, hospital)
        yield Run(store, Comparison(walk.picture(store)), walk.Ground(store, AS_OF), [str(hospital)])


@pytest.fixture(scope="session")
def damaged(root: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Refusal]:
    """What is refused of the broken files."""
    with open_workspace(tmp_path_factory.mktemp("damaged") / "workspace", True) as store:
        return assess(store, root / "examples" / "damaged").refusals
