from hygie.match.find import Knowledge, find
from hygie.model.verdict import Verdict
from match.making import THIRD, cpe, naming, only, profile, row, statement


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
