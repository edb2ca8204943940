"""Rows as the stages see them: of the readings that count, and what stages gave."""

from pathlib import Path

import pytest

from door import FLEET, TODAY, assess, gmao, read
from hygie.ground import Ground
from hygie.store import open_workspace


def test_only_what_counts_is_seen(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    file = tmp_path / "in" / "gmao.csv"
    file.write_bytes(gmao())
    read(tmp_path / "w", file, dated="2026-01-01")
    file.write_bytes(gmao(*FLEET[:1]))
    read(tmp_path / "w", file, dated="2026-02-01")
    with open_workspace(tmp_path / "w", write=False) as store:
        ground = Ground(store, TODAY)
        assert {e.reading for e in ground["evidence"]} == {r.id for r in ground.readings}
        serials = {e.value for e in ground.chosen("evidence", "trait", ["serial_number"])}
        assert ground.superseded == 1
        assert len(serials) == 1
        with pytest.raises(LookupError):
            ground["unheard"]


def test_what_a_stage_gave_is_seen_and_kept_apart(tmp_path: Path) -> None:
    (tmp_path / "gmao.csv").write_bytes(gmao())
    assess(tmp_path / "w", tmp_path / "gmao.csv")
    with open_workspace(tmp_path / "w", write=False) as store:
        ground = Ground(store, TODAY)
        devices = ground["device"]
        assert devices
        ground["device"].clear()
        assert ground["device"] == devices
        ground.take({"device": []})
        assert ground["device"] == []


def test_a_fingerprint_follows_the_rows_and_what_stands_before(tmp_path: Path) -> None:
    (tmp_path / "gmao.csv").write_bytes(gmao())
    read(tmp_path / "w", tmp_path / "gmao.csv")
    with open_workspace(tmp_path / "w", write=False) as store:
        ground = Ground(store, TODAY)
        one = ground.fingerprint(("evidence", "device"), {"device": "1"})
        assert one == Ground(store, TODAY).fingerprint(("evidence", "device"), {"device": "1"})
        assert one != ground.fingerprint(("evidence", "device"), {"device": "2"})
        empty = ground.fingerprint(("flow",), {})
    (tmp_path / "gmao.csv").write_bytes(gmao(*FLEET[:1]))
    read(tmp_path / "w", tmp_path / "gmao.csv", dated="2026-02-01")
    with open_workspace(tmp_path / "w", write=False) as store:
        ground = Ground(store, TODAY)
        assert one != ground.fingerprint(("evidence", "device"), {"device": "1"})
        assert empty == ground.fingerprint(("flow",), {})
