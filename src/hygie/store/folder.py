"""The workspace folder: private to its owner, on a local disk, one writer at a time."""

import fcntl
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SETTINGS = "hygie.toml"
"""What a person may lay into a workspace before there is one."""

NETWORK_FILE_SYSTEMS = frozenset(
    "nfs nfs4 cifs smb3 smbfs 9p afs ceph glusterfs lustre beegfs gpfs davfs ncpfs vboxsf "
    "fuse.sshfs fuse.glusterfs fuse.ceph fuse.rclone fuse.s3fs".split()
)
"""Types in /proc/self/mountinfo on which SQLite's write-ahead log is unsafe (shared memory is needed)."""

_OCTAL = re.compile(rb"\\([0-3][0-7]{2})")
"""How mountinfo writes spaces and the like."""


class UnsafeFolderError(Exception):
    """The folder may not hold a workspace: message key, path, and what else the sentence needs."""


class LockHeldError(OSError):
    """Another process is writing to the workspace, or reads what is to be forgotten."""


def check_name(folder: Path) -> None:
    """Raises UnsafeFolderError for a path that is no UTF-8: DuckDB could not name its parts."""
    try:
        str(folder.absolute()).encode()
    except UnicodeEncodeError as error:
        raise UnsafeFolderError("workspace.name", os.fsencode(folder).decode("utf-8", "replace")) from error


def prepare(folder: Path) -> None:
    """Makes the folder (0700) with its `parts`. Raises UnsafeFolderError, OSError."""
    if folder.exists() and not folder.is_dir():
        raise UnsafeFolderError("workspace.not_a_folder", str(folder))
    if (
        folder.is_dir()
        and not (folder / "hygie.db").exists()
        and not (folder / "lock").exists()
        and any(entry.name != SETTINGS for entry in folder.iterdir())
    ):
        raise UnsafeFolderError("workspace.not_ours", str(folder))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    kind = file_system(folder)
    if kind in NETWORK_FILE_SYSTEMS:
        raise UnsafeFolderError("workspace.network_share", str(folder), kind)
    if stat.S_IMODE(folder.stat().st_mode) & 0o077:
        folder.chmod(0o700)
    os.close(os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))  # first: it marks what is ours
    (folder / "parts").mkdir(mode=0o700, exist_ok=True)


def file_system(folder: Path, mounts: str = "/proc/self/mountinfo") -> str:
    """Type of the file system that holds the folder; "" where the system does not tell.

    Source: proc(5), /proc/[pid]/mountinfo: field 5 is the mount point, the type follows " - ".
    """
    try:
        lines = Path(mounts).read_bytes().splitlines()
    except OSError:
        return ""
    place, best, kind = folder.resolve(), -1, ""
    for line in lines:
        before, _, after = line.partition(b" - ")
        parts = before.split(b" ")
        if len(parts) < 5 or not after:
            continue
        point = Path(os.fsdecode(_OCTAL.sub(lambda found: bytes([int(found[1], 8)]), parts[4])))
        if (point == place or point in place.parents) and len(point.parts) >= best:
            best, kind = len(point.parts), after.split(b" ")[0].decode("ascii", "replace")
    return kind


class Lock:
    """The one writer's lock of a workspace: held until closed or the process ends."""

    def __init__(self, folder: Path) -> None:
        self._handle: int | None = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self.close()
            raise LockHeldError(str(folder)) from error

    def close(self) -> None:
        """Lets the next writer in."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


class Presence:
    """A reader's sign that it is there: a writer deletes no part meanwhile."""

    def __init__(self, folder: Path) -> None:
        """A folder that may not be written has no writer: then there is nothing to hold."""
        try:
            self._handle: int | None = os.open(folder / "readers", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError:
            self._handle = None
            return
        fcntl.flock(self._handle, fcntl.LOCK_SH)

    def close(self) -> None:
        """Goes."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


@contextmanager
def alone(folder: Path) -> Iterator[bool]:
    """Whether nobody reads; who comes now waits until the end of the block. Raises OSError."""
    handle = os.open(folder / "readers", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(handle)
