from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygie.model.evidence import Decision, Reading, Speaker
from hygie.sources.series import (
    UNREAD,
    Standing,
    Terms,
    current,
    forgettable,
    last_words,
    question,
    unread,
)


def snapshot(ident: str, dated: str = "", **changes: object) -> Reading:
    base = Reading(
        ident, "local/gmao/h", "local", "gmao", 1, Speaker.HOSPITAL, True, f"{ident}.csv", f"/in/{ident}.csv", 1, ident,
        dated, "2026-09-01T00:00:00Z",
    )  # fmt: skip
    return replace(base, **changes)  # type: ignore[arg-type]


def ids(readings: list[Reading]) -> list[str]:
    return [r.id for r in current(readings).live]


def test_the_newer_date_wins_in_any_order() -> None:
    old, new = snapshot("R1", "2026-01-01"), snapshot("R2", "2026-02-01")
    assert ids([old, new]) == ids([new, old]) == ["R2"]


def test_without_dates_both_count_and_it_is_told() -> None:
    found = current([snapshot("R1"), snapshot("R2", "2026-02-01")])
    assert [r.id for r in found.live] == ["R1", "R2"]
    assert [(a.id, b.id) for a, b in found.undecided] == [("R1", "R2")]


def test_what_says_nothing_but_its_refusal_does_not_compete() -> None:
    good, cut = snapshot("R1", stated=5), snapshot("R2", sha256="cut", stated=0, refused=1)
    assert ids([good, cut]) == ["R1", "R2"]  # its refusal is told
    assert current([good, cut]).undecided == ()
    assert ids([cut]) == ["R2"]
    assert ids([replace(good, dated="2026-02-01"), replace(cut, dated="2026-01-01")]) == ["R1"]


def test_a_person_settles_it() -> None:
    one, other, third = snapshot("R1"), snapshot("R2"), snapshot("R3")
    asked = question(one, other)
    assert asked == question(other, one) == "newest:local/gmao/h|R1|R2"
    for answer in ("R1", " R1 ", "R1.csv"):
        found = current([one, other], {asked: answer})
        assert ([r.id for r in found.live], found.undecided) == (["R1"], ())
    assert ids([one, other]) == ["R1", "R2"]
    assert len(current([one, other], {asked: "the blue one"}).undecided) == 1
    later = current([one, other, third], {asked: "R1"})
    assert [r.id for r in later.live] == ["R1", "R3"]  # what came later is another question
    assert [question(*pair) for pair in later.undecided] == ["newest:local/gmao/h|R1|R3"]
    assert [r.id for r in current([replace(one, forgotten=True), other], {asked: "R1"}).live] == ["R2"]


def there(ident: str, dated: str = "", **changes: object) -> Reading:
    return snapshot(ident, dated, path="/in/gmao.csv", name="gmao.csv", **changes)


def after(new: Reading, *known: Reading) -> Reading:
    return replace(new, supersedes=Standing(known).before(new))


def test_a_file_replaced_in_its_place_retires_the_old_one() -> None:
    old = there("R1")
    new = after(there("R2"), old)
    assert new.supersedes == "R1"
    assert ids([old, new]) == ["R2"]
    assert after(there("R3"), old, new).supersedes == "R2"
    assert ids([old, replace(new, forgotten=True)]) == ["R1"]


def test_a_newer_date_is_not_retired_by_an_older_file_put_in_its_place() -> None:
    new = there("R1", "2026-02-01")
    old = after(there("R2", "2026-01-01"), new)
    assert old.supersedes == ""
    assert ids([old, new]) == ["R1"]
    other = after(there("R3", "2025-01-01", source="local/gmao/other-layout"), new)
    assert other.supersedes == "R1"


def test_other_places_and_captures_are_left_alone() -> None:
    capture = snapshot("R1", snapshot=False, path="/in/a.pcap", name="a.pcap", speaker=Speaker.OBSERVED)
    assert after(replace(capture, id="R2"), capture).supersedes == ""
    assert after(snapshot("R2"), snapshot("R1")).supersedes == ""
    assert ids([capture, replace(capture, id="R2")]) == ["R1", "R2"]


def test_one_content_understood_otherwise_retires_what_was_read_before() -> None:
    old = snapshot("R1", path="", name="-", sha256="x")
    assert after(snapshot("R2", path="", name="a.zip/b.csv", sha256="x"), old).supersedes == "R1"
    assert after(snapshot("R2", "2026-01-01", path="", name="a.zip/b.csv", sha256="x"), old).supersedes == ""


