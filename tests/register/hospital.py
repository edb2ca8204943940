"""A small hospital for the register's tests: readings and evidence in the form that the readers give them."""

from hygie.model.evidence import Coverage, Decision, Evidence, Reading, Speaker, Trait
from hygie.model.fleet import Device, Flow
from hygie.model.knowledge import Answer, Bom, Permission, Statement
from hygie.names.maker import Table
from hygie.register import Ground, Register, build

DAY = 86_400_000_000
MONDAY = 20_675 * DAY
"""2026-08-10T00:00Z in microseconds."""

SPEAKERS = {"pcap": Speaker.OBSERVED}


class Hospital:
    """Collects rows; `register()` builds the register from them."""

    def __init__(self, site: str = "local") -> None:
        self.site = site
        self.evidence: list[Evidence] = []
        self.readings: dict[str, Reading] = {}
        self.decisions: list[Decision] = []
        self.coverage: list[Coverage] = []
        self.flows: list[Flow] = []
        self.answers: list[Answer] = []
        self.boms: list[Bom] = []
        self.permissions: list[Permission] = []
        self.statements: list[Statement] = []
        self.makers = Table()
        self._row = 1

    def reading(self, kind: str, name: str = "", dated: str = "2026-08-11", site: str = "") -> str:
        """A reading of a kind, made on first use."""
        site = site or self.site
        key = f"{site}-{name or kind}-{dated}"
        snapshot = kind not in ("pcap", "answers")
        self.readings.setdefault(
            key,
            Reading(
                key, f"{site}/{name or kind}", site, kind, 1, SPEAKERS.get(kind, Speaker.HOSPITAL), snapshot,
                f"{name or kind}.csv", "", 1, key, dated, "2026-09-01T00:00:00Z",
            ),
        )  # fmt: skip
        return key

    def say(
        self, kind: str, subject: str, /, *, name: str = "", dated: str = "2026-08-11", site: str = "", first: int = 0,
        last: int = 0, confidence: float = 1.0, **values: str | list[str],
    ) -> str:  # fmt: skip
        """Statements about one subject on a new line of a reading; traits by their lower-case member names."""
        reading = self.reading(kind, name, dated, site)
        self._row += 1
        column = 0
        for trait, given in values.items():
            for value in [given] if isinstance(given, str) else given:
                place = f"packet {self._row * 10 + column}" if kind == "pcap" else f"{chr(65 + column)}{self._row}"
                column += 1
                said = Evidence(reading, subject, Trait[trait.upper()], value, value, place, confidence, first, last)
                self.evidence.append(said)
        return subject

    def gmao(self, inventory: str, *, name: str = "gmao", site: str = "", **values: str) -> str:
        """A line of a GMAO."""
        return self.say("gmao", f"device:inv={inventory}", name=name, site=site, inventory=inventory, **values)

    def seen(self, mac: str, *addresses: str, first: int = MONDAY, last: int = 0, **values: str | list[str]) -> str:
        """A machine met in a capture."""
        return self.say(
            "pcap", f"device:mac={mac}", mac=mac, ip=list(addresses), first=first, last=last or first + DAY, **values
        )

    def routed(self, address: str, *, first: int = MONDAY, last: int = 0, **values: str) -> str:
        """A machine met behind a router: no MAC."""
        return self.say("pcap", f"device:ip={address}", ip=address, first=first, last=last or first + DAY, **values)

    def lease(self, mac: str, address: str, *, first: int = MONDAY, last: int = 0, **values: str) -> str:
        """A line of a DHCP server's leases."""
        return self.say(
            "leases", f"device:mac={mac}", mac=mac, ip=address, first=first, last=last or first + DAY, **values
        )

    def plan(self, cidr: str, *, site: str = "", **values: str) -> None:
        """A line of the address plan."""
        self.say("plan", f"zone:{cidr}", site=site, cidr=cidr, **values)

    def covers(self, *networks: str, vlans: tuple[str, ...] = (), packets: int = 1000) -> None:
        """What a sensor was able to see."""
        reading = self.reading("pcap")
        self.coverage.append(
            Coverage(reading, self.site, "span", MONDAY, MONDAY + DAY, packets, packets * 100, 0, 0, 0, vlans, networks)
        )

    def decide(self, about: str, answer: str, when: str = "2026-09-02", who: str = "A. Martin") -> None:
        """A person's word."""
        self.decisions.append(
            Decision(self.reading("answers"), about, answer, who, when, "", f"F{len(self.decisions)}")
        )

    def flow(
        self,
        client: str,
        server: str,
        port: int,
        service: str,
        *,
        client_mac: str = "",
        server_mac: str = "",
        place: str = "1",
    ) -> None:
        """A conversation."""
        self.flows.append(
            Flow(
                self.reading("pcap"), self.site, "span", "", client, client_mac, server, server_mac, "tcp", port,
                service, 10, 1000, 10, 1000, MONDAY, MONDAY + 1000, True, place,
            )
        )  # fmt: skip

    def answer(self, make: str, product: str, question: str, answer: str, version: str = "", text: str = "") -> None:
        """An answer of an MDS2 form."""
        reading = self.reading("mds2", f"mds2-{product}")
        place = f"C{len(self.answers)}"
        self.answers.append(Answer(reading, place, make, product, version, question, answer, answer, text))

    def ground(self) -> Ground:
        """All rows."""
        return Ground(
            self.evidence, self.readings, self.decisions, self.coverage, self.flows, self.boms, self.answers,
            self.permissions, self.statements, self.makers,
        )  # fmt: skip

    def register(self) -> Register:
        """The register of all rows."""
        return build(self.ground())

    def devices(self) -> list[Device]:
        """The register's devices."""
        return self.register().devices


def by_inventory(devices: list[Device]) -> dict[str, Device]:
    """Devices of the GMAO by number."""
    return {device.inventory: device for device in devices if device.inventory}


def only(devices: list[Device]) -> Device:
    """The one device."""
    assert len(devices) == 1, [d.key for d in devices]
    return devices[0]
