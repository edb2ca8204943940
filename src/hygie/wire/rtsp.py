"""RTSP: the software of cameras, encoders and of those who watch. Addresses of streams and what they show are not read.

Source: RFC 2326 sections 6.1, 7.1, 12.36 (Server) and 12.41 (User-Agent); RFC 7826 sections 7 and 8.
"""

import re
from collections.abc import Iterator

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec import fields
from hygie.wire.way import Dissector, Way

_REQUEST = re.compile(
    rb"(?:OPTIONS|DESCRIBE|ANNOUNCE|SETUP|PLAY|PLAY_NOTIFY|PAUSE|TEARDOWN|GET_PARAMETER|SET_PARAMETER|REDIRECT|RECORD) "
    rb"(?:rtsps?://[^\r\n ]{1,1024}|\*) RTSP/[12]\.0\r?\n"
)
_STARTS = re.compile(rb"[A-Z_]{4,13} rtsps?:[^\r\n]*\Z")
_ANSWER = re.compile(rb"RTSP/[12]\.0 [1-5]\d\d[ \r\n]")
_LINE = fields.FirstLine(_REQUEST, _ANSWER, _STARTS, 1200)
_PASSED_ON = 0.8


def dissect(payload: bytes, _: Way) -> Iterator[Said]:
    """The Server field of an answer, the User-Agent of a request."""
    head = fields.head(payload)
    name, trait = (
        (b"server", Trait.SERVER_SOFTWARE) if _ANSWER.match(payload) else (b"user-agent", Trait.HTTP_USER_AGENT)
    )
    software = fields.product(head.first(name))
    if software:
        yield Said("sender", trait, software, 0, _PASSED_ON)


DISSECTOR = Dissector(
    "rtsp",
    frozenset({"tcp"}),
    _LINE.begins,
    dissect,
    frozenset({554, 8554}),
    _LINE.sender,
    _LINE.length,
    reach=4_096,
    units=4,
)
