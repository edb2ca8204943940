"""The process that reads office files: it may run out of memory or time, and die, without harm to its parent.

Run by path, alone: of Hygie it imports what gives up rights. Before it reads a byte of any file it limits itself, and
can open no file, connect to nothing and start nothing. On standard input come requests, on standard output go answers,
each "4 bytes of length, big-endian; msgpack".
A sheet that is hidden says so, the first one how many rows of the workbook are: {"sheet": name, "hidden", "unseen"}.
Request: {"size": bytes that follow, "cells": most a sheet, "seconds": CPU}. Answers: {"sheet": name} begins a sheet,
{"rows": [[text]]} go on with it, then {"done": true} or {"refused": [key, "name=value"...]}.
"""

import codecs
import datetime as dt
import io
import re
import resource
import sys
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import IO, Any, BinaryIO

import msgspec
import python_calamine as calamine

from hygie.rights.giving import give_up

codecs.lookup("cp437")  # names in a zip may need it, and once limited nothing can be loaded
_ROWS = 2000
"""Rows in one answer."""
_PIECE = 1 << 20
"""Bytes of a sheet that are looked at together for hidden rows."""
_HIDDEN = re.compile(rb"<row\b[^<>]*\bhidden=[\"'](?:1|true)[\"']")
_WHOLE = 1e15
"""Floats up to here hold whole numbers exactly."""


def limit(memory: int) -> None:
    """No more address space than `memory` bytes, no file beyond the pipes, nothing written, no core dump, no rights.

    Raises OSError, RuntimeError where rights cannot be given up.
    """
    give_up((), programs=False)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def allow(seconds: int) -> None:
    """CPU time for one request more; then the kernel ends this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def cell(value: Any) -> str:
    """A cell as text: dates ISO, whole numbers without ".0", true and false as spreadsheets show them."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < _WHOLE else repr(value)
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return value.date().isoformat() if midnight else value.isoformat(timespec="seconds")
    return "" if value is None else str(value)


def shortened(content: bytes) -> bool:
    """Whether a workbook is an XLSB with cells of the short form, which calamine passes over in silence.

    Source: MS-XLSB 2.1.4 (records), 2.3.2 (BrtShortBlank, 12, to BrtShortIsst, 18).
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/") and name[-4:] == ".bin"]
            return any(any(12 <= kind <= 18 for kind in records(archive.read(name))) for name in sheets)
    except (zipfile.BadZipFile, IndexError, EOFError, RuntimeError, zlib.error):
        return False  # no zip, or damaged: calamine will tell


def hidden_rows(content: bytes) -> int:
    """Rows of an XLSX that are hidden, by a person or a filter; 0 for other formats, which are not looked into."""
    count = 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                    with archive.open(name) as part:
                        count += _hidden_in(part)
    except (zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError, zlib.error):
        return 0  # no zip, or damaged: calamine will tell
    return count


def _hidden_in(part: IO[bytes]) -> int:
    """Hidden rows of one sheet, read piece by piece."""
    count, left = 0, b""
    while piece := part.read(_PIECE):
        text = left + piece
        end = text.rfind(b"<")
        count += len(_HIDDEN.findall(text, 0, max(end, 0)))
        left = text[end:][-_PIECE:] if end >= 0 else b""
    return count + len(_HIDDEN.findall(left))


def records(data: bytes) -> Iterator[int]:
    """Kinds of the records of an XLSB's sheet. Raises IndexError where they are cut."""
    at = 0
    while at < len(data):
        kind, at = data[at], at + 1
        if kind & 0x80:
            kind, at = kind & 0x7F | (data[at] & 0x7F) << 7, at + 1
        size = 0
        for shift in (0, 7, 14, 21):
            byte, at = data[at], at + 1
            size |= (byte & 0x7F) << shift
            if byte < 0x80:
                break
        yield kind
        at += size


def spread(rows: list[list[str]], merged: Iterable[tuple[tuple[int, int], tuple[int, int]]], most: int) -> None:
    """Gives each row of a cell merged over several the cell's text, which stands in the first row alone.

    Rows with nothing of their own stay empty. At most `most` cells are filled, whatever the file says is merged.
    """
    bare = {at for at, row in enumerate(rows) if not any(map(str.strip, row))}
    for (first, column), (last, _) in merged:
        text = rows[first][column] if first < len(rows) and column < len(rows[first]) else ""
        if not text.strip():
            continue
        for at in range(first + 1, min(last + 1, len(rows))):
            most -= 1
            if most < 0:
                return
            if at not in bare and column < len(rows[at]) and not rows[at][column]:
                rows[at][column] = text


def answers(content: bytes, most: int) -> Any:
    """Answers about one file, in turn. Raises calamine's errors."""
    if shortened(content):
        yield {"refused": ["refusal.xlsb"]}
        return
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    unseen = hidden_rows(content)
    for known in book.sheets_metadata:
        if known.typ is not calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(known.name)
        row, column = sheet.end or (-1, -1)
        if (row + 1) * (column + 1) > most:
            yield {"refused": ["refusal.cells", f"limit={most}", f"place={known.name}"]}
            return
        yield {"sheet": known.name, "hidden": known.visible is not calamine.SheetVisibleEnum.Visible, "unseen": unseen}
        unseen = 0
        rows = [[cell(value) for value in values] for values in sheet.to_python(skip_empty_area=False)]
        spread(rows, sheet.merged_cell_ranges or (), most)
        for start in range(0, len(rows), _ROWS):
            yield {"rows": rows[start : start + _ROWS]}
    yield {"done": True}


def refusals(content: bytes, most: int) -> Any:
    """The same, with what goes wrong told as the last answer."""
    try:
        yield from answers(content, most)
    except calamine.PasswordError:
        yield {"refused": ["refusal.encrypted"]}
    except (calamine.CalamineError, OSError, ValueError, OverflowError) as error:
        yield {"refused": ["refusal.damaged", f"detail={type(error).__name__}"]}
    except MemoryError:
        yield {"refused": ["refusal.office"]}


def send(out: BinaryIO, answer: Any) -> None:
    """One answer."""
    data = msgspec.msgpack.encode(answer)
    out.write(len(data).to_bytes(4, "big") + data)


def serve(requests: BinaryIO, out: BinaryIO) -> None:
    """Answers requests until there are no more."""
    while head := requests.read(4):
        request = msgspec.msgpack.decode(requests.read(int.from_bytes(head, "big")))
        allow(request["seconds"])
        content = requests.read(request["size"])
        for answer in refusals(content, request["cells"]):
            send(out, answer)
        out.flush()


if __name__ == "__main__":
    limit(int(sys.argv[1]))
    serve(sys.stdin.buffer, sys.stdout.buffer)
