import pytest

from hygie.facts.systems import recognised, systems
from hygie.match.claims import Part
from hygie.match.naming import Naming
from hygie.match.parts import ask, asked_of, is_comparable, sboms, system_parts
from hygie.match.records import Records
from hygie.model.knowledge import Applicability
from match.making import bom, component, cpe, row

OPENSSL = cpe("openssl", "openssl", "1.1.1k")
RECORDS = [row(cpe("openssl", "openssl"), "1.1.1n", start="1.1.1")]


def part(name: str, version: str, cpe: str = "", purl: str = "", make: str = "") -> Part:
    return Part("component", make, name, version, cpe, purl)


def test_documents_hold_each_component_once_and_not_the_product_itself() -> None:
    rows = [
        component("openssl", "1.1.1k", OPENSSL),
        component("openssl", "1.1.1k", OPENSSL),
        component("Pump 7", "2.0", make="Acme"),
    ]
    found = sboms([bom()], rows)["B"]
    assert [(one.product, where) for one, where in found.components] == [("openssl", "b#/components/openssl")]
    assert list(found.by_cpe) == [("openssl", "openssl")]
    assert not found.complete
    assert sboms([bom(completeness="complete")], rows)["B"].complete


def test_a_distribution_s_version_is_asked_without_its_revision() -> None:
    asked = asked_of(
        part("openssl", "1:1.1.1d-0+deb10u3", OPENSSL, "pkg:deb/debian/openssl@1%3A1.1.1d"), ("openssl", "openssl")
    )
    assert (asked.version, asked.scheme) == ("1.1.1d", "generic")


def test_the_package_type_chooses_the_order() -> None:
    assert asked_of(part("x", "1", purl="pkg:maven/a/x@1"), ("a", "x")).scheme == "maven"
    assert asked_of(part("x", "", cpe("v", "x", "3.1")), ("v", "x")).version == "3.1"
    assert asked_of(part("x", "", purl="pkg:npm/x@4.5.6"), ("v", "x")).version == "4.5.6"


def test_hits_by_cpe_are_sure_and_by_name_are_asked() -> None:
    records = Records(Naming(), RECORDS)
    by_cpe, by_name = (
        part("openssl", "1.1.1k", OPENSSL),
        part("openssl", "1.1.1k", "", "pkg:generic/openssl@1.1.1k", "OpenSSL"),
    )
    outside, other = (
        part("openssl", "1.1.1t", cpe("openssl", "openssl", "1.1.1t")),
        part("zlib", "1.2", cpe("z", "zlib")),
    )
    found = ask(records, [by_cpe, by_name, outside, other, by_cpe])
    assert set(found) == {by_cpe, by_name}
    assert [(one.probability, one.question) for one in found[by_cpe]] == [(1.0, "")]
    assert found[by_name][0].question == "question.match.component"


def test_a_damaged_package_url_or_cpe_is_no_error() -> None:
    assert ask(Records(Naming(), RECORDS), [part("openssl", "1", "cpe:nonsense", "pkg:")]) == {}


def test_systems_under_their_cpe_names() -> None:
    assert [key for key, _ in system_parts("Windows 10", "1809")] == [
        ("microsoft", "windows_10"),
        ("microsoft", "windows_10_1809"),
    ]
    assert system_parts("", "") == ()


def test_a_system_of_unknown_release_may_be_each_of_them() -> None:
    parts = dict(system_parts("Windows 10", ""))
    assert parts["microsoft", "windows_10"].certain
    assert not parts["microsoft", "windows_10_1809"].certain
    assert ("microsoft", "windows_11_23h2") not in parts
    assert parts["microsoft", "windows_10_22h2"].version == ""


