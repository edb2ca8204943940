"""Exported flows on their way from the port on which they come in to who reads them: a stream of frames."""

import struct

MAGIC = b"hygie datagrams 1\n"
"""How the stream begins."""
FRAME = struct.Struct(">B16sI")
"""Kind, sender's address (IPv4 as ::ffff:a.b.c.d), bytes that follow."""
DATAGRAM, TEMPLATES, DROPPED = 1, 2, 3
"""Kinds: a datagram; the templates of an earlier one; how many were dropped (8 bytes, big end first)."""
