"""Whose signed observations people of this workspace accept: each sensor's key, its site, by whom and when.

What is withdrawn stays in the list, with who withdrew it. It is a word about the workspace, no part of its digest.
"""

from dataclasses import replace

import msgspec

from hygie.model.observed import Signer, fingerprint
from hygie.store.ledger import Ledger

NAME = "signers"
"""Under which the ledger remembers them."""


class Signers:
    """The accepted sensors of one workspace."""

    def __init__(self, store: Ledger) -> None:
        self._store = store
        self._known = msgspec.json.decode(store.recall(NAME) or "[]", type=tuple[Signer, ...])

    def all(self) -> tuple[Signer, ...]:
        """All, those withdrawn too, in the order in which they were accepted."""
        return self._known

    def holding(self, key: str) -> Signer | None:
        """The one whose key this is (base64), and that holds."""
        return next((one for one in self._known if one.key == key and not one.ended_by), None)

    def accept(self, signer: Signer) -> Signer | None:
        """Takes one in; None where it is new, else the one that stands in its way: of this key, or of this name at this
        site. Raises OSError."""
        place = signer.site, signer.sensor
        found = next((one for one in self._held() if one.key == signer.key or (one.site, one.sensor) == place), None)
        if found is None:
            self._keep((*self._known, signer))
        return found

    def withdraw(self, mark: str, who: str, when: str) -> Signer | None:
        """Ends the one with this fingerprint, or this name where only one has it; None where none is meant.

        Raises OSError.
        """
        meant = [one for one in self._held() if mark in (fingerprint(one.key), one.sensor)]
        if len(meant) != 1:
            return None
        ended = replace(meant[0], ended_by=who, ended=when)
        self._keep(tuple(ended if one is meant[0] else one for one in self._known))
        return ended

    def _held(self) -> list[Signer]:
        return [one for one in self._known if not one.ended_by]

    def _keep(self, signers: tuple[Signer, ...]) -> None:
        self._store.remember(NAME, msgspec.json.encode(signers).decode())
        self._known = signers
