from hygie.wire import ssdp
from wire.hostile import said, survives

NOTIFY = (
    b"NOTIFY * HTTP/1.1 \r\nHOST: 239.255.255.250:1900\r\nLOCATION: http://10.20.1.10/d.xml\r\n"
    b"SERVER: Linux/3.10 UPnP/1.0 ExamplePump/2.1\r\n\r\n"
)


def test_the_product_announced() -> None:
    assert said(ssdp.DISSECTOR, NOTIFY) == {("sender", "http_server", "Linux/3.10 UPnP/1.0 ExamplePump/2.1")}


def test_a_search_says_nothing() -> None:
    assert said(ssdp.DISSECTOR, b"M-SEARCH * HTTP/1.1\r\nSERVER: x\r\n\r\n") == set()


def test_hostile() -> None:
    survives(ssdp.DISSECTOR, [NOTIFY])
