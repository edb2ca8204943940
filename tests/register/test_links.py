import importlib
from pathlib import Path

import numpy as np
import pytest

from hygie.register import weights
from hygie.register.links import LEAST, Side, blocks, near, probability, signs
from register.hospital import Hospital

MAC = "00:1b:0d:00:00:{:02x}"


def test_signs_for_and_against() -> None:
    left = Side(
        "norvane", "Lumira CT 128", "REF1", "NVCT5518", frozenset({"ct1-host"}), "6.4", "imagerie", "ct_scanner"
    )
    right = Side("norvane", "LUMIRA CT 128", "", "NVCT5581", frozenset({"ct1host"}), "6.4", "urgences", "ct_scanner")
    assert signs(left, right) == (
        "make_same", "product_same", "serial_near", "host_same", "version_same", "ward_other", "kind_same",
    )  # fmt: skip
    assert signs(left, right) == signs(right, left)
    assert signs(left, Side()) == ()


@pytest.mark.parametrize(
    ("one", "other", "sign"),
    [
        ("NV1001", "NV1001", "serial_same"),
        ("NV1001", "NV1010", "serial_near"),
        ("NV1001", "NV101", "serial_near"),
        ("1001234", "NV1001234", "serial_part"),
        ("NV1001", "NV2002", "serial_other"),
    ],
)
def test_serial_numbers_alike(one: str, other: str, sign: str) -> None:
    assert signs(Side(serial=one), Side(serial=other)) == (sign,)


def test_probability_grows_with_what_speaks_for() -> None:
    plain = probability(("make_same", "product_same"))
    assert probability(("make_same", "product_same", "address_same")) > 0.9 > plain
    assert probability(("make_same", "product_same", "serial_other", "ward_other")) < LEAST < plain
    assert weights.ERROR < 0.05
    assert weights.PAIRS > 5000


def test_every_sign_has_a_weight() -> None:
    named = {
        f"{part}_{how}"
        for part in ("make", "number", "version", "ward", "kind", "address")
        for how in ("same", "other")
    }
    named |= {
        "product_same",
        "product_like",
        "product_other",
        "serial_same",
        "serial_near",
        "serial_part",
        "serial_other",
    }
    named |= {"host_same", "host_like", "host_other"}
    assert named == set(weights.WEIGHTS)
    assert set(weights.JUDGED) == {"mac_same", "mac_other", "title_same", "title_other"}


def test_only_what_shares_a_block_is_compared() -> None:
    sides = [Side("a", "X", serial="AB12345"), Side("a", "Y", serial="AB12354"), Side("b", "X", serial="AB99345")]
    assert list(blocks(sides)) == []
    one, two = frozenset({"gmao"}), frozenset({"table"})
    assert {tuple(block) for _, block in near(sides, [one, two, two])} == {(0, 1)}
    assert list(near(sides, [one, one, one])) == []


def test_a_mistyped_serial_number_is_asked_across_sources_only() -> None:
    h = Hospital()
    h.gmao("BM1", manufacturer="Norvane", product="Lumira", serial="NV-CT-5518", ward="Imagerie")
    h.gmao("BM2", manufacturer="Norvane", product="Lumira", serial="NV-CT-5519", ward="Urgences")
    h.say("table", "device:row=7", manufacturer="Norvane", product="Lumira", serial="NV-CT-5581", ward="Imagerie")
    links = h.register().links
    assert len(links) == 1
    assert "link.sign.serial_near" in links[0].reasons
    assert links[0].probability > 0.5


def test_one_listed_and_one_met_of_a_product_are_asked() -> None:
    h = Hospital()
    h.gmao("BM1", manufacturer="Norvane", product="Ondine U9", version="2.5.0")
    h.seen(MAC.format(1), "10.1.1.5", manufacturer="Norvane", product="Ondine U9", version="2.5.0")
    (link,) = h.register().links
    assert link.left < link.right
    assert 0.1 <= link.probability <= 1


def test_many_of_a_product_that_nothing_tells_apart_are_one_question() -> None:
    h = Hospital()
    for n in range(12):
        h.gmao(f"BM{n}", manufacturer="Perfalys", product="P1")
        h.seen(MAC.format(n + 1), f"10.1.1.{n + 1}", manufacturer="Perfalys", product="P1")
    register = h.register()
    assert register.links == []
    (question,) = [q for q in register.questions if q.reason == "question.link.which"]
    assert {"listed=12", "met=12"} <= set(question.args)


def test_two_machines_on_the_network_are_not_asked_about() -> None:
    h = Hospital()
    for n in range(2):
        h.seen(MAC.format(n + 1), f"10.1.1.{n + 1}", manufacturer="Perfalys", product="P1", serial=f"PF-10{n}")
    assert h.register().links == []


def test_links_are_bounded_and_the_rest_is_counted() -> None:
    h = Hospital()
    for n in range(520):
        h.gmao(f"A{n}", manufacturer="Perfalys", serial=f"PF{n:04}77")
        h.gmao(f"B{n}", manufacturer="Perfalys", serial=f"PF{n:04}77")
    register = h.register()
    assert len(register.links) == 500
    assert [q.args for q in register.questions if q.reason == "question.link.more"] == [("site=local", "count=20")]


def test_the_page_shows_the_reliability_of_these_weights(root: Path) -> None:
    for page in ("docs/explanation/links.md", "docs/fr/explication/liens.md"):
        text = (root / page).read_text(encoding="utf-8").replace(",", ".")
        for _, count, predicted, observed in weights.RELIABILITY:
            assert f"| {count} | {predicted:.3f} | {observed:.3f} |" in text
    counted = sum(row[1] for row in weights.RELIABILITY)
    error = sum(n * abs(p - o) for _, n, p, o in weights.RELIABILITY) / counted
    assert error == pytest.approx(weights.ERROR, abs=0.001)


def test_the_weights_hold_on_fleets_drawn_from_the_records(
    shared: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(root / "tools"))
    tool = importlib.import_module("calibrate_links")
    found, labels, fleets = tool.gather(shared / "gudid-sample/openfda/device_udi/tests/file.zip")
    held = fleets % 3 == 0
    chance = np.array([probability(row) for row in found])
    _, error = tool.reliability(chance[held], labels[held])
    assert len(labels) > 10_000
    assert 0.2 < labels.mean() < 0.5
    assert error < 0.04
    trained = tool.train(found, labels, fleets)
    assert dict(zip(trained.names, trained.weights[1:], strict=True)) == pytest.approx(weights.WEIGHTS, abs=0.3)
