import pytest

from hygie.model.evidence import Speaker
from hygie.model.fleet import Connectable
from hygie.model.knowledge import Bom, Permission, Statement, Status
from hygie.register.models import fits
from register.hospital import Hospital, by_inventory


def bom(make: str, product: str, version: str, document: str) -> Bom:
    return Bom("r-bom", document, "CycloneDX 1.5", "/", make, product, version, Speaker.MANUFACTURER, "", 10)


def statement(make: str, product: str, document: str) -> Statement:
    return Statement(
        "r-csaf", document, "/", Speaker.MANUFACTURER, make, "", "CVE-2026-0001", (), Status.AFFECTED, "p1", make,
        product, "<5", True,
    )  # fmt: skip


def hospital() -> Hospital:
    h = Hospital()
    h.gmao(
        "BM1",
        manufacturer="Aldebert Médical",
        product="Zéphyr 5",
        version="4.2.1",
        designation="Respirateur de réanimation",
    )
    h.gmao("BM2", manufacturer="ALDEBERT MEDICAL SAS", product="ZEPHYR 5", version="4.3.0")
    h.gmao("BM3", manufacturer="Aldebert Médical", product="Zéphyr 5")
    return h


def test_documents_attach_by_normal_names_and_version() -> None:
    h = hospital()
    h.boms = [bom("Aldebert Medical", "Zephyr 5", "4.2.1", "urn:a"), bom("", "zéphyr 5", "4.3.0", "urn:b")]
    h.answer("Aldebert Médical", "Zéphyr 5", "CONN-6", "yes", version="4.2")
    h.statements = [
        statement("Aldebert Médical", "Zéphyr 5 ventilator", "ALD-1"),
        statement("Norvane", "Zéphyr 5", "NV-1"),
    ]
    h.permissions = [
        Permission(
            "r-st", "A2", Speaker.MANUFACTURER, "Aldebert Médical", "Zéphyr 5", "", "patch", True, "", "", "", "l.pdf"
        )
    ]
    register = h.register()
    found = {m.version: m for m in register.models}
    assert set(found) == {"4.2.1", "4.3.0", ""}
    assert (found["4.2.1"].boms, found["4.3.0"].boms, found[""].boms) == (("urn:a",), ("urn:b",), ())
    assert [len(found[v].mds2) for v in ("4.2.1", "4.3.0", "")] == [1, 0, 0]
    assert all(m.permissions == 1 and m.advisories == ("ALD-1",) and m.devices == 1 for m in register.models)
    assert {m.make for m in register.models} == {"Aldebert Médical"}
    assert found["4.2.1"].kind == "ventilator"
    assert by_inventory(register.devices)["BM1"].model == found["4.2.1"].id


def test_spellings_of_one_product_are_one_model_with_the_documents_of_each() -> None:
    h = Hospital()
    for number, product in enumerate(("ELI 380", "ELI380", "ELI-380", "Vue PACS", "VuePACS")):
        h.gmao(f"BM{number}", manufacturer="Norvane", product=product, version="2.6")
    h.boms = [bom("Norvane", "eli380", "2.6", "urn:a"), bom("Norvane", "ELI 380", "2.6", "urn:b")]
    h.statements = [statement("Norvane", "VUE-PACS", "NV-1")]
    register = h.register()
    assert sorted((m.devices, m.boms, m.advisories) for m in register.models) == [
        (2, (), ("NV-1",)),
        (3, ("urn:a", "urn:b"), ()),
    ]
    devices = by_inventory(register.devices)
    assert len({devices[f"BM{number}"].model for number in range(3)}) == 1


def test_a_spelling_that_comes_later_does_not_rename_a_model() -> None:
    h = Hospital()
    h.gmao("BM1", manufacturer="Norvane", product="ELI380", version="2.6")
    (alone,) = h.register().models
    h.gmao("BM2", manufacturer="Norvane", product="ELI 380", version="2.6")
    (both,) = h.register().models
    assert (both.id, both.devices) == (alone.id, 2)


def test_a_document_about_no_device_makes_a_model_of_its_own() -> None:
    h = hospital()
    h.boms = [bom("Norvane", "Lumira", "6.4", "urn:c")]
    (model,) = [m for m in h.register().models if m.product == "Lumira"]
    assert (model.devices, model.boms, model.connectable) == (0, ("urn:c",), Connectable.UNKNOWN)


def test_an_end_of_support_reaches_the_devices() -> None:
    h = hospital()
    h.say("statements", "model:Aldebert Médical|Zéphyr 5|", support_end="2031-12-31")
    h.say("statements", "model:Aldebert Médical|Zéphyr 5|4.2.1", support_end="2027-06-30")
    register = h.register()
    found = {m.version: m.support_end for m in register.models}
    assert found == {"4.2.1": "2027-06-30", "4.3.0": "2031-12-31", "": "2031-12-31"}
    assert by_inventory(register.devices)["BM1"].support_end == "2027-06-30"
    assert all(m.support_source.startswith("local-statements-") for m in register.models)


@pytest.mark.parametrize(
    ("said", "number", "may"),
    [
        ("", "3", True),
        ("3.2", "3.2.1", True),
        ("3.2", "3.21", False),
        ("3.2.1", "3.2", True),
        ("4", "3", False),
        ("3", "", False),
        ("", "", True),
    ],
)
def test_versions_that_a_document_may_speak_of(said: str, number: str, may: bool) -> None:
    assert fits(said, number) is may


def test_a_form_that_denies_every_interface_says_not_connectable() -> None:
    h = hospital()
    for question in ("CONN-1.1.1", "CONN-1.1.3", "CONN-1.2.1"):
        h.answer("Aldebert Médical", "Zéphyr 5", question, "no")
    register = h.register()
    assert {d.connectable for d in register.devices} == {Connectable.NO}
    assert {m.connectable for m in register.models} == {Connectable.NO}
    assert all(d.connectable_source.startswith("evidence:local-mds2-") for d in register.devices)


def test_a_blank_in_a_form_is_never_no() -> None:
    h = hospital()
    for question in ("CONN-1", "CONN-1.1.1", "CONN-1.1.3", "CONN-1.2.1"):
        h.answer("Aldebert Médical", "Zéphyr 5", question, "")
    assert Connectable.NO not in {d.connectable for d in h.devices()}


def test_a_form_with_an_ethernet_port_says_connectable() -> None:
    h = hospital()
    h.answer("Aldebert Médical", "Zéphyr 5", "CONN-1", "no")
    h.answer("Aldebert Médical", "Zéphyr 5", "CONN-1.2.1", "yes")
    assert {d.connectable for d in h.devices()} == {Connectable.YES}


def test_what_a_letter_says_of_the_model_reaches_its_devices() -> None:
    h = hospital()
    h.say("statements", "model:Aldebert Médical|Zéphyr 5|", connectable="no")
    assert {d.connectable for d in h.devices()} == {Connectable.NO}
    h.answer("Aldebert Médical", "Zéphyr 5", "CONN-1.1.1", "yes")
    assert {d.connectable for d in h.devices()} == {Connectable.YES}
