import json
from dataclasses import replace
from pathlib import Path

from door import call
from exports.pictures import device
from hygie.serve.explaining import explain, named_devices
from hygie.store import open_workspace


def test_a_device_is_found_by_any_of_its_names(little: Path) -> None:
    with open_workspace(little, write=False) as store:
        told = explain(store, "000102", "device", "en")
        assert told
        for name in ("VE200", "10.1.2.4", "02:00:00:00:00:04", "ve200"):
            assert explain(store, name, "device", "en") == told
        assert explain(store, "nobody", "why", "en") == []


def test_why_leads_back_to_the_cell(little: Path) -> None:
    found = call("why", "000101", "--workspace", little)
    assert "gmao.csv" in found.out
    assert "A2" in found.out


def test_every_spelling_of_a_model_shows_the_same_measures(shared: Path, tmp_path: Path) -> None:
    spellings = ("CMS-8000", "CMS8000", "CMS 8000")
    lines = "".join(f"B{i};Moniteur;Contec;{product};Service {i}\n" for i, product in enumerate(spellings))
    (tmp_path / "g.csv").write_text(f"Inventaire;Désignation;Marque;Modèle;Service\n{lines}", "utf-8")
    advisory = shared / "csaf-icsma/2022/icsma-22-244-01.json"
    assert call("assess", tmp_path / "g.csv", advisory, "--workspace", tmp_path / "w").code == 0
    with open_workspace(tmp_path / "w", write=False) as store:
        told = [explain(store, f"B{i}", "device", "en") for i in range(3)]
        measures = [[line for line in lines if line.startswith("   A-")] for lines in told]
        assert measures[0] and measures == [measures[0]] * 3
    plan = json.loads(call("plan", "--workspace", tmp_path / "w", "--format", "json").out)
    assert {row["devices"] for row in plan} == {3}


def test_why_of_a_finding_and_of_a_measure(whole: Path) -> None:
    for command in ("findings", "plan"):
        ids = [row["id"] for row in json.loads(call(command, "--workspace", whole, "--format", "json").out)]
        for ident in ids[:: max(1, len(ids) // 8)]:
            found = call("why", ident, "--workspace", whole, lang="fr")
            assert (found.code, len(found.out.splitlines()) > 2) == (0, True), ident


def test_why_says_that_a_source_is_gone(little: Path, tmp_path: Path) -> None:
    with open_workspace(little, write=False) as store:
        assert not any("R0000" in line for line in explain(store, "000101", "why", "fr"))


def test_an_inventory_number_is_found_in_every_form() -> None:
    fleet = [replace(device(0), inventory="B-10001"), replace(device(1), inventory="B10002")]
    for name in ("B-10001", "b10001", "B 10001"):
        assert named_devices(fleet, name) == fleet[:1]
    for name in ("B-10002", "b10002", "B_10002"):
        assert named_devices(fleet, name) == fleet[1:]


def test_why_shows_the_rule_and_what_it_cites_until_the_file_is_taken_back(tmp_path: Path) -> None:
    (tmp_path / "g.csv").write_text("Inventaire;Désignation;Nom réseau\nB1;Appareil;irm-2\n", "utf-8")
    head = "rule;reads;pattern;unless;concludes;value;confidence;source\n"
    (tmp_path / "r.csv").write_text(head + "names;host_name;^irm;;manufacturer;Acme;0.9;naming plan 2025\n", "utf-8")
    where = ("--workspace", tmp_path / "w")
    call("assess", tmp_path / "g.csv", tmp_path / "r.csv", *where)
    told = call("why", "B1", *where).out
    assert "concluded by the rule “names” (r.csv" in told
    assert "which cites: naming plan 2025" in told
    call("assess", tmp_path / "g.csv", tmp_path / "r.csv", *where)
    assert "“names”" in call("why", "B1", *where).out
    (tmp_path / "r.csv").write_text(head + "names;host_name;^xyz;;manufacturer;Acme;0.9;naming plan 2026\n", "utf-8")
    call("assess", tmp_path, *where)
    assert "“names”" not in call("why", "B1", *where).out
