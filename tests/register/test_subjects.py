from hygie.model.evidence import Evidence, Speaker, Trait
from hygie.register.subjects import FOREVER, gather, instant, is_live, line, name_makers, stay
from register.hospital import DAY, MONDAY, Hospital


def test_a_row_is_told_by_its_cell_and_sheet() -> None:
    assert line("B12") == "12"
    assert line("Parc!AB7") == "Parc!7"
    assert line("packet 41") == ""
    assert line("/products/3") == ""


def test_evidence_of_readings_that_do_not_count_is_left_out() -> None:
    h = Hospital()
    h.gmao("BM1", designation="Lit")
    h.evidence.append(Evidence("gone", "device:inv=BM2", Trait.INVENTORY, "BM2", "BM2", "A9"))
    assert [s.inventory for s in gather(h.evidence, h.readings).devices] == ["BM1"]


def test_a_site_said_of_the_subject_beats_the_readings() -> None:
    h = Hospital("north")
    h.gmao("BM1", designation="Lit")
    h.gmao("BM2", designation="Lit", SITE="south")
    assert {s.inventory: s.site for s in gather(h.evidence, h.readings).devices} == {"BM1": "north", "BM2": "south"}


def test_one_number_at_two_sites_in_one_file_is_two_subjects() -> None:
    h = Hospital("north")
    h.gmao("BM1", SITE="north", designation="Lit")
    h.gmao("BM1", SITE="south", designation="Lit")
    assert [(s.site, s.inventory) for s in gather(h.evidence, h.readings).devices] == [
        ("north", "BM1"),
        ("south", "BM1"),
    ]


def test_a_machine_of_several_leases_is_one_subject() -> None:
    h = Hospital()
    h.lease("00:1b:0d:00:00:01", "10.1.1.5")
    h.lease("00:1b:0d:00:00:01", "10.1.1.6", first=MONDAY + DAY)
    (subject,) = gather(h.evidence, h.readings).devices
    assert [s.address for s in subject.stays] == ["10.1.1.5", "10.1.1.6"]
    assert subject.live
    assert not subject.traffic


def test_zones_and_models_stand_apart() -> None:
    h = Hospital()
    h.plan("10.1.1.0/24", zone_name="IMAGERIE")
    h.say("statements", "model:Norvane|Lumira|6.4", support_end="2030-01-01")
    said = gather(h.evidence, h.readings)
    assert list(said.zones) == [("local", "zone:10.1.1.0/24")]
    assert list(said.models) == ["model:Norvane|Lumira|6.4"]
    assert said.devices == []


def test_the_makers_key_is_set_by_name() -> None:
    h = Hospital()
    h.gmao("BM1", manufacturer="NORVANE")
    subjects = gather(h.evidence, h.readings).devices
    name_makers(subjects, h.readings, str.lower)
    assert subjects[0].make == "norvane"


def test_a_blank_says_nothing() -> None:
    h = Hospital()
    h.gmao("BM1", serial="")
    assert Trait.SERIAL not in gather(h.evidence, h.readings).devices[0].said


def test_instants() -> None:
    assert instant("2026-08-10") == MONDAY
    assert instant("2026-08-10T00:00:00Z") == MONDAY
    assert instant("10/08/2026") == 0
    assert instant("") == 0


def test_a_table_of_the_network_speaks_of_its_days_a_gmao_of_none() -> None:
    h = Hospital()
    arp, gmao = h.readings[h.reading("arp")], h.readings[h.reading("gmao")]
    said = Evidence("x", "device:mac=a", Trait.IP, "10.1.1.5", "10.1.1.5", "B2")
    assert is_live(arp)
    assert not is_live(gmao)
    assert stay(said, arp) == ("10.1.1.5", MONDAY, MONDAY + 3 * DAY, True)
    assert stay(said, gmao) == ("10.1.1.5", 0, FOREVER, False)
    assert gmao.speaker is Speaker.HOSPITAL


def test_a_name_that_is_not_sure_is_no_key() -> None:
    h = Hospital()
    reading = h.reading("pcap")
    for address, name, confidence in (("10.0.0.1", "files", 0.6), ("10.0.0.2", "pacs-1", 0.7)):
        subject = f"device:ip={address}"
        for trait, value in ((Trait.IP, address), (Trait.HOST_NAME, name)):
            sure = confidence if trait is Trait.HOST_NAME else 1.0
            h.evidence.append(Evidence(reading, subject, trait, value, value, "packet 1", sure, MONDAY, MONDAY))
    assert sorted(s.names for s in gather(h.evidence, h.readings).devices) == [(), ("pacs-1",)]
