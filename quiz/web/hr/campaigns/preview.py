"""What takers see first, shown to those who run the campaign: as it is kept, or as it is being typed."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, abort, g, request, url_for

from quiz.present import colour
from quiz.services import campaigns
from quiz.services.campaigns import LANGUAGES, Campaign, Texts, Wanted
from quiz.services.joining import Arrival
from quiz.services.library import Edition
from quiz.web import accent, headers, page
from quiz.web.embed import forms as start
from quiz.web.embed.arrival import shown
from quiz.web.guise import Guise
from quiz.web.house import edition_of, house
from quiz.web.hr.campaigns import forms
from quiz.web.hr.campaigns.door import door
from quiz.web.hr.campaigns.forms import CampaignForm
from quiz.web.hr.editions import spoken_by
from quiz.web.hr.member import find_campaign, owners_only
from quiz.web.i18n import asked, language

NOBODY = "preview"
"""The public id of a campaign that is not there."""
OURS = "'self'"
POLICY = headers.policy(OURS).replace("form-action 'self'", "form-action 'none'")
POLICY = f"sandbox allow-same-origin; {POLICY}"
"""Our own pages may frame a preview; in it no script runs and nothing can be sent, so that nobody starts by it."""
SAMPLE = Wanted(name="…", asked_by="…", purpose="…", readers="…", contact="…")


@door.get("/campaigns/<public_id>/preview")
def preview(public_id: str) -> Response:
    """The first page of a campaign as it is, in the language that the address asks for."""
    found = find_campaign(public_id)
    return _first_page(found, campaigns.texts_of(house().database, found), asked())


@door.get("/campaigns/preview")
@owners_only
def preview_blank() -> Response:
    """The first page of a campaign that says nothing yet."""
    return _first_page(_campaign(SAMPLE, house().library.main), {}, asked())


@door.post("/campaigns/preview")
@owners_only
def preview_typed() -> Response:
    """The first page as it would be with what the form holds; nothing of it is kept."""
    form = CampaignForm(request.form)
    edition = _edition(form)
    wanted, texts, _ = forms.read(form, edition)
    own = {
        code: Texts(
            **{name: _shown(getattr(said, name), campaigns.LONGEST_PASSAGE) for name in campaigns.PASSAGES},
            **{name: _shown(getattr(said, name), campaigns.LONGEST_TEXT) for name in campaigns.TOLD},
        )
        for code, said in texts.items()
    }
    return _first_page(_campaign(wanted, edition), own, request.form.get("preview_language"))


@door.get("/campaigns/accent/<digits>.css")
def accent_sheet(digits: str) -> Response:
    """The style sheet of a colour that no campaign has yet."""
    chosen = colour.read(digits)
    if chosen is None:
        abort(404)
    return Response(accent.sheet(chosen)[0], content_type="text/css; charset=utf-8")


def _first_page(campaign: Campaign, texts: Mapping[str, Texts], spoken: str | None) -> Response:
    edition = edition_of(campaign)
    g.language = spoken_by(edition, spoken if spoken in LANGUAGES else "")
    sheet = url_for("campaigns.accent_sheet", digits=campaign.accent[1:]) if campaign.accent else ""
    g.guise = Guise(campaign.public_id, OURS, LANGUAGES, sheet)
    arrival, own = Arrival(), texts.get(language(), Texts())
    values = shown(campaign, edition, own, arrival, start.empty(campaign, arrival))
    response = page.fresh("hr/campaigns/preview.html", {}, values)
    response.headers[headers.CSP] = POLICY
    return response


def _edition(form: CampaignForm) -> Edition:
    """The quiz of the form: in the edition that its campaign has, or the newest one of what is chosen."""
    version = request.form.get("pack_version", "")
    return house().library.find(form.pack.data or "", version) or house().library.main


def _campaign(wanted: Wanted, edition: Edition) -> Campaign:
    """A campaign that is not there, with these settings as far as they can be shown."""
    pack = edition.pack
    lines = {name: _shown(getattr(wanted, name), campaigns.LONGEST_TEXT) or "…" for name in campaigns.LINES}
    kept = campaigns.chosen(wanted) | lines
    return Campaign(
        id=0,
        public_id=NOBODY,
        team_id=None,
        pack=pack.id,
        pack_version=pack.full_version,
        state="open",
        secret="",
        created_ms=0,
        hold=False,
        opened=0,
        texts_version=0,
        **kept,
    )


def _shown(text: str, longest: int) -> str:
    """As much of a text as fits, without what no page can show; the form says what is wrong with it."""
    return campaigns.readable(text[:longest])
