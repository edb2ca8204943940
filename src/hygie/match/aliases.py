"""One vulnerability, many names: CVE, GHSA, EUVD and makers' own ids that records and statements put side by side."""

from collections.abc import Iterable

from hygie.model.knowledge import Statement, Vulnerability


class Aliases:
    """Names joined into one; the CVE id leads."""

    def __init__(self, vulnerabilities: Iterable[Vulnerability], statements: Iterable[Statement]) -> None:
        self._parent: dict[str, str] = {}
        pairs = {(row.id, alias) for row in vulnerabilities for alias in row.aliases}
        pairs.update((row.vulnerability, alias) for row in statements for alias in row.aliases)
        for one, other in sorted(pairs):
            self._join(one, other)

    def _root(self, name: str) -> str:
        """The leading name of the group so far."""
        while self._parent.get(name, name) != name:
            name = self._parent[name]
        return name

    def _join(self, one: str, other: str) -> None:
        """Two names of one vulnerability. Two CVE ids are two vulnerabilities whatever a list of aliases says."""
        if not other:
            return
        left, right = sorted((self._root(one), self._root(other)), key=_order)
        if left != right and not (left.startswith("CVE-") and right.startswith("CVE-")):
            self._parent[right] = left

    def name(self, one: str) -> str:
        """The vulnerability's one name."""
        return self._root(one) if one in self._parent else one


def _order(name: str) -> tuple[bool, str]:
    """CVE ids first, then by text."""
    return (not name.startswith("CVE-"), name)
