# ruff: noqa: E501
"""The fleet of the example hospital: its devices, its networks, who talks to whom. Data and small functions, no I/O.

An invented 300-bed hospital, "Centre hospitalier du Val d'Ambre". Everything else in the folder follows from here:
`make_hospital.py` writes the tables and documents, the recording scripts spread real conversations over these devices.

A device has a `key` (stable within this file: what conversations name), and an inventory number where the GMAO has one.
Several keys may share one inventory number: the scanner, its console and its reconstructor are one line of the GMAO.

How the capture was taken, so that everybody concludes the same from it:
- three days, `DAYS`, from 00:00:00 to 24:00:00 UTC;
- sensor `span-coeur` copies VLANs 20, 30 and 60 of the core switch, sensor `span-rea` VLANs 40 and 45 of the intensive
  care switch (`SENSORS`); both were merged into one file, with 802.1Q tags;
- a frame is copied once, as it enters the switch, tagged with the VLAN it came from: source MAC = the real sender,
  destination MAC = the receiver, or `ROUTER_MAC` where it lies in another network;
- a frame that comes from a VLAN that is not copied is seen as the router delivers it: tag of the receiver's VLAN,
  source MAC = `ROUTER_MAC`; nothing is seen where neither end lies in a copied VLAN (`visible`);
- a device listed in `MOVES` leaves its address for another one at the given day, by DHCP.

Makers are invented unless `REAL_MAKERS` has them; those appear only with products that a public record names.
Locally administered MAC addresses (02:...) stand for makers without a public prefix; the others carry real prefixes.
"""

from dataclasses import dataclass

DAYS = ("2026-08-10", "2026-08-11", "2026-08-12")
"""Monday to Wednesday, UTC."""

SITE = "local"
HOSPITAL = "Centre hospitalier du Val d'Ambre"
DOMAIN = "ch-valdambre.example"
ROUTER_MAC = "00:00:0c:9f:f0:01"
"""First-hop virtual address of the core router, in all VLANs."""
DNS = "dns1"
"""Key of the name and DHCP server."""

REAL_MAKERS = ("Philips", "GE HealthCare", "BD", "Baxter", "Medtronic", "Cisco")


@dataclass(frozen=True, slots=True)
class Vlan:
    """One network of the address plan."""

    number: int
    cidr: str
    name: str
    use: str
    gateway: str
    sensor: str = ""
    """Sensor that copies it; "" none: what lies there cannot be observed."""


VLANS = (
    Vlan(10, "10.42.10.0/24", "ADMIN", "Bureautique et administration", "10.42.10.254"),
    Vlan(20, "10.42.20.0/24", "SERVEURS", "Serveurs", "10.42.20.254", "span-coeur"),
    Vlan(30, "10.42.30.0/24", "IMAGERIE", "Imagerie médicale", "10.42.30.254", "span-coeur"),
    Vlan(40, "192.9.200.0/24", "MONITORAGE", "Monitorage (plan privé du fabricant)", "192.9.200.254", "span-rea"),
    Vlan(45, "10.42.45.0/24", "REA-BLOC", "Réanimation et bloc opératoire", "10.42.45.254", "span-rea"),
    Vlan(50, "10.42.50.0/24", "LABO", "Laboratoire de biologie médicale", "10.42.50.254"),
    Vlan(55, "10.42.55.0/24", "PUI-STE", "Pharmacie et stérilisation", "10.42.55.254"),
    Vlan(60, "10.42.60.0/24", "GTB", "Bâtiment, fluides et appel malade", "10.42.60.254", "span-coeur"),
    Vlan(70, "10.42.70.0/24", "DIALYSE", "Dialyse", "10.42.70.254"),
    Vlan(75, "10.42.75.0/24", "RADIOTH", "Radiothérapie", "10.42.75.254"),
    Vlan(80, "10.42.80.0/23", "WIFI-BIOMED", "Wifi biomédical", "10.42.81.254"),
)
SENSORS = {v.sensor: tuple(w.number for w in VLANS if w.sensor == v.sensor) for v in VLANS if v.sensor}


@dataclass(frozen=True, slots=True)
class Ward:
    """One care unit."""

    uf: str
    name: str
    pole: str


WARDS = {
    w.uf: w
    for w in (
        Ward("1100", "Réanimation polyvalente", "Urgences - Soins critiques"),
        Ward("1200", "Urgences", "Urgences - Soins critiques"),
        Ward("2100", "Bloc opératoire", "Chirurgie - Anesthésie"),
        Ward("2200", "Chirurgie", "Chirurgie - Anesthésie"),
        Ward("3100", "Imagerie médicale", "Médico-technique"),
        Ward("3200", "Laboratoire", "Médico-technique"),
        Ward("3300", "Pharmacie", "Médico-technique"),
        Ward("3400", "Stérilisation", "Médico-technique"),
        Ward("4100", "Cardiologie", "Médecine"),
        Ward("4200", "Hémodialyse", "Médecine"),
        Ward("4300", "Médecine polyvalente", "Médecine"),
        Ward("5100", "Maternité - Néonatologie", "Femme - Enfant"),
        Ward("6100", "Radiothérapie", "Cancérologie"),
        Ward("9100", "Services techniques", "Logistique"),
        Ward("9200", "Informatique", "Logistique"),
    )
}


