# ruff: noqa: E501 - rows of a table
"""Pictures for the tests of renderers: a hospital of any size, whose words from outside may be anything."""

from hygie.facts.functions import functions
from hygie.model.evidence import Coverage, Decision, Reading, Refusal, Speaker
from hygie.model.fleet import (
    Binding,
    Connectable,
    Contradiction,
    Device,
    Flow,
    Link,
    Member,
    Model,
    Question,
    Seen,
    Zone,
)
from hygie.model.knowledge import Advisory, Exploited, Score, Vulnerability
from hygie.model.picture import Picture
from hygie.model.verdict import (
    Authority,
    Because,
    Finding,
    Measure,
    MeasureKind,
    Outcome,
    Priority,
    Profile,
    ProfileOf,
    Verdict,
)

NOON = 1_786_363_200_000_000
"""2026-08-10T12:00Z in microseconds."""
DAY = 86_400_000_000
KINDS = ("ventilator", "ct_scanner", "infusion_pump", "pacs", "")
SAFETY = {"ventilator": "catastrophic", "ct_scanner": "critical", "infusion_pump": "catastrophic", "pacs": "critical"}
ORIGIN = "R1#B12"


def reading(ident: str = "R1", kind: str = "gmao", name: str = "in/gmao.csv", dated: str = "2026-08-01") -> Reading:
    return Reading(
        ident, f"local/{kind}", "local", kind, 1, Speaker.HOSPITAL, True, name, name, 9, "00", dated, "", stated=7
    )


def device(i: int = 0, text: str = "Zéphyr", models: int = 1) -> Device:
    kind = KINDS[i % len(KINDS)]
    return Device(
        id=f"D-{i:07}", site="local", key=f"inv=BM{i:05}", aliases=(), system="", role="", name=f"{text} {i}",
        kind=kind, kind_source="presumed:word", connectable=Connectable.YES, connectable_source="presumed:x",
        seen=list(Seen)[i % 4], model=f"M{i % models}", make=text, product=f"P{i % models}", version="1.0",
        os="Windows 7", os_version="6.1.7601", firmware="", serial=f"S{i}", inventory=f"BM{i:05}",
        macs=(f"02:00:00:00:{i // 256 % 256:02x}:{i % 256:02x}",), addresses=(f"10.0.{i // 250 % 250}.{i % 250 + 1}",),
        host_names=(text,), ae_titles=(text,), zone="Z1", ward=f"{text} {i % 40}", pole="", location=text,
        status="in service", ce_class="IIb", commissioned="2020-01-02", support_end="", first=NOON, last=NOON + DAY,
        missing=("supplier",), confidence=1.0,
    )  # fmt: skip


def model(i: int = 0, text: str = "Zéphyr", devices: int = 1) -> Model:
    return Model(
        f"M{i}", text, f"P{i}", "1.0", KINDS[i % len(KINDS)], Connectable.YES, "presumed:x", devices, (), (), (), 0, "", ""
    )  # fmt: skip


def profile(i: int = 0, text: str = "Zéphyr", devices: int = 1) -> Profile:
    return Profile(f"F{i}", f"M{i}", text, f"P{i}", "1.0", "Windows 7", "6.1.7601", "", (), (), devices)


def finding(i: int, of: int, verdict: Verdict, text: str = "Zéphyr") -> Finding:
    args = (f"publisher={text}", f"product={text}", "version=1", f"document={text}")
    return Finding(
        id=f"{i:016x}", profile=f"F{of}", vulnerability=f"CVE-2026-{i % 3000:04}", part="product", verdict=verdict,
        speaker=list(Speaker)[2 + i % 4], document=text, probability=0.9,
        because=(Because("because.match.statement.affected", args, ORIGIN),),
        against=(Because("because.match.platforms", (f"platforms={text}",)),) if i % 7 == 0 else (),
        question="question.match.version" if verdict is Verdict.POSSIBLE else "",
    )  # fmt: skip


def priority(of: Finding, kind: str, devices: int = 1) -> Priority:
    number = int(of.id, 16)
    return Priority(
        of.id, "open", kind, "crippled", "active", "yes", SAFETY.get(kind, "marginal"), "high",
        list(Outcome)[number % 4], (Because("priority.exploitation.no_sign", (), ORIGIN),), devices,
    )  # fmt: skip


