import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hostile import content
from hygie.sources.opening import Content, Limits, text


def rows(data: bytes) -> list[list[str]]:
    return text.sheets(data, 10**6)[0].rows


def test_encodings() -> None:
    line = "N° série;Modèle\n1;é\n"
    for data, name in (
        (line.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + line.encode(), "utf-8"),
        (line.encode("cp1252"), "cp1252"),
        (b"\xff\xfe" + line.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + line.encode("utf-16-be"), "utf-16-be"),
    ):
        sheet = text.sheets(data, 100)[0]
        assert sheet.rows == [["N° série", "Modèle"], ["1", "é"]]
        assert (sheet.encoding, sheet.separator) == (name, ";")


def test_what_is_no_text_is_refused_with_its_line() -> None:
    with pytest.raises(ValueError, match=r"refusal\.nul") as nul:
        text.decode(b"a;b\n1;\x002\n")
    assert "place=line 2" in nul.value.args
    with pytest.raises(ValueError, match=r"refusal\.encoding") as other:
        text.decode(b"a;b\n1;\x81\xff\n")
    assert "place=line 2" in other.value.args


@pytest.mark.parametrize("cut", [";", ",", "\t", "|"])
def test_separators(cut: str) -> None:
    body = "\n".join(cut.join(("BM1", "Lit", '"1,5; 2|3\tx"', str(n))) for n in range(5))
    sheet = text.sheets(f"Titre\n{body}\n".encode(), 1000)[0]
    assert sheet.separator == cut
    assert sheet.rows[1] == ["BM1", "Lit", "1,5; 2|3\tx", "0"]


def test_decimal_commas_and_titles_do_not_win_over_semicolons() -> None:
    body = "Parc, au 14/08/2026\n\n" + "\n".join(f"BM{n};1 847,00;2,5" for n in range(4))
    assert text.sheets(body.encode(), 100)[0].separator == ";"
    assert text.sheets(b"sep=,\na,b\n1,2\n", 100)[0].rows == [[], ["a", "b"], ["1", "2"]]
    assert text.sheets(b"une seule colonne\nsans rien\n", 100)[0].separator == ""


def test_rows_are_lines_even_where_a_cell_spans_several() -> None:
    assert rows(b'a;b\n1;"x\ny"\n2;z\n') == [["a", "b"], ["1", "x y"], [], ["2", "z"]]


def test_a_stray_quote_swallows_nothing() -> None:
    lines = [f"{n};b;c" for n in range(200)]
    lines[3] = '3;"12 pouces;c'
    found = rows("\n".join(lines).encode())
    assert found[3] == ["3", '"12 pouces', "c"]
    assert found[4:] == [[str(n), "b", "c"] for n in range(4, 200)]


def test_too_many_cells_are_refused() -> None:
    with pytest.raises(ValueError, match=r"refusal\.cells"):
        text.sheets(b"a;b\n" * 100, 50)


def test_text_and_what_looks_like_it() -> None:
    assert text.looks_text(b"abc\r\n\tx")
    assert not text.looks_text(bytes(range(256)) * 4)
    assert not text.looks_text(b"")
    assert not text.looks_tabular(b'  {"a": 1}')
    assert not text.looks_tabular(b"<xml/>")
    assert text.whole_lines(b"a\nb\nc") == b"a\nb\n"


def test_lines_of_the_head_leave_the_cut_one_out() -> None:
    source = content(b"x" * 20 + b"\n" + b"y" * 70_000)
    assert text.lines(source, 10) == ["x" * 20, ""]
    assert text.lines(source)[1] == "y" * 70_000
    assert text.lines(content(b"a\r\nb"), 1) == ["a"]


CELL = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=8)


