from hygie.facts import headings
from hygie.sources.table import titles
from hygie.sources.table.columns import Headings
from spreadsheets import source

GMAO = Headings("rows", headings.DEVICE)


def test_dates_in_titles() -> None:
    assert titles.date_in(["Bonjour", "Inventaire biomédical - export du 14/08/2026"]) == "2026-08-14"
    assert titles.date_in(["Extrait le 1er mars 2026"]) == "2026-03-01"
    assert titles.date_in(["Mise à jour : juillet 2026", "10.1.1.1"]) == ""
    sheets = source("Export du 02/01/2026;\nN° inventaire;Désignation\nBM1;Lit\n").sheets()
    assert list(titles.titles(sheets, GMAO)) == ["Export du 02/01/2026"]
