from dataclasses import replace

from exports.pictures import device, model, picture, reading
from hygie.exports.pen import Pen
from hygie.exports.report.register import ROWS, listed, section, share
from hygie.exports.tally import Tally
from hygie.model.fleet import Connectable, Link, Seen
from hygie.model.picture import Picture

PEN = Pen("fr", picture().readings)


def lists(known: Picture) -> dict[str, dict[str, object]]:
    return {one["title"]: one for one in section(known, Tally(known), PEN)["lists"]}


def test_contradictions_are_sentences_with_both_places() -> None:
    (row,) = lists(picture())["Contradictions entre sources"]["rows"]
    assert row == [
        "Zéphyr 0",
        "unité",
        "Affecté à « Zéphyr », mais son adresse est dans la zone « B »",
        "gmao.csv, cellule B12",
        "Zéphyr.pcap, paquet 3",
    ]


def test_what_was_not_seen_and_what_could_not_be_seen_stay_apart() -> None:
    fleet = [
        replace(device(i), seen=seen, zone="Z1" if i >= len(Seen) else "") for i, seen in enumerate([*Seen, *Seen])
    ]
    found = lists(picture()._replace(devices=fleet))
    assert found["Dans la GMAO, non vus"]["count"] == 2
    assert found["Vus, absents de la GMAO"]["count"] == 2
    assert found["Vus sur le réseau ; aucune GMAO lue"]["count"] == 2
    assert found["Non observables, par zone"]["rows"] == [["zone inconnue", "2"], ["Zéphyr", "2"]]
    assert found["Dans une liste autre qu'une GMAO, non vus"]["count"] == 2
    assert found["Dans une liste autre qu'une GMAO, non observables"]["count"] == 2


def test_models_say_what_is_known_of_them_and_which_nobody_names() -> None:
    rich = replace(model(0), boms=("b",), mds2=("m", "n"), advisories=("a", "b"), permissions=3)
    rich = replace(rich, support_end="2027-01-01")
    form = [replace(reading(ident, "mds2"), sha256="f") for ident in ("m", "n")]  # one form, read for two sites
    known = picture()._replace(models=[rich, model(1)], readings=form)
    found = lists(known._replace(findings=[]))
    assert [row[3:] for row in found["Modèles et ce que l'on sait d'eux"]["rows"]] == [
        ["1 SBOM, 1 MDS2, 2 avis, 3 paroles du fabricant", "01/01/2027"],
        ["aucun", "inconnu"],
    ]
    assert [row[0] for row in found["Modèles connectables, ou peut-être, dont aucune source ne parle"]["rows"]] == [
        "Zéphyr P0 1.0"
    ]
    matched = lists(known)["Modèles et ce que l'on sait d'eux"]["rows"]
    told = [row[3] for row in matched]
    assert told == ["1 SBOM, 1 MDS2, 3 avis, 3 paroles du fabricant", "1 avis"], "by matching too"


def test_models_that_may_be_connected_come_first() -> None:
    beds = replace(model(0), devices=90, connectable=Connectable.NO)
    found = lists(picture()._replace(models=[beds, model(1)]))["Modèles et ce que l'on sait d'eux"]
    assert [row[2] for row in found["rows"]] == ["1", "90"]


def test_what_the_regulatory_register_lacks_is_counted_never_as_nothing() -> None:
    fleet = [replace(device(i), missing=("supplier",) if i == 0 else (), seen=Seen.BOTH) for i in range(400)]
    assert lists(picture()._replace(devices=fleet))["Complétude du registre (CSP R5212-28)"]["rows"] == [
        ["fournisseur", "1", "< 1 %"]
    ]


def test_shares_say_how_we_know() -> None:
    fleet = [
        replace(device(0), connectable_source="evidence:R1#B2"),
        device(1),
        replace(device(2), connectable=Connectable.NO, connectable_source="evidence:R1#B3"),
        replace(device(3), connectable=Connectable.UNKNOWN, connectable_source=""),
    ]
    known = picture()._replace(devices=fleet)
    counts = [row["count"] for row in section(known, Tally(known), PEN)["shares"]]
    assert counts == [1, 1, 1, 1, 0, 2]


def test_a_long_list_is_cut_and_says_where_the_rest_is() -> None:
    fleet = [replace(device(i), seen=Seen.NOT_SEEN) for i in range(ROWS + 5)]
    found = lists(picture()._replace(devices=fleet))["Dans la GMAO, non vus"]
    assert (len(found["rows"]), found["more"]) == (ROWS, "… et 5 de plus : devices.csv (hygie export csv)")
    assert listed(PEN, "models", ["model"], [], 0, "models.csv")["more"] == ""


def test_what_nobody_was_able_to_compare_is_no_empty_list() -> None:
    unseen = picture()._replace(devices=[replace(device(0), seen=Seen.NOT_OBSERVABLE)], coverage=[], findings=[])
    assert not {"Vus, absents de la GMAO", "Dans la GMAO, non vus"} & set(lists(unseen))
    alone = lists(picture()._replace(devices=[replace(device(0), seen=Seen.NO_GMAO)]))
    assert "Vus, absents de la GMAO" not in alone and alone["Vus sur le réseau ; aucune GMAO lue"]["count"] == 1


def test_models_that_nobody_names_are_listed_only_where_somebody_was_able_to_name_them() -> None:
    title = "Modèles connectables, ou peut-être, dont aucune source ne parle"
    deaf = picture()._replace(findings=[], advisories=[])
    assert title not in lists(deaf)
    assert title in lists(deaf._replace(readings=[*deaf.readings, reading("N", "nvd", "n")]))


def test_shares_are_of_peoples_size() -> None:
    assert [share(n, 1000) for n in (0, 1, 500, 999, 1000)] == ["0 %", "< 1 %", "50 %", "> 99 %", "100 %"]


def test_zones_of_two_sites_bear_their_site() -> None:
    fleet = [replace(device(i), seen=Seen.NOT_OBSERVABLE, site=site) for i, site in enumerate(("Nord", "Sud"))]
    found = lists(picture()._replace(devices=fleet))["Non observables, par zone"]["rows"]
    assert found == [["Nord · Zéphyr", "1"], ["Sud · Zéphyr", "1"]]


def test_without_devices_there_is_no_bar() -> None:
    bare = picture()._replace(devices=[])
    assert section(bare, Tally(bare), PEN)["bar"] == ""


def test_a_list_of_what_was_not_seen_names_what_it_may_be() -> None:
    one, other = (replace(device(i), seen=seen) for i, seen in enumerate((Seen.NOT_SEEN, Seen.NOT_IN_GMAO)))
    doubted = picture()._replace(devices=[one, other], links=[Link("L1", one.id, other.id, 0.9, (), "")])
    found = lists(doubted)["Dans la GMAO, non vus"]
    assert "peut-être" in found["rows"][0][1] and other.id in found["rows"][0][1]
    assert "une question est ouverte" in found["note"]
    settled = lists(doubted._replace(links=[]))["Dans la GMAO, non vus"]
    assert settled["rows"][0][1] == one.name
    assert "une question est ouverte" not in settled["note"]
