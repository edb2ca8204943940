from hygie.match.titled import TITLED, Named, titled, titles
from hygie.names.product import SURE
from match.making import advisory, naming, only, profile, statement

ROWS = [statement(version="<= R8.0.3", make="Philips", product="Version")]
HEADS = [advisory(title="Philips Alice 6 Vulnerabilities (Update B)")]


def test_a_product_that_only_the_title_names_is_asked_about() -> None:
    found = only([profile("PHILIPS", "ALICE 6", "R8.0.2")], statements=ROWS, advisories=HEADS)
    assert (found.verdict.value, found.question) == ("possible", "question.match.product")
    assert TITLED < SURE
    assert "product=Philips Alice 6" in found.because[0].args


def test_the_title_clears_nobody() -> None:
    fixed = [statement("fixed", "R8.0.3", make="Philips", product="Version")]
    found = only([profile("PHILIPS", "ALICE 6", "R8.0.3")], statements=fixed, advisories=HEADS)
    assert found.verdict.value == "unknown"


def test_a_document_that_names_its_product_is_not_widened_by_its_title() -> None:
    heads = titles([advisory(title="Acme Pump 7 and Rack 9")])
    assert titled(statement(product="Pump 7"), heads) is None
    named = Named(naming(), [statement(product="Pump 7")], heads)
    assert [row.product for row, _ in named.find("Acme", "Pump 7")] == ["Pump 7"]
    assert not named.has("Acme", "Rack 9")


def test_without_a_title_nothing_is_said() -> None:
    assert titles([advisory(title="")]) == {}
    assert not Named(naming(), ROWS, {}).has("Philips", "Alice 6")
