import io

import pytest

from hygie.sources.opening import Content, Limits


def make(data: bytes, limits: Limits = Limits()) -> Content:  # noqa: B008
    return Content("x.csv", lambda: io.BytesIO(data), limits)


def test_head_size_and_hash() -> None:
    small, large = make(b"a;b\n"), make(b"x" * 200_000)
    assert (small.head, small.size) == (b"a;b\n", 4)
    assert (len(large.head), large.size) == (65536, -1)
    assert large.sha256() == make(b"x" * 200_000).sha256()
    assert large.size == 200_000
    assert small.open().read() == b"a;b\n"


def test_the_whole_is_limited_and_kept_only_where_small() -> None:
    with pytest.raises(ValueError, match=r"refusal\.large"):
        make(b"x" * 100_000, Limits(whole=99_999)).bytes()
    times = []

    def opener() -> io.BytesIO:
        times.append(1)
        return io.BytesIO(b"x" * 100_000)

    source = Content("x", opener, Limits(kept=200_000))
    assert source.bytes() is source.bytes()
    source.close()
    assert len(source.bytes()) == 100_000
    assert len(times) == 3


def test_sheets_of_text_are_read_once() -> None:
    source = make(b"a;b\n1;2\n3;4\n")
    assert source.sheets() is source.sheets()
    assert source.sheets()[0].rows == [["a", "b"], ["1", "2"], ["3", "4"]]
    assert make(bytes(range(256)) * 10).sheets() == []
    assert make(b'{"a": 1}').sheets() == []


def test_a_preview_reads_no_more_than_the_head() -> None:
    data = b"a;b\n" + b"1;2\n" * 50_000
    source = make(data)
    assert 10_000 < len(source.preview()[0].rows) < 20_000
    assert len(source.sheets()[0].rows) == 50_001
    assert source.preview() is source.sheets()
    assert make(bytes(range(256)) * 1000).preview() == []


def test_a_damaged_head_is_kept_up_to_the_damage() -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            data = super().read(min(size or 0, 10))
            if not data:
                raise EOFError
            return data

    source = Content("x", lambda: Broken(b"a;b\n1;2\n"), Limits())
    assert source.head == b"a;b\n1;2\n"
    with pytest.raises(EOFError):
        source.bytes()
    assert len(source.sha256()) == 64
    with pytest.raises(EOFError):
        Content("x", lambda: Broken(b""), Limits())
