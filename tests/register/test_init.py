from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hygie import words
from hygie.register import Ground, build
from register.hospital import DAY, MONDAY, Hospital, by_inventory

A, B, C, D, E = (f"00:1b:0d:00:00:{n:02x}" for n in range(1, 6))


def small(site: str = "local") -> Hospital:
    """Every rule at least once."""
    h = Hospital(site)
    h.plan("10.42.30.0/24", zone_name="IMAGERIE", vlan="30", zone_use="medical")
    h.plan("192.9.200.0/24", zone_name="MONITORAGE", vlan="40")
    h.gmao("BM1", designation="Scanner", manufacturer="Norvane Imaging", product="Lumira CT", serial="NV-CT-5518",
           mac=A, ward="Imagerie", version="6.4.2")  # fmt: skip
    h.gmao("BM2", designation="Console scanner", manufacturer="Norvane Imaging", system="BM1", host_name="ct1-console")
    h.gmao("BM3", designation="Échographe", manufacturer="NORVANE IMAGING SAS", product="Ondine U9", ae_title="ECHO1")
    h.gmao("BM4", designation="Défibrillateur", manufacturer="Tamsin", product="Relance D3", serial="TD3-0455")
    h.gmao("BM5", designation="Défibrillateur", manufacturer="Tamsin", product="Relance D3", serial="TD3-0455")
    h.gmao("BM6", designation="Lit médicalisé")
    h.gmao("BM7", designation="Moniteur multiparamétrique", manufacturer="Quillane", ip="192.9.200.11")
    h.gmao("BM1", name="xlsx", designation="SCANNER", manufacturer="Norvane", serial="NVCT5518", ward="Radiologie")
    h.say("ae", "device:ae=ECHO1", ae_title="ECHO1", ip="10.42.30.21", manufacturer="Norvane Imaging")
    h.seen(A, "10.42.30.11", version="6.5.0", vlan="30")
    h.lease(B, "10.42.30.12", host_name="CT1-CONSOLE")
    h.lease(C, "10.42.30.21")
    h.lease(D, "10.42.30.21", first=MONDAY + 9 * DAY)
    h.seen(E, "192.9.200.11", oui_maker="Quillane", vlan="40")
    h.routed("10.42.50.9", hl7_application="CHEM1^LABO")
    h.covers("10.42.30.0/24", "192.9.200.0/24", vlans=("30", "40"))
    h.answer("Norvane Imaging", "Lumira CT", "CONN-6", "no")
    h.flow("10.42.30.11", "203.0.113.10", 443, "tls", client_mac=A)
    return h


def test_a_small_hospital() -> None:
    register = small().register()
    found = by_inventory(register.devices)
    assert len(register.devices) == 10
    assert found["BM1"].version == "6.5.0"
    assert found["BM1"].system == found["BM2"].system != ""
    assert found["BM2"].addresses == ("10.42.30.12",)
    assert found["BM3"].addresses == ("10.42.30.21",)
    assert found["BM7"].macs == (E,)
    assert {d.seen.value for d in register.devices if not d.inventory} == {"seen, not in GMAO"}
    assert [(c.trait, c.reason) for c in register.contradictions] == [
        ("CONN-6", "contradiction.form.internet"),
        ("software_version", "contradiction.observed.software_version"),
        ("ward", "contradiction.declared.ward"),
        ("serial_number", "contradiction.shared_serial"),
    ]
    assert {link.reasons[0] for link in register.links} == {"link.serial", "link.address_shared"}
    assert [z.name for z in register.zones if z.source == "plan"] == ["IMAGERIE", "MONITORAGE"]


def test_two_hospitals_with_one_plan_and_one_numbering_share_nothing() -> None:
    north, south = small("north"), small("south")
    both = Ground(
        north.evidence + south.evidence, north.readings | south.readings, (), (*north.coverage, *south.coverage),
        (*north.flows, *south.flows), (), north.answers,
    )  # fmt: skip
    register = build(both)
    alone = north.register()
    at = {d.id: d.site for d in register.devices}
    assert len(at) == len(register.devices) == 2 * len(alone.devices)
    assert {d for d in register.devices if d.site == "north"} == set(alone.devices)
    assert all(at[link.left] == at[link.right] for link in register.links)
    assert all(at[b.device] == b.site for b in register.bindings)
    zone_site = {z.id: z.site for z in register.zones}
    assert all(zone_site[d.zone] == d.site for d in register.devices if d.zone)
    source_site = {r.source: r.site for r in both.readings.values()}
    assert all(source_site[m.source] == at[m.device] for m in register.members)


