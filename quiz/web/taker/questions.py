"""The questions: one a page at its own address, each answer kept before the next page is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from quiz.services import take
from quiz.services.library import Edition
from quiz.services.take import Attempt
from quiz.settings import Settings
from quiz.web import page
from quiz.web.guise import PLAIN_KIND, Kind, of_attempt
from quiz.web.house import House, house, now_ms
from quiz.web.taker import forms
from quiz.web.taker.door import door, enter, find, go


@door.get("/a/<token>")
def resume(token: str) -> Response:
    """Where the person left off: the next unanswered question, or the result."""
    attempt, edition = find(token)
    following = take.next_item(edition.pack, take.answered(house().database, attempt))
    return go(f"/a/{token}/{following or 'result'}")


@door.get("/a/<token>/<item_id>")
def question(token: str, item_id: str) -> Response:
    """One question."""
    return _question(_step(token, item_id))


@door.post("/a/<token>/<item_id>")
def answer(token: str, item_id: str) -> Response:
    """Keep an answer and go on; without a valid choice the question is asked again."""
    step = _step(token, item_id)
    form = forms.answer_form()
    if not form.validate():
        return _question(step, error=True)
    return go(keep(house(), step, int(form.choice.data)))


@dataclass(frozen=True, slots=True)
class Step:
    """One question of one attempt: the choice so far and how many questions are answered."""

    token: str
    attempt: Attempt
    edition: Edition
    item_id: str
    choice: int | None
    answered: int


def _step(token: str, item_id: str) -> Step:
    """The step at an address; 404 or 410 if there is none."""
    attempt, choice, answered = take.find_step(house().database, token, item_id)
    attempt, edition = enter(attempt)
    if item_id not in edition.pack.position:
        abort(404)
    return Step(token, attempt, edition, item_id, choice, answered)


def keep(house: House, step: Step, choice: int) -> str:
    """Keep an answer durably; the address of what comes next. Raises TooFast."""
    house.pace.press(step.attempt.id)
    following = take.answer(house.database, step.edition, step.attempt, step.item_id, choice, now_ms())
    return f"/a/{step.token}/{following or 'result'}"


def shell_key(
    step: Step, *, error: bool = False
) -> tuple[str, Edition, str, Kind, tuple[str, int | None, bool, bool, bool, bool]]:
    """Where the page of a step lies ready: all that its shell depends on."""
    finished = step.attempt.finished_ms is not None
    can_finish = not finished and step.answered >= step.edition.pack.minimum
    key = (step.item_id, step.choice, can_finish, finished, step.attempt.hides_result, error)
    kind = of_attempt(step.attempt).kind if step.attempt.campaign else PLAIN_KIND
    return "taker/question.html", step.edition, step.attempt.language, kind, key


def slots(step: Step, settings: Settings, environ: Mapping[str, Any]) -> dict[str, object]:
    """What no other person's page of the step has."""
    url = page.address(f"/a/{step.token}", settings, environ)
    return {"token": step.token, "answered": step.answered, "url": url}


def _question(step: Step, *, error: bool = False) -> Response:
    """The page of a question; with an error, of one that was answered without a choice."""
    template, _, language, _, key = shell_key(step, error=error)
    _, choice, can_finish, finished, hidden, _ = key
    shell = page.shell(
        template,
        key,
        lambda: {
            **_words(step.edition, language, step.item_id),
            "choice": choice,
            "can_finish": can_finish,
            "finished": finished,
            "hidden": hidden,
            "error": gettext("Choose one of the five answers to go on.") if error else None,
        },
    )
    return page.private(shell, slots(step, house().settings, request.environ), 422 if error else 200)


def _words(edition: Edition, language: str, item_id: str) -> dict[str, object]:
    """What the template of a question needs and no person changes."""
    pack, texts = edition.pack, edition.content.texts[language]
    place = pack.position[item_id]
    item = pack.items[place]
    return {
        "t": texts,
        "pack": pack,
        "item": item,
        "words": texts.items[item_id],
        "labels": texts.options.statement if item.kind == "statement" else texts.options.trade_off,
        "number": place + 1,
        "total": len(pack.items),
        "previous": pack.item_ids[place - 1] if place else None,
    }
