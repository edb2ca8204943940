"""The device's answer was made by sdc11073 3.0 (SdcProvider, asked by its SdcConsumer on loopback), the computer's by
wsdd 0.7 (asked by another), shortened to what its namespaces need; names are invented.
"""

import pytest

from hygie.wire import DISSECTORS, dpws
from wire.hostile import said, survives

GET = (
    b"POST /12345678123412341234123456789abc HTTP/1.1\r\nHost: 127.0.0.1:32971\r\n"
    b"Content-type: application/soap+xml; charset=utf-8\r\nuser_agent: pysoap\r\nContent-Length: 487\r\n\r\n"
)
ANSWER = bytes.fromhex(
    "485454502f312e3120323030204f6b0d0a5365727665723a2042617365485454502f302e3620507974686f6e2f332e31312e370d0a446174"
    "653a204d6f6e2c203233204e6f7620323032362032323a35303a313120474d540d0a436f6e74656e742d456e636f64696e673a20677a6970"
    "0d0a436f6e74656e742d747970653a206170706c69636174696f6e2f736f61702b786d6c3b20636861727365743d7574662d380d0a436f6e"
    "74656e742d6c656e6774683a203930320d0a0d0a1f8b0800000000000003cd57516fa338107ebf5f81fad227301016084a59ed5db3b72b5d"
    "57a726db7b76f0a4b10436b24948f7d79f8d4d20495bb539dd6a15859af17ce36fbe198674f6715f95ce0e84a49cdd5c079e7fed002b38a1"
    "ecf1e6fafbf2b39b5e7fcc7f9bc920cce66c0725afc1511026b38ad4adbcb9da344d9d21241bcc0816447a14003c2e1e11e12d2b39261205"
    "819f4cccd50dfdc40fd53588af6ca056e24398b66dbd76d2c143dfff80fc1461420448a908f500498acbce0df4b9691fe6883fe185f43896"
    "54ba2a45d6056aa54b086212694fcd678afca04757f2f1fd24025fd1d0241254a99cf0230c22ec8770c5062a2c3db52339ae2d174d20428a"
    "4305fb831241f8827413a4d4d368176cd90e69f3ea3f11afb16868416bcc9aabbc6b8c2f8009887ca60a997d2a1ad549f9db32690466720d"
    "02fd09cd3dc89a330933340ad385bc334a7dbdcdb78265db2d255902b0866492bac5baf0dd284c898ba3c9d48d7d1c8445b42e567162020d"
    "e02ed63d94b801b9e4432c7f9a24058e63771a07d88d5691efa61149dd695a603f8d57e17a1a9b58037886c679ebf5ef9c3ce923f6eac406"
    "13dce0e3bb05741939b714976af9febe43cb0d95779c40a954d71bd9c160efef30dbae71d16c852235dfe3aa2ec1b903420b5cced0b9cb39"
    "eabb28fbca81c17b94ed7049c93378ed6c436812df700587531f80354ed2830edb63f76db5d2341f12d55bfe91a7d919f9be4c0b5563e4c0"
    "e86f35311405ac257f055d5bf4a9bb358f0446cfd4f2ff28f02dec6801e30a1b8b357c161418299f3a353b91efe79f9c151027b29c8f3c2c"
    "888aaac5021ecc94cf275ee805bdfbc99e412c40a82c6c2116dfdc2409c289451ced8d84ea79fe0ca5ba075185901b5af75a8d6dcef2a986"
    "0be26eb86cfa785fd4dacc8c392335a74c4d2835aad4cb11eca433efa56190288da20f7192ba7a7172d1f6295e1576ba59a8b97b26be5155"
    "2521f36e69c4752ad3ebe69136b6be029dafbd31d40f4b206fcac3aa158489e7ab4f904dc26912a09ebdfe3bfef619e9d9fdfeacd42b3c53"
    "40d54c5d62faf62fae92a23fba225afb71727dfbe99daf24efce3db18d04d059ff2c09166a74c07ca79ec7cb9418f06341fee0ac81fd91e9"
    "16642168ad253a73ff07ef60cd45f516edc6847f11092feda2c5a18b5ecff8d7e9165d574c59a5d45f0a80cbd23e09f21609cece7d5d0e74"
    "36565f1aeee8f8670f1a7e0fa1f1ff0df9bf9ba111ad6d0c0000"
)
BODY = (
    b'<e xmlns:d="http://docs.oasis-open.org/ws-dd/ns/dpws/2009/01"><d:ThisModel><d:Manufacturer xml:lang="fr">'
    b"Dr&#228;ger</d:Manufacturer></d:ThisModel>"
    b"<d:ThisDevice><d:FriendlyName>iPad de Marie</d:FriendlyName></d:ThisDevice></e>"
)
PRINTER = (
    b"HTTP/1.1 200 OK\r\nServer: WSDAPI\r\nContent-Type: application/soap+xml\r\nTransfer-Encoding: chunked\r\n\r\n"
    + b"%x\r\n" % len(BODY)
    + BODY
    + b"\r\n0\r\n\r\n"
)
MDIB = (
    b'<m xmlns:d="http://standards.ieee.org/downloads/11073/11073-20702-2016"><pm:Mds><pm:MetaData><pm:Udi>'
    b"<pm:DeviceIdentifier>04098765432109</pm:DeviceIdentifier></pm:Udi><pm:Manufacturer>Example</pm:Manufacturer>"
    b"<pm:ModelName>V7</pm:ModelName><pm:SerialNumber>SN-1</pm:SerialNumber></pm:MetaData></pm:Mds>"
    b"<pm:State><pm:Familyname>DURAND</pm:Familyname><pm:MetaData><pm:SerialNumber>X</pm:SerialNumber></pm:MetaData></m>"
)


