"""Bytes of one protocol -> what they say. No file, no socket, no clock.

What comes in: the bytes of one unit (datagram, PDU, message) and the way that it went. What goes out: `Said` values
about the sender, the receiver or an address. Never said: patients, users, passwords, communities, cookies, names that
people look up or visit. Protocols are found by content; ports only decide what is tried first.

To add one: `wire/x.py` with `looks_like`, `dissect` and a `DISSECTOR`, a docstring that ends with its standard's
section, one line in `DISSECTORS`, and a test with bytes, truncation at every length and fuzz. Decoders that several
protocols need lie in `wire/codec/`; protocol modules never import each other.
"""

from hygie.wire import (
    arp,
    astm,
    bacnet,
    cdp,
    clinicalweb,
    dhcp,
    dhcpv6,
    dicom,
    dns,
    dpws,
    ethernetip,
    greetings,
    hl7,
    http,
    ieee11073,
    ipp,
    jetdirect,
    kerberos,
    knx,
    ldap,
    lldp,
    llmnr,
    mdns,
    modbus,
    mqtt,
    msrpc,
    mssql,
    mysql,
    ndp,
    netbios,
    ntp,
    opcua,
    oracle,
    poct1a,
    postgresql,
    quic,
    radius,
    rdp,
    remote,
    rtsp,
    s7,
    sip,
    smb,
    snmp,
    ssdp,
    syslog,
    tls,
    wsd,
)
from hygie.wire.way import Dissector, Way

DISSECTORS: dict[str, Dissector] = {
    row.service: row
    for row in (
        dicom.DISSECTOR,
        hl7.DISSECTOR,
        astm.DISSECTOR,
        poct1a.DISSECTOR,
        ieee11073.DISSECTOR,
        tls.DISSECTOR,
        smb.DISSECTOR,
        msrpc.DISSECTOR,
        sip.DISSECTOR,
        rtsp.DISSECTOR,
        ipp.DISSECTOR,
        *clinicalweb.DISSECTORS,
        dpws.DISSECTOR,
        rdp.DISSECTOR,
        s7.DISSECTOR,
        http.DISSECTOR,
        kerberos.DISSECTOR,
        ldap.DISSECTOR,
        ldap.CONNECTIONLESS,
        *greetings.DISSECTORS,
        mysql.DISSECTOR,
        *mssql.DISSECTORS,
        postgresql.DISSECTOR,
        oracle.DISSECTOR,
        opcua.DISSECTOR,
        mqtt.DISSECTOR,
        jetdirect.DISSECTOR,
        ethernetip.DISSECTOR,
        modbus.DISSECTOR,
        dhcp.DISSECTOR,
        dhcpv6.DISSECTOR,
        snmp.DISSECTOR,
        bacnet.DISSECTOR,
        knx.DISSECTOR,
        radius.DISSECTOR,
        quic.DISSECTOR,
        syslog.DISSECTOR,
        *remote.DISSECTORS,
        wsd.DISSECTOR,
        ssdp.DISSECTOR,
        netbios.NAMES,
        netbios.DATAGRAMS,
        mdns.DISSECTOR,
        llmnr.DISSECTOR,
        dns.DISSECTOR,
        ntp.DISSECTOR,
        arp.DISSECTOR,
        lldp.DISSECTOR,
        cdp.DISSECTOR,
        ndp.DISSECTOR,
    )
} | {"dns-tcp": dns.OVER_TCP}
"""Service -> its module's row, in the order in which they are tried: the surest signatures first. Where a service has
a row for each carrier, the second bears its carrier behind it."""

__all__ = ["DISSECTORS", "Dissector", "Way"]
