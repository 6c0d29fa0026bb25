"""The manual of a pack, for those who review tests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from flask import Blueprint, Response

from quiz.present.manual import Manual
from quiz.services.library import Edition
from quiz.web.edition import edition
from quiz.web.i18n import language
from quiz.web.outcomes import outcome_names
from quiz.web.page import public

door = Blueprint("manual", __name__)


@door.get("/packs/<pack_id>/manual")
def manual() -> Response:
    """Everything that a test reviewer asks, generated from the pack and its stored simulation."""
    found, spoken = edition(), language()
    figures = Manual(found.measure, found.simulated, found.calibrated, spoken)
    names, changes = outcome_names(many=len(found.pack.roles) > 2), tuple(_changes(found, spoken))
    return public("pages/manual.html", manual=figures, outcomes=names, manual_changes=changes)


def _changes(found: Edition, spoken: str) -> Iterator[tuple[str, str, date, str]]:
    """What is new in each version: its part, its number, the day, and the words; empty for those that nobody told."""
    content, pack = found.content, found.pack
    told = [(change.of, change.version, change.on, change.text) for change in content.texts[spoken].changes]
    known = {(part, version) for part, version, _, _ in told}
    if ("parameters", pack.parameters.version) not in known:
        yield "parameters", pack.parameters.version, content.parameters_released, ""
    if ("words", pack.version) not in known:
        yield "words", pack.version, content.released, ""
    yield from told
