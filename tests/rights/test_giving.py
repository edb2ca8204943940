"""What a process can still do that gave up its rights: each try is made by one that did."""

import json
import os
import socket
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from hygie.rights import calls, giving, landlock

HERE = "kernel without Landlock or seccomp"
TRIES = """
    import json, os, socket, subprocess, sys, threading
    from hygie.rights import giving
    write, known, private, port = sys.argv[1], open(sys.argv[2], "rb"), sys.argv[3], int(sys.argv[4])
    absent = giving.give_up([write], programs={programs})
    def tried(function):
        try:
            function()
        except OSError as error:
            return type(error).__name__
        return "done"
    def written():
        with open(write + "/a", "w") as file:
            file.write("x")
        os.rename(write + "/a", write + "/b")
    def connected():
        socket.create_connection(("127.0.0.1", port), 2)
    def threaded():
        thread = threading.Thread(target=lambda: None)
        thread.start()
        thread.join()
    print(json.dumps({{
        "absent": absent,
        "open": tried(lambda: open(private).close()),
        "list": tried(lambda: os.listdir(os.path.dirname(private))),
        "connect": tried(connected),
        "pair": tried(socket.socketpair),
        "start": tried(lambda: subprocess.run([sys.executable, "-c", ""])),
        "fork": tried(os.fork),
        "kill": tried(lambda: os.kill(os.getppid(), 0)),
        "chmod": tried(lambda: os.chmod(private, 0o777)),
        "elsewhere": tried(lambda: open(private + ".new", "w").close()),
        "remove": tried(lambda: os.remove(private)),
        "write": tried(written),
        "thread": tried(threaded),
        "known": known.read().decode(),
        "library": tried(lambda: open(json.__file__).close()),
    }}))
"""


def needed() -> None:
    """Skips where this kernel cannot do it."""
    if giving.lacking():
        pytest.skip(HERE)


def confined(tmp_path: Path, programs: bool, *more: str) -> dict[str, object]:
    """What a process says of its tries; a listener waits for it on the loopback."""
    (tmp_path / "out").mkdir()
    (tmp_path / "private").write_text("patients")
    (tmp_path / "known").write_text("handed over")
    code = textwrap.dedent(TRIES).format(programs=programs)
    paths = [str(tmp_path / name) for name in ("out", "known", "private")]
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        ran = subprocess.run([sys.executable, "-c", code, *paths, port], capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr.decode()
    found: dict[str, object] = json.loads(ran.stdout)
    return found


def test_a_process_without_rights_opens_connects_and_starts_nothing(tmp_path: Path) -> None:
    needed()
    found = confined(tmp_path, programs=True)
    assert found.pop("absent") == []
    allowed = {"write": "done", "thread": "done", "known": "handed over", "library": "done"}
    assert {name: found.pop(name) for name in allowed} == allowed
    assert found == dict.fromkeys(found, "PermissionError")
    assert len(found) == 10
    assert (tmp_path / "private").read_text() == "patients"
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["b"]


def test_without_programs_not_even_a_library_can_be_read(tmp_path: Path) -> None:
    needed()
    assert confined(tmp_path, programs=False)["library"] == "PermissionError"


def test_where_another_thread_runs_nothing_is_begun() -> None:
    needed()
    code = (
        "import threading\nfrom hygie.rights import giving\nwait = threading.Event()\n"
        "threading.Thread(target=wait.wait).start()\n"
        "try:\n    giving.give_up([])\nexcept RuntimeError as error:\n    print(error)\nwait.set()"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert ran.stdout == b"other threads run\n"


def test_what_lacks_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(landlock, "version", lambda: 0)
    monkeypatch.setattr(calls, "here", lambda: True)
    assert giving.lacking() == (giving.LANDLOCK,)
    monkeypatch.setattr(calls, "here", lambda: False)
    assert giving.lacking() == (giving.LANDLOCK, giving.SECCOMP)
    monkeypatch.setattr(sys, "platform", "darwin")
    assert giving.lacking() == (giving.LANDLOCK, giving.SECCOMP)


def test_who_captures_keeps_one_right_and_writes_no_file(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom hygie.rights import giving\ngiving.keep_capture()\n"
        "print([line.split()[1] for line in open('/proc/self/status') if line[:6] in ('CapPrm', 'CapEff', 'CapBnd')])\n"
        "sys.stdout.flush()\n"
        "import os\nos.write(os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT), b'x')"
    )
    ran = subprocess.run([sys.executable, "-c", code, str(tmp_path / "file")], capture_output=True, check=False)
    assert b"File too large" in ran.stderr
    if os.geteuid() == 0:
        assert ran.stdout.decode().strip() == str(["0000000000002000"] * 3)


def test_beyond_the_bound_there_is_no_memory(tmp_path: Path) -> None:
    code = """
        import resource, sys
        from hygie.rights import giving
        giving.give_up([sys.argv[1]], memory=200 << 20)
        held = bytearray(50 << 20)
        try:
            bytearray(400 << 20)
        except MemoryError:
            print("none")
        print(len(held) >> 20, *resource.getrlimit(resource.RLIMIT_DATA))
    """
    command = [sys.executable, "-c", textwrap.dedent(code), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["none", "50", str(200 << 20), str(200 << 20)]
