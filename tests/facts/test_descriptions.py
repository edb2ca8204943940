import html
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygie.facts.descriptions import FORMS, Told, told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Cisco IOS Software, Catalyst L3 Switch Software (CAT9K_IOSXE), Version 17.9.4",
            Told("Cisco", "Catalyst L3 Switch", "17.9.4"),
        ),
        ("Cisco NX-OS(tm) n5000, Software (n5000-uk9), Version 7.3(2), RELEASE", Told("Cisco", "n5000", "7.3(2)")),
        ("Cisco Adaptive Security Appliance Version 9.8(2)", Told("Cisco", "Adaptive Security Appliance", "9.8(2)")),
        (
            "Juniper Networks, Inc. ex2300-24t Ethernet Switch, kernel JUNOS 18.4R2.7, Build date: x",
            Told("Juniper Networks", "ex2300-24t", "18.4R2.7"),
        ),
        ("HP J9145A 2910al Switch, revision W.15.08.0007, ROM W.14.06", Told("HP", "2910al Switch", "W.15.08.0007")),
        ("Canon iR6570 /P", Told("Canon", "iR6570", "")),
        ("HP ETHERNET MULTI-ENVIRONMENT,ROM none,JETDIRECT,JD153,EEPROM JSI24180013", Told("HP", "", "")),
        (
            "H3C Comware Platform Software, Software Version 5.20, Release 1808P08 H3C S5800-56C-PWR Copyright",
            Told("H3C", "S5800-56C-PWR", "5.20"),
        ),
        ("Siemens AG SIMATIC S7 MULTIPORT SCALANCE X 200 FAM", Told("Siemens", "SCALANCE X 200", "")),
        (
            "Siemens, SIMATIC NET, SCALANCE X204-2, 6GK5 204-2BB10-2AA3, HW: Version 4, FW: Version V05.02.01",
            Told("Siemens", "SCALANCE X204-2", "05.02.01"),
        ),
        ("Dell Inc. OptiPlex 990,01,G22XB2S + HMI", Told("Dell", "OptiPlex 990", "")),
        ("Lexmark T632 version 55.10.87 kernel 2.4.0", Told("Lexmark", "T632", "55.10.87")),
        ("Aldebert Medical Zephyr 5, software 4.2.1", None),
        ("Linux srv 5.10.0-8-amd64 #1 SMP", None),
        ("a print server compatible with Canon iR6570 /P", None),
        ("", None),
    ],
)
def test_forms(text: str, expected: Told | None) -> None:
    assert told(text) == expected


def test_makers_of_real_descriptions_are_named_in_them(shared: Path) -> None:
    text = (shared / "fingerprints" / "recog" / "xml" / "snmp_sysdescr.xml").read_text("utf-8")
    examples = [html.unescape(found) for found in re.findall(r"<example[^>]*>([^<]*)</example>", text)]
    known = {example: found for example in examples if (found := told(example))}
    assert len(known) > 100
    assert {found.make for found in known.values()} | {"H3C"} == {make for make, _ in FORMS}
    bare = {"Extreme Networks": "extreme", "Juniper Networks": "juniper"}
    for example, found in known.items():
        assert bare.get(found.make, found.make).lower() in example.lower() or "procurve" in example.lower()
        assert found.product in " ".join(example.split())
        assert found.product.strip() or found.make == "HP", "HP print servers of old name no product"


@given(st.text(max_size=300))
def test_any_text_is_survived(text: str) -> None:
    found = told(text)
    assert found is None or found.make
