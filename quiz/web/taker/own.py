"""What a person may do with their attempt: finish early, change language, take the data along, delete."""

from __future__ import annotations

from flask import abort
from werkzeug.wrappers import Response

from quiz.core import explain
from quiz.present.numbers import decimal, percent
from quiz.services import campaigns, joining, take
from quiz.web import page
from quiz.web.guise import guise
from quiz.web.house import house, now_ms
from quiz.web.i18n import day, offered
from quiz.web.shell import slot
from quiz.web.taker import forms
from quiz.web.taker.door import door, enter, find, find_own, go, recognise
from quiz.web.taker.parts import ahead_of

STEPS = {"", "finish", "delete", "terms", "result", "result/answers"}
"""Where, beside a question, a person may come back to after changing the language."""


@door.get("/a/<token>/finish")
def finish(token: str) -> Response:
    """What finishing early would mean; before the minimum, on with the questions."""
    attempt, edition = find(token)
    # An answer to a question that this version of the pack no longer has counts for nothing.
    answered = take.answered(house().database, attempt) & edition.pack.position.keys()
    if len(answered) < edition.pack.minimum:
        return go(f"/a/{token}")
    ahead = explain.prospect(edition.measure, answered)
    shell = page.shell(
        "taker/finish.html",
        (attempt.hides_result, len(answered)),
        lambda: {"hidden": attempt.hides_result, **ahead_of(edition, len(answered))},
    )
    return page.private(
        shell,
        {
            "token": token,
            "answered": len(answered),
            "remaining": len(edition.pack.items) - len(answered),
            "reliability_now": decimal(ahead.reliability_now, attempt.language),
            "reliability_all": decimal(ahead.reliability_then, attempt.language),
            "accuracy_now": percent(ahead.accuracy_now),
            "accuracy_all": percent(ahead.accuracy_then),
        },
    )


@door.post("/a/<token>/finish")
def finish_now(token: str) -> Response:
    """Finish with what has been answered so far."""
    attempt, edition = find(token)
    forms.posted()
    house().pace.press(attempt.id)
    try:
        take.finish(house().database, edition, attempt, now_ms())
    except take.TooEarly:
        return go(f"/a/{token}")
    return go(f"/a/{token}/result")


@door.post("/a/<token>/language")
def speak(token: str) -> Response:
    """Go on in another language, on the same step."""
    attempt, edition = find_own(token)
    form = forms.language_form()
    if not form.validate() or form.language.data not in offered():
        abort(422)
    house().pace.press(attempt.id)
    take.speak(house().database, attempt, form.language.data)
    back = form.back.data or ""
    known = back in STEPS or (edition is not None and back in edition.pack.position)
    return go(f"/a/{token}/{back}" if known and back else f"/a/{token}")


@door.get("/a/<token>/language")
def spoken(token: str) -> Response:
    """A reload of what was a press: back to where the person was."""
    find_own(token)
    return go(f"/a/{token}")


@door.get("/a/<token>/result.json")
def own_data(token: str) -> Response:
    """Everything that is kept of the attempt, for the person whose it is."""
    attempt, result = take.find_result(house().database, token)
    if result is None:
        enter(attempt)
        abort(404)
    attempt, _ = recognise(attempt)
    return page.data(take.own_data(house().database, attempt, result), "rolefit.json")


@door.get("/a/<token>/terms")
def terms(token: str) -> Response:
    """Who asked for the attempt, who reads it, how long it is kept, and what the person agreed to."""
    attempt, _ = find_own(token)
    told = campaigns.told_to(house().database, attempt.id)
    if told is None:
        abort(404)
    personal = joining.personal(house().database, attempt)
    campaign, own = told.read_in(attempt.language)
    agreed = joining.agreed_text(house().database, campaign, personal.consent) if personal.consent else ""
    values = {"campaign": campaign, "own": own, "personal": personal, "agreed": agreed}
    values["reference"] = attempt.reference
    values["agreed_on"] = day(personal.consent.given_ms) if personal.consent else ""
    return page.fresh("taker/terms.html", {"token": token}, values)


@door.get("/a/<token>/delete")
def delete(token: str) -> Response:
    """Ask once before everything is deleted."""
    _, edition = find_own(token)
    return page.private(page.shell("taker/delete.html", edition is not None, dict), {"token": token})


@door.post("/a/<token>/delete")
def delete_now(token: str) -> Response:
    """Delete everything that is kept of the attempt."""
    _, edition = find_own(token)
    forms.posted()
    take.delete(house().database, token, now_ms())
    run = edition is not None
    shell = page.shell("taker/deleted.html", run, lambda: {"run": run, "switch": page.switch(slot("path"))})
    return page.private(shell, {"path": page.own_path(), "first": f"/c/{guise().campaign}"})