def test_a_record_without_cpe_is_found_by_maker_and_product() -> None:
    told = row(end="2.4.60", start="2.4.0", make="Apache Software Foundation", product="Apache HTTP Server")
    records = Records(Naming(), [told])
    server = part("httpd", "2.4.57", cpe("apache", "http_server", "2.4.57"))
    supplied = part("HTTP Server", "2.4.57", make="Apache Software Foundation")
    fixed = part("httpd", "2.4.62", cpe("apache", "http_server", "2.4.62"))
    others = [part("tomcat", "2.4.57", cpe("apache", "tomcat", "2.4.57")), part("http_server", "2.4.57")]
    found = ask(records, [server, supplied, fixed, *others])
    assert set(found) == {server, supplied}
    assert {one.question for hits in found.values() for one in hits} == {""}


SPELLINGS = {
    "Windows 7 SP1": (
        "Win 7 SP1 | W7 SP1 | WIN 7 PRO SP1 | Seven SP1 | Win7SP1 | MS-Windows 7 SP1 | "
        "Windows v7 SP1 | Windows 7 Service Pack 1 | Windows 7 Professionnel SP1 64 bits | "
        "Win. 7 SP1 | Windows Seven SP1"
    ),
    "Windows 7": "Win7 | Windows Seven | Win. 7 | W7 | Seven | Win7Pro | Windows® 7 | MS Windows 7",
    "Windows 8.1": "Win8.1 | W8.1 | Win 8.1 Pro",
    "Windows XP SP3": "XP SP3 | WinXP SP3 | WXP SP3 | Microsoft Windows XP Pro SP3",
    "Windows 10": ("W10 | WINDOWS10 | Win10 IoT | Windows-10 | Win10Pro | MS Windows 10 | Windows Pro 10 | Windows_10"),
    "Windows 10 22H2": "Win 10 22H2 | W10 22H2 | Windows 10 Pro 22 H2 | win10-22h2 | Win10 build 19045",
    "Windows 10 1809": "windows-10-1809 | Win10 1809 | Windows 10 (1809) | Windows 10 v1809 | Win10 17763",
    "Windows 10 LTSB 2016": (
        "WIN10 LTSB 2016 | Windows 10 Enterprise 2016 LTSB | W10 LTSB 2016 | Win10 Entreprise LTSB 2016"
    ),
    "Windows 10 Enterprise LTSC 2021": "Win10 LTSC 2021 | Windows 10 Entreprise LTSC 2021 | Windows LTSC 2021",
    "Windows 10 LTSC": "Win 10 LTSC | W10 Entreprise LTSC",
    "Windows 11": "Win 11 | W11 | WINDOWS11 | Win11 Pro",
    "Windows 11 23H2": "W11 Pro 23H2 | Win11 23H2",
    "Windows Server 2019": (
        "WIN SERVER 2019 | Windows Srv 2019 | W2019 Server | WS2019 | Windows Serveur 2019 | "
        "W2K19 | Server 2019 | Windows 2019 Standard"
    ),
    "Windows Server 2016": "Win2016 | Windows 2016 | Windows Server 2016 Std | W2K16",
    "Windows Server 2012 R2": "SRV 2012R2 | W2K12R2 | Windows 2012 R2 Std | Win Server 2012R2",
    "Windows Server 2008 R2 SP1": "W2K8R2 SP1 | Windows 2008 R2 SP1 | Win2008R2 SP1",
    "Windows Embedded Standard 7": "WES7 | WES 7 | Windows 7 Embedded",
    "Ubuntu 18.04": "Ubuntu 18.04 LTS | UBUNTU 18 | Ubuntu Linux 18.04 | ubuntu-18.04",
    "Ubuntu 20.04": "UBUNTU 20 | Ubuntu20.04 | Ubuntu 20.04 LTS",
    "Debian 10": "Debian GNU/Linux 10 (buster) | DEBIAN10 | Debian v10",
    "Red Hat Enterprise Linux 7": "RHEL7 | RHEL 7 | RedHat 7 | Red Hat 7",
    "CentOS 7.9": "CentOS7.9 | CENTOS Linux release 7.9 | Cent OS 7.9",
    "SLES 12 SP5": "SLES12SP5 | SUSE Linux Enterprise Server 12 SP5 | sles 12-sp5",
    "VxWorks 6.9": "VxWorks6.9 | VX WORKS 6.9 | vxworks v6.9",
    "QNX 6.5": "QNX6.5 | qnx v6.5",
    "macOS 12.6": "MacOS 12.6 | Mac OS 12.6",
    "Mac OS X 10.11": "OSX 10.11 | OS X 10.11 | MacOSX 10.11",
}
"""A system's name -> other ways in which hospitals write it."""
PAIRS = [(name, other) for name, others in SPELLINGS.items() for other in others.split(" | ")]


