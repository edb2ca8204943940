import io
import subprocess
import sys
from pathlib import Path

import pytest

from hygie.jobs.child import answer, give, take


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


def test_every_request_is_answered_in_turn() -> None:
    out = io.BytesIO()
    answer(bytes.upper, framed(b"a", b"b"), out)
    assert out.getvalue() == framed(b"A", b"B").getvalue()


def test_what_the_function_raises_ends_it() -> None:
    with pytest.raises(UnicodeDecodeError):
        answer(lambda said: said.decode("ascii").encode(), framed("é".encode()), io.BytesIO())


def test_what_the_function_prints_is_no_answer(root: Path) -> None:
    code = (
        "import sys, hygie.jobs.child as child\n"
        "child.loud = lambda said: (print('noise'), said)[1]\n"
        "child.main('hygie.jobs.child:loud')"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], input=framed(b"x").getvalue(), capture_output=True, check=True, cwd=root
    )
    assert ran.stdout == framed(b"x").getvalue()
    assert b"noise" in ran.stderr
