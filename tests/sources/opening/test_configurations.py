import json

import pytest
from msgspec import Raw

from hostile import ODD
from hygie.model.evidence import Speaker
from hygie.model.knowledge import Applicability
from hygie.sources.opening.configurations import empty, named, rows
from hygie.sources.opening.documents import Told

FIRMWARE = "cpe:2.3:o:acme:pump_firmware:*:*:*:*:*:*:*:*"
HARDWARE = "cpe:2.3:h:acme:pump:-:*:*:*:*:*:*:*"


def read(configurations: object, told: Told | None = None) -> list[Applicability]:
    raw = Raw(json.dumps(configurations).encode())
    return list(rows(told or Told("f", "r1"), "CVE-2020-1000", "nvd", Speaker.THIRD_PARTY, raw, "/c", 3))


def test_firmware_on_its_hardware() -> None:
    first, second = read(
        [
            {
                "operator": "AND",
                "nodes": [
                    {
                        "operator": "OR",
                        "negate": False,
                        "cpeMatch": [
                            {
                                "vulnerable": True,
                                "criteria": FIRMWARE,
                                "versionStartExcluding": "1",
                                "versionEndIncluding": "2",
                            }
                        ],
                    },
                    {"operator": "OR", "cpeMatch": [{"vulnerable": False, "criteria": HARDWARE}]},
                ],
            }
        ]
    )
    assert (first.configuration, first.node, first.configuration_operator, first.node_operator) == (3, 0, "AND", "OR")
    assert (first.start, first.start_excluded, first.end, first.end_included) == ("1", True, "2", True)
    assert (first.make, first.product, first.version, first.vulnerable) == ("acme", "pump_firmware", "", True)
    assert (second.node, second.vulnerable, second.version, second.cpe) == (1, False, "-", HARDWARE)
    assert second.place == "/c/0/nodes/1/cpeMatch/0"


def test_negation_of_a_configuration_turns_its_operators() -> None:
    nodes = [{"cpeMatch": [{"criteria": FIRMWARE}]}, {"negate": True, "cpeMatch": [{"criteria": HARDWARE}]}]
    found = read([{"operator": "AND", "negate": True, "nodes": nodes}])
    assert [(r.configuration_operator, r.negate) for r in found] == [("OR", True), ("OR", False)]


def test_all_versions_and_bounds() -> None:
    match = [{"criteria": FIRMWARE}, {"criteria": FIRMWARE, "versionEndExcluding": 3}]
    all_versions, below = read([{"nodes": [{"cpeMatch": match}]}])
    assert (all_versions.version, below.version, below.end, below.end_included) == ("*", "", "3", False)


@pytest.mark.parametrize(
    ("bounds", "told"),
    [
        (("2", False, "1", True), True),
        (("2.10", False, "2.9", True), True),
        (("2", False, "2", False), True),
        (("2", False, "2.0", False), True),
        (("2", False, "2", True), False),
        (("2a", False, "1a", True), False),
        (("a", True, "a", True), True),
        (("", False, "1", True), False),
        (("1", False, "9" * 5000, True), False),
    ],
)
def test_ranges_without_versions(bounds: tuple[str, bool, str, bool], told: bool) -> None:
    assert empty(*bounds) is told


def test_an_inverted_range_is_kept_and_told() -> None:
    told = Told("f", "r1")
    match = [{"criteria": FIRMWARE, "versionStartIncluding": "22.0", "versionEndExcluding": "2.1"}]
    assert len(read([{"nodes": [{"cpeMatch": match}]}], told)) == 1
    assert [(r.place, r.reason) for r in told.rows] == [("/c/0/nodes/0/cpeMatch/0", "refusal.range.empty")]
    assert told.rows[0].args == ("start=22.0", "end=2.1", "id=CVE-2020-1000")


def test_cpe_parts() -> None:
    assert named("cpe:2.3:a:ac\\:me:view\\-er:1\\.2:*:*:*:*:*:*:*") == ("ac:me", "view-er", "1.2")
    assert named("cpe:/o:acme:os:3") == ("acme", "os", "3")
    assert named("cpe:2.3:a") == ("", "", "*")
    assert named("nothing") == ("", "", "")


@pytest.mark.parametrize("odd", ODD)
def test_odd_shapes(odd: object) -> None:
    match = {"criteria": FIRMWARE, "vulnerable": True}
    for shape in (odd, [odd], [{"nodes": odd}], [{"nodes": [odd]}], [{"nodes": [{"cpeMatch": [odd, match]}]}]):
        told = Told("f", "r1")
        found = read(shape, told)
        assert all(r.cpe == FIRMWARE for r in found)


def test_one_damaged_match_leaves_all_others_as_they_were() -> None:
    match = {"vulnerable": True, "criteria": FIRMWARE, "versionEndExcluding": "3"}
    nodes = [{"operator": "and", "negate": True, "cpeMatch": [match, match]}, {"cpeMatch": [match]}]
    sound = [{"operator": "AND", "negate": True, "nodes": nodes}, {"nodes": nodes}, {"nodes": []}]
    told = Told("f", "r1")
    whole = read(sound, told)
    assert len(whole) == 6
    assert told.rows == []
    damaged = [*sound, {"nodes": [{"cpeMatch": [{"vulnerable": "perhaps"}]}]}]
    assert read(damaged, told) == whole
    assert [row.place for row in told.rows] == ["/c/3/nodes/0/cpeMatch/0"]
