from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from hygie.model.evidence import Reading, Speaker
from hygie.sources.series import Terms, current, predecessor, unread


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


def test_a_person_settles_it() -> None:
    found = current([snapshot("R1"), snapshot("R2")], {"local/gmao/h": "R1"})
    assert [r.id for r in found.live] == ["R1"]
    assert found.undecided == ()


def test_a_file_replaced_in_its_place_retires_the_old_one() -> None:
    old = snapshot("R1", path="/in/gmao.csv", name="gmao.csv")
    new = snapshot("R2", path="/in/gmao.csv", name="gmao.csv")
    new = replace(new, supersedes=predecessor(new, [old]))
    assert new.supersedes == "R1"
    assert ids([old, new]) == ["R2"]
    third = snapshot("R3", path="/in/gmao.csv", name="gmao.csv")
    assert predecessor(third, [old, new]) == "R2"
    assert ids([old, replace(new, forgotten=True)]) == ["R1"]


def test_other_places_and_captures_are_left_alone() -> None:
    capture = snapshot("R1", snapshot=False, path="/in/a.pcap", name="a.pcap")
    assert predecessor(replace(capture, id="R2"), [capture]) == ""
    assert predecessor(snapshot("R2"), [snapshot("R1")]) == ""
    assert ids([capture, replace(capture, id="R2")]) == ["R1", "R2"]


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
