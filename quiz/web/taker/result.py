"""The result: outcome and certainty first, then why, then the path, then the detail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request
from werkzeug.wrappers import Response

from quiz.core.outcome import Kind as OutcomeKind
from quiz.present.numbers import adding_up, decimal, signed
from quiz.services import campaigns, joining, results, take
from quiz.services.campaigns import Campaign, Told
from quiz.services.document import Result
from quiz.services.joining import Personal
from quiz.services.library import Edition
from quiz.services.take import Attempt
from quiz.settings import Settings
from quiz.web import page
from quiz.web.guise import PLAIN_KIND, Kind
from quiz.web.house import house
from quiz.web.shell import Piece
from quiz.web.taker.door import door, enter, go
from quiz.web.taker.parts import in_order, parts_of


@dataclass(frozen=True, slots=True)
class Shown:
    """A finished attempt, as its pages need it."""

    attempt: Attempt
    edition: Edition
    result: Result
    token: str

    @property
    def remaining(self) -> int:
        """How many questions have no answer."""
        return len(self.edition.pack.items) - self.result["answered"]


@door.get("/a/<token>/result")
def result(token: str) -> Response:
    """The recommendation, with its reasons and the career path."""
    shown = _find(token)
    if shown is None:
        return go(f"/a/{token}")
    template, *_, key = shell_key(shown)
    told = campaigns.told_to(house().database, shown.attempt.id) if shown.attempt.campaign_id else None
    if told is None:
        own = {}
    elif told.campaign.shows_result:
        own = _campaigns_own(shown, told)
    else:
        return _thanks(shown, told)
    shell = page.shell(template, key, lambda: _words(shown))
    return page.private(shell, own | slots(shown, house().settings, request.environ))


@door.get("/a/<token>/result/answers")
def all_answers(token: str) -> Response:
    """What every answer added, adding up."""
    shown = _find(token)
    if shown is None:
        return go(f"/a/{token}")
    if shown.attempt.hides_result:
        return go(f"/a/{token}/result")
    language, contrast = shown.attempt.language, shown.result["contrast"]
    parts = parts_of(shown.edition, language)
    rounded = adding_up(shown.result["contributions"] | {results.EARLIER: shown.result.get(results.EARLIER, 0.0)})
    towards_first = sum(value for value in rounded.values() if value > 0)
    difference = sum(rounded.values())
    # A pair of roles leads, of as many pairs as the pack has.
    roles = (contrast["first"], contrast["second"])
    shell = page.shell("taker/answers.html", roles, lambda: {"roles": _names(shown)})
    slots = {
        "token": token,
        "rows": parts.contributions(shown.result["choices"], rounded),
        "towards_first": decimal(towards_first, language),
        "towards_second": decimal(towards_first - difference, language),
        "sum": signed(difference, language),
        "sd": decimal(contrast["sd"], language),
        "certainty": parts.certainty(shown.result),
        "nearest": parts.nearest(shown.result) if len(shown.result["fits"]) > 2 else [],
    }
    return page.private(shell, slots)


def _thanks(shown: Shown, told: Told) -> Response:
    """Thank a person to whom the campaign shows no result; the data remain theirs to take along or delete."""
    slots = {"token": shown.token, "answered": shown.result["answered"]}
    return page.fresh("taker/thanks.html", slots, _asking(shown.attempt, told))


def _campaigns_own(shown: Shown, told: Told) -> dict[str, object]:
    """The slots of a result that its campaign fills: its own words, and whether the page around it learns the outcome.

    It does only where the person agreed and the campaign still asks for it.
    """
    personal = joining.personal(house().database, shown.attempt)
    shares = _shares(told.campaign, personal)
    values = _asking(shown.attempt, told) | {"place": f"/a/{shown.token}", "shares": shares}
    asked = page.render("taker/parts/asked.html", shown.attempt.language, values)
    return {"asked": [Piece(asked)], "share": "yes" if shares else "no"}


def _shares(campaign: Campaign, personal: Personal) -> bool:
    return bool(campaign.shares_outcome and personal.consent and personal.consent.to_sharing)


def _asking(attempt: Attempt, told: Told) -> dict[str, Any]:
    """Who asked, and what they say in their own words."""
    campaign, own = told.read_in(attempt.language)
    return {"campaign": campaign, "own": own}


def _find(token: str) -> Shown | None:
    """The finished attempt of a token, None if it is not finished; 404 or 410 if there is none."""
    attempt, stored = take.find_result(house().database, token)
    attempt, edition = enter(attempt)
    return show(attempt, edition, stored, token) if stored else None


def show(attempt: Attempt, edition: Edition, stored: Result, token: str) -> Shown:
    """A stored result, in the words of today's pack."""
    return Shown(attempt, edition, results.in_words_of(edition.pack, stored), token)


