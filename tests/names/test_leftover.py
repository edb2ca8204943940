import pytest

from hygie.names.leftover import left_open

NAMES = ("CVE-2021-37160",)


@pytest.mark.parametrize(
    "sentence",
    [
        "Version 7.2.5.7 is reported to fix all vulnerabilities above except CVE-2021-37160.",
        "The following CVEs are still present on model 8015 version 12.3.1: CVE-2020-1, and CVE-2021-37160.",
        "This update does not address: CVE-2021-37160 is not yet fixed.",
        "CVE-2021-37160 remains unresolved in 4.0",
        "La version 4.0 corrige tout, à l'exception de CVE-2021-37160.",
        "CVE-2021-37160 reste : elle est toujours présente en 4.0.",
        "La version 4.0 ne corrige pas CVE-2021-37160",
    ],
)
def test_a_sentence_that_leaves_it_open_is_given(sentence: str) -> None:
    text = f"Update now. {sentence} Call us\nfor more."
    assert left_open(text, NAMES).startswith(sentence[:20])
    assert left_open(sentence, NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Version 7.2.5.7 fixes CVE-2021-37160.",
        "Version 7 fixes all except CVE-2021-37161.",
        "Version 7 fixes all except CVE-2021-371600.",
        "Version 7 fixes CVE-2021-37160. Use no other accounts except those of the staff.",
        "All versions are affected except where noted.",
    ],
)
def test_other_sentences_say_nothing(text: str) -> None:
    assert left_open(text, NAMES) == ""


def test_the_sentence_alone_is_given() -> None:
    text = "Upgrade soon. Version 7.2.5.7 fixes all\n above except CVE-2021-37160. Use the measures below."
    assert left_open(text.replace("\n", ""), NAMES) == "Version 7.2.5.7 fixes all above except CVE-2021-37160."


@pytest.mark.parametrize(
    "sentence",
    [
        "1.3 fixes most attack paths; the vulnerability remains exploitable over USB.",
        "Version 2 partially mitigates this.",
        "This does not fully resolve the issue.",
        "The issue can still be exploited by local users.",
        "La vulnérabilité reste exploitable par le port USB.",
        "La version 4 corrige partiellement ce défaut.",
        "Correctif partiel en version 4.",
    ],
)
def test_a_fix_in_part_leaves_open_what_it_stands_beside(sentence: str) -> None:
    assert left_open(f"Update now. {sentence} Call us.", NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "The vulnerability remains exploitable in versions prior to 1.3.",
        "CVE-2021-1111 is only partially fixed.",
        "Fixed in 1.3. Some users must restart.",
        "The issue is fixed; it is present in older versions.",
    ],
)
def test_older_versions_and_other_names_leave_nothing_open(text: str) -> None:
    assert left_open(text, NAMES) == ""
