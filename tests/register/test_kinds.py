import pytest

from hygie.register.fold import Weights, by_trait
from hygie.register.kinds import kind_of, question_id
from hygie.register.rules import Book
from register.hospital import Hospital, only

CT = "1.2.840.10008.5.1.4.1.1.2"
DX = "1.2.840.10008.5.1.4.1.1.1.1"
XA = "1.2.840.10008.5.1.4.1.1.12.1"


def kind(**values: str | list[str]) -> tuple[str, str]:
    h = Hospital()
    h.say("table", "device:row=2", **values)
    return kind_of(by_trait(h.evidence), Weights(h.readings), {})


def ruled(**values: str | list[str]) -> tuple[str, str]:
    h = Hospital()
    h.say("pcap", "device:mac=02:00:00:00:00:01", **values)
    return kind_of(Book((), h.readings).draw(by_trait(h.evidence), "D1"), Weights(h.readings), {})


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"designation": "Respirateur de réanimation"}, ("ventilator", "presumed:designation")),
        ({"designation": "Table d'examen XYZ"}, ("", "")),
        ({"product": "Infusion pump 300"}, ("infusion_pump", "presumed:product")),
        ({"dicom_sop_class": [f"{CT} scu"]}, ("ct_scanner", "presumed:dicom_images")),
        ({"dicom_sop_class": [f"{CT} scu", f"{CT} scp"], "dicom_role": "archive"}, ("pacs", "presumed:dicom_role")),
        ({"dicom_role": ["modality", "worklist"]}, ("worklist_server", "presumed:dicom_role")),
        (
            {"dicom_sop_class": ["1.2.840.10008.5.1.4.1.1.77.1.5.1 scu"]},
            ("ophthalmic_imaging", "presumed:dicom_images"),
        ),
        ({"bacnet_device": "1201"}, ("building_management", "presumed:bacnet")),
        ({"host_name": "srv1"}, ("", "")),
    ],
)
def test_rules(values: dict[str, str | list[str]], expected: tuple[str, str]) -> None:
    assert kind(**values) == expected


def test_what_it_announces_yields_to_the_hospital_s_words() -> None:
    h = Hospital()
    h.say("pcap", "device:mac=02:00:00:00:00:01", kind="infusion_pump")
    assert kind_of(by_trait(h.evidence), Weights(h.readings), {}) == ("infusion_pump", "presumed:announced")
    h.say("table", "device:row=2", designation="Respirateur de réanimation")
    assert kind_of(by_trait(h.evidence), Weights(h.readings), {}) == ("ventilator", "presumed:designation")
    h.say("table", "device:row=2", kind="incubator")
    assert kind_of(by_trait(h.evidence), Weights(h.readings), {})[0] == "incubator"


def test_two_sorts_of_images_tell_no_kind() -> None:
    assert kind(dicom_sop_class=[f"{CT} scu", "1.2.840.10008.5.1.4.1.1.4 scu"]) == ("", "")


@pytest.mark.parametrize(
    ("images", "name", "expected"),
    [
        (XA, "ARCEAU1", ("c_arm", "presumed:dicom_images")),
        (XA, "CORO1", ("cath_lab", "presumed:dicom_images")),
        (XA, "XA1", ("cath_lab", "presumed:dicom_images_shared")),
        (XA, "BLOC_CORO", ("cath_lab", "presumed:dicom_images_shared")),
        (DX, "MOBX1", ("mobile_xray", "presumed:dicom_images")),
        (DX, "DX1", ("radiography", "presumed:dicom_images_shared")),
        (CT, "MOBX1", ("ct_scanner", "presumed:dicom_images")),
    ],
)
def test_images_that_two_kinds_make_are_told_by_the_name(images: str, name: str, expected: tuple[str, str]) -> None:
    assert kind(dicom_sop_class=[f"{images} scu"], ae_title=name) == expected


def test_a_product_s_name_tells_more_than_its_images() -> None:
    assert ruled(dicom_sop_class=[f"{XA} scu"], product="Cios Alpha") == ("c_arm", "presumed:sure_rule")
    assert ruled(dicom_sop_class=[f"{DX} scu"], product="MobileDaRt Evolution") == ("mobile_xray", "presumed:sure_rule")


def test_the_weaker_rules_come_last() -> None:
    assert ruled(wsd_type="PrintDeviceType") == ("printer", "presumed:rule")
    assert ruled(wsd_type="PrintDeviceType", dicom_role="printer") == ("dicom_printer", "presumed:dicom_role")


def test_a_source_that_names_the_kind_beats_our_words() -> None:
    found, source = kind(kind="ecmo", designation="Respirateur de réanimation")
    assert found == "ecmo"
    assert source.startswith("evidence:local-table-")


def test_a_person_says_what_an_ambiguous_designation_means() -> None:
    h = Hospital()
    h.gmao("BM1", designation="Générateur")
    (question,) = [q for q in h.register().questions if q.reason == "question.kind"]
    assert question.id == question_id("Générateur")
    h.decide(question.id, question.options[0])
    device = only(h.devices())
    assert device.kind == question.options[0]
    assert device.kind_source.startswith("evidence:")
    assert [q.answer for q in h.register().questions if q.id == question.id] == [question.options[0]]


def test_what_is_asked_of_a_designation_may_be_none_of_the_options() -> None:
    """A "ventilateur" may be a fan: then its kind stays unknown, and the question answered."""
    h = Hospital()
    h.gmao("BM1", designation="Ventilateur")
    (question,) = [q for q in h.register().questions if q.reason == "question.kind"]
    assert len(question.options) > 2
    assert question.options[-1] == "other"
    h.decide(question.id, "other")
    assert only(h.devices()).kind == ""
    assert [q.answer for q in h.register().questions if q.id == question.id] == ["other"]