@pytest.mark.parametrize(("name", "other"), PAIRS)
def test_a_system_is_the_same_however_it_is_spelled(name: str, other: str) -> None:
    """The same vulnerabilities, and the same end of support."""
    assert system_parts(name, "")
    assert system_parts(other, "") == system_parts(name, "")
    assert recognised(other) == recognised(name)


def test_at_least_sixty_spellings_are_tried() -> None:
    assert len(PAIRS) >= 60


def test_what_is_recognised_is_also_sought() -> None:
    """Who is not listed among the systems that nobody recognised is under some name of records."""
    assert [system.name for system in systems().values() if not system_parts(system.name, "")] == []
    for text in ("6.1.7601", "Windows 5.1", "10.0.17763", "WES2009", "POSReady 7", "wince 6", "NT4", "Debian buster"):
        assert recognised(text) is not None
        assert system_parts(text, ""), text


@pytest.mark.parametrize("text", ["", "propriétaire", "Version 7", "Lot seven", "IntelliVue 10", "MS-DOS", "Windows"])
def test_what_names_no_system_is_neither_sought_nor_recognised(text: str) -> None:
    assert system_parts(text, "") == ()
    assert recognised(text) is None


def test_a_number_that_systems_share_is_each_of_them_perhaps() -> None:
    parts = system_parts("6.1.7601", "")
    assert {key[1] for key, _ in parts} >= {"windows_7", "windows_server_2008_r2"}
    assert not any(asked.certain for _, asked in parts)


def test_name_and_version_in_two_columns_are_read_together() -> None:
    assert system_parts("Windows", "10 1809") == system_parts("Windows 10 1809", "")
    assert system_parts("Win7", "SP1") == system_parts("Windows 7 SP1", "")


def test_a_long_term_edition_without_a_year_is_one_of_its_releases() -> None:
    names = {key[1]: asked.certain for key, asked in system_parts("Win10 LTSC", "")}
    assert names == {"windows_10": True, "windows_10_1809": False, "windows_10_21h2": False}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Oracle Linux 8", "linux"),
        ("Rocky Linux 9", "rocky_linux"),
        ("Yocto Linux 3.1", "yocto"),
        ("Cisco IOS 15.2", "ios"),
    ],
)
def test_a_distribution_s_number_is_not_a_kernel_s(text: str, name: str) -> None:
    assert [key[1] for key, _ in system_parts(text, "")] == [name]


LOG4J = [row(cpe("apache", "log4j"), "2.15.0", start="2.0")]
SHIPPED = "pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1"
ASKED = "question.match.component"


def told(rows: list[Applicability], *parts: Part) -> list[tuple[str, ...]]:
    """Questions of each part's hits; () where nothing is found."""
    found = ask(Records(Naming(), rows), parts)
    return [tuple(one.question for one in found.get(one, ())) for one in parts]


def test_a_package_is_asked_under_the_product_that_facts_give_it() -> None:
    whole = part("log4j-core", "2.14.1", purl=SHIPPED, make="org.apache.logging.log4j")
    some = part("spring-web", "5.3.17", purl="pkg:maven/org.springframework/spring-web@5.3.17")
    none = part("log4j-api", "2.14.1", purl=SHIPPED.replace("-core", "-api"))
    fixed = part("log4j-core", "2.17.1", purl=SHIPPED.replace("2.14.1", "2.17.1"))
    other = part("log4j-to-slf4j", "2.14.1", purl=SHIPPED.replace("-core", "-to-slf4j"))
    rows = [*LOG4J, row(cpe("vmware", "spring_framework"), "5.3.18")]
    assert told(rows, whole, some, none, fixed, other) == [("",), (ASKED,), (), (), ()]


