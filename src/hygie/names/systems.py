"""Operating systems: from what a device or a table says to the names under which records speak of them.

`names_of` gives the CPE vendor and product, and the version, under each of the names that one system has: Windows 10
1809 is "windows_10_1809" with builds as versions, and "windows_10" with the release as version. A Windows 10 of which
nobody says more may be any of its releases: their names come too, not as certain.
Source: CPE dictionary's names; Microsoft's release information (builds).
"""

import re
from functools import lru_cache
from typing import NamedTuple

from hygie.names import windows


class System(NamedTuple):
    """One name of an operating system."""

    vendor: str
    product: str
    version: str
    """"" not known."""
    scheme: str
    update: str = ""
    """CPE update attribute ("sp1"); "" not said."""
    certain: bool = True
    """False: one of several releases that it may be."""


_OTHERS: tuple[tuple[str, str, str], ...] = (
    (r"ubuntu", "canonical", "ubuntu_linux"),
    (r"debian", "debian", "debian_linux"),
    (r"red ?hat|rhel", "redhat", "enterprise_linux"),
    (r"centos", "centos", "centos"),
    (r"opensuse(?: leap)?", "opensuse", "leap"),
    (r"suse|sles", "suse", "linux_enterprise_server"),
    (r"oracle linux(?: server)?", "oracle", "linux"),
    (r"rocky(?: linux)?", "rocky", "rocky_linux"),
    (r"alma ?linux", "almalinux", "almalinux"),
    (r"amazon linux", "amazon", "linux_2"),
    (r"yocto(?: linux)?", "linuxfoundation", "yocto"),
    (r"alpine", "alpinelinux", "alpine_linux"),
    (r"vxworks", "windriver", "vxworks"),
    (r"qnx", "blackberry", "qnx_software_development_platform"),
    (r"integrity", "ghs", "integrity"),
    (r"nucleus", "siemens", "nucleus_rtos"),
    (r"threadx", "microsoft", "azure_rtos_threadx"),
    (r"freertos", "amazon", "freertos"),
    (r"android", "google", "android"),
    (r"mac ?os x", "apple", "mac_os_x"),
    (r"mac ?os|os x", "apple", "macos"),
    (r"ipad ?os", "apple", "ipados"),
    (r"cisco ios xe|ios xe", "cisco", "ios_xe"),
    (r"cisco ios", "cisco", "ios"),
    (r"ios", "apple", "iphone_os"),
    (r"freebsd", "freebsd", "freebsd"),
    (r"solaris|sunos", "oracle", "solaris"),
    (r"linux", "linux", "linux_kernel"),
)
_BUILT_FROM: tuple[tuple[str, str], ...] = (
    (r"(?:windows )?embedded (?:industry )?8\.1(?: industry)?", "windows 8.1"),
    (r"(?:windows )?embedded (?:standard )?8|\bwe ?8s\b|\bwes 8", "windows 8"),
    (r"(?:windows )?(?:embedded )?posready 2009|(?:windows )?embedded (?:standard )?2009|\bwes 2009", "windows xp sp3"),
    (r"windows embedded xp|\bxpe\b|^xp embedded", "windows xp"),
    (r"(?:windows )?(?:embedded )?posready 7|(?:windows )?embedded (?:std |standard )?7|\bwes 7", "windows 7"),
    (r"windows embedded standard (?=sp ?1|6\.1)", "windows 7 "),
)
"""Embedded systems -> the system that they are built from, under whose name records speak of them."""
_CODENAMES = {
    "trixie": "13", "bookworm": "12", "bullseye": "11", "buster": "10", "stretch": "9", "jessie": "8", "wheezy": "7",
}  # fmt: skip
_WINDOWS = re.compile(
    r"windows\s+(?P<ce>(?:embedded )?ce|embedded compact)?\s*(?P<server>server\s+)?"
    r"(?P<name>2000|2003|2008|2012|2016|2019|2022|2025|xp|vista|nt|7|8\.1|8|10|11)?\b(?P<r2>\s*r2)?",
)
_RELEASE = re.compile(r"\b(1507|1511|1607|1703|1709|1803|1809|1903|1909|2004|20h2|21h1|21h2|22h2|23h2|24h2|25h2)\b")
_BUILT = re.compile(r"\b(?:[56]\.\d|10\.0)\.\d{4,5}(?:\.\d+)?\b")
"""A full version number of Windows within a name: a GMAO has one column for both."""
_KERNEL = re.compile(r"\bnt (?!4\b)\d")
"""A number that several systems share, as programs give it ("Windows NT 6.1"): none of them is the NT of 1996."""
_LONG_TERM = {"2015": "1507", "2016": "1607", "2019": "1809", "2021": "21h2"}
"""Year of a long-term edition of Windows 10 -> its release."""
_LONG_TERM_11 = {"2024": "24h2"}
_TERMS = {"ltsb": ["1507", "1607"], "ltsc": ["1809", "21h2"]}
"""Long-term editions of Windows 10 by the name that they went by, where no year is said."""
_BARE = re.compile(
    r"\b(?:10240|10586|14393|15063|16299|17134|17763|1836[23]|1904[1-5]|22000|226[23]1|26[12]00)(?:\.\d+)?\b"
)
"""A build without the numbers before it."""
_VERSION = re.compile(r"\d+(?:\.\d+)*[a-z]?\d*")


