"""Makes a capture with programs that the example hospital does not use, and the labels of its ends.

    python bench/other_software.py [FOLDER]

FOLDER: bench/data unless told; it gets other.pcap and other.csv, which `bench/identity.py made` reads. Needs root on
Linux, the tools of examples/recordings/arena.py, a Python with pydicom, pynetdicom and hl7apy, and as far as they are
there: odil, dhcpcd, BusyBox, dropbear, xrdp with xfreerdp, nginx, snmpd. What is missing is named and left out.
Nothing leaves the namespaces. What each end is, is what this script started on it: no answer of Hygie's.
"""

import csv
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "examples" / "recordings"))

from arena import Arena, Host  # noqa: E402 - the arena of the example's recordings

PEER = ROOT / "bench" / "other_peer.py"
COLUMNS = ("mac", "kind", "manufacturer", "model", "operating_system", "version", "role")


def host(number: int, name: str, card: str, ip: str = "10.88.0.{}") -> Host:
    """An end of the arena."""
    return Host(name, ip.format(number), f"{card}:00:88:{number:02x}", 24)


ARCHIVE = host(10, "img-archive", "00:50:56")
CT = host(11, "ct-scan-2", "00:0e:8c")
ULTRASOUND = host(12, "echo-4", "00:13:95")
VIEWER = host(13, "viewer-7", "00:50:56")
ENGINE = host(14, "interop-1", "00:50:56")
CENTRAL = host(15, "piic-1", "00:09:fb")
GATEWAY = host(16, "lease-srv", "00:50:56")
SMALL = host(17, "gw-pump-3", "00:1b:21", "")
REMOTE = host(18, "tse-9", "00:50:56")
DESK = host(19, "desk-22", "3c:52:82")
PRINTER = host(20, "print-5", "3c:d9:2b")
WEB = host(21, "portal-1", "00:50:56")

LABELS: dict[Host, dict[str, str]] = {
    ARCHIVE: {"kind": "pacs", "operating_system": "Linux", "role": "archive"},
    CT: {"kind": "ct_scanner", "manufacturer": "Siemens", "model": "SOMATOM Drive", "version": "VB20A",
         "role": "modality", "operating_system": "Linux"},
    ULTRASOUND: {"kind": "ultrasound", "manufacturer": "GE Healthcare", "model": "Vivid E95", "version": "204",
                 "role": "modality", "operating_system": "Linux"},
    VIEWER: {"kind": "imaging_workstation", "role": "workstation", "operating_system": "Linux"},
    ENGINE: {"kind": "integration_engine", "operating_system": "Linux"},
    CENTRAL: {"kind": "central_station", "manufacturer": "Philips", "model": "PIIC iX", "operating_system": "Linux"},
    GATEWAY: {"role": "dhcp server", "operating_system": "Linux"},
    SMALL: {"operating_system": "Linux"},
    REMOTE: {"operating_system": "Linux"},
    DESK: {"operating_system": "Linux"},
    PRINTER: {"kind": "printer", "manufacturer": "HP"},
    WEB: {"operating_system": "Linux"},
}  # fmt: skip


class Talk(NamedTuple):
    """One conversation."""

    needs: tuple[str, ...]
    speak: Callable[[Arena], None]


def images(arena: Arena) -> None:
    """Odil sends to pynetdicom, then asks it for a study."""
    arena.start(ARCHIVE, [sys.executable, PEER, "archive", "11112"], {})
    arena.wait_port(ARCHIVE, 11112)
    for end, title, what in ((CT, "CTSCAN2", "ct"), (ULTRASOUND, "ECHO4", "us")):
        arena.run(end, [sys.executable, PEER, "image", what, f"{what}.dcm"])
        arena.run(end, ["odil", "store", ARCHIVE.ip, "11112", title, "IMGSTORE", f"{what}.dcm"])
    arena.run(VIEWER, ["odil", "echo", ARCHIVE.ip, "11112", "VIEWER7", "IMGSTORE"])
    asked = ["VIEWER7", "IMGSTORE", "study", "QueryRetrieveLevel=STUDY", "PatientID=NOBODY", "StudyInstanceUID"]
    arena.run(VIEWER, ["odil", "find", ARCHIVE.ip, "11112", *asked], check=False)


def messages(arena: Arena) -> None:
    """A central station sends results to an engine; both are hl7apy's."""
    arena.start(ENGINE, [sys.executable, PEER, "engine", "6661"], {})
    arena.wait_port(ENGINE, 6661)
    arena.run(CENTRAL, [sys.executable, PEER, "result", ENGINE.ip, "6661"])


