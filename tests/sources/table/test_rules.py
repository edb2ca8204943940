from hygie.model.evidence import Trait
from hygie.model.rule import Rule
from spreadsheets import endures, refused, rows, workbook

LIST = """règle;lit;motif;sauf;conclut;valeur;confiance;source
irm;host_name;(?i)^irm;;clinical_kind;mri;90 %;Plan de nommage, 2025
pompe;dhcp_vendor_class;^Perfalys (.+)$;banc;product;{1};0,85;Relevé sur deux pompes
pompe;dhcp_vendor_class;^Perfalys (.+)$;banc;manufacturer;Perfalys;0.95;Relevé sur deux pompes
cassée;host_name;^(a;;product;x;0,9;y
sans source;host_name;^a;;product;x;0,9;
sans confiance;host_name;^a;;product;x;beaucoup;y
"""


def test_sound_lines_are_rules_and_others_are_refused_with_their_line() -> None:
    found = rows(LIST, "rules")
    rules = [row for row in found if isinstance(row, Rule)]
    assert [(r.place, r.name, r.reads, r.concludes, r.value, r.confidence) for r in rules] == [
        ("A2", "irm", Trait.HOST_NAME, Trait.KIND, "mri", 0.9),
        ("A3", "pompe", Trait.DHCP_VENDOR_CLASS, Trait.PRODUCT, "{1}", 0.85),
        ("A4", "pompe", Trait.DHCP_VENDOR_CLASS, Trait.MANUFACTURER, "Perfalys", 0.95),
    ]
    assert rules[1].unless == "banc"
    assert rules[0].source == "Plan de nommage, 2025"
    assert refused(found) == [
        ("A5", "refusal.pattern.bracket"),
        ("A6", "refusal.rule.parts"),
        ("A7", "refusal.rule.confidence"),
    ]


def test_english_headings_and_a_workbook() -> None:
    head = ["rule", "reads", "pattern", "unless", "concludes", "value", "confidence", "source"]
    line = ["iis", "http_server", "^Microsoft-IIS/10", "", "operating_system", "Windows NT 10.0", 0.9, "lifecycle"]
    (rule,) = rows(workbook({"Rules": [head, line]}), "rules")
    assert (rule.place, rule.concludes, rule.confidence) == ("Rules!A2", Trait.OS, 0.9)


def test_it_endures_damage() -> None:
    endures("rules", LIST.encode("cp1252"))
