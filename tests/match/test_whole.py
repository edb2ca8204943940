from hygie.match.parts import sboms
from hygie.match.records import Records
from hygie.match.whole import Whole
from hygie.model.verdict import Verdict
from match.making import bom, component, cpe, naming, profile, row


def both(first, second):
    return [first, second]


FIRMWARE_ON_BOARD = both(
    row(cpe("openssl", "openssl"), "1.1.1n", configuration_operator="AND"),
    row(cpe("microsoft", "windows_10", "-", "o"), node=1, vulnerable=False, configuration_operator="AND", place="/1"),
)
DOCUMENTS = sboms([bom()], [component("openssl", "1.1.1k", cpe("openssl", "openssl", "1.1.1k"))])


def claims(one, rows=FIRMWARE_ON_BOARD, traffic=()):
    return list(Whole(Records(naming(), rows), one, DOCUMENTS, traffic).claims(True, {}))


def test_context_that_holds_affects() -> None:
    ((label, claim),) = claims(profile(boms=("B",), os="Windows 10"))
    assert (label, claim.verdict) == ("openssl 1.1.1k", Verdict.AFFECTED)
    assert "because.match.configuration.true" in {because.key for because in claim.because}


def test_context_that_is_something_else_does_not() -> None:
    ((_, claim),) = claims(profile(boms=("B",), os="Linux"))
    assert claim.verdict is Verdict.NOT_AFFECTED


def test_context_that_nobody_knows_is_possible() -> None:
    ((_, claim),) = claims(profile(boms=("B",)))
    assert (claim.verdict, claim.question) == (Verdict.POSSIBLE, "question.match.os")


def test_a_configuration_that_names_no_part_is_silent() -> None:
    assert claims(profile(os="Windows 10")) == []


def test_traffic_counts_as_a_part() -> None:
    told = cpe("openssl", "openssl", "1.1.1k")
    ((_, claim),) = claims(profile(os="Windows 10"), traffic=(told,))
    assert claim.verdict is Verdict.AFFECTED


def test_negation() -> None:
    rows = [
        FIRMWARE_ON_BOARD[0],
        row(
            cpe("microsoft", "windows_10", "-", "o"),
            node=1,
            vulnerable=False,
            negate=True,
            configuration_operator="AND",
            place="/1",
        ),
    ]
    ((_, claim),) = claims(profile(boms=("B",), os="Linux"), rows)
    assert claim.verdict is Verdict.AFFECTED


def test_an_application_is_absent_only_where_the_sbom_is_complete() -> None:
    rows = [
        FIRMWARE_ON_BOARD[0],
        row(cpe("oracle", "jre", "*"), node=1, vulnerable=False, configuration_operator="AND", place="/1"),
    ]
    ((_, claim),) = claims(profile(boms=("B",)), rows)
    assert claim.question == "question.match.component"
    complete = sboms(
        [bom(completeness="complete")], [component("openssl", "1.1.1k", cpe("openssl", "openssl", "1.1.1k"))]
    )
    ((_, claim),) = Whole(Records(naming(), rows), profile(boms=("B",)), complete, ()).claims(True, {})
    assert claim.verdict is Verdict.NOT_AFFECTED


def test_a_similar_product_name_is_possible() -> None:
    rows = [
        row(cpe("acme", "pump_7_duo_firmware", part="o"), "3.0", configuration_operator="AND"),
        row(cpe("acme", "pump_7_duo", "-", "h"), node=1, vulnerable=False, configuration_operator="AND", place="/1"),
    ]
    ((_, claim),) = claims(profile(), rows)
    assert (claim.verdict, claim.question) == (Verdict.POSSIBLE, "question.match.product")
