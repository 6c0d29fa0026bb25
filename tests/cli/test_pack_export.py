"""`flask pack export`: one JSON document that follows the published schema and holds all of a pack."""

import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from flask import Flask
from jsonschema import Draft202012Validator

from quiz.cli.pack import pack
from quiz.packs.document import PackDocument
from quiz.packs.loader import SHIPPED, names
from quiz.settings import PROJECT

SCHEMA = json.loads((PROJECT / "docs" / "pack.schema.json").read_text(encoding="utf-8"))


@pytest.fixture
def run():
    return Flask(__name__).test_cli_runner()


@pytest.fixture
def own_pack(tmp_path: Path) -> Path:
    """A copy of the default pack, in a folder of its own."""
    return Path(shutil.copytree(SHIPPED / "ae-am", tmp_path / "ae-am"))


def exported(run, name: str) -> dict:
    answer = run.invoke(pack, ["export", name])
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.stdout)


def faults(document: dict) -> list[str]:
    validator = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(document)]


def test_the_published_schema_is_current():
    command = [sys.executable, PROJECT / "tools/write-pack-schema", "--check"]
    ran = subprocess.run(command, capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_the_published_schema_is_a_schema():
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", names())
def test_every_shipped_pack_follows_the_published_schema(run, name):
    document = exported(run, name)
    assert faults(document) == []
    assert document["$schema"] == SCHEMA["$id"]
    PackDocument.model_validate_json(json.dumps(document))


def test_a_new_pack_follows_it_too(run, tmp_path):
    run.invoke(pack, ["new", str(tmp_path / "coffee"), "--languages", "en"])
    document = exported(run, str(tmp_path / "coffee"))
    assert faults(document) == []
    assert list(document["texts"]) == ["en"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda document: document.pop("parameters"),
        lambda document: document["items"][0].update(kind="riddle"),
        lambda document: document["parameters"].update(loading=1.5),
        lambda document: document["texts"]["es"]["pack"].update(name=""),
        lambda document: document["texts"]["es"].update(nmae="?"),
        lambda document: document["texts"]["en"]["options"]["statement"].pop(),
        lambda document: document["golden"][0]["expect"].update(outcome="splendid"),
        lambda document: document.update(released="yesterday"),
        lambda document: document.update({"$schema": "urn:somebody:else"}),
    ],
)
def test_what_is_no_pack_does_not_follow_it(run, spoil):
    document = exported(run, "ae-am")
    spoil(document)
    assert faults(document)


def test_it_holds_every_word_and_figure_of_the_pack(run, own_pack):
    document = exported(run, str(own_pack))
    for language in ("es", "en"):
        told = tomllib.loads((own_pack / f"{language}.toml").read_text(encoding="utf-8"))
        assert without_days(document["texts"][language]) == without_days(told)
    structure = tomllib.loads((own_pack / "pack.toml").read_text(encoding="utf-8"))
    for key in ("id", "version", "minimum", "minutes", "languages", "dimensions", "roles", "items"):
        assert document[key] == structure[key]
    figures = tomllib.loads((own_pack / "parameters.toml").read_text(encoding="utf-8"))
    assert without_days(document["parameters"]) == without_days(figures)
    assert document["full_version"] == f"{structure['version']}+{figures['version']}"
    people = tomllib.loads((own_pack / "golden.toml").read_text(encoding="utf-8"))["personas"]
    assert document["golden"] == people
    assert document["simulated"] == json.loads((own_pack / "simulated.json").read_text(encoding="utf-8"))


def test_a_pack_that_was_never_simulated_has_no_figures(run, own_pack):
    (own_pack / "simulated.json").unlink()
    assert "simulated" not in exported(run, str(own_pack))


def test_the_order_of_tables_in_the_files_makes_no_difference(run, own_pack):
    before = run.invoke(pack, ["export", str(own_pack)]).stdout
    file = own_pack / "en.toml"
    head, *tables = file.read_text(encoding="utf-8").split("\n[items.")
    last, marker, tail = tables[-1].partition("\n# Roles")
    assert marker
    turned = "".join(f"\n[items.{table}" for table in reversed([*tables[:-1], last]))
    file.write_text(head + turned + marker + tail, encoding="utf-8")
    assert run.invoke(pack, ["export", str(own_pack)]).stdout == before


def test_it_writes_a_file_where_it_is_told_to(run, tmp_path):
    answer = run.invoke(pack, ["export", "ae-am", "--out", str(tmp_path / "pack.json")])
    assert (answer.exit_code, answer.stdout) == (0, "")
    assert (tmp_path / "pack.json").read_text(encoding="utf-8") == run.invoke(pack, ["export", "ae-am"]).stdout


def test_a_file_that_cannot_be_written_is_told(run, tmp_path):
    answer = run.invoke(pack, ["export", "ae-am", "--out", str(tmp_path / "nowhere" / "pack.json")])
    assert answer.exit_code == 2
    assert "No such file or directory" in answer.stderr


def test_a_broken_pack_is_refused_with_every_problem(run, own_pack):
    (own_pack / "en.toml").unlink()
    answer = run.invoke(pack, ["export", str(own_pack)])
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert "en.toml: cannot be read" in answer.stderr


def without_days(value):
    """Days as text: JSON has no other way of telling them."""
    if isinstance(value, dict):
        return {key: without_days(part) for key, part in value.items()}
    if isinstance(value, list):
        return [without_days(part) for part in value]
    return value.isoformat() if hasattr(value, "isoformat") else value
