# ruff: noqa: E501
"""What a careful person wrote down about the example by hand: links, contradictions, measures, refusals, SSVC inputs."""

CHANGES = [
    "devices.host: the fleet's name was written even where no paper and no packet tells it (endo, dns1, nms, remote_box); empty there now.",
    "devices.ae: LINAC1 and TPS1 stand in no list of AE titles and in no packet; empty now.",
    "devices.role: held the fleet's own words, which no paper says; now only what packets say: the servers of names and of time.",
    "devices.os_real: added, so that what the traffic may tell beyond the GMAO is checked too.",
    "devices.product of switch_core: its SNMP and LLDP descriptions say 'Catalyst L3 Switch'; no paper says 9300.",
    "plain.make: the legal form of 'Doigtier SA' is no part of the name, as that of 'ALDEBERT MEDICAL SAS' is none among the devices.",
    "contradictions: the contradicted questions are named. RMOT-2 is not among them: it asks about data sent out, not about a session that comes in.",
    "findings of us4: 2.6.0 is later than 2.5.0, which its maker says holds the fix: fixed, which says more than 'outside the affected range'.",
    "models.letters: held a count; now what each line of statements.xlsx says, so that its meaning is compared, not its number.",
    "models.covered: an advisory, a record or an SBOM names the model; a flaw of its operating system alone says nothing of the model itself.",
    "flows: DHCP is relayed: a broadcast, the router's answer to it, the router's own talk with the server; nobody sees it end to end.",
    "cut_internet.name: taken out. Names of places outside are not kept: they could tell what people visit.",
    "measures: the system's patches on Chimia 8 are patches, no longer 'or a configuration'.",
    "measures: patches and filtering of Régulis added: no medical device, and its Windows 7 is affected.",
    "measures: antivirus on Relais, Lumira CT 128 and Chimia 8 added: their forms say in MLDP-2 and MLDP-2.3 that the hospital may install it.",
    "refusals: of statements, 'the maker is missing' and 'neither yes nor no' are reasons of the right sort too: they are plainer.",
    "devices.os_told: added. Small devices ask for an address with BusyBox's own list of options, which is a Linux program: who knows that list reads the family from it; the fleet says nothing of their system. The switch calls its system Cisco IOS XE.",
    "devices.os_version of switch_core: its SNMP and LLDP descriptions say 17.9.4.",
    "devices.make of raspberry: the prefix of its card is Raspberry Pi's, and it calls itself raspberrypi.",
]
"""What was changed after the first writing, and why."""

ABOUT = {
    "what": "What a careful person concludes from examples/hospital and examples/damaged alone. The program never reads it.",
    "how": "Written by tests/examples/make_truth.py from the fleet (examples/fleet.py) and from rules written by hand "
    "(conclude.py: what each document says of which versions; expected.py: the rest). Never from the program's output. "
    "A later change says here why.",
    "devices": "ref is the name in fleet.py. A version counts as known where gmao.csv, gmao-biomed.xlsx, an image header, an SNMP "
    "description or an HTTP head tells it. os is what the GMAO says; the traffic may tell more, but nothing else than os_real or os_told. host and ae: as some "
    "paper or packet has them. role: what its packets say that it serves.",
    "plain": "GMAO lines of things without network.",
    "others": "Things in some paper or packet that are neither in a GMAO nor among `devices`.",
    "seen": "The capture covers VLANs 20, 30, 40, 45, 60 from 10 to 12 August 2026. Elsewhere: not observable, unless a routed "
    "conversation was seen whose address the router table or a lease of those days binds to the device.",
    "findings": "verdict, speaker and document of each device and vulnerability. firm=false: 'not affected' only because a component's "
    "or system's version lies outside a range; silence is accepted there, 'affected' is not. An SBOM holds for its version; for a device of that "
    "product whose version is unknown it makes 'possible'. The maker's word about its product wins over ranges for components and system. "
    "A CVE record is the maker's word where the maker itself numbered the flaw (BD, Baxter, GE HealthCare, Medtronic); else a third party's.",
    "priorities": "SSVC deployer table. Mission: crippled, assumed. Safety: the default of the clinical kind, 'marginal' where the flaw only "
    "discloses. Exposure: controlled where seen in a covered zone and not opened from outside, else open.",
    "measures": "kind and authority lists hold what a careful person would accept.",
    "refusals": "extent: whole, part or none of the file is refused; reasons: fragments of which the message key holds one.",
    "changes": CHANGES,
}

