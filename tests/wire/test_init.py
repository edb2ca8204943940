import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygie.wire import DISSECTORS, Way


@pytest.mark.parametrize("service", DISSECTORS)
def test_any_bytes(service: str) -> None:
    row = DISSECTORS[service]

    @settings(max_examples=150, deadline=None, database=None)
    @given(st.binary(max_size=600), st.sampled_from(("", "client", "server")))
    def check(payload: bytes, sender: str) -> None:
        row.looks_like(payload)
        row.sender(payload)
        for step in (lambda: row.length(payload), lambda: list(row.dissect(payload, Way("tcp", 1, 2, sender)))):
            try:
                step()
            except (ValueError, LookupError, struct.error):
                continue

    check()


def test_the_surest_are_tried_first() -> None:
    names = list(DISSECTORS)
    assert names.index("dicom") < names.index("http") < names.index("dns") < names.index("ntp")


def test_every_module_tells_its_standard() -> None:
    import importlib

    for row in DISSECTORS.values():
        module = importlib.import_module(row.dissect.__module__)
        assert "\nSource: " in (module.__doc__ or ""), module.__name__


def test_samples_are_taken_for_nothing_else() -> None:
    """Of all modules' sample units, each is recognised by its own module first."""
    import importlib
    from pathlib import Path

    own: dict[str, set[str]] = {}
    for row in DISSECTORS.values():
        own.setdefault(row.dissect.__module__.rpartition(".")[2], set()).add(row.service)
    checked = 0
    for file in sorted(Path(__file__).parent.glob("test_*.py")):
        services = own.get(file.stem.removeprefix("test_"), set())
        samples = vars(importlib.import_module(f"wire.{file.stem}")) if services else {}
        for unit in (v for name, v in samples.items() if name.isupper() and isinstance(v, bytes)):
            for carrier in ("tcp", "udp", "ethernet", "icmpv6"):
                rows = [row for row in DISSECTORS.values() if carrier in row.carriers and not row.only_ports]
                found = [row.service for row in rows if row.looks_like(unit)]
                if services & set(found):
                    assert found[0] in services, (file.stem, found)
                    checked += 1
    assert checked > 60


def test_windows_and_industry_are_not_taken_for_each_other() -> None:
    from wire import test_kerberos, test_ldap, test_modbus, test_msrpc, test_rdp, test_remote, test_smb, test_tls

    samples = {
        "kerberos": (test_kerberos.MACHINE, test_kerberos.ERROR, test_kerberos.AS_REP, test_kerberos.TGS_REP),
        "ldap": (test_ldap.ROOT, test_ldap.CHALLENGE, test_ldap.SIMPLE, test_ldap.WINDOWS),
        "cldap": (test_ldap.PING, test_ldap.PONG),
        "msrpc": (test_msrpc.BIND, test_msrpc.BIND_ACK, test_msrpc.AUTH3),
        "rdp": (test_rdp.REQUEST, test_rdp.CONFIRM),
        "modbus": (test_modbus.READ, test_modbus.REGULAR),
        "ike": (test_remote.IKE1, test_remote.IKE2),
        "openvpn": test_remote.OPENVPN,
        "wireguard": (test_remote.WIREGUARD,),
        "smb": (test_smb.NEGOTIATED, test_smb.TICKET),
        "tls": (test_tls.ANYDESK, test_tls.SERVER),
    }
    for service, units in samples.items():
        rows = [row for row in DISSECTORS.values() if row.carriers & DISSECTORS[service].carriers]
        for unit in units:
            names = [row.service for row in rows if row.looks_like(unit) and not row.only_ports]
            assert names[:1] == [service], (service, names, unit[:16])
