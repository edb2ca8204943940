import base64
import hashlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.pages import KEY, Page
from exports.pictures import measure, model, picture
from hygie.exports.cells import visible
from hygie.exports.pen import Pen
from hygie.exports.report import render
from hygie.model.picture import Picture
from hygie.model.verdict import Outcome
from hygie.words import LANGUAGES

HOSTILE = (
    "<script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "'><img src=x onerror=alert(1)>",
    "{{ 7*7 }}{% raw %}",
    "</style><script>",
    "\N{RIGHT-TO-LEFT OVERRIDE}gpj.exe\x07\x1b[31m\0",
    "javascript:alert(1)",
    "]]><!--",
    "{count}",
)
SECTIONS = ["safeties", "decide", "register", "findings", "coverage", "wanted", "unread"]
OPENED = ["safeties", "wanted", "decide", "register", "findings", "coverage", "unread"]
"""Where there are no findings: what to hand over stands before what to decide."""


def page(known: Picture, language: str = "fr") -> str:
    return "".join(render(known, language))


def empty() -> Picture:
    """A workspace in which nothing was read."""
    known = picture()
    return known._replace(**{name: type(v)() for name, v in known._asdict().items() if isinstance(v, list | dict)})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("known", [picture(), empty()], ids=["hospital", "nothing"])
def test_the_page_is_whole_and_speaks_its_language(known: Picture, language: str) -> None:
    read = Page(page(known, language))
    assert (read.open, read.crossed) == ([], [])
    assert [a["id"] for tag, a in read.elements if tag == "section"] == (SECTIONS if known.devices else OPENED)
    assert ("html", {"lang": language}) in read.elements
    assert KEY.findall(read.text) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_findings_the_page_opens_with_what_there_is_and_what_to_hand_over(language: str) -> None:
    alone = picture()._replace(findings=[], priorities=[], profiles=[], profile_of=[], advisories=[])
    read = Page(page(alone, language))
    assert [a["id"] for tag, a in read.elements if tag == "section"] == OPENED
    assert KEY.findall(read.text) == [] and "svg" in read.names()
    assert pens(language).text("report.opening.uninformed") in read.text
    assert pens(language).text("report.silence.uninformed") in read.text
    assert pens(language).text("report.matrix") not in read.text


def pens(language: str) -> Pen:
    return Pen(language, [])


def test_nothing_runs_and_nothing_is_fetched() -> None:
    html = page(picture("http://outside.example/x.js"))
    read = Page(html)
    assert (
        read.names() & {"script", "link", "img", "iframe", "object", "embed", "form", "base", "foreignobject"} == set()
    )
    attributes = {name for _, given in read.elements for name in given}
    assert {name for name in attributes if name.startswith("on") or name in ("style", "src", "srcdoc")} == set()
    assert all(a["href"].startswith("#") for _, a in read.elements if "href" in a)
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
    assert style is not None and "url(" not in style[1] and "@import" not in style[1]
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    (policy,) = [a["content"] for _, a in read.elements if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_printed_page_is_confidential(language: str) -> None:
    html = page(picture(), language)
    word = {"fr": "Confidentiel", "en": "Confidential"}[language]
    assert f'@page {{ @top-right {{ content: "{word}"' in html


@pytest.mark.parametrize("word", HOSTILE)
def test_hostile_names_stay_text(word: str) -> None:
    plain, read = Page(page(picture("x"))), Page(page(picture(word)))
    assert shape(read) == shape(plain)
    assert read.crossed == []
    assert visible(word) in read.text
    assert visible(read.text) == read.text


def shape(read: Page) -> list[tuple[str, list[str]]]:
    """Elements and the names of their attributes, but for the class that short cells have."""
    return [(tag, sorted(set(given) - {"class"})) for tag, given in read.elements]


@settings(deadline=None, max_examples=25)
@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=20))
def test_no_name_at_all_changes_the_page(word: str) -> None:
    plain = Page(page(picture("x", devices=2, models=1, each=2)))
    read = Page(page(picture(word, devices=2, models=1, each=2)))
    assert shape(read) == shape(plain)


def test_a_large_hospital_fits_five_megabytes_and_says_what_is_left_out() -> None:
    known = picture("Appareil de réanimation", devices=25_000, models=2_000, each=20)
    assert len(known.findings) == 40_000
    html = page(known)
    assert len(html.encode()) < 5_000_000
    assert "… et 1880 de plus : findings.csv (hygie export csv)" in html
    assert "… et 6190 de plus : devices.csv (hygie export csv)" in html


def crowded(words: str) -> Picture:
    """More measures than a page holds, each as long as words can be."""
    each = [measure(i, words, outcome=list(Outcome)[3 - i * 4 // 60]) for i in range(60)]
    return picture(words, models=2)._replace(measures=each, models=[model(i, words) for i in range(60)])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", ["Zéphyr", "Respirateur de réanimation et de transport " * 12, "ÉQUIPEMENT" * 40])
def test_the_decisions_print_on_one_page(words: str, language: str, tmp_path: Path) -> None:
    browser = shutil.which("chromium")
    if browser is None:
        pytest.skip("chromium is not installed")
    with_measures = printed(browser, crowded(words), language, tmp_path)
    without = printed(browser, crowded(words)._replace(measures=[], questions=[]), language, tmp_path)
    assert with_measures == without


def printed(browser: str, known: Picture, language: str, folder: Path) -> int:
    """Pages of the first two sections on paper."""
    html = page(known, language)
    file, paper = folder / "page.html", folder / "page.pdf"
    file.write_text(html[: html.index('<section id="register">')] + "</main></body></html>", encoding="utf-8")
    calm = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--enable-logging=stderr"]
    profile = f"--user-data-dir={folder / 'profile'}"
    told = subprocess.run(
        [browser, *calm, profile, f"--print-to-pdf={paper}", file.as_uri()],
        capture_output=True,
        check=True,
        timeout=120,
    )
    assert b"CONSOLE" not in told.stderr
    return len(re.findall(rb"/Type ?/Page\b", paper.read_bytes()))


GOLDEN = (
    '<tr><td rowspan="1"><span class="tag immediate">immédiat</span> <b>&lt;M&gt; P1 1.0</b><div class="small">3 '
    "équipements · &lt;M&gt;, B, C, et 2 autres</div></td><td>Installer la version corrigée (&lt;M&gt;)."
    ' <span class="quote">« &lt;M&gt; »</span>'
    '<div class="small">4 flux observés touchés, sur 3 jours d&#39;observation</div></td>'
    '<td><b>décision commune</b><div class="small">biomédical, DSI, unité de soins, fabricant</div></td>'
    '<td><div><span class="side guard">Attaquant :</span> perd 2 failles, à vérifier.</div>'
    '<div><span class="side care">Patients :</span> pendant l&#39;arrêt, le patient'
    " dépendant n&#39;est plus ventilé : il faut"
    " le ventiler à la main en quelques secondes, un soignant par…</div></td></tr>"
)


def test_a_decision_is_written_so() -> None:
    assert GOLDEN in page(picture("<M>"))
