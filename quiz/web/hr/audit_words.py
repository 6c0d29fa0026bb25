"""The audit log in words: what each action is called, and what its subject says."""

from __future__ import annotations

import re
from collections.abc import Mapping

from flask_babel import format_decimal, gettext, ngettext

from quiz.services.audit import COMMAND_LINE, WORKER, Entry
from quiz.web.hr.campaigns.forms import TOLD_NAMES, CampaignForm

_EXPORT = re.compile(r"(csv|xlsx|jsonl) (\d{1,12})( answers)?")
_NUMBERED = re.compile(r"(invitation|attempts?)((?: \d{1,19})+)( on| off)?")
_REMOVED = re.compile(r"people (\d{1,12}), invitations (\d{1,12})")
_COUNT = re.compile(r"\d{1,12}")
_SETTING = re.compile(r"([a-z_]+?)(?:_ms)?")
_TEXTS = re.compile(r"texts (\d{1,12})")
_MEMBER = re.compile(r"(?:(\S+) )?(owner|viewer|off)")
_OF_MEMBERS = ("member-invited", "member-invitation-revoked", "member-role", "second-step-changed")
_OF_INVITATIONS = ("invited", "invitations-mailed", "invitations-exported")
_FORMS = {"csv": "CSV", "xlsx": "XLSX", "jsonl": "JSON Lines"}


def actions() -> dict[str, str]:
    """What each action is called, as something that was done."""
    return {
        "team-made": gettext("Set up the team"),
        "member-invited": gettext("Invited somebody to the team"),
        "member-joined": gettext("Joined the team"),
        "member-removed": gettext("Removed somebody from the team"),
        "member-role": gettext("Changed what somebody may do"),
        "team-renamed": gettext("Renamed the team"),
        "member-invitation-revoked": gettext("Revoked an invitation to the team"),
        "password-link-made": gettext("Made a link for a new password"),
        "signed-out-everywhere": gettext("Signed out everywhere"),
        "signed-in": gettext("Signed in"),
        "sign-in-failed": gettext("Failed to sign in"),
        "password-changed": gettext("Changed the password"),
        "second-step-changed": gettext("Changed the second step of signing in"),
        "passkey-added": gettext("Added a passkey"),
        "passkey-removed": gettext("Removed a passkey"),
        "campaign-made": gettext("Made the campaign"),
        "campaign-changed": gettext("Changed the campaign"),
        "campaign-state": gettext("Opened, paused or closed the campaign"),
        "campaign-hold": gettext("Changed the campaign’s legal hold"),
        "campaign-deleted": gettext("Deleted the campaign"),
        "invited": gettext("Invited people"),
        "invitation-renewed": gettext("Made an invitation’s link anew"),
        "invitation-revoked": gettext("Revoked an invitation"),
        "invitations-mailed": gettext("Mailed invitations"),
        "invitation-removed": gettext("Deleted an invitation"),
        "invitations-exported": gettext("Exported the invitations with their links"),
        "reference-signed": gettext("Signed a reference"),
        "reference-key-shown": gettext("Looked at the key that signs references"),
        "results-viewed": gettext("Looked at the results"),
        "results-sorted-by-fit": gettext("Sorted the results by fit"),
        "person-viewed": gettext("Looked at a person’s result"),
        "people-compared": gettext("Put people side by side"),
        "person-deleted": gettext("Deleted a person’s answers"),
        "person-hold": gettext("Changed a person’s legal hold"),
        "note-written": gettext("Wrote a note"),
        "note-deleted": gettext("Deleted a note"),
        "cohort-viewed": gettext("Looked at the cohort report"),
        "impact-reported": gettext("Made an adverse-impact report"),
        "exported": gettext("Exported results"),
        "audit-exported": gettext("Exported the audit log"),
        "time-was-up": gettext("Removed what had been kept long enough"),
    }


