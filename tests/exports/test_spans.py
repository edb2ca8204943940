import pytest

from hygie.exports.pen import Pen
from hygie.exports.spans import spoken, within
from hygie.model.verdict import Because


@pytest.mark.parametrize(
    ("text", "french", "english"),
    [
        ("vers:all/*", "toutes les versions", "all versions"),
        ("*", "toutes les versions", "all versions"),
        ("All versions", "toutes les versions", "all versions"),
        ("", "versions non précisées", "versions not stated"),
        ("?", "versions non précisées", "versions not stated"),
        ("-", "sans numéro de version", "without a version number"),
        ("sp1", "Service Pack 1", "Service Pack 1"),
        ("3.2", "version 3.2", "version 3.2"),
        ("VA20B", "version VA20B", "version VA20B"),
        ("3.0|3.1", "versions 3.0, 3.1", "versions 3.0, 3.1"),
        ("2.3.x", "versions 2.3.x", "versions 2.3.x"),
        ("< 3.0.3", "versions antérieures à 3.0.3", "versions before 3.0.3"),
        ("vers:generic/<4.3.0", "versions antérieures à 4.3.0", "versions before 4.3.0"),
        ("vers:all/<V5.2.6", "versions antérieures à V5.2.6", "versions before V5.2.6"),
        ("2.3.6 and below", "versions jusqu'à 2.3.6 incluse", "versions up to 2.3.6 included"),
        (">= 0, <= 12.3", "versions jusqu'à 12.3 incluse", "versions up to 12.3 included"),
        (">= 7.80", "versions à partir de 7.80", "versions from 7.80 on"),
        ("> 7.80", "versions postérieures à 7.80", "versions after 7.80"),
        (">= 2.1 | <= 2.4", "versions de 2.1 à 2.4 incluses", "versions 2.1 to 2.4 included"),
        (
            ">= 10.0.0, < 10.0.17763.2029",
            "versions de 10.0.0 incluse à 10.0.17763.2029 exclue",
            "versions from 10.0.0 included to 10.0.17763.2029 excluded",
        ),
        ("> 1.0, < 2.0", "versions entre 1.0 et 2.0 exclues", "versions between 1.0 and 2.0, both excluded"),
        ("> 1.0, <= 2.0", "versions postérieures à 1.0, jusqu'à 2.0 incluse", "versions after 1.0, up to 2.0 included"),
        ("< 1 | >= 2", "versions antérieures à 1 ; versions à partir de 2", "versions before 1; versions from 2 on"),
    ],
)  # fmt: skip
def test_a_range_is_a_phrase_of_the_language(text: str, french: str, english: str) -> None:
    assert spoken("fr", text) == french
    assert spoken("en", text) == english


@pytest.mark.parametrize(
    "text", ["Accu-Chek Inform II", "13.0  | < 13.0.1", "<April/7/2023", "< august 28", "vers:generic/!=1.0", "1|2|3<4"]
)
def test_what_is_not_one_plain_range_stays_as_its_author_wrote_it(text: str) -> None:
    assert spoken("fr", text) == text


def test_a_condition_is_told_with_the_range() -> None:
    found = spoken("en", "< 3.0 on Windows 8.1")
    assert found.startswith("versions before 3.0, on one condition: ")
    assert "indows 8.1" in found


def test_notation_within_a_name_is_told_too() -> None:
    assert within("fr", "Zéphyr 5 vers:generic/<4.3.0 (réa)") == "Zéphyr 5 versions antérieures à 4.3.0 (réa)"
    assert within("fr", "Zéphyr 5") == "Zéphyr 5"


def test_reasons_speak_so_and_keep_the_text_of_the_source() -> None:
    args = ("publisher=Aterys", "product=Souffle 3", "version=vers:generic/<4.3.0", "document=ADV-1")
    told = Pen("fr", []).reason(Because("because.match.statement.affected", args, ""))
    assert told.text == "Aterys écrit dans ADV-1 : Souffle 3 est affecté, versions antérieures à 4.3.0"
    assert told.raw == "vers:generic/<4.3.0"
    told = Pen("en", []).reason(Because("because.match.version.inside", ("version=4.2.1", "range=< 4.3.0"), ""))
    assert (told.text, told.raw) == ("Version 4.2.1 is among those meant: versions before 4.3.0", "< 4.3.0")
    assert Pen("fr", []).reason(Because("measure.because.silent")).raw == ""


def test_records_are_named_as_people_know_them() -> None:
    for source, told in (("nvd", "NVD"), ("cna:microsoft", "microsoft"), ("adp:CISA-ADP", "complément de CISA-ADP")):
        args = ("record=CVE-1", f"source={source}", "product=Windows 7", "range=*")
        assert f"{told}) vise Windows 7 : toutes les versions" in Pen("fr", []).text("because.match.record", *args)


def test_names_of_the_catalogue_are_told_once_and_without_its_signs() -> None:
    pen = Pen("fr", [])
    names = (("openssl openssl", "openssl"), ("linux linux_kernel", "linux linux kernel"), ("BD PCU", "BD PCU"))
    for product, told in names:
        args = ("record=CVE-1", "source=nvd", f"product={product}", "range=*")
        assert f"vise {told} : toutes les versions" in pen.text("because.match.record", *args)
    args = ("products=microsoft windows_10, acme acme", "record=CVE-1")
    assert pen.text("because.match.configuration.true", *args).endswith("microsoft windows 10, acme")
