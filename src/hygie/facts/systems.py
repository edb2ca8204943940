# ruff: noqa: E501
"""Operating systems met in devices, and the day on which their maker's support ends.

What comes in: a system's name as a GMAO, an MDS2 or traffic writes it ("Win10 1809", "Windows 7 Embedded",
"Windows 5.1", "10.0.17763"). What goes out: `systems()`, the table; `recognised(text)`, the `System` it names, or None:
a name that is not in the table is unknown, never supported; `spelled(text)`, the name as its maker writes it, by which
vulnerabilities are found too.

The name rarely says the edition, and editions end years apart. Where several fit, `end` is the earliest end and
`latest` the last one: between the two nobody can tell without the edition, and it is said so.

A date here is the system maker's. The device's manufacturer may hold an extended contract, or have ended its own
support earlier: its word comes first. Debian's end is that of its long-term support, which reaches every installation
through the ordinary archive.

Source: endoflife.date, 2026-08-22 (Windows, Windows Server, Windows Embedded, Ubuntu, RHEL, CentOS, Oracle Linux);
distro-info-data 0.58+deb12u7, `eol-lts` (Debian); Microsoft, "Windows Embedded Product Support Lifecycle FAQ" (XP Embedded, Embedded Standard
2009, POSReady 2009).
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

VERSION = "2026-08-22"
"""Day of the list that the dates come from."""


@dataclass(frozen=True, slots=True)
class System:
    """One operating system, or several that a name cannot tell apart."""

    key: str
    """Stable: "windows-10-1809-ltsc"."""
    name: str
    """As shown."""
    end: str
    """ISO date of the last ordinary security update; "" no public date."""
    extended: str
    """ISO date up to which an extension exists (paid, or by volunteers); "" none known."""
    latest: str
    """ISO date of the latest end among the editions that the name may mean; equal to end where it means one."""
    source: str
    """"list:cycle" of the source, or its name."""
    pattern: str
    """Regular expression over the normal form of a name (see `normal`); the first that fits wins."""

    @property
    def family(self) -> str:
        """What people call it, whatever the release: "Windows 10" for "Windows 10 1809". What is known by a number that
        several systems share counts with the one that is met in devices: "Windows 7" for "Windows 7 / Server 2008 R2".
        """
        found = _FAMILY.match(self.name)
        return found.group() if found else self.name

    @property
    def shared(self) -> bool:
        """Several systems go by what was said of it, and nothing tells which."""
        return " / " in self.name

    def out(self, day: str) -> bool | None:
        """Whether support has ended on an ISO day. None: no public date, or it depends on the edition."""
        if not self.end:
            return None
        if day <= self.end:
            return False
        return True if day > self.latest else None


_FAMILY = re.compile(r"Windows (?:7|8\.1|8|10|11)\b")
"""Names whose releases people do not tell apart."""

_LTS = r"(?:ltsc|ltsb)"

_TABLE: tuple[tuple[str, str, str, str, str, str, str], ...] = (
    # key, name, end, extended, latest ("" = end), source, pattern
    # Windows Embedded and CE, before the systems that they are built from
    ("windows-embedded-8.1-industry", "Windows Embedded 8.1 Industry", "2023-07-11", "", "", "windows-embedded:8.1-industry", r"windows embedded 8 1|windows 8 1 embedded|embedded 8 1 industry"),
    ("windows-embedded-8", "Windows Embedded 8 Standard", "", "", "", "no date found", r"windows embedded (?:standard )?8|windows 8 embedded|\bwes ?8\b|\bwe8s\b"),
    ("windows-embedded-compact-2013", "Windows Embedded Compact 2013", "2023-10-10", "", "", "windows-embedded:compact-2013", r"compact 2013|\bwec ?2013\b|windows ce 8"),
    ("windows-embedded-compact-7", "Windows Embedded Compact 7", "2021-04-13", "", "", "windows-embedded:compact-7", r"compact 7|\bwec ?7\b|windows ce 7"),
    ("windows-ce", "Windows CE", "", "", "", "no date found", r"windows (?:embedded )?ce\b|\bwince\b"),
    ("windows-posready-7", "Windows Embedded POSReady 7", "2021-10-12", "", "", "windows-embedded:posready-7", r"posready 7"),
    ("windows-posready-2009", "Windows Embedded POSReady 2009", "2019-04-09", "", "", "Microsoft FAQ", r"posready 2009"),
    ("windows-embedded-standard-7", "Windows Embedded Standard 7", "2020-10-13", "", "", "windows-embedded:standard-7-sp1", r"embedded standard 7|windows 7 (?:\w+ )*?(?:embedded|fes)|windows embedded 7|\bwes ?7\b|windows embedded standard (?:sp 1|6 1)"),
    ("windows-embedded-standard-2009", "Windows Embedded Standard 2009", "2019-01-08", "", "", "Microsoft FAQ", r"embedded standard 2009|windows embedded 2009|\bwes ?2009\b"),
    ("windows-xp-embedded", "Windows XP Embedded", "2016-01-12", "", "", "Microsoft FAQ", r"xp embedded|windows embedded xp|\bxpe\b"),
    # Windows 11
    ("windows-11-24h2-iot-ltsc", "Windows 11 IoT Enterprise LTSC 2024", "2034-10-10", "", "", "windows:11-24h2-iot-lts", rf"windows 11 (?=.*\biot\b)(?=.*{_LTS})"),
    ("windows-11-24h2-ltsc", "Windows 11 Enterprise LTSC 2024", "2029-10-09", "", "2034-10-10", "windows:11-24h2-e-lts", rf"windows 11 .*{_LTS}"),
    ("windows-11-26h1", "Windows 11 26H1", "2028-03-14", "", "2029-03-13", "windows:11-26h1-w", r"windows 11 .*26h1|\b28000\b"),
    ("windows-11-25h2", "Windows 11 25H2", "2027-10-12", "", "2028-10-10", "windows:11-25h2-w", r"windows 11 .*25h2|\b26200\b"),
    ("windows-11-24h2", "Windows 11 24H2", "2026-10-13", "", "2034-10-10", "windows:11-24h2-w", r"windows 11 .*(?:24h2|\b26100\b)"),
    ("windows-11-23h2", "Windows 11 23H2", "2025-11-11", "", "2026-11-10", "windows:11-23h2-w", r"windows 11 .*23h2|\b22631\b"),
    ("windows-11-22h2", "Windows 11 22H2", "2024-10-08", "", "2025-10-14", "windows:11-22h2-w", r"windows 11 .*22h2|\b22621\b"),
    ("windows-11-21h2", "Windows 11 21H2", "2023-10-10", "", "2024-10-08", "windows:11-21h2-w", r"windows 11 .*21h2|\b22000\b"),
    ("windows-11", "Windows 11", "", "", "", "version not said", r"windows 11\b"),
    # Windows 10
    ("windows-10-21h2-iot-ltsc", "Windows 10 IoT Enterprise LTSC 2021", "2032-01-13", "", "", "windows:10-21h2-iot-lts", rf"windows 10 (?=.*\biot\b)(?=.*{_LTS})(?=.*(?:2021|21h2))"),
    ("windows-10-21h2-ltsc", "Windows 10 Enterprise LTSC 2021", "2027-01-12", "", "2032-01-13", "windows:10-21h2-e-lts", rf"windows 10 (?=.*{_LTS})(?=.*(?:2021|21h2))"),
    ("windows-10-1809-ltsc", "Windows 10 Enterprise LTSC 2019 (1809)", "2029-01-09", "", "", "windows:10-1809-e-lts", rf"windows 10 (?=.*{_LTS})(?=.*(?:2019|1809))"),
    ("windows-10-1607-ltsb", "Windows 10 Enterprise LTSB 2016 (1607)", "2026-10-13", "", "", "windows:10-1607-e-lts", rf"windows 10 (?=.*{_LTS})(?=.*(?:2016|1607))"),
    ("windows-10-1507-ltsb", "Windows 10 Enterprise LTSB 2015 (1507)", "2025-10-14", "", "", "windows:10-1507-e-lts", rf"windows 10 (?=.*{_LTS})(?=.*(?:2015|1507))"),
    ("windows-10-ltsc", "Windows 10 LTSC", "2025-10-14", "", "2032-01-13", "windows:10-1507-e-lts", rf"windows 10 .*{_LTS}"),
    ("windows-10-22h2", "Windows 10 22H2", "2025-10-14", "2028-10-10", "", "windows:10-22h2", r"windows 10 .*22h2|\b19045\b"),
    ("windows-10-21h2", "Windows 10 21H2", "2023-06-13", "", "2032-01-13", "windows:10-21h2-w", r"windows 10 .*21h2|\b19044\b"),
    ("windows-10-21h1", "Windows 10 21H1", "2022-12-13", "", "", "windows:10-21h1", r"windows 10 .*21h1|\b19043\b"),
    ("windows-10-20h2", "Windows 10 20H2", "2022-05-10", "", "2023-05-09", "windows:10-20h2-w", r"windows 10 .*20h2|\b19042\b"),
    ("windows-10-2004", "Windows 10 2004", "2021-12-14", "", "", "windows:10-2004", r"windows 10 .*\b2004\b|\b19041\b"),
    ("windows-10-1909", "Windows 10 1909", "2021-05-11", "", "2022-05-10", "windows:10-1909-w", r"windows 10 .*\b1909\b|\b18363\b"),
    ("windows-10-1903", "Windows 10 1903", "2020-12-08", "", "", "windows:10-1903", r"windows 10 .*\b1903\b|\b18362\b"),
    ("windows-10-1809", "Windows 10 1809", "2020-11-10", "", "2029-01-09", "windows:10-1809-w", r"windows 10 (?!0 ).*\b(?:1809|17763)\b"),
    ("windows-10-1803", "Windows 10 1803", "2019-11-12", "", "2021-05-11", "windows:10-1803-w", r"windows 10 .*\b1803\b|\b17134\b"),
    ("windows-10-1709", "Windows 10 1709", "2019-04-09", "", "2020-10-13", "windows:10-1709-w", r"windows 10 .*\b1709\b|\b16299\b"),
    ("windows-10-1703", "Windows 10 1703", "2018-10-09", "", "2019-10-08", "windows:10-1703-w", r"windows 10 .*\b1703\b|\b15063\b"),
    ("windows-10-1607", "Windows 10 1607", "2018-04-10", "", "2026-10-13", "windows:10-1607-w", r"windows 10 (?!0 ).*\b(?:1607|14393)\b"),
    ("windows-10-1511", "Windows 10 1511", "2017-10-10", "", "", "windows:10-1511", r"windows 10 .*\b1511\b|\b10586\b"),
    ("windows-10-1507", "Windows 10 1507", "2017-05-09", "", "2025-10-14", "windows:10-1507", r"windows 10 .*\b1507\b|\b10240\b"),
    # Windows Server, before bare Windows names
    ("windows-server-2025", "Windows Server 2025", "2034-11-14", "", "", "windows-server:2025", r"server 2025"),
    ("windows-server-2022", "Windows Server 2022", "2031-10-14", "", "", "windows-server:2022", r"server 2022|\b20348\b"),
    ("windows-server-2019", "Windows Server 2019", "2029-01-09", "", "", "windows-server:2019", r"server 2019"),
    ("windows-server-2016", "Windows Server 2016", "2027-01-12", "2030-01-12", "", "windows-server:2016", r"server 2016"),
    ("windows-server-2012-r2", "Windows Server 2012 R2", "2023-10-10", "2026-10-13", "", "windows-server:2012-r2", r"server 2012 r ?2"),
    ("windows-server-2012", "Windows Server 2012", "2023-10-10", "2026-10-13", "", "windows-server:2012", r"server 2012"),
    ("windows-server-2008-r2", "Windows Server 2008 R2", "2020-01-14", "2023-01-10", "", "windows-server:2008-r2-sp1", r"server 2008 r ?2"),
    ("windows-server-2008", "Windows Server 2008", "2020-01-14", "2023-01-10", "", "windows-server:2008-sp2", r"server 2008"),
    # builds that client and server editions share
    ("windows-26100", "Windows 11 24H2 / Server 2025 (26100)", "2026-10-13", "", "2034-11-14", "windows:11-24h2-w", r"\b26100\b"),
    ("windows-17763", "Windows 10 1809 / Server 2019 (17763)", "2020-11-10", "", "2029-01-09", "windows:10-1809-w", r"\b17763\b"),
    ("windows-14393", "Windows 10 1607 / Server 2016 (14393)", "2018-04-10", "", "2027-01-12", "windows:10-1607-w", r"\b14393\b"),
    ("windows-server-2003", "Windows Server 2003", "2015-07-14", "", "", "windows-server:2003-sp2", r"server 2003|windows 2003|windows (?:nt )?5 2\b|\b5 2 3790\b"),
    ("windows-2000", "Windows 2000", "2010-07-13", "", "", "windows-server:2000", r"windows (?:server )?2000|windows (?:nt )?5 0\b|\b5 0 2195\b"),
    # Windows, no edition or version said; a name goes before a number that several systems share
    ("windows-10.0", "Windows 10 / Windows 11 / Server 2016 to 2025", "", "", "", "version not said", r"windows nt 10 0\b"),
    ("windows-10", "Windows 10", "2025-10-14", "2028-10-10", "2032-01-13", "windows:10-22h2", r"windows 10\b"),
    ("windows-8.1-client", "Windows 8.1", "2023-01-10", "", "", "windows:8.1", r"windows 8 1\b"),
    ("windows-8.1", "Windows 8.1 / Server 2012 R2", "2023-01-10", "", "2023-10-10", "windows:8.1", r"windows (?:nt )?6 3\b|\b6 3 9600\b"),
    ("windows-8", "Windows 8", "2016-01-12", "", "", "windows:8", r"windows 8\b"),
    ("windows-6.2", "Windows 8 / Server 2012", "2016-01-12", "", "2023-10-10", "windows:8", r"windows (?:nt )?6 2\b|\b6 2 9200\b"),
    ("windows-7", "Windows 7", "2020-01-14", "", "", "windows:7-sp1", r"windows 7\b|windows seven\b|^seven\b"),
    ("windows-6.1", "Windows 7 / Server 2008 R2", "2020-01-14", "2023-01-10", "2020-10-13", "windows:7-sp1", r"windows (?:nt )?6 1\b|\b6 1 760[01]\b"),
    ("windows-vista", "Windows Vista", "2017-04-11", "", "", "windows:6-sp2", r"windows vista|windows (?:nt )?6 0\b|\b6 0 600[0-9]\b"),
    ("windows-xp", "Windows XP", "2014-04-08", "", "", "windows:5-sp3", r"windows xp|windows (?:nt )?5 1\b|\b5 1 2600\b"),
    ("windows-nt4", "Windows NT 4.0", "", "", "", "no date found", r"windows nt(?: 4(?: 0)?)?\b(?! \d)|\bnt ?4\b"),
    # Linux
    ("debian-13", "Debian 13", "2030-06-30", "", "", "distro-info-data", r"debian (?:gnu linux )?13\b|\btrixie\b"),
    ("debian-12", "Debian 12", "2028-06-30", "", "", "distro-info-data", r"debian (?:gnu linux )?12\b|\bbookworm\b"),
    ("debian-11", "Debian 11", "2026-08-31", "", "", "distro-info-data", r"debian (?:gnu linux )?11\b|\bbullseye\b"),
    ("debian-10", "Debian 10", "2024-06-30", "", "", "distro-info-data", r"debian (?:gnu linux )?10\b|\bbuster\b"),
    ("debian-9", "Debian 9", "2022-06-30", "", "", "distro-info-data", r"debian (?:gnu linux )?9\b|\bstretch\b"),
    ("debian-8", "Debian 8", "2020-06-30", "", "", "distro-info-data", r"debian (?:gnu linux )?8\b|\bjessie\b"),
    ("debian-7", "Debian 7", "2018-05-31", "", "", "distro-info-data", r"debian (?:gnu linux )?7\b|\bwheezy\b"),
    ("ubuntu-26.04", "Ubuntu 26.04 LTS", "2031-04-30", "2036-04-30", "", "ubuntu:26.04", r"ubuntu (?:\w+ )?26 04"),
    ("ubuntu-24.04", "Ubuntu 24.04 LTS", "2029-05-31", "2036-05-31", "", "ubuntu:24.04", r"ubuntu (?:\w+ )?24 04"),
    ("ubuntu-22.04", "Ubuntu 22.04 LTS", "2027-04-01", "2032-04-09", "", "ubuntu:22.04", r"ubuntu (?:\w+ )?22 04"),
    ("ubuntu-20.04", "Ubuntu 20.04 LTS", "2025-05-31", "2030-04-02", "", "ubuntu:20.04", r"ubuntu (?:\w+ )?20 04"),
    ("ubuntu-18.04", "Ubuntu 18.04 LTS", "2023-05-31", "2028-04-01", "", "ubuntu:18.04", r"ubuntu (?:\w+ )?18 04"),
    ("ubuntu-16.04", "Ubuntu 16.04 LTS", "2021-04-02", "2026-04-02", "", "ubuntu:16.04", r"ubuntu (?:\w+ )?16 04"),
    ("ubuntu-14.04", "Ubuntu 14.04 LTS", "2019-04-02", "2024-04-02", "", "ubuntu:14.04", r"ubuntu (?:\w+ )?14 04"),
    ("ubuntu-12.04", "Ubuntu 12.04 LTS", "2017-04-28", "2019-04-26", "", "ubuntu:12.04", r"ubuntu (?:\w+ )?12 04"),
    ("ubuntu-10.04", "Ubuntu 10.04 LTS", "2013-05-09", "", "", "ubuntu:10.04", r"ubuntu (?:\w+ )?10 04"),
    ("centos-stream-10", "CentOS Stream 10", "2030-05-31", "", "", "centos-stream:10", r"centos stream 10\b"),
    ("centos-stream-9", "CentOS Stream 9", "2027-05-31", "", "", "centos-stream:9", r"centos stream 9\b"),
    ("centos-stream-8", "CentOS Stream 8", "2024-05-31", "", "", "centos-stream:8", r"centos stream 8\b"),
    ("centos-8", "CentOS 8", "2021-12-31", "", "", "centos:8", r"centos (?:linux )?(?:release )?8\b"),
    ("centos-7", "CentOS 7", "2024-06-30", "", "", "centos:7", r"centos (?:linux )?(?:release )?7\b"),
    ("centos-6", "CentOS 6", "2020-11-30", "", "", "centos:6", r"centos (?:linux )?(?:release )?6\b"),
    ("centos-5", "CentOS 5", "2017-03-31", "", "", "centos:5", r"centos (?:linux )?(?:release )?5\b"),
    ("rhel-10", "Red Hat Enterprise Linux 10", "2035-05-31", "2039-05-31", "", "rhel:10", r"rhel 10\b"),
    ("rhel-9", "Red Hat Enterprise Linux 9", "2032-05-31", "2036-05-31", "", "rhel:9", r"rhel 9\b"),
    ("rhel-8", "Red Hat Enterprise Linux 8", "2029-05-31", "2033-05-31", "", "rhel:8", r"rhel 8\b"),
    ("rhel-7", "Red Hat Enterprise Linux 7", "2024-06-30", "2029-05-31", "", "rhel:7", r"rhel 7\b"),
    ("rhel-6", "Red Hat Enterprise Linux 6", "2020-11-30", "2024-06-30", "", "rhel:6", r"rhel 6\b"),
    ("rhel-5", "Red Hat Enterprise Linux 5", "2017-03-31", "2020-11-30", "", "rhel:5", r"rhel 5\b"),
    ("rhel-4", "Red Hat Enterprise Linux 4", "2012-02-29", "2017-03-31", "", "rhel:4", r"rhel 4\b"),
    ("oracle-linux-9", "Oracle Linux 9", "2032-06-30", "2035-06-30", "", "oracle-linux:9", r"oracle linux (?:server )?(?:release )?9\b"),
    ("oracle-linux-8", "Oracle Linux 8", "2029-07-31", "2032-07-31", "", "oracle-linux:8", r"oracle linux (?:server )?(?:release )?8\b"),
    ("oracle-linux-7", "Oracle Linux 7", "2024-12-31", "2028-06-30", "", "oracle-linux:7", r"oracle linux (?:server )?(?:release )?7\b"),
    ("oracle-linux-6", "Oracle Linux 6", "2021-03-31", "2024-12-31", "", "oracle-linux:6", r"oracle linux (?:server )?(?:release )?6\b"),
    # real-time systems: their makers publish no common date
    ("vxworks", "VxWorks", "", "", "", "no date found", r"\bvxworks\b|\bvx works\b"),
    ("qnx", "QNX", "", "", "", "no date found", r"\bqnx\b"),
)  # fmt: skip


@cache
def systems() -> dict[str, System]:
    """The table by key."""
    return {row[0]: System(*row[:4], row[4] or row[2], *row[5:]) for row in _TABLE}


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], System], ...]:
    return tuple((re.compile(system.pattern), system) for system in systems().values())


_YEARS = r"20(?:03|08|12|16|19|22|25)"
"""Years of servers."""
_CLIENTS = r"(?:7|8\.1|8|10|11)"
_EDITIONS = r"(?:pro|professional|professionnel|professionnelle|home|familiale?|ultimate|integrale?|enterprise|iot)"

_SPELLINGS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"\b(\d\d) h(\d)\b", r"\1h\2"),
        (r"\bentreprise\b|\bent(?=\b)", "enterprise"),
        (r"\b(?:serveur|srv|serv)(?=\b|\d)", "server"),
        (r"\bservice packs? ?(?=\d)", "sp "),
        (r"\b(?:microsoft|ms) (?=(?:windows|win|xp|server|wes|wec)\b|w(?:in)?\d|windows)", ""),
        # one word for system and number
        (r"\b(?:wxp|winxp)(?=\b|sp|pro)", "windows xp "),
        (r"\b(?:windows|win) ?(xp|vista|nt|ce)\b", r"windows \1"),
        (r"\bwin ?(?:server|srv)|\bwindowsserver|\bwinserver", "windows server "),
        (rf"\b(?:ws|w|win|windows|server)(?={_YEARS}(?:r2)?\b)", r"\g<0> "),
        (rf"\bws +(?={_YEARS}(?:r2)?\b)", "windows server "),
        (r"\b(?:win|windows|w|server)? ?2k ?(3|8|12|16|19|22|25)(?= |r2|$)", r"windows server 20\1 "),
        (r"\bserver 20([38])\b", r"server 200\1"),
        (r"\b(?:win|windows|w)2k\b", "windows 2000"),
        (r"\b(20(?:08|12)) ?r ?2\b", r"\1 r2"),
        (rf"\bw(?:in|indows)? ?({_CLIENTS})(?=(?:sp|pro|ent|iot|lts|x64|x86|embedded|home|fam|emb)[a-z]*\d*\b)", r"windows \1 "),
        (rf"\bw(?={_CLIENTS}\b)", "windows "),
        (rf"^w (?={_CLIENTS}\b|xp\b|{_YEARS}\b)", "windows "),
        (r"\b(windows|win|sp|rhel|sles|suse|redhat|debian|ubuntu|centos|wes|wec|server|vxworks|qnx)(?=\d)", r"\1 "),
        (r"(?<=\d)sp ?(?=\d)", " sp "),
        (r"\bwin\b", "windows"),
        (r"\b(?:windows +)+", "windows "),
        (r"^xp(?= (?:pro|professional|professionnel|sp ?\d|embedded|home)\b|$)", "windows xp"),
        (r"\bwindows seven\b|^seven\b", "windows 7"),
        (r"\bwindows eight\b", "windows 8"),
        (r"\bwindows ten\b", "windows 10"),
        (r"\bnt ?4\b(?! ?\.)", "nt 4"),
        # words between the system and its number
        (r"\b(?:v|ver|vers|version|build|release) ?(?=\d)", ""),
        (rf"\bwindows ((?:{_EDITIONS} )+)({_CLIENTS}|xp|vista)\b", r"windows \2 \1"),
        (r"\bwindows (?:professional|professionnel|pro)\b", "windows"),
        (r"^(?:windows )?(?:iot )?(?:enterprise )?(?=(?:lts[cb] )?20(?:15|16|19|21)\b)(?=.*\blts[cb]\b)(?!.*\bserver\b)", r"windows 10 \g<0>"),
        (r"^(?:windows )?(?:iot )?(?:enterprise )?(?=(?:lts[cb] )?2024\b)(?=.*\blts[cb]\b)(?!.*\bserver\b)", r"windows 11 \g<0>"),
        (r"^windows (1[01]) windows ", r"windows \1 "),
        (r"\bwindows (?=(?:1507|1511|1607|1703|1709|1803|1809|1903|1909)\b)", "windows 10 "),
        # servers, by their year
        (rf"\b(?:windows )?({_YEARS}(?: r2)?) (?:(?:std|standard|datacenter) )?server\b", r"windows server \1"),
        (rf"\bwindows(?= {_YEARS}\b)", "windows server"),
        (rf"^server(?= {_YEARS}\b)", "windows server"),
        # Linux
        (r"\bred ?hat(?: enterprise)?(?: linux)?(?: server)?(?: release)?\b|\brh ?el\b", "rhel"),
        (r"\bsuse linux enterprise(?: server)?\b|\bsle ?s\b", "sles"),
        (r"\bubuntu linux\b", "ubuntu"),
        (r"\b(ubuntu (?:server |lts )?(?:10|12|14|16|18|20))(?= lts\b|$)", r"\1.04"),
        (r"\b(ubuntu (?:server |lts )?\d\d) (04|10)\b", r"\1.\2"),
        (r"\bcent os\b", "centos"),
        (r"\bvx works\b", "vxworks"),
        (r"\bmac ?os ?x\b|\bos ?x\b", "mac os x"),
        (r" +", " "),
    )
)  # fmt: skip
"""How people write a system's name -> how its maker does, in the order in which they are undone."""


@cache
def spelled(text: str) -> str:
    """A system's name as its maker writes it, in lower case: "Win7", "W7", "Seven" and "MS-Windows v7" are "windows 7",
    "W2K8R2" is "windows server 2008 r2", "RHEL7" is "rhel 7". Dots stand between figures only. What is none of these is
    left as it is.

    Support dates and vulnerabilities are both sought by this form. "XP" alone is the system; within a longer name it is
    a product's. "Windows 2008" is the server of that year.
    """
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
    bare = re.sub(r"(?<!\d)\.|\.(?!\d)", " ", re.sub(r"\((?:r|tm)\)", " ", bare))
    plain = " ".join(re.findall(r"[a-z0-9.]+", bare))
    for pattern, instead in _SPELLINGS:
        plain = pattern.sub(instead, plain)
    return plain.strip()


def normal(text: str) -> str:
    """The form that patterns read: `spelled`, with a space for each dot; no name of a system is longer than this."""
    return " ".join(spelled(text)[:1000].replace(".", " ").split())


@cache
def recognised(text: str) -> System | None:
    """The system that a name means, or None where the table has none."""
    plain = normal(text)
    return next((system for pattern, system in _patterns() if pattern.search(plain)), None)
