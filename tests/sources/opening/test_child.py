import datetime as dt
import io
import resource
import subprocess
import sys
import zipfile
from pathlib import Path

import msgspec

from hygie.sources.opening import child


def test_cells_as_text() -> None:
    values = {
        "a": "a", 3.0: "3", 3.25: "3.25", 1e300: "1e+300", None: "", dt.date(2020, 1, 2): "2020-01-02",
        dt.datetime(2020, 1, 2): "2020-01-02", dt.datetime(2020, 1, 2, 3, 4): "2020-01-02T03:04:00",  # noqa: DTZ001
        dt.time(10, 30): "10:30:00",
    }  # fmt: skip
    assert {value: child.cell(value) for value in values} == values
    assert (child.cell(True), child.cell(False), child.cell(7)) == ("TRUE", "FALSE", "7")


def asked(content: bytes) -> bytes:
    head = msgspec.msgpack.encode({"size": len(content), "cells": 100, "seconds": 5})
    return len(head).to_bytes(4, "big") + head + content


def test_what_is_no_workbook_is_refused_and_the_next_is_answered() -> None:
    before = resource.getrlimit(resource.RLIMIT_CPU)
    command = [sys.executable, "-I", str(Path(child.__file__)), str(1 << 30)]
    done = subprocess.run(command, input=asked(b"x") + asked(b"y"), capture_output=True, timeout=60, check=True)
    out, answers = io.BytesIO(done.stdout), []
    while head := out.read(4):
        answers.append(msgspec.msgpack.decode(out.read(int.from_bytes(head, "big"))))
    assert [answer["refused"][0] for answer in answers] == ["refusal.damaged"] * 2
    assert resource.getrlimit(resource.RLIMIT_CPU) == before


def test_it_cannot_open_files_or_take_memory() -> None:
    code = (
        "import runpy, sys\n"
        f"m = runpy.run_path({str(Path(child.__file__))!r})\n"
        "m['limit'](1 << 30)\n"
        "tried = 0\n"
        "try:\n    open('/etc/hostname')\nexcept OSError:\n    tried += 1\n"
        "try:\n    bytearray(2 << 30)\nexcept MemoryError:\n    tried += 1\n"
        "print(tried)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=True)
    assert done.stdout.strip() == b"2"


def test_cells_of_an_xlsb_that_would_be_passed_over_are_refused() -> None:
    def book(kind: int) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("xl/workbook.bin", b"")
            # a long head (two bytes of kind, two of size), then a cell
            archive.writestr("xl/worksheets/sheet1.bin", b"\x81\x01\x80\x01" + bytes(128) + bytes((kind, 2, 0, 0)))
        return out.getvalue()

    assert [kind for kind in range(1, 30) if child.shortened(book(kind))] == [12, 13, 14, 15, 16, 17, 18]
    assert list(child.answers(book(13), 10)) == [{"refused": ["refusal.xlsb"]}]
    assert not child.shortened(b"PK\x03\x04 no zip")
    assert list(child.records(b"\x01\x02ab\x05\x00")) == [1, 5]


def test_a_cell_merged_over_rows_stands_in_each_of_them() -> None:
    rows = [["W", "A"], ["", "1"], ["", ""], ["", "3"], ["", "4"], ["x", "5"]]
    child.spread(rows, [((0, 0), (3, 0)), ((4, 0), (9, 1)), ((5, 0), (5, 1)), ((40, 9), (41, 9))], 100)
    assert rows == [["W", "A"], ["W", "1"], ["", ""], ["W", "3"], ["", "4"], ["x", "5"]]
    rows = [["W", ""], ["", "1"], ["", "2"]]
    child.spread(rows, [((0, 0), (1 << 40, 0))] * 3, 1)
    assert [row[0] for row in rows] == ["W", "W", ""]
