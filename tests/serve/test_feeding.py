import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from door import FLEET, LEASES, TODAY, assess, call, cells, everything, fill, gmao, plan, run, small
from hygie.store import open_workspace


@pytest.fixture
def files(tmp_path: Path, hospital: Path) -> Path:
    return small(tmp_path / "in", hospital)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_main_job(files: Path, tmp_path: Path, lang: str) -> None:
    workspace = tmp_path / "w"
    found = call("assess", files, "--workspace", workspace, lang=lang)
    assert found.code == 1  # one file is broken
    assert found.err == ""
    assert "broken.xlsx" in found.out
    assert {f.name for f in workspace.iterdir()} >= {"report.html", "questions.xlsx", "hospital.xlsx"}
    assert f'lang="{lang}"' in (workspace / "report.html").read_text("utf-8")
    (files / "broken.xlsx").unlink()
    assert call("assess", files, "--workspace", workspace, lang=lang).code == 0
    assert call("assess", "--workspace", workspace, lang=lang).code == 0


def test_wrong_usage(tmp_path: Path) -> None:
    for command in (
        ("assess", tmp_path / "none.csv"), ("read",), ("read", "no\nsuch"), ("forget",),
        ("forget", "R1", "--before", "2026-01-01"), ("forget", "--before", "soon"), ("feeds", "import"),
        ("assess", "x" * 5000), ("assess", tmp_path, "--dated", "soon"), ("assess", tmp_path, "--lang", "de"),
        ("assess", tmp_path, "--nothing"),
    ):  # fmt: skip
        found = call(*command, "--workspace", tmp_path / "w")
        assert (found.code, found.out) == (2, ""), command
        assert found.err
    assert not (tmp_path / "w").exists()


def test_an_empty_file_and_a_dangling_link(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "empty.csv").touch()
    (tmp_path / "in" / "link").symlink_to(tmp_path / "gone")
    found = call("assess", tmp_path / "in", "--workspace", tmp_path / "w")
    assert found.code == 1
    assert "empty.csv" in found.out
    assert "link" in found.out


def test_names_with_accents_spaces_and_bytes(tmp_path: Path) -> None:
    folder = tmp_path / "à lire d'abord"
    folder.mkdir()
    (folder / "gmao été.csv").write_bytes(gmao())
    (folder / os.fsdecode(b"plan-\xe9.csv")).write_bytes(plan())
    found = run("assess", folder, "--workspace", tmp_path / "mon espace", "--lang", "fr")
    assert (found.code, found.err) == (0, "")
    absent = run("assess", tmp_path / os.fsdecode(b"\xe9"), "--workspace", tmp_path / "mon espace")
    assert (absent.code, "Traceback" in absent.err) == (2, False)
    refused = run("assess", folder, "--workspace", tmp_path / os.fsdecode(b"caf\xe9"))
    assert (refused.code, "UTF-8" in refused.err) == (3, True)


def test_standard_input(tmp_path: Path, root: Path) -> None:
    line = [sys.executable, "-m", "hygie", "assess", "-", "--workspace", str(tmp_path / "w"), "--lang", "en"]
    env = {"PYTHONPATH": str(root / "src"), "HOME": "/nonexistent"}
    for _ in range(2):
        done = subprocess.run(line, input=gmao(), env=env, check=False, capture_output=True)
        assert (done.returncode, done.stderr) == (0, b"")
    assert b"0 files read, 1 known" in done.stdout
    assert len(json.loads(call("devices", "--workspace", tmp_path / "w", "--format", "json").out)) == len(FLEET)


