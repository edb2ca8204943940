from collections import Counter
from collections.abc import Mapping

import pytest

from hygie.facts import headings
from hygie.model.evidence import Trait
from hygie.names.fields import fold

KINDS: dict[str, tuple[Mapping[str, tuple[str, ...]], tuple[str, ...]]] = {
    "device": (headings.DEVICE, (*headings.UNREAD, *headings.DISPOSAL, *headings.BOUGHT)),
    "addresses": (headings.ADDRESSES, headings.ADDRESSES_UNREAD),
    "hosts": (headings.HOSTS, headings.HOSTS_UNREAD),
    "leases": (headings.LEASES, headings.LEASES_UNREAD),
    "endpoints": (headings.ENDPOINTS, headings.ENDPOINTS_UNREAD),
    "mac_table": (headings.MAC_TABLE, ()),
    "arp": (headings.ARP, ()),
    "ae_titles": (headings.AE_TITLES, ()),
    "statements": (headings.STATEMENTS, headings.STATEMENTS_UNREAD),
    "questions": (headings.QUESTIONS, headings.QUESTIONS_UNREAD),
    "hospital": (headings.HOSPITAL, headings.HOSPITAL_UNREAD),
    "rules": (headings.RULES, ()),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_heading_is_folded_and_means_one_thing(kind: str) -> None:
    fields, unread = KINDS[kind]
    every = [v for row in fields.values() for v in row] + list(unread)
    assert [v for v, n in Counter(every).items() if n > 1] == []
    assert [v for v in every if fold(v) != v or not v] == []


def test_fields_of_devices_are_traits() -> None:
    assert set(headings.DEVICE) <= {trait.value for trait in Trait}
    assert set(headings.HOSTS) <= {trait.value for trait in Trait}


WRITTEN = {
    "Libellé matériel": "designation",
    "Syst. d'exploitation du poste": "operating_system",
    "Système d'exploitation du poste": "operating_system",
    "Bât./Niv./Pièce": "location",
    "Bâtiment / étage / pièce": "location",
}


@pytest.mark.parametrize("heading", WRITTEN)
def test_headings_of_exports_as_they_are_written(heading: str) -> None:
    assert fold(heading) in headings.DEVICE[WRITTEN[heading]]


@pytest.mark.parametrize("heading", ["Fiche", "N° fiche", "N° de fiche", "Numéro de fiche"])
def test_a_record_s_number_is_asked_never_assumed(heading: str) -> None:
    assert fold(heading) in headings.NUMBERS
    assert fold(heading) not in headings.DEVICE["inventory_number"]


def test_what_the_law_asks_for_has_headings() -> None:
    # CSP R5212-28: common and commercial name, maker, supplier, serial number, place, first service
    asked = ("designation", "commercial_name", "manufacturer", "supplier", "serial_number", "location", "commissioned")
    assert [field for field in asked if not headings.DEVICE[field]] == []
