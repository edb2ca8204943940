import re

import pytest

from hygie.facts.packages import PACKAGES, PARTS, SOURCES, UPSTREAM
from hygie.names import cpe, purl


@pytest.mark.parametrize("table", [PACKAGES, PARTS, UPSTREAM])
def test_each_name_has_products_that_a_cpe_may_hold(table: dict[str, tuple[tuple[str, str], ...]]) -> None:
    assert len(table) >= 18
    for name, products in table.items():
        assert name == name.lower()
        assert products
        for vendor, product in products:
            text = f"cpe:2.3:a:{vendor}:{product}:*:*:*:*:*:*:*:*"
            assert cpe.parse(text)[1:3] == (vendor, product)


def test_packages_stand_under_the_keys_of_their_urls() -> None:
    for key in (*PACKAGES, *PARTS):
        assert purl.key(f"pkg:{key}@1.0") == key


def test_no_package_is_both_a_whole_and_a_part() -> None:
    assert not PACKAGES.keys() & PARTS.keys()


def test_binary_packages_are_of_sources_that_the_table_knows() -> None:
    assert set(SOURCES.values()) <= set(UPSTREAM)
    assert SOURCES["zlib1g"] == "zlib"
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9.+-]+", name) for name in SOURCES)
