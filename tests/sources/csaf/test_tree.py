import json
from typing import Any

import pytest
from msgspec import Raw

from hygie.sources.csaf.tree import Product, Products, products
from hygie.sources.opening.documents import Told


def read(tree: Any) -> tuple[Products, list[tuple[str, str]]]:
    told = Told("f", "r1")
    found = products(told, Raw(json.dumps(tree).encode()), "/t")
    return found, [(r.place, r.reason) for r in told.drain()]


def branch(category: str, name: str, *branches: Any, product: str = "", **helper: Any) -> dict[str, Any]:
    made: dict[str, Any] = {"category": category, "name": name, "branches": list(branches)}
    if product:
        made["product"] = {"name": f"all of {product}", "product_id": product, "product_identification_helper": helper}
    return made


def relation(kind: str, part: str, whole: str, made: str) -> dict[str, Any]:
    return {
        "category": kind,
        "product_reference": part,
        "relates_to_product_reference": whole,
        "full_product_name": {"name": made, "product_id": made},
    }


TREE = {
    "branches": [
        branch(
            "vendor",
            "Acme",
            branch(
                "product_family", "Pumps", branch("product_name", "P", branch("product_version", "1", product="P1"))
            ),
            branch("product_family", "Beds", product="B"),
            branch("architecture", "x86", branch("product_version", "rpm-1", product="R", purl="pkg:rpm/acme/r@1")),
            branch("product_name", "S", branch("product_version", "2", branch("service_pack", "SP1", product="S2"))),
        )
    ],
    "full_product_names": [{"name": "Windows XP", "product_id": "W"}, {"name": "OpenSSL 1.0", "product_id": "O"}],
}


def test_branches() -> None:
    found, told = read(TREE)
    assert told == [] and list(found.by_id) == ["P1", "B", "R", "S2", "W", "O"]
    pump, bed, package, server, windows, _ = found.by_id.values()
    assert (pump.make, pump.family, pump.product, pump.version, pump.is_range) == ("Acme", "Pumps", "P", "1", False)
    assert (bed.product, bed.version) == ("Beds", "")
    assert (package.product, package.version, package.purl) == ("all of R", "rpm-1", "pkg:rpm/acme/r@1")
    assert package.limits == ("architecture=x86",)
    assert server.version == "2 SP1"
    assert (windows.make, windows.product, windows.version) == ("", "Windows XP", "")


def test_identification_helper() -> None:
    helper = {
        "cpe": "cpe:/h:a:b",
        "purls": ["pkg:generic/b@1", "pkg:generic/b2@1"],
        "hashes": [{"filename": "f", "file_hashes": [{"algorithm": "sha256", "value": "ab"}]}],
        "model_numbers": ["M1"],
        "serial_numbers": ["S1"],
        "skus": ["K1"],
        "x_generic_uris": [{"namespace": "n", "uri": "u:1"}],
    }
    found, told = read({"branches": [branch("vendor", "A", product="X", **helper)]})
    product = found.by_id["X"]
    assert told == []
    assert (product.cpe, product.purl, product.hashes) == ("cpe:/h:a:b", "pkg:generic/b@1", ("SHA256:ab",))
    assert product.identifiers == ("model_number=M1", "sku=K1", "purl=pkg:generic/b2@1", "uri=u:1")
    assert product.limits == ("serial_number=S1",)


def test_components_and_surroundings() -> None:
    links = [
        relation("default_component_of", "O-in-P", "B", "O-in-P-in-B"),
        relation("default_component_of", "O", "P1", "O-in-P"),
        relation("installed_on", "O-in-P", "W", "O-in-P-on-W"),
        relation("installed_on", "P1", "W", "P-on-W"),
        relation("optional_component_of", "P-on-W", "B", "P-on-W-in-B"),
    ]
    found, told = read({**TREE, "relationships": links})
    assert told == []

    def inside(name: str) -> Product:
        product = found.by_id[name].inside
        assert product is not None
        return product

    assert found.by_id["O-in-P"].product == "OpenSSL 1.0" and inside("O-in-P").id == "P1"
    assert inside("O-in-P-in-B").id == "B", "the outermost is what an inventory holds"
    assert inside("O-in-P-on-W").id == "P1" and found.by_id["O-in-P-on-W"].limits == ("installed_on=Windows XP",)
    assert inside("P-on-W").id == "W" and found.by_id["P-on-W"].limits == ()
    assert inside("P-on-W-in-B").id == "B" and found.by_id["P-on-W-in-B"].limits == ("installed_on=Windows XP",)


def test_paths_of_2_1() -> None:
    path = {
        "beginning_product_reference": "O",
        "subpaths": [
            {"category": "default_component_of", "next_product_reference": "P1"},
            {"category": "installed_on", "next_product_reference": "W"},
        ],
        "full_product_name": {"name": "all", "product_id": "X", "product_identification_helper": {"cpe": "cpe:/a:x:y"}},
    }
    found, told = read({**TREE, "product_paths": [path]})
    product = found.by_id["X"]
    assert told == [] and product.inside is not None
    assert (product.product, product.cpe, product.inside.id) == ("OpenSSL 1.0", "cpe:/a:x:y", "P1")
    assert product.limits == ("installed_on=Windows XP",) and found.used == {"O", "P1", "W"}


def test_circles_and_strangers_are_refused() -> None:
    links = [
        relation("default_component_of", "Y", "P1", "X"),
        relation("default_component_of", "X", "P1", "Y"),
        relation("default_component_of", "nowhere", "P1", "Z"),
    ]
    found, told = read({**TREE, "relationships": links})
    assert told == [(f"/t/relationships/{i}", "refusal.csaf.unmade") for i in range(3)]
    assert not {"X", "Y", "Z"} & found.by_id.keys()


def test_doubles_and_groups() -> None:
    tree = {
        "full_product_names": [{"name": "a", "product_id": "A"}, {"name": "b", "product_id": "A"}, {"name": "c"}],
        "product_groups": [{"group_id": "G", "product_ids": ["A", "Q"]}],
    }
    found, told = read(tree)
    assert found.by_id["A"].label == "a" and found.groups == {"G": ("A", "Q")}
    assert told == [
        ("/t/full_product_names/1", "refusal.csaf.duplicate"),
        ("/t/full_product_names/2", "refusal.csaf.nameless"),
        ("/t/product_groups/0", "refusal.csaf.product"),
    ]


def test_depth_is_bounded() -> None:
    deep: dict[str, Any] = branch("product_name", "end", product="X")
    for _ in range(80):
        deep = branch("product_family", "f", deep)
    found, told = read({"branches": [deep]})
    assert found.by_id == {} and [reason for _, reason in told] == ["refusal.csaf.deep"]


def test_a_long_chain_of_relationships_is_quick_and_bounded() -> None:
    chain = [relation("default_component_of", f"X{i}", "P1", f"X{i + 1}") for i in reversed(range(5000))]
    found, told = read({**TREE, "relationships": [*chain, relation("default_component_of", "O", "P1", "X0")]})
    assert told == [] and "X5000" in found.by_id
    piled = [relation("installed_with", f"X{i}", f"W{i}", f"X{i + 1}") for i in range(2000)]
    names = [{"name": f"W{i}", "product_id": f"W{i}"} for i in range(2000)]
    with pytest.raises(ValueError, match=r"refusal\.csaf\.deep"):
        read({"full_product_names": [*names, {"name": "X", "product_id": "X0"}], "relationships": piled})