@dataclass(frozen=True, slots=True)
class Device:
    """One physical thing that may be joined to a network."""

    key: str
    """Name of it within this file."""
    kind: str
    """Clinical kind."""
    inventory: str
    """GMAO inventory number; "" not in the GMAO."""
    designation: str
    """As the GMAO says it, in French."""
    make: str
    product: str
    version: str
    """Software version it really runs; who knows it is `version_in`."""
    serial: str
    uf: str
    location: str
    mac: str
    """"" where it is not on a network now."""
    ip: str
    vlan: int
    """0 where it is not on a network now."""
    host: str = ""
    ae: str = ""
    """DICOM application entity title."""
    os: str = ""
    os_version: str = ""
    role: str = ""
    """Part in a system or on the network."""
    version_in: tuple[str, ...] = ("gmao",)
    """Where its version can be read: gmao (gmao.csv), xlsx (gmao-biomed.xlsx), dicom (header of its images), snmp
    (description), http (User-Agent, Server); () nowhere."""
    addressing: str = "fixed"
    """fixed or dhcp."""
    gmao: bool = True
    """False: the GMAO does not know it."""
    active: bool = True
    """False: no conversation, it is switched off or stored."""
    model_number: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """Who opens what to whom, and how often."""

    client: str
    """Key of the device that opens it."""
    service: str
    server: str
    """Key of a device, an outside address, or a group address ("broadcast", "multicast")."""
    per_day: int
    port: int = 0
    """Server's port where it is not the usual one; 0 usual."""
    name: str = ""
    """Outside name asked for or given in the handshake."""


PORTS = {
    "dicom-store": ("tcp", 11112),
    "dicom-worklist": ("tcp", 11113),
    "dicom-query": ("tcp", 11112),
    "dicom-echo": ("tcp", 11112),
    "hl7-oru": ("tcp", 2575),
    "hl7-adt": ("tcp", 2575),
    "dhcp": ("udp", 67),
    "dns": ("udp", 53),
    "mdns": ("udp", 5353),
    "netbios": ("udp", 137),
    "snmp": ("udp", 161),
    "smb": ("tcp", 445),
    "tls": ("tcp", 443),
    "http": ("tcp", 80),
    "ntp": ("udp", 123),
    "bacnet": ("udp", 47808),
    "wsdiscovery": ("udp", 3702),
}
"""Transport and port of a service where a conversation gives none."""

