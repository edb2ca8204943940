import pytest

from hygie.wire.codec.text import device_name, plain


def test_plain_text_is_cleaned_and_cut() -> None:
    assert plain(b"  Evita\0\0V500 \x1b[31m\r\n x ") == "Evita V500 [31m x"
    assert plain("réanimation".encode("latin-1")) == "réanimation"
    assert plain("réanimation".encode()) == "réanimation"
    assert plain("\u202eabc\u200b") == "abc"
    assert len(plain(b"x" * 10_000)) == 128


@pytest.mark.parametrize("name", ["iPhone-de-Marie", "Marie's iPad", "Galaxy-S21", "marie@chu.fr", "android-4fa", ""])
def test_personal_names_are_dropped(name: str) -> None:
    assert device_name(name) == ""


@pytest.mark.parametrize("name", ["MX800-REA-01", "pacs01.chu.example", "DESKTOP-4F7K"])
def test_machines_keep_their_names(name: str) -> None:
    assert device_name(name.encode() + b".") == name
