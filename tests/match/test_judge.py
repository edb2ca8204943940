import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygie.match.claims import Claim
from hygie.match.judge import SHOWN, judge, merge, reasons
from hygie.model.evidence import Speaker
from hygie.model.verdict import Because, Verdict


def claim(
    verdict=Verdict.AFFECTED, speaker=Speaker.THIRD_PARTY, specificity=2, dated="", sure=True, document="D", **more
) -> Claim:
    because = more.get("because", (Because("because.match.record", (f"document={document}", verdict.value)),))
    return Claim("CVE-1", verdict, speaker, document, dated, specificity, 1.0, because, more.get("question", ""), sure)


NOT = Verdict.NOT_AFFECTED
MAKER = Speaker.MANUFACTURER

LOWER_TO_HIGHER = [
    claim(document="derived", specificity=-1, verdict=NOT),
    claim(document="all", specificity=0),
    claim(document="range", specificity=2),
    claim(document="exact", specificity=3),
    claim(document="exact newer", specificity=3, dated="2026-02-01"),
    claim(document="maker, all", specificity=0, speaker=MAKER),
    claim(document="maker, range", specificity=2, speaker=MAKER),
    claim(document="maker, inside", specificity=4, speaker=MAKER),
    claim(document="person", speaker=Speaker.PERSON, specificity=3),
]


@pytest.mark.parametrize(("low", "high"), list(itertools.combinations(range(len(LOWER_TO_HIGHER)), 2)))
def test_the_order_of_words(low: int, high: int) -> None:
    assert judge("product", [LOWER_TO_HIGHER[low], LOWER_TO_HIGHER[high]]).winner == LOWER_TO_HIGHER[high]


def test_a_sure_claim_goes_before_a_doubtful_one() -> None:
    doubtful = claim(Verdict.POSSIBLE, MAKER, sure=False)
    assert judge("product", [doubtful, claim()]).winner.verdict is Verdict.AFFECTED


def test_nobody_is_cleared_while_an_equal_voice_may_mean_this_product() -> None:
    doubtful = claim(Verdict.POSSIBLE, MAKER, sure=False, question="question.match.product")
    assert judge("product", [claim(NOT), doubtful]).winner == doubtful
    assert judge("product", [claim(NOT, MAKER, 3), claim(Verdict.POSSIBLE, sure=False)]).winner.verdict is NOT


def test_the_worst_verdict_of_the_parts_wins() -> None:
    parts = {"zlib 1": [claim(NOT, MAKER, 4)], "openssl 1": [claim()]}
    found = merge("p", "CVE-1", parts)
    assert (found.verdict, found.part) == (Verdict.AFFECTED, "openssl 1")
    assert found.against


def test_the_manufacturer_s_clear_word_on_the_product_goes_before_third_parties_on_its_parts() -> None:
    parts = {"product": [claim(NOT, MAKER, 3)], "openssl 1": [claim()]}
    assert merge("p", "CVE-1", parts).verdict is NOT


def test_a_conclusion_from_ranges_does_not_clear_the_parts() -> None:
    parts = {"product": [claim(NOT, MAKER, -1)], "openssl 1": [claim()]}
    assert merge("p", "CVE-1", parts).verdict is Verdict.AFFECTED


def test_the_manufacturer_s_own_word_on_a_part_stays() -> None:
    parts = {"product": [claim(NOT, MAKER, 3)], "openssl 1": [claim(speaker=MAKER, specificity=4)]}
    assert merge("p", "CVE-1", parts).verdict is Verdict.AFFECTED


def test_many_reasons_are_counted() -> None:
    many = [claim(because=(Because("because.match.record", (f"n={n}",)),)) for n in range(SHOWN + 5)]
    shown = reasons(many, ())
    assert len(shown) == SHOWN + 1
    assert shown[-1] == Because("because.match.more", ("count=5",))


def test_nothing_to_judge_is_told() -> None:
    with pytest.raises(ValueError, match="nothing"):
        judge("product", [])


@given(st.permutations(LOWER_TO_HIGHER[:8]))
def test_order_does_not_matter(claims) -> None:
    assert judge("product", claims) == judge("product", LOWER_TO_HIGHER[:8])


def test_a_product_s_flaw_that_its_system_has_too_says_so() -> None:
    mine, theirs = claim(speaker=MAKER, document="maker"), claim(document="record")
    both = merge("p", "CVE-1", {"product": [mine], "os": [theirs]})
    assert (both.part, both.because[-1].key) == ("product", "because.match.also_system")
    cleared = merge("p", "CVE-1", {"product": [mine], "os": [claim(verdict=NOT)]})
    assert "because.match.also_system" not in {because.key for because in cleared.because}
    alone = merge("p", "CVE-1", {"os": [theirs], "openssl 1": [claim(verdict=NOT, document="x")]})
    assert (alone.part, len(alone.because)) == ("os", 1)


@pytest.mark.parametrize("cleared", [NOT, Verdict.FIXED])
def test_no_third_party_clears_what_another_says_as_precisely(cleared: Verdict) -> None:
    old, new = claim(document="authority", dated="2022-01-01"), claim(cleared, document="anybody", dated="2026-01-01")
    assert judge("product", [old, new]).winner == old
    assert judge("openssl 1.1.1", [old, new]).winner == old
    assert judge("openssl 1.1.1", [old, claim(cleared, specificity=3)]).winner.verdict is cleared
    assert judge("product", [old, claim(cleared, MAKER, dated="2026-01-01")]).winner.verdict is cleared


@pytest.mark.parametrize("cleared", [NOT, Verdict.FIXED])
def test_on_the_product_a_third_party_clears_what_its_own_document_says_alone(cleared: Verdict) -> None:
    old, precise = claim(document="authority"), claim(cleared, document="anybody", specificity=3, dated="2026-01-01")
    assert judge("product", [old, precise]).winner == old
    assert judge("product", [claim(document="anybody"), precise]).winner == precise
