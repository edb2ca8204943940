"""The workspace folder: private to its owner, on a local disk, one writer at a time."""

import fcntl
import os
import stat
from pathlib import Path

NETWORK_FILE_SYSTEMS = frozenset(
    "nfs nfs4 cifs smb3 smbfs 9p afs ceph glusterfs lustre fuse.sshfs fuse.glusterfs fuse.ceph davfs ncpfs".split()
)
"""Types in /proc/self/mountinfo on which SQLite's write-ahead log is unsafe (shared memory is needed)."""


class UnsafeFolderError(OSError):
    """The folder may not hold a workspace; the first argument is a message key, the second its path."""


class LockHeldError(OSError):
    """Another process is writing to the workspace."""


def prepare(folder: Path) -> None:
    """Makes the folder (0700) with its `parts`. Raises UnsafeFolderError, OSError."""
    if folder.exists() and not folder.is_dir():
        raise UnsafeFolderError("workspace.not_a_folder", str(folder))
    if (
        folder.is_dir()
        and not (folder / "hygie.db").exists()
        and not (folder / "lock").exists()
        and any(folder.iterdir())
    ):
        raise UnsafeFolderError("workspace.not_ours", str(folder))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    kind = file_system(folder)
    if kind in NETWORK_FILE_SYSTEMS:
        raise UnsafeFolderError("workspace.network_share", str(folder), kind)
    if stat.S_IMODE(folder.stat().st_mode) & 0o077:
        folder.chmod(0o700)
    (folder / "parts").mkdir(mode=0o700, exist_ok=True)


def file_system(folder: Path, mounts: str = "/proc/self/mountinfo") -> str:
    """Type of the file system that holds the folder; "" where the system does not tell.

    Source: proc(5), /proc/[pid]/mountinfo: field 5 is the mount point, the type follows " - ".
    """
    try:
        lines = Path(mounts).read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ""
    place, best, kind = folder.resolve(), -1, ""
    for line in lines:
        before, _, after = line.partition(" - ")
        parts = before.split(" ")
        if len(parts) < 5 or not after:
            continue
        point = Path(parts[4].encode("latin-1", "surrogateescape").decode("unicode_escape"))
        if (point == place or point in place.parents) and len(point.parts) >= best:
            best, kind = len(point.parts), after.split(" ")[0]
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
