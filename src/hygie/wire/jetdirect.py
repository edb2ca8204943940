"""Raw printing (JetDirect, port 9100): what a printer answers that is asked by PJL what it is.

What is printed, who prints it and the names of jobs are never looked at: only a printer's answers are.
Source: HP, "Printer Job Language Technical Reference Manual" (October 1997), chapters 2 (syntax) and 8 (INFO ID) and
"PJL Technical Reference Addendum" (INFO PRODINFO).
"""

import re
from collections.abc import Iterator

from hygie.model.evidence import Trait
from hygie.model.seams import Said
from hygie.wire.codec.text import plain
from hygie.wire.way import Dissector, Way

_ENTERS = b"\x1b%-12345X"
_COMMAND = re.compile(
    rb"@PJL (?:INFO|USTATUS|USTATUSOFF|ECHO|INQUIRE|DINQUIRE|COMMENT|SET|JOB|RESET|INITIALIZE)[ \r\n]"
)
_IDENTIFIED = re.compile(rb'@PJL INFO ID\r?\n"?([A-Za-z][ -!#-~]{1,80})"?\r?\n')
_PRODUCT = re.compile(rb"@PJL INFO PRODINFO\r?\n([^\f\x1b]{1,2000})")
_LINES = {
    "productname": Trait.PRODUCT,
    "productserialnumber": Trait.SERIAL,
    "firmwaredatecode": Trait.FIRMWARE,
}
_SURE = 0.9


def looks_like(payload: bytes) -> bool:
    """A printer's language is entered, or a command of it."""
    return payload.startswith(_ENTERS) or bool(_COMMAND.match(payload))


def _answers(payload: bytes) -> bool:
    """Only a printer repeats the question and puts the answer behind it."""
    return bool(_IDENTIFIED.match(payload) or _PRODUCT.match(payload))


def sender(payload: bytes) -> str:
    """Who enters the language prints; who repeats the question answers."""
    if payload.startswith(_ENTERS):
        return "client"
    return "server" if _answers(payload) else ""


def length(payload: bytes) -> int:
    """What is there. Raises ValueError for what is neither command nor answer: it is printed."""
    if len(payload) < len(_ENTERS):
        return 0
    if not looks_like(payload):
        raise ValueError("no command of PJL")
    return len(payload)


def dissect(payload: bytes, way: Way) -> Iterator[Said]:
    """Model, serial number, firmware of a printer."""
    if way.sender != "server" or not _answers(payload):
        return
    yield Said("sender", Trait.KIND, "printer", 0, _SURE)
    found = _IDENTIFIED.match(payload)
    if found:
        # Brother's go on with the numbers of parts: "Brother HL-5250DN series:8C5-B15:Ver.1.10".
        yield Said("sender", Trait.PRODUCT, plain(found.group(1).partition(b":")[0]), found.start(1), _SURE)
        return
    listed = _PRODUCT.match(payload)
    for line in listed.group(1).split(b"\n") if listed else ():
        key, _, value = line.partition(b"=")
        trait = _LINES.get(plain(key).casefold())
        text = plain(value.strip().strip(b'"'))
        if trait and text:
            yield Said("sender", trait, text, 0, _SURE)


DISSECTOR = Dissector(
    "jetdirect", frozenset({"tcp"}), looks_like, dissect, frozenset({9100}), sender, length, reach=4_096, units=4
)
