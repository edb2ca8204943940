"""Records of other sensors -> evidence, flows, coverage: the same rows as a capture of the same traffic gives.

What comes in: logs of Zeek, Suricata's events, exported flows (NetFlow, IPFIX) and files of nfdump, as streams. What
goes out: `Flow`, `Evidence`, `Coverage` and `Refusal` rows.

The way: `zeek`, `suricata`, `netflow` (and `collected`, from the network) and `nfdump` read lines or records (`values`)
-> `records` gathers conversations -> from there as captures (`capture.folding`, `ends`, `telling`), which is
why this package, alone among the plug-ins, stands on another. What protocols' records say goes through `stating`, in
the words of `wire`.

To add a log of Zeek: a function in `zeek_logs` and a line in its `READ`. To add an event of Suricata: the same in
`suricata`. To add a sensor: a module that gives `records.Record`, and a line in `READERS`.
"""

from collections.abc import Callable, Iterator
from typing import Any

from hygie.model.bulk import Bulk
from hygie.model.evidence import Speaker
from hygie.model.seams import Given, Input, Reader
from hygie.sources.sensors import collected, netflow, nfdump, suricata, zeek


def _rows(read: Callable[[Input, Given], Iterator[Any]], source: Input, given: Given) -> Iterator[Any]:
    """Rows as objects."""
    for row in read(source, given):
        if isinstance(row, Bulk):
            yield from row.rows()
        else:
            yield row


def _reader(kind: str, recognises: Callable[[Input], bool], read: Callable[[Input, Given], Iterator[Any]]) -> Reader:
    return Reader(
        kind,
        1,
        recognises,
        lambda source, given: _rows(read, source, given),
        snapshot=False,
        speaker=Speaker.OBSERVED,
        bulk=read,
    )


READERS: dict[str, Reader] = {
    "zeek": _reader("zeek", zeek.recognises, zeek.read),
    "suricata": _reader("suricata", suricata.recognises, suricata.read),
    "netflow": _reader(
        "netflow",
        lambda source: netflow.recognises(source) or collected.recognises(source),
        lambda source, given: (collected if collected.recognises(source) else netflow).read(source, given),
    ),
    "nfdump": _reader("nfdump", nfdump.recognises, nfdump.read),
}
"""Kind -> reader."""
