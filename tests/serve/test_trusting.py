"""From a sensor's workspace to a centre's: keys, trust, the signed file, and what the centre then knows."""

import shutil
from pathlib import Path

import pytest

from door import call, everything, gmao
from hygie.serve.console import DONE, FAILED, REFUSED, USAGE
from hygie.serve.signing import FILE
from hygie.store import open_workspace

ADD = ("trust", "add")


@pytest.fixture(scope="module")
def sensor(tmp_path_factory: pytest.TempPathFactory, hospital: Path) -> Path:
    """A sensor's workspace with its key, and the file that it sent."""
    folder = tmp_path_factory.mktemp("sensor")
    assert call("read", hospital / "capture-rea.pcapng", "--workspace", folder / "w").code == DONE
    assert call("keys", "new", "bloc-1", "--workspace", folder / "w").code == DONE
    sent = call("export", "observations", "--workspace", folder / "w", "-o", folder / "nord.zip")
    assert (sent.code, sent.err) == (DONE, "")
    assert "1 capture or log, 116 rows, no packet" in sent.out
    return folder


def line(sensor: Path) -> str:
    return call("keys", "show", "--workspace", sensor / "w").out.splitlines()[0]


def accepted(sensor: Path, centre: Path) -> None:
    made = call(*ADD, line(sensor), "--site", "nord", "--by", "A. Martin", "--workspace", centre)
    assert made.code == DONE, made.err


def test_a_centre_knows_of_it_what_the_captures_would_have_told(sensor: Path, tmp_path: Path, hospital: Path) -> None:
    accepted(sensor, tmp_path / "c")
    assert call("assess", sensor / "nord.zip", "--workspace", tmp_path / "c").code == DONE
    capture = hospital / "capture-rea.pcapng"
    assert call("assess", capture, "--site", "nord", "--workspace", tmp_path / "d").code == DONE
    told = []
    for name in ("c", "d"):
        with open_workspace(tmp_path / name, write=False) as store:
            (one,) = store.readings()
            listed = [
                call(what, "--workspace", tmp_path / name, "--format", "csv").out.replace(one.id, "R")
                for what in ("devices", "flows", "zones")
            ]
            told.append((listed, len(store.rows("evidence"))))
    assert told[0] == told[1]
    assert "D-" in told[0][0][0]
    device = next(row for row in told[0][0][0].split(",") if row.strip().startswith("D-")).strip()
    why = call("why", device, "--workspace", tmp_path / "c").out
    assert "nord.zip/nord/bloc-1/capture-rea.pcapng, packet " in why


def test_nobody_is_trusted_before_a_person_says_so_and_what_is_withdrawn_is_not(sensor: Path, tmp_path: Path) -> None:
    refused = call("read", sensor / "nord.zip", "--workspace", tmp_path / "c")
    assert refused.code == REFUSED
    mark = call("keys", "show", "--workspace", sensor / "w").out.split("Fingerprint: ")[1].split()[0]
    assert mark in refused.out
    accepted(sensor, tmp_path / "c")
    assert "1 file read" in call("read", sensor / "nord.zip", "--workspace", tmp_path / "c").out
    assert "1 known already" in call("read", sensor / "nord.zip", "--workspace", tmp_path / "c").out
    ended = call("trust", "withdraw", "bloc-1", "--by", "B. Petit", "--workspace", tmp_path / "c")
    assert ended.code == DONE
    assert call("read", sensor / "nord.zip", "--workspace", tmp_path / "c").code == REFUSED
    listed = call("trust", "list", "--format", "csv", "--workspace", tmp_path / "c").out
    assert f"bloc-1,nord,{mark},A. Martin," in listed
    assert ",B. Petit," in listed
    with open_workspace(tmp_path / "c", write=False) as store:
        assert [r.site for r in store.readings() if r.kind == "observations"] == ["nord"]


def test_the_same_file_and_a_newer_one_add_what_is_new_only(sensor: Path, tmp_path: Path, hospital: Path) -> None:
    shutil.copytree(sensor / "w", tmp_path / "w")
    assert call("read", hospital / "capture.pcap", "--workspace", tmp_path / "w").code == DONE
    newer = tmp_path / "newer.zip"
    assert call("export", "observations", "--workspace", tmp_path / "w", "-o", newer).code == DONE
    accepted(sensor, tmp_path / "c")
    digests = []
    for file in (sensor / "nord.zip", newer, sensor / "nord.zip", newer):
        assert call("read", file, "--workspace", tmp_path / "c").code == DONE
        with open_workspace(tmp_path / "c", write=False) as store:
            digests.append((len(store.readings()), store.digest()))
    assert [count for count, _ in digests] == [1, 2, 2, 2]
    assert len({digest for _, digest in digests}) == 2
    late = call("export", "observations", "--workspace", tmp_path / "w", "--since", "2030-01-01", "-o", tmp_path / "x")
    assert late.code == FAILED
    assert not (tmp_path / "x").exists()