KIND_BY_TRAFFIC = ("us_unknown", "switch_core")
"""Devices outside the GMAO whose kind their traffic tells: ultrasound images; a switch that says so."""

BUSYBOX = (
    "pump1",
    "pump2",
    "pump3",
    "pump4",
    "pump5",
    "syr1",
    "syr2",
    "syr3",
    "spot1",
    "spot2",
    "spot3",
    "alaris1",
    "alaris2",
)
"""Devices whose requests for an address are those of BusyBox's udhcpc, and of whose system the fleet says nothing."""

OS_TOLD = {"switch_core": "Cisco IOS XE", **dict.fromkeys(BUSYBOX, "Linux")}
"""Systems that packets tell where the fleet says nothing, or says it in other words."""

BUILD_TOLD = {"switch_core": "17.9.4"}
MAKE_TOLD = {"raspberry": "Raspberry Pi"}

PRODUCT_TOLD = {"switch_core": "Catalyst L3 Switch"}
"""Devices whose product is told otherwise than by the fleet's name for it."""

LINKS = [
    {"left": "gmao.csv BM03503", "right": "gmao-biomed.xlsx BM-03503", "ref": "mr", "same": True, "doubtful": False,
     "why": "one number in two spellings; same serial"},
    {"left": "gmao.csv BM03517", "right": "gmao-biomed.xlsx bm03517", "ref": "ws1", "same": True, "doubtful": False,
     "why": "one number in two spellings; same serial"},
    {"left": "gmao.csv BM03601", "right": "gmao-biomed.xlsx BM 03601", "ref": "lab_mw", "same": True, "doubtful": False,
     "why": "one number in two spellings; same serial"},
    {"left": "BM04004", "right": "BM04005", "refs": ["defib1", "defib2"], "same": False, "doubtful": True,
     "why": "same maker and serial, but two inventory numbers, two MAC addresses, two versions: a second-hand device"},
    {"left": "BM03511", "right": "02:4e:56:00:30:32", "ref": "dr2", "same": True, "doubtful": False,
     "why": "maker and serial stand in its image headers; the GMAO's address agrees"},
    {"left": "BM03512", "right": "02:4e:56:00:30:33", "ref": "mobile_x", "same": True, "doubtful": False,
     "why": "maker and serial stand in its image headers"},
    {"left": "BM03241", "right": "02:4f:52:00:45:91", "ref": "endo", "same": True, "doubtful": False,
     "why": "maker and serial stand in its image headers"},
    {"left": "BM03804", "right": "02:53:56:00:60:14", "ref": "gas", "same": True, "doubtful": True,
     "why": "the address of the GMAO and the product of its SNMP description agree; no key proves it"},
    {"left": "10.42.30.22", "right": "10.42.30.122", "ref": "us2", "same": True, "doubtful": False,
     "why": "one MAC address and host name; a new lease on 11 August"},
    {"left": "10.42.45.75", "right": "10.42.45.175", "ref": "pump5", "same": True, "doubtful": False,
     "why": "one MAC address and host name; a new lease on 12 August"},
    {"left": "ct_host", "right": "ct_console", "same": False, "doubtful": False,
     "why": "members of one system: one inventory number, own serials and MAC addresses"},
    {"left": "ct_host", "right": "ct_recon", "same": False, "doubtful": False,
     "why": "members of one system: one inventory number, own serials and MAC addresses"},
    {"left": "us_unknown", "right": "us1", "same": False, "doubtful": False,
     "why": "same product and version, another MAC address, seen at the same time"},
]  # fmt: skip