def test_a_decision_of_one_hospital_changes_nothing_in_the_other() -> None:
    north, south = small("north"), small("south")
    link = north.register().links[0]
    north.decide(link.id, "same")
    both = Ground(north.evidence + south.evidence, north.readings | south.readings, north.decisions)
    untouched = Ground(south.evidence, south.readings)
    assert [d for d in build(both).devices if d.site == "south"] == list(build(untouched).devices)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.randoms(use_true_random=False))
def test_the_order_of_reading_changes_nothing(chance: Any) -> None:
    h = small()
    h.decide(h.register().links[0].id, "same")
    h.decide("link:local|inv=BM6|inv=BM7", "different")
    expected = h.register()
    rows = h.ground()
    shuffled = [
        chance.sample(list(part), len(part)) for part in (rows.evidence, rows.decisions, rows.coverage, rows.flows)
    ]
    readings = dict(chance.sample(list(rows.readings.items()), len(rows.readings)))
    again = Ground(
        shuffled[0], readings, shuffled[1], shuffled[2], shuffled[3], rows.boms, rows.answers, makers=rows.makers
    )
    assert build(again) == expected


KEYS = {
    "inventory": ["BM1", "BM2"],
    "serial": ["NV-1001", "NV-1002"],
    "manufacturer": ["Norvane", "Perfalys"],
    "mac": [A, B],
    "host_name": ["echo1", "ct1-host"],
    "ae_title": ["ECHO1", "CT1"],
    "ip": ["10.1.1.5", "10.1.1.6"],
    "designation": ["Scanner", "Lit"],
    "role": ["console"],
    "system": ["BM1"],
}


@settings(max_examples=120, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["gmao", "xlsx", "leases", "pcap", "ae"]),
            st.fixed_dictionaries({}, optional={k: st.sampled_from(v) for k, v in KEYS.items()}),
            st.sampled_from([0, MONDAY, MONDAY + 9 * DAY]),
        ),
        max_size=12,
    ),
    st.randoms(use_true_random=False),
)
def test_any_mixture_of_keys_keeps_the_rules(lines: list[tuple[str, dict[str, str], int]], chance: Any) -> None:
    h = Hospital()
    for n, (source, values, first) in enumerate(lines):
        kind = "gmao" if source == "xlsx" else source
        h.say(kind, f"device:row={n}", name=source, first=first, last=first, **values)
    register = h.register()
    again = build(h.ground()._replace(evidence=chance.sample(h.evidence, len(h.evidence))))
    assert again == register
    assert len({d.id for d in register.devices}) == len(register.devices)
    spoken = {e.subject for e in h.evidence}
    assert {m.subject for m in register.members} == spoken
    assert len(register.members) == len(spoken)
    ids = {d.id for d in register.devices}
    assert all(link.left in ids and link.right in ids and link.left < link.right for link in register.links)
    for device in register.devices:
        members = {m.subject for m in register.members if m.device == device.id}
        numbers = {e.value for e in h.evidence if e.subject in members and e.trait.value == "inventory_number"}
        assert len(numbers) <= 1


def test_nothing_in_gives_nothing_out() -> None:
    assert all(rows == [] for rows in build(Ground([], {})))


def test_evidence_that_nobody_can_link_is_still_a_device() -> None:
    h = Hospital()
    h.say("table", "device:row=5", designation="Table de mixage")
    assert len(h.devices()) == 1


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_message_has_its_text(language: str) -> None:
    register = small().register()
    texts = words.catalogue(language)
    said = {m.reason for m in register.members} | {r for link in register.links for r in link.reasons}
    said |= {c.reason for c in register.contradictions} | {q.reason for q in register.questions}
    assert said - set(texts) == set()
    for question in register.questions:
        assert "{" not in words.say(language, question.reason, question.args)
