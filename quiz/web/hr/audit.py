"""The audit log, page by page and as a file. For owners: it shows what each member has done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flask import Blueprint, Response
from flask_babel import gettext

from quiz.services import audit, campaigns, exports, team
from quiz.services.audit import Entry
from quiz.web.address import given, number
from quiz.web.house import house
from quiz.web.hr import audit_words, dates, turns
from quiz.web.hr.editions import role_names
from quiz.web.hr.member import member, note, owners_only
from quiz.web.hr.page import page

door = Blueprint("audit", __name__)

SIZE = 50
LONGEST = 320
"""Characters of an e-mail address, and more than any campaign's id has."""


@door.get("/audit")
@owners_only
def log() -> str:
    """Who did what, when: the newest first."""
    asked, before, roles = _asked(), number("before"), _roles()
    entries = audit.page(house().database, member().team_id, before=before, size=SIZE + 1, **asked)
    return page(
        "audit.html",
        entries=entries[:SIZE],
        older=entries[SIZE - 1].id if len(entries) > SIZE else None,
        newest=before is None,
        asked=asked,
        names=_names(),
        gone=audit.deleted(house().database, member().team_id),
        actors=_actors(),
        who=audit_words.who,
        actions=audit_words.actions(),
        subject=lambda entry: audit_words.subject(entry, roles.get(entry.campaign, {})),
        person=audit_words.person,
    )


@door.get("/audit.csv")
@owners_only
def export() -> Response:
    """The same as a file; that it was taken is its newest line."""
    names, actions = _names(), audit_words.actions()
    headings = [gettext("When (UTC)"), gettext("Who"), gettext("What"), gettext("Action"), gettext("Campaign")]
    headings += [gettext("Name of the campaign"), gettext("Subject")]
    entries = audit.all_of(house().database, member().team_id, **_asked())

    def file() -> Iterator[bytes]:
        note("audit-exported")
        return exports.csv(headings, (_row(entry, names, actions) for entry in entries))

    lines = len(audit.page(house().database, member().team_id, before=None, size=turns.SHORT + 1, **_asked()))
    return turns.sent_at_once(file, exports.FORMATS["csv"], "audit.csv", member().team_id, lines)


def _row(entry: Entry, names: Mapping[str, str], actions: Mapping[str, str]) -> list[str]:
    when, what = dates.machine_moment(entry.at_ms), actions.get(entry.action, entry.action)
    return [when, entry.actor, what, entry.action, entry.campaign, names.get(entry.campaign, ""), entry.subject]


def _asked() -> dict[str, str]:
    """Of which campaign and of whom the log is wanted; what is not asked for is left out."""
    wanted = {name: given().get(name, "")[:LONGEST] for name in ("campaign", "actor")}
    return {name: text for name, text in wanted.items() if text}


def _actors() -> list[str]:
    """Who can be asked for: the members, and whoever else is in the log; last those who are nobody."""
    members = {person.email for person in team.members(house().database, member().team_id)}
    found = members | set(audit.actors(house().database, member().team_id))
    return sorted(found - {""}, key=lambda actor: (actor in (audit.COMMAND_LINE, audit.WORKER), actor))


def _names() -> dict[str, str]:
    """The names of the team's campaigns by their public ids; a deleted one has no name any more."""
    return {found.public_id: found.name for found, *_ in campaigns.of_team(house().database, member().team_id)}


def _roles() -> dict[str, dict[str, str]]:
    """What the roles of each of the team's campaigns are called, by its public id."""
    library = house().library
    return {
        found.public_id: role_names(edition)
        for found, *_ in campaigns.of_team(house().database, member().team_id)
        if (edition := library.find(found.pack, found.pack_version))
    }
