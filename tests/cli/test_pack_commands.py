"""`flask pack check` and `flask pack simulate`: what they print, and what their exit code says."""

import json
import re
import shutil
from pathlib import Path

import pytest
from flask import Flask

from quiz.cli.pack import pack
from quiz.packs.loader import SHIPPED


@pytest.fixture
def run():
    return Flask(__name__).test_cli_runner()


@pytest.fixture
def own_pack(tmp_path: Path) -> Path:
    """A copy of the default pack, in a folder of its own."""
    return Path(shutil.copytree(SHIPPED / "ae-am", tmp_path / "ae-am"))


def _put(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_check_without_a_name_checks_every_shipped_pack(run):
    answer = run.invoke(pack, ["check"])
    assert answer.exit_code == 0, answer.output
    assert answer.output.endswith("pack checked, 0 problems\n")


def test_check_prints_every_problem_and_a_line_of_summary(run, own_pack):
    _put(own_pack / "pack.toml", "minutes = 5", "minutes = 500")
    _put(own_pack / "en.toml", "[options]", "[options")
    answer = run.invoke(pack, ["check", str(own_pack)])
    lines = answer.output.splitlines()
    assert answer.exit_code == 1
    assert any(f"{own_pack}/pack.toml:" in line and "minutes" in line for line in lines)
    assert any(f"{own_pack}/en.toml:" in line and "not good TOML" in line for line in lines)
    assert lines[-1] == f"1 pack checked, {len(lines) - 1} problems"


def test_check_of_several_packs_names_each(run, own_pack):
    _put(own_pack / "pack.toml", "minutes = 5", "minutes = 500")
    answer = run.invoke(pack, ["check", "ae-am", str(own_pack)])
    assert answer.exit_code == 1
    assert answer.output.endswith("2 packs checked, 1 problem\n")


@pytest.mark.parametrize("name", ["ae-an", "../ae-am", "nowhere/at/all"])
def test_check_of_no_pack_is_a_problem(run, name):
    answer = run.invoke(pack, ["check", name])
    assert answer.exit_code == 1
    assert "no pack" in answer.output


def test_simulate_prints_the_figures_by_number_of_questions(run):
    answer = run.invoke(pack, ["simulate", "ae-am", "--people", "300"])
    assert answer.exit_code == 0, answer.output
    for words in ("questions  reliability  accuracy  called", "Brier", "calibration error", "coverage"):
        assert words in answer.output
    assert [line.split()[0] for line in answer.output.splitlines()[3:7]] == ["14", "20", "26", "32"]


def test_simulate_in_json_is_the_same_for_the_same_seed(run):
    first, again, other = (
        run.invoke(pack, ["simulate", "ae-am", "--people", "300", "--seed", seed, "--json"]).output
        for seed in ("7", "7", "8")
    )
    assert first == again != other
    assert json.loads(first)["people"] == 300
    assert "NaN" not in first


def test_simulate_of_no_pack_says_so_and_exits_with_2(run):
    answer = run.invoke(pack, ["simulate", "ae-an"])
    assert answer.exit_code == 2
    assert "did you mean 'ae-am'?" in answer.stderr


def test_simulate_shows_what_response_styles_change(run):
    answer = run.invoke(pack, ["simulate", "ae-am", "--people", "2000", "--careless", "0.2"])
    assert answer.exit_code == 0, answer.output
    *_, above, accuracy, called, when_called = answer.output.splitlines()
    assert above == "Careless 0.2, faking 0, acquiescence 0.3:"
    for line in (accuracy, called, when_called):
        styled, usual = (float(word) for word in re.findall(r"\d\.\d{3}", line))
        assert styled < usual


def test_simulate_in_json_has_the_usual_people_beside_those_of_other_styles(run):
    usual, styled = (
        json.loads(run.invoke(pack, ["simulate", "ae-am", "--people", "300", "--json", *options]).output)
        for options in ((), ("--faking", "0.5", "--acquiescence", "0.6"))
    )
    assert styled["usual"] == usual
    assert styled["styles"] == {"acquiescence": 0.6, "careless": 0.0, "faking": 0.5}
    assert styled["accuracy"] != usual["accuracy"]
    assert 0 < usual["withheld_careless"] == styled["withheld_careless"] < 1


@pytest.mark.parametrize("option", ["--careless=1.1", "--faking=-0.1", "--acquiescence=nan", "--careless=all"])
def test_simulate_takes_only_styles_that_there_are(run, option):
    assert run.invoke(pack, ["simulate", "ae-am", option]).exit_code == 2
