from pathlib import Path

from door import small
from hygie import walk
from hygie.ground import Ground
from hygie.model.knowledge import Vulnerability
from hygie.pictured import best, pictured
from hygie.serve.clock import SystemClock
from hygie.store import open_workspace


def record(source: str, modified: str = "2026-01-01", reading: str = "r") -> Vulnerability:
    return Vulnerability(reading, "CVE-2026-1", source, "/0", "", "", modified=modified)


def test_one_record_of_a_vulnerability_is_shown() -> None:
    newer = record("cve5", "2026-02-01", "s")
    rows = [record("nvd", "2026-03-01"), record("cve5"), record("csaf", "2026-04-01"), newer]
    assert best(rows) == best(rows[::-1]) == {"CVE-2026-1": newer}


def test_the_picture_is_the_same_from_the_store_and_from_what_stages_gave(hospital: Path, tmp_path: Path) -> None:
    folder = small(tmp_path / "in", hospital)
    with open_workspace(tmp_path / "w", write=True) as store:
        terms = walk.Terms()
        outcome = walk.assess(store, [str(folder)], terms, SystemClock("2026-08-20"), lambda *_: None)
        assert outcome.ground is not None
        there = pictured(outcome.ground)
        assert pictured(Ground(store, store.recall("as_of"))) == there
    assert there.devices
    assert there.as_of == "2026-08-20"
