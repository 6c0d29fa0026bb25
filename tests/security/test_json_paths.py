"""The addresses for programs: schemathesis sends what docs/openapi.json allows and what it does not, and compares."""

from __future__ import annotations

import json

import pytest
import schemathesis
from cast import ITEMS, persona
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from quiz.settings import PROJECT

CHECKS = [
    *(status_code_conformance, content_type_conformance),  # 500 stands nowhere in the document
    *(response_headers_conformance, response_schema_conformance),
]
DOCUMENT = json.loads((PROJECT / "docs" / "openapi.json").read_text(encoding="utf-8"))
WAYS = [
    (path, method, mode)
    for path, methods in DOCUMENT["paths"].items()
    for method, said in methods.items()
    for mode in ("positive", "negative")
    if mode == "positive" or "parameters" in said  # what takes nothing cannot be given anything wrong
]
EXAMPLES = settings(
    max_examples=60, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


@pytest.fixture
def schema(app):
    """The document, with the application that is to keep it."""
    found = schemathesis.openapi.from_dict(DOCUMENT)
    found.app = app
    return found


@pytest.fixture
def finished(ben):
    """Somebody whose data there are."""
    ben.start().play(persona("clear-hunter"))
    return ben


@pytest.mark.parametrize(("path", "method", "mode"), WAYS)
def test_what_comes_back_is_what_the_document_says(schema, unlogged, path, method, mode):
    strategy = schema[path][method.upper()].as_strategy(generation_mode=schemathesis.GenerationMode(mode))

    @EXAMPLES
    @given(case=strategy)
    def each(case):
        case.call_and_validate(checks=CHECKS)

    each()


def test_whatever_is_posted_to_a_real_question_is_answered_as_the_document_says(schema, unlogged, ben):
    ben.start()
    place = {"token": ben.token, "item": ITEMS[0]}
    operation = schema["/a/{token}/{item}"]["POST"]
    strategy = operation.as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE, path_parameters=place)

    @EXAMPLES
    @given(case=strategy)
    def each(case):
        case.call_and_validate(checks=CHECKS)

    each()


def test_a_real_document_is_as_the_document_says(schema, finished):
    operation = schema["/a/{token}/result.json"]["GET"]
    case = operation.Case(path_parameters={"token": finished.token}, headers={"Accept": "application/json"})
    answer = case.call_and_validate(checks=CHECKS)
    assert answer.status_code == 200


def test_a_real_answer_is_kept(schema, ben):
    ben.start()
    operation = schema["/a/{token}/{item}"]["POST"]
    case = operation.Case(
        path_parameters={"token": ben.token, "item": ITEMS[0]},
        headers={"Accept": "application/json"},
        body={"choice": "4"},
        media_type="application/x-www-form-urlencoded",
    )
    assert case.call_and_validate(checks=CHECKS).json() == {"next": f"{ben.place}/{ITEMS[1]}"}
