"""What a careful person concludes about vulnerabilities from the papers of the example, by rules written by hand.

Nothing of the program is imported, nor the modules that write the papers: each line below was read in a document.
`VERDICTS` gives, for (product, vulnerability), who says what of which versions; `CONTENTS` which components an SBOM
lists that a record speaks of; `SYSTEMS` what records say of operating systems.
"""

from collections.abc import Callable

AFFECTED, POSSIBLE, NOT, FIXED, UNKNOWN = "affected", "possible", "not affected", "fixed", "unknown"
MAKER, THIRD = "manufacturer", "third party"
Test = Callable[[tuple[int, ...]], bool]
"""Of a version, as numbers."""


def number(version: str) -> tuple[int, ...]:
    """ "4.2.1" -> (4, 2, 1); letters in front are dropped."""
    return tuple(int("".join(c for c in part if c.isdigit()) or 0) for part in version.split("."))


def below(limit: str) -> Test:
    """Versions before `limit`."""
    return lambda v: v < number(limit)


def upto(limit: str) -> Test:
    """Versions up to `limit`, included."""
    return lambda v: v <= number(limit)


def just(version: str) -> Test:
    """One version."""
    return lambda v: v == number(version)


def since(version: str) -> Test:
    """A version that holds the fix, and those after it."""
    return lambda v: v >= number(version)


def between(first: str, end: str) -> Test:
    """From `first` (included) to `end` (excluded)."""
    return lambda v: number(first) <= v < number(end)


def every(_: tuple[int, ...]) -> bool:
    """The product as such, whatever its version."""
    return True


ALD, PFY, OSD = "ALD-2026-001", "PFY-2026-007", "OSD-CSA-2026-1"
CT, US, VEX = "NVI-SA-2026-014", "NVI-SA-2026-015", "NVI-VEX-2026-003"
QS, TMS, CELL = "QS-2026-02", "TMS-2026-03", "CCSA-2026-11"
RVN, VDR, CAS = "openvex-ravenor.json", "openvex-vaudrelle.json", "openvex-castelroux.json"

