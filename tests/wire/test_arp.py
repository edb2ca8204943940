from hygie.wire import arp
from wire.hostile import said, survives

MAC, OTHER = bytes.fromhex("020000000001"), bytes.fromhex("020000000002")


def packet(operation: int, sender: bytes, address: bytes, target: bytes, wanted: bytes) -> bytes:
    return b"\0\1\x08\0\6\4" + operation.to_bytes(2, "big") + sender + address + target + wanted


REPLY = packet(2, OTHER, bytes((10, 0, 0, 2)), MAC, bytes((10, 0, 0, 1)))


def test_a_reply_binds_both_ends() -> None:
    assert said(arp.DISSECTOR, REPLY) == {
        ("02:00:00:00:00:02", "ip", "10.0.0.2"),
        ("02:00:00:00:00:01", "ip", "10.0.0.1"),
    }


def test_a_request_binds_its_sender_only() -> None:
    request = packet(1, MAC, bytes((10, 0, 0, 1)), bytes(6), bytes((10, 0, 0, 2)))
    assert said(arp.DISSECTOR, request) == {("02:00:00:00:00:01", "ip", "10.0.0.1")}


def test_a_probe_binds_nothing() -> None:
    assert said(arp.DISSECTOR, packet(1, MAC, bytes(4), bytes(6), bytes((10, 0, 0, 2)))) == set()


def test_hostile() -> None:
    survives(arp.DISSECTOR, [REPLY])