OTHERS = [
    {
        "mac": "f8:b1:56:0a:10:21",
        "host": "PC-ACC-01",
        "ip": "10.42.10.21",
        "why": "office machine, in the Windows leases only",
    },
    {
        "mac": "f8:b1:56:0a:10:22",
        "host": "PC-ACC-02",
        "ip": "10.42.10.22",
        "why": "office machine, in the Windows leases only",
    },
    {
        "mac": "00:00:0c:9f:f0:01",
        "host": "",
        "ip": "",
        "why": "virtual address of the router: many addresses, one equipment",
    },
]
"""Things that stand in some paper or packet, in no GMAO and in none of the `devices`; not medical."""

DOUBTFUL = {"gas": "in GMAO, not seen"}
"""Devices whose tie between GMAO and traffic is doubtful -> what is said of them while nobody has answered."""

CONTRADICTIONS = [
    {"refs": ["mr"], "about": "outside connection", "questions": ["CONN-4", "CONN-6"], "one": "no", "from": "NVI_LumiraMR_MDS2.xlsx",
     "other": "203.0.113.11", "service": "tls", "why": "MDS2 NVI-8120 says no, the MR opens TLS to an address outside"},
    {"refs": ["mr"], "about": "remote service", "questions": ["RMOT-1"], "one": "no", "from": "NVI_LumiraMR_MDS2.xlsx",
     "other": "10.42.30.240", "service": "http", "why": "HTTP from a gateway that itself talks to 203.0.113.10"},
    {"refs": ["defib1", "defib2"], "about": "serial number", "questions": ["serial_number"], "one": "TD3-0455", "from": "gmao.csv",
     "other": "TD3-0455", "service": "", "why": "one serial number for BM04004 and BM04005"},
]  # fmt: skip
"""What sources say otherwise than others: all of it, nothing else is one."""

FORMS = {
    "mds2-zephyr5.xlsx": ("Zéphyr 5", "4.2.1"), "NVI_LumiraCT_MDS2.xlsx": ("Lumira CT 128", "6.4.2"),
    "NVI_LumiraMR_MDS2.xlsx": ("Lumira MR 1.5", "VA20B"), "Veille_M50_MDS2_rev2.xlsx": ("Veille M50", "8.0.2"),
    "relais-mds2.xlsx": ("Relais", "2.3.6"), "OSD-Chimia8-MDS2.xlsx": ("Chimia 8", "10.2.0"),
    "Rein4.xlsx": ("Rein 4", "4.5.0"), "RVN_X1_security_form.xlsx": ("Faisceau X1", "3.0.4"),
}  # fmt: skip
"""MDS2 form -> the product and version that it names."""

LETTERS = (
    ("Lumira CT 128", "6.4.2", "network_control", "yes"), ("Lumira MR 1.5", "", "os_update", "no"), ("Ondine U9", "", "patch", "yes"),
    ("Zéphyr 5", "", "network_control", "yes"), ("Veille Centrale", "8.0.2", "antivirus", "no"), ("Chimia 8", "", "network_control", "yes"),
    ("Faisceau X1", "3.0.4", "network_control", "no"), ("Agenda RIS", "", "os_update", "yes"), ("Débit S", "3.0.0", "os_update", "open"),
)  # fmt: skip
"""Product, version ("" all), subject and answer of each line of statements.xlsx that allows or forbids something."""

NAMELESS = ("endo", "dns1", "nms", "remote_box")
"""Devices whose name stands in no paper and in no packet."""

TITLELESS = ("linac", "tps")
"""Devices whose AE title stands in no list and in no packet."""

ROLES = {"dns1": "dns server", "ntp1": "ntp server"}
"""What packets say that a device serves."""

SUPPORT_END = {
    "Lumira MR 1.5": "2029-12-31", "Zéphyr T": "2027-06-30", "Chimia 8": "2026-12-31", "Faisceau X1": "2030-01-01",
    "Régulis": "2025-01-31",
}  # fmt: skip
"""Product -> end of support, by letter."""

