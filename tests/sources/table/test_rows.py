import pytest

from hygie.facts import headings
from hygie.model.evidence import Trait
from hygie.model.seams import Given, Sheet
from hygie.sources.opening import Secret
from hygie.sources.table import rows
from hygie.sources.table.columns import Headings, mapping
from spreadsheets import source

GMAO = Headings("rows", headings.DEVICE)


@pytest.mark.parametrize(
    ("index", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")]
)
def test_letters(index: int, name: str) -> None:
    assert rows.letters(index) == name


def test_places() -> None:
    assert rows.place(Sheet("", []), 11, 1) == "B12"
    assert rows.place(Sheet("Parc", []), 11, 1) == "Parc!B12"


def test_data_leaves_out_empty_rows_and_repeated_headers() -> None:
    sheet = Sheet("", [["t"], ["A", "B"], ["1", "2"], ["", " "], [], ["A", "B"], ["A", "3"]])
    assert list(rows.data(sheet, 1)) == [(2, ["1", "2"]), (6, ["A", "3"])]
    assert rows.is_table(sheet)
    assert not rows.is_table(Sheet("", [["a"], ["b", ""]]))


WIDE = "N° inventaire;Désignation;Marque;Modèle\n"


@pytest.mark.parametrize(
    ("lines", "over"),
    [
        ("A1;Pompe; à perfusion;X;Y\nA2;Pompe;X;Y\n", [1]),
        ("A1;Pompe; à perfusion;X;\nA2;Pompe;X;Y\nA3;Pompe;X;Y\n", [1]),
        ("A1;Pompe;X;Y;\nA2;Pompe;X;Y;\n", []),
        ("A1;Pompe;X;Y;;;\nA2;Pompe;X;Y;;;\nA3;Po;mpe;X;Y;;;\n", [3]),
        ('A1;"Pompe; à perfusion";X;Y\nA2;Pompe\n', []),
        ("A1;Pompe;X;Y;voir fiche\n;;;;;;\nA2;Pompe;X;Y\n", [1]),
    ],
)
def test_a_row_with_a_cell_cut_in_two_is_not_read_one_column_too_far(lines: str, over: list[int]) -> None:
    sheet = source(WIDE + lines).sheets()[0]
    assert list(rows.overrun(sheet, 0)) == over
    kept = [index for index, _ in rows.data(sheet, 0)]
    assert not set(kept) & set(over)
    assert len(kept) + len(over) == sum(any(map(str.strip, row)) for row in sheet.rows[1:])


def test_an_office_file_has_cells_where_they_stand() -> None:
    sheet = Sheet("Parc", [["A", "B"], ["1", "2", "note"]])
    assert list(rows.data(sheet, 0)) == [(1, ["1", "2", "note"])]
    assert list(rows.overrun(sheet, 0)) == []


def test_coverage_needs_its_fields() -> None:
    sheet = source("N° inventaire;Désignation;Truc\n1;2;3\n").sheets()[0]
    assert rows.coverage(sheet, GMAO, ("inventory_number",)) == pytest.approx(0.5 + 0.5 * 2 / 3)
    assert rows.coverage(sheet, GMAO, ("serial_number", "mac")) == 0
    assert rows.coverage(Sheet("", [["1"]]), GMAO) == 0


def test_doubts_are_told_one_by_one_then_by_number() -> None:
    doubts = rows.Doubts(source("x"), Given("local", "R1"))
    for n in range(12):
        doubts.add(f"B{n}", "Date", "commissioned")
        doubts.line(f"A{n}")
    reasons = [r.reason for r in doubts.refusals()]
    assert reasons.count("refusal.cell") == reasons.count("refusal.row") == 10
    assert reasons[-2:] == ["refusal.cells_more", "refusal.rows_more"]


def test_secrets_leave_the_sheet_as_it_was() -> None:
    sheet = Sheet("", [["a", "mdp: x1y2z3"], ["b", "c"]])
    cleared, found = rows.without_secrets(sheet)
    assert [(s.place, s.pattern) for s in found] == [("B1", "password")]
    assert list(cleared.rows) == [cleared.rows[0], cleared.rows[1]] == cleared.rows[:] == [["a", ""], ["b", "c"]]
    assert len(cleared.rows) == 2
    assert sheet.rows[0][1] == "mdp: x1y2z3"
    assert rows.without_secrets(sheet, 2) == (sheet, [])
    assert [s.place for s in rows.secret_lines(["a", "pwd=azerty"])] == ["line 2"]


def test_cells_by_field() -> None:
    one = source("N° inventaire;Désignation;Adresse IP\nBM1;Lit;10.1.1.1\nBM2;N/A;zut\n")
    sheet = one.sheets()[0]
    understood = mapping(sheet, GMAO)
    assert understood is not None
    doubts = rows.Doubts(one, Given("local", "R1"))
    cells = rows.Cells(one, Given("local", "R1"), sheet, understood, doubts)
    told = [
        (cells.text("designation"), cells.one("ip", lambda t: t if "." in t else None), cells.place("ip"))
        for _ in cells.rows(understood.header)
    ]
    assert told == [("Lit", "10.1.1.1", "C2"), ("", "", "C3")]
    assert [r.place for r in doubts.refusals()] == ["C3"]
    assert [e.place for e in cells.say("device:x", Trait.IP, "10.1.1.1", "ip")] == ["C3"]


def test_normal_forms() -> None:
    assert rows.normal(Trait.COMMISSIONED, "03/04/2020", "mdy") == ["2020-03-04"]
    assert rows.normal(Trait.SERIAL, "0000") == []
    assert rows.normal(Trait.IP, "DHCP") == []
    assert rows.normal(Trait.IP, "10.1.1.1;10.1.1.2") == ["10.1.1.1", "10.1.1.2"]
    assert rows.normal(Trait.STATUS, "??") is None
    assert rows.normal(Trait.LOCATION, "x" * 2000) is None


def test_pairs_of_addresses_by_row() -> None:
    headings = Headings("pairs", {"mac": ("mac",), "ip": ("ip",), "note": ("note",)})
    item = source("MAC;IP;Note\n02-00-00-00-00-01;10.0.0.1;mdp: secret12\n02-00-00-00-00-02;;x\nx;10.0.0.3;y\n")
    given = Given("local", "R")
    doubts = rows.Doubts(item, given)
    secret, cells = rows.tables(item, given, headings, doubts)
    assert isinstance(secret, Secret)
    assert isinstance(cells, rows.Cells)
    assert list(cells.pairs("mac", "ip")) == [("02:00:00:00:00:01", "10.0.0.1")]
    assert [one.place for one in doubts.refusals() if one.reason == "refusal.row"] == ["B3", "B4"]