def shell_key(shown: Shown) -> tuple[str, Edition, str, Kind, tuple[str, str | None, str | None, bool]]:
    """Where the page of a result that is in no campaign lies ready: all that its shell depends on."""
    outcome = shown.result["outcome"]
    other = outcome["runner_up"] if outcome["role"] else None
    key = (outcome["kind"], outcome["role"], other, shown.remaining > 0)
    return "taker/result.html", shown.edition, shown.attempt.language, PLAIN_KIND, key


def _names(shown: Shown) -> tuple[str, str]:
    """The two roles of the contrast, first and second."""
    roles = shown.edition.content.texts[shown.attempt.language].roles
    contrast = shown.result["contrast"]
    return roles[contrast["first"]].name, roles[contrast["second"]].name


def _words(shown: Shown) -> dict[str, Any]:
    """What the template of a result needs that everybody with the same outcome shares."""
    said = shown.edition.content.texts[shown.attempt.language]
    outcome = shown.result["outcome"]
    role, other = outcome["role"], outcome["runner_up"]
    texts = said.outcomes[OutcomeKind(outcome["kind"])]
    names = {"role": said.roles[role].name, "other": said.roles[other].name} if role and other else {}
    return {
        "kind": outcome["kind"],
        "role": role,
        "headline": texts.headline.format(**names),
        "meaning": texts.meaning.format(**names),
        "career_intro": texts.career,
        "steps": said.roles[role].next if role else texts.next,
        "several": len(shown.edition.pack.roles) > 2,
        "remaining": shown.remaining > 0,
    }


def slots(shown: Shown, settings: Settings, environ: Mapping[str, Any]) -> dict[str, object]:
    """What only this person has: figures, and the parts picked by their answers."""
    found, parts = shown.result, parts_of(shown.edition, shown.attempt.language)
    outcome, contrast = found["outcome"], found["contrast"]
    several, belongs = len(found["fits"]) > 2, shown.attempt.campaign
    first, second = _names(shown)
    return {
        "token": shown.token,
        "answered": found["answered"],
        "url": page.address(f"/a/{shown.token}", settings, environ),
        "remaining": shown.remaining,
        "certainty": parts.certainty(found),
        "balance": parts.balance(contrast),
        "first": first[0].upper() + first[1:],
        "second": second[0].upper() + second[1:],
        "first_name": first,
        "second_name": second,
        "first_hue": parts.hue(contrast["first"]),
        "second_hue": parts.hue(contrast["second"]),
        "nearest": parts.nearest(found) if several else [],
        "fits": parts.standing(found) if several else parts.fits(found["fits"]),
        "ahead": parts.ahead(found["answered"]) if shown.remaining else [],
        "paths": parts.paths(in_order(found), framed=bool(belongs and belongs.sites)),
        "traits": parts.profile(found["traits"]),
        "strongest": parts.strongest(found),
        "strengths": parts.advice(found["strengths"], "strength"),
        "development": parts.advice(found["development"], "advice"),
        "turning": parts.turning(found["turning"]),
        "reasons": parts.signs(outcome["reasons"]),
        "signs": parts.signs(found["flags"]),
        "reliability": decimal(contrast["reliability"], shown.attempt.language),
    }
