"""Tables that somebody else has written: nothing in their cells, columns and groups makes the terminal do anything."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import tiny_pack
from answer_cast import answers_of, as_csv
from flask import Flask

from quiz.cli.pack import pack
from quiz.packs.loader import load

ERASE = "\x1b[2J\x9b1A\u202e"
"""Clears the screen, goes up a line, and turns the direction of writing."""
SPELLED = r"\x1b[2J\x9b1A\u202e"


@pytest.fixture(scope="module")
def tiny(tmp_path_factory) -> Path:
    return tiny_pack.write(tmp_path_factory.mktemp("packs"))


@pytest.fixture
def run(tiny):
    """Run a command on the tiny pack; what it prints may hold nothing but lines that can be printed."""

    def run(command: str, *arguments: object, table: str | bytes):
        words = [command, str(tiny), "-", *map(str, arguments)]
        answer = Flask(__name__).test_cli_runner().invoke(pack, words, input=table)
        assert answer.output.replace("\n", "").isprintable(), repr(answer.output)
        return answer

    return run


@pytest.fixture(scope="module")
def groups(tiny) -> bytes:
    """People of two groups, one with an odd name, and one person of a third."""
    content = load(tiny).pack
    names = [f"red{ERASE}", "blue"] * 300 + ["Ana of Tidewell"]
    return as_csv(content, answers_of(content, len(names), 1, whole=True), team=names)


@pytest.mark.parametrize("command", ["score", "reliability", "calibrate"])
def test_a_cell_is_spelled_where_it_is_complained_of(run, command, tmp_path):
    more = ["--out", tmp_path / "new"] if command == "calibrate" else []
    answer = run(command, *more, table=f"ask-first,river\n{ERASE},3\n4,4\n")
    assert answer.exit_code in (1, 2)
    assert f"<stdin>:2: ask-first: '{SPELLED}' is not an answer from 1 to 5" in answer.stderr


@pytest.mark.parametrize("command", ["score", "reliability"])
def test_an_unknown_column_is_spelled(run, command):
    answer = run(command, table=f"ask-first,{ERASE}\n4,4\n")
    assert answer.exit_code == 2
    assert f"unknown column '{SPELLED}'" in answer.stderr


def test_the_names_of_groups_are_spelled(run, groups, tmp_path):
    assert f"# team: red{SPELLED}\n" in run("reliability", "--group", "team", table=groups).stdout
    answer = run("calibrate", "--group", "team", "--out", tmp_path / "new", table=groups)
    assert answer.exit_code == 0, answer.output
    assert f"Items by team: blue (300), red{SPELLED} (300); differences from 'blue'" in answer.stdout
    assert f"\nred{SPELLED}  keep-lists  " in answer.stdout
    assert f"\nred{SPELLED}    opening  " in answer.stdout
    few = b"\n".join(groups.splitlines()[:301])
    answer = run("calibrate", "--group", "team", "--out", tmp_path / "none", table=few)
    assert f"'red{SPELLED}' has " in answer.stderr


def test_of_a_group_too_small_to_be_compared_nothing_is_kept_that_could_tell_who_it_is(run, groups, tmp_path):
    answer = run("calibrate", "--group", "team", "--out", tmp_path / "new", table=groups)
    assert "the comparison leaves out 1 group of fewer than 200 people, 1 in all" in answer.stderr
    kept = (tmp_path / "new" / "calibration.json").read_text(encoding="utf-8")
    assert "Tidewell" not in kept + answer.output
    assert json.loads(kept)["groups"]["left_out"] == {"groups": 1, "people": 1}
