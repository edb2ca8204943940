from exports.pages import Page
from exports.pictures import measure, picture
from hygie.exports.pen import Pen
from hygie.exports.report import render
from hygie.exports.report.findings import DEVICES, EACH, MEASURES, section
from hygie.exports.tally import Tally
from hygie.model.picture import Picture

KNOWN = picture(devices=12, models=3, each=5)


def shown(known: Picture = KNOWN) -> dict[str, object]:
    return section(known, Tally(known), Pen("fr", known.readings))


def test_a_model_unfolds_to_its_devices_what_to_do_and_why() -> None:
    first = shown()["models"][0]
    assert first["outcome"] == "immediate"
    assert (first["count"], len(first["devices"]["rows"])) == ("4 équipements", 4)
    assert first["devices"]["rows"][0][:4] == ["BM00002", "S2", "Zéphyr 2", "Zéphyr"]
    assert [head for head, _ in first["care"]] == ["Perdu sans l'équipement", "Perdu sans son réseau", "Mode dégradé"]
    assert [m["what"][:9] for m in first["measures"]["lines"]] == ["Installer", "Zéphyr n'"]
    assert first["measures"]["lines"][0]["because"][0].at == "gmao.csv, cellule B12"


def test_reasons_say_where_they_rest_and_who_decides() -> None:
    verdicts = {f["verdict"]: f for f in shown()["models"][0]["findings"]}
    assert set(verdicts) == {"affected", "possible", "not affected", "fixed", "unknown"}
    assert verdicts["affected"]["because"][0].at == "gmao.csv, cellule B12"
    assert verdicts["possible"]["question"] == "Quelle version cet équipement exécute-t-il ?"
    assert verdicts["fixed"]["priority"] == "" != verdicts["affected"]["priority"]


def test_the_most_urgent_come_first_and_nothing_open_says_so() -> None:
    calm = KNOWN._replace(priorities=[p for p in KNOWN.priorities if p.finding != f"{0:016x}"])
    outcomes = [m["outcome"] for m in shown(calm)["models"]]
    assert outcomes == sorted(outcomes, key=["immediate", "out-of-cycle", "scheduled", "defer", "nothing"].index)
    none = shown(KNOWN._replace(priorities=[]))["models"]
    assert {m["outcome_text"] for m in none} == {"aucun constat ouvert"}


def test_silence_is_told() -> None:
    assert shown()["silence"].startswith(
        "Sur 3 modèles, 1 qui est ou pourrait être connectable n'est nommé par aucune source"
    )


def test_long_lists_are_cut_and_counted() -> None:
    known = picture(devices=DEVICES + 3, models=1, each=EACH + 4)
    (one,) = shown(known._replace(measures=[measure(0)] * (MEASURES + 1)))["models"]
    assert (len(one["devices"]["rows"]), one["devices"]["more"]) == (
        DEVICES,
        "… et 3 de plus : devices.csv (hygie export csv)",
    )
    assert (len(one["findings"]), one["more"]) == (EACH, "… et 4 de plus : findings.csv (hygie export csv)")
    assert (len(one["measures"]["lines"]), one["measures"]["more"]) == (
        MEASURES,
        "… et 1 de plus : measures.csv (hygie export csv)",
    )


def test_speakers_never_look_alike() -> None:
    html = "".join(render(KNOWN, "fr"))
    looks = {}
    for word in ("manufacturer", "third-party", "hygie", "person"):
        looks[word] = html.split(f".voice.{word} {{")[1].split("}")[0]
        assert ("span", {"class": f"voice {word}"}) in Page(html).elements
    assert len(set(looks.values())) == 4


def test_every_bar_has_its_colour() -> None:
    html = "".join(render(KNOWN, "fr"))
    shades = {
        given["class"] for tag, given in Page(html).elements if tag == "rect" and given["class"].startswith("bar ")
    }
    assert {shade for shade in shades if f".chart .{shade.replace(' ', '.')}" not in html} == set()
