# ruff: noqa: E501
"""Public records, restated: CVE 5 records, a page of NVD's API, CISA's KEV list and FIRST's EPSS, in their layouts.

Facts (ids, ranges, scores, dates) are those of the publishers, kept in `public.json` or below; descriptions are ours.
An extract: of each record only what the example needs.
"""

import json
from pathlib import Path
from typing import Any

from paperwork.csaf import BANDS
from paperwork.writing import save_gzip, save_json

PUBLIC: dict[str, Any] = json.loads((Path(__file__).parent / "public.json").read_text("utf-8"))

WORDS = {
    "CVE-2023-40159": "Vue PACS before 12.2.8.410 shows some data to users who were not given the right to see it.",
    "CVE-2023-40223": "Vue PACS before 12.2.8.410 leaves a resource open to more accounts than intended.",
    "CVE-2023-40539": "Vue PACS before 12.2.8.410 does not ask for strong passwords.",
    "CVE-2023-40704": "Vue PACS before 12.2.8.410 comes with default credentials.",
    "CVE-2023-30560": "The settings of the Alaris PCU Model 8015 can be changed by somebody who holds the device, without login.",
    "CVE-2023-30561": "Data between the Alaris PCU Model 8015 and its modules is not protected against somebody who holds it.",
    "CVE-2023-30563": "A crafted file given to the user import of the Alaris Systems Manager may take over a session.",
    "CVE-2023-30564": "The device import of the Alaris Systems Manager does not check what it is given.",
    "CVE-2024-1275": "The key that protects updates of the Connex Spot Monitor is a default one.",
    "CVE-2024-1486": "A wrongly set access list of some ultrasound systems gives a local user more rights.",
    "CVE-2024-1628": "A local user of some ultrasound systems may inject commands of the operating system.",
    "CVE-2024-27107": "EchoPAC products have an account with a weak password.",
    "CVE-2023-31222": "Paceart Optima's messaging service takes apart data of strangers: a remote attacker may run code.",
    "CVE-2021-34527": "The Windows print spooler performs file operations with too many rights: remote code execution.",
    "CVE-2024-38475": "mod_rewrite of Apache HTTP Server may map an address to a file that was not meant to be served.",
    "CVE-2024-47796": "DCMTK 3.6.8 may write outside of a buffer when it reads a crafted image of a certain kind.",
    "CVE-2024-52333": "DCMTK 3.6.8 may write outside of a buffer while it determines the smallest and largest pixel.",
    "CVE-2021-44228": "Lookups through JNDI in messages of log4j 2 let an attacker load and run code.",
    "CVE-2021-3711": "Decrypting SM2 data with OpenSSL may overflow a buffer.",
    "CVE-2022-0778": "A certificate with invalid curve parameters makes OpenSSL loop for ever.",
    "CVE-2023-0286": "OpenSSL confuses types when it compares X.400 addresses of certificates.",
    "CVE-2023-38545": "libcurl may overflow a buffer while it talks to a SOCKS5 proxy.",
    "CVE-2018-25032": "zlib may corrupt memory while it compresses input with many distant matches.",
    "CVE-2022-37434": "zlib may overflow a buffer through a large extra field of a gzip header.",
    "CVE-2024-6387": "A race in the signal handler of OpenSSH's server may let a stranger run code.",
    "CVE-2023-44487": "Streams of HTTP/2 opened and cancelled quickly exhaust a server.",
    "CVE-2022-42889": "Apache Commons Text interpolates lookups that may run scripts.",
    "CVE-2019-0708": "Remote Desktop Services of old Windows versions: remote code execution before login.",
    "CVE-2022-43272": "DCMTK 3.6.7 loses memory when an association object is built.",
    "CVE-2024-1086": "A use after free in the netfilter part of the Linux kernel gives a local user more rights.",
    "CVE-2017-0144": "SMBv1 of Windows: remote code execution.",
    "CVE-2020-0796": "SMBv3 of Windows: remote code execution through compressed packets.",
    "CVE-2021-26855": "Exchange Server: requests forged by a stranger.",
    "CVE-2023-34362": "MOVEit Transfer: SQL injection by a stranger.",
    "CVE-2020-11896": "The Treck IP stack corrupts memory on malformed tunnelled packets.",
}
"""Our description of each."""


