"""Configurations against a slow oracle that tries every way the unknown may turn out."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygie.match.configurations import Answer, conjoin, disjoin, evaluate, judge
from match.making import cpe, row

TRUTHS = st.sampled_from([True, False, None])


def oracle(rows, truths):
    """True or False where every completion of the unknown agrees, else None."""
    open_places = [place for place, truth in enumerate(truths) if truth is None]
    answers = set()
    for values in itertools.product([True, False], repeat=len(open_places)):
        filled = list(truths)
        for place, value in zip(open_places, values, strict=True):
            filled[place] = value
        nodes: dict[int, list[bool]] = {}
        for one, value in zip(rows, filled, strict=True):
            nodes.setdefault(one.node, []).append(value)
        heads = {one.node: one for one in reversed(rows)}
        results = []
        for number, members in nodes.items():
            value = all(members) if heads[number].node_operator == "AND" else any(members)
            results.append(value != heads[number].negate)
        answers.add(all(results) if rows[0].configuration_operator == "AND" else any(results))
    return answers.pop() if len(answers) == 1 else None


@st.composite
def configurations(draw):
    operator = draw(st.sampled_from(["AND", "OR"]))
    rows, truths = [], []
    for node in range(draw(st.integers(1, 4))):
        inner, negate = draw(st.sampled_from(["AND", "OR"])), draw(st.booleans())
        for place in range(draw(st.integers(1, 3))):
            rows.append(
                row(
                    cpe("v", f"p{node}{place}"),
                    configuration_operator=operator,
                    node_operator=inner,
                    negate=negate,
                    node=node,
                )
            )
            truths.append(draw(TRUTHS))
    return rows, truths


@given(configurations())
def test_three_values_agree_with_the_oracle(case) -> None:
    rows, truths = case
    of = {id(one): truth for one, truth in zip(rows, truths, strict=True)}
    assert evaluate(rows, lambda one: of[id(one)]) == oracle(rows, truths)


@pytest.mark.parametrize(
    ("a", "b", "both", "either"),
    [
        (True, True, True, True),
        (True, False, False, True),
        (True, None, None, True),
        (False, None, False, None),
        (None, None, None, None),
        (False, False, False, False),
    ],
)
def test_kleene(a, b, both, either) -> None:
    assert conjoin([a, b]) is conjoin([b, a]) is both
    assert disjoin([a, b]) is disjoin([b, a]) is either


def test_what_is_open_is_named_with_its_question() -> None:
    rows = [
        row(cpe("v", "fw"), configuration_operator="AND"),
        row(cpe("v", "hw"), node=1, vulnerable=False, configuration_operator="AND"),
    ]
    answers = {"fw": Answer(True, True, 0.95), "hw": Answer(None, False, question="question.match.hardware")}
    outcome = judge(rows, lambda one: answers[one.product])
    assert (outcome.truth, outcome.named, outcome.probability) == (None, True, 0.95)
    assert [one.product for one in outcome.open] == ["hw"]
    assert outcome.question == "question.match.hardware"


def test_context_alone_names_nothing() -> None:
    rows = [
        row(cpe("v", "fw"), configuration_operator="AND"),
        row(cpe("v", "hw"), node=1, vulnerable=False, configuration_operator="AND"),
    ]
    answers = {"fw": Answer(None, False), "hw": Answer(True, True)}
    assert not judge(rows, lambda one: answers[one.product]).named
