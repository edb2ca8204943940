from hygie.wire import wsd
from wire.hostile import said, survives

HELLO = (
    b'<?xml version="1.0"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" '
    b'xmlns:d="http://docs.oasis-open.org/ws-dd/ns/discovery/2009/01"><s:Body><d:Hello>'
    b"<d:Types>dpws:Device mdpws:MedicalDevice</d:Types>"
    b"<d:Scopes>onvif://www.onvif.org/hardware/CAM%2012 sdc.ctxt.loc:/x?fac=CHU&amp;poc=REA&amp;bed=4 "
    b"sdc.ctxt.pat:/x?name=DURAND</d:Scopes></d:Hello></s:Body></s:Envelope>"
)


def test_types_and_places() -> None:
    assert said(wsd.DISSECTOR, HELLO) == {
        ("sender", "wsd_type", "Device"),
        ("sender", "wsd_type", "MedicalDevice"),
        ("sender", "product", "CAM 12"),
        ("sender", "location", "CHU/REA/4"),
    }


def test_what_is_searched_is_not_said() -> None:
    assert said(wsd.DISSECTOR, HELLO.replace(b"d:Hello", b"d:Probe")) == set()


def test_hostile() -> None:
    survives(wsd.DISSECTOR, [HELLO])
