"""Which device an address, a MAC or a name stood for, and when.

What comes in: drafts of devices. What goes out: `Binding` rows, and `Holders`, which answers "whose was this address at
that time" for flows. A stay that was observed beats one that was declared without time.
"""

from collections.abc import Iterable, Mapping

from hygie.model.evidence import Reading, Trait
from hygie.model.fleet import Binding
from hygie.register import keys
from hygie.register.devices import Draft
from hygie.register.subjects import DAY, FOREVER, stay


def bind(drafts: Iterable[Draft], readings: Mapping[str, Reading]) -> list[Binding]:
    """Bindings of all devices; stays less than a day apart are one."""
    found = []
    for draft in drafts:
        for kind, trait in (("mac", Trait.MAC), ("ip", Trait.IP), ("name", Trait.HOST_NAME), ("ae", Trait.AE_TITLE)):
            by_value: dict[str, set[tuple[int, int]]] = {}
            for e in draft.said.get(trait, ()):
                value = keys.mac(e.value) if kind == "mac" else e.value
                if value:
                    borne = stay(e, readings[e.reading])
                    span = (borne.first, borne.last) if borne.timed else (0, 0)
                    by_value.setdefault(value, set()).add(span)
            for value, spans in by_value.items():
                found += [Binding(draft.site, kind, value, draft.id, *span) for span in _merged(spans)]
        for member in draft.members:
            for value in member.macs:
                if not any(e.value.lower() == value for e in draft.said.get(Trait.MAC, ())):
                    found.append(Binding(draft.site, "mac", value, draft.id, 0, 0))
    return sorted(set(found), key=lambda b: (b.site, b.kind, b.value, b.first, b.last, b.device))


def _merged(spans: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans less than a day apart as one; "without time" only where nothing is timed."""
    timed = sorted(spans - {(0, 0)})
    if not timed:
        return [(0, 0)]
    merged = [timed[0]]
    for first, last in timed[1:]:
        if first <= merged[-1][1] + DAY:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged


class Holders:
    """Answers whose an address or a MAC was."""

    def __init__(self, bindings: Iterable[Binding]) -> None:
        self._by: dict[tuple[str, str, str], list[Binding]] = {}
        for binding in bindings:
            self._by.setdefault((binding.site, binding.kind, binding.value), []).append(binding)

    def device(self, site: str, address: str, mac: str = "", first: int = 0, last: int = FOREVER) -> str:
        """Device that held `mac`, else `address`, in that time; "" where nobody did or several might have.

        Times are microseconds since 1970 UTC. `address` may itself be a MAC.
        """
        for kind, value in (("mac", mac), ("mac", address if address.count(":") == 5 else "")):
            owners = {b.device for b in self._by.get((site, kind, value), ())} if value else set()
            if len(owners) == 1:
                return owners.pop()
        borne = self._by.get((site, "ip", address), [])
        timed = {b.device for b in borne if (b.first or b.last) and b.first <= last and first <= b.last}
        owners = timed or {b.device for b in borne if not b.first and not b.last} or {b.device for b in borne}
        return owners.pop() if len(owners) == 1 else ""
