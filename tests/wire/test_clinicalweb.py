"""Made on loopback: DICOMweb by dicomweb-client 0.61 and Orthanc 1.10.1 (its DICOMweb 1.7), FHIR by fhirclient 4.4 and
node-fhir-server-core 2.2 (its answer's head shortened), HL7 over HTTP by mllp-http 1.1. Patients are invented.
"""

import pytest

from hygie.wire import DISSECTORS, clinicalweb
from wire.hostile import said, survives

DICOMWEB, FHIR, HL7 = clinicalweb.DISSECTORS
STORE = (
    b"POST /dicom-web/studies HTTP/1.1\r\nUser-Agent: python-requests/2.34.2\r\nAccept: */*\r\n"
    b'Content-Type: multipart/related; type="application/dicom"; boundary="0f3cf5c0-70e0"\r\n'
    b"Host: 127.0.0.1\r\nContent-Length: 733\r\n\r\n"
    b"--0f3cf5c0-70e0\r\nContent-Type: application/dicom\r\n\r\nDURAND^Marie"
)
QUERY = (
    b"GET /dicom-web/studies?PatientID=123456 HTTP/1.1\r\nUser-Agent: python-requests/2.34.2\r\n"
    b"Accept: application/dicom+json, application/json\r\nHost: 127.0.0.1\r\n\r\n"
)
FOUND = (
    b"HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Type: application/dicom+json\r\n"
    b'Content-Length: 1012\r\n\r\n[{"00100010":{"Value":[{"Alphabetic":"DURAND^Marie"}]}}]'
)
ASKED = (
    b"GET /4_0_0/Patient/1 HTTP/1.1\r\nHost: 127.0.0.1:18090\r\nUser-Agent: python-requests/2.34.2\r\n"
    b"Accept: application/fhir+json\r\n\r\n"
)
PATIENT = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/fhir+json; charset=utf-8\r\nContent-Length: 82\r\n\r\n"
    b'{"resourceType":"Patient","id":"1","name":[{"family":"DURAND","given":["Marie"]}]}'
)
CAPABLE = bytes.fromhex(
    "485454502f312e3120323030204f4b0d0a436f6e74656e742d547970652d4f7074696f6e733a206e6f736e6966660d0a582d5065726d6974"
    "7465642d43726f73732d446f6d61696e2d506f6c69636965733a206e6f6e650d0a52656665727265722d506f6c6963793a206e6f2d726566"
    "65727265720d0a582d5853532d50726f74656374696f6e3a20300d0a4163636573732d436f6e74726f6c2d416c6c6f772d4f726967696e3a"
    "202a0d0a436f6e74656e742d547970653a206170706c69636174696f6e2f6a736f6e3b20636861727365743d7574662d380d0a455461673a"
    "20572f226638392d427844677635734633333552535561436b5676576e6e797250424d220d0a566172793a204163636570742d456e636f64"
    "696e670d0a436f6e74656e742d456e636f64696e673a20677a69700d0a446174653a204d6f6e2c203233204e6f7620323032362032323a34"
    "393a323520474d540d0a436f6e6e656374696f6e3a206b6565702d616c6976650d0a4b6565702d416c6976653a2074696d656f75743d350d"
    "0a5472616e736665722d456e636f64696e673a206368756e6b65640d0a0d0a610d0a1f8b08000000000002030d0a3266660d0aad97df4fdb"
    "301080ff15744f9b9694c26068791d9ab6970901db0b429589afcd0dc7ceec4b3756f1bf4f767eb44518b4baea431527fe3edf9d1d3b2bb0"
    "e84c6b4bbc7e68100af8241a71478af8e18a05638d9a2103c7825b070588926989908114ec1f3f9e1e7fc88f8ef2e3f7d74767c5c9c7e2f8"
    "349f9e16d32964d0b4778a5c85160af866f8a0b16649122564704f5a4201a41d0b5d7a9e3373fe2d2c42b1022d6acffefce5ebe5c115da25"
    "5ac86089d691d150c0d1e4643285c70ca86e5418a1e0706705125d69a9e92e3bc0353aee29076f2e4fdefa8ef38aec8f917732994efc78e7"
    "c6d682a1b801d1348aca403df4cfbefbe98c86dbcc27cb3fb082da483f44378c6ec862b8c95d2a2f045397bec69a39a9109bc5395af43117"
    "503137c5e161a5ce26c62e82e9b0ef34a9b8562146cd687dd6fd506f56500e6261cb2a0fa6c76c6cb628e4e67569d1d769a3a56de4931689"
    "0a7dcb6d06a5d192bc4aa8f3aeb5006d38776dd318cba1749df94258518701f5c55a4f0c9c93a6be02cf4578b50620e318713e12faf4b1b9"
    "471d063a28a4b4e8dc2e0ed29296245ba1f235a5f738b6a417cf88f292f8613fb601f5bad2b49aeddeac23ed5571631c0b15a6c47edc5bc0"
    "57f5fe05b32ff3c07a55daba7d293b526ce2de91e54aa607b8c9e95de362ee55120557f9aeae61296e51a2a612850baf8404cfc888e50e6b"
    "412a316f0323e6988b9a54ea9a1b21d169b7402dc36691a21921b16016a8d10a953761d7f092dd9c438d22bc5ebfdece3687404bd4a971f6"
    "8c683649a2669a535a745b94584a95d08b562c9296d40623aa217d9fa4e8fabf5499f097a0e8fb478b62ec4268fadb9dc7123c4f382f85d4"
    "5446a7be580746ac32e13e53b90f4d87896690516169ea44d39a120b69561acddde9f4bf4597fd61375f33a2f1cc482629e8a5cd61a684e3"
    "efe1449b66d9e64476bcd9708c4f31ad192f4dead9af16773b058ea28110cd9dc3b2b53b9e7047cb06242eeabe8c923403a297b496b6142c"
    "1649fcae7f3402c63f3b2d9473530bd26b4b8779b2566ec3ef1fe8259d7c890f00000d0a300d0a0d0a"
)
MESSAGE = (
    b"POST /hl7 HTTP/1.1\r\nHost: 127.0.0.1:18091\r\nUser-Agent: mllp2http/1.1.4\r\nAccept: */*\r\n"
    b"Content-Type: x-application/hl7-v2+er7\r\nContent-Length: 114\r\n\r\n"
    b"MSH|^~\\&|ABL90^1.2.3^ISO|REA|DPI|CHU|20240322101500||ORU^R01^ORU_R01|77|P|2.5.1\r"
    b"PID|1||123456^^^CHU||DURAND^Marie\r"
)
AGENT = ("sender", "http_user_agent", "python-requests/2.34.2")


