"""The cohort report: a campaign's people as a whole."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint
from flask_babel import gettext

from quiz.present.chart import strip
from quiz.present.cohort import falling
from quiz.services import cohort
from quiz.services.cohort import SAMPLE, SMALLEST, Verdict
from quiz.services.filters import Filter
from quiz.web.address import given
from quiz.web.house import edition_of, house
from quiz.web.hr import filters
from quiz.web.hr.columns import flag_names
from quiz.web.hr.editions import role_names, words_of
from quiz.web.hr.member import find_campaign, note
from quiz.web.hr.page import page
from quiz.web.outcomes import outcome_names

door = Blueprint("cohort", __name__)


@door.get("/campaigns/<public_id>/cohort")
def report(public_id: str) -> str:
    """Funnel, outcomes, profile, reliability, response quality; nothing about fewer than five people."""
    campaign = find_campaign(public_id)
    edition = edition_of(campaign)
    asked = filters.asked(edition.pack.role_ids)
    wanted = Filter(language=asked.language, since=asked.since, until=asked.until)
    found = cohort.report(house().database, edition, campaign, wanted)
    note("cohort-viewed", campaign)
    said = words_of(edition)
    return page(
        "cohort/report.html",
        campaign=campaign,
        report=found,
        wanted=wanted,
        conditions=filters.in_words(wanted, {}),
        not_understood=[name for name in ("since", "until") if given().get(name) and name not in filters.query(wanted)],
        drawn=falling([1.0, *(step.share for step in found.steps)]),
        strip=strip,
        t=said,
        pack=edition.pack,
        verdict_name=lambda verdict: verdict_name(verdict, role_names(edition)),
        flags=flag_names(),
        smallest=SMALLEST,
        sample=SAMPLE,
    )


def verdict_name(verdict: Verdict, roles: Mapping[str, str]) -> str:
    """What an outcome is called, with the name of its role among `roles`."""
    kind, role = verdict
    if kind is None:
        return gettext("from before outcomes were counted")
    name = outcome_names(many=len(roles) > 2)[kind]
    if role is None:
        return name
    called = roles.get(role, role)
    words = gettext("%(role)s: %(outcome)s", role=called, outcome=name[0].lower() + name[1:])
    return words[0].upper() + words[1:]
