import pytest

from hygie.sources.opening.speakers import same, words


@pytest.mark.parametrize(
    ("publisher", "maker", "address"),
    [
        ("Siemens ProductCERT", "Siemens AG", ""),
        ("Red Hat Product Security", "Red Hat", ""),
        ("Cisco PSIRT", "Cisco", ""),
        ("redhat", "Red Hat", ""),
        ("Product Security", "Red Hat", "https://www.redhat.com"),
        ("Dräger", "Drager", ""),
        ("Koninklijke Philips N.V.", "Philips", ""),
        ("BD", "Becton Dickinson & Co ", ""),
        ("GEHC", "GE HealthCare", ""),
    ],
)
def test_speaks_of_its_own(publisher: str, maker: str, address: str) -> None:
    assert same(publisher, maker, address)


@pytest.mark.parametrize(
    ("publisher", "maker", "address"),
    [
        ("GE Healthcare", "Philips Healthcare", ""),
        ("General Electric", "General Dynamics", ""),
        ("CISA", "Medtronic", "https://www.cisa.gov/"),
        ("Siemens", "", ""),
        ("", "Siemens", ""),
        ("Example", "net", "https://example.net/net"),
        ("Security Systems", "Medical Systems", ""),
        ("Medtronlc", "Medtronic", ""),
        ("Baxter", "Hillrom", ""),
    ],
)
def test_speaks_of_others(publisher: str, maker: str, address: str) -> None:
    assert not same(publisher, maker, address)


def test_names_without_a_telling_word_keep_all() -> None:
    assert words("The Medical Systems Group") == {"the", "medical", "systems", "group"}
