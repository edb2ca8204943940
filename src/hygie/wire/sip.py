"""SIP: telephones' makers, models and versions, and the software of telephone systems. Who calls whom is never read.

Numbers, names, subjects, credentials and bodies are not looked at. A request that a proxy passed on (more than one Via)
says nothing of its sender; an answer may have been passed on, so it is less sure. The card of a telephone stands in the
instance of its contact where its maker puts it there.
Source: RFC 3261 sections 7.1, 7.2, 20.35 (Server), 20.41 (User-Agent) and 20.42 (Via); RFC 5626 section 4.1 (instance).
"""

import re
from collections.abc import Iterator

from hygie.facts import telephones
from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec import fields
from hygie.wire.codec.addresses import is_card, mac_text
from hygie.wire.codec.text import plain
from hygie.wire.way import Dissector, Way

_REQUEST = re.compile(
    rb"(?:INVITE|ACK|BYE|CANCEL|OPTIONS|REGISTER|PRACK|SUBSCRIBE|NOTIFY|PUBLISH|INFO|REFER|MESSAGE|UPDATE) "
    rb"(?:sips?|tel):[^\r\n ]{1,512} SIP/2\.0\r?\n"
)
_STARTS = re.compile(rb"[A-Z]{3,9} (?:sips?|tel):[^\r\n]*\Z")
_ANSWER = re.compile(rb"SIP/2\.0 [1-6]\d\d[ \r\n]")
_LINE = fields.FirstLine(_REQUEST, _ANSWER, _STARTS, 600)
_INSTANCE = re.compile(rb'\+sip\.instance="<urn:uuid:00000000-0000-0000-0000-([0-9a-fA-F]{12})>"')
"""Instance with which Cisco's telephones give their card."""
_PASSED_ON, _ITSELF = 0.7, 0.9


def dissect(payload: bytes, _: Way) -> Iterator[Said]:
    """What a sender says of itself."""
    head = fields.head(payload)
    if _ANSWER.match(payload):
        software = fields.product(head.first(b"server") or head.first(b"user-agent"))
        if software:
            yield Said("sender", Trait.SERVER_SOFTWARE, software, 0, _PASSED_ON)
    elif sum(value.count(b",") + 1 for value in head.fields.get(b"via", ())) == 1:
        yield from _agent(head)


def _agent(head: fields.Head) -> Iterator[Said]:
    agent = head.first(b"user-agent")
    known = telephones.told(plain(agent, telephones.LONGEST))
    if known:
        yield Said("sender", Trait.MANUFACTURER, known.make, 0, _ITSELF)
        yield Said("sender", Trait.PRODUCT, known.product, 0, _ITSELF)
        yield Said("sender", Trait.FIRMWARE, known.version, 0, _ITSELF)
        yield Said("sender", Trait.KIND, "ip_phone", 0, _ITSELF)
    software = fields.product(agent)
    if software:
        yield Said("sender", Trait.HTTP_USER_AGENT, software, 0, _ITSELF)
    instance = _INSTANCE.search(head.first(b"contact"))
    card = bytes.fromhex(instance.group(1).decode()) if instance else b""
    if is_card(card):
        yield Said("sender", Trait.MAC, mac_text(card), 0, _ITSELF)


DISSECTOR = Dissector(
    "sip",
    frozenset({"tcp", "udp"}),
    _LINE.begins,
    dissect,
    frozenset({5060}),
    _LINE.sender,
    _LINE.length,
    reach=4_096,
    units=6,
)
