from dataclasses import replace

import pytest

from exports.pictures import decided, picture, priority
from hygie.exports import undecided
from hygie.exports.decided import Word, words
from hygie.exports.pen import Pen
from hygie.exports.tally import Tally
from hygie.exports.undecided import earlier, exposures, findings
from hygie.model.picture import Picture
from hygie.model.verdict import Because, Outcome, Verdict

EN = Pen("en", ())


def known(**changes: object) -> Picture:
    return picture(devices=10, models=2, each=10)._replace(**changes)


def asked(one: Picture) -> undecided.Rows:
    return findings(Tally(one), words(one), EN)


def test_possible_and_unknown_findings_are_offered_the_most_pressing_first() -> None:
    one = known()
    doubtful = [f for f in one.findings if f.verdict in (Verdict.POSSIBLE, Verdict.UNKNOWN)]
    last = doubtful[-1]
    urgent = replace(priority(last, "ventilator"), outcome=Outcome.IMMEDIATE)
    rows = asked(one._replace(priorities=[urgent]))
    assert (rows.shown, rows.total) == (len(doubtful), len(doubtful))
    assert rows.rows[0].about == f"finding:{last.id}"
    assert {row.about for row in rows.rows} == {f"finding:{f.id}" for f in doubtful}
    assert rows.rows[0].devices == 5
    assert last.vulnerability in rows.rows[0].question and "Zéphyr P1 1.0" in rows.rows[0].question


def test_an_affected_finding_is_offered_where_a_word_under_a_condition_stands_against_it() -> None:
    one = known()
    hit = next(f for f in one.findings if f.verdict is Verdict.AFFECTED)
    told = Because("because.match.statement.not_affected", ("publisher=GE", "document=L.pdf"), "r#E5")
    condition = Because("because.match.condition", ("condition=only on isolated network",), "r#E5")
    other = Because("because.match.version.outside", ("version=1", "range=2"), "r#E6")
    doubted = replace(hit, against=(told, condition, other))
    rows = asked(one._replace(findings=[doubted if f.id == hit.id else f for f in one.findings]))
    (row,) = [row for row in rows.rows if row.about == f"finding:{hit.id}"]
    assert "only on isolated network" in row.known and "L.pdf" in row.known
    assert "among those meant" not in row.known


def test_they_are_bounded_and_the_number_of_all_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undecided, "FINDINGS", 3)
    rows = asked(known())
    assert (len(rows.rows), rows.shown, rows.total) == (3, 3, 8)


def test_what_was_decided_stands_below_with_its_answer() -> None:
    first = asked(known()).rows[0].about
    rows = asked(decided(known(), (first, "accepted")))
    assert rows.total == 7
    assert (rows.rows[-1].about, rows.rows[-1].cells.answer) == (first, "risk accepted")


def test_a_part_is_named() -> None:
    one = known()
    some = [replace(f, part=part) for f, part in zip(one.findings, ["os", "linux 5.1"] * 10, strict=True)]
    told = " ".join(row.question for row in asked(one._replace(findings=some)).rows)
    assert "affected, through its operating system?" in told and "affected, through linux 5.1?" in told


def exposed(one: Picture) -> undecided.Rows:
    return exposures(Tally(one), words(one), EN)


def unseen(one: Picture) -> Picture:
    return one._replace(devices=[replace(d, first=0, last=0) for d in one.devices])


def test_a_zone_of_which_nothing_was_observed_is_asked_once_with_its_devices() -> None:
    one = unseen(known(coverage=[]))
    (row,) = exposed(one).rows
    assert (row.about, row.devices, row.options) == (
        "exposure:Z1",
        len(Tally(one).worst),
        ("small", "controlled", "open"),
    )
    assert "no sensor covered the zone" in row.known.lower()


