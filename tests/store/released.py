"""What people had in their databases at each revision that was released: rows for every table, by plain SQL."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from rows import insert

from quiz.services.storage import Database

ATTEMPT: Mapping[str, Any] = {"pack": "ae-am", "language": "es", "started_ms": 1_000}
"""What everybody's attempt had; its token's hash and the pack's version are for each."""
CAMPAIGN: Mapping[str, Any] = {
    "public_id": "abc",
    "name": "n",
    "pack": "ae-am",
    "state": "open",
    "asked_by": "Ana",
    "purpose": "p",
    "readers": "r",
    "contact": "c",
    "sites": "",
    "secret": "s",
    "shows_result": True,
    "redirect_url": "",
    "retain_days": 90,
    "created_ms": 1,
}
"""What every campaign had; the pack's version, and how people are known, are for each."""
TOKENS = {"alone": "A" * 43, "finished": "B" * 43, "asked": "C" * 43, "deleted": "D" * 43}
"""Links that people hold: somebody in the middle, somebody with a result, somebody of a campaign, somebody gone."""


def fill(
    database: Database, revision: str, hashes: Mapping[str, bytes], results: Mapping[str, Mapping[str, Any]]
) -> None:
    """Rows as the application of a revision wrote them: three people, and what else it knew of.

    `hashes` are those of TOKENS; `results` the stored results of "finished" and "asked", whose choices are the answers.
    """
    version = "1.0.0" if revision < "0005" else "1.0.0+1.0.0"
    known = "reference" if revision < "0004" else "identification"
    if revision >= "0004":
        _console(database)
    if revision >= "0002":
        owned = {"team_id": 1, "texts_version": 1} if revision >= "0004" else {}
        insert(database, "campaigns", **CAMPAIGN, pack_version=version, **{known: "plain"}, **owned)
    if revision >= "0004":
        insert(
            database,
            "campaign_texts",
            campaign_id=1,
            version=1,
            language="es",
            intro="Hola",
            privacy="",
            consent="",
            thanks="",
            created_ms=2,
        )
    for number, who in enumerate(("alone", "finished", "asked"), 1):
        result = results.get(who)
        person = ATTEMPT | {"token_hash": hashes[who], "pack_version": version}
        if result:
            person |= {"finished_ms": 9_000, "result": json.dumps(result)}
        if revision < "0003":
            person |= {"touched_ms": 8_000}
        if who == "asked" and revision >= "0002":
            person |= {"campaign_id": 1, "reference": "Muñoz 7"}
        if who == "asked" and revision >= "0004":
            outcome = result["outcome"]
            person |= {
                "outcome": outcome["kind"],
                "role": outcome["role"],
                "flags": len(result["flags"]),
                "sought": "munoz 7",
            }
        insert(database, "attempts", **person)
        for item, choice in (result["choices"] if result else {"budget": 4}).items():
            insert(database, "answers", attempt_id=number, item=item, choice=choice, took_ms=900, answered_ms=8_000)
        if who == "asked" and revision >= "0004":
            for role, fit in result["fits"].items():
                figures = {name: fit[name] for name in ("points", "low", "high")}
                insert(database, "fits", attempt_id=number, role=role, campaign_id=1, **figures)
    insert(database, "tombstones", token_hash=hashes["deleted"], deleted_ms=5)
    if revision >= "0004":
        insert(
            database,
            "consents",
            attempt_id=3,
            texts_version=1,
            language="es",
            given_ms=900,
            to_contact=True,
            to_sharing=False,
        )
        insert(
            database,
            "invitations",
            campaign_id=1,
            name="Eva",
            email="eva@x.example",
            reference="",
            language="es",
            invited_ms=1,
        )
        insert(database, "notes", attempt_id=3, author="alice@1.example", text="Call her", written_ms=10_000)
    if revision >= "0007":
        insert(database, "jobs", name="retention", due_ms=5)
        insert(database, "job_runs", name="retention", started_ms=1, ended_ms=2, outcome="done", said="")
        mail = {"message_id": "<1@x>", "recipient": "eva@x.example", "subject": "s", "text": "t", "invitation_id": 1}
        insert(database, "outbox", **mail, kind="invitation", state="waiting", written_ms=1, due_ms=1, until_ms=9)


def _console(database: Database) -> None:
    insert(database, "teams", name="Tidewell", created_ms=1)
    user = {"role": "owner", "name": "Alice", "email": "alice@1.example", "language": "en", "created_ms": 1}
    insert(database, "users", team_id=1, fs_uniquifier="u", **user)
    insert(database, "audit", at_ms=1, team_id=1, actor="alice@1.example", action="x", campaign="abc", subject="")
