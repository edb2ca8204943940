# ruff: noqa: E501
"""What makers (invented) and an invented regional cell say of flaws: ten CSAF documents and three OpenVEX documents."""

from pathlib import Path
from typing import Any

from paperwork.csaf import Document, Flaw, Item, remedy, render
from paperwork.writing import save_json

OPENSSL_LOOP = "A certificate with invalid curve parameters makes OpenSSL loop for ever; no one needs to log in."
OPENSSL_SM2 = "Decrypting SM2 data may write past a buffer of OpenSSL."
OPENSSL_X400 = "OpenSSL mixes up the type of an X.400 address in a certificate and may read memory that it should not."
RDP = "Remote Desktop Services of old Windows versions let anybody on the network run code, without logging in."
LOG4J = "Text that an attacker gets logged makes log4j fetch and run code."
SPOOLER = "The Windows print spooler lets a user of the network run code with system rights."

ALD_ITEMS = (
    Item("Z5-OLD", "Aldebert Médical", "Zéphyr 5", "vers:generic/<4.3.0"),
    Item("Z5-430", "Aldebert Médical", "Zéphyr 5", "4.3.0"),
    Item("ZT", "Aldebert Médical", "Zéphyr T", "vers:generic/<2.1.0"),
)
ALD_FIX = remedy(
    "vendor_fix",
    "Version 4.3.0, installed by our service engineers during a planned visit; the ventilator is out of use for an hour.",
    ("Z5-OLD",),
    date="2026-02-10T09:00:00Z",
    restart_required={"category": "machine"},
)
ALD_NET = remedy(
    "mitigation",
    "Keep the ventilator in a VLAN of its own. It needs TCP 2575 to the integration engine and UDP 123; UDP 161 may be closed.",
    ("Z5-OLD",),
)
ALD_FIRST = (
    Flaw(
        "CVE-2021-3711", "OpenSSL: buffer overflow", OPENSSL_SM2, {"known_affected": ("Z5-OLD",), "fixed": ("Z5-430",)}, (ALD_FIX, ALD_NET)
    ),
    Flaw(
        "CVE-2022-0778", "OpenSSL: endless loop", OPENSSL_LOOP,
        {"known_affected": ("Z5-OLD",), "fixed": ("Z5-430",), "under_investigation": ("ZT",)}, (ALD_FIX, ALD_NET),
    ),
)  # fmt: skip
ALD_SECOND = (
    ALD_FIRST[0],
    Flaw(
        "CVE-2022-0778", "OpenSSL: endless loop", OPENSSL_LOOP,
        {"known_affected": ("Z5-OLD", "ZT"), "fixed": ("Z5-430",), "known_not_affected": ("A7",)},
        (ALD_FIX, ALD_NET, remedy("no_fix_planned", "Zéphyr T reaches its end of support in 2027; it is used without network.", ("ZT",))),
        flags=(("vulnerable_code_not_in_execute_path", ("A7",)),),
    ),
    Flaw(
        "CVE-2023-0286", "OpenSSL: type confusion", OPENSSL_X400, {"known_affected": ("Z5-OLD",), "fixed": ("Z5-430",)}, (ALD_FIX, ALD_NET)
    ),
)  # fmt: skip
FIRST_ALD = ("1.0.0", "2026-02-10T09:00:00Z", "First publication")


def _aldebert(second: bool) -> Document:
    revisions = (FIRST_ALD, ("2.0.0", "2026-05-18T09:00:00Z", "CVE-2023-0286 added; Zéphyr T and Morpho A7 assessed"))
    more = (Item("A7", "Aldebert Médical", "Morpho A7"),) if second else ()
    return Document(
        "ALD-2026-001", "Zéphyr ventilators: flaws of OpenSSL", "Aldebert Médical", "https://www.aldebert-medical.example",
        revisions if second else revisions[:1], (*ALD_ITEMS, *more), ALD_SECOND if second else ALD_FIRST,
    )  # fmt: skip


