from hygie.facts import functions, rules
from hygie.model.evidence import Trait
from hygie.names.rules import CONCLUDES, NOT_READ


def test_every_line_has_all_cells_and_a_source() -> None:
    assert len(rules.lines()) > 200
    for line in rules.lines():
        cells = dict(zip(rules.COLUMNS, line, strict=True))
        assert all(cells[name] for name in rules.COLUMNS if name != "unless"), line
        assert Trait(cells["reads"]) not in NOT_READ
        assert Trait(cells["concludes"]) in CONCLUDES
        assert 0.5 <= float(cells["confidence"]) < 1.0
        if cells["concludes"] == Trait.KIND.value:
            assert cells["value"] in functions.functions()


def test_no_conclusion_stands_twice() -> None:
    heads = [(line[0], line[1], line[2], line[4], line[5]) for line in rules.lines()]
    assert len(set(heads)) == len(heads)