def leases(arena: Arena) -> None:
    """BusyBox gives, dhcpcd asks."""
    settings = arena.scratch / "udhcpd.conf"
    settings.write_text(
        f"start 10.88.0.150\nend 10.88.0.160\ninterface eth0\nlease_file {arena.scratch}/leases\n"
        f"pidfile {arena.scratch}/udhcpd.pid\noption subnet 255.255.255.0\noption router {GATEWAY.ip}\n"
    )
    (arena.scratch / "leases").touch()
    arena.start(GATEWAY, ["busybox", "udhcpd", "-f", settings], {})
    arena.wait_port(GATEWAY, 67, "udp")
    arena.run(SMALL, ["dhcpcd", "-4", "-1", "-B", "-t", "15", "-h", SMALL.name, "-A", "eth0"], check=False)


def shell(arena: Arena) -> None:
    """Dropbear at both ends; the server knows nobody."""
    arena.start(REMOTE, ["dropbear", "-F", "-E", "-R", "-p", "22"], {})
    arena.wait_port(REMOTE, 22)
    arena.run(DESK, ["timeout", "3", "dbclient", "-y", "-y", f"nobody@{REMOTE.ip}", "true"], check=False)


def desktop(arena: Arena) -> None:
    """FreeRDP opens a session of xrdp; nobody logs in."""
    arena.start(REMOTE, ["xrdp", "--nodaemon"], {})
    arena.wait_port(REMOTE, 3389)
    given = ["/cert:ignore", "/u:nobody", "/p:none", "/auth-only", "+auth-only"]
    arena.run(DESK, ["xvfb-run", "-a", "timeout", "6", "xfreerdp", f"/v:{REMOTE.ip}", *given], check=False)


def printer(arena: Arena) -> None:
    """Net-SNMP says what a printer says."""
    settings = arena.scratch / "snmpd.conf"
    settings.write_text(
        "agentaddress udp:161\nrocommunity other-ro\nsysObjectID 1.3.6.1.4.1.11.2.3.9.1\nsysName NPI5A1B2C\n"
        "sysDescr HP ETHERNET MULTI-ENVIRONMENT,ROM none,JETDIRECT,JD153,EEPROM JSI24180013,CIDATE 10/17/2018\n"
    )
    keep = ["env", f"SNMP_PERSISTENT_DIR={arena.scratch}", "MIBS="]
    arena.start(PRINTER, [*keep, "snmpd", "-f", "-Lo", "-C", "-c", settings, "-p", arena.scratch / "snmpd.pid"], {})
    arena.wait_port(PRINTER, 161, "udp")
    arena.run(DESK, [*keep, "snmpget", "-v", "1", "-c", "other-ro", PRINTER.ip, ".1.3.6.1.2.1.1.1.0"])


def page(arena: Arena) -> None:
    """nginx gives a page to wget."""
    settings = arena.scratch / "nginx.conf"
    settings.write_text(
        f"daemon off;\npid {arena.scratch}/nginx.pid;\nerror_log {arena.scratch}/nginx.err;\nevents {{}}\n"
        f"http {{ access_log off; server {{ listen 80; root {arena.scratch}; }} }}\n"
    )
    arena.start(WEB, ["nginx", "-c", settings], {})
    arena.wait_port(WEB, 80)
    arena.run(DESK, ["busybox", "wget", "-q", "-O", "-", f"http://{WEB.ip}/"], check=False)


TALKS: dict[str, Talk] = {
    "DICOM": Talk(("odil",), images),
    "HL7": Talk((), messages),
    "DHCP": Talk(("busybox", "dhcpcd"), leases),
    "SSH": Talk(("dropbear", "dbclient"), shell),
    "RDP": Talk(("xrdp", "xfreerdp", "xvfb-run"), desktop),
    "SNMP": Talk(("snmpd", "snmpget"), printer),
    "HTTP": Talk(("nginx", "busybox"), page),
}


def main() -> None:
    """Makes the files."""
    folder = (Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "bench" / "data").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    capture = folder / "other.pcap"
    with tempfile.TemporaryDirectory() as scratch, Arena(list(LABELS), Path(scratch)) as arena:
        with arena.capture(Path(scratch) / "other.pcap"):
            for name, talk in TALKS.items():
                missing = [program for program in talk.needs if not shutil.which(program)]
                if missing:
                    print(f"{name}: left out, {', '.join(missing)} missing")
                    continue
                talk.speak(arena)
                time.sleep(0.2)
                print(f"{name}: done")
        shutil.copyfile(Path(scratch) / "other.pcap", capture)
    with (folder / "other.csv").open("w", encoding="utf-8", newline="") as out:
        rows = csv.DictWriter(out, COLUMNS)
        rows.writeheader()
        rows.writerows({"mac": end.mac, **known} for end, known in LABELS.items())
    print(f"{capture}: {capture.stat().st_size} bytes")


if __name__ == "__main__":
    main()
