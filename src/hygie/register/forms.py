"""What a maker's MDS2 form says against what traffic shows.

What comes in: MDS2 answers, devices with their model's keys, flows, holders of addresses. What goes out:
`Contradiction` rows of devices, the form's answer against the first flow that says otherwise.

Checks (ANSI/NEMA HN 1-2019): CONN-6 "no internet needed" and CONN-4 "nothing outside the hospital" against flows with
outside addresses; CONN-3 "no other system" against flows inside; CONN-2 with a port list in its note against ports that
answer; RMOT-1 "no remote service" against remote sessions from another network, and against web sessions that a machine
opens which itself talks with the outside; CONN-1 "no connectivity" against any.
A blank answer, "N/A" or "see notes" contradicts nothing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from hygie.model.fleet import Contradiction, Flow
from hygie.model.knowledge import Answer
from hygie.register.bindings import Holders
from hygie.register.devices import Draft
from hygie.register.models import fits
from hygie.register.naming import Naming, version
from hygie.register.zones import Plan, number

REMOTE = frozenset(
    (
        "rdp",
        "vnc",
        "ssh",
        "telnet",
        "teamviewer",
        "anydesk",
        "x11",
        "radmin",
        "pcanywhere",
        "winrm",
        "dameware",
        "bomgar",
    )
)
"""Services by which somebody works on a device from elsewhere."""

_PORT = re.compile(r"(?<![\d.])(\d{2,5})(?![\d.])")
_ASKED = ("CONN-1", "CONN-2", "CONN-3", "CONN-4", "CONN-6", "RMOT-1")


BROWSED = frozenset(("http", "https", "tls"))
"""Services by which somebody may work on a device, and which machines use among themselves too."""


class Talk(NamedTuple):
    """One flow as a device saw it."""

    serves: bool
    """The device is the server."""
    peer: str
    outside: bool
    """The peer is no local address."""
    elsewhere: bool
    """The peer lies in another zone."""
    gateway: bool
    """The peer itself talks with outside addresses."""
    flow: Flow


def check_forms(
    answers: Iterable[Answer],
    drafts: Iterable[Draft],
    flows: Iterable[Flow],
    holders: Holders,
    plan: Plan,
    naming: Naming,
) -> list[Contradiction]:
    """One row for each device and question that traffic contradicts."""
    told = _told(answers, naming)
    claims: dict[str, dict[str, Answer]] = {}
    placed = {}
    for draft in drafts:
        said = _said_of(draft, told)
        if said:
            claims[draft.id] = said
            placed[draft.id] = draft.zone
    if not claims:
        return []
    found: dict[tuple[str, str], tuple[tuple[int, str, str], Contradiction]] = {}
    flows = list(flows)
    gateways = {(f.site, f.client) for f in flows if _is_outside(f.site, f.server, plan)}
    for flow in flows:
        for device, talk in _talks(flow, claims, placed, holders, plan, gateways):
            for question, reason, shown in _against(claims[device], talk):
                answer = claims[device][question]
                order = (flow.first, flow.reading, flow.place)
                row = Contradiction(
                    device, question, answer.answer or "list", f"{answer.reading}#{answer.place}", shown,
                    f"{flow.reading}#{flow.place}", reason,
                )  # fmt: skip
                if (device, question) not in found or order < found[device, question][0]:
                    found[device, question] = order, row
    return [row for _, (_, row) in sorted(found.items())]


def _told(answers: Iterable[Answer], naming: Naming) -> dict[tuple[str, str], list[Answer]]:
    told: dict[tuple[str, str], list[Answer]] = {}
    for answer in answers:
        if answer.question in _ASKED and (answer.answer == "no" or answer.question == "CONN-2"):
            key = (naming.key(answer.make), naming.product_key(answer.make, answer.product))
            told.setdefault(key, []).append(answer)
    for said in told.values():
        said.sort(key=lambda a: (a.question, a.version, a.reading, a.place))
    return told


def _said_of(draft: Draft, told: Mapping[tuple[str, str], list[Answer]]) -> dict[str, Answer]:
    """The form's answers for one device; the very version's before another that fits."""
    said: dict[str, Answer] = {}
    for answer in told.get(draft.model_key, ()) if all(draft.model_key) else ():
        number = version(answer.version)
        if fits(number, draft.model[2]) and (answer.question not in said or number == draft.model[2]):
            said[answer.question] = answer
    return said


def _is_outside(site: str, address: str, plan: Plan) -> bool:
    """Whether an address is one of the world outside."""
    return _is_unicast(address) and not plan.is_local(site, address)


def _talks(
    flow: Flow,
    claims: Mapping[str, object],
    placed: Mapping[str, str],
    holders: Holders,
    plan: Plan,
    gateways: set[tuple[str, str]],
) -> Iterator[tuple[str, Talk]]:
    """The flow as each of its ends with a claim saw it."""
    ends = ((flow.client, flow.client_mac, flow.server, False), (flow.server, flow.server_mac, flow.client, True))
    for address, mac, peer, serves in ends:
        device = holders.device(flow.site, address, mac, flow.first, flow.last)
        if device in claims and _is_unicast(peer):
            outside = _is_outside(flow.site, peer, plan)
            zone = "" if outside else plan.find(flow.site, peer)
            elsewhere = outside or zone != placed[device]
            yield device, Talk(serves, peer, outside, elsewhere, (flow.site, peer) in gateways, flow)


def _is_unicast(peer: str) -> bool:
    """Whether an address may be one machine's."""
    return bool(number(peer)[0]) and not peer.endswith(".255")


def _against(said: Mapping[str, Answer], talk: Talk) -> Iterator[tuple[str, str, str]]:
    """Question, reason and what is shown for each answer that one flow contradicts."""
    flow = talk.flow
    service = flow.service.rstrip("?")
    shown = f"{talk.peer} {flow.transport}/{flow.port} {flow.service}".strip()
    if talk.outside:
        for question in ("CONN-4", "CONN-6"):
            if question in said:
                yield question, f"contradiction.form.{'outside' if question == 'CONN-4' else 'internet'}", shown
    for question, reason in (("CONN-1", "contradiction.form.connected"), ("CONN-3", "contradiction.form.systems")):
        if question in said and not (question == "CONN-3" and talk.outside):
            yield question, reason, shown
    if "RMOT-1" in said and talk.serves and talk.elsewhere and service in REMOTE:
        yield "RMOT-1", "contradiction.form.remote", shown
    elif "RMOT-1" in said and talk.serves and talk.gateway and service in BROWSED:
        yield "RMOT-1", "contradiction.form.gateway", shown
    if "CONN-2" in said and talk.serves and flow.opened and flow.packets_back and flow.port:
        ports = {int(port) for port in _PORT.findall(said["CONN-2"].text)}
        if ports and flow.port not in ports:
            yield "CONN-2", "contradiction.form.port", shown
