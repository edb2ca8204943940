"""Live capture, by a small program that is kept well by others (dumpcap of Wireshark) and holds the capture right only.

Nothing is captured unless an interface is named. What passes is given as a pcapng stream; no byte is written to a disk
here. Where this process is root, the program starts with CAP_NET_RAW alone; else it has what its file gives it (on
Debian: to the group wireshark).
"""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from typing import BinaryIO, cast

PROGRAM = "dumpcap"
_START = """
import sys
sys.path[:] = sys.argv[1].split({sep!r})
from hygie.jobs.sensing import become
become(sys.argv[2:])
"""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:@-]{0,63}")
_PATIENCE = 10
"""Seconds that the program has to end."""
_TOLD = 2000
"""Characters of what it says that are looked at."""


def program() -> str:
    """Path of the program; "" where there is none."""
    return shutil.which(PROGRAM) or shutil.which(PROGRAM, path="/usr/bin:/usr/sbin:/usr/local/bin") or ""


def is_name(interface: str) -> bool:
    """Whether a text may be an interface's name, and cannot be taken for an option."""
    return _NAME.fullmatch(interface) is not None


def become(command: Sequence[str]) -> None:
    """Turns this process into the program, with the capture right alone where it is root's. Raises OSError."""
    from hygie.rights.giving import keep_capture

    keep_capture()
    os.execv(command[0], list(command))  # noqa: S606


class Sensor:
    """A capture that runs. Its stream ends by itself after `seconds`, or once it is asked to stop."""

    def __init__(self, interface: str, seconds: int) -> None:
        """Starts it. Raises FileNotFoundError where the program is missing, OSError."""
        found = program()
        if not found:
            raise FileNotFoundError(PROGRAM)
        command = [found, "-q", "-n", "-i", interface, "-a", f"duration:{seconds}", "-s", "0", "-w", "-"]
        if os.geteuid() == 0:
            path = os.pathsep.join(entry for entry in sys.path if entry)
            command = [sys.executable, "-I", "-B", "-c", _START.format(sep=os.pathsep), path, *command]
        self._process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
        )
        self._said = cast(BinaryIO, self._process.stderr)
        self.stream = cast(BinaryIO, self._process.stdout)
        """pcapng, from its first byte."""

    def stop(self) -> None:
        """Asks it to end: what it has is still given."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)

    def end(self) -> tuple[bool, str]:
        """Waits for its end: whether it went well, and the last line that it said. Reads no more of the stream."""
        self.stream.close()
        try:
            code = self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        with self._said as said:
            lines = said.read(_TOLD).decode("utf-8", "replace").split("\n")
        told = [line.strip() for line in lines if line.strip()]
        failed = [line for line in told if line.lower().startswith("dumpcap:")] or told
        return code == 0, failed[-1].removeprefix("dumpcap: ") if failed else ""
