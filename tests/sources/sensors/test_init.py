"""Other sensors' files are recognised by content, add up, and are read once."""

from pathlib import Path

import pytest

from hygie.model.evidence import Reading, Speaker
from hygie.sources import READERS, intake, sensors
from hygie.sources.intake import Shelf
from hygie.sources.series import Terms
from sources.sensors.made import nfdump_file
from sources.sensors.test_netflow import FIFTH
from sources.sensors.test_nfdump import BLOCK
from sources.sensors.test_suricata import eve, flow
from sources.sensors.test_zeek import CONN

FILES = {"zeek": CONN, "suricata": eve(flow()), "netflow": FIFTH, "nfdump": nfdump_file(BLOCK)}
NEXT = {
    "zeek": CONN.replace(b"1786320000.5", b"1786320007.5"),
    "suricata": eve(flow(), flow()),
    "netflow": FIFTH + FIFTH,
    "nfdump": nfdump_file(BLOCK + BLOCK),
}


class Noon:
    def now(self) -> str:
        return "2026-08-10T12:00:00Z"

    def today(self) -> str:
        return "2026-08-10"


def handed(folder: Path, known: list[Reading]) -> list[tuple[Reading, bool]]:
    shelf = Shelf(Noon(), known, lambda _: {})
    return [(reading, rows is not None) for reading, rows in intake.intake([str(folder)], Terms(), shelf)]


def test_readers_add_up_and_speak_of_what_was_observed() -> None:
    assert set(sensors.READERS) == set(FILES) <= set(READERS)
    for reader in sensors.READERS.values():
        assert (reader.snapshot, reader.speaker) == (False, Speaker.OBSERVED)


@pytest.mark.parametrize("kind", FILES)
def test_the_same_file_again_adds_nothing_and_another_one_adds_up(kind: str, tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(FILES[kind])
    (tmp_path / "the same").write_bytes(FILES[kind])
    ((first, new), (again, more)) = handed(tmp_path, [])
    assert (first.kind, new, more, again.id) == (kind, True, False, first.id)
    assert first.stated and not first.refused
    (tmp_path / "the same").unlink()
    (tmp_path / "one").rename(tmp_path / "rotated")
    (tmp_path / "one").write_bytes(NEXT[kind])
    assert [(reading.kind, new) for reading, new in handed(tmp_path, [first])] == [(kind, True), (kind, False)]