def _cpe(part: str, vendor: str, product: str, version: str = "*", update: str = "*") -> str:
    return f"cpe:2.3:{part}:{vendor}:{product}:{version}:{update}:*:*:*:*:*:*"


def _range(cpe: str, start: str = "", end: str = "", last: str = "") -> dict[str, Any]:
    """One match: from `start` (included) to `end` (excluded) or `last` (included)."""
    bounds = {"versionStartIncluding": start, "versionEndExcluding": end, "versionEndIncluding": last}
    return {"vulnerable": True, "criteria": cpe} | {k: v for k, v in bounds.items() if v}


OPENSSL = _cpe("a", "openssl", "openssl")
LOG4J = _cpe("a", "apache", "log4j")
KERNEL = _cpe("o", "linux", "linux_kernel")
HIGH = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
HALT = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"
NVD: dict[str, tuple[str, str, float, list[dict[str, Any]]]] = {
    "CVE-2021-44228": ("2021-12-10", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", 10.0,
                       [_range(LOG4J, "2.0.1", "2.3.1"), _range(LOG4J, "2.4.0", "2.12.2"), _range(LOG4J, "2.13.0", "2.15.0")]),
    "CVE-2021-3711": ("2021-08-24", HIGH, 9.8, [_range(OPENSSL, "1.1.1", "1.1.1l")]),
    "CVE-2022-0778": ("2022-03-15", HALT, 7.5,
                      [_range(OPENSSL, "1.0.2", "1.0.2zd"), _range(OPENSSL, "1.1.1", "1.1.1n"), _range(OPENSSL, "3.0.0", "3.0.2")]),
    "CVE-2023-0286": ("2023-02-08", "CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:N/A:H", 7.4,
                      [_range(OPENSSL, "1.0.2", "1.0.2zg"), _range(OPENSSL, "1.1.1", "1.1.1t"), _range(OPENSSL, "3.0.0", "3.0.8")]),
    "CVE-2023-38545": ("2023-10-18", HIGH, 9.8, [_range(_cpe("a", "haxx", "libcurl"), "7.69.0", "8.4.0")]),
    "CVE-2018-25032": ("2022-03-25", HALT, 7.5, [_range(_cpe("a", "zlib", "zlib"), "", "1.2.12")]),
    "CVE-2022-37434": ("2022-08-05", HIGH, 9.8, [_range(_cpe("a", "zlib", "zlib"), "", "1.2.13")]),
    "CVE-2024-6387": ("2024-07-01", "CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H", 8.1,
                      [_range(_cpe("a", "openbsd", "openssh"), "8.5p1", "9.8")]),
    "CVE-2023-44487": ("2023-10-10", HALT, 7.5, [_range(_cpe("a", "nghttp2", "nghttp2"), "", "1.57.0")]),
    "CVE-2022-42889": ("2022-10-13", HIGH, 9.8, [_range(_cpe("a", "apache", "commons_text"), "1.5", "1.10.0")]),
    "CVE-2019-0708": ("2019-05-16", HIGH, 9.8,
                      [_range(_cpe("o", "microsoft", "windows_7", "-", "sp1")),
                       _range(_cpe("o", "microsoft", "windows_server_2008", "r2", "sp1"))]),
    "CVE-2022-43272": ("2022-12-02", HALT, 7.5, [_range(_cpe("a", "offis", "dcmtk", "3.6.7"))]),
    "CVE-2024-1086": ("2024-01-31", "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H", 7.8,
                      [_range(KERNEL, "3.15", "5.15.149"), _range(KERNEL, "5.16", "6.1.76"), _range(KERNEL, "6.2", "6.6.15"),
                       _range(KERNEL, "6.7", "6.7.3")]),
}  # fmt: skip
"""CVE -> (published, vector, base score, ranges) as NVD has them; products not met here are left out."""