NORVANE = ("Norvane Imaging", "https://psirt.norvane.example")
N = "Norvane Imaging"
DOCUMENTS: tuple[tuple[str, Document], ...] = (
    ("recu-2026-02/ald-2026-001.json", _aldebert(second=False)),
    ("recu-2026-05/ald-2026-001.json", _aldebert(second=True)),
    ("nvi-sa-2026-014.json", Document(
        "NVI-SA-2026-014", "Remote Desktop on Windows 7 consoles", *NORVANE,
        (("1", "2026-03-03T08:00:00Z", "First publication"),),
        (Item("CT-OLD", N, "Lumira CT 128", "vers:generic/<6.5.0"), Item("CT-650", N, "Lumira CT 128", "6.5.0"),
         Item("CONS-OLD", N, "Lumira Console", "vers:generic/<6.5.0"), Item("RECON", N, "Lumira Recon"), Item("DR", N, "Rayane DR")),
        (Flaw("CVE-2019-0708", "Windows: Remote Desktop", RDP,
              {"known_affected": ("CT-OLD", "CONS-OLD", "DR"), "fixed": ("CT-650",), "known_not_affected": ("RECON",)},
              (remedy("vendor_fix", "Software 6.5.0 moves host and console to Windows 10; ask your service contact.", group_ids=["G-CT"],
                      url="https://psirt.norvane.example/6.5.0", restart_required={"category": "system"}),
               remedy("workaround", "Filter TCP 3389 towards these machines; only our remote service gateway uses it, and it can be "
                      "agreed to open it on demand.", group_ids=["G-CT"]),
               remedy("none_available", "No version without Windows 7 exists for this table yet.", ("DR",))),
              flags=(("component_not_present", ("RECON",)),)),),
        groups={"G-CT": ("CT-OLD", "CONS-OLD")})),
    ("nvi-sa-2026-015.json", Document(
        "NVI-SA-2026-015", "Ondine ultrasound and Jetéo injector", *NORVANE,
        (("1", "2026-04-21T08:00:00Z", "First publication"),),
        (Item("U9-OLD", N, "Ondine U9", "vers:generic/<2.5.0"), Item("U9-250", N, "Ondine U9", "2.5.0"),
         Item("JET", N, "Jetéo", "1.4.0", ("NV-IJ-0188", "NV-IJ-0189", "NV-IJ-0190"))),
        (Flaw("NVI-VUL-2026-07", "Image export without login", "The export service of Ondine U9 answers without a login.",
              {"known_affected": ("U9-OLD",), "fixed": ("U9-250",)},
              (remedy("vendor_fix", "Version 2.5.0, which the hospital may install from our medium by the user guide.", ("U9-OLD",)),)),
         Flaw("NVI-VUL-2026-08", "Service socket", "The service socket of some injectors accepts commands without a key.",
              {"known_affected": ("JET",)}, (remedy("mitigation", "Keep the cover locked; our service replaces the board.", ("JET",)),))))),
    ("nvi-vex-2026-003.json", Document(
        "NVI-VEX-2026-003", "log4j in Norvane products", *NORVANE, (("1", "2026-01-15T08:00:00Z", "First publication"),),
        (Item("MG-192", N, "Sérène", "1.9.2"), Item("XA-710", N, "Ariane Cath", "7.1.0"), Item("MR", N, "Lumira MR 1.5", "VA20B"),
         Item("C3", N, "Calypso C3")),
        (Flaw("CVE-2021-44228", "log4j", LOG4J, {"known_not_affected": ("MG-192", "XA-710", "MR"), "under_investigation": ("C3",)},
              flags=(("component_not_present", ("MG-192", "XA-710", "MR")),)),), category="csaf_vex")),
    ("qs-2026-02.json", Document(
        "QS-2026-02", "Veille monitoring system", "Quillane Systems", "https://www.quillane.example",
        (("1.0.0", "2026-05-05T10:00:00Z", "First publication"),),
        (Item("CS-OLD", "Quillane Systems", "Veille Centrale", "vers:generic/<8.1.0"),
         Item("CS-810", "Quillane Systems", "Veille Centrale", "8.1.0"),
         Item("M50-OLD", "Quillane Systems", "Veille M50", "vers:generic/>=8.0.0|<8.1.0"),
         Item("M50-810", "Quillane Systems", "Veille M50", "8.1.0")),
        (Flaw("CVE-2021-44228", "log4j in the central station", LOG4J, {"known_affected": ("CS-OLD",), "fixed": ("CS-810",)},
              (remedy("vendor_fix", "Version 8.1.0, installed by Quillane; plan two hours without central alarms.", ("CS-OLD",)),
               remedy("mitigation", "Close all outgoing traffic of the central station but HL7 and NTP.", ("CS-OLD",)))),
         Flaw("CVE-2020-11896", "Network stack of the bedside monitors",
              "Malformed tunnelled IP packets corrupt memory of the Treck stack.",
              {"known_affected": ("M50-OLD",), "fixed": ("M50-810",)},
              (remedy("vendor_fix", "Version 8.1.0, by Quillane, monitor by monitor.", ("M50-OLD",)),
               remedy("mitigation", "Leave the monitors on their own network; no gateway is needed but the central station's.",
                      ("M50-OLD",))))))),
    ("pfy-2026-007.json", Document(
        "PFY-2026-007", "Relais gateway and Débit pumps", "Perfalys", "https://securite.perfalys.example",
        (("1", "2026-06-11T07:00:00Z", "First publication"),),
        (Item("OSSL", "OpenSSL", "OpenSSL", "1.1.1k"), Item("REL", "Perfalys", "Relais", "2.3.6"),
         Item("REL-OLD", "Perfalys", "Relais", "vers:generic/<2.0.0"), Item("D3-OLD", "Perfalys", "Débit 300", "vers:generic/<5.2.0"), Item("D3-520", "Perfalys", "Débit 300", "5.2.0"),
         Item("DS", "Perfalys", "Débit S", "3.0.0")),
        (Flaw("CVE-2022-0778", "OpenSSL: endless loop", OPENSSL_LOOP, {"known_affected": ("REL-OSSL",)},
              (remedy("mitigation", "Let only pumps and the integration engine reach the gateway.", ("REL-OSSL",)),
               remedy("fix_planned", "Version 2.4.0 by the end of 2026.", ("REL-OSSL",)))),
         Flaw("CVE-2021-3711", "OpenSSL: buffer overflow", OPENSSL_SM2, {"known_affected": ("REL-OLD",), "known_not_affected": ("REL-OSSL",)},
              (remedy("vendor_fix", "Any version from 2.0.0 on, by Perfalys.", ("REL-OLD",)),),
              flags=(("vulnerable_code_not_in_execute_path", ("REL-OSSL",)),)),
         Flaw("PFY-VUL-2026-2", "Drug library without signature", "Pumps accept a drug library whose signature is missing.",
              {"known_affected": ("D3-OLD", "DS"), "fixed": ("D3-520",)},
              (remedy("vendor_fix", "Débit 300 version 5.2.0, by Perfalys.", ("D3-OLD",)),
               remedy("fix_planned", "Débit S: planned for 2027.", ("DS",)),
               remedy("mitigation", "Check the library's date on the pump before use.", ("D3-OLD", "DS"))))),
        version="2.1", relations=(("default_component_of", "OSSL", "REL", "REL-OSSL", "OpenSSL 1.1.1k of Relais 2.3.6"),))),
    ("osd-csa-2026-1.json", Document(
        "OSD-CSA-2026-1", "Analysers on Windows 7; log4j", "Ostrelab Diagnostics", "https://security.ostrelab.example",
        (("1.0.0", "2026-02-25T12:00:00Z", "First publication"),),
        (Item("C8", "Ostrelab Diagnostics", "Chimia 8"), Item("G9-OLD", "Ostrelab Diagnostics", "Gazo 9", "vers:generic/<6.1.0"),
         Item("G9-610", "Ostrelab Diagnostics", "Gazo 9", "6.1.0"), Item("TU", "Ostrelab Diagnostics", "Trait d'Union", "4.0.1"),
         Item("K3", "Ostrelab Diagnostics", "Coagula 3", "vers:generic/<=1.1.3")),
        (Flaw("CVE-2019-0708", "Windows: Remote Desktop", RDP, {"known_affected": ("C8", "G9-OLD"), "fixed": ("G9-610",)},
              (remedy("no_fix_planned", "Chimia 8 stays on Windows 7 until its end of support on 31 December 2026.", ("C8",)),
               remedy("mitigation", "Close TCP 3389 and 445 towards the analyser.", ("C8",)),
               remedy("vendor_fix", "Gazo 9 version 6.1.0, by Ostrelab.", ("G9-OLD",)))),
         Flaw("CVE-2021-44228", "log4j", LOG4J, {"fixed": ("TU",)},
              (remedy("vendor_fix", "Version 4.0.1 no longer holds it.", ("TU",)),)),
         Flaw("OSD-VUL-9", "Results readable on the disk", "Results lie unencrypted on the disk of Coagula 3.",
              {"known_affected": ("K3",)}, (remedy("vendor_fix", "Version 1.1.4, by Ostrelab.", ("K3",)),))))),
    ("ccsa-2026-11.json", Document(
        "CCSA-2026-11", "Radiotherapy systems on Windows 7", "Cellule Cyber Santé d'Ambre", "https://cellule.ambre.example",
        (("1", "2026-03-20T16:00:00Z", "First publication"),),
        (Item("X1", "Ravenor Oncology", "Faisceau X1", "vers:generic/<=3.0.4"),
         Item("PRT", "Ravenor Oncology", "Plan RT", "vers:generic/<11.0")),
        (Flaw("CVE-2019-0708", "Windows: Remote Desktop", RDP, {"known_affected": ("X1",)},
              (remedy("mitigation", "Close TCP 3389 towards the accelerator; ask the manufacturer first.", ("X1",)),)),
         Flaw("CCSA-2026-11-2", "Plans readable by any account", "Any account of Plan RT may read all plans.",
              {"known_affected": ("PRT",)}, (remedy("vendor_fix", "Version 11.0.", ("PRT",)),))), who="coordinator")),
    ("tms-2026-03.json", Document(
        "TMS-2026-03", "Print spooler in Tracé 12; Relance D3", "Tamsin Cardiologie", "https://www.tamsin-cardio.example",
        (("1", "2026-05-28T09:00:00Z", "First publication"),),
        (Item("T12", "Tamsin Cardiologie", "Tracé 12", "vers:generic/>=7.0.0|<8.0.0"),
         Item("D3-OLD", "Tamsin Cardiologie", "Relance D3", "vers:generic/<2.1.0"),
         Item("D3-210", "Tamsin Cardiologie", "Relance D3", "2.1.0")),
        (Flaw("CVE-2021-34527", "Windows: print spooler", SPOOLER, {"known_affected": ("T12",)},
              (remedy("fix_planned", "A version with the patch is being validated.", ("T12",)),
               remedy("mitigation", "Our service turns the spooler off where no printer is used.", ("T12",)))),
         Flaw("TMS-VUL-2026-4", "Restart by malformed packet", "A malformed packet restarts the network module of Relance D3; "
              "shocks are not hindered.", {"known_affected": ("D3-OLD",), "fixed": ("D3-210",)},
              (remedy("vendor_fix", "Version 2.1.0, by Tamsin.", ("D3-OLD",)),))), version="2.1")),
)  # fmt: skip
"""File below `csaf/` -> document."""


