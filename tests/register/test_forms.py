import pytest

from register.hospital import Hospital

MAC, OTHER = "00:1b:0d:00:00:01", "00:1b:0d:00:00:02"


def hospital(question: str, answer: str, text: str = "", version: str = "") -> Hospital:
    h = Hospital()
    h.plan("10.1.1.0/24", zone_name="IMAGERIE")
    h.plan("10.1.2.0/24", zone_name="SERVEURS")
    h.gmao("BM1", mac=MAC, manufacturer="Norvane", product="Lumira MR", version="VA20B")
    h.seen(MAC, "10.1.1.5")
    h.seen(OTHER, "10.1.2.9")
    h.answer("NORVANE", "lumira mr", question, answer, version=version, text=text)
    return h


def found(h: Hospital) -> list[tuple[str, str, str]]:
    return [(c.trait, c.other, c.reason) for c in h.register().contradictions]


def test_no_internet_but_seen_outside() -> None:
    h = hospital("CONN-6", "no")
    h.flow("10.1.1.5", "10.1.2.9", 104, "dicom", client_mac=MAC, place="3")
    h.flow("10.1.1.5", "203.0.113.11", 443, "tls", client_mac=MAC, place="7")
    h.flow("10.1.1.5", "203.0.113.12", 443, "tls", client_mac=MAC, place="9")
    (row,) = h.register().contradictions
    assert (row.trait, row.one, row.other) == ("CONN-6", "no", "203.0.113.11 tcp/443 tls")
    assert row.reason == "contradiction.form.internet"
    assert row.one_origin.endswith("#C0")
    assert row.other_origin.endswith("#7")


@pytest.mark.parametrize("answer", ["yes", "", "n/a", "see notes"])
def test_only_a_no_contradicts(answer: str) -> None:
    h = hospital("CONN-6", answer)
    h.flow("10.1.1.5", "203.0.113.11", 443, "tls", client_mac=MAC)
    assert found(h) == []


def test_no_remote_service_but_a_session_from_another_zone() -> None:
    h = hospital("RMOT-1", "no")
    h.flow("10.1.2.9", "10.1.1.5", 3389, "rdp", server_mac=MAC)
    assert found(h) == [("RMOT-1", "10.1.2.9 tcp/3389 rdp", "contradiction.form.remote")]


def test_a_session_of_the_neighbouring_console_is_not_remote() -> None:
    h = hospital("RMOT-1", "no")
    h.flow("10.1.1.8", "10.1.1.5", 3389, "rdp", server_mac=MAC)
    assert found(h) == []


def test_ports_beside_the_list() -> None:
    h = hospital("CONN-2", "yes", text="DICOM 104, HTTPS 443/tcp")
    h.flow("10.1.2.9", "10.1.1.5", 104, "dicom", server_mac=MAC)
    h.flow("10.1.2.9", "10.1.1.5", 5900, "vnc", server_mac=MAC)
    assert found(h) == [("CONN-2", "10.1.2.9 tcp/5900 vnc", "contradiction.form.port")]


def test_a_list_without_numbers_contradicts_nothing() -> None:
    h = hospital("CONN-2", "yes", text="voir manuel")
    h.flow("10.1.2.9", "10.1.1.5", 5900, "vnc", server_mac=MAC)
    assert found(h) == []


def test_no_connectivity_but_a_flow() -> None:
    h = hospital("CONN-1", "no")
    h.flow("10.1.1.5", "10.1.2.9", 104, "dicom", client_mac=MAC)
    assert found(h) == [("CONN-1", "10.1.2.9 tcp/104 dicom", "contradiction.form.connected")]


def test_a_form_of_another_version_says_nothing_of_this_one() -> None:
    h = hospital("CONN-6", "no", version="VB10")
    h.flow("10.1.1.5", "203.0.113.11", 443, "tls", client_mac=MAC)
    assert found(h) == []


def test_group_addresses_are_no_internet() -> None:
    h = hospital("CONN-4", "no")
    h.flow("10.1.1.5", "224.0.0.251", 5353, "mdns", client_mac=MAC)
    h.flow("10.1.1.5", "255.255.255.255", 67, "dhcp", client_mac=MAC)
    assert found(h) == []


def test_a_web_session_of_a_machine_that_talks_with_the_outside() -> None:
    h = hospital("RMOT-1", "no")
    h.flow("10.1.2.9", "10.1.1.5", 80, "http", server_mac=MAC)
    assert found(h) == []
    h.flow("10.1.2.9", "203.0.113.10", 443, "tls")
    assert found(h) == [("RMOT-1", "10.1.2.9 tcp/80 http", "contradiction.form.gateway")]


def test_a_form_of_one_version_says_nothing_of_a_device_of_unknown_version() -> None:
    h = hospital("CONN-6", "no", version="VA20B")
    h.evidence = [e for e in h.evidence if e.trait.value != "software_version"]
    h.flow("10.1.1.5", "203.0.113.11", 443, "tls", client_mac=MAC)
    assert found(h) == []