SAFETY = {
    "ventilator": "catastrophic", "transport_ventilator": "critical", "anaesthesia_machine": "critical",
    "infusion_pump": "catastrophic", "syringe_pump": "catastrophic", "infusion_gateway": "critical",
    "patient_monitor": "critical", "central_station": "critical", "defibrillator": "critical", "ecg_cart": "marginal",
    "dialysis_machine": "critical", "cath_lab": "critical", "ct_scanner": "critical", "mri": "marginal",
    "radiography": "marginal", "mobile_xray": "marginal", "mammography": "marginal", "ultrasound": "marginal",
    "contrast_injector": "critical", "linac": "catastrophic", "treatment_planning": "catastrophic", "pacs": "critical",
    "worklist_server": "marginal", "imaging_workstation": "marginal", "chemistry_analyser": "marginal",
    "haematology_analyser": "marginal", "coagulation_analyser": "marginal", "blood_gas_analyser": "critical",
    "lab_middleware": "critical", "lis": "critical", "pharmacy_robot": "critical", "dispensing_cabinet": "marginal",
    "endoscopy_column": "marginal", "building_management": "marginal", "blood_pressure_monitor": "marginal",
    "server": "marginal", "c_arm": "critical",
}  # fmt: skip
"""Clinical kind -> worst credible harm of a flaw exploited on it: a catastrophe where several patients depend on such devices
without an operator at each side, critical where one life does or where a result is acted upon at once, else marginal."""

HUMAN_IMPACT = {"negligible": "low", "marginal": "low", "critical": "high", "catastrophic": "very high"}
"""Safety impact -> human impact with the mission crippled (SSVC Human Impact table, that column)."""

_ACTIVE = ("active", "yes", False)
FLAWS: dict[str, tuple[str, str, bool]] = {
    # exploitation (CISA's list, else the record), automatable (the record, else the vector), only discloses data
    "CVE-2021-44228": _ACTIVE, "CVE-2019-0708": _ACTIVE, "CVE-2021-34527": ("active", "no", False),
    "CVE-2024-1086": ("active", "no", False), "CVE-2023-44487": _ACTIVE, "CVE-2024-38475": _ACTIVE,
    "CVE-2021-3711": ("none", "yes", False), "CVE-2022-0778": ("none", "yes", False), "CVE-2023-0286": ("none", "no", False),
    "CVE-2023-38545": ("none", "yes", False), "CVE-2018-25032": ("none", "yes", False), "CVE-2022-37434": ("none", "yes", False),
    "CVE-2024-6387": ("none", "no", False), "CVE-2022-42889": ("none", "yes", False), "CVE-2022-43272": ("none", "yes", False),
    "CVE-2020-11896": ("none", "yes", False), "CVE-2024-47796": ("none", "no", False), "CVE-2024-52333": ("none", "no", False),
    "CVE-2023-40159": ("none", "yes", False), "CVE-2023-40223": ("none", "no", False), "CVE-2023-40539": ("none", "no", False),
    "CVE-2023-40704": ("none", "no", False), "CVE-2023-30560": ("none", "no", False), "CVE-2023-30561": ("none", "no", False),
    "CVE-2023-30563": ("none", "no", False), "CVE-2023-30564": ("none", "no", False), "CVE-2024-1275": ("none", "no", False),
    "CVE-2024-1486": ("none", "no", False), "CVE-2024-1628": ("none", "no", False), "CVE-2024-27107": ("none", "no", False),
    "CVE-2023-31222": ("none", "yes", False), "NVI-VUL-2026-07": ("none", "no", False), "NVI-VUL-2026-08": ("none", "no", False),
    "PFY-VUL-2026-2": ("none", "no", False), "OSD-VUL-9": ("none", "no", True), "TMS-VUL-2026-4": ("none", "no", False),
}  # fmt: skip

_OUTCOMES = "ddss dsss dsss ssss dsss ssso dsss ssss dsss ssso ssso ssoo ssoo sooo ssoo oooo sooi ooii".split()
_NAMES = {"d": "defer", "s": "scheduled", "o": "out-of-cycle", "i": "immediate"}


