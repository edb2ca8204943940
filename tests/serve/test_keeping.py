from dataclasses import replace

from hygie.model.evidence import Coverage, Reading, Speaker
from hygie.serve.keeping import AGED, Old, days, overdue, remember

TODAY, KEEP = "2026-09-01", 30


def reading(ident: str, dated: str, snapshot: bool = False, **more: object) -> Reading:
    one = Reading(
        id=ident, source=f"local/{ident}", site="local", kind="pcap", reader_version=1, speaker=Speaker.OBSERVED,
        snapshot=snapshot, name=f"{ident}.x", path=f"/in/{ident}.x", size=1, sha256=ident, dated=dated,
        read_at="2026-08-31T10:00:00Z",
    )  # fmt: skip
    return replace(one, **more)  # type: ignore[arg-type]


def gone(*readings: Reading, keep: int = KEEP) -> set[str]:
    return {r.id for r in overdue(readings, days(readings, ()), TODAY, keep)}


def test_what_adds_up_goes_when_its_time_is_over() -> None:
    assert gone(reading("old", "2026-08-01"), reading("last", "2026-08-02"), reading("new", "2026-08-31")) == {"old"}
    assert gone(reading("old", "2020-01-01"), keep=0) == set()
    assert gone(reading("old", "", read_at="2026-07-01T00:00:00Z"), reading("undated", "")) == {"old"}
    assert gone(reading("old", "2020-01-01", forgotten=True)) == set()


def test_a_capture_is_as_old_as_its_last_packet() -> None:
    capture = reading("capture", "")
    july = 1_782_864_000_000_000  # 2026-07-01T00:00:00Z
    seen = [Coverage("capture", "local", "s", 1, last, 1, 1, 0, 0, 0) for last in (july, july - 1)]
    assert days([capture], seen) == {"capture": "2026-07-01"}
    assert overdue([capture], days([capture], seen), TODAY, KEEP) == [capture]


def test_what_counts_now_stays_however_old() -> None:
    gmao = reading("gmao", "2020-01-01", snapshot=True, kind="gmao", speaker=Speaker.HOSPITAL)
    assert gone(gmao) == set()
    newer = replace(gmao, id="newer", sha256="newer", dated="2026-08-30")
    assert gone(gmao, newer) == {"gmao"}
    word = reading("word", "2020-01-01", kind="questions", speaker=Speaker.PERSON)
    refused = reading("refused", "2020-01-01", snapshot=True, kind="unread")
    assert gone(word, refused) == set()


def test_nothing_that_was_replaced_counts_again() -> None:
    first = reading("first", "2026-08-20", snapshot=True, kind="gmao", source="local/gmao/a")
    second = reading("second", "2020-01-01", snapshot=True, kind="gmao", source="local/gmao/b", supersedes="first")
    third = reading("third", "2026-08-30", snapshot=True, kind="gmao", source="local/gmao/c", supersedes="second")
    assert gone(first, second, third) == set()  # without the second, the first would count again
    assert gone(first, second, third, reading("capture", "2020-01-01")) == {"capture"}


def test_one_that_must_stay_does_not_hold_the_others() -> None:
    old = reading("old", "2020-01-01", snapshot=True, kind="gmao", source="local/gmao/z")
    new = replace(old, id="new", sha256="new", dated="2026-08-30")
    first = reading("first", "2026-08-20", snapshot=True, kind="gmao", source="local/gmao/a")
    second = reading("second", "2020-01-01", snapshot=True, kind="gmao", source="local/gmao/b", supersedes="first")
    third = reading("third", "2026-08-30", snapshot=True, kind="gmao", source="local/gmao/c", supersedes="second")
    assert gone(old, new, first, second, third) == {"old"}


def test_what_a_person_called_the_older_may_go() -> None:
    one = reading("one", "", snapshot=True, kind="gmao", source="local/gmao/a", read_at="2020-01-01T00:00:00Z")
    other = replace(one, id="other", sha256="other", read_at="2026-08-30T00:00:00Z")
    both = (one, other)
    assert gone(*both) == set()
    newest = {"newest:local/gmao/a|one|other": "other"}
    assert {r.id for r in overdue(both, days(both, ()), TODAY, KEEP, newest)} == {"one"}


class Shelf:
    """A store that knows readings, and remembers."""

    def __init__(self, *known: Reading) -> None:
        self.known = known
        self.said: dict[str, str] = {}

    def readings(self) -> list[Reading]:
        return list(self.known)

    def recall(self, name: str) -> str:
        return self.said.get(name, "")

    def remember(self, name: str, value: str) -> None:
        self.said[name] = value


def left(ident: str, dated: str, snapshot: bool = False, **more: object) -> Reading:
    """What stays of a reading that was forgotten."""
    return reading(ident, dated, snapshot, source="", name="", path="", sha256="", forgotten=True, **more)


def test_what_was_forgotten_for_its_age_is_not_read_again() -> None:
    old = Old(Shelf(left("old", "2026-08-01"), left("new", "2026-08-02"), reading("here", "2020-01-01")), TODAY, KEEP)  # type: ignore[arg-type]
    assert [old(reading(ident, "")) for ident in ("old", "new", "here", "other")] == [True, False, False, False]
    assert old.names == ["old.x"]
    assert not Old(Shelf(left("old", "2026-08-01")), TODAY, 0)(reading("old", ""))  # type: ignore[arg-type]
    assert not Old(Shelf(left("old", "2026-08-01")), TODAY, 36_500 * 30)(reading("old", ""))  # type: ignore[arg-type]
    word = left("word", "2020-01-01", kind="questions", speaker=Speaker.PERSON)
    assert not Old(Shelf(word), TODAY, KEEP)(reading("word", ""))  # type: ignore[arg-type]


def test_the_day_of_a_capture_is_remembered() -> None:
    shelf = Shelf(left("capture", ""))  # read lately
    assert not Old(shelf, TODAY, KEEP)(reading("capture", ""))  # type: ignore[arg-type]
    remember(shelf, [reading("capture", "")], {"capture": "2026-07-01", "other": "2020-01-01"})  # type: ignore[arg-type]
    remember(shelf, [], {})  # type: ignore[arg-type]
    assert shelf.said == {AGED: '{"capture": "2026-07-01"}'}
    assert Old(shelf, TODAY, KEEP)(reading("capture", ""))  # type: ignore[arg-type]
    assert not Old(shelf, TODAY, 90)(reading("capture", ""))  # type: ignore[arg-type]


def test_an_old_export_is_read_again_where_no_newer_one_is_left() -> None:
    gone = left("gmao", "2020-01-01", snapshot=True, kind="gmao", speaker=Speaker.HOSPITAL)
    again = reading("gmao", "2020-01-01", snapshot=True, kind="gmao", source="local/gmao/a")
    assert not Old(Shelf(gone), TODAY, KEEP)(again)  # type: ignore[arg-type]
    newer = reading("newer", "2026-08-30", snapshot=True, kind="gmao", source="local/gmao/a")
    assert Old(Shelf(gone, newer), TODAY, KEEP)(again)  # type: ignore[arg-type]
