import json
from typing import Any

import pytest
from msgspec import Raw

import hostile
from hygie.model.evidence import Refusal, Speaker
from hygie.model.knowledge import Remedy, Statement, Status, Vulnerability
from hygie.sources.csaf.tree import products
from hygie.sources.csaf.vulnerabilities import REFERENCES, Voice, Vulnerabilities
from hygie.sources.opening.documents import Told

TREE = {
    "branches": [
        {
            "category": "vendor",
            "name": name,
            "branches": [
                {"category": "product_name", "name": one, "product": {"name": one, "product_id": one}} for one in ids
            ],
        }
        for name, ids in (("Acme", "AB"), ("Other", "XY"))
    ],
    "relationships": [
        {
            "category": "default_component_of",
            "product_reference": "X",
            "relates_to_product_reference": "A",
            "full_product_name": {"name": "X in A", "product_id": "XA"},
        },
        {
            "category": "default_component_of",
            "product_reference": "A",
            "relates_to_product_reference": "X",
            "full_product_name": {"name": "A in X", "product_id": "AX"},
        },
        {
            "category": "installed_on",
            "product_reference": "A",
            "relates_to_product_reference": "X",
            "full_product_name": {"name": "A on X", "product_id": "AonX"},
        },
    ],
    "product_groups": [{"group_id": "G", "product_ids": ["A", "X"]}],
}


def read(entry: dict[str, Any], vendor: bool = True, tree: Any = TREE) -> list[Any]:
    told = Told("f", "r1")
    found = products(told, Raw(json.dumps(tree).encode()), "/t")
    reader = Vulnerabilities(told, found, Voice("D", "Acme PSIRT", "", vendor, "2024-01-01"))
    rows: list[Any] = list(reader.read(Raw(json.dumps([entry]).encode()), "/v"))
    return [*rows, *told.drain()]


def test_every_status() -> None:
    words = "first_affected known_affected last_affected first_fixed fixed recommended known_not_affected"
    statuses = [*words.split(), "under_investigation", "unknown"]
    found = hostile.of(Statement, read({"cve": "CVE-2024-1001", "product_status": {word: ["A"] for word in statuses}}))
    assert [s.status for s in found] == [
        *[Status.AFFECTED] * 3,
        *[Status.FIXED] * 2,
        Status.RECOMMENDED,
        Status.NOT_AFFECTED,
        Status.UNDER_INVESTIGATION,
        Status.UNKNOWN,
    ]


def test_unknown_words_and_ids_are_told() -> None:
    found = read({"cve": "CVE-2024-1001", "product_status": {"maybe": ["A"], "fixed": ["Q", "A"]}})
    assert hostile.reasons(found) == [
        ("/v/0/product_status/maybe", "refusal.csaf.status"),
        ("/v/0/product_status/fixed/0", "refusal.csaf.product"),
    ]
    assert len(hostile.of(Statement, found)) == 1


def test_a_vendor_speaks_for_its_own_products_only() -> None:
    entry = {"cve": "CVE-2024-1001", "product_status": {"known_not_affected": ["A", "X", "XA", "AX", "AonX"]}}
    speakers = {s.product_id: s.speaker for s in hostile.of(Statement, read(entry))}
    own, other = Speaker.MANUFACTURER, Speaker.THIRD_PARTY
    assert speakers == {"A": own, "X": other, "XA": own, "AX": other, "AonX": own}
    assert {s.speaker for s in hostile.of(Statement, read(entry, vendor=False))} == {other}


def test_a_component_within_a_product() -> None:
    found = hostile.of(Statement, read({"cve": "CVE-2024-1001", "product_status": {"fixed": ["XA"]}}))[0]
    assert (found.make, found.product, found.inside_make, found.inside_product) == ("Other", "X", "Acme", "A")


def test_names_without_a_cve() -> None:
    assert (
        hostile.of(Vulnerability, read({"ids": [{"text": "V-1"}, {"text": "cve-2024-1001"}]}))[0].id == "CVE-2024-1001"
    )
    assert hostile.of(Vulnerability, read({"ids": [{"text": "V-1"}]}))[0].id == "V-1"
    assert hostile.of(Vulnerability, read({"title": " T "}))[0].id == "T"
    assert hostile.of(Vulnerability, read({}))[0].id == "D/0"


def test_flags_and_threats_of_all_products() -> None:
    entry = {
        "cve": "CVE-2024-1001",
        "product_status": {"known_not_affected": ["A", "B"]},
        "flags": [
            {"label": "component_not_present"},
            {"label": "inline_mitigations_already_exist", "group_ids": ["G"]},
        ],
        "threats": [
            {"category": "impact", "details": "one", "product_ids": ["A"]},
            {"category": "impact", "details": "two", "group_ids": ["G"]},
            {"category": "exploit_status", "details": "no", "product_ids": ["A"]},
            {"category": "impact", "details": "rest"},
        ],
    }
    a, b = hostile.of(Statement, read(entry))
    assert (a.justification, a.text) == ("inline_mitigations_already_exist", "one\ntwo")
    assert (b.justification, b.text) == ("component_not_present", "rest")