def test_one_content_taken_for_another_kind_retires_what_was_read_before_also_of_what_adds_up() -> None:
    """What a person calls a list of devices was read as leases: they do not count any more."""
    old = replace(there("R1", sha256="x"), kind="leases", snapshot=False, source="local/leases")
    new = after(there("R2", sha256="x"), old)
    assert new.supersedes == "R1"
    assert after(replace(old, id="R3"), old, new).supersedes == "R2"
    assert after(there("R4", sha256="y"), old).supersedes == ""


def test_a_refusal_leaves_when_its_file_can_be_read_and_retires_nothing() -> None:
    good = there("R1")
    bad = unread("gmao.csv", "/in/gmao.csv", Terms(), "")
    bad = after(bad, good)
    assert bad.supersedes == "R1"
    assert set(ids([good, bad])) == {"R1", bad.id}
    again = after(there("R3"), good, bad)
    assert again.supersedes == bad.id
    assert ids([good, bad, again]) == ["R3"]
    capture = snapshot("R4", snapshot=False, path="/in/gmao.csv", name="gmao.csv", speaker=Speaker.OBSERVED)
    assert set(ids([bad, after(capture, bad)])) == {"R4"}
    assert bad.kind == UNREAD


def test_of_one_file_filled_in_twice_the_later_word_counts() -> None:
    first = snapshot("R1", snapshot=False, kind="questions", speaker=Speaker.PERSON, path="/w/questions.xlsx")
    second = after(replace(first, id="R0", sha256="y"), first)
    assert second.supersedes == "R1"
    assert ids([first, second]) == ["R0", "R1"]
    one, two = Decision("R1", "q1", "same", "A", ""), Decision("R1", "q2", "same", "A", "")
    changed = Decision("R0", "q1", "different", "A", "")
    assert last_words([one, two, changed], [first, second]) == [two, changed]
    assert last_words([one, two], [first]) == [one, two]


def word(reading: str, answer: str, first: str = "", replaces: tuple[str, ...] = (), when: str = "") -> Decision:
    return Decision(reading, "q1", answer, "A", when, "", "E3", first, replaces)


def withdrawal(reading: str, *replaces: str) -> Decision:
    return replace(word(reading, "", replaces=replaces), about="withdrawn:q1")


def test_what_is_withdrawn_is_gone_wherever_it_is_repeated_and_whatever_the_order() -> None:
    said = [word("R1", "same"), word("R2", "same", first="R1"), withdrawal("R3", "R1")]
    for order in (said, said[::-1]):
        assert last_words(order, []) == [said[2]]
    other = word("R4", "different")
    assert last_words([*said, other], []) == [said[2], other]


def test_a_withdrawn_word_does_not_come_back_with_the_same_content_under_another_date() -> None:
    kept = replace(snapshot("R1"), sha256="same")
    again = replace(kept, id="R9", dated="2026-08-10")
    said = [word("R1", "same"), withdrawal("R3", "R1"), word("R9", "same")]
    assert last_words(said, [kept, again, replace(snapshot("R3"), sha256="other")]) == said[1:2]
    elsewhere = replace(again, site="south")
    assert last_words(said, [kept, elsewhere]) == said[1:]


def test_an_answer_after_the_withdrawal_holds_even_if_it_is_the_same_again() -> None:
    readings = [snapshot("R1"), replace(snapshot("R2"), supersedes="R1"), replace(snapshot("R3"), supersedes="R2")]
    said = [word("R1", "same"), withdrawal("R2", "R1"), word("R3", "same")]
    assert last_words(said, readings) == said[1:]
    assert last_words(said, []) == said[1:]


def test_a_copy_that_was_filled_in_before_a_change_does_not_bring_the_old_answer_back() -> None:
    first, changed, copy = word("R1", "same"), word("R2", "different", replaces=("R1",)), word("R9", "same", first="R1")
    assert last_words([first, changed, copy], []) == [changed]


def test_who_takes_the_last_word_back_does_not_bring_an_older_one_back() -> None:
    said = [word("R1", "same"), word("R2", "different", replaces=("R1",)), withdrawal("R3", "R2")]
    assert last_words(said, []) == said[2:]
    assert last_words([said[0], said[2]], []) == [said[0], said[2]]


def test_a_file_that_never_held_the_row_withdraws_nothing() -> None:
    readings = [snapshot("R1"), replace(snapshot("R2"), supersedes="R1")]
    said = [word("R1", "same"), replace(word("R2", "yes"), about="q2")]
    assert last_words(said, readings) == said


def test_what_may_be_forgotten() -> None:
    known = [snapshot("R1", "2026-01-01"), snapshot("R2"), snapshot("R3", forgotten=True)]
    assert [r.id for r in forgettable(known, "R1", "")] == ["R1"]
    assert [r.id for r in forgettable(known, "R3", "")] == []
    assert [r.id for r in forgettable(known, "", "2026-02-01")] == ["R1"]
    assert [r.id for r in forgettable(known, "", "2027-01-01")] == ["R1", "R2"]


