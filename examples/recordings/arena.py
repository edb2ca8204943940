"""A small network of its own, made of namespaces: hosts around one bridge, and a capture on that bridge.

Everything here needs root and Linux (iproute2, util-linux, ethtool, tcpdump). Nothing leaves the namespaces: no host of
an arena has a way out, and each has its own host name and mounts. Leaving the `with` block ends every program that was
started in it, by its own process id, and removes every namespace.
"""

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

PATIENCE = 20.0
"""Seconds to wait for a program to answer before the recording is given up."""

Command = Sequence[str | Path]


@dataclass(frozen=True, slots=True)
class Host:
    """One end of a conversation."""

    name: str
    """Host name that its programs believe in."""
    ip: str
    """IPv4 address; "" for a host that is to get one by DHCP."""
    mac: str
    prefix: int = 8
    """Length of the network part: 8 puts every host of an arena on one link."""


class Arena:
    """Hosts joined by a bridge. Use it as a context manager."""

    def __init__(self, hosts: Sequence[Host], scratch: Path) -> None:
        """`scratch` is an empty folder for the programs' files."""
        self.hosts = list(hosts)
        self.scratch = scratch
        self.running: list[subprocess.Popen[bytes]] = []
        self.spaces: dict[str, str] = {}
        self.switch = f"hygie{os.getpid()}sw"

    def __enter__(self) -> "Arena":
        """Makes the namespaces; raises CalledProcessError where the machine does not allow it."""
        try:
            self._build()
        except BaseException:
            self._clear()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Ends the programs and removes the namespaces."""
        self._clear()

    def _build(self) -> None:
        # Programs ask for the names of their peers: the answer is at hand, and no resolver is waited for.
        names = [f"{host.ip} {host.name}" for host in self.hosts if host.ip]
        (self.scratch / "hosts").write_text("\n".join(["127.0.0.1 localhost", *names, ""]))
        (self.scratch / "resolv.conf").write_text("")
        subprocess.run(["ip", "netns", "add", self.switch], check=True)
        quiet = "net.ipv6.conf.all.disable_ipv6=1"
        self._in_space(self.switch, ["sysctl", "-q", quiet])
        self._in_space(self.switch, ["ip", "link", "add", "br0", "type", "bridge", "mcast_snooping", "0"])
        self._in_space(self.switch, ["ip", "link", "set", "br0", "up"])
        for number, host in enumerate(self.hosts):
            space = f"hygie{os.getpid()}h{number}"
            subprocess.run(["ip", "netns", "add", space], check=True)
            self.spaces[host.name] = space
            self._in_space(space, ["sysctl", "-q", quiet])
            port = f"p{number}"
            self._in_space(
                self.switch,
                ["ip", "link", "add", port, "type", "veth", "peer", "name", "eth0", "netns", space],
            )
            self._in_space(self.switch, ["ip", "link", "set", port, "master", "br0", "up"])
            batch = f"link set lo up\nlink set eth0 address {host.mac}\nlink set eth0 up\n"
            if host.ip:
                batch += f"addr add {host.ip}/{host.prefix} broadcast + dev eth0\nroute add default dev eth0\n"
            self._in_space(space, ["ip", "-batch", "-"], batch)
            # Offloading would leave segments larger than the link and checksums that are not there.
            self._in_space(space, ["ethtool", "-K", "eth0", "tx", "off", "tso", "off", "gso", "off", "gro", "off"])

    def _in_space(self, space: str, command: Command, given: str = "") -> None:
        subprocess.run(
            ["nsenter", f"--net=/run/netns/{space}", *command],
            input=given.encode(),
            check=True,
            stdout=subprocess.DEVNULL,
            timeout=PATIENCE,
        )

    def _clear(self) -> None:
        for program in reversed(self.running):
            self.end(program)
        self.running.clear()
        for space in [*self.spaces.values(), self.switch]:
            subprocess.run(["ip", "netns", "del", space], check=False, stderr=subprocess.DEVNULL)
        self.spaces.clear()

    def wrap(self, host: Host | None, command: Command, mounts: dict[str, Path] | None = None) -> list[str]:
        """The command line that runs `command` on a host (None: on the switch), with `mounts` (place -> folder)."""
        space = self.switch if host is None else self.spaces[host.name]
        steps = ["mount -t tmpfs none /run"] if mounts is not None else []
        steps += [f"mount --bind '{source}' '{place}'" for place, source in (mounts or {}).items()]
        for name in ("hosts", "resolv.conf"):
            steps.append(f"mount --bind '{self.scratch / name}' /etc/{name}")
        steps += [f"hostname '{host.name}'"] if host is not None else []
        script = " && ".join([*steps, 'exec "$@"'])
        inner = [str(part) for part in command]
        return ["nsenter", f"--net=/run/netns/{space}", "unshare", "--mount", "--uts", "sh", "-c", script, "sh", *inner]

    def run(self, host: Host, command: Command, given: str = "", check: bool = True) -> str:
        """Runs a program to its end on a host and gives its output. Raises CalledProcessError if it fails."""
        done = subprocess.run(
            self.wrap(host, command),
            input=given.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=self.scratch,
            timeout=PATIENCE,
            check=False,
        )
        text = done.stdout.decode(errors="replace")
        if check and done.returncode:
            raise RuntimeError(f"{command[0]} on {host.name} left with {done.returncode}:\n{text}")
        return text

    def start(
        self, host: Host | None, command: Command, mounts: dict[str, Path] | None = None
    ) -> subprocess.Popen[bytes]:
        """Starts a program that serves until the arena is cleared; its words go to a log in the scratch folder."""
        log = self.scratch / f"{len(self.running):02d}-{Path(str(command[0])).name}.log"
        with log.open("wb") as out:
            program = subprocess.Popen(
                self.wrap(host, command, mounts),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                cwd=self.scratch,
                start_new_session=True,
            )
        self.running.append(program)
        return program

    def end(self, program: subprocess.Popen[bytes]) -> None:
        """Ends one program, and what it started itself, by its own process group."""
        for sign in (signal.SIGTERM, signal.SIGKILL):
            if program.poll() is not None:
                break
            os.killpg(program.pid, sign)
            try:
                program.wait(3)
            except subprocess.TimeoutExpired:
                continue
        with suppress(ProcessLookupError):
            os.killpg(program.pid, signal.SIGKILL)

    def wait_port(self, host: Host, port: int, transport: str = "tcp") -> None:
        """Waits until something listens on a port of a host. Raises RuntimeError if nothing does."""
        ask = ["ss", "-Hln", "-t" if transport == "tcp" else "-u", f"sport = :{port}"]
        until = time.monotonic() + PATIENCE
        while not self.run(host, ask, check=False).strip():
            if time.monotonic() > until:
                raise RuntimeError(f"nothing listens on {transport} {port} of {host.name}: {self.logs()}")
            time.sleep(0.05)

    def logs(self) -> str:
        """What the started programs wrote, for an error message."""
        return "\n".join(f"{log.name}: {log.read_text(errors='replace')[-2000:]}" for log in self.scratch.glob("*.log"))

    @contextmanager
    def capture(self, path: Path, only: str = "", on: str = "br0") -> Iterator[None]:
        """Records what crosses the bridge into `path`; `only` is a tcpdump filter.

        `on` is "p0" for the first host's port: a bridge keeps link-local groups such as LLDP's to itself.
        """
        command = ["tcpdump", "-i", on, "-n", "-U", "-s", "0", "--immediate-mode", "-Z", "root", "-w", path]
        program = self.start(None, [*command, only] if only else command)
        until = time.monotonic() + PATIENCE
        while not path.exists() or path.stat().st_size < 24:
            if program.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"tcpdump did not start: {self.logs()}")
            time.sleep(0.02)
        try:
            yield
        finally:
            time.sleep(0.3)
            os.killpg(program.pid, signal.SIGINT)
            program.wait(5)
