import pytest

from hygie.wire import DISSECTORS, Way
from hygie.wire.way import nobody, whole

CARRIERS = {"tcp", "udp", "ethernet", "icmpv6"}


def test_defaults() -> None:
    assert (nobody(b"x"), whole(b"abc")) == ("", 3)
    assert Way("tcp") == ("tcp", 0, 0, "", b"")


@pytest.mark.parametrize("service", DISSECTORS)
def test_each_row_is_sound(service: str) -> None:
    row = DISSECTORS[service]
    assert service in (row.service, *(f"{row.service}-{carrier}" for carrier in row.carriers))
    assert row.carriers and row.carriers <= CARRIERS
    assert all(0 < port < 65536 for port in row.ports)
    assert not row.only_ports or row.ports
    assert row.looks_like(b"") is False
    assert row.sender(b"") in ("", "client", "server")