def test_a_better_reader_replaces_the_same_content() -> None:
    assert ids([snapshot("R1", sha256="x"), snapshot("R2", sha256="x", reader_version=2)]) == ["R2"]


def test_the_forgotten_do_not_count() -> None:
    assert ids([snapshot("R1", forgotten=True)]) == []


def test_sites_do_not_supersede_each_other() -> None:
    assert ids([snapshot("R1", "2026-01-01"), snapshot("R2", "2026-02-01", site="north")]) == ["R1", "R2"]


@given(st.permutations([snapshot(f"R{i}", d) for i, d in enumerate(["", "2026-01-01", "2026-01-01", "2025-01-01"])]))
def test_order_never_matters(readings: list[Reading]) -> None:
    assert current(readings) == current(sorted(readings, key=lambda r: r.id))


def test_a_refused_file_has_a_reading_of_its_own() -> None:
    one = unread("a.xlsx", "/in/a.xlsx", Terms(), "")
    assert one.id == unread("a.xlsx", "/in/a.xlsx", Terms(), "later").id
    assert one.id != unread("b.xlsx", "/in/b.xlsx", Terms(), "").id


NAMED = {"R1": 29, "R2": 2, "R3": 2, "R4": 27}
"""Devices that each of some exports names: the first of one list."""


def lost(old: Reading, new: tuple[Reading, ...]) -> tuple[int, int]:
    return max(0, NAMED[old.id] - max(NAMED[one.id] for one in new)), NAMED[old.id]


Shown = tuple[list[str], list[tuple[str, str, bool]]]


def counting(*readings: Reading, decided: dict[str, str] | None = None) -> Shown:
    found = current(readings, decided, lost)
    assert found == current(reversed(readings), decided, lost)
    return [r.id for r in found.live], [(s.new.id, s.old.id, s.asked) for s in found.shrunk]


def test_a_list_that_lost_most_of_its_devices_retires_nothing_unasked() -> None:
    one, cut = snapshot("R1", stated=9), snapshot("R2", stated=9, supersedes="R1")
    assert counting(one, cut) == (["R1", "R2"], [("R2", "R1", True)])
    asked = question(cut, one)
    assert counting(one, cut, decided={asked: "R2"}) == (["R2"], [])
    assert counting(one, cut, decided={asked: "R1"}) == (["R1"], [])
    assert counting(one, cut, decided={asked: "R1.csv"}) == (["R1"], [])
    assert counting(replace(one, forgotten=True), cut) == (["R2"], [])
    again = snapshot("R3", stated=9, supersedes="R2")  # as short, and another content: still asked
    assert counting(one, cut, again) == (["R1", "R3"], [("R3", "R1", True)])
    assert counting(one, cut, again, decided={asked: "R2"}) == (["R3"], [])
    assert counting(one, cut, again, decided={asked: "R1"}) == (["R1", "R3"], [("R3", "R1", True)])
    mended = snapshot("R4", stated=9, supersedes="R2")
    assert counting(one, cut, mended) == (["R4"], [])
    assert counting(one, cut, mended, decided={asked: "R1"}) == (["R4"], [])


def test_of_dated_lists_the_newer_retires_the_longer_only_by_a_word() -> None:
    one, cut = snapshot("R1", "2026-01-01", stated=9), snapshot("R2", "2026-02-01", stated=9)
    assert counting(one, cut) == (["R1", "R2"], [("R2", "R1", True)])
    assert counting(one, cut, decided={question(cut, one): "R2"}) == (["R2"], [])
    assert counting(one, cut, decided={question(cut, one): "R1"}) == (["R1"], [])


def test_a_list_that_lost_some_devices_is_told_and_one_that_lost_few_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = snapshot("R1", stated=9), snapshot("R2", stated=9, supersedes="R1")
    for left, told in ((29, False), (25, False), (24, True), (15, True)):
        monkeypatch.setitem(NAMED, "R2", left)
        assert counting(one, other) == (["R2"], [("R2", "R1", False)] if told else [])


def test_what_says_nothing_takes_no_place() -> None:
    one, empty = snapshot("R1", stated=9), snapshot("R2", refused=1, supersedes="R1")
    assert counting(one, empty) == (["R1", "R2"], [])  # its refusal is told
    later = snapshot("R4", stated=9, supersedes="R2")
    assert counting(one, empty, later) == (["R4"], [])
    back = replace(one, supersedes="R2"), replace(empty, supersedes="")  # the earlier content is put back
    assert counting(*back) == (["R1"], [])
