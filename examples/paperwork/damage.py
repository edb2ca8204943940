"""`examples/damaged/`: one broken file of each kind, made from the whole ones, and an MDS2 form of the 2013 edition."""

import io
import json
import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from paperwork import advisories, boms, inventory, letters, records
from paperwork.csaf import render
from paperwork.questions import OLD
from paperwork.writing import save, workbook_bytes

LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""Date of members of archives."""


def _zip(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, LONG_AGO)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content, compresslevel=9)
    return buffer.getvalue()


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def truncated_workbook() -> bytes:
    """A GMAO export whose copy stopped half way."""
    rows = [list(inventory.OTHER_HEADINGS)] + [
        [f"S{i}", f"BM{i:05d}", "Lit", "Litorel", "Dormeo 3"] for i in range(200)
    ]
    whole = workbook_bytes([("Inventory", rows)])
    return whole[: len(whole) * 3 // 5]


def csv_with_nuls() -> bytes:
    """A GMAO export with NUL bytes in two of its lines, as a failing disk leaves them."""
    lines = [
        "N° inventaire;Désignation;Marque;Modèle;N° série",
        "BM1;Lit;Litorel;Dormeo 3;A1",
        "BM2;Lit;Lito\0rel;Dormeo 3;A2",
    ]
    lines += ["BM3;Lit;Litorel;\0\0\0;A3", "BM4;Lit;Litorel;Dormeo 3;A4"]
    return "\r\n".join(lines).encode("cp1252")


def csv_without_header() -> bytes:
    """Lines of a GMAO whose header was cut off."""
    dice = random.Random("headless")
    lines = [f"BM{n};Lit;Litorel;Dormeo 3;{dice.randrange(9999)};{dice.randrange(9999)}" for n in range(30)]
    return "\r\n".join(lines).encode("cp1252")


def cut_json() -> bytes:
    """An SBOM whose download broke off."""
    return _json(boms.cyclonedx(boms.BOMS[0]))[:4000]


def unknown_words() -> bytes:
    """SPDX with values that the standard does not know: the rest of the document is sound."""
    document = boms.spdx(boms.BOMS[4])
    document["packages"][1]["primaryPackagePurpose"] = "TELEPATHY"
    document["relationships"][1]["relationshipType"] = "ADMIRES"
    return _json(document)


def damaged_capture() -> bytes:
    """A capture of three frames; the second's length field was overwritten with a huge number."""
    frame = (
        bytes.fromhex("ffffffffffff02000000000108060001080006040001020000000001c0000201000000000000c0000202")
        + b"\0" * 18
    )
    out = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1)
    for i, length in enumerate((len(frame), 0x7FFFFFF0, len(frame))):
        out += struct.pack("<IIII", 1786320000 + i, 0, length, length) + frame
    return out