Rows = tuple[tuple[Test, str], ...]
VERDICTS: dict[tuple[str, str], tuple[str, str, Rows]] = {
    # product, vulnerability: who speaks, where, (versions, verdict)...
    ("Zéphyr 5", "CVE-2021-3711"): (MAKER, ALD, ((below("4.3.0"), AFFECTED), (since("4.3.0"), FIXED))),
    ("Zéphyr 5", "CVE-2022-0778"): (MAKER, ALD, ((below("4.3.0"), AFFECTED), (since("4.3.0"), FIXED))),
    ("Zéphyr 5", "CVE-2023-0286"): (MAKER, ALD, ((below("4.3.0"), AFFECTED), (since("4.3.0"), FIXED))),
    ("Zéphyr T", "CVE-2022-0778"): (MAKER, ALD, ((below("2.1.0"), AFFECTED),)),
    ("Morpho A7", "CVE-2022-0778"): (MAKER, ALD, ((every, NOT),)),
    ("Lumira CT 128", "CVE-2019-0708"): (MAKER, CT, ((below("6.5.0"), AFFECTED), (since("6.5.0"), FIXED))),
    ("Lumira Console", "CVE-2019-0708"): (MAKER, CT, ((below("6.5.0"), AFFECTED),)),
    ("Lumira Recon", "CVE-2019-0708"): (MAKER, CT, ((every, NOT),)),
    ("Rayane DR", "CVE-2019-0708"): (MAKER, CT, ((every, AFFECTED),)),
    ("Ondine U9", "NVI-VUL-2026-07"): (MAKER, US, ((below("2.5.0"), AFFECTED), (since("2.5.0"), FIXED))),
    ("Jetéo", "NVI-VUL-2026-08"): (MAKER, US, ((just("1.4.0"), AFFECTED),)),
    ("Sérène", "CVE-2021-44228"): (MAKER, VEX, ((just("1.9.2"), NOT),)),
    ("Ariane Cath", "CVE-2021-44228"): (MAKER, VEX, ((just("7.1.0"), NOT),)),
    ("Lumira MR 1.5", "CVE-2021-44228"): (MAKER, VEX, ((just("VA20B"), NOT),)),
    ("Calypso C3", "CVE-2021-44228"): (MAKER, VEX, ((every, UNKNOWN),)),
    ("Veille Centrale", "CVE-2021-44228"): (MAKER, QS, ((below("8.1.0"), AFFECTED), (since("8.1.0"), FIXED))),
    ("Veille M50", "CVE-2020-11896"): (MAKER, QS, ((between("8.0.0", "8.1.0"), AFFECTED), (since("8.1.0"), FIXED))),
    ("Relais", "CVE-2022-0778"): (MAKER, PFY, ((just("2.3.6"), AFFECTED),)),
    ("Relais", "CVE-2021-3711"): (MAKER, PFY, ((just("2.3.6"), NOT), (below("2.0.0"), AFFECTED))),
    ("Débit 300", "PFY-VUL-2026-2"): (MAKER, PFY, ((below("5.2.0"), AFFECTED), (since("5.2.0"), FIXED))),
    ("Débit S", "PFY-VUL-2026-2"): (MAKER, PFY, ((just("3.0.0"), AFFECTED),)),
    ("Chimia 8", "CVE-2019-0708"): (MAKER, OSD, ((every, AFFECTED),)),
    ("Gazo 9", "CVE-2019-0708"): (MAKER, OSD, ((below("6.1.0"), AFFECTED), (since("6.1.0"), FIXED))),
    ("Trait d'Union", "CVE-2021-44228"): (MAKER, OSD, ((since("4.0.1"), FIXED),)),
    ("Coagula 3", "OSD-VUL-9"): (MAKER, OSD, ((upto("1.1.3"), AFFECTED),)),
    ("Faisceau X1", "CVE-2019-0708"): (MAKER, RVN, ((just("3.0.4"), NOT),)),
    ("Plan RT", "CCSA-2026-11-2"): (THIRD, CELL, ((below("11.0"), AFFECTED),)),
    ("Tracé 12", "CVE-2021-34527"): (MAKER, TMS, ((between("7.0.0", "8.0.0"), AFFECTED),)),
    ("Relance D3", "TMS-VUL-2026-4"): (MAKER, TMS, ((below("2.1.0"), AFFECTED), (since("2.1.0"), FIXED))),
    ("Rein 4", "CVE-2022-0778"): (MAKER, VDR, ((just("4.5.0"), NOT),)),
    ("Rein 4", "CVE-2023-0286"): (MAKER, VDR, ((just("4.5.0"), UNKNOWN),)),
    ("Bras P2", "CVE-2022-42889"): (MAKER, CAS, ((just("9.0.0"), NOT),)),
    ("Bras P2", "CVE-2024-6387"): (MAKER, CAS, ((just("9.0.0"), AFFECTED),)),
    # CVE records of real products: the maker speaks where it numbers its own flaws.
    ("Vue PACS", "CVE-2023-40159"): (THIRD, "CVE-2023-40159", ((below("12.2.8.410"), AFFECTED),)),
    ("Vue PACS", "CVE-2023-40223"): (THIRD, "CVE-2023-40223", ((below("12.2.8.410"), AFFECTED),)),
    ("Vue PACS", "CVE-2023-40539"): (THIRD, "CVE-2023-40539", ((below("12.2.8.410"), AFFECTED),)),
    ("Vue PACS", "CVE-2023-40704"): (THIRD, "CVE-2023-40704", ((below("12.2.8.410"), AFFECTED),)),
    ("Alaris Point-of-Care Unit (PCU) Model 8015", "CVE-2023-30560"): (
        MAKER, "CVE-2023-30560", ((upto("12.1.3"), AFFECTED),)),
    ("Alaris Point-of-Care Unit (PCU) Model 8015", "CVE-2023-30561"): (
        MAKER, "CVE-2023-30561", ((upto("12.1.3"), AFFECTED),)),
    ("Alaris Systems Manager", "CVE-2023-30563"): (MAKER, "CVE-2023-30563", ((upto("12.3"), AFFECTED),)),
    ("Alaris Systems Manager", "CVE-2023-30564"): (MAKER, "CVE-2023-30564", ((upto("12.3"), AFFECTED),)),
    ("Welch Allyn Connex Spot Monitor", "CVE-2024-1275"): (MAKER, "CVE-2024-1275", ((upto("1.52"), AFFECTED),)),
    ("Venue", "CVE-2024-1486"): (MAKER, "CVE-2024-1486", ((just("R2"), AFFECTED),)),
    ("Venue", "CVE-2024-1628"): (MAKER, "CVE-2024-1628", ((just("R2"), AFFECTED),)),
    ("EchoPAC Software Only", "CVE-2024-27107"): (MAKER, "CVE-2024-27107", ((below("206.82"), AFFECTED),)),
    ("Paceart Optima", "CVE-2023-31222"): (MAKER, "CVE-2023-31222", ((upto("1.11"), AFFECTED),)),
}  # fmt: skip

