from hygie.sources.table import mapping, quality
from spreadsheets import source


def test_what_a_column_holds() -> None:
    text = (
        "N° inventaire;Désignation;N° série;Date mise en service;Remarques\n"
        "BM1;Lit;S1;01/02/2020;x\nBM2;Lit;S1;jamais;\nBM3;;N/A;;\n"
    )
    ((sheet, understood),) = mapping(source(text))
    told = {q.heading: q for q in quality(sheet, understood)}
    assert told["N° série"]._asdict() == {
        "heading": "N° série", "field": "serial_number", "rows": 3, "filled": 2, "distinct": 1, "unreadable": 0,
        "duplicates": 1,
    }  # fmt: skip
    assert (told["Date mise en service"].filled, told["Date mise en service"].unreadable) == (2, 1)
    assert (told["Désignation"].filled, told["Désignation"].distinct, told["Désignation"].duplicates) == (2, 1, 0)
    assert (told["Remarques"].field, told["Remarques"].filled) == ("", 1)
