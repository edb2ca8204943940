from typing import Any

from handmade import row
from hygie.act import propose
from hygie.act.allowed import ALSO_SYSTEM
from hygie.model import Measure, Profile, Vulnerability
from hygie.model.evidence import Speaker
from hygie.model.verdict import Authority, Because, MeasureKind
from plant import ground, permission, remedy


def only(subject: str, *rows: Any, **given: Any) -> list[Measure]:
    return [m for m in propose(ground(*rows, **given)) if m.subject == subject]


def test_a_system_update_needs_the_manufacturer_s_word() -> None:
    [m] = only("measure.os_update", part="os")
    assert (m.kind, m.authority) == (MeasureKind.PATCH, Authority.MANUFACTURER_WORD)
    [m] = only("measure.os_update", permission("os_update"), part="os")
    assert m.authority is Authority.HOSPITAL
    [m] = only("measure.os_update", permission("os_update", False), part="os")
    assert m.authority is Authority.MANUFACTURER
    [m] = only("measure.os_update", permission("os_update", None), part="os")
    assert m.authority is Authority.MANUFACTURER_WORD


def test_a_permission_for_another_subject_does_not_help() -> None:
    [m] = only("measure.os_update", permission("patch"), permission("component_patch"), part="os")
    assert m.authority is Authority.MANUFACTURER_WORD


def test_a_component_s_update_likewise() -> None:
    [m] = only("measure.component_patch", permission("component_patch"), part="openssl 1.0.2")
    assert (m.authority, m.args) == (Authority.HOSPITAL, ("parts=openssl 1.0.2",))
    assert only("measure.component_patch", part="product") == []
    assert only("measure.component_patch", part="firmware") == []


def test_allowed_system_updates_are_proposed_for_components_that_may_come_with_it() -> None:
    [m] = only("measure.os_update", permission("os_update"), part="openssh 9.2")
    assert m.authority is Authority.HOSPITAL
    assert m.because[-1].key == "measure.because.if_of_system"
    assert only("measure.os_update", permission("os_update", False), part="openssh 9.2") == []
    [own] = only("measure.component_patch", permission("os_update"), part="openssh 9.2")
    assert own.authority is Authority.MANUFACTURER_WORD


def test_allowed_system_updates_are_proposed_for_the_product_whose_system_has_the_flaw() -> None:
    system = (Because("x", (), "adv#/s/0"), Because(ALSO_SYSTEM))
    [m] = only("measure.os_update", permission("os_update"), because=system)
    assert (m.authority, m.args) == (Authority.HOSPITAL, ("parts=-",))
    assert "measure.because.if_of_system" not in {b.key for b in m.because}
    assert only("measure.os_update", because=system) == []
    assert only("measure.os_update", permission("os_update")) == []
    assert only("measure.os_update", permission("os_update"), remedy("vendor_fix"), because=system) == []


def test_where_the_manufacturer_gives_a_fix_nothing_else_is_proposed() -> None:
    assert only("measure.os_update", remedy("vendor_fix"), part="os") == []
    assert len(only("measure.os_update", remedy("vendor_fix", speaker=Speaker.THIRD_PARTY), part="os")) == 1


def test_antivirus_only_where_it_is_allowed() -> None:
    [m] = only("measure.antivirus", permission("antivirus", condition="exclure D:"))
    assert (m.authority, m.text) == (Authority.HOSPITAL, "exclure D:")
    assert only("measure.antivirus", permission("antivirus", False)) == []
    assert only("measure.antivirus", permission("antivirus", None)) == []
    assert only("measure.antivirus") == []
    assert len(only("measure.allow_listing", permission("allow_listing"))) == 1


def test_no_second_question_where_an_update_asks_already_or_the_manufacturer_has_spoken() -> None:
    assert only("measure.ask", part="os", speaker=Speaker.THIRD_PARTY) == []
    assert only("measure.ask", part="zlib 1.2", speaker=Speaker.THIRD_PARTY) == []
    assert only("measure.ask", remedy("mitigation"), speaker=Speaker.THIRD_PARTY) == []


