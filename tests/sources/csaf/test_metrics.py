import json
from typing import Any

import pytest
from msgspec.json import decode

from hygie.sources.csaf import form
from hygie.sources.csaf.metrics import Measure, base_score, measure
from hygie.sources.opening.documents import Told

HIGH = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
LOW = "CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N"
NEW = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"


def read(**entry: Any) -> Measure:
    one = decode(json.dumps(entry).encode(), type=form.Vulnerable)
    return measure(Told("f", "r1"), one, "/v", "author")


def metric(vector: str, source: str = "") -> dict[str, Any]:
    key = f"cvss_v{vector[5]}" if vector.startswith("CVSS:") else "cvss_v2"
    return {"content": {key: {"vectorString": vector}}, **({"source": source} if source else {})}


def test_the_authors_own_comes_first() -> None:
    found = read(metrics=[metric(HIGH, "https://other.example"), metric(LOW)])
    assert (found.cvss, found.source) == (LOW, "author")


def test_then_the_highest_then_the_newest() -> None:
    assert read(metrics=[metric(LOW), metric(HIGH)]).cvss == HIGH
    assert base_score(NEW) == 9.3
    assert read(metrics=[metric(NEW), metric(HIGH)]).cvss == HIGH
    assert read(metrics=[metric(HIGH), metric(HIGH.replace("3.1", "3.0"))]).cvss == HIGH


def test_scores_of_2_0() -> None:
    found = read(
        scores=[{"products": ["P"], "cvss_v2": {"vectorString": "AV:N/AC:L/Au:N/C:C/I:C/A:C", "baseScore": 3}}]
    )
    assert (found.cvss, found.score) == ("AV:N/AC:L/Au:N/C:C/I:C/A:C", 10.0)


def test_a_score_without_a_vector_that_can_be_read() -> None:
    assert read(scores=[{"cvss_v3": {"vectorString": "nonsense", "baseScore": 7.5}}]).score == 7.5
    assert read(scores=[{"cvss_v3": {"vectorString": "nonsense"}}]).score is None
    assert read() == Measure()


def test_ssvc_of_2_1() -> None:
    selections = [
        {"namespace": "ssvc", "key": "E", "version": "1.1.0", "values": [{"key": "A"}]},
        {"namespace": "ssvc", "key": "A", "version": "2.0.0", "values": [{"key": "Y"}]},
        {"namespace": "ssvc", "key": "TI", "version": "1.0.0", "values": [{"key": "P"}, {"key": "T"}]},
        {"namespace": "x_other", "key": "E", "version": "1", "values": [{"key": "N"}]},
    ]
    found = read(metrics=[{"content": {"ssvc_v2": {"selections": selections}}}])
    assert (found.exploitation, found.automatable, found.technical_impact) == ("active", "yes", "")


@pytest.mark.parametrize("vector", ["", "CVSS:3.1/", "CVSS:9/AV:N", "x" * 900, "CVSS:4.0/AV:N", "AV:N//"])
def test_broken_vectors(vector: str) -> None:
    assert base_score(vector) is None
