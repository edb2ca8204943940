# ruff: noqa: E501
"""SBOMs of eight invented products, of real components: CycloneDX 1.4 to 1.6 and SPDX 2.3, as JSON."""

import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paperwork.writing import save_json

SPACE = uuid.UUID("6f1d3c1e-2f0a-4d53-9c55-6a3f6a0c7d11")
"""Name space from which document numbers are derived."""


@dataclass(frozen=True, slots=True)
class Part:
    """One component."""

    name: str
    version: str
    purl: str = ""
    cpe: str = ""
    maker: str = ""
    type: str = "library"


def _a(name: str, version: str, vendor: str = "", product: str = "", purl: str = "", type_: str = "library") -> Part:
    """A component with CPE (where a vendor is given) and purl (generic where none is given)."""
    kind = "o" if type_ == "operating-system" else "a"
    cpe = f"cpe:2.3:{kind}:{vendor}:{product or name}:{version}:*:*:*:*:*:*:*" if vendor and version else ""
    if not version and vendor:
        cpe = f"cpe:2.3:{kind}:{vendor}:{product or name}:*:*:*:*:*:*:*:*"
    tail = f"@{version}" if version else ""
    return Part(name, version, purl or f"pkg:generic/{name}{tail}", cpe, "", type_)


def _maven(group: str, name: str, version: str, vendor: str = "", product: str = "") -> Part:
    return _a(name, version, vendor, product, f"pkg:maven/{group}/{name}@{version}")


OPENSSL_111K = _a("openssl", "1.1.1k", "openssl")
LINUX_510 = _a("linux_kernel", "5.10.60", "linux", type_="operating-system")
ZLIB_1211 = _a("zlib", "1.2.11", "zlib")
LOG4J_CORE = _maven("org.apache.logging.log4j", "log4j-core", "2.14.1", "apache", "log4j")
COMMONS_TEXT = _maven("org.apache.commons", "commons-text", "1.9", "apache", "commons_text")
OPENSSH_92 = _a("openssh", "9.2p1", "openbsd")

JAVA = (
    ("ch.qos.logback", "logback-core", "1.2.3"), ("org.slf4j", "slf4j-api", "1.7.30"), ("com.google.guava", "guava", "31.1-jre"),
    ("org.apache.commons", "commons-lang3", "3.12.0"), ("commons-io", "commons-io", "2.11.0"), ("ca.uhn.hapi", "hapi-base", "2.3"),
    ("org.apache.httpcomponents", "httpclient", "4.5.13"), ("org.hibernate", "hibernate-core", "5.6.5.Final"),
    ("io.netty", "netty-buffer", "4.1.77.Final"), ("io.netty", "netty-codec", "4.1.77.Final"), ("io.netty", "netty-common", "4.1.77.Final"),
    ("org.postgresql", "postgresql", "42.3.6"), ("com.zaxxer", "HikariCP", "5.0.1"), ("org.jboss.logging", "jboss-logging", "3.4.3.Final"),
    ("javax.inject", "javax.inject", "1"), ("org.glassfish.jersey.core", "jersey-common", "2.35"), ("joda-time", "joda-time", "2.10.14"),
    ("org.yaml", "snakeyaml", "1.30"), ("org.bouncycastle", "bcprov-jdk15on", "1.70"), ("org.quartz-scheduler", "quartz", "2.3.2"),
)  # fmt: skip
EMBEDDED = (
    ("glibc", "2.31"), ("libstdcxx", "10.2.1"), ("systemd", "247.3"), ("dbus", "1.12.20"), ("e2fsprogs", "1.46.2"),
    ("util-linux", "2.36.1"), ("kmod", "28"), ("libcap", "2.44"), ("ncurses", "6.2"), ("readline", "8.1"), ("pcre2", "10.36"),
    ("libxml2", "2.9.10"), ("expat", "2.2.10"), ("freetype", "2.10.4"), ("libpng", "1.6.37"), ("libjpeg-turbo", "2.0.6"),
    ("qtbase", "5.15.2"), ("sqlite", "3.34.1"), ("chrony", "4.0"), ("net-snmp", "5.9"), ("iptables", "1.8.7"), ("lua", "5.3.3"),
    ("protobuf", "3.12.4"), ("boost", "1.74.0"), ("libusb", "1.0.24"),
)  # fmt: skip
WINDOWS = (
    ("vcredist", "14.29.30133"), ("directx", "9.29.1974"), ("dotnet-framework", "4.6.1"), ("sql-server-express", "12.0.2000"),
    ("vtk", "8.2.0"), ("itk", "5.1.0"), ("gdcm", "3.0.8"), ("libtiff", "4.1.0"), ("libjpeg-turbo", "2.0.4"), ("libpng", "1.6.37"),
    ("qtbase", "5.12.8"), ("boost", "1.69.0"), ("xerces-c", "3.2.2"), ("icu4c", "63.1"), ("hdf5", "1.10.5"), ("eigen", "3.3.7"),
    ("tinyxml2", "7.1.0"), ("fftw", "3.3.8"), ("openjpeg", "2.3.1"), ("libiconv", "1.15"),
)  # fmt: skip


