"""Addresses as text, and which of them a hospital uses inside.

Source: RFC 1918; RFC 4193; RFC 3927; RFC 4291 section 2.5; RFC 6598;
RFC 5952; IEEE RA, Guidelines for EUI (EUI-64 of a MAC).
"""

from ipaddress import IPv6Address

MANUFACTURERS_PLAN = bytes((192, 9, 200))
"""192.9.200.0/24: public space that manufacturers' private plans use inside hospitals."""


def ip_text(raw: bytes) -> str:
    """4 or 16 bytes -> text. Raises ValueError for another length."""
    if len(raw) == 4:
        return f"{raw[0]}.{raw[1]}.{raw[2]}.{raw[3]}"
    if len(raw) != 16:
        raise ValueError(f"an address of {len(raw)} bytes")
    return IPv6Address(raw).compressed


def mac_text(raw: bytes) -> str:
    """6 bytes -> "aa:bb:cc:dd:ee:ff". Raises ValueError for another length."""
    if len(raw) != 6:
        raise ValueError(f"a MAC of {len(raw)} bytes")
    return raw.hex(":")


def card_of_eui64(raw: bytes) -> str:
    """The MAC that 8 bytes of an EUI-64 were made of, as text; "" where they were not made of one."""
    if len(raw) != 8 or raw[3:5] not in (b"\xff\xfe", b"\xff\xff") or not is_card(raw[:3] + raw[5:]):
        return ""
    return mac_text(raw[:3] + raw[5:])


def is_private(raw: bytes) -> bool:
    """Whether 4 or 16 bytes are an address that is used inside only."""
    if len(raw) == 4:
        first, second = raw[0], raw[1]
        return (
            first == 10
            or (first == 172 and 16 <= second < 32)
            or (first == 192 and second == 168)
            or (first == 169 and second == 254)
            or (first == 100 and 64 <= second < 128)
            or raw[:3] == MANUFACTURERS_PLAN
        )
    return len(raw) == 16 and (raw[0] & 0xFE == 0xFC or (raw[0] == 0xFE and raw[1] & 0xC0 == 0x80))


def is_host(raw: bytes) -> bool:
    """Whether 4 or 16 bytes may be one machine's address: not unset, loopback, multicast or broadcast."""
    if len(raw) == 4:
        return 0 < raw[0] < 224 and raw[0] != 127
    return raw[0] != 0xFF and raw[:15] != bytes(15)


def is_card(raw: bytes) -> bool:
    """Whether 6 bytes may be one network card: not a group address, not unset."""
    return len(raw) == 6 and not raw[0] & 1 and raw != bytes(6)
