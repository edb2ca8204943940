"""Where fuzzing starts: the example hospital's files, units cut from its recordings, and texts of names.

A file goes to the reader that recognises it; sheets of office files go to the tables' readers as text.
"""

import csv
import io
import runpy
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from fuzz.targets import GIVEN, LIMITS, Target
from hygie import sources, wire
from hygie.model.seams import Said, Sheet
from hygie.sources import UNREADABLE, sensors
from hygie.sources.opening import Content, files

UNITS = 12
"""Units of one protocol."""
TEXTS = {
    "names.cpe": [
        "cpe:2.3:o:microsoft:windows_10_1809:10.0.17763.1:*:*:*:*:*:x64:*\ncpe:2.3:o:microsoft:*:*:*:*:*:*:*:*:*",
        "cpe:/a:openssl:openssl:1.1.1k::~~~~x86~\ncpe:2.3:a:openssl:openssl:1.1.1?:-:*:*:*:*:*:*",
        "cpe:2.3:h:acme:pump\\:x\\*:-:*:*:*:*:*:*:*",
    ],
    "names.purl": ["pkg:deb/debian/openssl@1.1.1k-1?arch=amd64&distro=debian-11", "pkg:npm/%40scope/name@1.2.3#sub"],
    "names.ranges": [
        "vers:all/<V3.0.3\n2.9",
        "vers:semver/>=1.0.0|<2.0.0|!=1.5.0\n1.5.0",
        "2.3.6 and below\n2.3.7",
        "distributed < april 1, 2018\n2018-01-01",
        ">=1.0, <2.0 || 3.x\n3.1",
        "toutes les versions jusqu'à 4.2\n4.2.1",
    ],
    "names.version": [
        "2.8.123e\n2.8.124",
        "VB20A_SP03\nVB20A",
        "1.1.1zg\n1.1.1k",
        "07.0.07\n7.0.0rc2",
        "10.0.17763\n1809",
    ],
    "names.fields": [
        "02:00:5e:10:00:01",
        "10.20.1.7/24",
        "31/12/2019",
        "1 234,56",
        "S/N: AB-0012",
        "classe IIb",
        "Réformé",
    ],
    "names.product": ["Alaris PC 8015\nAlaris 8015 (series)", "IntelliVue MX400-MX850\nMX700", "Fisher & Paykel\nGE"],
    "store.expression": [
        "make = Acme and (kind != \"ventilator\" or not zone ~ 'a''b')",
        "first >= 1790000000000000 and addresses = 10.1.2.3",
        "confidence < 0.5 or product ~ x",
    ],
}


FIRST_WORDS = {
    "wire.ftp": [b"\1220 ftp.hall.example FTP server (Version 6.4) ready.\r\n"],
    "wire.smtp": [b"\1220 mail.hall.example ESMTP Postfix\r\n250-SIZE\r\n"],
    "wire.pop3": [b"\1+OK POP3 ready <1.2@hall.example>\r\n"],
    "wire.imap": [b"\1* OK [CAPABILITY IMAP4rev1] ready\r\n"],
    "wire.vnc": [b"\1RFB 003.008\n"],
    "wire.ssh": [b"\1SSH-2.0-OpenSSH_7.4p1 Debian-10\r\n"],
    "wire.telnet": [b"\1\xff\xfd\x18\xff\xfb\x01login: "],
    "wire.rdp": [b"\1\x03\0\0\x13\x0e\xe0\0\0\0\0\0\1\0\x08\0\x0b\0\0\0"],
    "wire.modbus": [b"\1\0\1\0\0\0\x05\1\x2b\x0e\1\0"],
    "wire.ldap": [b"\1\x30\x0c\x02\1\1\x60\x07\x02\1\3\4\0\x80\0"],
    "wire.ssdp": [b"\1NOTIFY * HTTP/1.1\r\nSERVER: Linux/3.4 UPnP/1.0 x/1.0\r\nUSN: uuid:1::upnp:rootdevice\r\n\r\n"],
    "wire.llmnr": [b"\2\0\1\x80\0\0\1\0\1\0\0\0\0\3pc1\0\0\1\0\1\3pc1\0\0\1\0\1\0\0\0\x1e\0\4\x0a\1\2\3"],
    "wire.dns-tcp": [b"\1\0\x22\0\1\x01\0\0\1\0\0\0\0\0\0\3www\4hall\7example\0\0\1\0\1"],
    "wire.ndp": [b"\0\x88\0\0\0\x60\0\0\0" + b"\xfe\x80" + bytes(13) + b"\1\2\1\2\0\x5e\x10\0\1"],
}
"""Units of what the recordings have not."""

TABLES = {
    "endpoints": "table/test_endpoints",
    "terminal": "table/test_terminal",
    "rules": "table/test_rules",
    "recog": "test_recog",
}
"""Kinds of files that the example hospital has none of -> their test, below tests/sources."""


