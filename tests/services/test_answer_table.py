"""Tables of answers: the console's JSON Lines are read as well as plain tables, and complained of as clearly."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from quiz.packs.loader import load
from quiz.services.answer_table import AnswerRow, BadColumns, BadRow, read

PACK = load("ae-am").pack
ITEM, OTHER = PACK.item_ids[:2]


def person(**changes) -> dict:
    known = {"id": 7, "reference": None, "language": "es", "pack": "ae-am", "pack_version": PACK.full_version}
    return {**known, "answers": {ITEM: {"choice": 4, "seconds": 3.25}}, **changes}


def rows(*people: object, groups=()):
    return list(read(PACK, [json.dumps(each).encode() + b"\n" for each in people], groups))


def test_an_exported_person_is_a_row():
    [row] = rows(person(), groups=["language"])
    assert row == AnswerRow(1, {"id": "7", "reference": ""}, {"language": "es"}, {ITEM: 4}, {ITEM: 3.25})


def test_people_who_answered_nothing_are_rows_without_answers():
    assert rows(person(answers={}))[0].answers == {}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"pack": "client-facing"}, "is of the quiz 'client-facing', not of 'ae-am'"),
        ({"pack_version": "0.9.0+1.0.0"}, f"is of version 0.9.0 of the questions, not of {PACK.version}"),
        ({"answers": {ITEM: {"choice": 6}}}, f"{ITEM}: '6' is not an answer from 1 to 5"),
        ({"answers": {ITEM: {"choice": True}}}, f"{ITEM}: 'True' is not an answer from 1 to 5"),
        ({"answers": {ITEM + "x": {"choice": 3}}}, f"unknown item '{ITEM}x'; did you mean '{ITEM}'?"),
    ],
)
def test_what_cannot_be_used_is_a_bad_row(changes, message):
    good, bad = rows(person(), person(**changes))
    assert isinstance(good, AnswerRow)
    assert bad == BadRow(2, message)


def test_other_figures_are_no_hindrance():
    [row] = rows(person(pack_version=f"{PACK.version}+9.9.9"))
    assert row.answers == {ITEM: 4}


def test_lines_that_are_no_objects_are_bad_rows():
    lines = [json.dumps(person()).encode(), b"", b"[1, 2]", b'{"id": ', b"\xff{}"]
    found = list(read(PACK, lines))
    assert [(row.line, row.message) for row in found[1:]] == [
        (3, "is not a JSON object"),
        (4, "is not JSON in UTF-8"),
        (5, "is not JSON in UTF-8"),
    ]


def test_an_export_without_answers_or_without_the_group_is_refused():
    with pytest.raises(BadColumns) as refused:
        rows({"id": 1, "language": "es"}, groups=["langage"])
    assert refused.value.problems == (
        "there is no key 'langage'; did you mean 'language'?",
        "there is no key 'answers': export the results with answers",
    )


def test_a_group_of_a_plain_table_is_handed_on():
    [row] = read(PACK, [f"language,{ITEM},{OTHER}\n".encode(), b" en ,3,\n"], ["language"])
    assert (row.groups, row.answers) == ({"language": "en"}, {ITEM: 3})


def test_an_item_that_is_called_like_a_time_keeps_its_answers():
    named = replace(PACK.items[0], id="thirty_seconds")
    pack = replace(PACK, items=(named, *PACK.items[1:]))
    [row] = read(pack, [f"thirty_seconds,thirty_seconds_seconds,{OTHER}\n".encode(), b"2,7.5,4\n"])
    assert (row.answers, row.seconds) == ({"thirty_seconds": 2, OTHER: 4}, {"thirty_seconds": 7.5})
