import pytest

from exports.pictures import reading
from hygie.exports.pen import Pen
from hygie.model.evidence import Trait
from hygie.model.verdict import Because
from hygie.words import LANGUAGES

NAMES = ("in/a/gmao.csv", "in/b/gmao.csv", "in/mds2/x.xlsx", "in/lot.zip/deep/y.json")
PEN = Pen("fr", [reading(f"R{i}", name=name) for i, name in enumerate(NAMES)])


@pytest.mark.parametrize(
    ("origin", "said"),
    [
        ("R0#B12", "a/gmao.csv, cellule B12"),
        ("R2#MDS2 Form!C159", "x.xlsx, feuille MDS2 Form, cellule C159"),
        ("R1#packet 41", "b/gmao.csv, paquet 41"),
        ("R3#/vulnerabilities/0", "lot.zip/deep/y.json, champ /vulnerabilities/0"),
        ("R2#", "x.xlsx"),
        ("#line 7", "ligne 7"),
        ("#line 7:Marque", "ligne 7, colonne Marque"),
        ("#offset 12", "offset 12"),
        ("R9#B2", "lecture R9 (source disparue), cellule B2"),
    ],
)
def test_a_place_can_be_found_again(origin: str, said: str) -> None:
    assert PEN.place(origin) == said


def test_files_keep_what_tells_them_apart_and_lose_the_rest() -> None:
    assert [PEN.file(name) for name in NAMES] == ["a/gmao.csv", "b/gmao.csv", "x.xlsx", "lot.zip/deep/y.json"]
    assert PEN.file("/elsewhere/z.csv") == "z.csv"


def test_stable_words_and_dates_among_arguments_speak_the_language() -> None:
    args = ("make=A", "product=B", "version=1", "count=2", "missing=sbom, support_end")
    assert PEN.text("question.model.documents", *args).endswith("il manque un SBOM, la date de fin de support")
    assert "05/05/2026" in PEN.text("measure.patch", "document=X", "dated=2026-05-05T10:00:00Z")
    assert "2026-05-05" in Pen("en", []).text("measure.patch", "document=X", "dated=2026-05-05")
    assert PEN.text("question.connectable", "kind=ventilator", "count=3") == (
        f"Vos équipements de type {PEN.kind('ventilator')} (3) peuvent-ils être raccordés à un réseau ?"
    )
    assert "la machine" in PEN.text("measure.because.restart", "restart=machine")
    assert PEN.text("measure.patch", "document=X", "dated=-").endswith("telle que la décrit X (sans date).")
    assert "immédiat" in PEN.text("measure.because.urgency_finding", "outcome=immediate", "vulnerability=CVE-1")


def test_decimal_numbers_are_written_as_the_language_does() -> None:
    args = ("epss=0.99792", "percentile=99.9", "dated=2026-08-16")
    assert PEN.text("priority.epss", *args).endswith("EPSS 0,99792 (centile 99,9) au 16/08/2026.")
    assert "EPSS 0.99792 (percentile 99.9)" in Pen("en", []).text("priority.epss", *args)
    assert PEN.text("priority.epss.undated", *args[:2]).endswith("la liste ne porte pas de date.")


def test_words_that_are_none_of_ours_stay() -> None:
    assert PEN.date("spring") == "spring"
    assert PEN.known("trait.CONN-1", "CONN-1") == "CONN-1"
    assert PEN.kind("") == "fonction inconnue"
    assert PEN.kind("no_such_kind") == "no_such_kind"


def test_the_source_s_own_text_stays_as_it_is() -> None:
    assert PEN.text("chain.raw", "raw=vers:generic/<8.1.0").endswith(": vers:generic/<8.1.0")


def test_one_is_not_several() -> None:
    assert (PEN.count("report.devices", 1), PEN.count("report.devices", 2)) == ("1 équipement", "2 équipements")


def test_what_is_left_out_is_counted() -> None:
    assert PEN.rest(3, 3, "x.csv") == ""
    assert PEN.rest(3, 5, "x.csv") == "… et 2 de plus : x.csv (hygie export csv)"


def test_sentences_follow_each_other_and_reasons_say_where() -> None:
    because = Because("because.match.inside", ("product=A",), "R0#B2")
    assert PEN.sentences([because, because]) == "Dit d'un composant du produit A. Dit d'un composant du produit A."
    assert PEN.reasons([because])[0].at == "a/gmao.csv, cellule B2"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_trait_has_its_name(language: str) -> None:
    pen = Pen(language, [])
    assert [trait for trait in Trait if not pen.known(f"trait.{trait.value}", "")] == []