def write(examples: Path, chosen: dict[str, Target], into: Path) -> None:
    """A folder of seeds for each target, in `into`. Changes `wire.DISSECTORS`: to be called in a process of its own."""
    for name in chosen:
        (into / name).mkdir(parents=True, exist_ok=True)
    kept: dict[str, set[bytes]] = {name: {text.encode() for text in TEXTS.get(name, [])} for name in chosen}
    for name in chosen:
        kept[name].update(FIRST_WORDS.get(name, []))
    watch(kept)
    for service, row in wire.DISSECTORS.items():
        kept.get(f"wire.{service}", set()).update(b"\1" + unit for unit in units(row))
    kept.get("sources.observations", set()).update(signed_parts())
    for kind in sensors.READERS:
        kept.get(f"sources.{kind}", set()).update(records(kind))
    for kind in TABLES:
        kept.get(f"sources.{kind}", set()).update(tables(kind))
    packed = [file for file in examples.rglob("*") if file.suffix in (".zip", ".gz", ".xz", ".zst")]
    for name in ("opening.archives", "opening.gathered"):
        kept.get(name, set()).update(file.read_bytes() for file in packed)
    for source in contents(examples):
        with suppress(*UNREADABLE):
            sort(source, kept)
    for name, found in kept.items():
        for number, data in enumerate(sorted(found, key=lambda one: (len(one), one))):
            (into / name / f"{number:03}").write_bytes(data[: chosen[name].longest])


def units(row: wire.Dissector) -> list[bytes]:
    """Units of a protocol that its test gives names to, and that it takes for its own."""
    inside, _, module = row.looks_like.__module__.rpartition(".")
    name = row.service if inside.endswith("codec") else module
    test = Path(__file__).resolve().parents[1] / "wire" / f"test_{name}.py"
    if not test.is_file():
        return []
    held = runpy.run_path(str(test))
    named = [value for name, value in held.items() if name.isupper() and isinstance(value, bytes)]
    return [unit for unit in named if row.looks_like(unit)][:UNITS]


def signed_parts() -> list[bytes]:
    """Parts of sensors' signed files, as their test makes one."""
    held = runpy.run_path(str(Path(__file__).resolve().parents[1] / "sources" / "test_observations.py"))
    part: bytes = held["PART"]
    return [part]


def records(kind: str) -> list[bytes]:
    """Files of other sensors that their tests hold by name: the example hospital has none."""
    held = runpy.run_path(str(Path(__file__).resolve().parents[1] / "sources" / "sensors" / "test_init.py"))
    samples: dict[str, bytes] = held["FILES"]
    return [samples[kind]]


def tables(kind: str) -> list[bytes]:
    """Files that their test holds by name."""
    held = runpy.run_path(str(Path(__file__).resolve().parents[1] / "sources" / f"{TABLES[kind]}.py"))
    named = [value for name, value in held.items() if name.isupper() and isinstance(value, str) and "\n" in value]
    return [text.encode() for text in named]


def contents(examples: Path) -> Iterator[Content]:
    folders = (examples / "hospital", examples / "damaged", examples / "recordings")
    for source in files([folder for folder in folders if folder.is_dir()], LIMITS):
        if isinstance(source, Content) and source.size < 200_000:
            yield source


def sort(source: Content, kept: dict[str, set[bytes]]) -> None:
    """Keeps a content for the target whose it is; of a capture its units are kept by `watch`. Raises UNREADABLE."""
    reader = sources.recognise(source)
    if reader is None:
        return
    name = f"sources.{reader.kind}"
    if reader.kind in ("pcap", "pcapng"):
        for _ in sources.read(source, reader, GIVEN):
            pass
    if source.workbook:
        kept.get("opening.office", set()).add(source.bytes())
        kept.get(name, set()).add(max((as_text(sheet) for sheet in source.sheets()), key=len))
    elif len(kept.get(name, ())) < UNITS:
        kept.get(name, set()).add(shortened(source.bytes()))


def shortened(data: bytes, most: int = 2500) -> bytes:
    """Whole lines of a long table; a document or a capture as it is."""
    return data if len(data) <= most or data[:1] in b"{[" or b"\0" in data[:64] else data[: data.rfind(b"\n", 0, most)]


def as_text(sheet: Sheet) -> bytes:
    """A sheet as CSV."""
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(sheet.rows[:15])
    return out.getvalue().encode()


def watch(kept: dict[str, set[bytes]]) -> None:
    """From here on, each unit that a dissector is given is kept, its way in the first byte."""
    for service, row in list(wire.DISSECTORS.items()):
        found = kept.get(f"wire.{service}")
        if found is not None:
            wire.DISSECTORS[service] = row._replace(dissect=watched(row, found))


def watched(row: wire.Dissector, found: set[bytes]) -> Callable[[bytes, wire.Way], Iterator[Said]]:
    def dissect(unit: bytes, way: wire.Way) -> Iterator[Said]:
        if len(found) < UNITS:
            sender = {"client": 1, "server": 2}.get(way.sender, 0)
            opening = way.opening[:255]
            head = bytes((4 | sender, len(opening))) + opening if row.remembers and opening else bytes((sender,))
            found.add(head + bytes(unit))
        return row.dissect(unit, way)

    return dissect
