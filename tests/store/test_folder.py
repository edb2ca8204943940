from pathlib import Path

import pytest

from hygie.store.folder import Lock, LockHeldError, Presence, UnsafeFolderError, alone, file_system, prepare


def test_the_folder_is_private(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    prepare(folder)
    assert folder.stat().st_mode & 0o777 == 0o700
    folder.chmod(0o755)
    (folder / "lock").touch()
    prepare(folder)
    assert folder.stat().st_mode & 0o777 == 0o700


def test_settings_may_lie_there_before(tmp_path: Path) -> None:
    (tmp_path / "hygie.toml").write_text('lang = "fr"', encoding="utf-8")
    prepare(tmp_path)
    assert (tmp_path / "parts").is_dir()
    assert (tmp_path / "hygie.toml").read_text(encoding="utf-8") == 'lang = "fr"'


def test_a_folder_with_other_things_is_refused(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").touch()
    with pytest.raises(UnsafeFolderError) as error:
        prepare(tmp_path)
    assert error.value.args[0] == "workspace.not_ours"
    file = tmp_path / "holiday.jpg"
    with pytest.raises(UnsafeFolderError):
        prepare(file)


def test_a_network_share_is_told_by_its_mount(tmp_path: Path) -> None:
    mounts = tmp_path / "mountinfo"
    share = tmp_path / "the share"
    share.mkdir()
    point = str(share).replace(" ", "\\040")
    mounts.write_text(
        f"21 1 8:1 / / rw - ext4 /dev/sda1 rw\n30 21 0:40 / {point} rw shared:1 - nfs4 server:/x rw\nbroken line\n"
    )
    assert file_system(share / "w", str(mounts)) == "nfs4"
    assert file_system(tmp_path, str(mounts)) == "ext4"
    assert file_system(tmp_path, str(tmp_path / "none")) == ""


def test_a_share_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hygie.store.folder.file_system", lambda folder: "cifs")
    with pytest.raises(UnsafeFolderError) as error:
        prepare(tmp_path / "w")
    assert error.value.args[0] == "workspace.network_share"


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    first = Lock(tmp_path)
    with pytest.raises(LockHeldError):
        Lock(tmp_path)
    first.close()
    Lock(tmp_path).close()


def test_a_share_with_accents_in_its_name_is_told(tmp_path: Path) -> None:
    mounts, share = tmp_path / "mountinfo", tmp_path / "données € partagées"
    share.mkdir()
    point = str(share).replace(" ", "\\040")
    mounts.write_text(f"21 1 8:1 / / rw - ext4 /dev/sda1 rw\n30 21 0:40 / {point} rw - cifs //s/x rw\n")
    assert file_system(share, str(mounts)) == "cifs"


def test_what_a_dead_process_began_is_still_ours(tmp_path: Path) -> None:
    (tmp_path / "w" / "parts").mkdir(parents=True)
    (tmp_path / "w" / "lock").touch()
    prepare(tmp_path / "w")


def test_readers_keep_a_writer_from_being_alone(tmp_path: Path) -> None:
    one, other = Presence(tmp_path), Presence(tmp_path)
    with alone(tmp_path) as free:
        assert not free
    one.close()
    other.close()
    with alone(tmp_path) as free:
        assert free
    Presence(tmp_path / "absent").close()
