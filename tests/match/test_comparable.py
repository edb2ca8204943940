from hygie.match.comparable import blind, compared
from hygie.match.find import Knowledge, open_desk
from hygie.model.verdict import Compared
from match.making import bom, component, cpe, naming, row, statement

LISTED = [
    component("openssl", "1.1.1k", cpe("openssl", "openssl", "1.1.1k")),
    component("log4j-core", "2.14.1", purl="pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1"),
    component("module", "1.0", purl="pkg:npm/module@1.0"),
    component("module", "2.0", purl="pkg:npm/module@2.0"),
    component("house-made", "7"),
]


def counted(*rows: object, components: object = LISTED, **more: object) -> list[tuple[str, int, int]]:
    known = Knowledge(boms=[bom()], components=components, applicabilities=list(rows), **more)  # type: ignore[arg-type]
    return [(one.document, one.components, one.compared) for one in compared(open_desk(known, naming()))]


def test_what_no_record_could_name_is_not_compared() -> None:
    assert counted() == [("B", 5, 0)]
    assert counted(row(cpe("acme", "other"), "2.0")) == [("B", 5, 1)]
    assert counted(row(cpe("apache", "log4j"), "2.15.0")) == [("B", 5, 2)]
    assert counted(row(cpe("acme", "house-made"), "2.0")) == [("B", 5, 2)]


def test_records_of_an_ecosystem_compare_all_its_packages() -> None:
    assert counted(row(purl="pkg:npm/other", end="2.0")) == [("B", 5, 2)]


def test_a_statement_on_a_component_compares_it() -> None:
    said = statement(make="", product="", purl="pkg:npm/module", version="1.0")
    assert counted(statements=[said]) == [("B", 5, 1)]


def test_an_sbom_without_components_or_comparable_ones_is_blind() -> None:
    rows = [Compared("A", "Acme", "Pump", "1", 0, 0), Compared("B", "Acme", "Pump", "2", 3, 1)]
    assert blind(rows) == {"A"}
    assert counted(components=[]) == [("B", 0, 0)]
