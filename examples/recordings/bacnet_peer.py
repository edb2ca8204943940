"""A BACnet device and a BACnet client made with bacpypes3.

bacnet_peer.py serve ADDRESS/PREFIX INSTANCE NAME MAKER MODEL
bacnet_peer.py ask ADDRESS/PREFIX PEER INSTANCE
"""

import asyncio
import sys

from bacpypes3.app import Application
from bacpypes3.local.device import DeviceObject
from bacpypes3.local.networkport import NetworkPortObject
from bacpypes3.pdu import Address
from bacpypes3.primitivedata import ObjectIdentifier

VENDOR = 999
"""Vendor identifier of examples in bacpypes3."""


def application(address: str, instance: str, name: str, maker: str, model: str) -> Application:
    """A device with its network port."""
    device = DeviceObject(
        objectIdentifier=("device", int(instance)),
        objectName=name,
        vendorIdentifier=VENDOR,
        vendorName=maker,
        modelName=model,
    )
    port = NetworkPortObject(address, objectIdentifier=("network-port", 1), objectName="port")
    return Application.from_object_list([device, port])


async def serve(address: str, instance: str, name: str, maker: str, model: str) -> None:
    """Answers Who-Is and ReadProperty until it is ended."""
    application(address, instance, name, maker, model)
    await asyncio.Event().wait()


async def ask(address: str, peer: str, instance: str) -> None:
    """Who-Is to one device, then its name, its maker and its model. Raises RuntimeError if nobody answers."""
    me = application(address, "1001", "supervision", "", "")
    found = await me.who_is(int(instance), int(instance), Address(peer))
    if not found:
        raise RuntimeError(f"device {instance} did not answer")
    device = ObjectIdentifier(("device", int(instance)))
    for name in ("object-name", "vendor-name", "model-name"):
        print(name, await me.read_property(Address(peer), device, name))
    me.close()


if __name__ == "__main__":
    asyncio.run((serve if sys.argv[1] == "serve" else ask)(*sys.argv[2:]))