D = Device
# fmt: off
DEVICES: tuple[Device, ...] = (
    # --- servers, VLAN 20 -------------------------------------------------------------------------------------------
    D("pacs", "pacs", "BM03001", "Serveur PACS", "Philips", "Vue PACS", "12.2.8.100", "VP-77120", "3100", "Salle serveurs", "00:50:56:a1:20:11", "10.42.20.11", 20, "srv-pacs", "VUEPACS", "Windows Server 2016", "10.0.14393", "archive", ("gmao",)),
    D("worklist", "worklist_server", "BM03002", "Serveur de worklist", "Orlimont Santé", "Agenda RIS", "3.7.1", "OR-WL-0042", "3100", "Salle serveurs", "00:50:56:a1:20:12", "10.42.20.12", 20, "srv-worklist", "AGENDAWL", "Linux", "", "worklist", ("gmao",)),
    D("archive2", "pacs", "BM03003", "Archive PACS cardiologie", "Orlimont Santé", "Coffre Image", "5.2.0", "OR-CI-0107", "4100", "Salle serveurs", "00:50:56:a1:20:13", "10.42.20.13", 20, "srv-coffre", "COFFRE", "Linux", "", "archive", ("gmao", "dicom")),
    D("engine", "integration_engine", "BM03004", "Moteur d'intégration HL7", "Orlimont Santé", "Carrefour", "2.9.4", "OR-CF-0031", "9200", "Salle serveurs", "00:50:56:a1:20:14", "10.42.20.14", 20, "srv-carrefour", "", "Linux", "", "integration", ("gmao",)),
    D("lis", "lis", "BM03005", "Système informatique de laboratoire", "Ostrelab Diagnostics", "Paillasse SIL", "7.4.0", "OS-SIL-0009", "3200", "Salle serveurs", "00:50:56:a1:20:15", "10.42.20.15", 20, "srv-sil", "", "Windows Server 2019", "10.0.17763.1", "server", ("gmao",)),
    D("central", "central_station", "BM03110", "Centrale de surveillance réanimation", "Quillane Systems", "Veille Centrale", "8.0.2", "QC-10021", "1100", "Réa - poste de soins", "02:51:4c:00:40:10", "192.9.200.10", 40, "veille-cs1", "", "Windows 10", "10.0.17763.1", "central", ("gmao",)),
    D("relay", "infusion_gateway", "BM03210", "Passerelle de perfusion", "Perfalys", "Relais", "2.3.6", "PR-00412", "1100", "Réa - local technique", "02:50:46:00:45:10", "10.42.45.10", 45, "relais-rea", "", "Linux", "", "gateway", ("gmao", "http")),
    D("alaris_sm", "infusion_gateway", "BM03211", "Serveur de pompes à perfusion", "BD", "Alaris Systems Manager", "12.3", "ASM-20117", "2200", "Salle serveurs", "00:50:56:a1:20:16", "10.42.20.16", 20, "srv-alaris", "", "Windows Server 2016", "10.0.14393", "server", ("gmao",)),
    D("paceart", "server", "BM03310", "Serveur suivi de stimulateurs cardiaques", "Medtronic", "Paceart Optima", "1.10", "PO-88120", "4100", "Salle serveurs", "00:50:56:a1:20:17", "10.42.20.17", 20, "srv-paceart", "", "Windows Server 2016", "10.0.14393", "server", ("gmao",)),
    # --- imaging, VLAN 30 -------------------------------------------------------------------------------------------
    D("ct_host", "ct_scanner", "BM03501", "Scanner 128 coupes", "Norvane Imaging", "Lumira CT 128", "6.4.2", "NV-CT-5518", "3100", "Salle scanner 1", "02:4e:56:00:30:11", "10.42.30.11", 30, "ct1-host", "CT1HOST", "Windows 7", "6.1.7601", "acquisition", ("gmao", "dicom")),
    D("ct_console", "imaging_workstation", "BM03501", "Console scanner 128 coupes", "Norvane Imaging", "Lumira Console", "6.4.2", "NV-CC-5518", "3100", "Salle scanner 1", "02:4e:56:00:30:12", "10.42.30.12", 30, "ct1-console", "CT1CONS", "Windows 7", "6.1.7601", "console", ("xlsx", "dicom")),
    D("ct_recon", "ct_scanner", "BM03501", "Reconstructeur scanner 128 coupes", "Norvane Imaging", "Lumira Recon", "6.4.2", "NV-CR-5518", "3100", "Salle scanner 1", "02:4e:56:00:30:13", "10.42.30.13", 30, "ct1-recon", "CT1RECON", "Linux", "", "reconstructor", ("xlsx", "dicom")),
    D("ct2", "ct_scanner", "BM03502", "Scanner urgences", "Norvane Imaging", "Lumira CT 128", "6.5.0", "NV-CT-6104", "1200", "Salle scanner urgences", "02:4e:56:00:30:14", "10.42.30.14", 30, "ct2-host", "CT2HOST", "Windows 10", "10.0.19045.3000", "", ("gmao", "dicom")),
    D("mr", "mri", "BM03503", "IRM 1,5 T", "Norvane Imaging", "Lumira MR 1.5", "VA20B", "NV-MR-0913", "3100", "Salle IRM", "02:4e:56:00:30:15", "10.42.30.15", 30, "irm1", "IRM1", "Windows 10", "10.0.17763.1", "", ("gmao", "dicom")),
    D("us1", "ultrasound", "BM03504", "Échographe", "Norvane Imaging", "Ondine U9", "2.5.0", "NV-US-2201", "3100", "Salle écho 1", "02:4e:56:00:30:21", "10.42.30.21", 30, "echo1", "ECHO1", "Linux", "", "", ("xlsx", "dicom"), "dhcp"),
    D("us2", "ultrasound", "BM03505", "Échographe", "Norvane Imaging", "Ondine U9", "2.4.1", "NV-US-2202", "4100", "Salle écho cardiaque", "02:4e:56:00:30:22", "10.42.30.22", 30, "echo2", "ECHO2", "Linux", "", "", ("xlsx", "dicom"), "dhcp"),
    D("us3", "ultrasound", "BM03506", "Echographe portable", "GE HealthCare", "Venue", "R2", "GV-340912", "1100", "Réa - box 3", "f8:b1:56:30:30:23", "10.42.30.23", 30, "venue-rea", "VENUEREA", "Windows 10", "", "", ("gmao",), "dhcp"),
    D("us4", "ultrasound", "BM03507", "Échographe obstétrical", "Norvane Imaging", "Ondine U9", "2.6.0", "NV-US-2230", "5100", "Salle de naissance 2", "02:4e:56:00:30:24", "10.42.30.24", 30, "echo4", "ECHO4", "Linux", "", "", ("gmao", "dicom"), "dhcp"),
    D("us_unknown", "ultrasound", "", "", "Norvane Imaging", "Ondine U9", "2.5.0", "", "", "", "02:4e:56:00:30:29", "10.42.30.129", 30, "demo-u9", "DEMOU9", "Linux", "", "", ("dicom",), "dhcp", False),
    D("dr1", "radiography", "BM03510", "Table de radiologie numérique", "Norvane Imaging", "Rayane DR", "3.3.0", "NV-DR-0741", "3100", "Salle os 1", "02:4e:56:00:30:31", "10.42.30.31", 30, "dr1", "DR1", "Windows 7", "6.1.7601", "", ("gmao",)),
    D("dr2", "radiography", "BM03511", "Table de radiologie numérique", "Norvane Imaging", "Rayane DR", "", "NV-DR-0742", "1200", "Salle radio urgences", "02:4e:56:00:30:32", "10.42.30.32", 30, "dr2", "DR2", "Windows 7", "6.1.7601", "", ()),
    D("mobile_x", "mobile_xray", "BM03512", "Mobile de radiographie", "Norvane Imaging", "Rayane M", "3.1.0", "NV-RM-0110", "1100", "Réa - couloir", "02:4e:56:00:30:33", "10.42.30.33", 30, "mobx1", "MOBX1", "Windows 10", "", "", ("gmao",), "dhcp"),
    D("mammo", "mammography", "BM03513", "Mammographe", "Norvane Imaging", "Sérène", "1.9.2", "NV-MG-0066", "3100", "Salle mammo", "02:4e:56:00:30:34", "10.42.30.34", 30, "mammo1", "MAMMO1", "Windows 10", "10.0.17763.1", "", ("gmao", "dicom")),
    D("cath", "cath_lab", "BM03514", "Salle de coronarographie", "Norvane Imaging", "Ariane Cath", "7.1.0", "NV-XA-0212", "4100", "Salle coro", "02:4e:56:00:30:35", "10.42.30.35", 30, "coro1", "CORO1", "Windows 10", "10.0.17763.1", "", ("gmao", "dicom")),
    D("carm", "c_arm", "BM03515", "Amplificateur de brillance", "Norvane Imaging", "Calypso C3", "2.2.0", "NV-CA-0330", "2100", "Bloc - salle 4", "02:4e:56:00:45:36", "10.42.45.36", 45, "arceau1", "ARCEAU1", "Linux", "", "", ("gmao",), "dhcp"),
    D("injector", "contrast_injector", "BM03516", "Injecteur de produit de contraste", "Norvane Imaging", "Jetéo", "1.4.0", "NV-IJ-0188", "3100", "Salle scanner 1", "02:4e:56:00:30:37", "10.42.30.37", 30, "inject1", "", "Linux", "", "", ("gmao",)),
    D("ws1", "imaging_workstation", "BM03517", "Console d'interprétation", "Orlimont Santé", "Lecture Pro", "4.4.0", "OR-LP-0201", "3100", "Salle d'interprétation", "f8:b1:56:30:30:41", "10.42.30.41", 30, "interp1", "INTERP1", "Windows 10", "10.0.19045.3000", "workstation", ("gmao",)),
    D("ws2", "imaging_workstation", "BM03518", "Station d'échocardiographie", "GE HealthCare", "EchoPAC Software Only", "206.40", "EP-50221", "4100", "Bureau des cardiologues", "f8:b1:56:30:30:42", "10.42.30.42", 30, "echopac1", "ECHOPAC1", "Windows 10", "10.0.17763.1", "workstation", ("gmao",)),
    D("printer", "dicom_printer", "BM03519", "Reprographe de films", "Orlimont Santé", "Film 20", "1.2", "OR-FP-0077", "3100", "Local reprographe", "02:4f:52:00:30:43", "10.42.30.43", 30, "repro1", "REPRO1", "", "", "printer", ("snmp",)),
    # --- monitoring, VLAN 40 (192.9.200.0/24) -----------------------------------------------------------------------
    *(
        D(f"mon{n:02}", "patient_monitor", f"BM0312{n - 1}", "Moniteur multiparamétrique", "Quillane Systems" if n != 4 else "Quillane", "Veille M50", "8.1.0" if n in (7, 8) else "8.0.2", f"QM-{31200 + n}", "1100", f"Réa - box {n}", f"02:51:4c:00:40:{0x20 + n:02x}", f"192.9.200.{20 + n}", 40, f"m50-{n:02}", "", "Linux", "", "", () if n in (5, 6) else ("gmao",))
        for n in range(1, 9)
    ),
    D("tele", "telemetry", "BM03130", "Serveur de télémétrie", "Quillane Systems", "Veille Télé", "3.0.1", "QT-00118", "4100", "Cardiologie - poste de soins", "02:51:4c:00:40:50", "192.9.200.50", 40, "veille-tele", "", "Linux", "", "telemetry", ("snmp",)),
    # --- intensive care and operating rooms, VLAN 45 ----------------------------------------------------------------
    *(
        D(f"vent{n}", "ventilator", f"BM0314{n}", "Respirateur de réanimation", "Aldebert Médical" if n != 3 else "ALDEBERT MEDICAL SAS", "Zéphyr 5", ("4.2.1", "4.2.1", "4.2.1", "4.3.0", "4.2.1")[n - 1], f"AZ5-{7300 + n}", "1100", f"Réa - box {n}", f"02:41:4c:00:45:{0x40 + n:02x}", f"10.42.45.{40 + n}", 45, f"zephyr-{n}", "", "Linux", "", "", ("gmao", "snmp") if n != 5 else ())
        for n in range(1, 6)
    ),
    D("vent_t", "transport_ventilator", "BM03149", "Respirateur de transport", "Aldebert Médical", "Zéphyr T", "2.0.3", "AZT-0417", "1200", "SMUR", "", "", 0, version_in=("gmao",), active=False),
    *(
        D(f"anes{n}", "anaesthesia_machine", f"BM0315{n}", "Respirateur d'anesthésie", "Aldebert Médical", "Morpho A7", "3.1.0", f"AM7-{510 + n}", "2100", f"Bloc - salle {n}", f"02:41:4c:00:45:{0x50 + n:02x}", f"10.42.45.{50 + n}", 45, f"morpho-{n}", "", "Linux", "", "", ("gmao",))
        for n in range(1, 4)
    ),
    D("prisma", "dialysis_machine", "BM03160", "Générateur d'épuration extrarénale continue", "Baxter", "PrismaFlex", "", "PFX-11290", "1100", "Réa - box 6", "02:42:58:00:45:60", "10.42.45.60", 45, "prisma1", "", "", "", "", ()),
    *(
        D(f"pump{n}", "infusion_pump", f"BM0322{n}", "Pompe à perfusion volumétrique", "Perfalys", "Débit 300", "5.1.0" if n < 4 else "5.2.0", f"PD3-{9000 + n}", "1100", f"Réa - box {n}", f"02:50:46:00:45:{0x70 + n:02x}", f"10.42.45.{70 + n}", 45, f"debit-{n}", "", "", "", "", ("gmao",), "dhcp")
        for n in range(1, 6)
    ),
    *(
        D(f"syr{n}", "syringe_pump", f"BM0323{n}", "Pousse-seringue communicant", "Perfalys", "Débit S", "3.0.0", f"PDS-{4400 + n}", "1100", f"Réa - box {n}", f"02:50:46:00:45:{0x80 + n:02x}", f"10.42.45.{80 + n}", 45, f"debits-{n}", "", "", "", "", ("gmao",), "dhcp")
        for n in range(1, 4)
    ),
    D("bga1", "blood_gas_analyser", "BM03240", "Analyseur de gaz du sang", "Ostrelab Diagnostics", "Gazo 9", "6.0.2", "OG9-0551", "1100", "Réa - local biologie", "02:4f:53:00:45:90", "10.42.45.90", 45, "gds-rea", "", "Windows 7", "6.1.7601", "", ("gmao",)),
    D("endo", "endoscopy_column", "BM03241", "Colonne d'endoscopie", "Orlimont Santé", "Visée HD", "2.1.0", "OR-VH-0092", "2100", "Bloc - salle 5", "02:4f:52:00:45:91", "10.42.45.91", 45, "endo1", "ENDO1", "Windows 10", "", "", ("gmao", "dicom")),
    # --- laboratory, VLAN 50 (not copied) ---------------------------------------------------------------------------
    D("lab_mw", "lab_middleware", "BM03601", "Middleware de laboratoire", "Ostrelab Diagnostics", "Trait d'Union", "4.0.1", "OS-TU-0014", "3200", "Labo - plateau technique", "02:4f:53:00:50:10", "10.42.50.10", 50, "trait-union", "", "Linux", "", "middleware", ("gmao",)),
    D("chem1", "chemistry_analyser", "BM03602", "Automate de biochimie", "Ostrelab Diagnostics", "Chimia 8", "10.2.0", "OC8-0301", "3200", "Labo - biochimie", "02:4f:53:00:50:11", "10.42.50.11", 50, "chimia-1", "", "Windows 7", "6.1.7601", "", ("gmao",)),
    D("chem2", "chemistry_analyser", "BM03603", "Automate de biochimie", "Ostrelab", "Chimia 8", "10.2.0", "OC8-0302", "3200", "Labo - biochimie", "02:4f:53:00:50:12", "10.42.50.12", 50, "chimia-2", "", "Windows 7", "6.1.7601", "", ("gmao",)),
    D("haem", "haematology_analyser", "BM03604", "Automate d'hématologie", "Ostrelab Diagnostics", "Hémato 5", "2.8.0", "OH5-0119", "3200", "Labo - hématologie", "02:4f:53:00:50:13", "10.42.50.13", 50, "hemato-1", "", "Windows 10", "", "", ("gmao",)),
    D("coag", "coagulation_analyser", "BM03605", "Automate de coagulation", "Ostrelab Diagnostics", "Coagula 3", "1.1.4", "OK3-0044", "3200", "Labo - hémostase", "02:4f:53:00:50:14", "10.42.50.14", 50, "coagula-1", "", "Windows 10", "", "", ()),
    D("bga2", "blood_gas_analyser", "BM03606", "Analyseur de gaz du sang", "Ostrelab Diagnostics", "Gazo 9", "6.1.0", "OG9-0552", "1200", "Urgences - salle de déchocage", "02:4f:53:00:50:15", "10.42.50.15", 50, "gds-urg", "", "Windows 10", "", "", ("gmao",)),
    # --- pharmacy and sterilisation, VLAN 55 (not copied) -----------------------------------------------------------
    D("robot", "pharmacy_robot", "BM03701", "Robot de dispensation", "Castelroux", "Bras P2", "9.0.0", "CR-P2-0007", "3300", "Pharmacie", "02:43:52:00:55:11", "10.42.55.11", 55, "robot-pui", "", "Windows 10", "10.0.17763.1", "", ("gmao",)),
    D("cabinet", "dispensing_cabinet", "BM03702", "Armoire sécurisée", "Castelroux", "Armoire A1", "2.2.0", "CR-A1-0023", "4300", "Médecine - salle de soins", "02:43:52:00:55:12", "10.42.55.12", 55, "armoire-med", "", "Windows 10", "", "", ("gmao",)),
    D("ster1", "steriliser", "BM03703", "Stérilisateur vapeur", "Brisequin", "Vapora 6", "1.0.9", "BV6-0102", "3400", "Stérilisation - zone propre", "02:42:51:00:55:21", "10.42.55.21", 55, "vapora-1", "", "", "", "", ("gmao",)),
    D("ster2", "steriliser", "BM03704", "Stérilisateur vapeur", "Brisequin", "Vapora 6", "1.0.9", "BV6-0103", "3400", "Stérilisation - zone propre", "02:42:51:00:55:22", "10.42.55.22", 55, "vapora-2", "", "", "", "", ("gmao",)),
    D("washer", "washer_disinfector", "BM03705", "Laveur-désinfecteur", "Brisequin", "Lavéa", "3.2", "BL-0088", "3400", "Stérilisation - zone lavage", "02:42:51:00:55:23", "10.42.55.23", 55, "lavea-1", "", "", "", "", ()),
    # --- building, VLAN 60 ------------------------------------------------------------------------------------------
    D("nurse", "nurse_call", "BM03801", "Serveur d'appel malade", "Appelune", "Sonnette S4", "4.1", "AS4-0003", "9100", "Local courant faible", "02:41:50:00:60:11", "10.42.60.11", 60, "appel1", "", "Linux", "", "server", ("gmao",)),
    D("bms", "building_management", "BM03802", "Supervision GTB", "Solvigne", "Régulis", "5.0", "SR-0019", "9100", "PC sécurité", "02:53:56:00:60:12", "10.42.60.12", 60, "gtb1", "", "Windows 7", "6.1.7601", "server", ("gmao",)),
    D("bms_ctl", "building_management", "BM03803", "Automate de traitement d'air bloc", "Solvigne", "Régulis CTA", "2.0", "SR-CTA-0107", "2100", "Local CTA bloc", "02:53:56:00:60:13", "10.42.60.13", 60, "cta-bloc", "", "", "", "", ()),
    D("gas", "medical_gas_monitoring", "BM03804", "Centrale d'alarme gaz médicaux", "Solvigne", "Alarmis Gaz", "1.3", "SG-0051", "9100", "Local fluides", "02:53:56:00:60:14", "10.42.60.14", 60, "gaz1", "", "", "", "", ("snmp",)),
    D("temp", "temperature_monitoring", "BM03805", "Surveillance des températures", "Solvigne", "Thermis", "2.4", "ST-0210", "3300", "Pharmacie", "02:53:56:00:60:15", "10.42.60.15", 60, "thermis1", "", "Linux", "", "", ("gmao", "http")),
    # --- dialysis, VLAN 70 (not copied) -----------------------------------------------------------------------------
    *(
        D(f"dial{n}", "dialysis_machine", f"BM0391{n}", "Générateur de dialyse", "Vaudrelle Néphro", "Rein 4", "4.5.0", f"VR4-{660 + n}", "4200", f"Dialyse - poste {n}", f"02:56:4e:00:70:{0x10 + n:02x}", f"10.42.70.{10 + n}", 70, f"rein-{n}", "", "Linux", "", "", ("gmao",) if n < 4 else ())
        for n in range(1, 5)
    ),
    D("water", "dialysis_water", "BM03920", "Traitement d'eau pour dialyse", "Vaudrelle Néphro", "Source O", "1.8.0", "VSO-0012", "4200", "Dialyse - local eau", "02:56:4e:00:70:20", "10.42.70.20", 70, "source-o", "", "", "", "", ("gmao",)),
    # --- radiotherapy, VLAN 75 (not copied) -------------------------------------------------------------------------
    D("linac", "linac", "BM03951", "Accélérateur linéaire de particules", "Ravenor Oncology", "Faisceau X1", "3.0.4", "RX1-0005", "6100", "Bunker 1", "02:52:56:00:75:11", "10.42.75.11", 75, "linac1", "LINAC1", "Windows 7", "6.1.7601", "", ("gmao",)),
    D("tps", "treatment_planning", "BM03952", "Système de planification de traitement", "Ravenor Oncology", "Plan RT", "11.1", "RPT-0005", "6100", "Bureau de dosimétrie", "02:52:56:00:75:12", "10.42.75.12", 75, "tps1", "TPS1", "Windows 10", "10.0.17763.1", "", ("gmao",)),
    # --- wireless, VLAN 80 (not copied) -----------------------------------------------------------------------------
    *(
        D(f"ecg{n}", "ecg_cart", f"BM0396{n}", "Électrocardiographe", "Tamsin Cardiologie", "Tracé 12", "7.3.1" if n != 3 else "", f"TT12-{820 + n}", ("4100", "1200", "4300")[n - 1], ("Cardiologie", "Urgences", "Médecine")[n - 1], f"02:54:4d:00:80:{0x10 + n:02x}", f"10.42.80.{10 + n}", 80, f"ecg-{n}", "", "Windows 10", "", "", ("gmao",) if n != 3 else (), "dhcp")
        for n in range(1, 4)
    ),
    *(
        D(f"spot{n}", "blood_pressure_monitor", f"BM0397{n}", "Moniteur de signes vitaux", "Baxter", "Welch Allyn Connex Spot Monitor", ("1.51", "1.50", "")[n - 1], f"CSM-{103300 + n}", ("4300", "2200", "1200")[n - 1], ("Médecine", "Chirurgie", "Urgences - IOA")[n - 1], f"00:1a:fa:80:80:{0x20 + n:02x}", f"10.42.80.{20 + n}", 80, f"csm-{n}", "", "", "", "", ("gmao",) if n != 3 else (), "dhcp")
        for n in range(1, 4)
    ),
    D("alaris1", "infusion_pump", "BM03981", "Pompe à perfusion modulaire", "BD", "Alaris Point-of-Care Unit (PCU) Model 8015", "12.1.2", "8015-14407", "2200", "Chirurgie - salle 12", "00:d0:75:80:80:31", "10.42.80.31", 80, "pcu-1", "", "", "", "", ("gmao",), "dhcp"),
    D("alaris2", "infusion_pump", "BM03982", "Pompe à perfusion modulaire", "BD", "Alaris Point-of-Care Unit (PCU) Model 8015", "12.3.1", "8015-14408", "2200", "Chirurgie - salle 14", "00:d0:75:80:80:32", "10.42.80.32", 80, "pcu-2", "", "", "", "", ("gmao",), "dhcp"),
    # --- on no network now, though made for one ---------------------------------------------------------------------
    D("incub1", "incubator", "BM04001", "Incubateur fermé", "Lindekamp", "Nestor 2", "1.2.0", "LN2-0701", "5100", "Néonatologie - box 1", "02:4c:4b:00:45:61", "10.42.45.161", 45, "nestor-1", "", "", "", "", ("gmao",), active=False),
    D("incub2", "incubator", "BM04002", "Incubateur fermé", "Lindekamp", "Nestor 2", "1.2.0", "LN2-0702", "5100", "Néonatologie - box 2", "02:4c:4b:00:45:62", "10.42.45.162", 45, "nestor-2", "", "", "", "", ("gmao",)),
    D("fetal", "fetal_monitor", "BM04003", "Cardiotocographe", "Quillane Systems", "Veille F2", "2.0.0", "QF2-0210", "5100", "Salle de naissance 1", "02:51:4c:00:40:71", "192.9.200.71", 40, "f2-1", "", "Linux", "", "", ("gmao",)),
    # A second-hand defibrillator bears the serial number of one already there: two things, one number.
    D("defib1", "defibrillator", "BM04004", "Défibrillateur", "Tamsin Cardiologie", "Relance D3", "2.1.0", "TD3-0455", "1200", "Urgences - déchocage", "02:54:4d:00:45:41", "10.42.45.141", 45, "relance-1", "", "", "", "", ("gmao",)),
    D("defib2", "defibrillator", "BM04005", "Défibrillateur (occasion)", "Tamsin Cardiologie", "Relance D3", "2.0.0", "TD3-0455", "2100", "Bloc - SSPI", "02:54:4d:00:45:42", "10.42.45.142", 45, "relance-2", "", "", "", "", ("gmao",)),
    # --- servers and boxes of IT, not in the GMAO -------------------------------------------------------------------
    D("dns1", "server", "", "", "", "", "", "", "", "", "00:50:56:a1:20:02", "10.42.20.2", 20, "srv-dc1", "", "Windows Server 2019", "", "name server", (), "fixed", False),
    D("ntp1", "server", "", "", "", "", "", "", "", "", "00:50:56:a1:20:03", "10.42.20.3", 20, "srv-ntp", "", "Linux", "", "time server", (), "fixed", False),
    D("his", "server", "", "", "", "", "", "", "", "", "00:50:56:a1:20:04", "10.42.20.4", 20, "srv-dpi", "", "Linux", "", "patient record", (), "fixed", False),
    D("nas", "server", "", "", "", "", "", "", "", "", "00:11:32:a1:20:05", "10.42.20.5", 20, "nas-imagerie", "", "Linux", "", "file server", (), "fixed", False),
    D("switch_core", "network_equipment", "", "", "Cisco", "Catalyst 9300", "17.9.4", "", "", "", "00:1b:0d:a1:20:fd", "10.42.20.253", 20, "sw-coeur", "", "IOS XE", "17.9.4", "switch", ("snmp",), "fixed", False),
    D("nms", "server", "", "", "", "", "", "", "", "", "00:50:56:a1:20:06", "10.42.20.6", 20, "srv-supervision", "", "Linux", "", "network supervision", (), "fixed", False),
    D("remote_box", "network_equipment", "", "", "", "", "", "", "", "", "02:4e:56:00:30:f0", "10.42.30.240", 30, "nv-remote", "", "Linux", "", "remote maintenance gateway of Norvane Imaging", (), "fixed", False),
    D("raspberry", "server", "", "", "", "", "", "", "", "", "b8:27:eb:45:45:c8", "10.42.45.200", 45, "raspberrypi", "", "Linux", "", "unknown box", (), "dhcp", False),
)
"""All connectable devices, in GMAO or not."""
# fmt: on

