"""The pages of campaigns in their states, for the tests of accessibility and layout."""

from __future__ import annotations

import time
from functools import cache
from typing import Any

from embed_host import campaign
from served import House
from states import State
from visitor import Visitor

from quiz.services import campaigns, invitations, joining, take
from quiz.services.campaigns import Campaign, Texts
from quiz.services.joining import Arrival, Given
from quiz.store import invitations as kept

SITE = "https://jobs.tidewell.example"
TEXTS = {
    "en": Texts(
        "Welcome.\n\nTake your time.", "Tidewell is responsible.", "I agree that Tidewell keeps it.", "Thanks."
    ),
    "es": Texts("Hola a todas.\n\nSin prisa.", "Responsable: Tidewell.", "Acepto que Tidewell lo guarde.", "Gracias."),
}
NAMED = {"identification": "named", "shares_outcome": True, "accent": "#b5179e"}
HIDDEN = {"shows_result": False, "accent": "#f4a300", "redirect_url": "https://tidewell.example/thanks"}
ANA = {"name": "Ana Belén Ortiz", "email": "ana@example.org", "reference": "A-7", "language": "es"}
_LATER = {"opens_ms": 4_000_000_000_000}
_OVER = {"closes_ms": 1_000_000_000_000}


@cache
def _campaign(house: House, texts: bool, **wanted: Any) -> Campaign:
    """A campaign, made once for all states that want the same."""
    name = campaign(house, SITE, **wanted)
    found = campaigns.find(house._database, name)
    assert found
    if not texts:
        return found
    return campaigns.change(house._database, found, campaigns.wanted_of(found), TEXTS, 0)


def _first(more: str = "", *, texts: bool = True, **wanted: Any):
    """The first page of a campaign."""
    return lambda house, language: f"/c/{_campaign(house, texts, **wanted).public_id}?lang={language}{more}"


def _invited(house: House, language: str) -> str:
    """A private campaign's page as somebody invited sees it."""
    found = _campaign(house, True, private=True)
    with house._database.writing() as store:
        (id,) = kept.add(store, found.id, [ANA | {"language": language}], 0)
    invitation = kept.find(house._database.reader(), found.id, id)
    assert invitation
    return invitations.path(found, invitation)


def _no_longer_offered(house: House, language: str) -> str:
    """The first page of a campaign whose quiz is no longer run."""
    found = _campaign(house, True, retain_days=30)
    house.take_away("campaigns", found.id)
    return f"/c/{found.public_id}?lang={language}"


def _attempt(step: str, answers: int | None = None, **wanted: Any):
    """A step of an attempt whose person agreed to everything; finished unless only some questions are answered."""

    def path(house: House, language: str) -> str:
        found, now = _campaign(house, True, **wanted), time.time_ns() // 1_000_000
        given = Given("Ana Belén Ortiz", "ana@example.org", to_contact=True, to_sharing=True)
        pack, database = house.edition.pack, house._database
        token = joining.join(database, pack, found, Arrival(), given, language, now - 600_000)
        choices = house.persona("clear-hunter").answers
        for place, item in enumerate(pack.item_ids[:answers]):
            attempt = take.find(database, token)
            take.answer(database, house.edition, attempt, item, choices[item], now - 600_000 + 8000 * place)
        return f"/a/{token}/{step}"

    return path


def _send_half(visitor: Visitor) -> None:
    """Press start with an e-mail that is none, and without agreeing."""
    visitor.watch.expect("status of 422")
    visitor.page.locator("#email").fill("ana@")
    visitor.page.locator("form.start button").click()


CAMPAIGN = "[data-step=campaign]"
CAMPAIGN_STATES = (
    State("campaign", _first(), CAMPAIGN),
    State("campaign that asks for a name", _first(**NAMED), f"{CAMPAIGN} #consent"),
    State("campaign with the usual consent", _first(texts=False, identification="named"), f"{CAMPAIGN} #consent"),
    State("campaign, half filled in", _first(**NAMED), f"{CAMPAIGN} #email-error", act=_send_half),
    State("campaign, invited", _invited, f"{CAMPAIGN} .kicker"),
    State("campaign, not invited", _first(private=True), f"{CAMPAIGN} [role=alert]", 403),
    State("campaign, invitation not good", _first("&invite=x"), f"{CAMPAIGN} [role=alert]", 403),
    State("campaign, not yet open", _first(**_LATER), f"{CAMPAIGN} [role=alert]", 403),
    State("campaign, over", _first(**_OVER), f"{CAMPAIGN} [role=alert]", 403),
    State("campaign, quiz not offered", _no_longer_offered, "[data-step=error] .terms", 404),
    State("campaign's question", _attempt("sports-club", 3, **NAMED), "[data-step=question]"),
    State("campaign's finish", _attempt("finish", 14, **HIDDEN), "[data-step=finish]"),
    State("campaign's terms", _attempt("terms", **NAMED), "[data-step=terms] #agreed"),
    State("campaign's delete", _attempt("delete", **NAMED), "[data-step=delete]"),
    State("campaign's result", _attempt("result", **NAMED), "[data-step=result] #asked"),
    State("campaign's thanks", _attempt("result", **HIDDEN), "[data-step=thanks]"),
)
