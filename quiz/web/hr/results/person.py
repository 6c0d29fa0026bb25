"""One person: the report as they read it, how they answered, what the team noted, what is kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import force_locale
from markupsafe import Markup

from quiz.core.outcome import Kind, withholds
from quiz.core.quality import HURRIED_SECONDS
from quiz.present.numbers import decimal
from quiz.present.times import times
from quiz.services import campaigns, joining, notes
from quiz.services.campaigns import Campaign
from quiz.services.document import Result
from quiz.services.joining import Personal
from quiz.services.library import Edition
from quiz.services.person import Person
from quiz.web import page as web_page
from quiz.web.house import house
from quiz.web.hr.columns import flag_names
from quiz.web.hr.editions import has_many_roles, spoken_by, words_of
from quiz.web.hr.member import note
from quiz.web.hr.page import page
from quiz.web.hr.results.door import (
    door,
    find_person,
    name_of,
    outcome_in_words,
    subject,
)
from quiz.web.hr.results.forms import NoteForm
from quiz.web.i18n import day, language
from quiz.web.shell import Piece
from quiz.web.taker.parts import Parts, parts_of


@door.get("/<int:attempt_id>")
def person(public_id: str, attempt_id: int) -> str:
    """A person's page."""
    campaign, edition, found = find_person(public_id, attempt_id)
    return shown(campaign, edition, found, NoteForm(formdata=None))


def shown(campaign: Campaign, edition: Edition, found: Person, form: NoteForm) -> str:
    """A person's page, with the note that is being written; that it was looked at is noted."""
    note("person-viewed", campaign, subject(found))
    return page(
        "results/person.html",
        **base(campaign, edition, found),
        form=form,
        notes=notes.of(house().database, found),
        drawn=times(found.seconds, edition.pack.item_ids),
        seconds=lambda value: decimal(value, language(), 1),
        hurried=decimal(HURRIED_SECONDS, language(), 0),
        withholds=withholds,
        flag_names=flag_names(),
        told=_told(found),
        **(report(edition, found.result) if found.result else {}),
    )


def _told(found: Person) -> tuple[str, Markup]:
    """What a person was told and agreed to, in the words and the language in which they read it, and that language."""
    row, consent = found.row, found.consent
    spoken = consent.language if consent else row.language
    told = campaigns.told_to(house().database, row.id)
    if told is None:  # deleted meanwhile
        return spoken, Markup("")
    campaign, own = told.read_in(spoken)
    with force_locale(spoken):
        agreed_on = day(consent.given_ms) if consent else ""
    values = {
        "campaign": campaign,
        "own": own,
        "personal": Personal(row.name, row.email, consent),
        "reference": row.reference,
        "agreed": joining.agreed_text(house().database, campaign, consent) if consent else "",
        "agreed_on": agreed_on,
        "heading": "h3",
    }
    return spoken, web_page.render("taker/parts/told.html", spoken, values)


def base(campaign: Campaign, edition: Edition, found: Person) -> dict[str, Any]:
    """What every page about one person shows."""
    said, row = words_of(edition), found.row
    role = said.roles[row.role].name if row.role in said.roles else ""
    return {
        "campaign": campaign,
        "pack": edition.pack,
        "t": said,
        "row": row,
        "found": found,
        "name": name_of(row),
        "in_words": outcome_in_words(row.outcome, role, many=has_many_roles(edition.pack)),
        "many": has_many_roles(edition.pack),
        "on_hold": row.hold or campaign.hold,
    }


def report(edition: Edition, result: Result) -> dict[str, Any]:
    """The taker's report in the member's language: the same parts, put together for somebody else's eyes."""
    said, outcome, contrast = words_of(edition), result["outcome"], result["contrast"]
    parts: Parts = parts_of(edition, spoken_by(edition))
    role, other = outcome["role"], outcome["runner_up"]
    words = said.outcomes[outcome["kind"]]
    names = {"role": said.roles[role].name, "other": said.roles[other].name} if role and other else {}
    return {
        "result": result,
        "kind": outcome["kind"],
        "headline": words.headline.format(**names),
        "meaning": words.meaning.format(**names),
        "career_intro": words.career,
        "steps": said.roles[role].next if role else words.next,
        "contrast_roles": (contrast["first"], contrast["second"]),
        "certainty": _html(parts.certainty(result)),
        "balance": _html(parts.balance(contrast)),
        **_fits(edition, parts, result),
        "traits": _html(parts.profile(result["traits"])),
        "strongest": _html(parts.strongest(result)),
        "strengths": _html(parts.advice(result["strengths"], "strength")),
        "development": _html(parts.advice(result["development"], "advice")),
        "reasons": _html(parts.signs(outcome["reasons"])),
        "reliability": decimal(contrast["reliability"], language()),
    }


def _fits(edition: Edition, parts: Parts, result: Result) -> dict[str, Any]:
    """Every role's fit; of more than two in the order of being likely the best, and which two lead."""
    if not has_many_roles(edition.pack) or result["outcome"]["kind"] == Kind.NONE:
        return {"fits": _html(parts.fits(result["fits"]))}
    return {"fits": _html(parts.standing(result)), "nearest": _html(parts.nearest(result))}


def _html(pieces: Iterable[Piece]) -> Markup:
    """Parts that were rendered from templates, escaping included."""
    return Markup("").join(Markup(piece.decode()) for piece in pieces)
