"""What hospitals own is found as hospitals write it: makers and models of inventories against real advisories."""

from pathlib import Path

from hygie import walk
from hygie.exports.tally import Tally
from hygie.model.verdict import Verdict
from hygie.serve.clock import SystemClock
from hygie.sources.series import Terms
from hygie.store import open_workspace
from truth.test_advisories import write_gmao

NAMED = {
    "ICSMA-17-009-01A": "SJM/MERLIN AT HOME EX1150",
    "ICSMA-17-332-01": "JOHNSON ET JOHNSON/GEN 11",
    "ICSMA-18-086-01": "PHILIPS RESPIRONICS/ALICE 6 LDE",
    "ICSMA-17-017-02": "BD/ALARIS PCU 8015",
    "ICSMA-17-255-01": "PHILIPS/MX 40 WLAN, PHILIPS/TELEMETRIE MX40",
    "ICSMA-18-123-01": "PHILIPS/BRILLIANCE ICT, PHILIPS/ICT 256",
    "ICSMA-18-142-01": "BD/KIESTRA TLA, BD KIESTRA/INOQULA+",
    "ICSMA-18-156-01": "PHILIPS/AVALON FM 40, PHILIPS/CARDIOTOCOGRAPHE FM20",
    "ICSMA-18-226-01": "PHILIPS/ISCV",
    "ICSMA-18-228-01": "PHILIPS/PAGEWRITER TC 30, PHILIPS/PAGE WRITER TC20, PHILIPS/ECG TC30",
    "ICSMA-18-233-01": "PHILIPS/PIIC IX, PHILIPS/PIIC iX C.03.02",
    "ICSMA-18-310-01": "ROCHE/ACCU-CHEK INFORM II, ROCHE/COBAS H 232, ROCHE DIAGNOSTICS/COAGUCHEK XS PLUS, "
    "ROCHE/ACCUCHEK INFORM 2",
    "ICSMA-19-022-01": "DRAGER/DELTA XL, DRAEGER/INFINITY DELTA, SIEMENS/INFINITY DELTA",
    "ICSMA-19-029-01": "STRYKER/INTOUCH 2131, STRYKER/LIT INTOUCH, STRYKER/3002 S3, "
    "STRYKER/SECURE II, STRYKER/SECURE 2",
    "ICSMA-19-029-02": "BD/FACS LYRIC, BECTON DICKINSON/FACSLyric",
    "ICSMA-19-113-01": "FUJI/FCR CAPSULA X, FUJIFILM/CR-IR 357",
    "ICSMA-19-164-01": "CAREFUSION/ALARIS GATEWAY WORKSTATION, BD/AGW, CARDINAL HEALTH/ALARIS GATEWAY",
    "ICSMA-19-190-01": "GE/AESTIVA 7900, DATEX-OHMEDA/AVANCE, GE HEALTHCARE/AVANCE CS2, GE/CARESTATION 650",
    "ICSMA-19-311-01": "COVIDIEN/VALLEYLAB FT10, MEDTRONIC/FT10",
    "ICSMA-19-353-01": "PHILIPS/BV PULSERA, PHILIPS/ENDURA",
    "ICSMA-20-023-01": "GE HEALTHCARE/CARESCAPE B650, GEMS-IT/CARESCAPE B650, 0123 - GE HEALTHCARE/B650, "
    "GE/CENTRALE CIC PRO, GE/APEX PRO, DATEX OHMEDA/B650",
    "ICSMA-20-170-01": "BAXTER/EXACTA-MIX 2400, BAXTER/EXACTAMIX",
    "ICSMA-20-170-02": "GAMBRO-HOSPAL/PRISMAFLEX, HOSPAL/PRISMAFLEX, BAXTER/PRIS MAX, GAMBRO LUNDIA/PRISMAFLEX",
    "ICSMA-20-049-02": "GE/LOGIC E9",
    "ICSMA-20-170-03": "BAXTER/PHÉNIX",
    "ICSMA-20-170-04": "BAXTER/35700BAX2, BAXTER/SIGMA SPECTRUM",
    "ICSMA-20-170-06": "BD/ALARIS PCU, CAREFUSION/ALARIS PCU 8015",
    "ICSMA-20-170-05": "BIOTRONIK/CARDIOMESSENGER, BIOTRONIK/CARDIO MESSENGER II S T-LINE",
    "ICSMA-20-177-01": "PHILIPS/CX 50, PHILIPS/ECHOGRAPHE CX50, PHILIPS/EPIQ7G, PHILIPS/AFFINITI 70, PHILIPS/SPARQ",
    "ICSMA-20-254-01": "PHILIPS/MX 450, PHILIPS/INTELLIVUE MP 50, PHILIPS/INTELIVUE MP70, "
    "PHILIPS/INTELLIVIEW MP70, PHILIPS/INTELLIVUEMX700, HEWLETT PACKARD/INTELLIVUE MP70, PHILIPS/PIIC iX C.03.02",
    "ICSMA-20-343-01": "GE/OPTIMA 660, GE/IGS 530, GE/OPTIMA XR220, GE/SENOGRAPHE DS, GE/ADVANTAGE WORKSTATION",
    "ICSMA-21-007-01": "GE HEALTHCARE/CARESCAPE VC150, INNOKAS/VC150",
    "ICSMA-21-047-01": "HAMILTON MEDICAL/HAMILTON-T1, HAMILTON/RESPIRATEUR T1",
    "ICSMA-21-084-01": "PHILIPS/GEMINI TF, PHILIPS/GEMINI GXL, PHILIPS/TRUFLIGHT SELECT",
    "ICSMA-21-152-01": "WELCH ALLYN/CONNEX VSM, HILLROM/CONNEX SPOT, WELCH ALLYN HILLROM/CSM",
    "ICSMA-21-294-01": "B. BRAUN/SPACE STATION, BBRAUN/SPACECOM",
    "ICSMA-21-343-01": "MORTARA/HSCRIBE, MORTARA/XSCRIBE, WELCH ALLYN/Q-STRESS",
    "ICSMA-21-273-01": "BOSTON SC/ZOOM LATITUDE",
    "ICSMA-21-313-01": "PHILIPS/INGENIA 1.5 T, PHILIPS/ACHIEVA 3.0T",
    "ICSMA-21-355-01": "FRESENIUS KABI/AGILIA VP MC WIFI, FRESENIUS/AGILIA SP, FRESENIUS KABI/AGILIA CONNECT",
    "ICSMA-22-167-01": "MORTARA/ELI250C, MORTARA INSTRUMENT/ELI 150, HILLROM/ELI 380",
    "ICSMA-22-244-01": "CONTEC/MONITEUR CMS8000",
    "ICSMA-23-117-01": "ILLUMINA/MISEQ DX, ILLUMINA/NOVASEQ6000, ILLUMINA/NextSeq 550 Dx",
}
"""Advisory -> maker and model as inventories write them."""

