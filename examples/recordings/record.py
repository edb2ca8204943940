"""Records the conversations of the example fleet with real programs, one small capture each.

    python examples/recordings/record.py [WORD...]

With words, only the recordings whose path holds one of them are made anew. Needs root on Linux and the programs of
README.md; run it with a Python that has `hl7`, `pynetdicom`, `bacpypes3` and `WSDiscovery`. It writes the captures and
`index.json` (who spoke in each, under which address, and a digest of what they were told to say) beside itself.
"""

import ipaddress
import json
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import speak_dicom
import speak_hl7
import speak_names
import speak_things
import speak_web
from arena import Arena, Host
from plan import Talk, fleet, talks

HERE = Path(__file__).resolve().parent
INDEX = HERE / "index.json"

Speaker = Callable[[Arena, list[Host], dict[str, str], Path], None]
SPEAKERS: dict[str, Speaker] = {
    "dicom-store": speak_dicom.store,
    "dicom-echo": speak_dicom.echo,
    "dicom-query": speak_dicom.query,
    "dicom-worklist": speak_dicom.worklist,
    "hl7-oru": speak_hl7.send_results,
    "hl7-adt": speak_hl7.send_admission,
    "http": speak_web.http,
    "tls": speak_web.tls,
    "dhcp": speak_names.dhcp,
    "dns": speak_names.dns,
    "mdns": speak_names.mdns,
    "netbios": speak_names.netbios,
    "smb": speak_names.smb,
    "ntp": speak_names.ntp,
    "snmp": speak_things.snmp,
    "bacnet": speak_things.bacnet,
    "lldp": speak_things.lldp,
    "wsdiscovery": speak_things.wsdiscovery,
}
"""Service -> who speaks it."""


def host_of(key: str, address: str) -> Host:
    """The host that plays a device, the router or an outside server."""
    if key == "router":
        return Host("router", address, fleet.ROUTER_MAC, 24)
    device, vlan = fleet.BY_KEY.get(key), fleet.vlan_of(key)
    if device is None or vlan is None:
        return Host(fleet.OUTSIDE[key].split(".")[0], address, "02:00:00:00:ff:01", 24)
    return Host(device.host, address, device.mac, ipaddress.ip_network(vlan.cidr).prefixlen)


def answers(names: str) -> str:
    """Addresses of the names that a client asks for."""
    known = {f"{device.host}.{fleet.DOMAIN}": device.ip for device in fleet.DEVICES}
    known |= {name: address for address, name in fleet.OUTSIDE.items()}
    return " ".join(known[name] for name in names.split())


def record(talk: Talk) -> dict[str, object]:
    """Makes one recording and gives its row of the index."""
    path = HERE / talk.file
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    hosts = [host_of(key, address) for key, address in zip(talk.keys, talk.addresses, strict=True)]
    says = talk.says | ({"answers": answers(talk.says["names"])} if talk.service == "dns" else {})
    with tempfile.TemporaryDirectory() as scratch, Arena(hosts, Path(scratch)) as arena:
        Path(scratch).chmod(0o755)  # nginx leaves root before it reads
        SPEAKERS[talk.service](arena, hosts, says, path)
    if path.stat().st_size <= 24:
        raise RuntimeError(f"{talk.file}: nothing was said")
    ends = {
        key: {"ip": host.ip or says.get("give", ""), "mac": host.mac}
        for key, host in zip(talk.keys, hosts, strict=True)
    }
    return {"service": talk.service, "port": talk.port, "said": talk.digest(), "hosts": ends}


def main(words: list[str]) -> int:
    """Records what is asked for; tells what failed and leaves with 1."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    index = json.loads(INDEX.read_text()) if INDEX.exists() else {}
    wanted = talks()
    failed = 0
    for talk in wanted:
        if words and not any(word in talk.file for word in words):
            continue
        try:
            index[talk.file] = record(talk)
        except (RuntimeError, OSError, ValueError, subprocess.SubprocessError) as error:
            failed += 1
            print(f"{talk.file}: {error}", file=sys.stderr)
        else:
            print(talk.file, (HERE / talk.file).stat().st_size)
    files = {talk.file for talk in wanted}
    for gone in set(index) - files:
        (HERE / gone).unlink(missing_ok=True)
    kept = {file: index[file] for file in sorted(files & set(index))}
    INDEX.write_text(json.dumps(kept, indent=1) + "\n")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
