from hygie.model.evidence import Evidence, Trait
from hygie.model.fleet import Connectable
from hygie.register.devices import as_written
from register.hospital import MONDAY, Hospital, by_inventory, only

MAC, OTHER = "00:1b:0d:00:00:01", "00:1b:0d:00:00:02"


def test_connectable_has_its_source() -> None:
    h = Hospital()
    h.gmao("BM1", manufacturer="N", product="Lumira X", mac=MAC)
    h.gmao("BM2", manufacturer="N", product="Lumira X")
    h.gmao("BM3", designation="Lit médicalisé", connectable="no")
    h.gmao("BM4", designation="Serveur PACS")
    h.gmao("BM5", designation="Chariot")
    found = {d.inventory: (d.connectable, d.connectable_source) for d in h.devices()}
    assert found["BM1"] == (Connectable.YES, "evidence:local-gmao-2026-08-11#D2")
    assert found["BM2"] == (Connectable.YES, "presumed:same_model")
    assert found["BM3"] == (Connectable.NO, "evidence:local-gmao-2026-08-11#C4")
    assert found["BM4"] == (Connectable.YES, "presumed:pacs")
    assert found["BM5"] == (Connectable.UNKNOWN, "")


def test_a_kind_that_is_presumed_off_the_network_stays_unknown_until_a_person_says_so() -> None:
    h = Hospital()
    h.gmao("BM1", designation="Lève-malade")
    h.gmao("BM2", designation="Lève-personne")
    (question,) = [q for q in h.register().questions if q.reason == "question.connectable"]
    assert by_inventory(h.devices())["BM1"].connectable is Connectable.UNKNOWN
    h.decide(question.id, "non")
    register = h.register()
    assert {d.connectable for d in register.devices} == {Connectable.NO}
    assert all(d.connectable_source.startswith("evidence:local-answers-") for d in register.devices)


def test_the_label_is_for_people() -> None:
    h = Hospital()
    h.gmao("BM1", designation="Scanner", manufacturer="Norvane Imaging SA", product="Lumira")
    h.seen(MAC, "10.1.1.5", host_name="echo1")
    h.seen(OTHER, "10.1.1.6", oui_maker="Norvane")
    names = {d.key: d.name for d in h.devices()}
    assert names == {
        "inv=BM1": "Scanner Norvane Imaging Lumira",
        f"mac={MAC}": "echo1",
        f"mac={OTHER}": f"Norvane mac={OTHER}",
    }


def test_first_and_last_are_of_the_network_only() -> None:
    h = Hospital()
    h.gmao("BM1", mac=MAC)
    h.seen(MAC, "10.1.1.5", first=MONDAY, last=MONDAY + 5)
    h.gmao("BM2", designation="Lit")
    h.say("arp", f"device:mac={OTHER}", mac=OTHER, ip="10.1.1.7", dated="2026-08-10")
    found = {d.key: (d.first, d.last) for d in h.devices()}
    assert found == {"inv=BM1": (MONDAY, MONDAY + 5), "inv=BM2": (0, 0), f"mac={OTHER}": (MONDAY, MONDAY)}


def test_members_say_why_they_are_in() -> None:
    h = Hospital()
    h.gmao("BM1", mac=MAC, host_name="echo1")
    h.seen(MAC, "10.1.1.5")
    h.say("ad", "device:row=4", host_name="ECHO1.ch.example", os="Windows 10")
    register = h.register()
    device = only(register.devices)
    assert device.os == "Windows 10"
    assert [(m.subject, m.reason, m.args) for m in register.members] == [
        ("device:row=4", "link.name", ("key=echo1",)),
        ("device:inv=BM1", "link.mac", (f"key={MAC}",)),
        (f"device:mac={MAC}", "link.mac", (f"key={MAC}",)),
    ]
    assert device.confidence == min(m.probability for m in register.members) == 0.95


def test_no_two_devices_share_an_id() -> None:
    h = Hospital()
    h.gmao("BM1", mac=MAC)
    h.gmao("BM2", mac=MAC)
    h.seen(MAC, "10.1.1.5")
    h.say("table", "device:row=1", designation="Lit")
    h.say("other", "device:row=1", designation="Lit")
    ids = [d.id for d in h.devices()]
    assert len(ids) == len(set(ids)) == 5


def test_no_said_of_one_device_holds_for_its_model_unless_something_says_yes() -> None:
    h = Hospital()
    h.gmao("BM1", manufacturer="Litorel", product="Dormeo 3", connectable="no")
    h.gmao("BM2", manufacturer="Litorel", product="Dormeo 3")
    h.gmao("BM3", manufacturer="Litorel", product="Dormeo 9", connectable="no")
    h.gmao("BM4", manufacturer="Litorel", product="Dormeo 9")
    h.gmao("BM5", manufacturer="Litorel", product="Dormeo 9", mac=MAC)
    found = {d.inventory: (d.connectable.value, d.connectable_source) for d in h.devices()}
    assert found["BM2"] == found["BM1"] == ("no", "evidence:local-gmao-2026-08-11#D2")
    assert found["BM4"] == ("yes", "presumed:same_model")
    assert found["BM3"][0] == "no"


def test_an_inventory_number_is_shown_as_its_source_writes_it() -> None:
    def said(value: str, raw: str) -> Evidence:
        return Evidence("r", "device:inv=B10001", Trait.INVENTORY, value, raw, "B2")

    assert as_written(said("B10001", " b-10001 ")) == "b-10001"
    assert as_written(said("000123", "000123")) == "000123"
    assert as_written(said("B10001", "B-10001, ancien B-7")) == "B10001"
