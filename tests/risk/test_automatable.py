from handmade import row
from hygie.model import Vulnerability
from hygie.risk import flaw
from hygie.risk.automatable import automatable

WORM = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
LOCAL = "CVSS:3.1/AV:L/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"


def of(*vectors: str, automatable: str = "") -> flaw.Flaw:
    return flaw.known([row(Vulnerability, id="CVE-1", cvss=v, automatable=automatable) for v in vectors or ("",)])


def test_the_record_wins_over_the_vector() -> None:
    assert automatable(of(WORM, automatable="no"))[0] == "no"
    assert automatable(of(LOCAL, automatable="yes"))[0] == "yes"


def test_a_vector_reached_over_the_network_alone_is_automatable() -> None:
    value, because = automatable(of(WORM))
    assert (value, because.key) == ("yes", "priority.automatable.vector_yes")
    assert automatable(of(LOCAL))[0] == "no"


def test_one_of_two_vectors_is_enough() -> None:
    assert automatable(of(LOCAL, WORM))[0] == "yes"


def test_nothing_known_is_yes_and_said_to_be_assumed() -> None:
    value, because = automatable(of())
    assert (value, because.key) == ("yes", "priority.automatable.assumed")
