"""DICOM conversations between DCMTK, pynetdicom and Orthanc, with small invented images."""

import json
import sys
from pathlib import Path

from arena import Arena, Host

SOP_CLASSES = {
    "CT": "1.2.840.10008.5.1.4.1.1.2",
    "MR": "1.2.840.10008.5.1.4.1.1.4",
    "US": "1.2.840.10008.5.1.4.1.1.6.1",
    "DX": "1.2.840.10008.5.1.4.1.1.1.1",
    "MG": "1.2.840.10008.5.1.4.1.1.1.2",
    "XA": "1.2.840.10008.5.1.4.1.1.12.1",
    "ES": "1.2.840.10008.5.1.4.1.1.77.1.1",
    "OT": "1.2.840.10008.5.1.4.1.1.7",
}
"""Modality -> storage SOP class (PS3.4, table B.5-1)."""

HERE = Path(__file__).resolve().parent
DAY = "20260810"
UID_ROOT = "2.25.96024517"
"""Of invented studies."""
NOBODY = "TEST^NOBODY"


def quoted(text: str) -> str:
    """A value in dump2dcm's notation."""
    return f"[{text}]"


def make_object(arena: Arena, says: dict[str, str]) -> Path:
    """One DICOM file as the device `says` would make it, with a small image."""
    modality = says["modality"]
    uid = study_uid(says)
    rows = [
        ("0008,0005", "CS", "ISO_IR 100"),
        ("0008,0008", "CS", "ORIGINAL\\PRIMARY"),
        ("0008,0016", "UI", SOP_CLASSES[modality]),
        ("0008,0018", "UI", f"{uid}.3"),
        ("0008,0020", "DA", DAY),
        ("0008,0030", "TM", "081500"),
        ("0008,0050", "SH", "TEST0001"),
        ("0008,0060", "CS", modality),
        ("0008,0070", "LO", says.get("make", "")),
        ("0008,0080", "LO", says.get("institution", "")),
        ("0008,1010", "SH", says.get("station", "")),
        ("0008,1090", "LO", says.get("product", "")),
        ("0010,0010", "PN", NOBODY),
        ("0010,0020", "LO", "TEST-0000"),
        ("0010,0030", "DA", "19000101"),
        ("0010,0040", "CS", "O"),
        ("0018,1000", "LO", says.get("serial", "")),
        ("0018,1020", "LO", says.get("version", "")),
        ("0020,000d", "UI", f"{uid}.1"),
        ("0020,000e", "UI", f"{uid}.2"),
        ("0020,0010", "SH", "TEST"),
        ("0020,0011", "IS", "1"),
        ("0020,0013", "IS", "1"),
    ]
    lines = [f"({tag}) {kind} {quoted(value)}" for tag, kind, value in rows if value]
    lines += pixels(arena.scratch, int(says["side"]))
    text, made = arena.scratch / f"{modality}.dump", arena.scratch / f"{modality}.dcm"
    text.write_text("\n".join(lines) + "\n", encoding="latin-1")
    arena.run(arena.hosts[0], ["dump2dcm", text, made])
    return made


def study_uid(says: dict[str, str]) -> str:
    """Start of the UIDs of a device's one study."""
    return f"{UID_ROOT}.{sum(says['station'].encode())}"


def pixels(scratch: Path, side: int) -> list[str]:
    """A grey ramp: tags of a monochrome image whose pixels stand in a file."""
    raw = scratch / "pixels.raw"
    raw.write_bytes(b"".join(((x * y) % 4096).to_bytes(2, "little") for y in range(side) for x in range(side)))
    return [
        "(0028,0002) US 1",
        "(0028,0004) CS [MONOCHROME2]",
        f"(0028,0010) US {side}",
        f"(0028,0011) US {side}",
        "(0028,0100) US 16",
        "(0028,0101) US 12",
        "(0028,0102) US 11",
        "(0028,0103) US 0",
        f"(7fe0,0010) OW ={raw}",
    ]


def start_archive(arena: Arena, server: Host, says: dict[str, str], held: Path) -> None:
    """Starts the archive: Orthanc, or a pynetdicom node where the server's name tells its version (it holds `held`)."""
    if "server_name" in says:
        node = [sys.executable, HERE / "dicom_peer.py", "serve", says["port"], says["called"]]
        arena.start(server, [*node, says["server_name"], says["server_uid"], held])
        arena.wait_port(server, int(says["port"]))
        return
    home = arena.scratch / "orthanc"
    home.mkdir()
    settings = {
        "Name": says["called"],
        "DicomAet": says["called"],
        "DicomPort": int(says["port"]),
        "HttpServerEnabled": False,
        "StorageDirectory": str(home),
        "IndexDirectory": str(home),
        "DicomAlwaysAllowFind": True,
        "DicomAlwaysAllowGet": True,
    }
    path = home / "orthanc.json"
    path.write_text(json.dumps(settings))
    arena.start(server, ["Orthanc", path])
    arena.wait_port(server, int(says["port"]))


