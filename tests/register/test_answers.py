from dataclasses import replace
from typing import Any

from hygie.model.evidence import Speaker, Trait
from hygie.model.fleet import Connectable, Device, Seen
from hygie.register.answers import KIND_RULES, answers
from hygie.register.fold import Attribute
from hygie.register.kinds import RULES

NOBODY = Device(
    **{name: "" for name in Device.__slots__ if name != "contested"}
    | {"connectable": Connectable.YES, "seen": Seen.BOTH, "first": 0, "last": 0, "confidence": 1.0}
    | dict.fromkeys(("aliases", "macs", "addresses", "host_names", "ae_titles", "missing"), ())
)  # type: ignore[arg-type]


def device(**more: Any) -> Device:
    return replace(NOBODY, **more)


def said(trait: Trait, value: str, confidence: float = 1.0, winner: bool = True, origin: str = "R1#A1") -> Attribute:
    return Attribute(trait, value, winner, origin, Speaker.OBSERVED, confidence, value, "s", "")


def test_nothing_said_is_no_answer() -> None:
    assert answers(device(), []) == {}


def test_the_winner_gives_confidence_and_origin() -> None:
    told = answers(
        device(make="Norvane", confidence=0.5),
        [said(Trait.MANUFACTURER, "NORVANE", 0.8, origin="R1#packet 3"), said(Trait.MANUFACTURER, "X", 1.0, False)],
    )
    assert told["manufacturer"][:3] == ("Norvane", 0.4, "R1#packet 3")


def test_a_presumed_kind_is_as_sure_as_its_rule() -> None:
    told = answers(device(kind="ct_scanner", kind_source="presumed:dicom_images"), [])
    assert told["kind"][:3] == ("ct_scanner", KIND_RULES["dicom_images"], "presumed:dicom_images")
    told = answers(device(kind="ecmo", kind_source="evidence:R2#B7"), [said(Trait.KIND, "ecmo", 0.7, origin="R2#B7")])
    assert told["kind"][:3] == ("ecmo", 0.7, "R2#B7")


def test_every_rule_has_its_confidence() -> None:
    assert set(KIND_RULES) == set(RULES)
    assert all(0.5 <= sure < 1 for sure in KIND_RULES.values())


def test_a_system_with_its_version() -> None:
    told = answers(device(os="Windows 10", os_version="10.0.17763"), [said(Trait.OS, "Windows 10", 0.7)])
    assert told["operating_system"][:2] == ("Windows 10 10.0.17763", 0.7)


def test_firmware_stands_where_no_version_is_told() -> None:
    assert answers(device(firmware="2.1"), [said(Trait.FIRMWARE, "2.1", 0.9)])["version"][:2] == ("2.1", 0.9)
    assert answers(device(firmware="2.1", version="3"), [])["version"].value == "3"


def test_all_roles_are_told_the_unsure_part_is_not() -> None:
    told = answers(
        device(role="dns server"),
        [
            said(Trait.ROLE, "dns server", 0.9),
            said(Trait.ROLE, "ntp server", 0.9, winner=False),
            said(Trait.ROLE, "router", 0.3, winner=False),
            said(Trait.DICOM_ROLE, "archive", 0.6),
            said(Trait.DICOM_ROLE, "printer", 0.3),
        ],
    )["role"]
    assert (told.value, told.also) == ("dns server", ("ntp server", "archive"))
