"""Live capture: in a network that the test makes for itself, and that goes with it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from door import call, started
from hygie.jobs import sensing
from hygie.serve import listening
from hygie.serve.console import DONE, FAILED, REFUSED, USAGE
from hygie.store import open_workspace
from sources.sensors.made import FIELDS, ipfix, record, template

ALONE = ["unshare", "-n"] if os.geteuid() == 0 else ["unshare", "-Urn"]
NETWORK = """
ip link add one type veth peer name other && ip link set one up && ip link set other up || exit 9
ip addr add 10.9.9.1/24 dev one
ip neigh add 10.9.9.2 lladdr 02:00:00:00:00:02 dev one
exec "$@"
"""
TALK = """
import socket, time
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as talker:
    for round in range({rounds}):
        for port in range(5000, 5010):
            talker.sendto(b"jean.dupont@hopital.example " * 4, ("10.9.9.2", port))
        time.sleep(0.05)
"""
HEAR = """
import subprocess, sys, time
listening = subprocess.Popen([sys.executable, "-m", "hygie", "listen", "other", *sys.argv[2:]])
time.sleep(float(sys.argv[1]))
with subprocess.Popen([sys.executable, "-c", '''{talk}''']) as talking:
    {then}
    code = listening.wait(60)
    talking.kill()
