import pytest

from hygie.facts.makers import makers
from hygie.model.label import ATTRIBUTES, Label
from hygie.register.answers import Told
from hygie.register.likeness import Same

RIGHT = (
    ("kind", "ct_scanner", "ct_scanner"),
    ("kind", "Scanner", "ct_scanner"),
    ("manufacturer", "GE Healthcare", "General Electric Medical Systems"),
    ("manufacturer", "SIEMENS", "Siemens Healthineers"),
    ("model", "CMS-8000", "CMS8000"),
    ("operating_system", "Windows 10", "Windows 10 1809"),
    ("operating_system", "Win7", "Windows 7 / Server 2008 R2"),
    ("operating_system", "Windows Server 2019", "Windows 10 1809 / Server 2019 (17763)"),
    ("operating_system", "Windows Server 2008 R2", "Windows NT 6.1"),
    ("operating_system", "Linux", "Debian 12"),
    ("operating_system", "Debian 12", "Linux 6.1"),
    ("operating_system", "VxWorks", "VxWorks 6.9"),
    ("version", "V 4.2", "4.2"),
    ("version", "4.2", "4.2.1"),
    ("role", "serveur de temps", "ntp server"),
    ("role", "DNS server", "dns server"),
)
WRONG = (
    ("kind", "ct_scanner", "mri"),
    ("manufacturer", "Philips", "Siemens"),
    ("model", "CMS-8000", "CMS9000"),
    ("operating_system", "Windows 10 22H2", "Windows 10 1809"),
    ("operating_system", "Windows 10", "Windows 7"),
    ("operating_system", "Debian 12", "Debian 11"),
    ("operating_system", "Linux", "Windows 10"),
    ("operating_system", "VxWorks", "QNX"),
    ("version", "4.2.1", "4.2"),
    ("version", "4.2", "4.20"),
    ("role", "imprimante", "archive"),
)


def right(attribute: str, text: str, told: str) -> bool:
    return Same(makers())(attribute, text, Told(told, 1.0, ""), Label("A1", (), ((attribute, text),)))


@pytest.mark.parametrize(("attribute", "text", "told"), RIGHT)
def test_what_is_right(attribute: str, text: str, told: str) -> None:
    assert right(attribute, text, told)


@pytest.mark.parametrize(("attribute", "text", "told"), WRONG)
def test_what_is_wrong(attribute: str, text: str, told: str) -> None:
    assert not right(attribute, text, told)


def test_every_attribute_can_be_compared() -> None:
    assert {attribute for attribute, *_ in RIGHT} == set(ATTRIBUTES)
    with pytest.raises(LookupError):
        right("colour", "red", "red")


def test_one_of_several_roles_is_enough() -> None:
    label = Label("A1", (), (("role", "archive"),))
    assert Same(makers())("role", "archive", Told("ntp server", 1.0, "", ("archive",)), label)


def test_words_that_mean_no_kind_are_unclear() -> None:
    same = Same(makers())
    assert same.unclear(Label("A1", (), (("kind", "bidule"),)))
    assert not same.unclear(Label("A1", (), (("kind", "scanner"),)))
    assert not same.unclear(Label("A1", (), ()))
