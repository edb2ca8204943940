import struct
import zipfile

import msgspec
import pytest

from hygie.sources.opening.refusals import UNREADABLE, refusal, shown


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (EOFError(), "refusal.truncated"),
        (struct.error("unpack"), "refusal.truncated"),
        (UnicodeDecodeError("utf-8", b"x", 0, 1, "bad"), "refusal.encoding"),
        (RecursionError(), "refusal.deep"),
        (PermissionError(13, "Permission denied"), "refusal.permission"),
        (FileNotFoundError(2, "none"), "refusal.absent"),
        (zipfile.BadZipFile("bad"), "refusal.damaged"),
        (NotImplementedError("method 99"), "refusal.method"),
        (OSError(5, "I/O error"), "refusal.disk"),
        (KeyError("x"), "refusal.damaged"),
    ],
)
def test_reasons(error: Exception, reason: str) -> None:
    assert isinstance(error, UNREADABLE)
    assert refusal("f", error).reason == reason


def test_a_parser_may_tell_reason_place_and_arguments() -> None:
    error = ValueError("refusal.cells", "limit=5", "place=line 7")
    told = refusal("f", error, "R1", "line 2", whole=False)
    assert (told.reason, told.place, told.args, told.whole) == ("refusal.cells", "line 7", ("limit=5",), False)
    assert refusal("f", ValueError("refusal.nul"), place="line 2").place == "line 2"


def test_no_value_of_the_file_goes_into_a_refusal() -> None:
    told = refusal("f", ValueError("invalid literal for int(): 'DUPONT'"))
    assert "DUPONT" not in str(told)
    assert told.args == ("detail=ValueError",)
    with pytest.raises(msgspec.DecodeError) as broken:
        msgspec.json.decode(b'{"a" 1}')
    assert "byte 5" in refusal("f", broken.value).args[0]


def test_names_from_outside_cannot_play_with_the_terminal() -> None:
    assert shown("a\x1b[2Jb\nc") == "a\ufffd[2Jb\ufffdc"
    assert len(shown("x" * 1000)) == 300
