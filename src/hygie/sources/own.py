"""What Hygie itself wrote: its exports, its report, the files of a workspace.

They are recognised, so that they are never taken for the hospital's word, and read as nothing.

What comes in: any content. What goes out: whether it is one of ours; no row. The workbooks that people fill in
(`questions.xlsx`, `hospital.xlsx`) are read back by readers of their own. A table of questions with answers in it is
refused in words: it has no place for the name and the date that make an answer a person's.

The forms are those of `exports`: first columns of the tables, first keys of the JSON, head of the report, author of the
workbook. A test compares them with what `exports` writes.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hygie.model.evidence import Refusal, Speaker
from hygie.model.seams import Given, Input, Reader, Sheet

KIND = "own"

_TABLES = (
    "id,site,key,aliases,system,",
    "id,make,product,version,kind,connectable,",
    "id,site,name,cidr,vlan,use,source",
    "site,sensor,vlan,client,client_device,",
    "id,device,name,ward,vulnerability,verdict,",
    "finding,exposure,kind,mission,exploitation,",
    "id,kind,model,subject,args,text,authority,",
    "subject,trait,one,one_origin,other,",
    "id,left,right,probability,reasons,decided",
    "id,to,subject,reason,args,options,",
    "reading,site,sensor,first,last,packets,",
    "reading,name,place,reason,args,whole",
    "id,source,site,kind,reader_version,speaker,",
    "ward,device,name,kind,service,port,peer,",
    "source,readings,newest,stated,refused",
)
"""First columns of each table that leaves."""
_QUESTIONS = "id,to,subject,reason,args,options,answer,"
"""First columns of the table of questions."""
_ANSWER = _QUESTIONS.split(",").index("answer")
"""Column of its answers, 0 the first."""
_KEY = re.compile(rb'^ {0,2}"([a-z0-9_]+)": ', re.MULTILINE)
"""A key of a listing in JSON, which stands on a line of its own."""
_WHOLE = re.compile(rb'\{"format": "hygie", "version": "')
_REPORT = re.compile(
    rb"<!DOCTYPE html>\n.{0,200}<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
    rb".{0,400}<title>[^<]* \xc2\xb7 [0-9]{4}-[0-9]{2}-[0-9]{2}</title>",
    re.DOTALL,
)
_AUTHOR = b"<dc:creator>Hygie</dc:creator>"
_SHEETS = 8
"""Sheets that only the export of all tables has: the workbooks to fill in have fewer."""
_LARGEST = 1 << 20
"""Bytes of a workbook's list of sheets, or of its properties, that are looked at."""
_WORKSPACE = frozenset(
    ("hygie.db", "hygie.db-wal", "hygie.db-shm", "hygie.toml", "lock", "readers", "report.html", "sensor.key")
)


def recognises(source: Input) -> bool:
    """Whether Hygie wrote it. Raises OSError."""
    return _in_workspace(source.path) or _is_text(source.head) or _is_workbook(source)


def read(source: Input, given: Given) -> Iterator[Any]:
    """Nothing: what it says was read elsewhere. Answers in a table of questions: a Refusal that says where they go."""
    if not _begin(source.head).startswith(_QUESTIONS):
        return
    answered = [place for sheet in source.sheets() for place in _answers(sheet)]
    if answered:
        count = (f"count={len(answered)}",)
        yield Refusal(given.reading, source.name, answered[0], "refusal.own_answers", count)


def _answers(sheet: Sheet) -> Iterator[str]:
    """Places of the answers in a table of questions that are not empty ("G3")."""
    for number, row in enumerate(sheet.rows, 1):
        if number > 1 and len(row) > _ANSWER and row[_ANSWER].strip():
            yield f"{chr(ord('A') + _ANSWER)}{number}"


def _in_workspace(path: str) -> bool:
    """Whether a file is part of a workspace: by its name, in a folder that has a workspace's database and lock."""
    file = Path(path)
    inside = file.parent.name == "parts" and file.suffix == ".parquet"
    if not path or not (inside or file.name in _WORKSPACE):
        return False
    folder = file.parent.parent if inside else file.parent
    return (folder / "hygie.db").is_file() and (folder / "lock").is_file()


def _is_text(head: bytes) -> bool:
    """Whether a content begins as a table, a listing or a report of ours."""
    begin = head.removeprefix(b"\xef\xbb\xbf")
    if begin[:1] == b"{":
        return _WHOLE.match(begin) is not None
    if begin[:1] == b"<":
        return _REPORT.match(begin) is not None
    if begin[:1] == b"[":
        first = ",".join(key.decode() for key in _KEY.findall(begin[:8192].partition(b"}")[0]))
        return first.startswith(_TABLES)
    return _begin(head).startswith(_TABLES)


def _begin(head: bytes) -> str:
    """The headings of a table as text, whatever parts them."""
    first = head.removeprefix(b"\xef\xbb\xbf")[:8192].partition(b"\n")[0].decode("utf-8", "replace")
    return re.sub("[;\t]", ",", first.replace('"', "")).strip().lower()


def _is_workbook(source: Input) -> bool:
    """Whether a content is the workbook of all tables. A damaged one is not: others will say so."""
    if not source.head.startswith(b"PK\x03\x04") or not getattr(source, "workbook", False):
        return False
    try:
        with source.open() as stream, zipfile.ZipFile(stream) as archive:
            sheets = _part(archive, "xl/workbook.xml").count(b"<sheet ")
            return sheets >= _SHEETS and _AUTHOR in _part(archive, "docProps/core.xml")
    except (zipfile.BadZipFile, zlib.error, LookupError, EOFError, ValueError, NotImplementedError):
        return False


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    """The beginning of a member. Raises LookupError, BadZipFile, ValueError."""
    with archive.open(name) as stream:
        return stream.read(_LARGEST)


READER = Reader(KIND, 2, recognises, read, snapshot=True, speaker=Speaker.HYGIE, series=lambda source: source.name)