@lru_cache(maxsize=20_000)
def names_of(os: str, os_version: str) -> tuple[System, ...]:
    """All names of a system; () where it is not known to this table."""
    low = " ".join(os.lower().replace("®", " ").split())
    if not low:
        return ()
    for embedded, plain in _BUILT_FROM:
        low = re.sub(embedded, plain, low)
    if "windows" in low:
        return _windows(low, os_version.lower().strip())
    for pattern, vendor, product in _OTHERS:
        if re.search(rf"\b(?:{pattern})", low):
            version = os_version.strip()
            if not version:
                found = _VERSION.search(re.sub(pattern, " ", low))
                version = found.group() if found else ""
            return _others(vendor, product, version, low)
    return ()


def _others(vendor: str, product: str, version: str, low: str) -> tuple[System, ...]:
    """Names of a system that is no Windows."""
    if product == "debian_linux" and not version:
        version = next((number for name, number in _CODENAMES.items() if name in low), "")
    if product == "ubuntu_linux" and re.fullmatch(r"\d\d", version):
        return tuple(System(vendor, product, f"{version}.{month}", "generic", certain=False) for month in ("04", "10"))
    pack = re.search(r"\bsp ?(\d)", f"{low} {version.lower()}") if vendor == "suse" else None
    if pack:
        version = re.sub(r"(?i)[ -]*sp ?\d.*", "", version)
    names = [System(vendor, product, version, "generic", f"sp{pack.group(1)}" if pack else "")]
    major, dot, minor = version.partition(".")
    if product in ("enterprise_linux", "centos") and dot and minor != "0":
        names.append(System(vendor, product, f"{major}.0", "generic", certain=False))
    if product == "mac_os_x":
        names.append(System(vendor, "macos", version, "generic"))
    return tuple(names)


def _windows(low: str, version: str) -> tuple[System, ...]:
    """Names of a Windows."""
    found = _WINDOWS.search(low)
    if found is None:
        return ()
    if not version and (built := _BUILT.search(low)):
        version = built.group()
    text = f"{low} {version}"
    if found.group("ce"):
        return (System("microsoft", "windows_ce", version, "generic"),)
    year = found.group("name") or ""
    if not year or (year == "nt" and _KERNEL.search(low)):
        return ()
    pack = re.search(r"\b(?:sp|service pack)\s*(\d)", text)
    place = windows.parse(version)
    update = f"sp{pack.group(1)}" if pack else windows.PACKS.get(place.build, "") if place else ""
    if found.group("server") or (len(year) == 4 and year != "2000"):
        base = f"windows_server_{year}" + ("_r2" if found.group("r2") else "")
        return _with_build(base, version, update)
    if year in ("10", "11"):
        return _tens(year, text, version)
    return _with_build(f"windows_{year}", version, update)


def _with_build(product: str, version: str, update: str) -> tuple[System, ...]:
    """A Windows before 10, or a server: its service pack counts, its build where known."""
    build = version if windows.parse(version) is not None and version[:1].isdigit() and "." in version else ""
    names = [System("microsoft", product, build, "windows", update)]
    head, _, tail = product.rpartition("_")
    if tail == "r2":
        names.append(System("microsoft", head, "r2", "generic", update))
    if update:
        names.append(System("microsoft", f"{product}_{update}", build, "windows"))
    return tuple(names)


def _tens(year: str, text: str, version: str) -> tuple[System, ...]:
    """Windows 10 and 11: the release is part of the newer names, the version of the older ones."""
    release = _RELEASE.search(text)
    edition = re.search(r"\blts[bc]\s+(20\d\d)\b|\b(20\d\d)\s+lts[bc]\b", text)
    terms = _LONG_TERM if year == "10" else _LONG_TERM_11
    named = terms.get(edition.group(1) or edition.group(2), "") if edition else ""
    if not release and not named and not version and (bare := _BARE.search(text)):
        version = bare.group()
    name = release.group(1) if release else named or _release_of(year, version)
    place = windows.parse(version)
    build = version if place is not None and place.revision is not None else ""
    product = f"windows_{year}"
    names = [System("microsoft", product, name or "", "windows")]
    if name:
        names.append(System("microsoft", f"{product}_{name}", build, "windows"))
    elif place is None:
        term = re.search(r"\blts[bc]\b", text)
        perhaps = (_TERMS[term.group()] if term else _releases("10")) if year == "10" else _releases(year)
        names += [System("microsoft", f"{product}_{one}", "", "windows", certain=False) for one in perhaps]
    return tuple(names)


def _releases(year: str) -> list[str]:
    """Names of the releases of Windows 10 or 11."""
    plain = {release.removeprefix("11 ") for release in windows.RELEASES if release.startswith("11 ") == (year == "11")}
    return sorted(release for release in plain if _RELEASE.fullmatch(release))


def _release_of(year: str, version: str) -> str:
    """Release name of a build; "" not known."""
    place = windows.parse(version)
    if place is None:
        return ""
    for release, build in windows.RELEASES.items():
        plain = release.removeprefix("11 ")
        if build == place.build and _RELEASE.fullmatch(plain) and (year == "11") == release.startswith("11 "):
            return plain
    return ""
