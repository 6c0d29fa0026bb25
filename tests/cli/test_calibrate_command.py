"""`flask pack calibrate`: real answers in, a new version of the pack out."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from answer_cast import answers_of, as_csv
from estimation_cast import PEOPLE, other_figures
from flask import Flask

from quiz.cli.pack import pack
from quiz.packs.loader import load
from quiz.services.library import open_library


@pytest.fixture
def run():
    """Run a command of `flask pack`."""
    runner = Flask(__name__).test_cli_runner()
    return lambda *arguments, table=None: runner.invoke(pack, [str(part) for part in arguments], input=table)


@pytest.fixture(scope="module")
def calibrated(tiny, table, tmp_path_factory) -> Path:
    """The folder that calibrate wrote."""
    out = tmp_path_factory.mktemp("made") / "tiny-1.1"
    answer = (
        Flask(__name__)
        .test_cli_runner()
        .invoke(
            pack,
            ["calibrate", str(tiny), "-", "--out", str(out), "--group", "language", "--on", "2026-11-20"],
            input=table,
        )
    )
    assert answer.exit_code == 0, answer.output
    return out


class TestCalibrate:
    """`flask pack calibrate`."""

    def test_writes_a_complete_pack_of_a_new_version(self, tiny, calibrated):
        before, after = load(tiny).pack, load(calibrated).pack
        assert after.full_version == "1.0.0+2.1.0"
        assert before.parameters.status == "expert"
        assert after.parameters.status == "estimated"
        assert 0 <= PEOPLE - after.parameters.estimation.people < 8
        assert after.parameters.estimation.on.isoformat() == "2026-11-20"
        assert after.parameters.doubt == before.parameters.doubt
        assert after.roles == before.roles
        for name in ("pack.toml", "es.toml", "en.toml", "golden.toml"):
            assert (calibrated / name).read_bytes() == (tiny / name).read_bytes()

    def test_the_figures_are_those_of_the_people(self, tiny, calibrated):
        true, found = other_figures(tiny), load(calibrated).pack
        assert found.items[0].loading < 0.45 < 0.6 < found.items[2].loading
        assert found.items[1].mean == pytest.approx(true.items[1].mean, abs=0.12)
        assert np.mean(found.parameters.correlations) == pytest.approx(0.625, abs=0.08)

    def test_the_check_of_the_new_pack_finds_nothing_wrong_with_its_structure(self, run, calibrated):
        answer = run("check", calibrated)
        assert "parameters.toml" not in answer.stdout
        assert "golden.toml" in answer.stdout  # other figures, other outcomes: for a person to look at

    def test_a_file_beside_tells_how_sure_the_figures_are(self, tiny, calibrated):
        [edition] = [each for each in open_library("ae-am", folders=[calibrated]).offered if each.pack.id == "tiny"]
        told = edition.calibrated
        assert told == json.loads((calibrated / "calibration.json").read_text())
        assert (told["parameters"], told["before"], told["on"]) == ("2.1.0", "2.0.0", "2026-11-20")
        assert told["items"]["ask-first"]["loading"]["estimate"] == pytest.approx(
            load(calibrated).pack.items[0].loading, abs=1e-4
        )
        assert 0 < told["items"]["ask-first"]["loading"]["error"] < 0.2
        assert len(told["correlations"]) == 6
        assert {"loglik", "srmr", "rmsea", "freedom"} <= told["fit"].keys()
        assert told["groups"]["column"] == "language"
        assert len(told["groups"]["differences"]) == 10
        assert open_library("ae-am").main.calibrated == {}

    def test_new_people_are_scored_by_the_new_figures_and_earlier_ones_as_before(self, tiny, calibrated):
        library = open_library("ae-am", folders=[tiny, calibrated])
        new, old = library.newest["tiny"], library.find("tiny", "1.0.0+2.0.0")
        answers = dict.fromkeys(new.pack.item_ids, 3) | {"ask-first": 5, "hold-out": 2, "spring": 2}
        assert old.measure.score(answers) == open_library("ae-am", folders=[tiny]).newest["tiny"].measure.score(answers)
        probabilities = [edition.measure.score(answers).contrast.probability for edition in (old, new)]
        assert new.pack.full_version == "1.0.0+2.1.0"
        assert abs(probabilities[0] - probabilities[1]) > 0.02

    def test_nothing_is_overwritten(self, run, tiny, table, calibrated):
        before = (calibrated / "parameters.toml").read_bytes()
        answer = run("calibrate", tiny, "-", "--group", "language", "--out", calibrated, table=table)
        assert answer.exit_code == 2
        assert "exists already" in answer.stderr
        assert (calibrated / "parameters.toml").read_bytes() == before

    def test_too_few_people_are_refused_and_nothing_is_written(self, run, tiny, table, tmp_path):
        few = b"\n".join(table.splitlines()[:31]) + b"\n"
        answer = run("calibrate", tiny, "-", "--group", "language", "--out", tmp_path / "new", table=few)
        assert answer.exit_code == 2
        assert answer.stderr == "37 figures need at least as many people; there are 30\n"
        assert list(tmp_path.iterdir()) == []

    def test_few_people_are_warned_of(self, run, tiny, table, tmp_path):
        few = b"\n".join(table.splitlines()[:301]) + b"\n"
        out = tmp_path / "new"
        answer = run("calibrate", tiny, "-", "--group", "language", "--out", out, table=few)
        assert (answer.exit_code, "two groups of 200 people or more" in answer.stderr) == (2, True)
        assert "put --ignore language in place of --group language" in answer.stderr
        answer = run("calibrate", tiny, "-", "--ignore", "language", "--out", out, table=few)
        assert answer.exit_code == 0
        assert "people are few: 500 or more are advised" in answer.stderr

    def test_careless_people_are_left_out_unless_everybody_is_asked_for(self, run, tiny, table, tmp_path):
        careless = table.replace(b"language", b"reference") + b"".join([b"x" + b",5" * 10 + b"\n"] * 60)
        told = [
            json.loads(
                run("calibrate", tiny, "-", "--json", "--out", tmp_path / way[-1], *way[:-1], table=careless).stdout
            )
            for way in (("kept-out",), ("--everybody", "all"))
        ]
        assert told[0]["left_out"]["careless"] >= 60
        assert told[1]["left_out"]["careless"] == 0
        assert told[1]["people"] - told[0]["people"] == told[0]["left_out"]["careless"]

    def test_who_answers_at_random_is_kept_and_told_and_many_are_warned_of(self, run, tmp_path):
        content = load("ae-am").pack
        attentive = answers_of(content, 1000, 1, whole=True)
        random = np.random.default_rng(1).integers(1, 6, (100, len(content.items)))
        told = {}
        for name, answers in (("none", attentive), ("many", np.vstack([attentive, random]))):
            given = as_csv(content, answers)
            told[name] = run("calibrate", "ae-am", "-", "--out", tmp_path / name, table=given)
            assert told[name].exit_code == 0, told[name].output
        assert "look random but are kept: 0.0% of people by the new figures, 0.0% so far\n" in told["none"].stdout
        assert "random" not in told["none"].stderr
        kept = json.loads((tmp_path / "many" / "calibration.json").read_text())
        now = kept["random"]["now"]
        assert (kept["people"], kept["left_out"]["careless"]) == (1100, 0)
        assert 0.05 < now < 0.1
        before = kept["random"]["before"]
        shown = f"look random but are kept: {now:.1%} of people by the new figures, {before:.1%} so far"
        assert shown in told["many"].stdout
        assert f"Beware: the answers of {now:.1%} of the people look random; of attentive" in told["many"].stderr
        assert "reliabilities are too low; `flask pack score` with the new pack tells" in told["many"].stderr
        assert [warning for warning in kept["warnings"] if f"{now:.1%}" in warning]
        for pack_named, share in (("ae-am", before), (tmp_path / "many", now)):
            seen = json.loads(run("reliability", pack_named, "-", "--json", table=given).stdout)
            assert seen["flagged"]["random"] == pytest.approx(share, abs=1e-6)

    def test_wrong_figures_so_far_are_no_reason_to_warn_of_random_answers(self, run, tiny, table, tmp_path):
        plain = table.replace(b"language", b"reference")
        answer = run("calibrate", tiny, "-", "--json", "--out", tmp_path / "new", table=plain)
        random = json.loads(answer.stdout)["random"]
        assert random["now"] < 0.03 < random["before"]
        assert "look random" not in answer.stderr

    def test_where_all_are_careless_that_is_said_and_nothing_else(self, run, tiny, table, tmp_path):
        straight = table.splitlines()[0].replace(b"language", b"id") + b"\n" + (b"x" + b",3" * 10 + b"\n") * 400
        answer = run("calibrate", tiny, "-", "--out", tmp_path / "new", table=straight)
        told = "nobody is left: all 400 people answered carelessly, and are left out\n"
        assert (answer.exit_code, answer.stderr) == (2, told)

    def test_where_the_careless_make_the_people_too_few_that_is_said(self, run, tiny, table, tmp_path):
        few = b"\n".join(table.replace(b"language", b"id").splitlines()[:21]) + b"\n" + (b"x" + b",3" * 10 + b"\n") * 60
        answer = run("calibrate", tiny, "-", "--out", tmp_path / "new", table=few)
        assert answer.exit_code == 2
        assert answer.stderr.splitlines() == [
            "37 figures need at least as many people; there are 20",
            "of 80 people 60 are left out, who answered carelessly",
        ]

    def test_a_key_that_is_wrong_writes_nothing_even_at_the_edge(self, run, tmp_path):
        roles = [dimension.role for dimension in load("ae-am").pack.dimensions]
        phi = [
            [1 if i == j else 0.9 if one == other else 0.1 for j, other in enumerate(roles)]
            for i, one in enumerate(roles)
        ]
        content = load("ae-am").pack
        true = replace(content, parameters=replace(content.parameters, correlations=tuple(map(tuple, phi))))
        answers = answers_of(true, 1200, 1, whole=True)
        answer = run("calibrate", "ae-am", "-", "--out", tmp_path / "right", table=as_csv(true, answers))
        assert answer.exit_code == 0
        assert (
            "the correlations of the dimensions are at the edge of what is possible; how sure they are" in answer.stderr
        )
        assert max(map(float, re.findall(r"± (\d\.\d+)", answer.stdout))) < 0.2
        answers[:, content.position["debate"]] = 6 - answers[:, content.position["debate"]]
        answer = run("calibrate", "ae-am", "-", "--out", tmp_path / "wrong", table=as_csv(true, answers))
        told = "the answers to 'debate' speak against its dimension: turn its key or take it out\n"
        assert (answer.exit_code, answer.stdout, answer.stderr) == (2, "", told)
        assert not (tmp_path / "wrong").exists()

    def test_the_bootstrap_adds_ranges(self, run, tiny, table, tmp_path):
        plain = table.replace(b"language", b"reference")
        answer = run("calibrate", tiny, "-", "--bootstrap", "5", "--json", "--out", tmp_path / "new", table=plain)
        told = json.loads(answer.stdout)
        assert told["bootstrap"] == 5
        figure = told["items"]["river"]["loading"]
        assert figure["low"] < figure["high"]

    def test_the_export_of_the_console_is_read_as_it_is(self, run, tiny, table, tmp_path):
        rows = [line.split(",") for line in table.decode().splitlines()]
        people = [
            {
                **{"id": number, "reference": None, "name": None, "language": row[0], "status": "finished"},
                **{"pack": "tiny", "pack_version": "1.0.0+2.0.0", "outcome": "clear"},
                "answers": {
                    item: {"choice": int(cell), "seconds": 4.5}
                    for item, cell in zip(rows[0][1:], row[1:], strict=True)
                    if cell
                },
            }
            for number, row in enumerate(rows[1:])
        ]
        export = "\n".join(map(json.dumps, people)).encode()
        one = run("calibrate", tiny, "-", "--json", "--out", tmp_path / "a", "--group", "language", table=export)
        other = run("calibrate", tiny, "-", "--json", "--out", tmp_path / "b", "--group", "language", table=table)
        assert one.exit_code == 0, one.output
        assert json.loads(one.stdout) == json.loads(other.stdout)

    def test_what_is_estimated_can_be_estimated_again(self, run, calibrated, table, tmp_path):
        answer = run("calibrate", calibrated, "-", "--group", "language", "--out", tmp_path / "next", table=table)
        assert answer.exit_code == 0
        again = tomllib.loads((tmp_path / "next" / "parameters.toml").read_text())
        assert again["version"] == "2.2.0"
        before = tomllib.loads((calibrated / "parameters.toml").read_text())
        assert again["items"]["river"]["loading"] == pytest.approx(before["items"]["river"]["loading"], abs=0.02)
