"""The two exports of the GMAO: `gmao.csv` as it comes in life, and the same fleet from another program as XLSX."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from fleet import DEVICES, HOSPITAL, WARDS, Device
from paperwork.writing import save_csv, save_workbook

CE_CLASS = {
    "ventilator": "IIb", "transport_ventilator": "IIb", "anaesthesia_machine": "IIb", "infusion_pump": "IIb",
    "syringe_pump": "IIb", "infusion_gateway": "IIb", "patient_monitor": "IIb", "central_station": "IIb",
    "telemetry": "IIb", "defibrillator": "III", "dialysis_machine": "IIb", "dialysis_water": "IIb", "incubator": "IIb",
    "fetal_monitor": "IIb", "cath_lab": "IIb", "ct_scanner": "IIb", "radiography": "IIb", "mobile_xray": "IIb",
    "mammography": "IIb", "c_arm": "IIb", "linac": "IIb", "treatment_planning": "IIb", "steriliser": "IIb",
    "electrosurgery": "IIb", "washer_disinfector": "IIa", "mri": "IIa", "ultrasound": "IIa", "pacs": "IIa",
    "imaging_workstation": "IIa", "contrast_injector": "IIb", "endoscopy_column": "IIa", "ecg_cart": "IIa",
    "blood_pressure_monitor": "IIa", "pulse_oximeter": "IIb", "thermometer": "IIa", "suction": "IIa",
    "warming_device": "IIb", "feeding_pump": "IIa", "hospital_bed": "I", "scale": "I", "operating_light": "I",
    "operating_table": "I", "patient_lift": "I", "chemistry_analyser": "A", "haematology_analyser": "A",
    "coagulation_analyser": "B", "blood_gas_analyser": "B",
}  # fmt: skip
"""Clinical kind -> class that this hospital's GMAO holds; absent: the cell is empty."""

NOT_BOUND = ("dr2", "mobile_x", "endo", "gas")
"""Devices of which neither GMAO holds a MAC address or a network name: they are known by their images, or by less."""

ONLY_ADDRESS = ("dr2", "gas")
"""Of these, `gmao.csv` holds an address and nothing else of the network."""

ONLY_NAMED = ("us1", "us2", "us3", "us4", *(f"pump{n}" for n in range(1, 6)), *(f"syr{n}" for n in range(1, 4)))
"""Devices of which the GMAO holds the network name only; their leases tell the rest."""

NOT_IN_XLSX = ("vent_t", "defib2", "incub2", "temp", "gas", "bms_ctl", "nurse", "prisma", "carm", "endo")
"""Devices that the second GMAO does not hold."""

OTHER_SPELLING = {"mr": "BM-03503", "ws1": "bm03517", "lab_mw": "BM 03601"}
"""Inventory numbers as the second GMAO writes them."""

OS_IN_GMAO = ("Windows 7", "Windows 10", "Windows Server 2016", "Windows Server 2019")
"""The GMAO says the operating system only where it is one of these."""

REMARKS = {
    "vent2": "Compte maintenance : technicien, mot de passe : Zephyr2019!",
    "bga1": "mdp: gds-rea42 (voir étiquette sous l'écran)",
    "mon03": "Prêté à M. Jean EXEMPLE chambre 12 le 03/06",
    "ct_host": "Contact site : Mme Anne MODÈLE, poste 4512",
    "defib2": "Acheté d'occasion, n° de série relevé sur la plaque",
    "tps": "A vérifier; contrat en cours",
}
"""Free text: two passwords, invented names of a patient and of staff. It is there to be left unread."""


@dataclass(frozen=True, slots=True)
class Plain:
    """A line of things that touch no network."""

    kind: str
    designation: str
    make: str
    product: str
    count: int


