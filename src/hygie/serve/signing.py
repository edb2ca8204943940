"""The key by which a sensor signs what it observed: made here, kept in the workspace, readable by its owner alone.

What comes in: a workspace's folder. What goes out: its public key, and signatures. The private key never leaves.

Source: RFC 8032 section 5.1 (Ed25519).
"""

import os
import stat
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from hygie.model.observed import from_line, public_line, raw

FILE = "sensor.key"
"""In the workspace: the public key as a line, then the private one in base64."""
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_LARGEST = 4096


class Key(NamedTuple):
    """A sensor's key."""

    public: str
    """Base64."""
    sensor: str
    sign: Callable[[bytes], bytes]

    @property
    def line(self) -> str:
        """What is handed over to the centre."""
        return public_line(self.public, self.sensor)


def make(folder: Path, sensor: str) -> Key:
    """Makes the key of a workspace. Raises FileExistsError where there is one, OSError."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.generate()
    public = b64encode(private.public_key().public_bytes_raw()).decode()
    secret = b64encode(private.private_bytes_raw())
    handle = os.open(folder / FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(public_line(public, sensor).encode() + b"\n" + secret + b"\n")
        file.flush()
        os.fsync(file.fileno())
    return Key(public, sensor, private.sign)


def load(folder: Path) -> Key:
    """The key of a workspace.

    Raises FileNotFoundError where there is none, PermissionError where others than its owner may read it, ValueError
    for what is no key, OSError.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    with (folder / FILE).open("rb") as file:
        if os.fstat(file.fileno()).st_mode & _OTHERS:
            raise PermissionError(FILE)
        line, _, secret = file.read(_LARGEST).partition(b"\n")
    public, sensor = from_line(line.decode("ascii", "replace"))
    private = Ed25519PrivateKey.from_private_bytes(raw(secret.strip().decode("ascii", "replace")))
    if b64encode(private.public_key().public_bytes_raw()).decode() != public:
        raise ValueError(FILE)
    return Key(public, sensor, private.sign)