def test_no_table_of_the_hospital_leaves(sensor: Path, tmp_path: Path) -> None:
    shutil.copytree(sensor / "w", tmp_path / "w")
    (tmp_path / "gmao.csv").write_bytes(gmao())
    assert call("read", tmp_path / "gmao.csv", "--workspace", tmp_path / "w").code == DONE
    assert call("export", "observations", "--workspace", tmp_path / "w", "-o", tmp_path / "o" / "n.zip").code == FAILED
    (tmp_path / "o").mkdir()
    assert call("export", "observations", "--workspace", tmp_path / "w", "-o", tmp_path / "o" / "n.zip").code == DONE
    assert [one.name for one in (tmp_path / "o").iterdir()] == ["n.zip"]
    assert (tmp_path / "o" / "n.zip").stat().st_mode & 0o777 == 0o600
    held = everything(tmp_path / "o")
    assert "Zéphyr".encode() not in held
    assert str(tmp_path).encode() not in held
    assert (tmp_path / "w" / FILE).read_bytes().split(b"\n")[1] not in held


def test_keys_are_named_made_once_and_kept_close(tmp_path: Path, sensor: Path) -> None:
    assert call("keys", "new", "a b", "--workspace", tmp_path / "w").code == USAGE
    assert call("keys", "show", "--workspace", tmp_path / "w").code == FAILED
    assert call("keys", "new", "a", "--workspace", tmp_path / "w").code == DONE
    assert call("keys", "new", "a", "--workspace", tmp_path / "w").code == FAILED
    (tmp_path / "w" / FILE).chmod(0o644)
    told = call("keys", "show", "--workspace", tmp_path / "w")
    assert (told.code, "withdraw" in told.err) == (FAILED, True)
    (tmp_path / "w" / FILE).chmod(0o600)
    (tmp_path / "w" / FILE).write_bytes(b"x")
    assert call("keys", "show", "--workspace", tmp_path / "w").code == FAILED
    (tmp_path / "w" / FILE).unlink()
    assert call("export", "observations", "--workspace", tmp_path / "w").code == FAILED
    assert call("export", "observations", "--workspace", tmp_path / "absent").code == FAILED


def test_wrong_words_are_told(sensor: Path, tmp_path: Path) -> None:
    at = ("--workspace", tmp_path / "c")
    assert call(*ADD, "no key", "--site", "nord", "--by", "A", *at).code == USAGE
    assert call(*ADD, line(sensor), "--site", " ", "--by", "A", *at).code == USAGE
    assert call(*ADD, line(sensor), "--by", "A", *at).code == USAGE
    (tmp_path / "key.pub").write_text(line(sensor) + "\n")
    assert call(*ADD, tmp_path / "key.pub", "--site", "nord", "--by", "A", *at).code == DONE
    assert call(*ADD, tmp_path / "key.pub", "--site", "sud", "--by", "A", *at).code == FAILED
    assert call("trust", "withdraw", "nobody", "--by", "A", *at).code == FAILED
    assert call("export", "csv", "--since", "2026-01-01", *at).code == USAGE
    assert call("export", "observations", "--since", "yesterday", *at).code == USAGE


def test_of_several_sites_one_is_named(sensor: Path, tmp_path: Path, hospital: Path) -> None:
    shutil.copytree(sensor / "w", tmp_path / "w")
    capture = hospital / "capture.pcap"
    assert call("read", capture, "--site", "sud", "--workspace", tmp_path / "w").code == DONE
    told = call("export", "observations", "--workspace", tmp_path / "w", "-o", tmp_path / "x.zip")
    assert (told.code, "local, sud" in told.err) == (USAGE, True)
    sent = call("export", "observations", "--site", "sud", "--workspace", tmp_path / "w", "-o", tmp_path / "x.zip")
    assert (sent.code, "1 capture or log" in sent.out) == (DONE, True)