def test_no_second_question_where_the_manufacturer_is_asked_about_a_third_party_s_fix() -> None:
    fix = remedy("vendor_fix", speaker=Speaker.THIRD_PARTY)
    assert len(only("measure.ask", fix, speaker=Speaker.THIRD_PARTY)) == 1
    assert only("measure.ask", fix, permission("patch"), speaker=Speaker.THIRD_PARTY) == []
    assert len(only("measure.ask", permission("patch"), speaker=Speaker.THIRD_PARTY)) == 1


OUT = {"os": "Windows 7"}
OLD = "2019-05-16T19:29:00.000Z"


def aged(os: str, published: str, *rows: Any, **given: Any) -> dict[str, Measure]:
    """Updates of a system proposed for a flaw of it, by subject."""
    scene = ground(*rows, device={"os": os}, part="os", **given)
    scene.rows["profile"] = [row(Profile, id="P", model="M", make="Aterys", product="Souffle 3", os=os)]
    scene.rows["vulnerability"] = [row(Vulnerability, id="CVE-1", reading="nvd", place="/0", published=published)]
    return {m.subject: m for m in propose(scene) if m.subject.startswith("measure.os_update")}


def test_no_update_is_advised_of_a_system_that_gets_none() -> None:
    assert aged("Windows 7", "2022-01-01") == {}
    assert aged("Windows 7", "2022-01-01", permission("os_update")) == {}
    assert aged("Windows 7", "") == {}


def test_what_came_out_before_the_end_of_support_is_worth_looking_for() -> None:
    found = aged("Windows 7", OLD)
    assert list(found) == ["measure.os_update.last"]
    m = found["measure.os_update.last"]
    assert (m.args, m.authority) == (("system=Windows 7",), Authority.MANUFACTURER_WORD)
    assert m.because[0].key == "measure.because.published"
    assert (m.because[0].origin, m.because[0].args[1]) == ("nvd#/0", f"date={OLD}")
    assert [b.key for b in m.on_attacker] == ["measure.attacker.last_updates"]
    assert aged("Windows 7", OLD, permission("os_update"))["measure.os_update.last"].authority is Authority.HOSPITAL


def test_a_programme_of_updates_is_a_condition_and_never_taken_for_granted() -> None:
    [m] = aged("Windows 10 22H2", "2026-01-01").values()
    assert m.subject == "measure.os_update.extended"
    assert "extended=2028-10-10" in m.because[0].args
    [m] = aged("Windows 7", "2022-01-01", permission("os_update", condition="ESU au contrat")).values()
    assert m.subject == "measure.os_update.extended"
    assert [b.key for b in m.on_attacker] == ["measure.attacker.doubtful_updates"]


def test_where_the_edition_decides_it_is_to_be_found_out_first() -> None:
    [m] = aged("Windows 10 1809", "2026-01-01").values()
    assert (m.subject, m.args) == ("measure.os_update.perhaps", ("system=Windows 10 1809",))
    assert m.because[0].key == "measure.because.updates_perhaps"


def test_a_supported_system_is_updated_without_more_words() -> None:
    [m] = aged("Windows Server 2022", "2026-01-01").values()
    assert m.subject == "measure.os_update"
    assert [b.key for b in m.on_attacker] == ["measure.attacker.patch"]


def test_the_manufacturer_is_asked_what_no_update_answers() -> None:
    scene = {"device": OUT, "part": "os", "speaker": Speaker.THIRD_PARTY}
    late = ground(**scene)
    late.rows["profile"] = [row(Profile, id="P", model="M", make="Aterys", product="Souffle 3", os="Windows 7")]
    assert [m.findings for m in propose(late) if m.subject == "measure.ask"] == [1]
    assert [m for m in propose(ground(part="os", speaker=Speaker.THIRD_PARTY)) if m.subject == "measure.ask"] == []
