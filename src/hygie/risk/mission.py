"""What does the unit's mission lose? SSVC Mission Impact 2.0.0.

From the hospital's own file, unit by unit; else "crippled", assumed, and shown as such.
Source: CERT/CC SSVC, Mission Impact 2.0.0 and "Suggested Default Values".
"""

from collections.abc import Mapping

from hygie.facts import ssvc
from hygie.model.fleet import Device
from hygie.model.verdict import Because
from hygie.names.people import Word, folded


def mission(device: Device, words: Mapping[tuple[str, str], Word]) -> tuple[str, Because]:
    """Value for a device's ward and its because."""
    word = words.get(("unit", folded(device.ward))) if device.ward else None
    if word is None:
        return ssvc.ASSUMED["mission"], Because("priority.mission.assumed")
    return word.value, Because(f"priority.mission.person.{word.value.replace(' ', '_')}", word.args, word.origin)
