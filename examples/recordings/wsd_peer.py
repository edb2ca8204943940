"""A printer that announces itself by WS-Discovery, made with the WSDiscovery package. `wsd_peer.py ADDRESS NAME`."""

import sys
import time
import uuid

from wsdiscovery import QName, Scope
from wsdiscovery.publishing import ThreadedWSPublishing

DPWS = "http://schemas.xmlsoap.org/ws/2006/02/devprof"
PRINTING = "http://schemas.microsoft.com/windows/2006/08/wdp/print"


def announce(address: str, name: str) -> None:
    """Hello, two seconds of presence, Bye."""
    publisher = ThreadedWSPublishing(uuid_=uuid.uuid5(uuid.NAMESPACE_DNS, name).urn)
    publisher.start()
    publisher.publishService(
        types=[QName(DPWS, "Device", "wsdp"), QName(PRINTING, "PrintDeviceType", "wprt")],
        scopes=[Scope(f"urn:printer:{name}")],
        xAddrs=[f"http://{address}:5357/{name}"],
    )
    time.sleep(2)
    publisher.clearLocalServices()
    publisher.stop()


if __name__ == "__main__":
    announce(*sys.argv[1:])
