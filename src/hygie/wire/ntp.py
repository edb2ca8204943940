"""NTP: who gives the time and who asks for it.

Source: RFC 5905 section 7.3 (header), section 3 (modes).
"""

from collections.abc import Iterator

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.way import Dissector, Way

CLIENT, SERVER, BROADCAST = 3, 4, 5
_ROLES = {CLIENT: "ntp client", SERVER: "ntp server", BROADCAST: "ntp server"}


def looks_like(payload: bytes) -> bool:
    """48 bytes or more, version 1 to 4, a mode of time exchange, a stratum below 17, sane poll and precision."""
    if len(payload) < 48 or (len(payload) - 48) % 4:
        return False
    version, mode = payload[0] >> 3 & 7, payload[0] & 7
    poll, precision = payload[2], payload[3]
    return (
        1 <= version <= 4 and mode in _ROLES and payload[1] <= 16 and poll <= 20 and (precision >= 200 or not precision)
    )


def sender(payload: bytes) -> str:
    """By the mode."""
    return {CLIENT: "client", SERVER: "server"}.get(payload[0] & 7, "") if payload else ""


def dissect(payload: bytes, _: Way) -> Iterator[Said]:
    """The sender's part."""
    if len(payload) < 48:
        raise ValueError("an NTP packet cut short")
    role = _ROLES.get(payload[0] & 7)
    # Stratum 0 of a server is a refusal (kiss-o'-death), 16 an unsynchronised clock: it still serves.
    if role:
        yield Said("sender", Trait.ROLE, role, 0, 0.9)


DISSECTOR = Dissector("ntp", frozenset({"udp"}), looks_like, dissect, frozenset({123}), sender, of_sender=True)
