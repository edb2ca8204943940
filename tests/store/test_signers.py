"""Who is accepted: once, for one site, until it is withdrawn; and nothing is lost of who said so."""

from pathlib import Path

import pytest

from hygie.model.observed import Signer, fingerprint
from hygie.store import open_workspace
from hygie.store.signers import Signers

ONE = Signer("A" * 43 + "=", "bloc-1", "nord", "A. Martin", "2026-09-01")


def test_accepted_withdrawn_and_remembered(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "w", write=True) as store:
        before = store.digest()
        assert Signers(store).accept(ONE) is None
        assert Signers(store).holding(ONE.key) == ONE
        assert Signers(store).holding("B" * 43 + "=") is None
        assert Signers(store).withdraw("bloc-2", "B", "2026-09-02") is None
        ended = Signers(store).withdraw(fingerprint(ONE.key), "B. Petit", "2026-09-02")
        assert ended is not None
        assert (ended.ended_by, ended.ended) == ("B. Petit", "2026-09-02")
        assert store.digest() == before
    with open_workspace(tmp_path / "w", write=True) as store:
        assert Signers(store).holding(ONE.key) is None
        assert Signers(store).accept(ONE) is None
        assert Signers(store).all() == (ended, ONE)


@pytest.mark.parametrize(
    "other",
    [
        Signer("C" * 42 + "8=", "bloc-1", "nord", "X", "2026-09-02"),
        Signer(ONE.key, "bloc-9", "sud", "X", "2026-09-02"),
    ],
)
def test_one_key_has_one_site_and_one_name_has_one_key(tmp_path: Path, other: Signer) -> None:
    with open_workspace(tmp_path / "w", write=True) as store:
        Signers(store).accept(ONE)
        assert Signers(store).accept(other) == ONE
        assert Signers(store).all() == (ONE,)


def test_a_name_that_two_sites_use_is_withdrawn_by_fingerprint_only(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "w", write=True) as store:
        signers = Signers(store)
        south = Signer("C" * 42 + "8=", "bloc-1", "sud", "X", "2026-09-02")
        assert signers.accept(ONE) is signers.accept(south) is None
        assert signers.withdraw("bloc-1", "X", "2026-09-03") is None
        assert signers.withdraw(fingerprint(south.key), "X", "2026-09-03") is not None
        assert signers.holding(ONE.key) == ONE