BY_KEY = {d.key: d for d in DEVICES}

MOVES = {"us2": ("2026-08-11", "10.42.30.122"), "pump5": ("2026-08-12", "10.42.45.175")}
"""Device -> (first day, new address): DHCP gave it another one."""

OUTSIDE = {
    "203.0.113.10": "telemaint.norvane.example",
    "203.0.113.11": "collecte.norvane.example",
    "198.51.100.20": "relay.unknown-cloud.example",
    "198.51.100.80": "update.quillane.example",
}
"""Outside addresses that devices were seen to reach (TEST-NET), with the name asked for."""

DICOM_SENDERS = {
    # key: (archive, images sent a day, worklist asked a day)
    "ct_host": ("pacs", 8, 6), "ct_recon": ("ct_console", 6, 0), "ct_console": ("pacs", 4, 0), "ct2": ("pacs", 8, 6),
    "mr": ("pacs", 6, 4), "us1": ("pacs", 5, 4), "us2": ("archive2", 5, 3), "us3": ("pacs", 2, 0), "us4": ("pacs", 3, 2),
    "us_unknown": ("pacs", 2, 0), "dr1": ("pacs", 8, 6), "dr2": ("pacs", 8, 6), "mobile_x": ("pacs", 4, 2),
    "mammo": ("pacs", 3, 2), "cath": ("archive2", 3, 2), "carm": ("pacs", 2, 1), "endo": ("pacs", 2, 1),
}  # fmt: skip
"""Modalities: where their images go."""