def subject(entry: Entry, roles: Mapping[str, str]) -> str:
    """What else an action was done to, as far as there are words for it; any other subject stands as it was noted.

    `roles` are the names of the roles of the entry's campaign.
    """
    if entry.action == "exported" and (export := _EXPORT.fullmatch(entry.subject)):
        return _exported(export)
    if numbered := _NUMBERED.fullmatch(entry.subject):
        return _numbered(numbered)
    if entry.action in _OF_INVITATIONS and _COUNT.fullmatch(entry.subject):
        return _invitations(int(entry.subject))
    if entry.action == "time-was-up" and (removed := _REMOVED.fullmatch(entry.subject)):
        return _removed(int(removed[1]), int(removed[2]))
    if entry.action == "campaign-changed":
        return _settings(entry.subject)
    if entry.action == "results-sorted-by-fit":
        name = roles.get(entry.subject, entry.subject)
        return name[:1].upper() + name[1:] if entry.subject in roles else name
    if entry.action in _OF_MEMBERS and (found := _MEMBER.fullmatch(entry.subject)):
        return _member(found)
    states: dict[str, str] = {"on": gettext("on"), "off": gettext("off"), "open": gettext("Open")}
    states |= {"paused": gettext("Paused"), "closed": gettext("Closed")}
    states |= {
        "password": gettext("with a password"),
        "webauthn": gettext("with a passkey"),
        "code": gettext("with a code"),
    }
    return states.get(entry.subject, entry.subject)


def who(actor: str) -> str:
    """Who did it: a member's e-mail, the command line, or the worker."""
    names = {COMMAND_LINE: gettext("The command line"), WORKER: gettext("By itself, when it was time")}
    return str(names.get(actor, actor))


def person(entry: Entry) -> str:
    """The number of the one person that an action was done to; empty if it was none, or several."""
    found = _NUMBERED.fullmatch(entry.subject)
    return found[2].strip() if found and found[1] == "attempt" else ""


def _invitations(count: int) -> str:
    said: str = ngettext("%(count)s invitation", "%(count)s invitations", count, count=format_decimal(count))
    return said


def _removed(people: int, invitations: int) -> str:
    """How many people's data went because their time was up, and how many invitations that nobody had used."""
    said: list[str] = []
    if people:
        said.append(ngettext("%(count)s person", "%(count)s people", people, count=format_decimal(people)))
    if invitations:
        said.append(_invitations(invitations))
    return ", ".join(said)


def _settings(noted: str) -> str:
    """The settings that were changed, by the labels of their form."""
    form = CampaignForm()

    def said(name: str) -> str:
        if texts := _TEXTS.fullmatch(name):
            return gettext("Texts, now version %(number)s", number=format_decimal(int(texts[1])))
        if name in TOLD_NAMES:
            return str(TOLD_NAMES[name])
        found = _SETTING.fullmatch(name)
        return str(form[found[1]].label.text) if found and found[1] in form else name

    return "; ".join(said(name) for name in noted.split(", "))


def _member(found: re.Match[str]) -> str:
    """A member's e-mail, if it is known, and what they may do now, or that a thing of theirs is off."""
    state: str = {"owner": gettext("Owner"), "viewer": gettext("Viewer"), "off": gettext("off")}[found[2]]
    return f"{found[1]}: {state}" if found[1] else state


def _exported(export: re.Match[str]) -> str:
    count = int(export[2])
    people = ngettext("%(count)s person", "%(count)s people", count, count=format_decimal(count))
    parts = [_FORMS[export[1]], people, *([gettext("with answers")] if export[3] else [])]
    return ", ".join(parts)


def _numbered(found: re.Match[str]) -> str:
    numbers = found[2].split()
    said: str = (
        gettext("Invitation %(number)s", number=numbers[0])
        if found[1] == "invitation"
        else ngettext("Person %(ids)s", "People %(ids)s", len(numbers), ids=", ".join(numbers))
    )
    switched = {" on": gettext("on"), " off": gettext("off")}.get(found[3] or "")
    return f"{said}: {switched}" if switched else said