def test_a_name_alone_is_asked_about_where_nobody_says_another_vendor() -> None:
    alone, both = part("log4j", "2.14.1"), part("Apache Log4j", "2.14.1")
    supplied = part("Log4j", "2.14.1", make="The Apache Software Foundation")
    assert told(LOG4J, alone, both, supplied) == [(ASKED,)] * 3
    rows = [row(cpe("initech", "ledger"), "3.0")]
    mine, theirs = part("ledger", "1.0"), part("ledger", "1.0", make="Umbrella")
    assert told(rows, mine, theirs) == [(ASKED,), ()]


def test_a_name_that_many_vendors_give_tells_none_of_them() -> None:
    rows = [row(cpe(f"vendor{number}", "portal"), "3.0") for number in range(4)]
    assert told(rows, part("portal", "1.0")) == [()]
    assert told(rows[:3], part("portal", "1.0")) == [(ASKED,) * 3]


def test_what_runs_inside_another_product_is_not_meant_by_a_bare_name() -> None:
    plugin = row(cpe("initech", "ledger", rest="*:*:*:*:wordpress:*:*"), "3.0")
    assert told([plugin], part("ledger", "1.0"), part("ledger", "1.0", purl="pkg:npm/ledger@1.0")) == [(), ()]


def test_a_distribution_packs_no_module_of_another_product_under_its_bare_name() -> None:
    rows = [row(cpe("tar_project", "tar", rest="*:*:*:*:node.js:*:*"), "4.4.15"), row(cpe("gnu", "tar"), "1.36")]
    (questions,) = told(rows, part("tar", "1.34+dfsg-1", purl="pkg:deb/debian/tar@1.34%2Bdfsg-1"))
    assert questions == ("question.match.backport",)


def test_a_distribution_s_package_is_asked_by_its_source() -> None:
    rows = [row(cpe("zlib", "zlib"), "1.2.12")]
    deb = "pkg:deb/debian/zlib1g@1:1.2.11.dfsg-2"
    upstream = "pkg:rpm/redhat/zlib-static@1.2.11-17.el8?arch=x86_64&upstream=zlib-1.2.11-17.el8.src.rpm"
    parts = [part("zlib1g", "1:1.2.11.dfsg-2", purl=deb), part("zlib-static", "1.2.11-17.el8", purl=upstream)]
    newer = part("zlib1g", "1:1.2.13.dfsg-1", purl=deb.replace("1.2.11.dfsg-2", "1.2.13.dfsg-1"))
    backport = ("question.match.backport",)
    assert told(rows, *parts, newer) == [backport, backport, ()]


def test_a_package_is_found_in_a_record_that_has_names_only() -> None:
    named = row(end="2.15.0", start="2.0", make="Apache Software Foundation", product="Apache Log4j")
    whole, other = part("log4j-core", "2.14.1", purl=SHIPPED), part("log4j-core", "2.14.1", purl="pkg:npm/log4j-core")
    assert told([named], whole, other) == [("",), ()]


def test_what_could_be_compared() -> None:
    records = Records(Naming(), [*LOG4J, row(purl="pkg:npm/lodash", end="4.17.21")])
    yes = [
        part("x", "1", cpe("a", "b")),
        part("y", "1", purl="pkg:npm/y@1"),
        part("log4j", "1"),
        part("z", "1", purl=SHIPPED),
    ]
    no = [
        part("house-made", "1"),
        part("y", "1", purl="pkg:gem/y@1"),
        part("zlib1g", "1", purl="pkg:deb/debian/zlib1g@1"),
    ]
    assert [is_comparable(records, one) for one in (*yes, *no)] == [True] * 4 + [False] * 3
    assert not is_comparable(Records(Naming(), []), yes[0])
