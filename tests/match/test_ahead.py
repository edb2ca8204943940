"""What is looked up beforehand changes no finding, whether it was expected rightly or not."""

import pytest

from hygie.match.ahead import Consulted, consult, foresee
from hygie.match.find import Knowledge, find, judged
from hygie.match.uncovered import uncovered
from hygie.model.verdict import Profile
from match.making import bom, component, cpe, model, naming, profile, row, statement

SAID = statement(version="< 3.0")
KNOWN = {
    "boms": [bom()],
    "components": [component("openssl", "1.1.1k", cpe("openssl", "openssl", "1.1.1k"))],
    "statements": [SAID],
    "applicabilities": [row(cpe("openssl", "openssl"), "1.1.1n", start="1.1.1")],
}
PROFILES = [profile(), profile(id="q", boms=("B",)), profile(id="r", make="Nobody", product="Nothing")]


def consulted() -> Consulted:
    return consult(Knowledge(**KNOWN), naming())  # type: ignore[arg-type]


@pytest.mark.parametrize("names", [[], [(SAID.make, SAID.product)], [("Nobody", ""), ("", ""), ("x", "Nothing 9")]])
def test_findings_are_the_same(names: list[tuple[str, str]]) -> None:
    ready = consulted()
    foresee(ready, names)
    plain: list[Profile] = PROFILES
    there = judged(ready.desk, plain)
    assert there == find(plain, Knowledge(**KNOWN), naming())  # type: ignore[arg-type]
    assert len(there) >= 2


def test_what_was_asked_beforehand_is_not_computed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    ready = consulted()
    foresee(ready, [(SAID.make, SAID.product)])
    monkeypatch.setattr("hygie.match.naming.NameIndex._search", None)
    assert ready.desk.statements.names(SAID.make, SAID.product)
    assert uncovered([model("a", SAID.make, SAID.product)], ready.desk.attachments, ready.spoken) == []
