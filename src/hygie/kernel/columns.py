"""Columns of the capture tables, as compiled and plain code fill them, and the limits that both keep.

Addresses are two numbers (high, low) and a family (4, 6; 1 a card that stands for an address). A half is one direction
of a talk: `HALF` columns. An event is a packet worth reading: `EVENT` columns. Numbers are 64 bits.
"""

(
    A_HIGH, A_LOW, B_HIGH, B_LOW, PORTS, META, TAG, CARD, PACKETS, BYTES, FIRST, LAST, PLACE, OTHER, TALK, BEGIN, ROUND,
    PAYLOADS, ORDINAL, CALLER, FLAGS, UNTIL,
) = range(22)  # fmt: skip
HALF = 22
"""Columns of a half. META: protocol * 256 + family of the first end * 16 + family of the second; from BARE on: frames
without IP. UNTIL: sequence number before which nothing is worth reading, -1 none."""
BARE = 65_536 * 256
"""META of frames without IP: (65,536 + type) * 256 + 0x11."""
NEAR, GROUP, ACCEPTED, OPENED, SPOKE, QUIET, MESSAGES, MESSAGE_BEGUN = 1, 2, 4, 8, 16, 32, 64, 128
"""Bits of FLAGS; GROUP, OPENED and CALLER stand with the half that began the talk. QUIET: nothing more is read of this
round; MESSAGE_BEGUN: an HL7 message began in this round; MESSAGES: several did."""
(
    E_HALF, E_NUMBER, E_TIME, E_KIND, E_SEQUENCE, E_CALLER, E_ROUND, E_BEGIN, E_WORDS, E_SOURCE, E_TARGET, E_START,
    E_SIZE,
) = range(13)  # fmt: skip
EVENT = 13
"""Columns of an event: a packet worth reading."""
STREAM, DATAGRAM, NEIGHBOUR, LINK, MESSAGE = range(5)
"""Kinds of events. LINK: a frame without IP, its type in E_SEQUENCE, its tag in E_CALLER, interface in E_ROUND."""
N_PACKETS, N_BYTES, N_UNREAD, N_GAPS, N_FIRST, N_LAST, N_LINK = range(7)
SENSOR = 7
"""Columns of an interface's counts."""
HALVES, EVENTS, CHANNELS, WORDS, TAGS, STOPPED, UNDECODED, FRAGMENTS, SNAPPED, SEALED = range(10)
COUNTS = 14
"""Places of the counts; four after each oddity: number of its first packet, 0 none. STOPPED: how many of
the frames taken last are fragments, which are put together elsewhere."""
SILENCE = 3_600_000_000
"""Microseconds without a packet that count as a gap."""
MOST_SEGMENTS = 48
"""Payloads of one direction of a connection that are read from its beginning."""
WHOLE_MESSAGES = 2
"""Payloads of a direction that carries several HL7 messages after which only new senders and receivers are read."""
CONNECTIONS, USUAL, UNUSUAL, LINKS = 64, 256, 16, 65_536
"""Connections, datagrams on usual and other ports, frames of one card: so many are read, then ever fewer."""
THERE = 1 << 48
"""Set in a card that was recorded."""
PLAIN, KNOWN, ALWAYS, SENDER = 0, 1, 2, 3
"""What is said of a port. ALWAYS: all that is new is read; SENDER: what is said there speaks of its sender only."""
