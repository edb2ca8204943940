from typing import cast

from hygie.match.find import Knowledge, find
from hygie.match.profiles import profiles
from hygie.model.knowledge import Bom
from hygie.model.verdict import Finding, Verdict
from match.making import THIRD, bom, component, cpe, device, naming, only, profile, row, statement


def test_nobody_is_cleared_by_one_version_while_another_is_affected() -> None:
    said = [statement(version="<=4.1.6", speaker=THIRD)]
    found = only([profile(version="5.0", contested=("4.1.6",))], statements=said)
    assert (found.verdict, found.question) == (Verdict.POSSIBLE, "question.match.version")
    (because,) = [one for one in found.because if one.key == "because.match.version.contested"]
    assert because.args == ("version=5.0", "other=4.1.6")


def test_all_contested_versions_outside_clear_as_before() -> None:
    said = [statement(version="<=4.1.6", speaker=THIRD)]
    found = only([profile(version="5.0", contested=("4.9",))], statements=said)
    assert found.verdict is Verdict.NOT_AFFECTED
    assert found == only([profile(version="5.0")], statements=said)


def test_affected_stays_affected_whatever_else_is_said() -> None:
    said = [statement(version="<=4.1.6")]
    assert only([profile(version="4.0", contested=("5.0",))], statements=said).verdict is Verdict.AFFECTED


def test_a_fix_in_one_of_the_versions_mends_nothing_surely() -> None:
    said = [statement("fixed", "2.0"), statement(version="<2.0", place="/1")]
    assert only([profile()], statements=said).verdict is Verdict.FIXED
    assert only([profile(contested=("1.9",))], statements=said).verdict is Verdict.POSSIBLE


def test_a_word_on_all_versions_is_not_touched() -> None:
    said = [statement("not affected", "vers:all/*")]
    assert only([profile(contested=("1.9",))], statements=said).verdict is Verdict.NOT_AFFECTED


def test_records_and_configurations_are_asked_for_every_version() -> None:
    single = [row(cpe("acme", "pump_7", part="o"), end="1.9", end_included=True)]
    assert only([profile(contested=("1.9",))], applicabilities=single).verdict is Verdict.POSSIBLE
    joint = [
        row(cpe("acme", "pump_7", part="o"), end="1.9", end_included=True, configuration_operator="AND"),
        row(cpe("acme", "pump_7", "-", part="h"), configuration_operator="AND", node=1, vulnerable=False),
    ]
    assert only([profile()], applicabilities=joint).verdict is Verdict.NOT_AFFECTED
    assert only([profile(contested=("1.9",))], applicabilities=joint).verdict is Verdict.POSSIBLE


def test_profiles_that_are_contested_do_not_lend_their_doubt_to_others() -> None:
    said = [statement(version="<=1.9")]
    plain, doubted = profile(id="a"), profile(id="b", contested=("1.9",))
    for order in ([plain, doubted], [doubted, plain]):
        found = find(order, Knowledge(statements=said), naming())
        assert {f.profile: f.verdict for f in found} == {"a": Verdict.NOT_AFFECTED, "b": Verdict.POSSIBLE}


ZLIB = [row("cpe:2.3:a:zlib:zlib:*:*:*:*:*:*:*:*", end="1.3")]


def held(version: str, document: str = "B") -> dict[str, list[object]]:
    part = component("zlib", "1.2", cpe("zlib", "zlib", "1.2"), document=document)
    return {"boms": [bom(document, version=version)], "components": [part], "applicabilities": ZLIB}


def attached(contested: tuple[str, ...], **known: list[object]) -> Finding | None:
    boms = cast("list[Bom]", known["boms"])
    made, _ = profiles([device("d", version="5.0", contested=contested)], boms, naming())
    return next(iter(find(made, Knowledge(**known), naming())), None)  # type: ignore[arg-type]


def test_an_sbom_of_one_of_the_versions_may_describe_the_device() -> None:
    firm = attached((), **held("5.0"))
    assert firm is not None
    assert firm.verdict is Verdict.AFFECTED
    for version in ("5.0", "4.1"):
        found = attached(("4.1",), **held(version))
        assert found is not None
        assert (found.verdict, found.question) == (Verdict.POSSIBLE, "question.match.version")
        assert "because.match.version.contested" in {one.key for one in found.because}
    assert attached((), **held("4.1")) is None
    assert attached(("4.1",), **held("3.0")) is None


def test_an_sbom_that_names_no_version_is_as_doubtful_as_before() -> None:
    one, other = attached(("4.1",), **held("")), attached((), **held(""))
    assert one is not None
    assert other is not None
    assert one.verdict is other.verdict is Verdict.POSSIBLE


def test_a_word_on_a_component_in_one_of_the_versions_clears_and_blames_nobody() -> None:
    inside = {"product": "zlib", "inside_make": "Acme", "inside_product": "Pump 7"}
    for status, firm, open_ in (
        ("affected", Verdict.AFFECTED, Verdict.POSSIBLE),
        ("not affected", Verdict.NOT_AFFECTED, Verdict.UNKNOWN),
    ):
        said = [statement(status, "", inside_version="5.0", **inside)]
        assert only([profile(version="5.0")], statements=said).verdict is firm
        for mine, other in (("5.0", "4.1"), ("4.1", "5.0")):
            found = only([profile(version=mine, contested=(other,))], statements=said)
            assert (found.verdict, found.question) == (open_, "question.match.version")
            assert "because.match.version.contested" in {one.key for one in found.because}
        always = [statement(status, "", inside_version="vers:all/*", **inside)]
        assert only([profile(version="5.0", contested=("4.1",))], statements=always).verdict is firm