def cut_gzip() -> bytes:
    """An EPSS table whose compressed file ends early."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    whole = packer.compress(records.epss_table()) + packer.flush()
    return whole[: len(whole) // 2]


def encrypted_zip() -> bytes:
    """An archive whose only member says that it is encrypted (what it holds is noise)."""
    noise = random.Random("locked").randbytes(400)
    name = b"courrier-fabricant.csv"
    crc = zlib.crc32(noise)
    fixed = struct.pack("<HHHHHIIIHH", 20, 1, 0, 0, 33, crc, len(noise), len(noise), len(name), 0)
    local = b"PK\x03\x04" + fixed + name + noise
    central = b"PK\x01\x02" + struct.pack("<H", 20) + fixed + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + end


def bomb() -> bytes:
    """A GMAO export of 130 MB, the same line again and again, packed twice: a few kB outside."""
    head = "N° inventaire;Désignation;Marque;Modèle;N° série\r\n".encode("cp1252")
    line = b"BM1;Lit;Litorel;Dormeo 3;A1234567\r\n"
    return _zip({"export.zip": _zip({"export.csv": head + line * 4_000_000})})


def empty_range() -> bytes:
    """A page of NVD with a range that ends before it begins."""
    page = records.nvd_page()
    page["vulnerabilities"] = page["vulnerabilities"][:1]
    page["totalResults"] = page["resultsPerPage"] = 1
    match = page["vulnerabilities"][0]["cve"]["configurations"][0]["nodes"][0]["cpeMatch"][0]
    match["versionStartIncluding"], match["versionEndExcluding"] = "2.3.1", "2.0.1"
    return _json(page)


def old_form() -> bytes:
    """An MDS2 form of the 2013 edition: other numbers, a few of them, in our words."""
    rows: list[list[object]] = [["MDS2 - HIMSS/NEMA Standard HN 1-2013"], ["Device", "Ancienne Pompe 1"], [""]]
    rows += [["Question", "Wording", "Yes, No, N/A or See Note"]]
    for line in OLD.strip().splitlines():
        number, _, text = line.partition(" ")
        rows.append([number, text, "Yes"] if text else ["", number, ""])
    return workbook_bytes([("MDS2", rows)])


def without_tree() -> bytes:
    """A CSAF advisory that lost its product tree: its statuses point to nothing."""
    document = render(advisories.DOCUMENTS[6][1])
    del document["product_tree"]
    return _json(document)


def shifted_columns() -> bytes:
    """An EPSS table that a spreadsheet moved: the score stands where the percentile belongs, and text before it."""
    lines = records.epss_table().decode().splitlines()
    body = [f"{line.split(',')[0]},n/a,{line.split(',')[1]},{line.split(',')[2]}" for line in lines[2:40]]
    return "\n".join([*lines[:2], *body, ""]).encode()


def kev_without_entries() -> bytes:
    """A KEV list whose entries are not a list."""
    return _json(records.kev_list() | {"vulnerabilities": "voir pièce jointe"})


def record_without_containers() -> bytes:
    """A CVE record of which only the head is left."""
    record = records.cve_record("CVE-2024-1275")
    del record["containers"]
    return _json(record)


def vex_without_status() -> bytes:
    """An OpenVEX document: one statement sound, one with a status that does not exist, one without product."""
    document = dict(advisories.OPENVEX["openvex-castelroux.json"])
    first, second = document["statements"]
    document["statements"] = [
        first,
        {**second, "status": "presque"},
        {k: v for k, v in second.items() if k != "products"},
    ]
    document["@id"] = "https://vex.castelroux.example/2026-damaged"
    return _json(document)


def leases_cut() -> bytes:
    """DHCP leases, the last one cut in the middle of a MAC address."""
    return (
        b"lease 10.42.30.61 {\n  starts 1 2026/08/10 06:00:00;\n  ends 1 2026/08/17 06:00:00;\n"
        b'  hardware ethernet 02:4e:56:00:30:61;\n  client-hostname "demo-1";\n}\n'
        b"lease 10.42.30.62 {\n  starts 1 2026/08/10 06:00:00;\n  hardware ethernet 02:4e:5"
    )


def letters_without_maker() -> bytes:
    """`statements.xlsx` with a line that names no manufacturer and one whose answer is neither yes nor no."""
    rows: list[list[object]] = [list(letters.HEADINGS)]
    rows += [["", "Ancienne Pompe 1", "", "Antivirus", "oui"], ["Perfalys", "Débit Solo", "", "Antivirus", "peut-être"]]
    return workbook_bytes([("Déclarations", rows)])


def unknown_bytes() -> bytes:
    """Bytes that are nothing known."""
    return random.Random("nothing").randbytes(3000)


FILES: dict[str, Callable[[], bytes]] = {
    "gmao-coupe.xlsx": truncated_workbook,
    "gmao-nuls.csv": csv_with_nuls,
    "gmao-sans-entete.csv": csv_without_header,
    "sbom-coupe.cdx.json": cut_json,
    "sbom-mots-inconnus.spdx.json": unknown_words,
    "capture-abimee.pcap": damaged_capture,
    "epss-coupe.csv.gz": cut_gzip,
    "chiffre.zip": encrypted_zip,
    "bombe.zip": bomb,
    "nvd-plage-vide.json": empty_range,
    "mds2-2013.xlsx": old_form,
    "csaf-sans-arbre.json": without_tree,
    "epss-colonnes.csv": shifted_columns,
    "kev-sans-entrees.json": kev_without_entries,
    "cve-sans-contenu.json": record_without_containers,
    "openvex-statut.json": vex_without_status,
    "baux-coupes.txt": leases_cut,
    "declarations-sans-fabricant.xlsx": letters_without_maker,
    "inconnu.bin": unknown_bytes,
}
"""File -> how it is made."""


def write(folder: Path) -> None:
    """All of them into `folder`."""
    for name, make in FILES.items():
        save(folder / name, make())
