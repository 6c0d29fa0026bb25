"""What the documents say of the code is so: settings, commands, figures, keys, links."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from importlib import import_module
from pathlib import Path

import pytest
from documents import rows, text
from flask import Flask

from quiz.cli.pack import pack
from quiz.services import packs, results
from quiz.settings import PROJECT, Settings
from quiz.store.attempts import Answer, Attempt
from quiz.store.consents import Consent, Personal

DOCUMENTS = sorted([*PROJECT.glob("*.md"), *PROJECT.glob("docs/**/*.md")])
DECISIONS = sorted(PROJECT.glob("docs/decisions/*.md"))
BY_NAME = [pytest.param(path, id=str(path.relative_to(PROJECT))) for path in DOCUMENTS]


def test_the_readme_tells_every_setting_with_its_default():
    told = {cells[0].strip("`"): cells[1].strip("`") for cells in rows("README.md") if cells[0].startswith("`")}
    for field in fields(Settings):
        default = str(field.default).replace(str(PROJECT), "<project>") or "(empty)"
        assert told.get(field.name.upper()) == default


@pytest.mark.parametrize("path", BY_NAME)
def test_every_make_target_that_a_document_names_exists(path):
    targets = set(re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"(?:`|^    |\bsudo )(?:[A-Z_]+=\S+ )*make ([a-z-]+)", path.read_text(), re.MULTILINE))
    assert named <= targets


def test_the_readme_names_the_make_targets_that_help_lists():
    listed = set(re.findall(r"^([a-z-]+):.*##", (PROJECT / "Makefile").read_text(), re.MULTILINE))
    assert listed <= set(re.findall(r"\bmake ([a-z-]+)", text("README.md")))


@pytest.mark.parametrize("path", BY_NAME)
def test_every_link_to_a_file_or_heading_of_the_project_leads_somewhere(path):
    document = without_code(path.read_text())
    for target in re.findall(r"\]\(([^)\s]+)\)", document) + re.findall(r'src="([^"]+)"', document):
        if target.startswith(("https://", "http://")):
            continue
        name, _, heading = target.partition("#")
        file = (path.parent / name).resolve() if name else path
        assert file.exists(), target
        assert not heading or heading in anchors(file), target


@pytest.mark.parametrize("path", BY_NAME)
def test_every_file_of_the_project_that_a_document_names_exists(path):
    named = re.findall(r"`((?:quiz|docs|tests|tools|templates|static|bench)/[\w./-]+)`", path.read_text())
    missing = [name for name in named if not (PROJECT / name).exists()]
    assert [name for name in missing if "my-pack" not in name and "NNNN" not in name] == []  # but for examples


def test_the_listing_of_the_golden_personas_is_current():
    ran = subprocess.run([sys.executable, PROJECT / "tools/write-personas", "--check"], capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_result_json_has_the_documented_keys_and_no_others():
    documented = {cells[0].strip("`") for cells in rows("docs/result-json.md") if cells[0].startswith("`")}
    sent = set(keys_of_own_data())
    assert documented == sent | parents(sent)


def test_every_threshold_of_the_measurement_is_that_of_the_code():
    thresholds = [cells for cells in rows("docs/measurement.md") if cells[0].startswith("`quiz.")]
    assert thresholds
    for name, value, *_ in thresholds:
        module, _, constant = name.strip("`").rpartition(".")
        assert getattr(import_module(module), constant) == float(value), name


def test_the_columns_of_a_scored_table_are_the_documented_ones():
    content = packs.edition("ae-am").content
    item = content.pack.item_ids[0]
    options = ["score", "ae-am", "-", "--language", "en"]
    scored = Flask(__name__).test_cli_runner().invoke(pack, options, input=f"id,reference,{item}\n1,2,3\n")
    columns = [
        ".".join(general(part, content.pack) for part in column.split("."))
        for column in scored.stdout.splitlines()[0].split(",")
    ]
    _, _, section = text("docs/writing-a-pack.md").partition("## Scoring a table")
    documented = [name for line in re.findall(r"^\| (`.+?) \|", section, re.M) for name in re.findall("`(.+?)`", line)]
    assert list(dict.fromkeys(columns)) == documented


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.name)
def test_a_decision_tells_question_options_choice_and_what_would_change_it(path):
    headings = re.findall(r"^## (.+)", path.read_text(), re.MULTILINE)
    wanted = ["Question", "Options", "Choice", "What would change it"]
    assert [heading for heading in headings if heading in wanted] == wanted
    assert re.match(rf"# {path.name[:4]} \S", path.read_text())


def test_decisions_are_numbered_without_a_gap():
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))


def without_code(document: str) -> str:
    return re.sub(r"```.*?```|`[^`\n]*`", "", document, flags=re.DOTALL)


def anchors(file: Path) -> set[str]:
    """The names of a document's headings, as they are linked to."""
    headings = re.findall(r"^#+ (.+)", file.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def keys_of_own_data() -> Iterator[str]:
    """The paths of the keys of result.json, of people with every kind of outcome."""
    edition = packs.edition("ae-am")
    pack = edition.pack
    attempt = Attempt(1, pack.id, pack.version, "en", 0, 0, 0)
    for persona in edition.content.golden:
        given = {item: Answer(choice, 5000, 0) for item, choice in persona.answers.items()}
        for personal in (Personal(None, None, None), Personal("Ana", "a@b.example", Consent(1, "en", 0, True, False))):
            document = results.own_data(attempt, results.make(edition, given), given, personal)
            for path in paths(document):
                yield ".".join(general(part, pack) for part in path.split("."))


def paths(value: object, path: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield from paths(part, f"{path}.{key}" if path else key)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for part in value:
            yield from paths(part, f"{path}[]")
    else:
        yield path


def general(part: str, pack) -> str:
    kinds = {"<role>": pack.role_ids, "<dimension>": pack.dimension_ids, "<item>": pack.item_ids}
    return next((kind for kind, ids in kinds.items() if part in ids), part)


def parents(known: set[str]) -> set[str]:
    """The lists whose entries have keys: they are documented themselves as well."""
    return {path.partition("[]")[0] for path in known if "[]" in path}
