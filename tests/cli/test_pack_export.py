"""`flask pack export`: one JSON document that follows the published schema and holds all of a pack."""

import json
import subprocess
import sys
import tomllib

import pytest
from jsonschema import Draft202012Validator

from quiz.cli.pack import pack
from quiz.packs.document import PackDocument
from quiz.packs.loader import names
from quiz.settings import PROJECT

SCHEMA = json.loads((PROJECT / "docs" / "pack.schema.json").read_text(encoding="utf-8"))


def exported(runner, name: str) -> dict:
    answer = runner.invoke(pack, ["export", name])
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
def test_every_shipped_pack_follows_the_published_schema(runner, name):
    document = exported(runner, name)
    assert faults(document) == []
    assert document["$schema"] == SCHEMA["$id"]
    PackDocument.model_validate_json(json.dumps(document))


def test_a_new_pack_follows_it_too(runner, tmp_path):
    runner.invoke(pack, ["new", str(tmp_path / "coffee"), "--languages", "en"])
    document = exported(runner, str(tmp_path / "coffee"))
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
def test_what_is_no_pack_does_not_follow_it(runner, spoil):
    document = exported(runner, "ae-am")
    spoil(document)
    assert faults(document)


def test_it_holds_every_word_and_figure_of_the_pack(runner, own_pack):
    document = exported(runner, str(own_pack))
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


def test_a_pack_that_was_never_simulated_has_no_figures(runner, own_pack):
    (own_pack / "simulated.json").unlink()
    assert "simulated" not in exported(runner, str(own_pack))


def test_the_order_of_tables_in_the_files_makes_no_difference(runner, own_pack):
    before = runner.invoke(pack, ["export", str(own_pack)]).stdout
    file = own_pack / "en.toml"
    head, *tables = file.read_text(encoding="utf-8").split("\n[items.")
    last, marker, tail = tables[-1].partition("\n# Roles")
    assert marker
    turned = "".join(f"\n[items.{table}" for table in reversed([*tables[:-1], last]))
    file.write_text(head + turned + marker + tail, encoding="utf-8")
    assert runner.invoke(pack, ["export", str(own_pack)]).stdout == before


def test_it_writes_a_file_where_it_is_told_to(runner, tmp_path):
    answer = runner.invoke(pack, ["export", "ae-am", "--out", str(tmp_path / "pack.json")])
    assert (answer.exit_code, answer.stdout) == (0, "")
    assert (tmp_path / "pack.json").read_text(encoding="utf-8") == runner.invoke(pack, ["export", "ae-am"]).stdout


def test_a_file_that_cannot_be_written_is_told(runner, tmp_path):
    answer = runner.invoke(pack, ["export", "ae-am", "--out", str(tmp_path / "nowhere" / "pack.json")])
    assert answer.exit_code == 2
    assert "No such file or directory" in answer.stderr


def test_a_broken_pack_is_refused_with_every_problem(runner, own_pack):
    (own_pack / "en.toml").unlink()
    answer = runner.invoke(pack, ["export", str(own_pack)])
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert "en.toml: cannot be read" in answer.stderr


@pytest.mark.parametrize("file", ["simulated.json", "calibration.json"])
def test_kept_figures_that_are_broken_or_of_another_pack_are_refused(runner, own_pack, file):
    (own_pack / file).write_text('{"pack": "another"}', encoding="utf-8")
    answer = runner.invoke(pack, ["export", str(own_pack)])
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert f"{file}: cannot be used: " in answer.stderr


def without_days(value):
    """Days as text: JSON has no other way of telling them."""
    if isinstance(value, dict):
        return {key: without_days(part) for key, part in value.items()}
    if isinstance(value, list):
        return [without_days(part) for part in value]
    return value.isoformat() if hasattr(value, "isoformat") else value