def cve_record(cve: str) -> dict[str, Any]:
    """A CVE record, format 5.1."""
    known = PUBLIC["cve5"][cve]
    provider = known["provider"]
    cna: dict[str, Any] = {
        "providerMetadata": provider,
        "descriptions": [{"lang": "en", "value": WORDS[cve]}],
        "affected": known["affected"],
        "references": [{"url": f"https://www.cve.org/CVERecord?id={cve}"}],
    }
    if known["metrics"]:
        cna["metrics"] = [{"format": "CVSS"} | m for m in known["metrics"]]
    if known["cwes"]:
        cna["problemTypes"] = [
            {"descriptions": [{"cweId": c, "description": c, "lang": "en", "type": "CWE"}]} for c in known["cwes"]
        ]
    containers: dict[str, Any] = {"cna": cna}
    said = known["ssvc"]
    if said:
        containers["adp"] = [
            {
                "title": "CISA ADP Vulnrichment",
                "providerMetadata": {"orgId": said["orgId"], "shortName": "CISA-ADP", "dateUpdated": said["updated"]},
                "metrics": [{"other": {"type": "ssvc", "content": said["content"]}}],
            }
        ]
    return {
        "dataType": "CVE_RECORD",
        "dataVersion": "5.1",
        "cveMetadata": {"cveId": cve, "state": "PUBLISHED"} | known["meta"],
        "containers": containers,
    }


def nvd_page() -> dict[str, Any]:
    """A page of NVD's API 2.0."""
    out = []
    for cve, (day, vector, score, matches) in NVD.items():
        band = next(name for least, name in BANDS if score >= least)
        cvss = {"version": "3.1", "vectorString": vector, "baseScore": score, "baseSeverity": band}
        out.append(
            {
                "cve": {
                    "id": cve,
                    "published": f"{day}T00:00:00.000",
                    "vulnStatus": "Analyzed",
                    "descriptions": [{"lang": "en", "value": WORDS[cve]}],
                    "metrics": {"cvssMetricV31": [{"source": "nvd@nist.gov", "type": "Primary", "cvssData": cvss}]},
                    "configurations": [{"nodes": [{"operator": "OR", "negate": False, "cpeMatch": matches}]}],
                    "references": [{"url": f"https://nvd.nist.gov/vuln/detail/{cve}", "source": "nvd@nist.gov"}],
                }
            }
        )
    return {
        "resultsPerPage": len(out),
        "startIndex": 0,
        "totalResults": len(out),
        "format": "NVD_CVE",
        "version": "2.0",
        "timestamp": "2026-08-13T06:00:00.000",
        "vulnerabilities": out,
    }


def kev_list() -> dict[str, Any]:
    """CISA's catalogue, in its layout."""
    entries = []
    for cve, known in sorted(PUBLIC["kev"].items()):
        entries.append(
            {
                "cveID": cve,
                "vendorProject": known["vendorProject"],
                "product": known["product"],
                "vulnerabilityName": f"{known['vendorProject']} {known['product']}: {cve}",
                "dateAdded": known["dateAdded"],
                "shortDescription": WORDS[cve],
                "requiredAction": "As CISA's catalogue says for this entry.",
                "dueDate": known["dueDate"],
                "knownRansomwareCampaignUse": known["knownRansomwareCampaignUse"],
                "notes": f"https://nvd.nist.gov/vuln/detail/{cve}",
                "cwes": known["cwes"],
            }
        )
    head = {"title": "Extract of CISA's Known Exploited Vulnerabilities"} | PUBLIC["kev_catalog"]
    return head | {"count": len(entries), "vulnerabilities": entries}


def epss_table() -> bytes:
    """FIRST's table of 16 August 2026; the source of the figures does not name the model's version."""
    lines = ["#model_version:not-stated,score_date:2026-08-16T00:00:00+0000", "cve,epss,percentile"]
    for cve, (epss, percentile) in PUBLIC["epss"].items():
        lines.append(f"{cve},{float(epss):.5f},{float(percentile):.5f}")
    return ("\n".join(lines) + "\n").encode()


def write(folder: Path) -> None:
    """`cve/`, `nvd/`, `kev/`, `epss/`."""
    for cve in PUBLIC["cve5"]:
        save_json(folder / "cve" / f"{cve}.json", cve_record(cve))
    save_json(folder / "nvd" / "nvd.json", nvd_page())
    save_json(folder / "kev" / "known_exploited_vulnerabilities.json", kev_list())
    save_gzip(folder / "epss" / "epss_scores-2026-08-16.csv.gz", epss_table())
