"""What no sensor saw is said, counted, and never made up."""

from dataclasses import replace
from typing import Any

from exports.pictures import DAY, NOON, picture, reading
from hygie.exports.pen import Pen
from hygie.exports.report.unseen import ALWAYS, unseen
from hygie.model.evidence import Coverage
from hygie.model.fleet import Zone
from hygie.model.picture import Picture

PEN = Pen("en", picture().readings)
(ONE,) = picture().coverage
HOUR = DAY // 24


def covered(name: str, first: int, last: int, **more: Any) -> Coverage:
    return replace(ONE, **{"reading": name, "first": NOON + first, "last": NOON + last, "lost": 0, "gaps": 0, **more})


def told(known: Picture) -> list[tuple[str, str]]:
    found = unseen(known, Pen("en", known.readings))
    assert [one.about for one in found[-len(ALWAYS) :]] == ["every sensor"] * len(ALWAYS)
    return [(one.about, one.text) for one in found[: -len(ALWAYS)]]


def captures(*rows: Coverage, kind: str = "pcap") -> Picture:
    return picture()._replace(
        coverage=list(rows), zones=[], readings=[reading(c.reading, kind, f"{c.reading}.pcap", "") for c in rows]
    )


def test_without_a_sensor_nothing_is_said() -> None:
    assert unseen(picture()._replace(coverage=[]), PEN) == []


def test_zones_without_a_sensor_are_named() -> None:
    dark = [Zone(f"Z{n}", "local", f"NOIR {n}", f"10.9.{n}.0/24", "", "", "plan") for n in range(10)]
    ((about, text),) = told(picture()._replace(zones=dark, coverage=[replace(ONE, lost=0)]))
    assert about == "local"
    assert text.startswith("10 zones without any sensor: NOIR 0, NOIR 1, ")
    assert "NOIR 8" not in text


def test_losses_are_a_share_of_what_passed() -> None:
    rows = [covered("A", 0, 10, lost=1, packets=49), covered("B", 20, 30, lost=0, packets=50)]
    ((about, text),) = told(captures(*rows))
    assert about == f"{ONE.sensor} ({ONE.site})"
    assert "1 packet was lost by the sensor, 1.0 %" in text


def test_silences_within_readings_and_between_them_are_counted() -> None:
    rows = [covered("A", 0, HOUR, gaps=2), covered("B", 3 * HOUR, 4 * HOUR), covered("C", 4 * HOUR + 1, 5 * HOUR)]
    ((_, text),) = told(captures(*rows))
    assert text.startswith("3 silences of more than an hour between 2026-08-10 12:00 and 2026-08-10 17:00")
    other = replace(rows[1], sensor="elsewhere")
    assert [text[:1] for _, text in told(captures(rows[0], other))] == ["2"]


def test_two_captures_of_the_same_hours_are_told_and_no_others() -> None:
    rows = [covered("A", 0, 4 * HOUR), covered("B", 2 * HOUR, 5 * HOUR), covered("C", 5 * HOUR, 6 * HOUR)]
    ((_, text),) = told(captures(*rows))
    assert text.startswith("A.pcap and B.pcap both hold what passed from 2026-08-10 14:00 to 2026-08-10 16:00.")
    inside = [covered("A", 0, 4 * HOUR), covered("B", HOUR, 2 * HOUR), covered("C", 3 * HOUR, 4 * HOUR)]
    assert [text.split(" both")[0] for _, text in told(captures(*inside))] == ["A.pcap and B.pcap", "A.pcap and C.pcap"]
    assert told(captures(rows[0], replace(rows[1], sensor="elsewhere"))) == []
    assert told(captures(rows[0], replace(rows[1], site="sud"))) == []
    assert told(captures(*rows, kind="netflow")) == []