def measure(i: int = 0, text: str = "Zéphyr", system: str = "", outcome: Outcome = Outcome.IMMEDIATE) -> Measure:
    subject = "measure.system_end" if system else "measure.patch"
    args = (
        f"system={text}",
        "end=2020-01-14",
        "devices=3",
        "models=2",
        f"document={text}",
        "dated=2026-05-05T10:00:00Z",
    )
    return Measure(
        id=f"A{i}", kind=MeasureKind.PATCH, model=f"os:{system}" if system else f"M{i}", subject=subject, args=args,
        text=text, authority=Authority.JOINT, decided_by=("biomedical", "it", "ward", "manufacturer"),
        speaker=Speaker.MANUFACTURER, on_attacker=(Because("measure.attacker.patch", ("vulnerabilities=2",)),),
        on_care=(Because("measure.care.patch"), Because("function.ventilator.device"), Because("function.not_validated")),
        vulnerabilities=("CVE-2026-0000", "CVE-2026-0001"), findings=6, devices=3, wards=(text, "B", "C", "D", "E"),
        outcome=outcome, flows=4, days=2.96, because=(Because("measure.because.silent", (), ORIGIN),),
    )  # fmt: skip


def flow(i: int = 0, server: str = "10.0.0.2", text: str = "tls") -> Flow:
    return Flow(
        "R2", "local", text, "20", "10.0.0.1", "02:00:00:00:00:00", server, "", "tcp", 443, text, 10, 900, 8, 800,
        NOON, NOON + DAY, True, str(i + 1),
    )  # fmt: skip


def picture(text: str = "Zéphyr", devices: int = 5, models: int = 2, each: int = 3) -> Picture:
    """A hospital; `each`: findings of one model; `text`: what stands wherever words come from outside."""
    fleet = [device(i, text, models) for i in range(devices)]
    verdicts = list(Verdict)
    found = [finding(m * each + i, m, verdicts[i % 5], text) for m in range(models) for i in range(each)]
    kinds = {m: sorted({d.kind for d in fleet if d.model == f"M{m}"}) for m in range(models)} if models < 50 else {}
    ranked = [
        priority(f, kind) for f in found if f.verdict in verdicts[:2] for kind in kinds.get(int(f.profile[1:]), KINDS)
    ]
    numbers = sorted({f.vulnerability for f in found})
    return Picture(
        as_of="2026-08-20", version="0.1.0",
        readings=[reading(), reading("R2", "pcap", f"in/{text}.pcap", ""), reading("R3", "kev", "in/kev.json", "2026-08-18")],
        superseded=0,
        refusals=[Refusal("R1", "in/gmao.csv", "B3", "refusal.mds2_blank"), Refusal("", f"in/{text}", "", "refusal.unknown", (), True)],
        coverage=[Coverage("R2", "local", text, NOON, NOON + 3 * DAY, 100, 9000, 1, 2, 0, ("20",), ("10.0.0.0/24",))],
        decisions=[], devices=fleet, members=[Member("D-0000000", "local/gmao", text, "link.alone", (), 1.0)],
        models=[model(m, text, devices // (models or 1)) for m in range(models)],
        zones=[Zone("Z1", "local", text, "10.0.0.0/16", "20", text, "plan")],
        bindings=[Binding("local", "ip", d.addresses[0], d.id, 0, 0) for d in fleet[:50]],
        links=[Link("L1", "D-0000000", "D-0000001", 0.5, ("link.sign.make_same",), "")],
        contradictions=[Contradiction("D-0000000", "ward", text, ORIGIN, "B", "R2#packet 3", "contradiction.ward_zone")],
        questions=[Question("Q1", "hospital", "D-0000000", "question.link", (f"left={text}", "right=b", "probability=50"), ("same", "different", "don't know"), "", 3.0),
                   Question("Q2", text or "x", "M0", "question.model.documents", (f"make={text}", "product=P", "version=1", "missing=sbom, mds2", "count=2"), (), "", 2.0)],
        flows=[flow(0, text="tls"), flow(1, "203.0.113.9")],
        profiles=[profile(m, text, devices // (models or 1)) for m in range(models)],
        profile_of=[ProfileOf(d.id, f"F{d.model[1:]}") for d in fleet],
        standings={d.id: ("open", "crippled") for d in fleet},
        findings=found, priorities=ranked,
        measures=[measure(0, text), measure(0, text, system="Windows 7"), *(measure(m, text) for m in range(1, models))],
        uncovered=["M0"],
        vulnerabilities={v: Vulnerability("R1", v, "cve5", "/x", text, text, cvss_score=9.8) for v in numbers},
        exploited={v: Exploited("R3", v, "/0", "2026-01-01", "", text, "Known", "") for v in numbers[:1]},
        scores={v: Score("R1", v, 0.5, 0.9, "2026-08-16") for v in numbers},
        advisories=[Advisory("R1", text, text, text, "vendor", Speaker.MANUFACTURER, "1", "2026-01-01T00:00:00Z", "final", "csaf_vex")],
        functions=functions(),
    )  # fmt: skip


def decided(known: Picture, *said: tuple[str, str]) -> Picture:
    """The picture with a person's words, (about, answer) each."""
    return known._replace(decisions=[Decision("R9", about, a, "Dr Roy", "2026-08-19", "vu", "E3") for about, a in said])
