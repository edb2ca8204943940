import pytest

from hygie.model.evidence import Trait
from hygie.model.rule import Rule
from hygie.names.rules import Written, checked, conclude

KINDS = {"mri", "infusion_pump"}
SOUND = Written("names", "host_name", "(?i)^irm(\\d*)", "test", "product", "MR {1|?}", 0.9, "naming plan, 2025")


def made(**changed: object) -> Rule:
    return checked(SOUND._replace(**changed), "R1", "A2", KINDS)  # type: ignore[arg-type]


def told(rule: Rule, text: str) -> str:
    return conclude((rule.pattern, rule.unless, rule.concludes, rule.value), text)


def test_a_sound_rule_concludes() -> None:
    rule = made()
    assert (rule.reading, rule.place, rule.reads, rule.concludes) == ("R1", "A2", Trait.HOST_NAME, Trait.PRODUCT)
    assert told(rule, "IRM12-salle2") == "MR 12"
    assert told(rule, "irm-bloc") == "MR ?"
    assert told(rule, "irm12-test") == ""  # `unless`
    assert told(rule, "scanner1") == ""


def test_a_group_that_found_nothing_and_has_no_other_text_concludes_nothing() -> None:
    assert told(made(value="MR {1}"), "irm-bloc") == ""
    assert told(made(pattern="^irm(?P<number>\\d*)", value="MR {number}"), "irm7") == "MR 7"


def test_names_are_written_as_their_kind_asks() -> None:
    server = made(reads="http_server", pattern="^Apache/(\\S+)", unless="", concludes="cpe", value="cpe:2.3:a:x:y:{1}")
    assert told(server, "Apache/2.4.29-1+deb:u1") == "cpe:2.3:a:x:y:2.4.29-1\\+deb\\:u1"
    package = made(pattern="^x (.+)$", unless="", concludes="purl", value="pkg:deb/debian/x@{1}")
    assert told(package, "x 1:2~3") == "pkg:deb/debian/x@1%3A2~3"


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"reads": "remark"}, "refusal.rule.reads"),
        ({"reads": "clinical_kind"}, "refusal.rule.reads"),
        ({"reads": "shoe_size"}, "refusal.rule.reads"),
        ({"concludes": "inventory_number"}, "refusal.rule.concludes"),
        ({"concludes": "connectable"}, "refusal.rule.concludes"),
        ({"name": ""}, "refusal.rule.parts"),
        ({"source": ""}, "refusal.rule.parts"),
        ({"value": "x" * 301}, "refusal.rule.parts"),
        ({"confidence": 0.0}, "refusal.rule.confidence"),
        ({"confidence": 1.1}, "refusal.rule.confidence"),
        ({"pattern": "(a"}, "refusal.pattern.bracket"),
        ({"unless": "(?=a)"}, "refusal.pattern.group"),
        ({"pattern": ""}, "refusal.rule.anything"),
        ({"pattern": "a*"}, "refusal.rule.anything"),
        ({"value": "{2}"}, "refusal.rule.group"),
        ({"value": "{name}"}, "refusal.rule.group"),
        ({"value": "{"}, "refusal.rule.group"),
        ({"concludes": "clinical_kind", "value": "spaceship"}, "refusal.rule.kind"),
        ({"concludes": "cpe", "value": "apache {1}"}, "refusal.rule.name"),
        ({"concludes": "purl", "value": "apache"}, "refusal.rule.name"),
    ],
)
def test_what_is_not_sound_is_refused_with_its_reason(changed: dict[str, object], key: str) -> None:
    with pytest.raises(ValueError, match=key.replace(".", r"\.")):
        made(**changed)
