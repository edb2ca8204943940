"""HL7 v2 over MLLP, with the two programs of the `hl7` package: `mllp_send` and a server that acknowledges."""

import sys
from pathlib import Path

from arena import Arena, Host

HERE = Path(__file__).resolve().parent
NOW = "20260810081500"
PATIENT = "PID|1||TEST-0000^^^TEST^PI||TEST^NOBODY||19000101|O"

RESULTS = {
    "ventilator": (("151784", "MDC_PRESS_AWAY_MAX", "24", "cm[H2O]"), ("151868", "MDC_VOL_AWAY_TIDAL", "450", "mL")),
    "anaesthesia_machine": (
        ("151784", "MDC_PRESS_AWAY_MAX", "19", "cm[H2O]"),
        ("152016", "MDC_CONC_AWAY_SEVOFL_ET", "2", "%"),
    ),
    "central_station": (("147842", "MDC_ECG_HEART_RATE", "72", "/min"), ("150456", "MDC_PULS_OXIM_SAT_O2", "98", "%")),
    "infusion_gateway": (("157784", "MDC_FLOW_FLUID_PUMP", "25", "mL/h"), ("157884", "MDC_VOL_FLUID_TBI", "250", "mL")),
    "dialysis_machine": (("FLOW", "Blood flow", "150", "mL/min"),),
    "blood_gas_analyser": (("2744-1", "pH", "7.40", ""), ("2019-8", "pCO2", "40", "mm[Hg]")),
    "ecg_cart": (("8867-4", "Heart rate", "70", "/min"),),
    "blood_pressure_monitor": (("8480-6", "Systolic", "120", "mm[Hg]"), ("8462-4", "Diastolic", "80", "mm[Hg]")),
}
"""Clinical kind -> observations of an invented patient: code, name, value, unit (UCUM)."""

LABORATORY = (("2951-2", "Sodium", "140", "mmol/L"), ("2823-3", "Potassium", "4.1", "mmol/L"))
"""What every other sender reports."""


def header(says: dict[str, str], event: str) -> str:
    """Segment MSH."""
    structure = f"{event}^{event.replace('^', '_')}" if says["version"] >= "2.4" else event
    ends = [says["sender"], says["sender_place"], says["receiver"], says["receiver_place"]]
    return "|".join(["MSH", "^~\\&", *ends, NOW, "", structure, "TEST0001", "P", says["version"]])


def results(says: dict[str, str]) -> list[str]:
    """An ORU^R01 message, by segments."""
    lines = [header(says, "ORU^R01"), PATIENT, f"OBR|1|TEST0001||TEST^TEST|||{NOW}"]
    for number, (code, name, value, unit) in enumerate(RESULTS.get(says["kind"], LABORATORY), start=1):
        lines.append(f"OBX|{number}|NM|{code}^{name}||{value}|{unit}|||||F|||{NOW}")
    return lines


def admission(says: dict[str, str]) -> list[str]:
    """An ADT^A01 message, by segments."""
    return [header(says, "ADT^A01"), f"EVN|A01|{NOW}", PATIENT, "PV1|1|I|1100^TEST^1||||||||||||||||TEST0001"]


def send(arena: Arena, hosts: list[Host], says: dict[str, str], path: Path, lines: list[str]) -> None:
    """Sends one message and checks that it was accepted."""
    client, server = hosts[:2]
    text = arena.scratch / "message.hl7"
    text.write_text("\r".join(lines) + "\r", encoding="ascii")
    arena.start(server, [sys.executable, HERE / "mllp_peer.py", says["port"], says["receiver"], says["receiver_place"]])
    arena.wait_port(server, int(says["port"]))
    program = Path(sys.executable).parent / "mllp_send"
    with arena.capture(path):
        answer = arena.run(client, [program, "--loose", "--file", text, "--port", says["port"], server.ip])
    if "MSA|AA" not in answer:
        raise RuntimeError(f"not acknowledged: {answer}")


def send_results(arena: Arena, hosts: list[Host], says: dict[str, str], path: Path) -> None:
    """ORU^R01 and its acknowledgement."""
    send(arena, hosts, says, path, results(says))


def send_admission(arena: Arena, hosts: list[Host], says: dict[str, str], path: Path) -> None:
    """ADT^A01 and its acknowledgement."""
    send(arena, hosts, says, path, admission(says))