def test_reading_and_looking_before(files: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "w"
    looked = call("read", "--dry-run", files, "--workspace", workspace)
    assert (looked.code, workspace.exists()) == (1, False)
    assert "local/gmao/" in looked.out
    done = call("read", files, "--workspace", workspace)
    assert done.code == 1
    assert assess(workspace, files) == assess(tmp_path / "other", files)


def test_forgetting(files: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "w"
    (files / "leases.csv").write_bytes(LEASES)
    call("assess", files, "--workspace", workspace, "--as-of", TODAY)
    listed = call("read", files / "leases.csv", "--workspace", workspace)
    assert "1 already known" in listed.out or "1 known" in listed.out
    unknown = call("forget", "R0000000000000", "--workspace", workspace)
    assert (unknown.code, "R0000000000000" in unknown.err) == (3, True)
    found = call("export", "csv", "--table", "readings", "--workspace", workspace)
    (ident,) = [line.split(",")[0].lstrip("\ufeff") for line in found.out.splitlines() if "leases.csv" in line]
    done = call("forget", ident, "--workspace", workspace, "--as-of", TODAY, lang="fr")
    assert (done.code, ident in done.out) == (0, True)
    assert b"inconnu-9" not in everything(workspace)
    assert b"leases.csv" not in everything(workspace)
    assert call("forget", ident, "--workspace", workspace).code == 3
    call("assess", files, "--workspace", workspace, "--as-of", TODAY)
    assert b"inconnu-9" in everything(workspace)
    assert call("forget", "--before", "20300101", "--workspace", workspace).code == 0
    assert json.loads(call("devices", "--workspace", workspace, "--format", "json").out) == []


def test_mappings(files: Path, tmp_path: Path) -> None:
    workspace, export = tmp_path / "w", files / "gmao.csv"
    assert "N° série" in call("mapping", export, "--workspace", workspace).out
    wrong = call("mapping", export, "--set", "N° série=colour", "--workspace", workspace)
    assert wrong.code == 2
    assert call("mapping", export, "--set", "N° série=-", "--workspace", workspace).code == 0
    plan = call("mapping", files / "plan.csv", "--workspace", workspace)
    assert plan.code == 0
    assert "cidr" in plan.out.lower() or "network" in plan.out.lower()
    assert call("mapping", files / "broken.xlsx", "--workspace", workspace).code == 3
    assert call("mapping", "no such source", "--workspace", workspace).code == 3
    call("assess", export, "--workspace", workspace)
    rows = json.loads(call("devices", "--workspace", workspace, "--format", "json").out)
    assert {row["serial"] for row in rows} == {""}
    named = call("mapping", "Optim", "--set", "N° série=-", "--workspace", workspace)
    assert "local/gmao/Optim" in named.out


def test_feeds(hospital: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "w"
    done = call("feeds", "import", hospital / "kev", hospital / "epss", "--workspace", workspace)
    assert done.code == 0
    known = json.loads(call("feeds", "status", "--workspace", workspace, "--format", "json").out)
    assert {row["source"]: row["readings"] for row in known}["kev"] == 1
    call("feeds", "import", hospital / "kev", "--site", "south", "--workspace", workspace)
    again = json.loads(call("feeds", "status", "--workspace", workspace, "--format", "json").out)
    assert again == known  # the same file for another site is no other knowledge


def readings(workspace: Path) -> list[dict[str, object]]:
    found = call("export", "json", "-o", workspace.parent / "known.json", "--workspace", workspace)
    assert found.code == 0
    return list(json.loads((workspace.parent / "known.json").read_text("utf-8"))["readings"])


def test_knowledge_is_of_the_site_that_is_said_and_holds_for_all(files: Path, hospital: Path, tmp_path: Path) -> None:
    workspace, kev = tmp_path / "w", hospital / "kev"
    call("assess", files / "gmao.csv", "--site", "nord", "--workspace", workspace, "--as-of", TODAY)
    assert call("feeds", "import", files / "pfy-2026-007.json", "--workspace", workspace).code == 0
    assert call("feeds", "import", kev, "--site", "nord", "--workspace", workspace).code == 0
    assert call("read", kev, "--site", "nord", "--workspace", workspace).out.startswith("0 ")
    found = {(row["site"], row["kind"]) for row in readings(workspace)}
    assert found == {("nord", "gmao"), ("local", "csaf"), ("nord", "kev")}
    (workspace / "hygie.toml").write_text('site = "nord"\n')
    assert call("feeds", "import", hospital / "epss", "--workspace", workspace).code == 0
    assert ("nord", "epss") in {(row["site"], row["kind"]) for row in readings(workspace)}


def test_the_settings_of_a_workspace_hold(files: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "w"
    call("assess", files / "plan.csv", "--workspace", workspace)
    (workspace / "hygie.toml").write_text('lang = "fr"\nsite = "nord"\n')
    for line, site, words in (
        (("assess", files / "gmao.csv"), "nord", "Rapport : "),
        (("read", files / "pfy-2026-007.json", "--site", "sud"), "sud", "fichier"),
        (("read", files / "qs-2026-02.json", "--lang", "en"), "nord", "read"),
    ):
        found = run(*line, "--workspace", workspace)
        assert (found.code, words in found.out) == (0, True), found
        assert site in {row["site"] for row in readings(workspace) if str(row["name"]).endswith(line[1].name)}
    assert run("devices", "--workspace", workspace).out.lstrip().startswith("identifiant")


OLD = b"""lease 10.1.2.9 {
  starts 6 2026/08/01 10:00:00; ends 6 2026/08/01 18:00:00;
  hardware ethernet 02:00:00:00:00:09; client-hostname "inconnu-9";
}
"""


@pytest.mark.parametrize("command", ["assess", "read"])
def test_what_is_older_than_it_may_be_is_forgotten(files: Path, tmp_path: Path, command: str) -> None:
    workspace, leases = tmp_path / "w", tmp_path / "leases.txt"
    leases.write_bytes(OLD)
    call("assess", files, "--workspace", workspace, "--as-of", TODAY)
    (workspace / "hygie.toml").write_text("keep_days = 3650\n")
    before = readings(workspace)
    assert call(command, leases, "--workspace", workspace, "--as-of", TODAY).code == 0
    assert len(readings(workspace)) == len(before) + 1
    (workspace / "hygie.toml").write_text("keep_days = 30\n")
    line = (command, files / "plan.csv", "--workspace", workspace, "--as-of", "2026-09-05")
    found = call(*line, lang="fr")
    told = [row for row in found.out.splitlines() if "keep_days" in row]
    assert [("leases.txt" in row, "2026-08-01" in row, "30 jours" in row) for row in told] == [(True, True, True)]
    assert b"inconnu-9" not in everything(workspace)
    kinds = {row["kind"] for row in readings(workspace)}
    assert {"gmao", "addresses", "csaf"} <= kinds
    assert "leases" not in kinds
    assert "keep_days" not in call(*line).out
    again = call(command, leases, "--workspace", workspace, "--as-of", "2026-09-05")
    assert again.out.count("keep_days") == 1  # told in one line, not read again
    assert "1 file was forgotten earlier, being more than 30 days old" in again.out
    assert str(leases) in again.out and "Forgotten, " not in again.out
    leases.write_bytes(OLD.replace(b"inconnu-9", b"inconnu-8"))
    newer = call(command, leases, "--workspace", workspace, "--as-of", "2026-09-05")
    assert newer.out.count("Forgotten, ") == newer.out.count("keep_days") == 1  # one that was older when it came in
    (workspace / "hygie.toml").write_text("keep_days = 60\n")
    assert "keep_days" not in call("read", leases, "--workspace", workspace, "--as-of", "2026-09-05").out
    assert b"inconnu-8" in everything(workspace)  # it may be kept again: it is read
    (workspace / "hygie.toml").write_text("keep_days = 30\n")
    call(command, files / "plan.csv", "--workspace", workspace, "--as-of", "2026-09-05")
    assert b"inconnu-9" not in everything(workspace)
    assert b"inconnu-9" not in (workspace / "report.html").read_bytes()


def test_nothing_is_forgotten_by_itself_without_a_word_about_it(files: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "w"
    (files / "leases.txt").write_bytes(OLD)
    call("assess", files, "--workspace", workspace, "--as-of", TODAY)
    before = readings(workspace)
    call("assess", "--workspace", workspace, "--as-of", "2040-01-01")
    assert readings(workspace) == before


def test_what_somebody_reads_is_forgotten_the_next_time(files: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "w"
    (files / "leases.txt").write_bytes(OLD)
    line = ("assess", files, "--workspace", workspace, "--as-of", "2040-01-01")
    call("assess", files, "--workspace", workspace, "--as-of", TODAY)
    (workspace / "hygie.toml").write_text("keep_days = 30\n")
    with open_workspace(workspace, write=False):
        found = call(*line)
        assert (found.code, "next time" in found.err) == (1, True)
    assert b"inconnu-9" in everything(workspace)
    (files / "leases.txt").unlink()
    assert "leases.txt" in call(*line).out
    assert b"inconnu-9" not in everything(workspace)


@pytest.mark.parametrize(
    ("lang", "said"), [("fr", "Non lus, car écrits par Hygie : "), ("en", "Not read, being Hygie's own: ")]
)
def test_what_hygie_wrote_is_not_taken_for_the_hospital_s(files: Path, tmp_path: Path, lang: str, said: str) -> None:
    workspace, folder = files / "hygie-workspace", files
    (files / "broken.xlsx").unlink()
    assert call("assess", folder, "--workspace", workspace, "--as-of", TODAY).code == 0
    listed = call("devices", "--workspace", workspace, "--format", "json").out
    for form, target in (("csv", "csv"), ("json", "x.json"), ("xlsx", "x.xlsx"), ("html", "x.html")):
        assert call("export", form, "-o", folder / target, "--workspace", workspace, lang=lang).code == 0
    shutil.copytree(workspace, folder / "old")
    found = call("assess", folder, "--workspace", workspace, "--as-of", TODAY, lang=lang)
    assert (found.code, "!" in found.out) == (0, False)
    told = [line for line in found.out.splitlines() if line.startswith(said)]
    assert len(told) == 1
    assert found.out.startswith("2 ")  # the workbooks that people fill in are read back, of another workspace too
    assert call("devices", "--workspace", workspace, "--format", "json").out == listed
    assert said not in call("assess", folder, "--workspace", workspace, "--as-of", TODAY, lang=lang).out


def test_the_example(tmp_path: Path) -> None:
    folder = tmp_path / "example"
    found = call("demo", folder, "--workspace", tmp_path / "w", "--quiet")
    assert found.code == 1
    assert (folder / "gmao.csv").is_file()
    again = call("demo", folder, "--workspace", tmp_path / "w")
    assert again.code == 3
    assert call("demo", folder / "gmao.csv", "--workspace", tmp_path / "w").code == 3
    assert call("demo", "/proc/none/here", "--workspace", tmp_path / "w").code == 3


def test_what_cannot_be_read_back_is_told(files: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "w"
    call("assess", files, "--workspace", workspace)
    fill(workspace / "questions.xlsx", "Id", {"connectable:hospital_bed": {"Answer": "no"}})
    found = call("assess", "--workspace", workspace, lang="fr")
    assert found.code == 1
    assert "Attention" in found.out
    assert cells(workspace / "questions.xlsx")["Questions"][1][0] == "Id"


# ---------------------------------------------------------------- what must never be there

PRIVATE = (
    b"Zephyr2019", b"gds-rea42", b"EXEMPLE", b"MOD\xc3\x88LE", b"chambre 12", b"poste 4512", b"sur la plaque",
    b"valdambre-ro", b"not-a-real-password", b"c2VydmljZTpub3QtYS1yZWFsLXBhc3N3b3Jk", b"TEST^NOBODY", b"NOBODY",
    b"TEST-0000", b"19000101", b"TEST0001",
)  # fmt: skip


def test_nothing_private_enters(whole: Path, hospital: Path) -> None:
    given = b"".join(f.read_bytes() for f in hospital.rglob("*") if f.is_file())
    planted = [word for word in PRIVATE if word in given or word.decode().encode("cp1252") in given]
    assert len(planted) >= 12, set(PRIVATE) - set(planted)
    held = everything(whole)
    assert [word for word in PRIVATE if word in held or word.decode().encode("utf-16-le") in held] == []
    for file in hospital.rglob("*"):
        if file.is_file() and file.stat().st_size > 2000:
            data = file.read_bytes()
            assert data[1000:1200] not in held, file
    modes = {oct(f.stat().st_mode & 0o777) for f in whole.rglob("*") if f.is_file()}
    assert (modes, oct(whole.stat().st_mode & 0o777)) == ({"0o600"}, "0o700")


WATCHED = """
import os, sys
workspace = os.path.realpath(sys.argv.pop(1))
seen = []
def watch(event, args):
    if event.startswith("socket."):  # but for the unnamed pair over which its own processes are handed open files
        new, sent = event == "socket.__new__", event == "socket.sendmsg"
        handed = args[1] == 1 if new else sent and args[0].family == 1 and args[1] is None
        if not handed:
            seen.append(event)
    elif event == "open" and isinstance(args[0], (str, bytes)):
        mode, flags = args[1] or "", args[2] or 0
        path = os.path.realpath(os.fsdecode(args[0]))
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) and not path.startswith((workspace, "/dev/")):
            seen.append(path)
    elif event in ("os.rename", "os.mkdir", "os.remove", "os.link", "os.symlink", "tempfile.mkstemp"):
        path = os.path.realpath(os.fsdecode(args[1] if event == "os.rename" else args[0]))
        if not path.startswith(workspace):
            seen.append(event + " " + path)
sys.addaudithook(watch)
from hygie.serve.cli import main
try:
    main()
finally:
    print(chr(10).join(["SEEN", *seen]), file=sys.stderr)
"""


def test_no_socket_is_opened_and_nothing_is_written_elsewhere(hospital: Path, tmp_path: Path, root: Path) -> None:
    workspace, place = tmp_path / "w", tmp_path / "tmp"
    place.mkdir()
    env = {
        "PYTHONPATH": str(root / "src"),
        "HOME": "/nonexistent",
        "TMPDIR": str(place),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    words = [sys.executable, "-c", WATCHED, str(workspace), "assess", str(hospital), "--workspace", str(workspace)]
    done = subprocess.run(words, env=env, check=False, capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    assert done.stderr.strip() == "SEEN"
    assert list(place.iterdir()) == []


def test_a_capture_on_standard_input_is_read_as_it_comes_and_then_known(tmp_path: Path, hospital: Path) -> None:
    for code, told in ((0, "1 file read, 0 known"), (0, "0 files read, 1 known")):
        with (hospital / "capture.pcap").open("rb") as stream:
            found = run("read", "-", "--workspace", tmp_path / "w", "--lang", "en", stdin=stream)
        assert (found.code, found.err) == (code, "")
        assert told in found.out
    assert "0 files read, 1 known" in run("read", hospital / "capture.pcap", "--workspace", tmp_path / "w").out


def test_where_the_kernel_cannot_take_rights_it_is_said(
    tmp_path: Path, hospital: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hygie import confined
    from hygie.rights import giving

    assert call("read", hospital / "gmao.csv", "--workspace", tmp_path / "w").err == ""
    for module in (confined, giving):
        monkeypatch.setattr(module, "lacking", lambda: ("Landlock",))
    found = call("read", hospital / "capture-rea.pcapng", "--workspace", tmp_path / "w")
    assert found.code == 0
    assert "no Landlock" in found.err
    assert call("read", hospital / "gmao-biomed.xlsx", "--workspace", tmp_path / "w").err == ""


def test_a_capture_beyond_the_user_s_limit_is_refused_with_the_limit(tmp_path: Path, hospital: Path) -> None:
    large = tmp_path / "large.pcap"
    with large.open("wb") as file:
        file.write((hospital / "capture.pcap").read_bytes()[:24])
        file.truncate(1_000_000_001)
    workspace = tmp_path / "w"
    workspace.mkdir()
    (workspace / "hygie.toml").write_text("most_gigabytes = 1\n")
    found = call("read", large, "--workspace", workspace)
    assert found.code == 1
    assert "More than 1 GB" in found.out
    assert "most_gigabytes" in found.out