LIMITED_TO = {"NVI-VUL-2026-08": ("NV-IJ-0188", "NV-IJ-0189", "NV-IJ-0190")}
"""Vulnerability -> serial numbers to which its statement limits itself."""

CONTENTS: dict[tuple[str, str], tuple[str, dict[str, tuple[str, str]]]] = {
    # product, version: SBOM, vulnerability -> (component, verdict by the record's range)
    ("Veille Centrale", "8.0.2"): ("veille-centrale-8.0.2.cdx.json", {
        "CVE-2021-44228": ("log4j-core 2.14.1", AFFECTED), "CVE-2021-3711": ("openssl 1.1.1k", AFFECTED),
        "CVE-2022-0778": ("openssl 1.1.1k", AFFECTED), "CVE-2023-0286": ("openssl 1.1.1k", AFFECTED)}),
    ("Relais", "2.3.6"): ("relais-2.3.6.cdx.json", {
        "CVE-2021-3711": ("openssl 1.1.1k", AFFECTED), "CVE-2022-0778": ("openssl 1.1.1k", AFFECTED),
        "CVE-2023-0286": ("openssl 1.1.1k", AFFECTED), "CVE-2024-1086": ("linux_kernel 5.10.60", AFFECTED),
        "CVE-2018-25032": ("zlib 1.2.11", AFFECTED), "CVE-2022-37434": ("zlib 1.2.11", AFFECTED),
        "CVE-2023-38545": ("libcurl 7.79.1", AFFECTED), "CVE-2023-44487": ("nghttp2 1.43.0", AFFECTED)}),
    ("Lumira CT 128", "6.4.2"): ("NVI-lumira-ct128-6.4.2.spdx.json", {
        "CVE-2019-0708": ("Microsoft Windows 7 Service Pack 1 6.1.7601", AFFECTED),
        "CVE-2022-43272": ("dcmtk 3.6.7", AFFECTED), "CVE-2022-0778": ("openssl 1.0.2u", AFFECTED),
        "CVE-2023-0286": ("openssl 1.0.2u", AFFECTED), "CVE-2021-3711": ("openssl 1.0.2u", NOT)}),
    ("Agenda RIS", "3.7.1"): ("agenda-ris-3.7.1.cdx.json", {
        "CVE-2024-6387": ("openssh 9.2p1", AFFECTED), "CVE-2024-38475": ("http_server 2.4.57", AFFECTED),
        "CVE-2024-47796": ("dcmtk 3.6.8", AFFECTED), "CVE-2024-52333": ("dcmtk 3.6.8", AFFECTED),
        "CVE-2022-43272": ("dcmtk 3.6.8", NOT)}),
    ("Trait d'Union", "4.0.1"): ("trait-d-union-4.0.1.spdx.json", {
        "CVE-2021-44228": ("log4j-core 2.17.1", NOT), "CVE-2022-42889": ("commons-text 1.9", AFFECTED)}),
    ("Zéphyr 5", "4.2.1"): ("zephyr5-4.2.1.cdx.json", {
        "CVE-2021-3711": ("openssl 1.1.1k", AFFECTED), "CVE-2022-0778": ("openssl 1.1.1k", AFFECTED),
        "CVE-2023-0286": ("openssl 1.1.1k", AFFECTED), "CVE-2024-1086": ("linux_kernel 5.10.60", AFFECTED),
        "CVE-2018-25032": ("zlib 1.2.11", AFFECTED), "CVE-2022-37434": ("zlib 1.2.11", AFFECTED),
        "CVE-2023-38545": ("libcurl, no version", POSSIBLE)}),
    ("Bras P2", "9.0.0"): ("bras-p2-9.0.0.cdx.json", {
        "CVE-2022-42889": ("commons-text 1.9", AFFECTED), "CVE-2024-6387": ("openssh 9.2p1", AFFECTED)}),
    ("Tracé 12", "7.3.1"): ("trace12-7.3.1.spdx.json", {
        "CVE-2023-0286": ("openssl 3.0.7", AFFECTED), "CVE-2022-0778": ("openssl 3.0.7", NOT),
        "CVE-2021-3711": ("openssl 3.0.7", NOT), "CVE-2018-25032": ("zlib 1.2.13", NOT),
        "CVE-2022-37434": ("zlib 1.2.13", NOT)}),
}  # fmt: skip
"""Where a range of NVD or of a CVE record names the component; the rest of each SBOM is named by no record here."""