def _vex(author: str, day: str, number: str, statements: list[dict[str, Any]]) -> dict[str, Any]:
    """An OpenVEX 0.2.0 document."""
    return {
        "@context": "https://openvex.dev/ns/v0.2.0",
        "@id": f"https://vex.{number}.example/2026",
        "author": author,
        "role": "Manufacturer",
        "timestamp": f"{day}T00:00:00Z",
        "version": 1,
        "statements": statements,
    }


def _said(vulnerability: str, purl: str, status: str, inside: str = "", **more: str) -> dict[str, Any]:
    """One statement about one product, of one of its components where `inside` names it."""
    product: dict[str, Any] = {"@id": purl, "identifiers": {"purl": purl}}
    if inside:
        product["subcomponents"] = [{"@id": inside}]
    return {"vulnerability": {"name": vulnerability}, "products": [product], "status": status, **more}


X1 = "pkg:generic/ravenor-oncology/faisceau-x1@3.0.4"
REIN = "pkg:generic/vaudrelle-nephro/rein-4@4.5.0"
BRAS = "pkg:generic/castelroux/bras-p2@9.0.0"
OPENVEX = {
    "openvex-ravenor.json": _vex("Ravenor Oncology", "2026-04-02", "ravenor", [
        _said("CVE-2019-0708", X1, "not_affected", justification="inline_mitigations_already_exist",
              impact_statement="Remote Desktop is off, and only listed programs may run."),
    ]),
    "openvex-vaudrelle.json": _vex("Vaudrelle Néphro", "2026-05-11", "vaudrelle", [
        _said("CVE-2022-0778", REIN, "not_affected", justification="vulnerable_code_not_in_execute_path"),
        _said("CVE-2023-0286", REIN, "under_investigation"),
    ]),
    "openvex-castelroux.json": _vex("Castelroux", "2026-06-01", "castelroux", [
        _said("CVE-2022-42889", BRAS, "not_affected", "pkg:maven/org.apache.commons/commons-text@1.9",
              justification="vulnerable_code_cannot_be_controlled_by_adversary"),
        _said("CVE-2024-6387", BRAS, "affected", "pkg:generic/openssh@9.2p1",
              action_statement="Close TCP 22 towards the robot; our service opens it when needed. Fixed in 9.1.0."),
    ]),
}  # fmt: skip
"""File below `vex/` -> document."""


def write(folder: Path) -> None:
    """`csaf/` and `vex/`."""
    for name, document in DOCUMENTS:
        save_json(folder / "csaf" / name, render(document))
    for name, value in OPENVEX.items():
        save_json(folder / "vex" / name, value)
