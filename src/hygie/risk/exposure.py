"""How is the device reached? SSVC System Exposure 1.0.1, from what was observed.

open: a conversation with an address outside the hospital was opened from outside, or nobody saw who opened it; or not
known: the zone is unknown or was covered for less than a day, or the device was not seen. Not known counts as open.
controlled: seen only inside the hospital, or opening conversations to the outside itself, in a zone that a sensor
covered for a day or more.
small: only where a person says so. A person's word ("exposure:<device or zone id>") wins over all of this.
Source: CERT/CC SSVC, System Exposure 1.0.1 and "Suggested Default Values".
"""

from collections.abc import Iterable, Mapping

from hygie.model.fleet import Device
from hygie.model.verdict import Because
from hygie.names.whereabouts import OUTSIDE, Trace, Watch
from hygie.risk.people import Word

ENOUGH_DAYS = 1.0
"""Days of coverage below which silence says nothing: many devices talk once a day."""


class Reach:
    """What was seen of one device's conversations."""

    __slots__ = ("entered", "inside", "left", "unsure")

    def __init__(self) -> None:
        self.entered = ""
        """Origin of a conversation opened from outside."""
        self.unsure = ""
        """Origin of a conversation with outside whose opening was not seen."""
        self.left = ""
        """Origin of a conversation that it opened to the outside."""
        self.inside = ""
        """Origin of a conversation inside."""


def reaches(traces: Iterable[Trace]) -> dict[str, Reach]:
    """What was seen, by device id."""
    found: dict[str, Reach] = {}
    for trace in traces:
        flow, client, server = trace.flow, trace.client, trace.server
        if server.device and server.device != client.device:
            reach = found.setdefault(server.device, Reach())
            if client.side == OUTSIDE and flow.opened:
                reach.entered = _first(reach.entered, trace.origin)
            elif client.side == OUTSIDE:
                reach.unsure = _first(reach.unsure, trace.origin)
            else:
                reach.inside = _first(reach.inside, trace.origin)
        if client.device:
            reach = found.setdefault(client.device, Reach())
            if server.side == OUTSIDE and flow.opened:
                reach.left = _first(reach.left, trace.origin)
            elif server.side == OUTSIDE:
                reach.unsure = _first(reach.unsure, trace.origin)
            else:
                reach.inside = _first(reach.inside, trace.origin)
    return found


def _first(known: str, origin: str) -> str:
    """The same origin whatever the order of flows."""
    return min(known, origin) if known else origin


def exposure(
    device: Device, reach: Reach | None, watch: Watch, words: Mapping[tuple[str, str], Word]
) -> tuple[str, Because]:
    """Value and its because."""
    word = words.get(("exposure", device.id)) or words.get(("exposure", device.zone))
    if word is not None:
        return word.value, Because(f"priority.exposure.person.{word.value}", word.args, word.origin)
    if reach is not None and reach.entered:
        return "open", Because("priority.exposure.entered", (), reach.entered)
    if reach is not None and reach.unsure:
        return "open", Because("priority.exposure.unsure", (), reach.unsure)
    days = watch.days.get(device.zone)
    if not device.zone:
        return "open", Because("priority.exposure.no_zone")
    if days is None:
        return "open", Because("priority.exposure.not_covered")
    if reach is None:
        return "open", Because("priority.exposure.not_seen", (f"days={days:.1f}",))
    if days < ENOUGH_DAYS:
        return "open", Because("priority.exposure.too_short", (f"days={days:.2f}",))
    if reach.left:
        return "controlled", Because("priority.exposure.left", (f"days={days:.1f}",), reach.left)
    return "controlled", Because("priority.exposure.inside", (f"days={days:.1f}",), reach.inside)
