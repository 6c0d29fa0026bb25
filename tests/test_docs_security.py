"""The documents on security: what they name exists, and each requirement of the standard stands there once."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache

import pytest
from documents import rows, text

from quiz.settings import PROJECT

DOCUMENTS = [
    "docs/security.md",
    "docs/asvs/README.md",
    *(f"docs/asvs/{name}.md" for name in ("v01-v05", "v06-v10", "v11-v17")),
]
TABLES = DOCUMENTS[2:]
LEVELS = {"1": 70, "2": 183}
"""How many requirements version 5.0.0 has at each level."""
SECTIONS = {
    # How many requirements of levels 1 and 2 each chapter has, as counted in the standard's own table.
    **{"1": 27, "2": 11, "3": 19, "4": 10, "5": 9, "6": 35, "7": 18, "8": 7, "9": 7, "10": 29, "11": 14, "12": 9},
    **{"13": 13, "14": 9, "15": 13, "16": 16, "17": 7},
}
STATES = {"met", "not applicable", "not met"}


@cache
def names(file: str) -> frozenset[str]:
    """The tests of a file, those of classes as Class::test."""
    found = set()
    for node in ast.parse((PROJECT / file).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.ClassDef):
            found.add(node.name)
            found |= {f"{node.name}::{each.name}" for each in node.body if isinstance(each, ast.FunctionDef)}
    return frozenset(found)


def requirements() -> list[list[str]]:
    return [cells for file in TABLES for cells in rows(file) if re.fullmatch(r"\d+\.\d+\.\d+", cells[0])]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_test_that_is_named_exists(document):
    told = re.findall(r"`(tests/[\w/]+\.py)::([\w:]+)`", text(document))
    gone = [f"{file}::{name}" for file, name in told if not (PROJECT / file).is_file() or name not in names(file)]
    assert not gone


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_file_that_is_named_exists(document):
    told = re.findall(r"`((?:tests|quiz|docs|deploy|static|templates|tools)/[\w./*-]+)(?:::[\w:]+)?`", text(document))
    for place in told:
        assert any(PROJECT.glob(place)), place


def test_every_requirement_of_levels_1_and_2_is_there_once():
    numbers = Counter(cells[0] for cells in requirements())
    assert [number for number, times in numbers.items() if times > 1] == []
    assert Counter(cells[1] for cells in requirements()) == LEVELS
    assert Counter(number.partition(".")[0] for number in numbers) == SECTIONS


def test_each_is_met_by_something_or_says_why_not():
    for number, _, words, state, where in requirements():
        assert state in STATES, number
        assert len(words) > 5, number
        assert where.strip(), number


def test_the_counts_are_those_of_the_tables():
    states = Counter(cells[3] for cells in requirements())
    (total,) = [cells for cells in rows("docs/asvs/README.md") if cells[0] == "**all**"]
    assert [int(cell) for cell in total[1:]] == [states["met"], states["not applicable"], states["not met"]]
    missing = {cells[0] for cells in requirements() if cells[3] == "not met"}
    listed = text("docs/asvs/README.md").rpartition("Of level 1")[2]
    assert set(re.findall(r"\d+\.\d+\.\d+", listed)) == missing