def json(body: bytes, media: bytes = b"application/json") -> bytes:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n" % (media, len(body))
    return head + body


def test_parts_in_dicomweb() -> None:
    assert said(DICOMWEB, STORE) == {AGENT, ("receiver", "dicom_role", "archive")}
    assert said(DICOMWEB, QUERY) == {
        AGENT,
        ("receiver", "dicom_role", "archive"),
        ("sender", "dicom_role", "workstation"),
    }
    assert said(DICOMWEB, FOUND) == {("sender", "dicom_role", "archive")}


def test_a_person_who_browses_is_no_workstation() -> None:
    browser = QUERY.replace(b"python-requests/2.34.2", b"Mozilla/5.0 (X11)")
    assert said(DICOMWEB, browser) == {("receiver", "dicom_role", "archive")}
    worklist = QUERY.replace(b"studies?PatientID=123456", b"workitems?0074=1")
    assert said(DICOMWEB, worklist) == {AGENT, ("receiver", "dicom_role", "worklist")}


def test_the_software_of_a_fhir_server() -> None:
    assert said(FHIR, CAPABLE) == {("sender", "http_server", "FHIR Server/1.4.0")}
    software = b'<software><name value="A &amp; B"/><version value="2"/></software>'
    xml = b'<CapabilityStatement xmlns="http://hl7.org/fhir">' + software
    assert said(FHIR, json(xml, b"application/fhir+xml")) == {
        ("sender", "http_server", "A & B/2"),
        ("sender", "role", "fhir server"),
    }
    odd = b'{"resourceType":"CapabilityStatement","software":{"version":"8\\u002e1","name":"HAPI \\"FHIR\\""}}'
    assert said(FHIR, json(odd)) == {("sender", "http_server", 'HAPI "FHIR"/8.1')}


def test_nothing_of_patients() -> None:
    assert said(FHIR, ASKED) == {AGENT}
    assert said(FHIR, PATIENT) == {("sender", "role", "fhir server")}
    device = b'{"resourceType":"Patient","software":{"name":"DURAND","version":"Marie"}}'
    assert said(FHIR, json(device)) == set()


def test_a_header_in_a_body() -> None:
    assert said(HL7, MESSAGE) == {
        ("sender", "http_user_agent", "mllp2http/1.1.4"),
        ("sender", "hl7_application", "ABL90^REA"),
        ("receiver", "hl7_application", "DPI^CHU"),
        ("sender", "hl7_message", "ORU^R01"),
        ("sender", "hl7_version", "2.5.1"),
    }


@pytest.mark.parametrize(
    ("service", "unit"),
    [
        ("dicomweb", STORE),
        ("dicomweb", QUERY),
        ("dicomweb", FOUND),
        ("dicomweb", b"GET /wado?requestType=WADO&studyUID=1.2 HTTP/1.1\r\nHost: pacs\r\n\r\n"),
        ("fhir", ASKED),
        ("fhir", PATIENT),
        ("fhir", CAPABLE),
        ("fhir", b"GET /hapi/fhir/Patient?name=DURAND HTTP/1.1\r\nHost: dpi\r\n\r\n"),
        ("hl7-http", MESSAGE),
        ("hl7-http", MESSAGE.replace(b"x-application/hl7-v2+er7", b"text/plain")),
        ("http", b"GET /studies/2026/series HTTP/1.1\r\nHost: films\r\n\r\n"),
        ("http", b"GET /latest/metadata HTTP/1.1\r\nHost: cloud\r\n\r\n"),
        ("http", json(b'{"resourceType":"Lift"}')),
    ],
)
def test_recognised(service: str, unit: bytes) -> None:
    assert next(name for name, row in DISSECTORS.items() if "tcp" in row.carriers and row.looks_like(unit)) == service


def test_bodies_that_are_not_read_are_no_part_of_a_unit() -> None:
    assert STORE[clinicalweb.length(STORE) :].startswith(b"--0f3c")
    assert FOUND[clinicalweb.length(FOUND) :].startswith(b"[{")
    assert clinicalweb.length(MESSAGE) == len(MESSAGE)
    assert clinicalweb.length(CAPABLE) == len(CAPABLE)
    assert clinicalweb.length(QUERY[:40]) == 0
    with pytest.raises(ValueError, match="no head"):
        clinicalweb.length(b"[{ DURAND^Marie }]")


def test_hostile() -> None:
    survives(DICOMWEB, [STORE, QUERY, FOUND])
    survives(FHIR, [ASKED, PATIENT, CAPABLE])
    survives(HL7, [MESSAGE])