def _generic(pairs: tuple[tuple[str, str], ...]) -> tuple[Part, ...]:
    return tuple(_a(name, version) for name, version in pairs)


def _java(count: int) -> tuple[Part, ...]:
    return tuple(_maven(*triple) for triple in JAVA[:count])


@dataclass(frozen=True, slots=True)
class Bom:
    """One bill of materials."""

    file: str
    form: str
    """cdx-1.4, cdx-1.5, cdx-1.6, spdx-2.3."""
    make: str
    product: str
    version: str
    date: str
    parts: tuple[Part, ...]


BOMS = (
    Bom("veille-centrale-8.0.2.cdx.json", "cdx-1.5", "Quillane Systems", "Veille Centrale", "8.0.2", "2025-03-04T09:00:00Z",
        (LOG4J_CORE, _maven("org.apache.logging.log4j", "log4j-api", "2.14.1"), OPENSSL_111K, *_java(20), *_generic(EMBEDDED[:8]))),
    Bom("relais-2.3.6.cdx.json", "cdx-1.4", "Perfalys", "Relais", "2.3.6", "2025-09-01T12:00:00Z",
        (OPENSSL_111K, LINUX_510, ZLIB_1211, _a("libcurl", "7.79.1", "haxx"), _a("nghttp2", "1.43.0", "nghttp2"),
         _a("busybox", "1.33.1", "busybox"), *_generic(EMBEDDED))),
    Bom("NVI-lumira-ct128-6.4.2.spdx.json", "spdx-2.3", "Norvane Imaging", "Lumira CT 128", "6.4.2", "2023-11-02T00:00:00Z",
        (Part("Microsoft Windows 7 Service Pack 1", "6.1.7601", "", "cpe:2.3:o:microsoft:windows_7:-:sp1:*:*:*:*:*:*", "Microsoft",
              "operating-system"),
         _a("dcmtk", "3.6.7", "offis"), _a("openssl", "1.0.2u", "openssl"), *_generic(WINDOWS))),
    Bom("agenda-ris-3.7.1.cdx.json", "cdx-1.6", "Orlimont Santé", "Agenda RIS", "3.7.1", "2026-02-17T08:30:00Z",
        (OPENSSH_92, _a("http_server", "2.4.57", "apache"), _a("dcmtk", "3.6.8", "offis"), _a("postgresql", "15.3", "postgresql"),
         *_generic(EMBEDDED[:20]))),
    Bom("trait-d-union-4.0.1.spdx.json", "spdx-2.3", "Ostrelab Diagnostics", "Trait d'Union", "4.0.1", "2025-06-12T00:00:00Z",
        (_maven("org.apache.logging.log4j", "log4j-core", "2.17.1", "apache", "log4j"), COMMONS_TEXT, *_java(18))),
    Bom("zephyr5-4.2.1.cdx.json", "cdx-1.5", "Aldebert Médical", "Zéphyr 5", "4.2.1", "2024-03-12T10:00:00Z",
        (OPENSSL_111K, LINUX_510, ZLIB_1211, _a("libcurl", "", "haxx"), *_generic(EMBEDDED[:22]))),
    Bom("bras-p2-9.0.0.cdx.json", "cdx-1.4", "Castelroux", "Bras P2", "9.0.0", "2025-11-20T16:00:00Z",
        (COMMONS_TEXT, OPENSSH_92, *_java(16), *_generic(WINDOWS[:6]))),
    Bom("trace12-7.3.1.spdx.json", "spdx-2.3", "Tamsin Cardiologie", "Tracé 12", "7.3.1", "2025-01-09T00:00:00Z",
        (_a("openssl", "3.0.7", "openssl"), _a("zlib", "1.2.13", "zlib"), *_generic(WINDOWS[:18]))),
)  # fmt: skip
"""The eight; which of their components a known vulnerability touches is told by the ranges of `records`."""


