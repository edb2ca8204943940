from exports.pictures import decided, picture, reading
from hygie.exports.pen import Pen
from hygie.exports.report.safeties import section
from hygie.exports.tally import Tally
from hygie.model.picture import Picture

KNOWN = picture(devices=12, models=3, each=5)


def shown(known: Picture = KNOWN) -> dict[str, object]:
    return section(known, Tally(known), Pen("fr", known.readings))


def test_both_safeties_stand_side_by_side_in_numbers() -> None:
    tally = Tally(KNOWN)
    found = shown()
    assert [fact.number for fact in found["care"]] == [
        len(tally.grave),
        len(tally.pressing),
        len({d.ward for d in tally.pressing}),
        4,
    ]
    assert [fact.number for fact in found["guard"]] == [12, 12, tally.exploited_devices, 12, 1]


def test_the_matrix_says_how_many_devices_it_leaves_out() -> None:
    off = KNOWN._replace(priorities=[])
    assert shown(off)["uncounted"].startswith("12 autres équipements, connectables ou peut-être")


def test_what_patients_would_lose_is_told_for_the_gravest_functions() -> None:
    stakes = shown()["stakes"]
    pressing = {d.kind for d in Tally(KNOWN).pressing}
    assert {s.kind for s in stakes} == {Pen("fr", []).kind(kind) for kind in pressing}
    assert all(s.devices and s.without_device and s.without_network for s in stakes)


def test_what_was_assumed_is_told_until_a_person_confirms_it() -> None:
    before = shown()["assumed"]
    assert before[0].startswith("4 fonctions cliniques sur 4 ") and before[1].startswith("Pour 12 unités sur 12")
    kinds = sorted({d.kind for d in KNOWN.devices if d.kind})
    said = [(f"function:{kind}", "critical") for kind in kinds] + [
        (f"unit:{d.ward}", "degraded") for d in KNOWN.devices
    ]
    after = shown(decided(KNOWN, *said))["assumed"]
    assert [text[:12] for text in after] == ["Sources de v", "Un flux cons"]


def test_old_or_absent_knowledge_is_told_on_the_first_page() -> None:
    assert "EPSS (absente ou sans date), NVD (absente ou sans date)." in shown()["assumed"][2]
    fresh = [
        reading("K", "kev", "k", "2026-08-18"),
        reading("E", "epss", "e", "2026-08-18"),
        reading("N", "nvd", "n", "2026-06-01"),
    ]
    assert "dates : NVD" not in shown(KNOWN._replace(readings=fresh))["assumed"][2]
    assert "NVD (80 jours)" in shown(KNOWN._replace(readings=fresh))["assumed"][2]
