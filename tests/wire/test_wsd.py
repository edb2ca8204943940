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


SDC = (
    b"<?xml version='1.0' encoding='UTF-8'?>\n"
    b'<s12:Envelope xmlns:s12="http://www.w3.org/2003/05/soap-envelope" '
    b'xmlns:wsd="http://docs.oasis-open.org/ws-dd/ns/discovery/2009/01"><s12:Body><wsd:Hello>'
    b'<wsd:Types xmlns:ns0="http://docs.oasis-open.org/ws-dd/ns/dpws/2009/01" '
    b'xmlns:ns1="http://standards.ieee.org/downloads/11073/11073-20702-2016">ns0:Device ns1:MedicalDevice</wsd:Types>'
    b"<wsd:Scopes>sdc.ctxt.loc:/sdc.ctxt.loc.detail/CHU%2F%2F%2FREA%2F%2F4?fac=CHU&amp;poc=REA&amp;bed=4 "
    b"sdc.cdc.type:///70001 sdc.mds.pkp:1.2.840.10004.20701.1.1</wsd:Scopes></wsd:Hello></s12:Body></s12:Envelope>"
)
"""Of sdc11073 3.0's provider; its header and addresses are left out."""


def test_a_medical_device_and_its_kind() -> None:
    kind = ("sender", "clinical_kind", "ventilator")
    assert said(wsd.DISSECTOR, SDC) == {
        ("sender", "wsd_type", "Device"),
        ("sender", "wsd_type", "MedicalDevice"),
        ("sender", "location", "CHU/REA/4"),
        kind,
    }
    named = b"sdc.cdc.type:/urn%3Aoid%3A1.2.840.10004.1.1.1.0.0.1//70001"
    assert kind in said(wsd.DISSECTOR, SDC.replace(b"sdc.cdc.type:///70001", named))
    assert kind not in said(wsd.DISSECTOR, SDC.replace(b"sdc.cdc.type:///70001", b"sdc.cdc.type:/own//70001"))
    assert kind not in said(wsd.DISSECTOR, SDC.replace(b"type:///70001", b"type:///70002"))


def test_what_is_searched_is_not_said() -> None:
    assert said(wsd.DISSECTOR, HELLO.replace(b"d:Hello", b"d:Probe")) == set()


def test_hostile() -> None:
    survives(wsd.DISSECTOR, [HELLO, SDC])
