from hygie.sources.table import dating, gmao
from spreadsheets import source


def test_the_order_of_dates_and_whether_anything_tells_it() -> None:
    head = "N° inventaire;Désignation;Date de MES;Fin de garantie;Date de réforme\n"
    text = head + "1;Lit;03/04/2018;{};\n2;Lit;;05/06/2021;\n"
    for cell, order, open_ in (
        ("07/08/2020", "dmy", {2: "dmy", 3: "dmy"}),
        ("12/31/2020", "mdy", {}),
        ("31/12/2020", "dmy", {}),
    ):
        (sheet,) = source(text.format(cell)).sheets()
        understood = gmao.understand(sheet)
        assert understood is not None
        assert dating.date_orders(sheet, understood) == {2: order, 3: order, 4: order}
        assert dating.orders_of(sheet, understood)[1] == open_