def outcome(exploitation: str, exposure: str, automatable: str, impact: str) -> str:
    """SSVC Deployer table 1.0.0: blocks by exploitation, exposure, automatable; within a block by human impact."""
    block = ("none", "poc", "active").index(exploitation) * 6
    block += ("small", "controlled", "open").index(exposure) * 2 + ("no", "yes").index(automatable)
    return _NAMES[_OUTCOMES[block][("low", "medium", "high", "very high").index(impact)]]


PATCH, CONFIG, NET = "manufacturer-validated patch", "allowed configuration", "network control"
ORG, NEW = "organisational", "replacement"
ALONE, WORD, MAKER, JOINT = (
    "hospital alone", "needs the manufacturer's word", "manufacturer does it", "biomedical, IT and the ward together",
)  # fmt: skip


def _measure(product: str, kind: list[str], authority: list[str], document: str, why: str) -> dict[str, object]:
    return {"product": product, "kind": kind, "authority": authority, "document": document, "why": why}


MEASURES = [
    _measure("Zéphyr 5", [PATCH], [MAKER], "ALD-2026-001", "4.3.0, by the maker's engineers"),
    _measure("Zéphyr 5", [NET], [JOINT], "ALD-2026-001",
             "the maker names the ports and its letter allows filtering; a therapy device is never for one service alone"),
    _measure("Zéphyr T", [NEW], [ALONE, JOINT], "ALD-2026-001", "no fix planned; support ends 2027-06-30"),
    _measure("Lumira CT 128", [PATCH], [MAKER, WORD], "NVI-SA-2026-014", "6.5.0 through the service contact"),
    _measure("Lumira CT 128", [NET], [ALONE, JOINT], "NVI-SA-2026-014",
             "filter TCP 3389; its letter allows it from the gateway only"),
    _measure("Lumira Console", [NET], [WORD, JOINT], "NVI-SA-2026-014", "filter TCP 3389; no letter for the console"),
    _measure("Ondine U9", [PATCH], [ALONE], "NVI-SA-2026-015", "2.5.0; the letter lets the hospital install it"),
    _measure("Jetéo", [ORG, CONFIG], [JOINT, MAKER, ALONE], "NVI-SA-2026-015", "keep the cover locked; service replaces the board"),
    _measure("Veille Centrale", [PATCH], [MAKER], "QS-2026-02", "8.1.0, by Quillane"),
    _measure("Veille Centrale", [NET], [JOINT, WORD], "QS-2026-02", "close outgoing traffic but HL7 and NTP; monitoring"),
    _measure("Veille M50", [PATCH], [MAKER], "QS-2026-02", "8.1.0, by Quillane"),
    _measure("Veille M50", [NET], [JOINT, WORD], "QS-2026-02", "keep on its own network; monitoring"),
    _measure("Relais", [NET], [JOINT, WORD], "PFY-2026-007", "only pumps and the integration engine reach it; therapy"),
    _measure("Débit 300", [PATCH], [MAKER], "PFY-2026-007", "5.2.0, by Perfalys"),
    _measure("Débit 300", [ORG], [ALONE, JOINT], "PFY-2026-007", "check the library's date on the pump"),
    _measure("Débit S", [ORG], [ALONE, JOINT], "PFY-2026-007", "check the library's date on the pump; a fix is planned"),
    _measure("Chimia 8", [NEW], [ALONE, JOINT], "OSD-CSA-2026-1", "no fix planned; support ends 2026-12-31"),
    _measure("Chimia 8", [NET], [JOINT], "OSD-CSA-2026-1",
             "close TCP 3389 and 445; its letter allows it, but its zone was not observed"),
    _measure("Chimia 8", [PATCH], [ALONE], "OSD-Chimia8-MDS2.xlsx",
             "CSUP-2.4 Yes: patches of the system's maker need no approval"),
    _measure("Gazo 9", [PATCH], [MAKER], "OSD-CSA-2026-1", "6.1.0, by Ostrelab"),
    _measure("Tracé 12", [CONFIG], [MAKER], "TMS-2026-03", "the maker's service turns the spooler off"),
    _measure("Relance D3", [PATCH], [MAKER], "TMS-2026-03", "2.1.0, by Tamsin"),
    _measure("Agenda RIS", [PATCH, CONFIG], [ALONE], "statements.xlsx", "the letter allows updates of the distribution"),
    _measure("Bras P2", [NET], [JOINT, WORD, ALONE], "openvex-castelroux.json", "close TCP 22; its zone was not observed"),
    _measure("Régulis", [NEW], [ALONE, JOINT], "statements.xlsx", "support ended 2025-01-31"),
    _measure("Régulis", [PATCH], [ALONE], "", "building management bears no CE mark as a medical device: patches are IT's"),
    _measure("Régulis", [NET], [ALONE, JOINT], "", "the same; its conversations were observed"),
    _measure("Relais", [CONFIG], [ALONE], "relais-mds2.xlsx", "MLDP-2 and MLDP-2.3 Yes: the hospital may install an antivirus"),
    _measure("Lumira CT 128", [CONFIG], [ALONE], "NVI_LumiraCT_MDS2.xlsx",
             "MLDP-2 and MLDP-2.3 Yes, within the limits of list NVI-AV-7: antivirus"),
    _measure("Chimia 8", [CONFIG], [ALONE], "OSD-Chimia8-MDS2.xlsx", "MLDP-2 and MLDP-2.3 Yes: antivirus"),
]  # fmt: skip
"""What may be done, by product. A program may propose more, never one of these kinds as the hospital's alone where that is missing."""

