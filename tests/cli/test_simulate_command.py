"""`flask pack simulate` and `flask pack order`: what they print, draw and keep, and what they refuse."""

import json
import re
import shutil
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask import Flask

from quiz.cli.pack import pack
from quiz.cli.pack.order import rearranged
from quiz.packs.loader import SHIPPED

FEW = ("--people", "300")


@pytest.fixture
def run():
    runner = Flask(__name__).test_cli_runner()
    return lambda *words: runner.invoke(pack, list(words))


@pytest.fixture
def own_pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED / "ae-am", tmp_path / "own"))


def test_the_figures_are_printed_by_number_of_questions(run):
    answer = run("simulate", "ae-am", *FEW)
    assert answer.exit_code == 0, answer.output
    for words in ("questions  reliability  accuracy  called", "Brier", "calibration error", "coverage", "truly right"):
        assert words in answer.output
    assert [line.split()[0] for line in answer.output.splitlines()[3:7]] == ["14", "20", "26", "32"]


def test_of_more_than_two_roles_the_headings_say_which_reliability_and_no_row_is_below_the_minimum(run):
    head, *rows = run("simulate", "client-facing", *FEW).output.splitlines()[2:7]
    assert head == "questions  least reliability  accuracy  called  accuracy when called"
    assert [row.split()[0] for row in rows] == ["20", "27", "33", "40"]
    least, mean = float(rows[-1].split()[1]), run("order", "client-facing").output.splitlines()
    assert mean[0].split("  ")[-1] == "mean reliability"
    assert least < float(mean[40].split()[-1])


def test_json_is_the_same_for_the_same_seed(run):
    first, again, other = (run("simulate", "ae-am", *FEW, "--seed", seed, "--json").output for seed in ("7", "7", "8"))
    assert first == again != other
    assert json.loads(first)["people"] == 300
    assert "NaN" not in first


def test_no_pack_says_so_and_exits_with_2(run):
    answer = run("simulate", "ae-an")
    assert answer.exit_code == 2
    assert "did you mean 'ae-am'?" in answer.stderr


def test_what_response_styles_change_is_shown(run):
    answer = run("simulate", "ae-am", "--people", "2000", "--careless", "0.3", "--careless-kind", "both")
    assert answer.exit_code == 0, answer.output
    *_, above, accuracy, called, when_called = answer.output.splitlines()
    assert above == "With careless 0.3, careless kind both:"
    for line in (accuracy, called, when_called):
        styled, usual = (float(word) for word in re.findall(r"\d\.\d{3}", line))
        assert styled < usual


def test_whoever_fakes_towards_a_role_is_counted(run):
    answer = run("simulate", "ae-am", *FEW, "--faking", "0.5", "--towards", "account-manager")
    assert "fakers named the role they aim at" in answer.output.splitlines()[-1]


