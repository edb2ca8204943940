"""Bytes made by scapy: each part of an 802.1X exchange; who answers is in none of what is said."""

import pytest

from hygie.wire import eapol
from wire.hostile import said, survives

START = bytes.fromhex("02010000")
ASKED = bytes.fromhex("02000005010700050100")
NAMED = bytes.fromhex("0200001902070019016a2e6475706f6e74406368752e6578616d706c65")
BY_TLS = bytes.fromhex("02000006020800060d00")
GRANTED = bytes.fromhex("0200000403080004")
KEYS = b"\2\3\0\x5f\2" + bytes(94)
ASKS, ANSWERS = ("sender", "port_authentication", "authenticator"), ("sender", "port_authentication", "supplicant")


@pytest.mark.parametrize(
    ("unit", "told"),
    [
        (START, {ANSWERS}),
        (ASKED, {ASKS}),
        (ASKED + bytes(40), {ASKS}),
        (NAMED, {ANSWERS}),
        (BY_TLS, {ANSWERS, ("sender", "port_authentication", "supplicant EAP-TLS")}),
        (GRANTED, {ASKS}),
        (KEYS, set()),
    ],
)
def test_each_end_plays_its_part(unit: bytes, told: set[tuple[str, str, str]]) -> None:
    assert eapol.looks_like(unit)
    assert said(eapol.DISSECTOR, unit) == told


def test_nobody_is_named() -> None:
    assert "dupont" not in str(said(eapol.DISSECTOR, NAMED))
    assert "chu" not in str(said(eapol.DISSECTOR, NAMED))


@pytest.mark.parametrize("other", [b"", b"\2", b"\4\0\0\0", b"\2\x09\0\0", b"\2\0\0\xff\1\1\0\5"])
def test_other_frames(other: bytes) -> None:
    assert not eapol.looks_like(other)


def test_anything_may_come() -> None:
    survives(eapol.DISSECTOR, [START, ASKED, NAMED, BY_TLS, GRANTED, KEYS])
