from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from hygie.exports.drawing.marks import drawing, element, label, number

printable = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff"))


@given(printable, printable)
def test_text_from_outside_stays_text(title: str, text: str) -> None:
    tree = ElementTree.fromstring(drawing(10, 10, title, text, [label(1, 2, text), element("rect", class_=text)]))
    assert (tree.find("text").text or "") == text  # type: ignore[union-attr]
    assert len(list(tree)) == 4
    assert tree[3].attrib == {"class": text}


def test_numbers_are_short() -> None:
    assert [number(v) for v in (1.0, 0.125, 1e-9, 1234567.0)] == ["1", "0.12", "0", "1234567"]
