"""Addresses, cards and VLANs as numbers, and back."""

from hypothesis import given
from hypothesis import strategies as st

from hygie.kernel import columns as c
from hygie.sources.capture import keys


def test_numbers_are_addresses_cards_and_tags() -> None:
    assert keys.card_of(0x020000000001 | c.THERE) == bytes.fromhex("020000000001")
    assert keys.card_of(c.THERE) == bytes(6)
    assert keys.card_of(0) == b""
    assert keys.address(4, 0, 0x0A000001) == bytes((10, 0, 0, 1))
    assert keys.address(6, -1, -2) == b"\xff" * 15 + b"\xfe"
    assert keys.address(1, 0, 0x020000000001) == bytes.fromhex("020000000001")
    assert [keys.vlan_text(tag) for tag in (0, 12, 100 * 4096 + 12)] == ["", "12", "100.12"]


@given(st.one_of(st.binary(min_size=4, max_size=4), st.binary(min_size=16, max_size=16)))
def test_an_address_comes_back(raw: bytes) -> None:
    assert keys.address(4 if len(raw) == 4 else 6, *keys.numbers(raw)) == raw


@given(st.binary(min_size=6, max_size=6))
def test_a_card_comes_back(raw: bytes) -> None:
    assert keys.card_of(keys.card(raw)) == raw
    assert keys.card(b"") == 0


@given(st.lists(st.integers(1, 4095), max_size=4))
def test_tags_come_back(tags: list[int]) -> None:
    text = ".".join(str(tag) for tag in tags)
    assert keys.vlan_text(keys.packed(text)) == text


def test_the_other_direction_turned_is_the_first() -> None:
    key = (1, 2, 3, 4, 50_000 << 16 | 104, 6 << 8 | 4 << 4 | 1)
    assert keys.turned(key) == (3, 4, 1, 2, 104 << 16 | 50_000, 6 << 8 | 1 << 4 | 4)
    assert keys.turned(keys.turned(key)) == key
