import signal
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from hygie.model.evidence import Decision, Evidence, Reading, Refusal, Speaker, Trait
from hygie.model.fleet import Zone
from hygie.store import LockHeldError, open_workspace
from hygie.store.ledger import Ledger


def reading(ident: str, **changes: object) -> Reading:
    base = Reading(
        ident, "local/gmao/x", "local", "gmao", 1, Speaker.HOSPITAL, True, f"{ident}.csv", f"/tmp/{ident}.csv", 10,
        "00" * 32, "2026-09-01", "2026-09-02T10:00:00Z", stated=2,
    )  # fmt: skip
    return replace(base, **changes)  # type: ignore[arg-type]


def rows(name: str, word: str = "SECRETWORD") -> dict[str, list[object]]:
    return {
        "evidence": [
            Evidence(name, "device:inv=1", Trait.SERIAL, word, word, "B2"),
            Evidence(name, "device:inv=2", Trait.SERIAL, f"{word}2", word, "B3"),
        ],
        "refusal": [Refusal(name, f"{name}.csv", "B9", "refusal.cell")],
    }


def test_what_is_added_comes_back(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "w", write=True) as store:
        store.add([(reading("R1"), rows("R1")), (reading("R2"), rows("R2"))])
        assert [r.id for r in store.readings()] == ["R1", "R2"]
        assert {e.reading for e in store.rows("evidence")} == {"R1", "R2"}
        assert {e.reading for e in store.rows("evidence", ["R2"])} == {"R2"}
        assert store.select("evidence", "subject", ["device:inv=2"])[0].value == "SECRETWORD2"
        assert store.holdings()["evidence"] == {"R1": 2, "R2": 2}
        with pytest.raises(LookupError):
            store.select("evidence", 'x" = 1 --', ["a"])
        with pytest.raises(LookupError):
            store.add([(reading("R3"), {"device": []})])


def test_the_digest_knows_neither_order_nor_clock(tmp_path: Path) -> None:
    digests = set()
    for name, order in (("a", ["R1", "R2"]), ("b", ["R2", "R1"])):
        with open_workspace(tmp_path / name, write=True) as store:
            for one in order:
                store.add([(reading(one, read_at=f"2026-{name}"), rows(one))])
            digests.add(store.digest())
            store.add([(reading("R1"), rows("R1"))])
            digests.add(store.digest())
    assert len(digests) == 1
    with open_workspace(tmp_path / "c", write=True) as store:
        store.add([(reading("R1"), rows("R1", "other")), (reading("R2"), rows("R2"))])
        assert store.digest() not in digests


def everything(folder: Path) -> bytes:
    return b"".join(f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file())