sys.exit(code)
"""


def needed() -> None:
    """Skips where no network can be made, or the program is missing."""
    if not sensing.program() or not shutil.which("ip") or not shutil.which("unshare"):
        pytest.skip("dumpcap, ip or unshare is not here")
    if subprocess.run([*ALONE, "true"], check=False, capture_output=True).returncode:
        pytest.skip("this account may make no network of its own")


def heard(workspace: Path, then: str, *options: str, rounds: int = 20) -> subprocess.CompletedProcess[str]:
    """Listens in a network in which somebody talks."""
    code = HEAR.format(talk=TALK.format(rounds=rounds), then=then)
    command = [sys.executable, "-c", code, "4", "--workspace", str(workspace), "--lang", "en", *options]
    made = [*ALONE, "sh", "-c", NETWORK, "sh", *command]
    return subprocess.run(made, capture_output=True, text=True, check=False, timeout=120)


def test_what_is_heard_until_the_time_is_over_is_in_the_workspace(tmp_path: Path) -> None:
    needed()
    ran = heard(tmp_path / "w", "pass", "--every", "0.05", "--for", "0.2", rounds=2000)
    assert (ran.returncode, ran.stderr) == (DONE, "")
    with open_workspace(tmp_path / "w", write=False) as store:
        readings = store.readings()
        assert [one.source for one in readings] == ["local/pcapng/other"] * len(readings)
        assert len(readings) >= 2
        assert all(one.name.startswith("other 20") for one in readings)
        flows = store.rows("flow")
        assert {flow.port for flow in flows} >= set(range(5000, 5010))
        assert sum(one.lost for one in store.rows("coverage")) == 0
    for one in readings:
        assert f"{one.id}  {one.name}" in ran.stdout
    kept = b"".join(file.read_bytes() for file in (tmp_path / "w").rglob("*") if file.is_file())
    assert b"jean.dupont" not in kept
    assert list((tmp_path / "w" / listening.FOLDER / "other" / "parts").iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_it_keeps_what_it_heard(tmp_path: Path, number: signal.Signals) -> None:
    needed()
    ran = heard(tmp_path / "w", f"talking.wait(); time.sleep(1); listening.send_signal({int(number)})")
    assert (ran.returncode, ran.stderr) == (DONE, "")
    with open_workspace(tmp_path / "w", write=False) as store:
        assert sum(flow.packets_out for flow in store.rows("flow") if flow.port in range(5000, 5010)) == 200


def test_meanwhile_others_work_in_the_workspace_and_it_waits_for_them(tmp_path: Path) -> None:
    needed()
    busy, free = threading.Event(), threading.Event()

    def work() -> None:
        while not (tmp_path / "w" / "hygie.db").exists():
            time.sleep(0.05)
        time.sleep(1)
        with open_workspace(tmp_path / "w", write=True):
            busy.set()
            free.wait(60)

    worker = threading.Thread(target=work)
    worker.start()
    timer = threading.Timer(9, free.set)
    timer.start()
    ran = heard(tmp_path / "w", "pass", "--for", "0.1", rounds=2000)
    worker.join()
    timer.join()
    assert busy.is_set()
    assert ran.returncode == DONE
    with open_workspace(tmp_path / "w", write=False) as store:
        assert len(store.readings()) == 1


def test_an_interface_that_is_not_there_is_said(tmp_path: Path) -> None:
    needed()
    made = call("listen", "nothere0", "--workspace", tmp_path / "w")
    assert made.code == FAILED
    assert "nothere0" in made.err
    assert "device" in made.err.lower()


@pytest.mark.parametrize("name", ["", "a b", "../eth0", "-w/etc/x"])
def test_what_is_no_name_is_handed_to_nobody(tmp_path: Path, name: str) -> None:
    made = call("listen", "--workspace", tmp_path / "w", "--", name)
    assert made.code == USAGE
    assert not (tmp_path / "w").exists()


def test_without_the_program_it_is_said_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sensing, "program", lambda: "")
    made = call("listen", "eth0", "--workspace", tmp_path / "w")
    assert made.code == FAILED
    assert "tcpdump -i eth0 -w - | hygie read -" in made.err
    assert not (tmp_path / "w").exists()


def test_two_do_not_listen_on_one_interface(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from hygie.store.folder import Lock

    monkeypatch.setattr(sensing, "program", lambda: "/bin/false")
    folder = tmp_path / "w" / listening.FOLDER / "eth0"
    with open_workspace(tmp_path / "w", write=True):
        folder.mkdir(parents=True)
    lock = Lock(folder)
    made = call("listen", "eth0", "--workspace", tmp_path / "w")
    lock.close()
    assert made.code == FAILED
    assert "already" in made.err


# ---------------------------------------------------------------- exported flows


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_flows_that_routers_export_come_in_until_it_is_interrupted(tmp_path: Path, number: signal.Signals) -> None:
    port = free_port()
    begun = started("listen", "--netflow", f"127.0.0.1:{port}", "--workspace", tmp_path / "w", "--lang", "en")
    assert begun.stdout is not None
    assert b"Listening on 127.0.0.1" in begun.stdout.readline()
    known = template(300, *FIELDS)
    forth = record("10.1.1.10", "10.1.2.20", (40000, 104), (5, 500), 0)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as exporter:
        for data in (ipfix((2, known)), ipfix((300, forth)), ipfix((300, forth), number=1), b"hello"):
            exporter.sendto(data, ("127.0.0.1", port))
    time.sleep(1)
    begun.send_signal(number)
    out, err = begun.communicate(timeout=60)
    assert (begun.returncode, err) == (REFUSED, b"")
    assert b"1 datagram came in that are neither" in out
    with open_workspace(tmp_path / "w", write=False) as store:
        (one,) = store.readings()
        assert (one.source, one.kind) == (f"local/netflow/netflow-{port}", "netflow")
        (flow,) = store.rows("flow")
        assert (flow.client, flow.server, flow.port, flow.packets_out, flow.sensor) == (
            "10.1.1.10",
            "10.1.2.20",
            104,
            10,
            "127.0.0.1",
        )


def test_a_template_holds_for_the_readings_that_follow(tmp_path: Path) -> None:
    port = free_port()
    words = ("listen", "--netflow", f"127.0.0.1:{port}", "--every", "0.05", "--for", "0.12")
    begun = started(*words, "--workspace", tmp_path / "w", "--lang", "en")
    assert begun.stdout is not None
    begun.stdout.readline()
    known = template(300, *FIELDS)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as exporter:
        for number, part in enumerate(
            [(2, known)] + [(300, record("10.1.1.10", "10.1.2.20", (40000, 104), (5, 500), 0))] * 5
        ):
            exporter.sendto(ipfix(part, number=max(0, number - 1)), ("127.0.0.1", port))
            time.sleep(1)
    _, err = begun.communicate(timeout=60)
    assert (begun.returncode, err) == (DONE, b"")
    with open_workspace(tmp_path / "w", write=False) as store:
        assert len(store.readings()) >= 2
        assert sum(flow.packets_out for flow in store.rows("flow")) == 25
        assert store.rows("refusal") == []


def test_wrong_places_and_taken_ports_are_said(tmp_path: Path) -> None:
    at = ("--workspace", tmp_path / "w")
    assert call("listen", *at).code == USAGE
    assert call("listen", "eth0", "--netflow", "2055", *at).code == USAGE
    assert call("listen", "--netflow", "0", *at).code == USAGE
    assert call("listen", "--netflow", "there:2055", *at).code == USAGE
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.bind(("127.0.0.1", 0))
        taken = call("listen", "--netflow", f"127.0.0.1:{one.getsockname()[1]}", *at)
    assert (taken.code, "Nothing can be heard" in taken.err) == (FAILED, True)
    assert not (tmp_path / "w").exists()