SYSTEMS: dict[tuple[str, str], dict[str, str]] = {
    ("Windows 7", "6.1.7601"): {"CVE-2019-0708": AFFECTED},
    ("Windows 10", "10.0.17763.1"): {"CVE-2021-34527": AFFECTED},
    ("Windows 10", "10.0.19045.3000"): {"CVE-2021-34527": NOT},
    ("Windows 10", ""): {"CVE-2021-34527": POSSIBLE},
    ("Windows Server 2016", ""): {"CVE-2021-34527": POSSIBLE},
    ("Windows Server 2019", "10.0.17763.1"): {"CVE-2021-34527": AFFECTED},
}
"""Operating system and build, as the GMAO has them -> verdict. 6.1.7601 is Windows 7 with Service Pack 1."""

WEIGHT = {AFFECTED: 4, POSSIBLE: 3, UNKNOWN: 2, FIXED: 1, NOT: 0}
"""Where nobody more specific speaks, the graver wins."""


def by_statement(product: str, version: str, serial: str, vulnerability: str) -> tuple[str, str, str, str] | None:
    """(verdict, speaker, document, why) of the statement about the product itself; None: nobody made one."""
    if (product, vulnerability) not in VERDICTS:
        return None
    speaker, document, rows = VERDICTS[product, vulnerability]
    if vulnerability in LIMITED_TO and serial not in LIMITED_TO[vulnerability]:
        return None
    for test, verdict in rows:
        if test is every:
            return verdict, speaker, document, "said of the product whatever its version"
    if not version:
        if any(verdict == AFFECTED for _, verdict in rows):
            return POSSIBLE, speaker, document, "some versions are affected, and nobody knows this one's"
        return UNKNOWN, speaker, document, "said of one version, and nobody knows this one's"
    for test, verdict in rows:
        if test(number(version)):
            return verdict, speaker, document, f"version {version} is among those it speaks of"
    return NOT, speaker, document, f"version {version} lies outside all versions it names"


def by_contents(product: str, version: str, vulnerability: str) -> tuple[str, str, str, str] | None:
    """The same, by the SBOM of this very version; of a device whose version nobody knows, "possible" at most."""
    for (named, its), (_, parts) in CONTENTS.items():
        if named != product or vulnerability not in parts:
            continue
        part, verdict = parts[vulnerability]
        if version == its:
            return verdict, THIRD, vulnerability, f"SBOM lists {part}"
        if not version and verdict in (AFFECTED, POSSIBLE):
            return POSSIBLE, THIRD, vulnerability, f"SBOM of version {its} lists {part}; this one's version is unknown"
    return None


def by_system(system: str, build: str, vulnerability: str) -> tuple[str, str, str, str] | None:
    """The same, by the operating system that the GMAO gives."""
    verdict = SYSTEMS.get((system, build), {}).get(vulnerability)
    return (verdict, THIRD, vulnerability, f"runs {system} {build or 'of unknown build'}") if verdict else None


def vulnerabilities() -> list[str]:
    """All that any of the papers speaks of."""
    out = {v for _, v in VERDICTS} | {v for _, parts in CONTENTS.values() for v in parts}
    return sorted(out | {v for said in SYSTEMS.values() for v in said})


def conclude(
    product: str, version: str, serial: str, system: str, build: str, vulnerability: str
) -> tuple[str, str, str, str, bool] | None:
    """(verdict, speaker, document, why, firm) of one device and one vulnerability; None: nothing is said.

    The maker's word about the product wins over ranges for its components and its operating system, except that a
    "possible" of the maker does not lower an "affected" of somebody else. Not firm: "not affected" only because a
    component's or system's version lies outside a range; a program may also say nothing there.
    """
    said = by_statement(product, version, serial, vulnerability)
    others = [by_contents(product, version, vulnerability), by_system(system, build, vulnerability)]
    heard = [o for o in others if o]
    graver = max(heard, key=lambda o: WEIGHT[o[0]], default=None)
    if said and not (said[0] == POSSIBLE and graver and graver[0] == AFFECTED):
        return (*said, True)
    return (*graver, graver[0] != NOT) if graver else None
