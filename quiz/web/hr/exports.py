"""Exports of results: what to choose from, and the files themselves, streamed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from flask import Blueprint, Response
from flask_babel import force_locale, gettext

from quiz.services import exports
from quiz.services.campaigns import Campaign
from quiz.services.exports import Columns, Sheet
from quiz.services.filters import Filter
from quiz.services.library import Edition
from quiz.web.address import given
from quiz.web.house import edition_of, house, now_ms
from quiz.web.hr import columns, dates, filters, turns
from quiz.web.hr.editions import role_names, spoken_by
from quiz.web.hr.member import find_campaign, member, note
from quiz.web.hr.page import page
from quiz.web.i18n import asked, language

door = Blueprint("exports", __name__)


@door.get("/campaigns/<public_id>/export")
def choose(public_id: str) -> str:
    """Which file: its form, the language of its headings, with the answers or without."""
    campaign = find_campaign(public_id)
    edition = edition_of(campaign)
    wanted = filters.asked(edition.pack.role_ids)
    return page(
        "export.html",
        campaign=campaign,
        query=filters.query(wanted),
        conditions=filters.in_words(wanted, role_names(edition)),
        count=exports.count(house().database, campaign, wanted),
        everybody=exports.count(house().database, campaign, Filter()),
        plain=columns.plain(),
    )


@door.get("/campaigns/<public_id>/export.<any(csv, xlsx, jsonl):form>")
def export(public_id: str, form: str) -> Response:
    """The people that the filter lets through, as a file; noted in the audit log, without what is in it.

    One at a time for each team, and few in all: 503 for whoever comes meanwhile.
    """
    campaign = find_campaign(public_id)
    edition = edition_of(campaign)
    wanted = filters.asked(edition.pack.role_ids)
    with_answers = given().get("answers", "") == "1"
    shape = exports.columns_of(edition.pack, with_answers=with_answers)

    def file() -> Iterator[bytes]:
        count = exports.count(house().database, campaign, wanted)
        note("exported", campaign, f"{form} {count}" + (" answers" if with_answers else ""))
        return _file(campaign, edition, wanted, form, shape)

    return turns.sent(file, exports.FORMATS[form], f"{_name(campaign)}.{form}", member().team_id)


def _file(campaign: Campaign, edition: Edition, wanted: Filter, form: str, shape: Columns) -> Iterator[bytes]:
    """The file's bytes. Everything that needs the request is made here; the rest runs when it has ended."""
    people = exports.people(house().database, campaign, wanted, with_answers=bool(shape.items))
    if form == "jsonl":
        return exports.jsonl(people, with_answers=bool(shape.items))
    spoken = spoken_by(edition, asked() or language())
    with force_locale(spoken):
        told = [*columns.plain(), *columns.measured(shape, edition, spoken)]
        words = columns.words(edition, spoken)
        names = gettext("People"), gettext("Columns")
        about = gettext("Column"), gettext("What it holds")
        purpose = gettext("For development and conversation. A person decides.")
    headings = [column.heading for column in told]
    rows = (exports.row(person, shape, words) for person in people)
    if form == "csv":
        return exports.csv(headings, rows)
    meanings = [*((column.heading, column.meaning) for column in told), (purpose,)]
    return exports.xlsx(
        campaign.name, [Sheet(names[0], headings, rows, filtered=True), Sheet(names[1], about, meanings)]
    )


def _name(campaign: Campaign) -> str:
    """The file's name: the campaign's, as far as every system can write it, and the day."""
    plain = unicodedata.normalize("NFKD", campaign.name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain)[:50].strip("-") or campaign.public_id
    return f"{words}-{dates.utc(now_ms()):%Y-%m-%d}"