def test_json_has_the_usual_people_beside_those_of_other_styles(run):
    usual = json.loads(run("simulate", "ae-am", *FEW, "--json").output)
    options = ("--faking", "0.5", "--acquiescence", "0.6", "--early", "0.2", "--extreme", "0.1")
    styled = json.loads(run("simulate", "ae-am", *FEW, "--json", *options).output)
    assert styled["usual"] == usual
    assert styled["styles"] == {
        "acquiescence": 0.6,
        "careless": 0.0,
        "careless_kind": "random",
        "faking": 0.5,
        "towards": None,
        "misspecified": 0.0,
        "early": 0.2,
        "extreme": 0.1,
    }
    assert styled["accuracy"] != usual["accuracy"]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--careless=1.1"], "not in the range"),
        (["--faking=-0.1"], "not in the range"),
        (["--acquiescence=nan"], "not a number"),
        (["--careless=all"], "not a valid"),
        (["--careless-kind=random"], "say with --careless how many"),
        (["--careless=.1", "--careless-kind=sleepy"], "'random', 'straight-line', 'both'"),
        (["--towards=account-manager"], "say with --faking how many"),
        (["--faking=.1", "--towards=astronaut"], "the pack's roles are account-executive, account-manager"),
        (["--save", "--early=.5"], "--save keeps the usual people"),
        (["--save", "--json"], "--save keeps the usual people"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_makes_no_sense_is_refused_with_a_reason(run, options, told):
    answer = run("simulate", "ae-am", *options)
    assert answer.exit_code == 2
    assert told in answer.stderr


def test_saving_keeps_the_figures_in_the_pack_and_the_check_is_content(run, own_pack):
    (own_pack / "simulated.json").unlink()
    answer = run("simulate", str(own_pack), "--save", *FEW)
    assert answer.output == f"300 simulated people, seed 1: saved to {own_pack}/simulated.json\n"
    kept = json.loads((own_pack / "simulated.json").read_text())
    assert (kept["people"], kept["pack"]["id"]) == (300, "ae-am")
    assert {"careless-both", "faking-account-executive", "misspecified", "early"} <= set(kept["scenarios"])
    assert run("check", str(own_pack)).exit_code == 0


def test_a_simulation_that_cannot_be_saved_says_why(run, own_pack):
    (own_pack / "simulated.json").unlink()
    (own_pack / "simulated.json").mkdir()
    answer = run("simulate", str(own_pack), "--save", *FEW)
    assert answer.exit_code == 2
    assert "simulated.json: cannot be written" in answer.stderr


def test_plots_are_drawn_into_a_folder(run, tmp_path):
    answer = run("simulate", "ae-am", *FEW, "--plots", str(tmp_path / "new" / "plots"))
    assert answer.exit_code == 0, answer.output
    for name in ("lengths", "calibration"):
        drawing = ElementTree.parse(tmp_path / "new" / "plots" / f"{name}.svg").getroot()
        assert drawing.tag == "{http://www.w3.org/2000/svg}svg"
        assert len(list(drawing)) > 10
        words = [each.text for each in drawing.iter() if each.text and each.text.strip()]
        assert {"Questions answered", "Of 100 people"} <= set(words) or "Stated probability, of 100" in words
        assert drawing[0].text == words[0]  # the title, for those who do not see it as well


def test_where_nobody_was_named_the_line_begins_later(run, tmp_path):
    run("simulate", "client-facing", *FEW, "--plots", str(tmp_path))
    drawing = ElementTree.parse(tmp_path / "lengths.svg").getroot()
    lines = [part.get("d") for part in drawing if part.get("class", "").startswith("line ")]
    assert len(lines) == 3
    assert "nan" not in "".join(lines)


def test_a_plot_of_more_than_two_roles_knows_no_sides(run, tmp_path):
    for name, said in (("ae-am", "right side"), ("client-facing", "the best role leads")):
        run("simulate", name, *FEW, "--plots", str(tmp_path / name))
        drawing = ElementTree.parse(tmp_path / name / "lengths.svg").getroot()
        assert said in [part.text for part in drawing if part.get("class", "").startswith("name ")]


def test_plots_that_cannot_be_drawn_say_why(run, tmp_path):
    (tmp_path / "file").touch()
    answer = run("simulate", "ae-am", *FEW, "--plots", str(tmp_path / "file" / "plots"))
    assert answer.exit_code == 2
    assert "cannot be written" in answer.stderr


def test_the_order_is_shown_beside_the_packs_own(run):
    head, *lines = run("order", "ae-am").output.splitlines()
    assert head.split() == ["question", "reliability", "own", "order", "reliability"]
    assert len(lines) == 32
    assert lines[13].endswith("minimum")
    assert lines[31].split()[2] == lines[31].split()[4]


def test_the_order_can_be_written_into_the_pack(run, own_pack):
    file = own_pack / "pack.toml"
    before = tomllib.loads(file.read_text())
    turned = rearranged(file.read_text(), [item["id"] for item in before["items"]][::-1])
    file.write_text(turned)
    answer = run("order", str(own_pack), "--write")
    assert answer.output.endswith("the items stand in this order now\n"), answer.output
    after = tomllib.loads(file.read_text())
    by_id = {item["id"]: item for item in before["items"]}
    assert [by_id[item["id"]] for item in after["items"]] == after["items"]
    assert [line.split()[1] for line in answer.output.splitlines()[1:33]] == [item["id"] for item in after["items"]]
    assert {**after, "items": []} == {**before, "items": []}


def test_tables_after_the_items_and_comments_keep_their_place():
    text = "# head\n[[items]]\nid = 'a'  # one\n\n[[items]]\nid = 'b'\n\n[end]\nx = 1\n"
    moved = rearranged(text, ["b", "a"])
    assert moved == "# head\n[[items]]\nid = 'b'\n\n[[items]]\nid = 'a'  # one\n\n[end]\nx = 1\n"


def test_the_figures_of_all_questions_stand_in_one_column(run):
    told = run("simulate", "ae-am", *FEW, "--careless=.1").stdout.split("With all questions:\n")[1].split("\n\n")[0]
    assert {re.search(r"\S+$", line).start() for line in told.splitlines()} == {43}


def test_what_the_check_advises_can_be_typed_as_it_stands(run, own_pack, monkeypatch):
    """A pack that was given by its path is called by it, so that the advice works where it was asked for."""
    monkeypatch.chdir(own_pack.parent.parent)
    given = f"./{own_pack.parent.name}/{own_pack.name}"
    (own_pack / "simulated.json").write_text("{}", encoding="utf-8")
    [advice] = re.findall(r"run `flask pack (.+)`", run("check", given).output)
    assert advice == f"simulate {given} --save"
    assert run(*advice.split(), *FEW).exit_code == 0
    assert run("check", given).exit_code == 0