COMPUTER = (
    b"HTTP/1.0 200 OK\r\nServer: BaseHTTP/0.6 Python/3.11.7\r\nContent-Type: application/soap+xml\r\n\r\n"
    b'<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope" '
    b'xmlns:wsdp="http://schemas.xmlsoap.org/ws/2006/02/devprof" '
    b'xmlns:pub="http://schemas.microsoft.com/windows/pub/2005/07"><soap:Body><wsx:Metadata>'
    b"<wsdp:ThisDevice><wsdp:FriendlyName>WSD Device POSTE-REA12</wsdp:FriendlyName><wsdp:FirmwareVersion>1.0"
    b"</wsdp:FirmwareVersion><wsdp:SerialNumber>1</wsdp:SerialNumber></wsdp:ThisDevice><wsdp:ThisModel>"
    b"<wsdp:Manufacturer>wsdd</wsdp:Manufacturer><wsdp:ModelName>wsdd</wsdp:ModelName></wsdp:ThisModel>"
    b"<wsdp:Host><wsdp:Types>pub:Computer</wsdp:Types><pub:Computer>POSTE-REA12/Workgroup:CHU</pub:Computer></wsdp:Host>"
    b"</wsx:Metadata></soap:Body></soap:Envelope>"
)


def answered(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/soap+xml\r\nContent-Length: %d\r\n\r\n" % len(body) + body


def test_what_a_device_says_of_itself() -> None:
    assert said(dpws.DISSECTOR, ANSWER) == {
        ("sender", "http_server", "BaseHTTP/0.6 Python/3.11.7"),
        ("sender", "manufacturer", "Example Medical"),
        ("sender", "product", "Example Vent 7"),
        ("sender", "model_number", "EV7-100"),
        ("sender", "commercial_name", "Vent REA bed 4"),
        ("sender", "firmware_version", "3.2.1"),
        ("sender", "serial_number", "SN-77123"),
        ("sender", "wsd_type", "Device"),
        ("sender", "wsd_type", "MedicalDevice"),
    }


def test_chunks_entities_and_names_of_persons() -> None:
    assert said(dpws.DISSECTOR, PRINTER) == {("sender", "http_server", "WSDAPI"), ("sender", "manufacturer", "Dräger")}


def test_the_first_description_and_no_patient() -> None:
    assert said(dpws.DISSECTOR, answered(MDIB)) == {
        ("sender", "udi_di", "04098765432109"),
        ("sender", "manufacturer", "Example"),
        ("sender", "product", "V7"),
        ("sender", "serial_number", "SN-1"),
    }


def test_of_a_computer_its_name_alone() -> None:
    assert said(dpws.DISSECTOR, COMPUTER) == {
        ("sender", "http_server", "BaseHTTP/0.6 Python/3.11.7"),
        ("sender", "wsd_type", "Computer"),
        ("sender", "netbios_name", "POSTE-REA12"),
        ("sender", "workgroup", "CHU"),
    }
    assert dpws.length(COMPUTER) == len(COMPUTER)
    assert dpws.length(COMPUTER[:-3]) == 0
    alone = COMPUTER.replace(b"POSTE-REA12/Workgroup:CHU", b"iPad de Marie/NotJoined")
    assert not {one for one in said(dpws.DISSECTOR, alone) if one[1] in ("netbios_name", "workgroup")}


def test_questions_and_other_services_say_nothing() -> None:
    assert said(dpws.DISSECTOR, GET) == set()
    assert said(dpws.DISSECTOR, answered(BODY.replace(b"ws-dd", b"onvif"))) == set()


def test_recognised_before_plain_http() -> None:
    def first(unit: bytes) -> str:
        return next(name for name, row in DISSECTORS.items() if "tcp" in row.carriers and row.looks_like(unit))

    assert [first(unit) for unit in (GET, PRINTER, answered(MDIB))] == ["dpws"] * 3
    assert first(GET.replace(b"/12345678123412341234123456789abc", b"/onvif/device_service")) == "http"
    assert first(answered(BODY.replace(b"ws-dd", b"onvif"))) == "http"


def test_units() -> None:
    assert dpws.length(ANSWER + b"HTTP/1.1 200") == len(ANSWER)
    assert dpws.length(PRINTER) == len(PRINTER)
    assert dpws.length(GET[:60]) == 0
    assert (dpws.sender(GET), dpws.sender(ANSWER), dpws.sender(b"")) == ("client", "server", "")
    with pytest.raises(ValueError, match="no head"):
        dpws.length(b"<s12:Envelope>12345")


def test_hostile() -> None:
    survives(dpws.DISSECTOR, [GET, ANSWER, PRINTER, COMPUTER])