def test_remedies_are_divided_by_who_speaks() -> None:
    found = read(
        {"cve": "CVE-2024-1001", "remediations": [{"category": "vendor_fix", "details": "d", "group_ids": ["G"]}]}
    )
    assert [(r.speaker, r.product_ids) for r in hostile.of(Remedy, found)] == [
        (Speaker.MANUFACTURER, ("A",)),
        (Speaker.THIRD_PARTY, ("X",)),
    ]


def test_a_remedy_for_an_unknown_group_is_not_for_all() -> None:
    found = read(
        {"cve": "CVE-2024-1001", "remediations": [{"category": "mitigation", "details": "d", "group_ids": ["Q"]}]}
    )
    assert hostile.of(Remedy, found)[0].product_ids == ("Q",)
    assert hostile.reasons(found) == [("/v/0/remediations/0/group_ids/0", "refusal.csaf.group")]


def test_scored_products_without_status_are_unknown() -> None:
    entry = {
        "cve": "CVE-2024-1001",
        "product_status": {"known_affected": ["A"]},
        "scores": [{"products": ["A", "B"], "cvss_v3": {}}],
    }
    found = hostile.of(Statement, read(entry))
    assert [(s.product_id, s.status, s.place) for s in found] == [
        ("A", Status.AFFECTED, "/v/0/product_status/known_affected/0"),
        ("B", Status.UNKNOWN, "/v/0/scores/0/products/1"),
    ]


def test_known_exploitation() -> None:
    entry = {"cve": "CVE-2024-1001", "first_known_exploitation_dates": [{"exploitation_date": "2024-01-01T00:00:00Z"}]}
    assert hostile.of(Vulnerability, read(entry))[0].exploitation == "active"


def test_groups_cannot_be_used_as_a_bomb() -> None:
    ids = [f"P{i}" for i in range(4000)]
    tree = {
        "full_product_names": [{"name": i, "product_id": i} for i in ids],
        "product_groups": [{"group_id": "G", "product_ids": ids}],
    }
    count = REFERENCES // (2 * len(ids)) + 1
    entry = {"remediations": [{"category": "mitigation", "details": "d", "group_ids": ["G"]}] * count}
    with pytest.raises(ValueError, match=r"refusal\.csaf\.many"):
        read(entry, tree=tree)


def test_a_remediation_that_leaves_the_vulnerability_open_limits_what_the_statement_leaves_out() -> None:
    said = "Version 2 fixes all vulnerabilities above except CVE-2026-1."
    entry = {"cve": "CVE-2026-1", "product_status": {"known_affected": ["A", "B"]}}
    entry["remediations"] = [{"category": "vendor_fix", "details": f"Upgrade. {said} Call us.", "product_ids": ["A"]}]
    rows = {row.product_id: row.limits for row in read(entry) if isinstance(row, Statement)}
    assert rows == {"A": (f"left open={said}",), "B": ()}
    entry["remediations"] = [{"category": "vendor_fix", "details": said}]
    assert {row.limits for row in read(entry) if isinstance(row, Statement)} == {(f"left open={said}",)}


def test_a_fix_in_part_limits_the_fixed_version_of_the_product_it_mends() -> None:
    versions = [{"category": "product_version", "name": n, "product": {"name": n, "product_id": n}} for n in "12"]
    line = {"category": "product_name", "name": "Imager", "branches": versions}
    other = {"category": "product_name", "name": "Other", "product": {"name": "Other", "product_id": "O"}}
    tree = {"branches": [{"category": "vendor", "name": "Acme", "branches": [line, other]}]}
    said = "2 fixes most attack paths; the vulnerability remains exploitable over USB."
    entry = {
        "cve": "CVE-2024-1001",
        "product_status": {"known_affected": ["1"], "fixed": ["2", "O"]},
        "remediations": [{"category": "vendor_fix", "details": said, "product_ids": ["1"]}],
    }
    limits = {row.product_id: row.limits for row in hostile.of(Statement, read(entry, tree=tree))}
    assert limits == {"1": (f"left open={said}",), "2": (f"left open={said}",), "O": ()}


@pytest.mark.parametrize(
    ("statuses", "told"),
    [
        (("known_affected", "fixed"), True),
        (("first_affected", "known_not_affected"), True),
        (("fixed", "under_investigation"), True),
        (("first_affected", "last_affected"), False),
        (("fixed", "first_fixed", "recommended"), False),
    ],
)
def test_statuses_that_exclude_each_other_are_told(statuses: tuple[str, ...], told: bool) -> None:
    rows = read({"cve": "CVE-2024-1001", "product_status": {word: ["A"] for word in statuses}})
    refusals = [(r.reason, r.place) for r in hostile.of(Refusal, rows)]
    place = f"/v/0/product_status/{statuses[1]}/0"
    assert refusals == ([("refusal.csaf.contradiction", place)] if told else [])
    assert len(hostile.of(Statement, rows)) == len(statuses), "both are kept: the worse wins"
