import pytest

from hygie.facts import headings
from hygie.sources.table import guessing as columns

GMAO = columns.Headings("guessing", headings.DEVICE, (*headings.UNREAD, *headings.BOUGHT), frozenset(("ip",)))

KNOWN = {
    "N° d'inventaire": "inventory_number", "N°Série": "serial_number", "Libellé équipement": "designation",
    "CONSTRUCTEUR": "manufacturer", "Modèle": "product", "Unité fonctionnelle": "ward", "Pôle": "pole",
    "Date de mise en service": "commissioned", "Prix d'achat": "purchase_cost", "État": "status",
    "Asset No": "inventory_number", "Serial Number": "serial_number", "Manufacturer": "manufacturer", "Dept": "ward",
    "Warranty Until": "warranty_end", "Hostname": "host_name", "MAC-Address": "mac", "Classe CE": "ce_class",
}  # fmt: skip


@pytest.mark.parametrize("heading", KNOWN)
def test_usual_headings_are_known(heading: str) -> None:
    field, likeness, _ = columns.guess(heading, GMAO)
    assert field == KNOWN[heading]
    assert likeness >= 90


def test_close_headings_are_assumed_and_far_ones_are_not_used() -> None:
    field, likeness, _ = columns.guess("Numéro de sérrie", GMAO)
    assert field == "serial_number"
    assert 75 <= likeness < 100
    for heading in ("Humeur du jour", "Responsable", "Date de réforme", "N° de marché", "xyz", "12", "ip2"):
        assert columns.guess(heading, GMAO)[0] == ""