def test_a_zone_of_one_name_in_two_sites_is_asked_for_each_by_its_site() -> None:
    one = unseen(known(coverage=[]))
    home = next(z for z in one.zones if z.id == "Z1")
    twin = replace(home, id="Z9", site="est")
    devices = [replace(d, zone="Z9", site="est") if i % 2 else d for i, d in enumerate(one.devices)]
    two = one._replace(zones=[*one.zones, twin], devices=devices)
    rows = {row.about: row.question for row in exposed(two).rows}
    assert set(rows) == {"exposure:Z1", "exposure:Z9"}
    assert f"{home.name} (local)" in rows["exposure:Z1"]
    assert f"{home.name} (est)" in rows["exposure:Z9"]
    assert "(local)" not in exposed(one).rows[0].question, "one site needs no name"


def test_devices_of_two_sites_without_a_zone_are_asked_with_their_site() -> None:
    one = known()
    devices = [replace(d, zone="", site="est" if i % 2 else "local") for i, d in enumerate(one.devices)]
    sites = {device.id: device.site for device in devices}
    rows = exposed(one._replace(devices=devices)).rows
    assert {sites[row.about.removeprefix("exposure:")] for row in rows} == {"est", "local"}
    assert all(f", {sites[row.about.removeprefix('exposure:')]})" in row.question for row in rows)


def test_devices_without_a_zone_are_asked_one_by_one() -> None:
    one = known()
    rows = exposed(one._replace(devices=[replace(d, zone="") for d in one.devices]))
    assert {row.about for row in rows.rows} == {f"exposure:{ident}" for ident in Tally(one).worst}
    assert rows.shown == rows.total == len(rows.rows)


def test_what_was_observed_and_what_weighs_on_nothing_is_not_asked() -> None:
    assert exposed(known()).rows == []
    one = unseen(known(coverage=[]))
    assert exposed(one._replace(priorities=[])).rows == []
    assert exposed(one._replace(standings={d.id: ("controlled", "") for d in one.devices})).rows == []


def test_a_word_on_a_zone_or_device_is_shown_and_no_longer_asked() -> None:
    rows = exposed(decided(unseen(known(coverage=[])), ("exposure:Z1", "small"), ("exposure:D-0000001", "open")))
    assert (rows.shown, rows.total) == (0, 0)
    assert {(row.about, row.cells.answer) for row in rows.rows} == {
        ("exposure:D-0000001", "open"), ("exposure:Z1", "small"),
    }  # fmt: skip


def test_what_is_asked_no_more_is_still_shown() -> None:
    said: dict[str, Word] = words(decided(known(), ("finding:gone", "fixed"), ("link:a|b|c", "same"), ("Q1", "same")))
    rows = list(earlier({"Q1"}, said, EN))
    assert [(row.about, row.devices, row.cells.answer) for row in rows] == [
        ("finding:gone", "no longer there", "fixed"),
        ("link:a|b|c", "no longer there", "same"),
    ]


def test_findings_on_one_operating_system_stand_behind_the_first_of_them() -> None:
    one = known()
    doubtful = [f for f in one.findings if f.verdict in (Verdict.POSSIBLE, Verdict.UNKNOWN)]
    on_os = {f.id for f in doubtful if f.profile == doubtful[0].profile}
    rest = [f for f in doubtful if f.id not in on_os]
    assert len(on_os) > 2
    assert rest
    changed = [replace(f, part="os") if f.id in on_os else f for f in one.findings]
    urgent = [replace(priority(f, "ventilator"), outcome=Outcome.IMMEDIATE) for f in doubtful if f.id in on_os]
    rows = asked(one._replace(findings=changed, priorities=urgent)).rows
    ids = [row.about.removeprefix("finding:") for row in rows]
    assert ids[0] in on_os
    assert set(ids[1 : 1 + len(rest)]) == {f.id for f in rest}
    assert set(ids[1 + len(rest) :]) == on_os - {ids[0]}
    assert f"{len(on_os) - 1} more questions hang on this operating system" in rows[0].known
    assert not any("hang on this" in row.known for row in rows[1:])
