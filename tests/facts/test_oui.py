from collections import Counter
from importlib import resources

import pytest

from hygie.facts import oui


def test_three_lengths() -> None:
    lengths = Counter(len(prefix) for prefix in oui.makers())
    assert set(lengths) == {6, 7, 9}
    assert lengths[6] > 30_000
    assert len(resources.files("hygie.facts").joinpath("oui.txt.xz").read_bytes()) < 700_000


@pytest.mark.parametrize(
    ("mac", "maker"),
    [
        ("00:09:fb:11:22:33", "Philips Patient Monitoring"),
        ("00-0C-29-40-0E-EF", "VMware, Inc."),
        ("00:55:da:10:02:03", "KoolPOS Inc."),
        ("02:00:00:00:00:01", ""),
        ("01:00:5e:00:00:fb", ""),
        ("short", ""),
    ],
)
def test_makers(mac: str, maker: str) -> None:
    assert oui.maker(mac) == maker


def test_the_longest_prefix_wins() -> None:
    table = oui.makers()
    longer = next(prefix for prefix in table if len(prefix) == 9)
    assert oui.maker(":".join((longer + "000")[i : i + 2] for i in range(0, 12, 2))) == table[longer]