def test_a_workstation_that_fetches_images_is_no_archive() -> None:
    both = ["archive", "workstation"]
    query = "1.2.840.10008.5.1.4.1.2.2.1"
    assert kind(dicom_role=both, dicom_sop_class=[f"{CT} scp", f"{query} scu"])[0] == "imaging_workstation"
    assert kind(dicom_role=both, dicom_sop_class=[f"{CT} scp", f"{query} scp"])[0] == "pacs"


def test_serving_addresses_on_the_network_is_no_kind_but_a_declared_role_is() -> None:
    h = Hospital()
    h.seen("00:1b:0d:00:00:01", "10.1.1.5", role="dhcp server")
    assert only(h.devices()).kind == ""
    assert kind(role="Serveur PACS") == ("pacs", "presumed:own_words")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"manufacturer": "Binder", "ward": "Bactériologie"}, ""),
        ({"manufacturer": "Memmert"}, ""),
        ({"ward": "Laboratoire de biologie"}, ""),
        ({"ward": "Néonatologie"}, "incubator"),
        ({"manufacturer": "Dräger"}, "incubator"),
        ({"ward": "Bloc opératoire"}, ""),
    ],
)
def test_ward_and_maker_tell_what_an_incubator_is(values: dict[str, str | list[str]], expected: str) -> None:
    assert kind(designation="Incubateur", **values)[0] == expected


def test_what_neither_ward_nor_maker_tells_is_asked_and_the_answer_stays_out_of_the_laboratory() -> None:
    h = Hospital()
    h.gmao("BM1", designation="Incubateur", ward="Bloc opératoire")
    h.gmao("BM2", designation="Incubateur", ward="Bactériologie", manufacturer="Binder")
    (question,) = [q for q in h.register().questions if q.reason == "question.kind"]
    assert "count=1" in question.args
    assert question.options == ("incubator", "microbiology_analyser", "other")
    h.decide(question.id, "incubator")
    assert {d.inventory: d.kind for d in h.devices()} == {"BM1": "incubator", "BM2": ""}


def test_a_word_that_a_longer_one_explains_asks_nothing() -> None:
    h = Hospital()
    for number, designation in enumerate(["Moniteur informatique 24 pouces", "Pompe à eau", "Générateur de vapeur"]):
        h.gmao(f"BM{number}", designation=designation)
    assert not [q for q in h.register().questions if q.reason.startswith("question.kind")]


def test_a_designation_that_says_nothing_is_asked_of_what_is_on_the_network() -> None:
    h = Hospital()
    vague = "Équipement biomédical"
    h.gmao("BM1", designation=vague, manufacturer="Norvane", product="Lumira", ip="10.1.1.5")
    h.gmao("BM2", designation=vague, manufacturer="Norvane", product="Lumira", ip="10.1.1.6")
    h.gmao("BM3", designation=vague, manufacturer="Perfalys", product="Relais", ip="10.1.1.7")
    h.gmao("BM4", designation=vague, manufacturer="Aldebert", ip="10.1.1.8")
    h.gmao("BM5", designation=vague, manufacturer="Aldebert", product="Zephyr")
    asked = {q.args[0]: q for q in h.register().questions if q.reason == "question.kind.nameless"}
    assert {name: q.args[1] for name, q in asked.items()} == {
        f"designation={vague} Norvane Lumira": "count=2",
        f"designation={vague} Perfalys Relais": "count=1",
        f"designation={vague} Aldebert BM4": "count=1",
    }
    h.decide(asked[f"designation={vague} Norvane Lumira"].id, "ultrasound")
    assert {d.inventory: d.kind for d in h.devices()} == {
        "BM1": "ultrasound", "BM2": "ultrasound", "BM3": "", "BM4": "", "BM5": "",
    }  # fmt: skip


def test_a_word_that_nobody_asked_for_is_shown_while_it_holds() -> None:
    h = Hospital()
    h.gmao("BM1", designation="Pousse-seringues")
    assert not [q for q in h.register().questions if q.reason == "question.kind"]
    h.decide("kind:pousse seringues", "infusion_pump")
    assert only(h.devices()).kind == "infusion_pump"
    (question,) = [q for q in h.register().questions if q.reason == "question.kind"]
    assert (question.id, question.answer) == ("kind:pousse seringues", "infusion_pump")
    assert "count=1" in question.args


def test_a_word_whose_designation_is_gone_is_shown_no_more() -> None:
    h = Hospital()
    h.gmao("BM1", designation="Respirateur")
    h.decide("kind:pousse seringues", "infusion_pump")
    assert not [q for q in h.register().questions if q.reason == "question.kind"]


def test_a_person_may_say_that_a_designation_names_none_of_our_kinds() -> None:
    h = Hospital()
    h.gmao("BM1", designation="Scope")
    h.decide("kind:scope", "other")
    assert only(h.devices()).kind == ""
    assert [q.answer for q in h.register().questions if q.id == "kind:scope"] == ["other"]


def test_a_gateway_is_recognised_by_its_product_where_its_designation_leaves_it_open() -> None:
    assert kind(designation="Middleware", product="CONNEXALL") == ("alarm_gateway", "presumed:product")
    assert (
        kind(designation="Passerelle pousse-seringues", product="Alaris Gateway Workstation")[0] == "infusion_gateway"
    )
