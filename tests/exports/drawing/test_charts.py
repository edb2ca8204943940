from xml.etree import ElementTree

from hygie.exports.drawing.charts import Named, bars, clipped, matrix, timeline

NAMED = Named("t", "d")


def texts(svg: str) -> list[str]:
    return [node.text or "" for node in ElementTree.fromstring(svg).iter("text")]


def test_a_matrix_shows_every_count() -> None:
    shown = texts(matrix(NAMED, ["a", "b"], ["x", "y"], [[1, 0], [0, 7]]))
    assert shown == ["x", "y", "a", "1", "0", "b", "0", "7"]


def test_bars_are_as_long_as_their_shares_and_carry_their_numbers() -> None:
    drawn = bars(NAMED, [("a", 3, "p"), ("b", 1, "q"), ("c", 0, "r")])
    lengths = [
        r.get("width") for r in ElementTree.fromstring(drawn).iter("rect") if r.get("class") in ("bar p", "bar q")
    ]
    assert lengths == ["255", "85"]
    assert texts(drawn) == ["a", "3", "b", "1", "c", "0"]


def test_nothing_is_drawn_as_nothing() -> None:
    assert 'class="bar' not in bars(NAMED, [("a", 0, "p")])
    assert texts(bars(NAMED, [("a", 0, "p")])) == ["a", "0"]


def test_a_share_too_small_to_see_is_seen() -> None:
    svg = ElementTree.fromstring(bars(NAMED, [("a", 100_000, "p"), ("b", 1, "q")]))
    assert [r.get("width") for r in svg.iter("rect") if r.get("class") == "bar q"] == ["1.5"]


def test_labels_are_clipped_not_lost() -> None:
    assert clipped("x" * 34) == "x" * 34
    assert clipped("x" * 35) == "x" * 33 + "…"


def test_a_timeline_keeps_short_spans_visible() -> None:
    svg = ElementTree.fromstring(timeline(NAMED, [("sensor", [(0.0, 0.5), (0.9, 0.9)])], ("from", "to")))
    widths = [r.get("width") for r in svg.iter("rect") if r.get("class") == "bar observed"]
    assert widths == ["200", "1.5"]
