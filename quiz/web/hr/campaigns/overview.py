"""A campaign's own page, and what is done with the whole of it: paused, opened, closed, held, deleted."""

from __future__ import annotations

from dataclasses import replace

from flask import abort, flash, redirect, request, url_for
from flask_babel import format_decimal, gettext
from werkzeug.wrappers import Response

from quiz.present import colour
from quiz.present.colour import Accents
from quiz.services import campaigns
from quiz.services.campaigns import Campaign, Held, Texts
from quiz.services.jobs import bell
from quiz.web.house import house, now_ms
from quiz.web.hr.campaigns.door import door
from quiz.web.hr.campaigns.forms import KNOWN
from quiz.web.hr.campaigns.words import now_stands, state_words
from quiz.web.hr.editions import words_of
from quiz.web.hr.member import find_campaign, note, owners_only
from quiz.web.hr.page import page


@door.app_template_global()
def accents(text: str) -> Accents | None:
    """What a chosen colour becomes in both themes, if it is a colour."""
    chosen = colour.read(text)
    return colour.accents(chosen) if chosen else None


@door.app_template_global()
def state_of(campaign: Campaign) -> tuple[str, str]:
    """A campaign's state in a word or two, and the kind of its badge."""
    return state_words(campaign)


@door.get("/campaigns/<public_id>")
def overview(public_id: str) -> str:
    """Where a campaign stands, and what takers see of it."""
    found = find_campaign(public_id)
    started, finished = campaigns.counts(house().database, found)
    edition = house().library.find(found.pack, found.pack_version)
    texts = campaigns.texts_of(house().database, found)
    return page(
        "campaigns/overview.html",
        campaign=found,
        standing=campaigns.standing(found, now_ms()),
        started=started,
        finished=finished,
        texts=texts,
        told={code: campaigns.as_told(found, texts.get(code, Texts())) for code in found.languages.split()},
        known=KNOWN,
        pack_name=words_of(edition).pack.name if edition else found.pack,
        now_version=edition.pack.full_version if edition else "",
        number=format_decimal,
    )


@door.post("/campaigns/<public_id>/state")
@owners_only
def state(public_id: str) -> Response:
    """Open, pause or close a campaign."""
    found = find_campaign(public_id)
    wanted = request.form.get("state", "")
    if wanted not in campaigns.STATES:
        abort(400)
    if wanted != found.state:
        campaigns.set_state(house().database, found.public_id, wanted)
        note("campaign-state", found, wanted)
    flash(now_stands(replace(found, state=wanted)))
    return _back(found)


@door.post("/campaigns/<public_id>/hold")
@owners_only
def hold(public_id: str) -> Response:
    """Put a campaign under a legal hold, or lift it."""
    found = find_campaign(public_id)
    wanted = request.form.get("hold") == "on"
    if wanted != found.hold:
        if not campaigns.set_hold(house().database, found, wanted):
            abort(404)
        note("campaign-hold", found, "on" if wanted else "off")
    flash(gettext("The campaign is under a legal hold.") if wanted else gettext("The legal hold is lifted."))
    return _back(found)


@door.get("/campaigns/<public_id>/delete")
@owners_only
def deleting(public_id: str) -> str:
    """Ask once, and say what goes."""
    return _ask(find_campaign(public_id))


@door.post("/campaigns/<public_id>/delete")
@owners_only
def delete(public_id: str) -> Response | tuple[str, int]:
    """Delete a campaign and everything of it: gone at once for everybody, its rows by and by."""
    found = find_campaign(public_id)
    try:
        campaigns.delete(house().database, found, now_ms())
    except Held:
        return _ask(find_campaign(public_id)), 409
    note("campaign-deleted", found, found.name)
    bell.ring(house().database, house().settings.redis_url)
    flash(gettext("The campaign and everything of it has been deleted."))
    return redirect(url_for("front.front"), 303)


def _ask(found: Campaign) -> str:
    going = campaigns.going(house().database, found)
    return page("campaigns/delete.html", campaign=found, going=going, number=format_decimal)


def _back(found: Campaign) -> Response:
    return redirect(url_for("campaigns.overview", public_id=found.public_id), 303)