OTHERS = (
    "PHILIPS/IU22, PHILIPS/HD11 XE, PHILIPS/V60, PHILIPS/ALLURA XPER FD20, PHILIPS/TRILOGY 202, ROCHE/COBAS 6000, "
    "ROCHE/COBAS B221, ROCHE/ACCU-CHEK PERFORMA, STRYKER/LIFEPAK 15, STRYKER/PRIME, GE/GIRAFFE OMNIBED, GE/MAC 5500, "
    "GE/DASH 4000, GE/CARESCAPE R860, GE/S/5, GE/OEC 9900, GE/DISCOVERY MR750, BAXTER/AK 98, GAMBRO/INTEGRA, "
    "BD/BACTEC FX, BD/FACSCANTO II, FRESENIUS/5008, FRESENIUS KABI/PILOT A2, B BRAUN/DIALOG+, B BRAUN/PERFUSOR FM, "
    "DRAEGER/EVITA XL, DRAEGER/PRIMUS, DRAEGER/INFINITY M540, HAMILTON/C1, HAMILTON/G5, WELCH ALLYN/SPOT LXI, "
    "MEDTRONIC/LIFEPAK 20, COVIDIEN/FORCE FX, SIEMENS/ARTIS ZEE, SIEMENS/MAGNETOM AERA, FUJIFILM/FDR D-EVO, "
    "ILLUMINA/HISEQ 2500, CONTEC/CMS5000, SMITHS MEDICAL/MEDFUSION 3500, BIOTRONIK/RENAMIC"
)
"""Devices of the same makers of which no advisory speaks."""


def listed(text: str) -> list[tuple[str, str]]:
    return [(maker, product) for maker, _, product in (one.partition("/") for one in text.split(", "))]


def test_each_writing_finds_its_advisory_and_no_other_device_is_blamed(shared: Path, tmp_path: Path) -> None:
    wanted = [(document, *one) for document, text in NAMED.items() for one in listed(text)]
    write_gmao(tmp_path / "gmao.csv", [(*one, "") for _, *one in wanted] + [(*one, "") for one in listed(OTHERS)])
    advisories = sorted((shared / "csaf-icsma").rglob("icsma-*.json"))
    with open_workspace(tmp_path / "workspace", write=True) as store:
        paths = [str(tmp_path / "gmao.csv"), *map(str, advisories)]
        walk.assess(store, paths, Terms(), SystemClock("2026-08-20"), lambda *_: None)
        tally = Tally(walk.picture(store))
    devices = {device.inventory: device.id for device in tally.picture.devices}
    found = [tally.findings.get(tally.profile[devices[one]], ()) for one in sorted(devices)]
    for (document, maker, product), findings in zip(wanted, found, strict=False):
        spoken = {arg for f in findings for because in (*f.because, *f.against) for arg in because.args}
        assert f"document={document}" in spoken, (maker, product)
    for one, findings in zip(listed(OTHERS), found[len(wanted) :], strict=True):
        assert not [f.document for f in findings], one
    cleared = [f for findings in found for f in findings if f.verdict in (Verdict.NOT_AFFECTED, Verdict.FIXED)]
    assert cleared == []
