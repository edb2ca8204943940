from pathlib import Path

import pytest

from door import call
from hygie.serve.settings import FILE, Settings, settings


def written(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / FILE).write_text(text, encoding="utf-8")
    return folder


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert settings(tmp_path) == settings(tmp_path / "none") == Settings("", "local", 0)
    (tmp_path / "file").touch()
    assert settings(tmp_path / "file") == Settings()


def test_what_is_said_holds(tmp_path: Path) -> None:
    said = written(tmp_path, 'lang = "fr"  # français\nsite = "Nord"\nkeep_days = 365\nmost_gigabytes = 50\n')
    assert settings(said) == Settings("fr", "Nord", 365, 50)
    assert settings(written(tmp_path, "")) == Settings()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('langue = "fr"', "settings.key"),
        ("[keep]\ndays = 3\n", "settings.key"),
        ('lang = "de"', "settings.lang"),
        ("lang = ['fr']", "settings.lang"),
        ('site = ""', "settings.site"),
        ("site = 3", "settings.site"),
        ("keep_days = 0", "settings.keep_days"),
        ("keep_days = -1", "settings.keep_days"),
        ("keep_days = true", "settings.keep_days"),
        ('keep_days = "30"', "settings.keep_days"),
        ("keep_days = 99999999", "settings.keep_days"),
        ("most_gigabytes = 0", "settings.most_gigabytes"),
        ("most_gigabytes = 1001", "settings.most_gigabytes"),
        ("most_gigabytes = 1.5", "settings.most_gigabytes"),
        ("most_gigabytes = true", "settings.most_gigabytes"),
        ("lang = fr", "settings.damaged"),
    ],
)
def test_what_is_wrong_is_told_with_the_keys(tmp_path: Path, text: str, key: str) -> None:
    with pytest.raises(ValueError, match=key) as error:
        settings(written(tmp_path, text))
    assert str(tmp_path / FILE) in error.value.args[1]
    for lang in ("fr", "en"):
        found = call("devices", "--workspace", tmp_path, lang=lang)
        assert (found.code, found.out) == (2, "")
        assert str(tmp_path / FILE) in found.err
        assert key == "settings.damaged" or "keep_days" in found.err


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"\xff\xfe\x00")
    assert call("devices", "--workspace", tmp_path).code == 2
    (tmp_path / FILE).unlink()
    (tmp_path / FILE).mkdir()
    assert call("devices", "--workspace", tmp_path).code == 3
