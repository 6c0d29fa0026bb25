"""docs/estimating.md: what it says of calibration.json and of the way from a questionnaire to a pack is so."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import textwrap
import tomllib

import pytest
import tiny_pack
from answer_cast import answers_of, as_csv
from flask import Flask

from quiz.cli.pack import pack
from quiz.packs.loader import load
from quiz.settings import PROJECT

DOCUMENT = (PROJECT / "docs" / "estimating.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def calibration(tmp_path_factory) -> dict:
    """What calibrate says of a small pack, groups and ranges included."""
    folder = tmp_path_factory.mktemp("tiny")
    tiny = tiny_pack.write(folder)
    content = load(tiny).pack
    table = as_csv(content, answers_of(content, 500, 1, whole=True), team=["red", "blue"] * 250)
    answer = (
        Flask(__name__)
        .test_cli_runner()
        .invoke(
            pack,
            [
                "calibrate",
                str(tiny),
                "-",
                "--out",
                str(folder / "new"),
                "--group",
                "team",
                "--bootstrap",
                "2",
                "--json",
            ],
            input=table,
        )
    )
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.stdout)


def test_every_key_of_the_calibration_is_documented_and_no_other(calibration):
    told = {}
    for line in DOCUMENT.split("| key of `calibration.json` |")[1].split("\n\n")[0].splitlines()[2:]:
        keys, meaning = line.strip("| ").split(" | ", 1)
        for key in re.findall(r"`(\w+)`", keys):
            told[key] = set(re.findall(r"`(\w+)`", meaning))
    assert set(told) == set(calibration)
    assert told["fit"] == set(calibration["fit"])
    assert told["left_out"] == set(calibration["left_out"])
    assert told["random"] == set(calibration["random"])
    assert told["contrasts"] == set(calibration["contrasts"][0])
    assert told["items"] == set(calibration["items"]["ask-first"])
    groups = calibration["groups"]
    assert told["groups"] == set(groups) | set(groups["left_out"]) | set(groups["differences"][0])
    assert set(calibration["acquiescence_sd"]) == {"estimate", "error", "low", "high"}


def test_the_script_makes_items_and_their_words(tmp_path):
    script = textwrap.dedent(DOCUMENT.split("```python\n")[1].split("```")[0])
    (tmp_path / "items.py").write_text(script, encoding="utf-8")
    rows = 'id,dimension,key,text\ne1,extraversion,1,"I say: ""hello"" first."\ne2,extraversion,-1,Prefiero escuchar.\n'
    (tmp_path / "questionnaire.csv").write_text(rows, encoding="utf-8")
    made = {
        part: tomllib.loads(
            subprocess.run(
                [sys.executable, "-W", "ignore", "items.py", part],
                cwd=tmp_path,
                capture_output=True,
                encoding="utf-8",
                env={"PYTHONIOENCODING": "utf-8"},
                check=True,
            ).stdout
        )
        for part in ("pack", "words")
    }
    assert [(item["id"], item["kind"], item["key"]) for item in made["pack"]["items"]] == [
        ("e1", "statement", 1),
        ("e2", "statement", -1),
    ]
    assert made["words"]["items"]["e1"]["text"] == 'I say: "hello" first.'
    assert made["words"]["items"]["e2"]["text"] == "Prefiero escuchar."
