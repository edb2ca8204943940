"""An MLLP receiver made with the `hl7` package: it acknowledges every message.

mllp_peer.py PORT APPLICATION FACILITY
"""

import asyncio
import sys

import hl7.mllp


async def receive(reader: hl7.mllp.HL7StreamReader, writer: hl7.mllp.HL7StreamWriter) -> None:
    """Answers one connection's messages until it closes."""
    while not writer.is_closing():
        try:
            message = await reader.readmessage()
        except asyncio.IncompleteReadError:
            writer.close()
            return
        writer.writemessage(message.create_ack(application=sys.argv[2], facility=sys.argv[3]))
        await writer.drain()


async def serve() -> None:
    """Listens on every address of the host."""
    async with await hl7.mllp.start_hl7_server(receive, host="0.0.0.0", port=int(sys.argv[1])) as server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve())
