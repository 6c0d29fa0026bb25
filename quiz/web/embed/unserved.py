"""What a campaign's page says whose quiz is no longer run here: that nobody can start, and whom to ask."""

from __future__ import annotations

from flask import Response, jsonify
from flask_babel import gettext

from quiz.services import campaigns
from quiz.services.campaigns import Campaign, Texts
from quiz.services.library import Edition
from quiz.web import page
from quiz.web.embed.door import door
from quiz.web.house import house
from quiz.web.i18n import language

STATUS = 404
"""Not 410, for the quiz may come back."""


class NotOffered(LookupError):
    """The quiz of a campaign is not run here."""

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign
        super().__init__(campaign.pack)


def edition_of(campaign: Campaign) -> Edition:
    """The quiz that a campaign asks people to take. Raises NotOffered."""
    found = house().library.find(campaign.pack, campaign.pack_version)
    if found is None:
        raise NotOffered(campaign)
    return found


@door.errorhandler(NotOffered)
def say_so(error: NotOffered) -> Response:
    """The page, or JSON where a script asked for it; framed by whoever may frame the campaign."""
    title = gettext("This quiz is no longer offered here")
    message = gettext("So nobody can start it. Whoever asked you can tell you what to do instead.")
    if page.wants_json():
        response: Response = jsonify(error=f"{title}. {message}")
        response.status_code = STATUS
        response.headers.update(page.PRIVATE)
        return response
    own = campaigns.texts_of(house().database, error.campaign).get(language(), Texts())
    values = {"code": STATUS, "title": title, "message": message, "campaign": campaigns.as_told(error.campaign, own)}
    values["switch"] = page.switch(f"/c/{error.campaign.public_id}")
    return page.fresh("taker/not_offered.html", {}, values, STATUS)