def test_forgetting_leaves_no_trace(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    with open_workspace(folder, write=True) as store:
        store.add([(reading("R1", name="tell-tale.csv"), rows("R1", "TELLTALE")), (reading("R2"), rows("R2"))])
        store.keep("register", "f1", {"zone": [Zone("Z", "local", "TELLTALE zone", "10.0.0.0/8", "", "", "plan")]})
        store.forget(["R1"])
        assert {e.reading for e in store.rows("evidence")} == {"R2"}
        assert store.rows("zone") == []
        assert store.fingerprint("register") == ""
        kept = next(r for r in store.readings() if r.id == "R1")
        assert (kept.forgotten, kept.name, kept.sha256, kept.dated) == (True, "", "", "2026-09-01")
    assert b"TELLTALE" not in everything(folder)
    assert b"tell-tale" not in everything(folder)
    assert b"SECRETWORD" in everything(folder)  # the other reading is still there


def test_a_word_that_is_only_repeated_goes_with_its_first(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "w", write=True) as store:
        store.add([(reading("R1"), {"decision": [Decision("R1", "q1", "TELLTALE", "A. Person", "")]})])
        repeated = Decision("R2", "q1", "TELLTALE", "A. Person", "", first="R1")
        store.add([(reading("R2"), {"decision": [repeated, Decision("R2", "q2", "kept", "B. Person", "")]})])
        store.forget(["R1"])
        assert [(d.reading, d.answer) for d in store.rows("decision")] == [("R2", "kept")]
        assert store.holdings()["decision"] == {"R2": 1}
    assert b"TELLTALE" not in everything(tmp_path / "w")


def test_a_stage_is_replaced_whole(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "w", write=True) as store:
        one = Zone("Z1", "local", "one", "10.0.0.0/24", "", "", "plan")
        store.keep("register", "f1", {"zone": [one]})
        store.keep("register", "f2", {"zone": [replace(one, id="Z2")]})
        assert [z.id for z in store.rows("zone")] == ["Z2"]
        assert store.fingerprint("register") == "f2"
        assert len(list((tmp_path / "w" / "parts").iterdir())) == 1


def test_a_stage_of_which_a_part_is_gone_counts_as_not_made(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "w", write=True) as store:
        store.keep("register", "f1", {"zone": [Zone("Z1", "local", "one", "10.0.0.0/24", "", "", "plan")]})
        (part,) = (tmp_path / "w" / "parts").iterdir()
        part.unlink()
        assert store.fingerprint("register") == ""
        store.keep("register", "f1", {"zone": [Zone("Z1", "local", "one", "10.0.0.0/24", "", "", "plan")]})
        assert store.fingerprint("register") == "f1"


def test_leftovers_are_swept(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "w", write=True) as store:
        store.add([(reading("R1"), rows("R1"))])
    stray = tmp_path / "w" / "parts" / "evidence-dead.parquet.tmp"
    stray.write_bytes(b"half")
    with open_workspace(tmp_path / "w", write=False):
        assert stray.exists()  # a reader deletes nothing
    with open_workspace(tmp_path / "w", write=True) as store:
        assert not stray.exists()
        assert len(store.rows("evidence")) == 2


def test_a_second_writer_is_told(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "w", write=True):
        with pytest.raises(LockHeldError), open_workspace(tmp_path / "w", write=True):
            pass
        with open_workspace(tmp_path / "w", write=False) as store:
            assert store.readings() == []


def test_nothing_to_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), open_workspace(tmp_path / "w", write=False):
        pass
    assert not (tmp_path / "w").exists()


def test_a_newer_workspace_is_refused(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "w", write=True) as store, store._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE meta SET value = '99' WHERE name = 'schema'")
    with pytest.raises(ValueError, match=r"workspace\.newer"), open_workspace(tmp_path / "w", write=True):
        pass


def test_mappings_are_kept(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "w", write=True) as store:
        store.save_mapping("s", {"N°": "inventory_number", "Remarque": "-"})
        store.save_mapping("s", {"N°": "inventory_number"})
        assert store.mapping("s") == {"N°": "inventory_number"}


def test_a_file_that_people_changed_is_noticed(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "w", write=True) as store:
        assert not store.touched("questions.xlsx")
        before = store.digest()
        store.write("questions.xlsx", b"as written")
        assert not store.touched("questions.xlsx")
        assert store.digest() == before
        assert (tmp_path / "w" / "questions.xlsx").stat().st_mode & 0o777 == 0o600
        (tmp_path / "w" / "questions.xlsx").write_bytes(b"filled in")
        assert store.touched("questions.xlsx")


KILLED = """
import os, signal, sys
from pathlib import Path
sys.path[:0] = [{tests!r}, {src!r}]
from test_ledger import reading, rows
from hygie.store import open_workspace
from hygie.store import parts
count = 0
real = parts.flush_folder
def flush(folder):
    global count
    count += 1
    real(folder)
    if count == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
parts.flush_folder = flush
with open_workspace(Path(sys.argv[1]), write=True) as store:
    store.add([(reading("R1"), rows("R1"))])
    store.add([(reading("R1"), rows("R1")), (reading("R2"), rows("R2"))])
"""


@pytest.mark.parametrize("moment", range(1, 7))
def test_killed_at_any_write_then_run_again(tmp_path: Path, root: Path, moment: int) -> None:
    script = KILLED.format(tests=str(Path(__file__).parent), src=str(root / "src"))
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path / "w"), str(moment)], check=False)
    assert done.returncode in (-signal.SIGKILL, 0)
    with open_workspace(tmp_path / "w", write=True) as store:
        before = {r.id for r in store.readings()}
        assert {e.reading for e in store.rows("evidence")} == before
        fill(store)
        killed = store.digest()
    with open_workspace(tmp_path / "clean", write=True) as store:
        fill(store)
        assert store.digest() == killed
    assert list((tmp_path / "w" / "parts").iterdir())


