"""The sensor's key: its owner's alone, made once."""

import os
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from hygie.model.observed import ALGORITHM, from_line, raw
from hygie.serve.signing import FILE, load, make


def test_it_signs_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    made = make(tmp_path, "bloc-1")
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600
    found = load(tmp_path)
    assert found[:2] == made[:2] == (made.public, "bloc-1")
    Ed25519PublicKey.from_public_bytes(raw(made.public)).verify(found.sign(b"x"), b"x")
    assert from_line(made.line) == (made.public, "bloc-1")
    assert made.line.startswith(ALGORITHM)


def test_it_is_made_once_and_never_through_a_link(tmp_path: Path) -> None:
    make(tmp_path, "bloc-1")
    before = (tmp_path / FILE).read_bytes()
    with pytest.raises(FileExistsError):
        make(tmp_path, "bloc-1")
    assert (tmp_path / FILE).read_bytes() == before
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / FILE).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match=FILE):
        make(tmp_path / "other", "bloc-1")
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666])
def test_what_others_may_read_or_write_signs_nothing(tmp_path: Path, mode: int) -> None:
    make(tmp_path, "bloc-1")
    (tmp_path / FILE).chmod(mode)
    with pytest.raises(PermissionError):
        load(tmp_path)


def test_damage_at_any_byte_is_a_builtin_error_or_the_same_key(tmp_path: Path) -> None:
    made = make(tmp_path, "bloc-1")
    data = (tmp_path / FILE).read_bytes()
    for at in range(len(data)):
        for broken in (data[:at], data[:at] + bytes((data[at] ^ 1,)) + data[at + 1 :]):
            (tmp_path / FILE).write_bytes(broken)
            os.chmod(tmp_path / FILE, 0o600)  # noqa: PTH101
            try:
                found = load(tmp_path)
            except ValueError:
                continue
            assert found.public == made.public
