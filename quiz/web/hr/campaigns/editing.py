"""Campaigns made, copied and changed: one form."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Response, abort, flash, make_response, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from quiz.present import colour
from quiz.services import campaigns
from quiz.services.campaigns import Campaign, Texts, Unusable, Wanted
from quiz.web import headers
from quiz.web.house import house, now_ms
from quiz.web.hr.campaigns import forms
from quiz.web.hr.campaigns.door import door
from quiz.web.hr.campaigns.forms import CampaignForm
from quiz.web.hr.member import find_campaign, member, note, owners_only
from quiz.web.hr.page import page

FRAMING = "frame-src 'self'; " + headers.policy("'none'")
"""The form's page has a frame of our own in it; nothing else is allowed more than elsewhere."""
Keep = Callable[[Wanted, Mapping[str, Texts]], Campaign]


@door.get("/campaigns/new")
@owners_only
def new() -> Response:
    """The form of a campaign that is not there yet."""
    return _page(forms.blank(member().email))


@door.post("/campaigns/new")
@owners_only
def make() -> AnyResponse:
    """Make a campaign of the quiz that runs here now."""
    return _posted(_create)


@door.get("/campaigns/<public_id>/duplicate")
@owners_only
def copy(public_id: str) -> Response:
    """The form of a new campaign, filled with everything that another one has."""
    found = find_campaign(public_id)
    name = gettext("Copy of %(name)s", name=found.name)[: campaigns.LONGEST_TEXT]
    return _page(forms.filled(found, campaigns.texts_of(house().database, found), name), copied=found)


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
    return _page(forms.filled(found, campaigns.texts_of(house().database, found)), campaign=found)


@door.post("/campaigns/<public_id>/edit")
@owners_only
def change(public_id: str) -> AnyResponse:
    """Give a campaign other settings; its quiz and version stay."""
    found = find_campaign(public_id)

    def keep(wanted: Wanted, texts: Mapping[str, Texts]) -> Campaign:
        changed = campaigns.change(house().database, found, wanted, texts, now_ms())
        if changes := _changes(found, changed):
            note("campaign-changed", changed, ", ".join(changes))
        flash(gettext("The campaign has been changed."))
        return changed

    return _posted(keep, campaign=found)


def _create(wanted: Wanted, texts: Mapping[str, Texts]) -> Campaign:
    pack = house().library.main.pack
    made = campaigns.create(house().database, pack, wanted, now_ms(), team_id=member().team_id, texts=texts)
    note("campaign-made", made)
    flash(gettext("The campaign is ready. Share its link, or invite people."))
    return made


def _posted(keep: Keep, campaign: Campaign | None = None, copied: Campaign | None = None) -> AnyResponse:
    """Keep what was typed and go on, or show it again with everything that is wrong."""
    form = CampaignForm(request.form)
    if offered := colour.read(request.form.get("use_accent", "")):
        form.accent.data = offered
        return _page(form, campaign, copied, unsaved=True)
    wanted, texts, problems = forms.read(form)
    if not problems:
        try:
            kept = keep(wanted, texts)
        except Unusable as error:  # what only the campaign itself knows
            problems = list(error.problems)
        else:
            return redirect(url_for("campaigns.overview", public_id=kept.public_id), 303)
    better = next((problem.better for problem in problems if problem.kind == "contrast"), "")
    return _page(form.tell(problems), campaign, copied, better=better, status=422)


def _page(
    form: CampaignForm,
    campaign: Campaign | None = None,
    copied: Campaign | None = None,
    *,
    better: str = "",
    unsaved: bool = False,
    status: int = 200,
) -> Response:
    """The form, with the preview beside it in a frame."""
    edition = house().library.main if campaign is None else house().library.find(campaign.pack, campaign.pack_version)
    if edition is None:
        abort(404)
    html = page(
        "campaigns/form.html",
        form=form,
        campaign=campaign,
        copied=copied,
        better=better,
        unsaved=unsaved,
        fixed=campaign is not None and campaigns.counts(house().database, campaign)[0] > 0,
        version=edition.pack.full_version if campaign is None else campaign.pack_version,
        texts=edition.content.texts,
        known=forms.KNOWN,
    )
    response = make_response(html, status)
    response.headers[headers.CSP] = FRAMING
    return response


def _changes(before: Campaign, after: Campaign) -> list[str]:
    """The names of the settings that differ, for the audit log."""
    names = [name for name in Wanted.__slots__ if getattr(before, name) != getattr(after, name)]
    return names + ([f"texts {after.texts_version}"] if before.texts_version != after.texts_version else [])