def fill(store: Ledger) -> None:
    store.add([(reading("R1"), rows("R1")), (reading("R2"), rows("R2"))])


def test_forgetting_waits_for_nobody_to_read(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "w", write=True) as store:
        store.add([(reading("R1"), rows("R1"))])
        with open_workspace(tmp_path / "w", write=False), pytest.raises(LockHeldError):
            store.forget(["R1"])
        assert len(store.rows("evidence")) == 2
        store.forget(["R1"])
        assert store.rows("evidence") == []


FORGETS = """
import os, signal, sys
from pathlib import Path
sys.path[:0] = [{tests!r}, {src!r}]
from hygie.store import open_workspace
from hygie.store.ledger import Ledger
def die(*_): os.kill(os.getpid(), signal.SIGKILL)
setattr(Ledger, sys.argv[2], die)
with open_workspace(Path(sys.argv[1]), write=True) as store:
    store.forget(["R1"])
"""


@pytest.mark.parametrize("moment", ["_purge", "_written", "remember"])
def test_a_forgetting_cut_short_is_ended_by_the_next_writer(tmp_path: Path, root: Path, moment: str) -> None:
    folder = tmp_path / "w"
    with open_workspace(folder, write=True) as store:
        store.add([(reading("R1", name="tell-tale.csv"), rows("R1", "TELLTALE")), (reading("R2"), rows("R2"))])
        store.write("report.html", b"TELLTALE")
        store.write("questions.xlsx", b"TELLTALE")
        (folder / "questions.xlsx").write_bytes(b"what a person wrote")
    script = FORGETS.format(tests=str(Path(__file__).parent), src=str(root / "src"))
    done = subprocess.run([sys.executable, "-c", script, str(folder), moment], check=False)
    assert done.returncode == -signal.SIGKILL
    with open_workspace(folder, write=True) as store:
        assert [e.reading for e in store.rows("evidence")] == ["R2", "R2"]
        assert store.recall("forgetting") == ""
    assert b"TELLTALE" not in everything(folder)
    assert b"tell-tale" not in everything(folder)
    assert (folder / "questions.xlsx").read_bytes() == b"what a person wrote"
    assert not (folder / "report.html").exists()


def test_a_file_half_written_for_people_is_still_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_workspace(tmp_path / "w", write=True) as store:
        store.write("questions.xlsx", b"one")
        told = store.remember
        monkeypatch.setattr(store, "remember", lambda *said: None if said[1].count(" ") == 0 else told(*said))
        store.write("questions.xlsx", b"two")
        assert not store.touched("questions.xlsx")
        (tmp_path / "w" / "questions.xlsx").write_bytes(b"one")
        assert not store.touched("questions.xlsx")
    (tmp_path / "w" / ".questions.xlsx.tmp").write_bytes(b"half")
    with open_workspace(tmp_path / "w", write=True):
        assert not (tmp_path / "w" / ".questions.xlsx.tmp").exists()


def test_what_was_replaced_may_count_again(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "w", write=True) as store:
        store.add([(reading("R1"), rows("R1")), (reading("R2", supersedes="R1"), rows("R2"))])
        store.succeed("R1", "R2")
        assert {r.id: r.supersedes for r in store.readings()} == {"R1": "R2", "R2": ""}


def test_more_readings_than_sqlite_takes_variables_are_added_replaced_and_forgotten(tmp_path: Path) -> None:
    many = [(reading(f"R{number:04}"), {}) for number in range(2_500)]
    with open_workspace(tmp_path / "w", write=True) as store:
        few = sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 999  # as many as old builds take
        sa.event.listen(store._engine, "checkout", lambda raw, *_: raw.setlimit(*few))
        store.add([(reading("R0001"), rows("R0001")), *many[2:]])
        store.add([(one, {}) for one, _ in many])
        assert len(store.readings()) == 2_500 and store.rows("evidence") == []
        store.forget([one.id for one, _ in many])
        assert all(one.forgotten and not one.name for one in store.readings())