FORBIDDEN = [
    {"product": "Faisceau X1", "kind": NET, "authority": ALONE, "why": "its letter says no"},
    {"product": "Lumira MR 1.5", "kind": PATCH, "authority": ALONE, "why": "its letter and CSUP-2.4 say no"},
    {"product": "Veille Centrale", "kind": CONFIG, "authority": ALONE, "why": "antivirus: its maker said no"},
    {"product": "Rein 4", "kind": PATCH, "authority": ALONE, "why": "a blank MDS2 is never a yes"},
]
MEASURES += [{**f, "forbidden": True} for f in FORBIDDEN]


def _refused(extent: str, *reasons: str) -> dict[str, object]:
    return {"extent": extent.split("|"), "reasons": list(reasons)}


REFUSALS = {
    "gmao-coupe.xlsx": _refused("whole", "truncated", "damaged", "workbook", "office", "archive"),
    "gmao-nuls.csv": _refused("part|whole", "nul"),
    "gmao-sans-entete.csv": _refused("whole", "unknown", "header", "key"),
    "sbom-coupe.cdx.json": _refused("whole", "truncated", "json", "damaged"),
    "sbom-mots-inconnus.spdx.json": _refused("none|part", "part", "document"),
    "capture-abimee.pcap": _refused("part", "capture", "truncated", "damaged"),
    "epss-coupe.csv.gz": _refused("part|whole", "truncated", "damaged"),
    "chiffre.zip": _refused("whole", "encrypted"),
    "bombe.zip": _refused("whole", "bomb"),
    "nvd-plage-vide.json": _refused("part", "range"),
    "mds2-2013.xlsx": _refused("whole", "mds2", "edition"),
    "csaf-sans-arbre.json": _refused("part|whole", "csaf", "product"),
    "epss-colonnes.csv": _refused("part|whole", "epss"),
    "kev-sans-entrees.json": _refused("whole|part", "kev", "json", "document", "unknown", "part"),
    "cve-sans-contenu.json": _refused("whole|part", "cve", "json", "document", "part"),
    "openvex-statut.json": _refused("part", "openvex"),
    "baux-coupes.txt": _refused("part|none", "truncated", "lease", "part"),
    "declarations-sans-fabricant.xlsx": _refused(
        "part|whole", "statement", "part", "key", "line", "permission", "row", "cell", "maker", "allowed"
    ),
    "inconnu.bin": _refused("whole", "unknown"),
}

SECRETS = {"gmao.csv": 2, "gmao-biomed.xlsx": 0}
"""Cells that hold an announced password."""
