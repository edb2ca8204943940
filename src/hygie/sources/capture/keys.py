"""Addresses, cards and VLANs as the numbers of `kernel.columns`, and back."""

from hygie.kernel import columns as c

_CARD = c.THERE - 1


def numbers(address: bytes) -> tuple[int, int]:
    """(high, low) of 4 or 16 bytes."""
    if len(address) == 4:
        return 0, int.from_bytes(address, "big")
    return int.from_bytes(address[:8], "big", signed=True), int.from_bytes(address[8:], "big", signed=True)


def address(family: int, high: int, low: int) -> bytes:
    """4, 6 or 16 bytes."""
    if family == 6:
        return high.to_bytes(8, "big", signed=True) + low.to_bytes(8, "big", signed=True)
    return low.to_bytes(4 if family == 4 else 6, "big")


def card(raw: bytes) -> int:
    """Number of 6 bytes, with THERE; 0 not recorded."""
    return int.from_bytes(raw, "big") | c.THERE if len(raw) == 6 else 0


def card_of(number: int) -> bytes:
    """6 bytes; b"" not recorded."""
    return (number & _CARD).to_bytes(6, "big") if number else b""


def packed(vlan: str) -> int:
    """ "100.12" -> 100 * 4096 + 12; 0 none."""
    number = 0
    for part in vlan.split(".") if vlan else ():
        number = number * 4096 + int(part)
    return number


def vlan_text(number: int) -> str:
    """100 * 4096 + 12 -> "100.12"; "" none."""
    parts: list[str] = []
    while number:
        parts.append(str(number & 0xFFF))
        number >>= 12
    return ".".join(reversed(parts))


def turned(key: tuple[int, ...]) -> tuple[int, ...]:
    """A_HIGH to META of the other direction."""
    families = key[c.META] & 0xFF
    meta = key[c.META] & ~0xFF | (families & 15) << 4 | families >> 4
    ports = (key[c.PORTS] & 0xFFFF) << 16 | key[c.PORTS] >> 16 & 0xFFFF
    return (key[c.B_HIGH], key[c.B_LOW], key[c.A_HIGH], key[c.A_LOW], ports, meta)
