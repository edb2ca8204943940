from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygie.match.profiles import Attachments, agreement, profiles
from match.making import bom, device, naming, statement

DEVICES = [device("1"), device("2"), device("3", version=""), device("4", product="Scale 9"), device("5", serial="A-1")]


def test_devices_that_are_alike_share_one_profile() -> None:
    found, of = profiles(DEVICES, [bom()], naming())
    assert sorted(one.devices for one in found) == [1, 1, 3]
    assert {row.device for row in of} == {"1", "2", "3", "4", "5"}
    by = {row.device: row.profile for row in of}
    assert by["1"] == by["2"] == by["5"] != by["3"]


def test_sboms_attach_where_the_version_does_not_differ() -> None:
    boms = [bom(), bom("C", version="3.0"), bom("D", product="Scale 9")]
    found, _ = profiles(DEVICES, boms, naming())
    assert {(one.product, one.version): one.boms for one in found} == {
        ("Pump 7", "2.0"): ("B",),
        ("Pump 7", ""): ("B", "C"),
        ("Scale 9", "2.0"): ("D",),
    }


def test_a_doubtful_sbom_gives_way_to_a_sure_one() -> None:
    attachments = Attachments(naming(), [bom(), bom("C", version="")])
    assert attachments.of("Acme", "Pump 7", "2.0") == {"B": 1.0}
    assert set(attachments.of("Acme", "Pump 7", "9.9")) == {"C"}


@pytest.mark.parametrize(
    ("bom_version", "version", "firmware", "expected"),
    [
        ("2.0", "2.0.0", "", 1.0),
        ("2.0", "3.0", "", 0.0),
        ("2.0", "", "", 0.8),
        ("", "2.0", "", 0.8),
        ("2.0", "9.9", "2.0", 1.0),
        ("VB20", "2.0", "", 0.8),
    ],
)
def test_agreement(bom_version: str, version: str, firmware: str, expected: float) -> None:
    assert agreement(bom_version, version, firmware) == expected


def test_what_traffic_tells_makes_another_profile() -> None:
    found, _ = profiles(DEVICES[:2], [], naming(), {"1": ("cpe:2.3:a:v:p:1",)})
    assert sorted(one.cpes for one in found) == [(), ("cpe:2.3:a:v:p:1",)]


def test_a_system_of_which_only_the_family_is_known_is_not_asked_for() -> None:
    (found,), _ = profiles([replace(DEVICES[0], os="Linux", os_family=True)], [], naming())
    assert (found.os, found.os_version) == ("", "")
    (found,), _ = profiles([replace(DEVICES[0], os="Linux")], [], naming())
    assert found.os == "Linux"


def test_serials_are_kept_only_where_a_statement_asks_for_them() -> None:
    limited = [statement(limits=("serial_number=A-1",))]
    found, _ = profiles(DEVICES, [], naming(), None, limited)
    assert sorted(one.serials for one in found) == [(), (), (), ("A-1",)]


@given(st.permutations(DEVICES))
def test_the_order_of_devices_does_not_matter(devices) -> None:
    assert profiles(devices, [bom()], naming()) == profiles(DEVICES, [bom()], naming())
