import io
import subprocess
import sys
from pathlib import Path

import pytest

from hygie.jobs.child import Room, Terms, answer, give, take


def framed(*bodies: bytes) -> io.BytesIO:
    stream = io.BytesIO()
    for body in bodies:
        give(stream, body)
    stream.seek(0)
    return stream


def test_frames_come_back_as_given() -> None:
    stream = framed(b"one", b"", b"x" * 100_000)
    assert [take(stream) for _ in range(4)] == [b"one", b"", b"x" * 100_000, None]


@pytest.mark.parametrize("cut", range(7))
def test_a_frame_cut_anywhere_is_none(cut: int) -> None:
    assert take(io.BytesIO(framed(b"abc").getvalue()[:cut])) is None


def upper(said: bytes) -> bytes:
    return said.decode("ascii").upper().encode()


NAMED = f"{__name__}:upper".encode()


def test_every_request_is_answered_in_turn() -> None:
    out = io.BytesIO()
    answer(framed(NAMED, b"a", b"0", b"builtins:bytes", b"b", b"0", NAMED), out)  # the last has nothing to be given
    assert out.getvalue() == framed(b"A", b"b").getvalue()


def test_what_the_function_raises_ends_it() -> None:
    with pytest.raises(UnicodeDecodeError):
        answer(framed(NAMED, "é".encode(), b"0"), io.BytesIO())


@pytest.mark.parametrize("target", [b"", b"no.such.module:function", b"builtins:nothing"])
def test_a_function_that_is_not_there_ends_it(target: bytes) -> None:
    with pytest.raises((ImportError, AttributeError, ValueError)):
        answer(framed(target, b"x", b"0"), io.BytesIO())


def test_what_the_function_prints_is_no_answer(root: Path) -> None:
    code = "import sys, hygie.jobs.child as child\nchild.loud = lambda said: (print('noise'), said)[1]\nchild.main()"
    given = framed(b"hygie.jobs.child:loud", b"x", b"0").getvalue()
    ran = subprocess.run([sys.executable, "-c", code], input=given, capture_output=True, check=True, cwd=root)
    assert ran.stdout == framed(b"x").getvalue()
    assert b"noise" in ran.stderr


@pytest.mark.parametrize(
    "terms", [Terms(), Terms(3), Terms(0, Room("/a b/é")), Terms(60, Room("/a\udce9", "x.y:z", 1 << 31))]
)
def test_terms_come_back_as_given(terms: Terms) -> None:
    assert Terms.decode(terms.encode()) == terms


@pytest.mark.parametrize("frame", [b"", b"x", b"1\0a\0b\0c"])
def test_terms_that_are_none_end_it(frame: bytes) -> None:
    with pytest.raises((ValueError, TypeError)):
        Terms.decode(frame)