def cyclonedx(bom: Bom) -> dict[str, Any]:
    """CycloneDX JSON of the form's version."""
    version = bom.form.removeprefix("cdx-")
    tool = {"vendor": bom.make, "name": "build", "version": "1"}
    tools: Any = (
        [tool] if version == "1.4" else {"components": [{"type": "application", "name": "build", "version": "1"}]}
    )
    subject: dict[str, Any] = {
        "type": "firmware" if bom.make in ("Aldebert Médical", "Perfalys") else "application",
        "bom-ref": "product",
        "supplier": {"name": bom.make},
        "name": bom.product,
        "version": bom.version,
    }
    if version == "1.6":
        subject["manufacturer"] = {"name": bom.make}
    components = []
    for i, part in enumerate(bom.parts, 1):
        entry: dict[str, Any] = {"type": part.type, "bom-ref": f"c{i}", "name": part.name}
        if part.version or version == "1.4":
            entry["version"] = part.version
        entry |= {k: v for k, v in (("purl", part.purl), ("cpe", part.cpe)) if v}
        components.append(entry)
    refs = [c["bom-ref"] for c in components]
    out = {
        "bomFormat": "CycloneDX",
        "specVersion": version,
        "serialNumber": f"urn:uuid:{uuid.uuid5(SPACE, bom.file)}",
        "version": 1,
        "metadata": {"timestamp": bom.date, "tools": tools, "component": subject, "supplier": {"name": bom.make}},
        "components": components,
        "dependencies": [{"ref": "product", "dependsOn": refs}],
    }
    if version != "1.4":
        out["compositions"] = [{"aggregate": "complete", "assemblies": ["product"]}]
    return out


def spdx(bom: Bom) -> dict[str, Any]:
    """SPDX 2.3 JSON: the product is the package that the document describes."""
    packages: list[dict[str, Any]] = [
        {
            "SPDXID": "SPDXRef-product",
            "name": bom.product,
            "versionInfo": bom.version,
            "supplier": f"Organization: {bom.make}",
            "downloadLocation": "NOASSERTION",
            "filesAnalyzed": False,
        }
    ]
    relationships = [
        {"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": "SPDXRef-product"}
    ]
    for i, part in enumerate(bom.parts, 1):
        references = []
        if part.cpe:
            references.append(
                {"referenceCategory": "SECURITY", "referenceType": "cpe23Type", "referenceLocator": part.cpe}
            )
        if part.purl:
            references.append(
                {"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": part.purl}
            )
        package: dict[str, Any] = {
            "SPDXID": f"SPDXRef-{i}",
            "name": part.name,
            "versionInfo": part.version,
            "downloadLocation": "NOASSERTION",
            "filesAnalyzed": False,
            "externalRefs": references,
        }
        if part.type == "operating-system":
            package["primaryPackagePurpose"] = "OPERATING-SYSTEM"
        if part.maker:
            package["supplier"] = f"Organization: {part.maker}"
        packages.append(package)
        relationships.append(
            {"spdxElementId": "SPDXRef-product", "relationshipType": "CONTAINS", "relatedSpdxElement": f"SPDXRef-{i}"}
        )
    return {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"{bom.product} {bom.version}",
        "documentNamespace": f"https://sbom.{bom.make.split()[0].lower()}.example/{uuid.uuid5(SPACE, bom.file)}",
        "creationInfo": {"created": bom.date, "creators": [f"Organization: {bom.make}"]},
        "packages": packages,
        "relationships": relationships,
    }


def write(folder: Path) -> None:
    """`sbom/`."""
    for bom in BOMS:
        save_json(folder / "sbom" / bom.file, spdx(bom) if bom.form.startswith("spdx") else cyclonedx(bom))
