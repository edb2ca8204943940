from hygie.match.profiles import Attachments
from hygie.match.uncovered import spoken_of, uncovered
from hygie.model.fleet import Connectable, Model
from hygie.model.knowledge import Applicability, Bom, Statement
from match.making import advisory, bom, cpe, model, naming, row, statement


def silent(
    models: list[Model],
    boms: list[Bom] | None = None,
    statements: list[Statement] | None = None,
    records: list[Applicability] | None = None,
) -> list[str]:
    """Ids of those of which nobody speaks."""
    names = naming()
    spoken = spoken_of(statements or [], records or [], names)
    return [one.id for one in uncovered(models, Attachments(names, boms or []), spoken)]


def test_models_of_which_nobody_speaks() -> None:
    models = [
        model("a", "Acme", "Pump 7"),
        model("b", "Acme", "Scale 9"),
        model("c", "Perfalys", "Relais", "2.3"),
        model("d", "Norvane", "Ondine U9", devices=4),
        model("e", "Norvane", "Calypso", connectable=Connectable.NO),
        model("f", "Norvane", "Serene", devices=9, connectable=Connectable.UNKNOWN),
        model("g", "Norvane", "Ariane", advisories=("ADV",)),
        model("h", "Norvane", "Boréale"),
    ]
    found = silent(
        models,
        [bom(make="Perfalys", product="Relais", version="2.3")],
        [statement(), statement("recommended", make="Norvane", product="Boréale")],
        [row(cpe("acme", "scale_9_firmware"))],
    )
    assert found == ["f", "d", "g", "h"], "what no finding can come of says nothing"


def test_a_similar_name_counts_as_named() -> None:
    assert silent([model("a", "Acme", "Pump 7 Duo")], [], [statement()]) == []


def test_a_component_inside_a_product_speaks_of_the_product() -> None:
    inside = statement(product="openssl", make="", inside_make="Acme", inside_product="Scale 9")
    assert silent([model("a", "Acme", "Scale 9")], [], [inside]) == []


def test_a_model_named_in_place_of_a_version_or_in_another_writing_is_spoken_of() -> None:
    said = [statement(make="Stryker", product="InTouch Bed", version="2131"), statement(product="Ultrasound CX")]
    models = [model("a", "Stryker", "2131"), model("b", "Acme", "CX 50"), model("c", "Acme", "HD 15")]
    assert silent(models, [], said) == ["c"]


def test_what_only_a_title_names_is_spoken_of() -> None:
    rows = [statement(make="Philips", product="Version")]
    heads = [advisory(title="Philips Alice 6 Vulnerabilities")]
    assert spoken_of(rows, [], naming(), heads).has("Philips", "Alice 6")
    assert not spoken_of(rows, [], naming()).has("Philips", "Alice 6")


def test_an_sbom_of_which_nothing_can_be_compared_speaks_of_no_model() -> None:
    names = naming()
    models, boms = [model("c", "Perfalys", "Relais", "2.3")], [bom(make="Perfalys", product="Relais", version="2.3")]
    attached, spoken = Attachments(names, boms), spoken_of([], [], names)
    assert uncovered(models, attached, spoken) == []
    assert uncovered(models, attached, spoken, frozenset({"B"})) == models
