"""Campaigns made, copied and changed: one form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from flask import Response, abort, flash, make_response, redirect, request, url_for
from flask_babel import format_decimal, gettext
from werkzeug.wrappers import Response as AnyResponse

from quiz.present import colour
from quiz.services import campaigns
from quiz.services.campaigns import Campaign, Problem, Texts, Unusable, Wanted
from quiz.services.library import Edition
from quiz.web import headers
from quiz.web.house import edition_of, house, now_ms
from quiz.web.hr.campaigns import clash, forms
from quiz.web.hr.campaigns.clash import Clash, ground_of
from quiz.web.hr.campaigns.door import door
from quiz.web.hr.campaigns.forms import CampaignForm
from quiz.web.hr.editions import role_names, words_of
from quiz.web.hr.member import find_campaign, member, note, owners_only
from quiz.web.hr.page import page

FRAMING = "frame-src 'self'; " + headers.policy("'none'")
"""The form's page has a frame of our own in it; nothing else is allowed more than elsewhere."""
Keep = Callable[[Wanted, Mapping[str, Texts], Edition], Campaign]


@door.get("/campaigns/new")
@owners_only
def new() -> Response:
    """The form of a campaign that is not there yet."""
    return _page(forms.blank(member().email), house().library.main)


@door.post("/campaigns/new")
@owners_only
def make() -> AnyResponse:
    """Make a campaign of the newest edition of a quiz that runs here."""
    return _posted(_create)


@door.get("/campaigns/<public_id>/duplicate")
@owners_only
def copy(public_id: str) -> Response:
    """The form of a new campaign, filled with everything that another one has."""
    found = find_campaign(public_id)
    name = gettext("Copy of %(name)s", name=found.name)[: campaigns.LONGEST_TEXT]
    form = forms.filled(found, campaigns.texts_of(house().database, found), name)
    return _page(form, chosen(form), copied=found)


@door.post("/campaigns/<public_id>/duplicate")
@owners_only
def duplicate(public_id: str) -> AnyResponse:
    """Make the copy, as it was filled in."""
    return _posted(_create, copied=find_campaign(public_id))


@door.get("/campaigns/<public_id>/edit")
@owners_only
def edit(public_id: str) -> Response:
    """The form of a campaign as it is."""
    found = find_campaign(public_id)
    form = forms.filled(found, campaigns.texts_of(house().database, found))
    return _page(form, edition_of(found), campaign=found)


@door.post("/campaigns/<public_id>/edit")
@owners_only
def change(public_id: str) -> AnyResponse:
    """Give a campaign other settings; its quiz and version stay. Refused if it was changed since the form was made."""
    found = find_campaign(public_id)
    ground = request.form.get("ground", "")

    def keep(wanted: Wanted, texts: Mapping[str, Texts], edition: Edition) -> Campaign:
        _, marked = clash.read_ground(ground)
        spoken = edition.content.languages
        changed = campaigns.change(
            house().database, found, wanted, texts, now_ms(), ground=marked, spoken_by_pack=spoken
        )
        if changes := _changes(found, changed):
            note("campaign-changed", changed, ", ".join(changes))
        flash(gettext("The campaign has been changed."))
        return changed

    return _posted(keep, campaign=found, ground=ground)


def chosen(form: CampaignForm) -> Edition:
    """The newest edition of the quiz that the form names; the main one where it names none that runs here."""
    library = house().library
    return library.newest.get(form.pack.data or "", library.main)


def _create(wanted: Wanted, texts: Mapping[str, Texts], edition: Edition) -> Campaign:
    made = campaigns.create(
        house().database,
        edition.pack,
        wanted,
        now_ms(),
        team_id=member().team_id,
        texts=texts,
        spoken_by_pack=edition.content.languages,
    )
    note("campaign-made", made)
    flash(gettext("The campaign is ready. Share its link, or invite people."))
    return made


def _posted(
    keep: Keep, campaign: Campaign | None = None, copied: Campaign | None = None, ground: str = ""
) -> AnyResponse:
    """Keep what was typed and go on, or show it again with everything that is wrong, or that somebody else changed."""
    form = CampaignForm(request.form)
    edition = edition_of(campaign) if campaign else chosen(form)
    again = partial(_page, edition=edition, campaign=campaign, copied=copied, ground=ground)
    if offered := colour.read(request.form.get("use_accent", "")):
        form.accent.data = offered
        return again(form, unsaved=True)
    wanted, texts, problems = forms.read(form, edition)
    if not campaign and form.pack.data and form.pack.data not in house().library.newest:
        problems.insert(0, Problem("pack", "unknown"))
    if not problems:
        try:
            kept = keep(wanted, texts, edition)
        except campaigns.Stale as stale:
            form, found = clash.settle(ground, wanted, texts, stale)
            return again(form, campaign=stale.campaign, ground="", clash=found, status=409)
        except campaigns.Gone:
            abort(404)
        except Unusable as error:  # what only the campaign itself knows
            problems = forms.in_fields(form, error.problems)
        else:
            return redirect(url_for("campaigns.overview", public_id=kept.public_id), 303)
    better = next((problem.better for problem in problems if problem.kind == "contrast"), "")
    return again(form.tell(problems), better=better, status=422)


def _page(
    form: CampaignForm,
    edition: Edition,
    campaign: Campaign | None = None,
    copied: Campaign | None = None,
    *,
    ground: str = "",
    clash: Clash | None = None,
    better: str = "",
    unsaved: bool = False,
    status: int = 200,
) -> Response:
    """The form, with the preview beside it in a frame. `ground` is what it was made from, if that was some time ago."""
    if campaign and not ground:
        ground = ground_of(campaign, campaigns.texts_of(house().database, campaign), now_ms())
    html = page(
        "campaigns/form.html",
        form=form,
        campaign=campaign,
        copied=copied,
        ground=ground,
        clash=clash,
        better=better,
        unsaved=unsaved,
        started=campaigns.counts(house().database, campaign)[0] if campaign else 0,
        number=format_decimal,
        edition=edition,
        version=edition.pack.full_version if campaign is None else campaign.pack_version,
        offered=house().library.offered,
        words_of=words_of,
        role_names=role_names,
        known=forms.KNOWN,
    )
    response = make_response(html, status)
    response.headers[headers.CSP] = FRAMING
    return response


def _changes(before: Campaign, after: Campaign) -> list[str]:
    """The names of the settings that differ, for the audit log."""
    names = [name for name in Wanted.__slots__ if getattr(before, name) != getattr(after, name)]
    return names + ([f"texts {after.texts_version}"] if before.texts_version != after.texts_version else [])
