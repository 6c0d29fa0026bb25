"""The table of results: filtered, searched and sorted by its address alone; by fit only once that was agreed to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from flask import redirect, session, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from quiz.present import chart
from quiz.services import results_table
from quiz.services.campaigns import Campaign
from quiz.services.filters import Filter
from quiz.services.library import Edition
from quiz.services.results_table import Fit, Sort
from quiz.web.address import given
from quiz.web.house import edition_of, house
from quiz.web.hr import filters
from quiz.web.hr.columns import flag_names
from quiz.web.hr.editions import has_many_roles, role_names, words_of
from quiz.web.hr.member import find_campaign, member, note
from quiz.web.hr.page import page
from quiz.web.hr.results import choice
from quiz.web.hr.results.door import door, name_of, outcome_in_words
from quiz.web.i18n import LANGUAGES
from quiz.web.outcomes import outcome_names

DEFAULT = "started-down"
SORTS = {
    DEFAULT: Sort(),
    "started-up": Sort(descending=False),
    "finished-down": Sort("finished"),
    "finished-up": Sort("finished", descending=False),
    "name-up": Sort("name", descending=False),
    "name-down": Sort("name"),
}
FIT = "fit-"
AGREED = "by_fit"
"""Where the session keeps which member agreed to sort which campaign by fit."""
_AGREED_MOST = 50


@door.get("")
def table(public_id: str) -> str:
    """A page of the campaign's people. Who asks for an order by fit is asked once what it is for."""
    campaign = find_campaign(public_id)
    edition = edition_of(campaign)
    wanted, order = filters.asked(edition.pack.role_ids), _order(edition)
    sort = _sort(order)
    if sort.by == "fit" and _agreement(campaign) not in session.get(AGREED, []):
        return page("results/by_fit.html", **_base(campaign, edition, wanted, order))
    return _table(campaign, edition, wanted, order, sort)


@door.post("/by-fit")
def agree(public_id: str) -> Response:
    """Sort by fit from now on in this session, as the member has read what that is for."""
    campaign = find_campaign(public_id)
    edition = edition_of(campaign)
    agreed = [known for known in session.get(AGREED, []) if known != _agreement(campaign)]
    session[AGREED] = [*agreed, _agreement(campaign)][-_AGREED_MOST:]
    query: dict[str, Any] = filters.query(filters.asked(edition.pack.role_ids)) | choice.asked(campaign).query
    return redirect(url_for("results.table", public_id=public_id, **query, sort=_order(edition)), 303)


def _table(campaign: Campaign, edition: Edition, wanted: Filter, order: str, sort: Sort) -> str:
    after, before = (given().get(name, "") for name in ("after", "before"))
    found = results_table.page(house().database, campaign, wanted, sort, after=after, before=before)
    if sort.by == "fit":
        note("results-sorted-by-fit", campaign, sort.role)
    else:
        note("results-viewed", campaign)
    base = _base(campaign, edition, wanted, order)
    picked, here = base["choice"], {entry.row.id for entry in found.entries}
    query: dict[str, Any] = base["query"] | ({} if order == DEFAULT else {"sort": order})

    def address(**more: str) -> str:
        return url_for("results.table", public_id=campaign.public_id, **{**query, **picked.query, **more})

    return page(
        "results/table.html",
        **base,
        found=found,
        sort=sort,
        address=address,
        place={name: text for name, text in (("after", after), ("before", before)) if text},
        elsewhere=[row.id for row in picked.rows if row.id not in here],
        without_choice=url_for("results.table", public_id=campaign.public_id, **query),
        strip=chart.strip,
        previous=address(before=found.previous) if found.previous else "",
        following=address(after=found.next) if found.next else "",
        flag_names=flag_names(),
    )


def _agreement(campaign: Campaign) -> str:
    # With the member's number: who signs in next in the same browser is asked anew.
    return f"{member().id} {campaign.public_id}"


def _base(campaign: Campaign, edition: Edition, wanted: Filter, order: str) -> dict[str, Any]:
    said = words_of(edition)
    roles, many = role_names(edition), has_many_roles(edition.pack)
    query: dict[str, Any] = filters.query(wanted)
    return {
        "campaign": campaign,
        "pack": edition.pack,
        "t": said,
        "wanted": wanted,
        "query": query,
        "order": order,
        "default_order": DEFAULT,
        "orders": _orders(said, edition),
        "choice": choice.asked(campaign),
        "conditions": filters.in_words(wanted, roles),
        "not_understood": [name for name in ("since", "until") if given().get(name) and name not in query],
        "choices": {
            "status": filters.status_names(),
            "outcome": {str(kind): name for kind, name in outcome_names(many=many).items()},
            "role": roles,
            "quality": filters.quality_names(),
            "language": LANGUAGES,
        },
        "name_of": name_of,
        "in_words": lambda row: outcome_in_words(row.outcome, roles.get(row.role or "", ""), many=many),
        "in_order": partial(_in_order, edition),
    }


def _in_order(edition: Edition, fits: Sequence[Fit]) -> list[Fit]:
    """A person's fits in the pack's order, as far as it still has their roles."""
    by_role = {fit[0]: fit for fit in fits}
    return [by_role[role] for role in edition.pack.role_ids if role in by_role]


def _orders(said: Any, edition: Edition) -> dict[str, str]:  # noqa: ANN401 - as `texts` gives it
    """The orders to choose from; those by fit are asked about first."""
    return {
        DEFAULT: gettext("Latest start"),
        "started-up": gettext("Earliest start"),
        "finished-down": gettext("Latest finish"),
        "finished-up": gettext("Earliest finish"),
        "name-up": gettext("Name, from A to Z"),
        "name-down": gettext("Name, from Z to A"),
        **{
            FIT + role: gettext("Fit with %(role)s (asks first)", role=said.roles[role].name)
            for role in edition.pack.role_ids
        },
    }


def _order(edition: Edition) -> str:
    """The order that the address asks for, or the usual one."""
    asked = given().get("sort", DEFAULT)
    known = {*SORTS, *(FIT + role for role in edition.pack.role_ids)}
    return asked if asked in known else DEFAULT


def _sort(order: str) -> Sort:
    return SORTS.get(order) or Sort("fit", role=order.removeprefix(FIT))