PLAIN = (
    Plain("hospital_bed", "Lit médicalisé électrique", "Litorel", "Dormeo 3", 92),
    Plain("syringe_pump", "Pousse-seringue", "Perfalys", "Débit Solo", 38),
    Plain("suction", "Aspirateur de mucosités", "Ventoral", "Aspi 2", 28),
    Plain("scale", "Pèse-personne", "Pésalia", "P150", 24),
    Plain("pulse_oximeter", "Oxymètre de pouls", "Doigtier SA", "OxyD", 24),
    Plain("blood_pressure_monitor", "Tensiomètre manuel", "Brassardo", "TM1", 20),
    Plain("thermometer", "Thermomètre tympanique", "Frontalis", "T2", 20),
    Plain("feeding_pump", "Pompe à nutrition entérale", "Perfalys", "Nutri 1", 12),
    Plain("warming_device", "Réchauffeur à air pulsé", "Tiédeur", "Couverture R", 10),
    Plain("electrosurgery", "Bistouri électrique", "Coupefin", "BE 300", 10),
    Plain("patient_lift", "Lève-malade", "Litorel", "Élève 200", 10),
    Plain("operating_light", "Éclairage opératoire", "Scialine", "Plein Jour", 8),
    Plain("operating_table", "Table d'opération", "Scialine", "Table T4", 7),
)
"""The rest of the GMAO: what no cable joins. Makers invented."""

HEADINGS = (
    "N° inventaire", "Désignation", "Marque", "Modèle", "Type", "N° série", "Fournisseur", "UF", "Service", "Pôle",
    "Localisation", "Classe CE", "CNEH", "Date mise en service", "Prix achat", "Fin garantie", "Statut", "Criticité",
    "Vétusté", "Version logicielle", "Système d'exploitation", "Version OS", "Réseau", "Nom réseau", "Adresse IP",
    "Adresse MAC", "Remarques",
)  # fmt: skip


def in_gmao() -> list[Device]:
    """Devices that have a line of their own in `gmao.csv`: one per inventory number."""
    seen: set[str] = set()
    out = []
    for device in DEVICES:
        if device.gmao and device.inventory not in seen:
            seen.add(device.inventory)
            out.append(device)
    return out


def plain_lines() -> list[tuple[str, Plain, str, str, str]]:
    """(inventory number, thing, serial, UF, "Non" or "") of each unconnected line, always the same."""
    dice = random.Random("plain")
    wards = ("1100", "1200", "2100", "2200", "4100", "4200", "4300", "5100")
    out = []
    number = 4000
    for thing in PLAIN:
        for i in range(thing.count):
            number += 1
            inventory = f"{number:06d}" if thing.kind == "hospital_bed" else f"BM{number + 6000:05d}"
            serial = f"{thing.product[:2].upper()}{dice.randrange(10000, 99999)}"
            if i % 11 == 5:
                serial = ""
            network = "" if number % 7 == 0 else "Non"
            out.append((inventory, thing, serial, dice.choice(wards), network))
    return out


def day(value: date) -> str:
    """dd/mm/yyyy."""
    return value.strftime("%d/%m/%Y")


def money(value: int) -> str:
    """Decimal comma, a space between thousands."""
    return f"{value:,}".replace(",", " ") + ",00"


def has_mac(device: Device) -> bool:
    """Whether `gmao.csv` holds its MAC address."""
    listed = device.vlan in (20, 30, 40, 45, 60) and device.key not in (*NOT_BOUND, *ONLY_NAMED)
    return bool(device.mac) and listed


def _life(device_kind: str, inventory: str) -> tuple[date, int]:
    """Day of first service and price, from the number alone."""
    dice = random.Random(f"life {inventory}")
    start = date(2012, 1, 15) + timedelta(days=dice.randrange(0, 4700))
    dear = device_kind in ("ct_scanner", "mri", "linac", "cath_lab", "pharmacy_robot")
    return start, dice.randrange(4000, 9000) * (100 if dear else 1)


