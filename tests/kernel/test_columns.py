from hygie.kernel import columns as c
from hygie.kernel import layers


def test_columns_are_numbered_without_holes() -> None:
    assert (c.A_HIGH, c.META, c.TAG, c.FLAGS) == (0, 5, 6, c.HALF - 2)
    assert (c.E_HALF, c.E_SIZE) == (0, c.EVENT - 1)
    assert (c.N_PACKETS, c.N_LINK) == (0, c.SENSOR - 1)


def test_each_oddity_has_a_place_for_its_first_packet() -> None:
    odd = [c.UNDECODED, c.FRAGMENTS, c.SNAPPED, c.SEALED]
    places = [*range(c.HALVES, c.UNDECODED), *odd, *(what + 4 for what in odd)]
    assert sorted(places) == list(range(c.COUNTS))


def test_flags_are_bits_of_their_own() -> None:
    flags = [c.NEAR, c.GROUP, c.ACCEPTED, c.OPENED, c.SPOKE, c.QUIET, c.MESSAGES, c.MESSAGE_BEGUN]
    assert all(flag & (flag - 1) == 0 for flag in flags)
    assert len(set(flags)) == len(flags)
    assert max(flags) < 256, "conversations keep interfaces above them"


def test_protocols_cards_and_types_cannot_be_mistaken() -> None:
    assert c.BARE > 255 << 8 | 0xFF
    assert c.THERE == layers.THERE == 1 << 48
