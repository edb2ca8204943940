from dataclasses import replace

from exports.pictures import SAFETY, device, measure, picture, reading
from hygie.exports.tally import OUTCOMES, SAFETIES, SYSTEMS, Tally, designation, distinct, percent, tally_of
from hygie.model.fleet import Connectable, Link, Seen
from hygie.model.verdict import Outcome, Verdict

KNOWN = picture(devices=12, models=3, each=5)


def test_findings_of_profiles_are_counted_by_device() -> None:
    tally = Tally(KNOWN)
    assert sum(tally.verdicts.values()) == 12 * 5
    assert tally.verdicts[Verdict.AFFECTED] == 12
    assert sum(tally.seen.values()) == 12
    assert tally.seen[Seen.NOT_CONNECTABLE] == 0


def test_readings_of_one_content_are_one_whatever_their_site() -> None:
    one = reading("A", "nvd")
    other, kind = replace(one, id="B", site="south"), replace(one, id="C", kind="kev")
    nameless = replace(one, id="D", sha256=""), replace(one, id="E", sha256="")
    assert [r.id for r in distinct([one, other, kind, *nameless])] == ["A", "C", "D", "E"]


def test_what_is_gone_is_counted_apart() -> None:
    first, *rest = KNOWN.devices
    tally = Tally(KNOWN._replace(devices=[replace(first, status="disposed", first=0), *rest]))
    assert tally.gone == 1
    assert first.id not in tally.worst
    assert sum(tally.verdicts.values()) == 11 * 5
    met = Tally(KNOWN._replace(devices=[replace(first, status="disposed", first=1), *rest]))
    assert (met.gone, len(met.worst)) == (0, 12)


def test_pages_of_one_picture_count_once() -> None:
    assert tally_of(KNOWN) is tally_of(KNOWN)
    other = picture(devices=2, models=1, each=1)
    assert tally_of(other).picture is other
    assert tally_of(KNOWN).picture is KNOWN


def test_the_worst_priority_of_each_device_fills_the_matrix_once() -> None:
    tally = Tally(KNOWN)
    assert sum(map(sum, tally.matrix)) == len(tally.worst) == 12
    for d in KNOWN.devices:
        mine = [tally.priority(f.id, d) for f in tally.findings[tally.profile[d.id]]]
        urgent = max(OUTCOMES.index(p.outcome) for p in mine if p)
        assert OUTCOMES.index(tally.worst[d.id].outcome) == urgent
        assert tally.worst[d.id].safety == SAFETY.get(d.kind, "marginal")


def test_grave_and_pressing_are_those_of_the_matrix() -> None:
    tally = Tally(KNOWN)
    assert len(tally.grave) == sum(map(sum, tally.matrix[2:]))
    assert len(tally.pressing) == sum(sum(row[2:]) for row in tally.matrix[2:])
    assert (SAFETIES[2:], OUTCOMES[2:]) == (("critical", "catastrophic"), (Outcome.OUT_OF_CYCLE, Outcome.IMMEDIATE))


def test_a_device_that_a_source_says_is_off_the_network_is_not_counted_among_the_connectable() -> None:
    off = replace(device(99), connectable=Connectable.NO, seen=Seen.NOT_CONNECTABLE)
    assert len(Tally(KNOWN._replace(devices=[*KNOWN.devices, off])).connectable) == 12


def test_measures_are_those_of_the_model_and_of_its_system() -> None:
    system = measure(7, system="Windows 7")
    tally = Tally(KNOWN._replace(measures=[measure(0), measure(1), system]))
    assert [m.id for m in tally.measures("M1", "", "Windows 7", "6.1.7601")] == ["A1", "A7"]
    assert [m.id for m in tally.measures("", "", "", "")] == []


def test_exploited_devices_are_those_affected_or_perhaps() -> None:
    tally = Tally(KNOWN)
    (vulnerability,) = KNOWN.exploited
    hit = [f for f in KNOWN.findings if f.vulnerability == vulnerability]
    assert [f.verdict for f in hit] == [Verdict.AFFECTED]
    assert tally.exploited_devices == len(tally.devices[hit[0].profile]) == 4