@given(st.lists(st.lists(CELL, min_size=2, max_size=5), min_size=2, max_size=8))
def test_what_a_csv_writer_wrote_is_read(table: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(table)
    lines = out.getvalue().rstrip("\n").split("\n")
    assert [row for row in text.records(lines, ";") if row] == table


@given(st.binary(max_size=300))
def test_any_bytes_give_rows_or_a_value_error(data: bytes) -> None:
    try:
        found = text.sheets(data, 1000)
    except (ValueError, csv.Error):
        return
    assert all(isinstance(cell, str) for sheet in found for row in sheet.rows for cell in row)


def test_a_long_table_is_the_same_row_by_row_by_index_and_by_slice() -> None:
    lines = [f'{n};"x{n}";c' if n % 700 else f'{n};"over\n{n} lines";c' for n in range(5000)]
    lines[2001] = '2001;12" pouces;c'
    lines[3999] = '3999;"never closed;c'
    found = rows("\n".join(lines).encode())
    whole = list(text.records("\n".join(lines).split("\n"), ";"))
    assert found == whole
    assert len(found) == 5000 + sum(n % 700 == 0 for n in range(5000))
    assert [found[i] for i in (4999, 0, 2500, -1)] == [whole[i] for i in (4999, 0, 2500, -1)]
    assert found[990:1010] == whole[990:1010]
    assert list(text.below(found, 4990)) == whole[4990:]
    assert found != whole[:-1]


def test_a_record_over_the_end_of_a_block_stays_one() -> None:
    lines = [f"{n};b" for n in range(3000)]
    lines[998:1003] = ['998;"a', "b", "c", 'd"', "1002;b"]
    found = rows("\n".join(lines).encode())
    assert found[998:1003] == [["998", "a b c d"], [], [], [], ["1002", "b"]]


def test_what_is_too_long_is_refused_before_it_is_read() -> None:
    with pytest.raises(ValueError, match=r"refusal\.lines"):
        text.sheets(b"a;b\n" * 11, 1000, 10)
    assert len(text.sheets(b"a;b\n" * 10, 1000, 10)[0].rows) == 10
    with pytest.raises(ValueError, match=r"refusal\.table"):
        text.within(11, 10)
    long = Content("x", lambda: io.BytesIO(b"a;b\n" * 20_000), Limits(table=70_000, kept=0), "x", 80_000)
    assert len(long.preview()[0].rows) == 16_384
    with pytest.raises(ValueError, match=r"refusal\.table"):
        long.sheets()


def test_a_view_of_rows_gives_one_or_several() -> None:
    rows = [["a"], ["b"], ["c"]]
    assert text.picked(3, -1, rows.__getitem__) == ["c"]
    assert text.picked(3, slice(None, None, -2), rows.__getitem__) == [["c"], ["a"]]
    assert text.picked(3, slice(5, 9), rows.__getitem__) == []
    with pytest.raises(IndexError):
        text.picked(3, 3, rows.__getitem__)


@pytest.mark.parametrize(
    "head",
    [
        b"<S5735-BLOC>display mac-address\r\nMAC Address",
        b"<S5735>\r\n<S5735>dis arp\r\n",
        b"<S5735>screen-length 0 temporary\n",
        b"[S5735-BLOC]display arp\n",
        b"[~CE6857]display mac-address\n",
        b"[admin@MKT] > /ip arp print\n",
        b"{master:0}\nadmin@ex> show arp\n",
    ],
)
def test_prompts_are_text_and_no_xml_nor_json(head: bytes) -> None:
    assert text.looks_tabular(head)


@pytest.mark.parametrize(
    "head",
    [
        b'<?xml version="1.0"?>\n<a/>',
        b"<root>\n<item>1</item>",
        b"<display>\n<a/>",
        b"<html><body>",
        b'[{"a": 1}]',
        b"[1, 2]",
        b"[true]\n",
        b'{"a":1}',
        b"[",
        b"{",
        b"<",
    ],
)
def test_xml_and_json_are_no_tables(head: bytes) -> None:
    assert not text.looks_tabular(head)


def test_a_part_of_a_table_keeps_its_places() -> None:
    whole = rows(b"a;b\n1;2\n3;4\n5;6\n")
    part = text.Part(whole, 1, 3)
    assert list(part) == [[], ["1", "2"], ["3", "4"]] == part[:]
    assert (len(part), part[0], part[2], part[-1]) == (3, [], ["3", "4"], ["3", "4"])
    with pytest.raises(IndexError):
        part[3]
