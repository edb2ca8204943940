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
from hygie.names.people import Word
from hygie.names.whereabouts import OUTSIDE, Trace, Watch

ENOUGH_DAYS = 1.0
"""Days of coverage below which silence says nothing: many devices talk once a day."""


class Reach:
    """What was seen of one device's conversations: the first one of each kind."""

    __slots__ = ("entered", "inside", "left", "unsure")

    def __init__(self) -> None:
        self.entered: Trace | None = None
        """Opened from outside."""
        self.unsure: Trace | None = None
        """With outside; the opening was not seen."""
        self.left: Trace | None = None
        """Opened by the device to the outside."""
        self.inside: Trace | None = None
        """Inside."""


def reaches(traces: Iterable[Trace]) -> dict[str, Reach]:
    """What was seen, by device id."""
    found: dict[str, Reach] = {}
    for trace in traces:
        _, client, server = trace
        if server.device and server.device != client.device:
            _note(found, server.device, trace, "entered", outside=client.side == OUTSIDE)
        if client.device:
            _note(found, client.device, trace, "left", outside=server.side == OUTSIDE)
    return found


def _note(found: dict[str, Reach], device: str, trace: Trace, way: str, *, outside: bool) -> None:
    """Keeps the first conversation of each kind, the same whatever the order of flows."""
    reach = found.get(device)
    if reach is None:
        reach = found[device] = Reach()
    slot = (way if trace.flow.opened else "unsure") if outside else "inside"
    known: Trace | None = getattr(reach, slot)
    if known is None or _age(trace) < _age(known):
        setattr(reach, slot, trace)


def _age(trace: Trace) -> tuple[int, str, str]:
    return trace.flow.first, trace.flow.reading, trace.flow.place


def exposure(
    device: Device, reach: Reach | None, watch: Watch, words: Mapping[tuple[str, str], Word]
) -> tuple[str, Because]:
    """Value and its because."""
    word = words.get(("exposure", device.id)) or words.get(("exposure", device.zone))
    if word is not None:
        return word.value, Because(f"priority.exposure.person.{word.value}", word.args, word.origin)
    if reach is not None and reach.entered is not None:
        return "open", Because("priority.exposure.entered", (), reach.entered.origin)
    if reach is not None and reach.unsure is not None:
        return "open", Because("priority.exposure.unsure", (), reach.unsure.origin)
    days = watch.days.get(device.zone)
    if not device.zone:
        return "open", Because("priority.exposure.no_zone")
    if days is None:
        return "open", Because("priority.exposure.not_covered")
    if reach is None:
        return "open", Because("priority.exposure.not_seen", (f"days={days:.1f}",))
    if days < ENOUGH_DAYS:
        return "open", Because("priority.exposure.too_short", (f"days={days:.2f}",))
    if reach.left is not None:
        return "controlled", Because("priority.exposure.left", (f"days={days:.1f}",), reach.left.origin)
    origin = reach.inside.origin if reach.inside else ""
    return "controlled", Because("priority.exposure.inside", (f"days={days:.1f}",), origin)