def titles(says: dict[str, str], server: Host) -> list[str]:
    """The options that name both application entities, then address and port."""
    return ["-aet", says["calling"], "-aec", says["called"], server.ip, says["port"]]


def named(says: dict[str, str], server: Host, mode: str, *rest: str | Path) -> list[str | Path]:
    """The same as a command line of the pynetdicom node, which also names the implementation."""
    ends = [
        server.ip,
        says["port"],
        says["calling"],
        says["called"],
        says.get("client_name", ""),
        says.get("client_uid", ""),
    ]
    return [sys.executable, HERE / "dicom_peer.py", mode, *ends, *rest]


def store(arena: Arena, hosts: list[Host], says: dict[str, str], path: Path) -> None:
    """C-STORE of one object."""
    client, server = hosts[:2]
    made = make_object(arena, says)
    start_archive(arena, server, says, made)
    own = "client_name" in says
    command = named(says, server, "store", made) if own else ["storescu", "-R", *titles(says, server), made]
    with arena.capture(path):
        arena.run(client, command)


def echo(arena: Arena, hosts: list[Host], says: dict[str, str], path: Path) -> None:
    """C-ECHO: a link check."""
    client, server = hosts[:2]
    start_archive(arena, server, says, make_object(arena, says))
    own = "client_name" in says
    with arena.capture(path):
        arena.run(client, named(says, server, "echo") if own else ["echoscu", *titles(says, server)])


def query(arena: Arena, hosts: list[Host], says: dict[str, str], path: Path) -> None:
    """C-FIND at study level, then C-GET of the study: it comes back on the association that asked."""
    client, server = hosts[:2]
    made = make_object(arena, says)
    start_archive(arena, server, says, made)
    arena.run(client, ["storescu", "-R", *titles(says, server), made])
    with arena.capture(path):
        arena.run(client, named(says, server, "query", f"{study_uid(says)}.1", NOBODY))


def worklist(arena: Arena, hosts: list[Host], says: dict[str, str], path: Path) -> None:
    """C-FIND of a modality at a worklist server (wlmscpfs) that holds one planned examination."""
    client, server = hosts[:2]
    folder = arena.scratch / "lists" / says["called"]
    folder.mkdir(parents=True)
    (folder / "lockfile").write_text("")
    rows = [
        "(0008,0005) CS [ISO_IR 100]",
        "(0008,0050) SH [TEST0001]",
        f"(0010,0010) PN {quoted(NOBODY)}",
        "(0010,0020) LO [TEST-0000]",
        "(0010,0030) DA [19000101]",
        "(0010,0040) CS [O]",
        f"(0020,000d) UI [{UID_ROOT}.1]",
        "(0032,1060) LO [TEST]",
        "(0040,1001) SH [TEST]",
        "(0040,0100) SQ",
        "(fffe,e000) -",
        f"(0008,0060) CS {quoted(says['modality'])}",
        f"(0040,0001) AE {quoted(says['calling'])}",
        f"(0040,0002) DA {quoted(DAY)}",
        "(0040,0003) TM [081500]",
        "(0040,0007) LO [TEST]",
        "(0040,0009) SH [TEST]",
        f"(0040,0010) SH {quoted(says.get('station', says['calling']))}",
        "(fffe,e00d) -",
        "(fffe,e0dd) -",
    ]
    text = arena.scratch / "planned.dump"
    text.write_text("\n".join(rows) + "\n", encoding="latin-1")
    arena.run(client, ["dump2dcm", text, folder / "planned.wl"])
    arena.start(server, ["wlmscpfs", "-dfp", folder.parent, says["port"]])
    arena.wait_port(server, int(says["port"]))
    own = "client_name" in says
    step = "ScheduledProcedureStepSequence[0]"
    keys = [f"{step}.Modality={says['modality']}", f"{step}.ScheduledStationAETitle={says['calling']}"]
    keys += [f"{step}.ScheduledProcedureStepStartDate={DAY}", "PatientName", "PatientID", "AccessionNumber"]
    query = ["findscu", "-W", *[part for key in keys for part in ("-k", key)], *titles(says, server)]
    with arena.capture(path):
        arena.run(client, named(says, server, "worklist", says["modality"], DAY) if own else query)
    if own:
        return
    if "TEST" not in arena.run(client, ["findscu", "-v", *query[1:]]):
        raise RuntimeError("the worklist gave nothing")