def test_nothing_known_is_nothing_counted() -> None:
    tally = Tally(picture(devices=0, models=0, each=0)._replace(findings=[], priorities=[], devices=[], profile_of=[]))
    assert (tally.worst, tally.grave, tally.pressing, tally.exploited_devices) == ({}, [], [], 0)
    assert sum(map(sum, tally.matrix)) == 0


def test_devices_present_are_parted_by_what_is_known_of_their_system() -> None:
    texts = {
        "ended": "Windows 7",
        "edition": "Windows 10",
        "maintained": "Debian 12",
        "undated": "VxWorks 6.9",
        "strange": "OS maison",
        "unsaid": "",
    }
    fleet = [replace(device(i), os=text, os_version="") for i, text in enumerate(texts.values())]
    tally = Tally(KNOWN._replace(devices=[*fleet, replace(device(9), status="disposed")]))
    assert {word: [d.os for d in found] for word, found in tally.systems.items()} == {w: [t] for w, t in texts.items()}
    assert tuple(tally.systems) == SYSTEMS


def test_texts_that_no_rule_understands_are_counted_whatever_their_capitals() -> None:
    texts = ["Maison", "OS X-ray", "maison"]
    fleet = [replace(device(i), os=text, os_version="", kind="", name="Zéphyr P0") for i, text in enumerate(texts)]
    tally = Tally(KNOWN._replace(devices=fleet))
    assert [(text, len(found)) for text, found in tally.strange_systems] == [("Maison", 2), ("OS X-ray", 1)]
    assert [(text, len(found)) for text, found in tally.strange_kinds] == [("Zéphyr P0", 3)]


def test_a_designation_is_the_name_without_make_and_product() -> None:
    assert designation(replace(device(), name="Pousse-seringue Zéphyr P0")) == "Pousse-seringue"
    assert designation(replace(device(), name="pc-42", make="", product="")) == "pc-42"


def test_only_sources_that_name_products_inform() -> None:
    deaf = KNOWN._replace(findings=[], advisories=[], readings=[reading(), reading("K", "kev", "k")])
    assert not Tally(deaf).informed
    assert Tally(deaf._replace(readings=[reading("N", "nvd", "n")])).informed
    assert Tally(KNOWN).informed


def test_what_only_traffic_knows_or_is_gone_is_not_declared() -> None:
    fleet = [replace(device(i), seen=seen) for i, seen in enumerate(Seen)]
    tally = Tally(KNOWN._replace(devices=[*fleet, replace(device(9), seen=Seen.BOTH, status="disposed")]))
    assert {d.seen for d in tally.declared} == set(Seen) - {
        Seen.NOT_IN_GMAO,
        Seen.NO_GMAO,
        Seen.LISTED,
        Seen.LISTED_UNSEEN,
    }


def test_measures_on_a_profile_without_a_model_are_found_by_the_profile() -> None:
    tally = Tally(KNOWN._replace(measures=[replace(measure(0), model="profile:F0"), measure(1)]))
    assert [m.id for m in tally.measures("", "F0", "", "")] == ["A0"]
    assert tally.measures("", "F1", "", "") == []
    assert [m.id for m in tally.measures("M1", "F0", "", "")] == ["A1"]


def test_what_was_not_seen_may_be_another_device_that_was() -> None:
    fleet = [
        replace(device(i), seen=seen)
        for i, seen in enumerate((Seen.NOT_SEEN, Seen.NOT_IN_GMAO, Seen.NOT_OBSERVABLE, Seen.BOTH, Seen.LISTED))
    ]
    one, stray, hidden, both, listed = (d.id for d in fleet)
    links = [
        Link("L1", one, stray, 0.6, (), ""),
        Link("L2", one, both, 0.994, (), ""),
        Link("L3", hidden, both, 0.9, (), "different"),
        Link("L4", listed, hidden, 0.9, (), ""),
        Link("L5", stray, "gone", 0.9, (), ""),
        Link("L6", hidden, stray, 0.002, (), ""),
    ]
    tally = Tally(KNOWN._replace(devices=fleet, links=links))
    found = {ident: (link.id, other.id) for ident, (link, other) in tally.perhaps.items()}
    assert found == {one: ("L2", both), stray: ("L1", one)}
    assert percent(links[1]) == "99"
    assert percent(replace(links[0], probability=1.0)) == "99"