def _conversations() -> tuple[Conversation, ...]:
    """Every conversation of a day, in a fixed order."""
    c = Conversation
    out: list[Conversation] = []
    for key, (archive, images, worklist) in DICOM_SENDERS.items():
        out.append(c(key, "dicom-store", archive, images))
        if worklist:
            out.append(c(key, "dicom-worklist", "worklist", worklist))
        out.append(c(key, "dicom-echo", archive, 1))
    out += [c("ws1", "dicom-query", "pacs", 8), c("ws2", "dicom-query", "archive2", 4), c("ws1", "smb", "nas", 2)]
    out += [c("pacs", "dicom-store", "archive2", 2), c("ct_host", "smb", "ct_console", 2)]
    out += [c("ct_host", "netbios", "broadcast", 2), c("ct_console", "netbios", "broadcast", 2)]
    out += [
        c("dr1", "netbios", "broadcast", 2),
        c("dr2", "netbios", "broadcast", 2),
        c("bms", "netbios", "broadcast", 2),
    ]
    # results and admissions
    out += [
        c("his", "hl7-adt", "engine", 12),
        c("engine", "hl7-adt", "worklist", 8),
        c("engine", "hl7-adt", "central", 6),
    ]
    out += [c("lab_mw", "hl7-oru", "lis", 10), c("lis", "hl7-oru", "engine", 10), c("bga1", "hl7-oru", "engine", 8)]
    out += [
        c("central", "hl7-oru", "engine", 12),
        c("engine", "hl7-oru", "his", 12),
        c("relay", "hl7-oru", "engine", 6),
    ]
    # What stays inside networks that no sensor copies: nobody sees it, it is here so that nothing else claims it.
    out += [c(k, "hl7-oru", "lab_mw", 20) for k in ("chem1", "chem2", "haem", "coag", "bga2")]
    out += [c("tps", "dicom-store", "linac", 4)]
    # bedside to central station and gateway
    out += [c(f"mon{n:02}", "tls", "central", 6, 8443) for n in range(1, 9)]
    out += [c("fetal", "tls", "central", 3, 8443), c("tele", "tls", "central", 4, 8443)]
    out += [c(f"mon{n:02}", "mdns", "multicast", 2) for n in range(1, 9)]
    out += [c(f"vent{n}", "hl7-oru", "engine", 4) for n in range(1, 6)]
    out += [c(f"anes{n}", "hl7-oru", "engine", 3) for n in range(1, 4)]
    out += [c("prisma", "hl7-oru", "engine", 2), c("incub2", "http", "engine", 2, 8080)]
    out += [c(f"pump{n}", "http", "relay", 4, 8080) for n in range(1, 6)]
    out += [c(f"syr{n}", "http", "relay", 4, 8080) for n in range(1, 4)]
    out += [c("defib1", "http", "engine", 1, 8080), c("defib2", "http", "engine", 1, 8080)]
    out += [c("alaris1", "tls", "alaris_sm", 3, 3614), c("alaris2", "tls", "alaris_sm", 3, 3614)]
    out += [c("ecg1", "hl7-oru", "engine", 3), c("spot1", "hl7-oru", "engine", 3)]
    out += [c("injector", "http", "ct_console", 2), c("paceart", "tls", "his", 2)]
    # building
    out += [c("bms", "bacnet", "bms_ctl", 12), c("bms", "bacnet", "gas", 6), c("nurse", "http", "bms", 2)]
    out += [
        c("temp", "http", "bms", 4),
        c("printer", "wsdiscovery", "multicast", 2),
        c("ws1", "wsdiscovery", "multicast", 1),
    ]
    # supervision, names, time, addresses
    out += [
        c("nms", "snmp", k, 4) for k in ("printer", "tele", "gas", "switch_core", "vent1", "vent2", "vent3", "vent4")
    ]
    out += [c(d.key, "dhcp", DNS, 1) for d in DEVICES if d.addressing == "dhcp" and d.active]
    out += [
        c(k, "dns", DNS, 3) for k in ("pacs", "worklist", "engine", "central", "ct_host", "ct2", "mr", "ws1", "ws2")
    ]
    out += [c(k, "dns", DNS, 2) for k in ("remote_box", "raspberry", "relay", "lis", "bms", "paceart", "alaris_sm")]
    out += [c(k, "ntp", "ntp1", 4) for k in ("pacs", "engine", "central", "ct_host", "mr", "vent1", "vent2", "relay")]
    out += [c(k, "ntp", "ntp1", 2) for k in ("bga1", "nurse", "temp", "archive2")]
    # outside
    out += [c("mr", "tls", "203.0.113.11", 3, 443, "collecte.norvane.example")]
    out += [c("remote_box", "tls", "203.0.113.10", 6, 443, "telemaint.norvane.example")]
    out += [c("remote_box", "http", "ct_host", 2), c("remote_box", "http", "mr", 1)]
    out += [
        c("raspberry", "tls", "198.51.100.20", 4, 443, "relay.unknown-cloud.example"),
        c("raspberry", "mdns", "multicast", 3),
    ]
    out += [c("central", "tls", "198.51.100.80", 1, 443, "update.quillane.example")]
    return tuple(out)


CONVERSATIONS = _conversations()


def vlan_of(key: str) -> Vlan | None:
    """Network in which a device lies; None for those on no network and for outside addresses."""
    device = BY_KEY.get(key)
    return next((v for v in VLANS if device is not None and v.number == device.vlan), None)


def address(key: str, day: str) -> str:
    """IP address of a device on a day of `DAYS`; an outside address is itself."""
    if key not in BY_KEY:
        return key
    move = MOVES.get(key)
    return move[1] if move and day >= move[0] else BY_KEY[key].ip


def visible(conversation: Conversation) -> bool:
    """Whether a sensor copies at least one end of it."""
    ends = (vlan_of(conversation.client), vlan_of(conversation.server))
    return any(v is not None and v.sensor for v in ends)


def port(conversation: Conversation) -> tuple[str, int]:
    """Transport and server's port of a conversation."""
    transport, usual = PORTS[conversation.service]
    return transport, conversation.port or usual


def seen(key: str) -> bool:
    """Whether its own address is met in the capture."""
    return any(visible(c) and key in (c.client, c.server) for c in CONVERSATIONS)
