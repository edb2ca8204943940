from xml.etree import ElementTree

from hygie.exports.drawing.charts import Named, bars, matrix, timeline

NAMED = Named("t", "d")


def texts(svg: str) -> list[str]:
    return [node.text or "" for node in ElementTree.fromstring(svg).iter("text")]


def test_a_matrix_shows_every_count() -> None:
    shown = texts(matrix(NAMED, ["a", "b"], ["x", "y"], [[1, 0], [0, 7]]))
    assert shown == ["x", "y", "a", "1", "0", "b", "0", "7"]


def test_bars_fill_the_width_in_proportion() -> None:
    svg = ElementTree.fromstring(bars(NAMED, [("a", 3, "p"), ("b", 1, "q"), ("c", 0, "r")], 400))
    drawn = [r for r in svg.iter("rect") if r.get("height") == "26"]
    assert [float(r.get("width", "0")) for r in drawn] == [299, 99]
    assert {"a: 3", "b: 1", "c: 0"} <= set(texts(bars(NAMED, [("a", 3, "p"), ("b", 1, "q"), ("c", 0, "r")])))


def test_nothing_is_drawn_as_nothing() -> None:
    assert 'class="bar none"' in bars(NAMED, [("a", 0, "p")])


def test_a_timeline_keeps_short_spans_visible() -> None:
    svg = ElementTree.fromstring(timeline(NAMED, [("sensor", [(0.0, 0.5), (0.9, 0.9)])], ("from", "to")))
    widths = [r.get("width") for r in svg.iter("rect") if r.get("class") == "bar observed"]
    assert widths == ["215", "1.5"]
