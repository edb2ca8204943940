from dataclasses import replace

import pytest

from exports.pictures import device, model, picture
from hygie.exports.pen import Pen
from hygie.exports.report.opening import REQUIRED, called, numerous, section
from hygie.exports.tally import Tally
from hygie.model.evidence import Trait
from hygie.model.fleet import Connectable, Device, Seen
from hygie.model.picture import Picture
from hygie.register.fold import REQUIRED as REGISTER
from hygie.words import LANGUAGES

PEN = Pen("fr", [])


def alone(*devices: Device) -> Picture:
    """A GMAO and nothing else."""
    return picture()._replace(
        devices=list(devices), findings=[], priorities=[], advisories=[], coverage=[], flows=[], measures=[], links=[]
    )


def facts(known: Picture, panel: str) -> dict[str, int]:
    found = section(known, Tally(known), PEN)
    assert found is not None
    return {fact.text: fact.number for fact in found[panel]}


def test_it_opens_only_where_there_is_nothing_to_weigh() -> None:
    known = picture()
    assert section(known, Tally(known), PEN) is None
    assert section(alone(device()), Tally(alone(device())), PEN) is not None


def test_where_no_device_was_found_it_says_that_alone() -> None:
    bare = alone()._replace(contradictions=[], questions=[], refusals=[])
    found = section(bare, Tally(bare), PEN)
    assert found is not None and found["lead"].startswith("Aucun équipement ne se trouve")
    assert (found["fleet"], found["watch"], found["complete"], found["kinds"]) == ([], [], [], [])


def test_the_lead_parts_no_source_from_no_match() -> None:
    deaf = alone(device())
    found = section(deaf, Tally(deaf), PEN)
    assert found is not None and found["lead"].startswith("Aucune source de vulnérabilités n'a été lue")
    heard = deaf._replace(advisories=picture().advisories)
    found = section(heard, Tally(heard), PEN)
    assert found is not None and "n'ont donné aucun constat" in found["lead"]


def test_the_fleet_is_counted_by_whose_word_makes_it_connectable() -> None:
    known = alone(
        replace(device(0), connectable_source="evidence:R1#B2", first=0),
        replace(device(1), first=0),
        replace(device(2), connectable=Connectable.UNKNOWN, first=0),
        replace(device(3), connectable=Connectable.NO, first=0),
        replace(device(4), status="disposed", first=0),
    )
    assert list(facts(known, "fleet").values()) == [4, 1, 1, 1, 1, 4, 1]
    assert "Équipements vus sur le réseau" not in facts(known, "fleet")


def test_what_to_look_at_is_told_only_where_there_is_some() -> None:
    known = alone(
        replace(device(0), os="Windows XP"),
        replace(device(1), os="maison", os_version=""),
        replace(device(2), os="", kind=""),
        replace(device(3), os="VxWorks", os_version=""),
    )._replace(contradictions=[], refusals=[])
    assert list(facts(known, "watch").values()) == [1, 1, 1, 1, 1]


def test_every_item_that_the_law_asks_for_has_its_share() -> None:
    declared = [replace(device(i), missing=("supplier",) if i else ("supplier", "location")) for i in range(2)]
    traffic = replace(device(3), seen=Seen.NO_GMAO, missing=REQUIRED)
    found = section(known := alone(*declared, traffic), Tally(known), PEN)
    assert found is not None
    assert [row[1:] for row in found["complete"]] == [
        ("2", "100 %"), ("2", "100 %"), ("2", "100 %"), ("0", "0 %"), ("2", "100 %"), ("1", "50 %"), ("2", "100 %"),
    ]  # fmt: skip


def test_items_are_those_that_the_register_counts() -> None:
    assert tuple(row[0].value for row in REGISTER) == REQUIRED
    assert all(name in set(Trait) for name in REQUIRED)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_gravest_functions_come_first_with_what_is_lost(language: str) -> None:
    pen = Pen(language, [])
    found = section(known := alone(*(device(i) for i in range(8))), Tally(known), pen)
    assert found is not None
    kinds = ("infusion_pump", "ventilator", "ct_scanner", "pacs")
    assert [(row[0], row[1]) for row in found["kinds"]] == list(zip(map(pen.kind, kinds), "2221", strict=True))
    assert all(row[3] for row in found["kinds"])


def test_the_most_numerous_connectable_models_come_first() -> None:
    rows = [
        replace(model(0), devices=3),
        replace(model(1), devices=9),
        replace(model(2), devices=50, connectable=Connectable.NO),
        replace(model(3), devices=5, connectable=Connectable.UNKNOWN, kind="ventilator"),
        replace(model(4), devices=70, connectable=Connectable.UNKNOWN, kind="patient_lift"),
        replace(model(5), devices=80, connectable=Connectable.UNKNOWN, kind=""),
    ]
    assert [called(m) for m in numerous(picture()._replace(models=rows))] == [
        "Zéphyr P1 1.0",
        "Zéphyr P3 1.0",
        "Zéphyr P0 1.0",
    ]