def _line(device: Device) -> list[str]:
    ward = WARDS[device.uf]
    start, price = _life(device.kind, device.inventory)
    system = device.os if device.os in OS_IN_GMAO else ""
    build = device.os_version if system and system != "Windows Server 2016" else ""
    named = device.key not in NOT_BOUND
    return [
        device.inventory, device.designation, device.make, device.product, device.model_number, device.serial,
        device.make, ward.uf, ward.name, ward.pole, device.location, CE_CLASS.get(device.kind, ""), "", day(start),
        money(price), day(start + timedelta(days=730)), "En service",
        "Haute" if CE_CLASS.get(device.kind) in ("IIb", "III") else "Moyenne", f"{(2026 - start.year) * 10} %",
        device.version if "gmao" in device.version_in else "", system, build,
        "" if device.key == "prisma" else "Oui", device.host if named else "",
        device.ip if has_mac(device) or device.key in ONLY_ADDRESS else "",
        device.mac.upper() if has_mac(device) else "", REMARKS.get(device.key, ""),
    ]  # fmt: skip


def _plain_line(inventory: str, thing: Plain, serial: str, uf: str, network: str) -> list[str]:
    ward = WARDS[uf]
    start, price = _life(thing.kind, inventory)
    status = "Réformé" if int(inventory[-2:]) == 13 else "En service"
    return [
        inventory, thing.designation, thing.make, thing.product, "", serial, "", ward.uf, ward.name, ward.pole, "",
        CE_CLASS.get(thing.kind, ""), "", day(start), money(price // 4), "", status, "Basse",
        f"{(2026 - start.year) * 10} %", "", "", "", network, "", "", "", "",
    ]  # fmt: skip


def write_csv(folder: Path) -> None:
    """`gmao.csv`: two lines of title, an empty one, the header, then about 400 lines."""
    width = len(HEADINGS)
    rows = [
        [HOSPITAL, *[""] * (width - 1)],
        ["Inventaire biomédical - export du 14/08/2026", *[""] * (width - 1)],
        [""] * width,
        list(HEADINGS),
    ]
    lines = [_line(d) for d in in_gmao()] + [_plain_line(*p) for p in plain_lines()]
    random.Random("order").shuffle(lines)
    save_csv(folder / "gmao.csv", rows + lines)


OTHER_HEADINGS = (
    "Serial No", "Asset No", "Description", "Manufacturer", "Model", "SW release", "Dept", "Room",
    "Date d'installation", "Hostname", "MAC address", "IP address", "Warranty until", "Condition",
)  # fmt: skip


def second_gmao() -> list[Device]:
    """Devices that the second GMAO holds: the members of a system have a line each."""
    return [d for d in DEVICES if d.gmao and d.key not in NOT_IN_XLSX]


def _other_line(device: Device) -> list[object]:
    start, _ = _life(device.kind, device.inventory)
    known = device.key not in NOT_BOUND
    in_csv = has_mac(device) and device.role not in ("console", "reconstructor")
    return [
        device.serial, OTHER_SPELLING.get(device.key, device.inventory), device.designation, device.make,
        device.product, device.version if "xlsx" in device.version_in else "", WARDS[device.uf].name, device.location,
        start, device.host if known else "", device.mac.replace(":", "-") if known and not in_csv else "",
        device.ip if known and not in_csv else "", start + timedelta(days=730), "OK",
    ]  # fmt: skip


def write_workbook(folder: Path) -> None:
    """`gmao-biomed.xlsx`: other headings, another order, Excel dates, a sheet of notes."""
    rows: list[list[object]] = [list(OTHER_HEADINGS)]
    rows += [_other_line(d) for d in sorted(second_gmao(), key=lambda d: (d.uf, d.key))]
    for inventory, thing, serial, uf, _ in plain_lines()[::5]:
        start, _price = _life(thing.kind, inventory)
        rows.append([serial, inventory, thing.designation, thing.make, thing.product, "", WARDS[uf].name, "", start])
    notes = [
        ["Notes"],
        ["Extraction du 13/08/2026 par le service biomédical."],
        ["Une ligne par appareil ; les éléments d'un même ensemble portent le même numéro."],
    ]
    save_workbook(folder / "gmao-biomed.xlsx", [("Inventory", rows), ("Notes", notes)], "Service biomédical")


def write(folder: Path) -> None:
    """Both exports."""
    write_csv(folder)
    write_workbook(folder)
