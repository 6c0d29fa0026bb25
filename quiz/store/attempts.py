"""Attempts and their answers: started, found, answered, finished, deleted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import BindParameter, bindparam, delete, func, literal, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from quiz.store.database import Row, Transaction
from quiz.store.sought import sought
from quiz.store.tables import answers, attempts, campaigns, tombstones


@dataclass(frozen=True, slots=True)
class Belonging:
    """What an attempt's pages have of the campaign that it belongs to; `store.campaigns` has the rest."""

    public_id: str
    sites: str
    languages: str
    accent: str
    shows_result: bool


@dataclass(frozen=True, slots=True)
class Attempt:
    """One person's run through a pack. Times are milliseconds since 1970."""

    id: int
    pack: str
    pack_version: str
    language: str
    started_ms: int
    finished_ms: int | None
    campaign_id: int | None = None
    reference: str | None = None
    """What the campaign's own system calls the person."""
    campaign: Belonging | None = None

    @property
    def hides_result(self) -> bool:
        """Whether the person is shown thanks in place of a result."""
        return self.campaign is not None and not self.campaign.shows_result


@dataclass(frozen=True, slots=True)
class Answer:
    """A choice from 1 to 5, and the milliseconds from the step before to the first choice on this item."""

    choice: int
    took_ms: int
    answered_ms: int


_token_hash: BindParameter[Any] = bindparam("token_hash")
_attempt_id: BindParameter[Any] = bindparam("attempt_id")
_item: BindParameter[Any] = bindparam("item")

_START = (
    upsert(attempts)
    .values(
        token_hash=_token_hash,
        pack=bindparam("pack"),
        pack_version=bindparam("pack_version"),
        language=bindparam("language"),
        started_ms=bindparam("now_ms"),
        campaign_id=bindparam("campaign_id"),
        reference=bindparam("reference"),
        name=bindparam("name"),
        email=bindparam("email"),
        sought=bindparam("sought"),
        told_version=bindparam("told_version"),
    )
    .on_conflict_do_nothing(index_elements=[attempts.c.token_hash])
    .returning(attempts.c.id)
)
_FIND = (
    select(
        attempts.c.id,
        attempts.c.pack,
        attempts.c.pack_version,
        attempts.c.language,
        attempts.c.started_ms,
        attempts.c.finished_ms,
        attempts.c.campaign_id,
        attempts.c.reference,
        *(campaigns.c[field.name] for field in fields(Belonging)),
    )
    .select_from(attempts.outerjoin(campaigns))
    # What belongs to a deleted campaign is there until a job has come to it, and nobody finds it.
    .where(attempts.c.token_hash == _token_hash, campaigns.c.deleted_ms.is_(None))
)
_WIDTH = len(_FIND.selected_columns)
_OWN = _WIDTH - len(fields(Belonging))
_IN_CAMPAIGN = 6
"""Where in a row the attempt's own columns end, and which of them says whether there is a campaign."""
_STEP = _FIND.add_columns(
    select(answers.c.choice).where(answers.c.attempt_id == attempts.c.id, answers.c.item == _item).scalar_subquery(),
    select(func.count()).where(answers.c.attempt_id == attempts.c.id).scalar_subquery(),
)
_RESULT = _FIND.add_columns(attempts.c.result)
_WAS_DELETED = select(literal(1)).where(tombstones.c.token_hash == _token_hash)
_ANSWERS = select(answers.c.item, answers.c.choice, answers.c.took_ms, answers.c.answered_ms).where(
    answers.c.attempt_id == _attempt_id
)
_ANSWER = upsert(answers).values(
    attempt_id=_attempt_id,
    item=_item,
    choice=bindparam("choice"),
    took_ms=bindparam("took_ms"),
    answered_ms=bindparam("now_ms"),
)
# The first answer's time stays: how long a person thought is not how soon they changed their mind.
_ANSWER = _ANSWER.on_conflict_do_update(
    index_elements=[answers.c.attempt_id, answers.c.item],
    set_={"choice": _ANSWER.excluded.choice, "answered_ms": _ANSWER.excluded.answered_ms},
)
_ANSWERED = select(answers.c.item).where(answers.c.attempt_id == _attempt_id)
# Two answers to one attempt wait for each other; on SQLite all writers do anyway. What was answered is read by a second
# statement: PostgreSQL shows one that has waited what there was before it waited.
_LOCK = select(attempts.c.finished_ms, attempts.c.started_ms).where(attempts.c.id == _attempt_id).with_for_update()
_MOMENTS = select(answers.c.item, answers.c.answered_ms).where(answers.c.attempt_id == _attempt_id)
_FINISH = (
    update(attempts)
    .where(attempts.c.id == _attempt_id)
    .values(
        finished_ms=func.coalesce(attempts.c.finished_ms, bindparam("now_ms")),
        result=bindparam("result_json"),
        pack_version=bindparam("scored_with"),
    )
)
_SPEAK = update(attempts).where(attempts.c.id == _attempt_id).values(language=bindparam("new_language"))
_BURY = upsert(tombstones).values(token_hash=_token_hash, deleted_ms=bindparam("now_ms")).on_conflict_do_nothing()
_UNBURY = delete(tombstones).where(tombstones.c.token_hash == _token_hash)
_DELETE = delete(attempts).where(attempts.c.token_hash == _token_hash)


def start(
    store: Transaction,
    token_hash: bytes,
    pack: str,
    pack_version: str,
    language: str,
    now_ms: int,
    *,
    campaign_id: int | None = None,
    reference: str | None = None,
    name: str | None = None,
    email: str | None = None,
    told_version: int | None = None,
) -> int | None:
    """Keep a new attempt and return its id; None, having kept nothing, if the token has one."""
    row = store.run(
        _START,
        token_hash=token_hash,
        pack=pack,
        pack_version=pack_version,
        language=language,
        now_ms=now_ms,
        campaign_id=campaign_id,
        reference=reference,
        name=name,
        email=email,
        sought=sought(name, email, reference),
        told_version=told_version,
    ).fetchone()
    return row[0] if row else None


def find(store: Transaction, token_hash: bytes) -> Attempt | None:
    """The attempt of a token, or None."""
    row = store.run(_FIND, token_hash=token_hash).fetchone()
    return _attempt(row) if row else None


def find_step(store: Transaction, token_hash: bytes, item: str) -> tuple[Attempt, int | None, int] | None:
    """The attempt of a token, its choice on one item (or None) and how many items are answered."""
    row = store.run(_STEP, token_hash=token_hash, item=item).fetchone()
    return (_attempt(row), row[_WIDTH], row[_WIDTH + 1]) if row else None


def find_result(store: Transaction, token_hash: bytes) -> tuple[Attempt, str | None] | None:
    """The attempt of a token and its stored result, as JSON."""
    row = store.run(_RESULT, token_hash=token_hash).fetchone()
    return (_attempt(row), row[_WIDTH]) if row else None


def was_deleted(store: Transaction, token_hash: bytes) -> bool:
    """Whether this attempt was deleted, and has left a tombstone."""
    return store.run(_WAS_DELETED, token_hash=token_hash).fetchone() is not None


def answers_of(store: Transaction, attempt_id: int) -> Mapping[str, Answer]:
    """The answers by item id, in no particular order."""
    rows: list[Any] = store.run(_ANSWERS, attempt_id=attempt_id).fetchall()
    return {item: Answer(choice, took, answered) for item, choice, took, answered in rows}


def answered(store: Transaction, attempt_id: int) -> set[str]:
    """The ids of the items that have an answer."""
    return {item for (item,) in store.run(_ANSWERED, attempt_id=attempt_id).fetchall()}


def lock(store: Transaction, attempt_id: int) -> None:
    """Keep others from changing the attempt until the transaction ends."""
    store.run(_LOCK, attempt_id=attempt_id).fetchone()


def answer(store: Transaction, attempt_id: int, item: str, choice: int, now_ms: int) -> tuple[set[str], bool] | None:
    """Keep an answer, or change it; the same answer twice is the same as once.

    Returns the ids of the items that have an answer now and whether the attempt was finished before, or None, having
    kept nothing, if it no longer exists.
    """
    found = store.run(_LOCK, attempt_id=attempt_id).fetchone()
    if found is None:
        return None
    finished_ms, started_ms = found
    moments: dict[str, int] = dict(store.run(_MOMENTS, attempt_id=attempt_id).fetchall())
    took_ms = max(0, now_ms - max(moments.values(), default=started_ms))
    store.run(_ANSWER, attempt_id=attempt_id, item=item, choice=choice, took_ms=took_ms, now_ms=now_ms)
    return moments.keys() | {item}, finished_ms is not None


def finish(store: Transaction, attempt_id: int, scored_with: str, result_json: str, now_ms: int) -> None:
    """Keep the result beside the answers, with the pack version that made it; the first finish gives the time."""
    store.run(_FINISH, attempt_id=attempt_id, scored_with=scored_with, result_json=result_json, now_ms=now_ms)


def speak(store: Transaction, attempt_id: int, language: str) -> None:
    """Go on in another language."""
    store.run(_SPEAK, attempt_id=attempt_id, new_language=language)


def unbury(store: Transaction, token_hash: bytes) -> None:
    """Forget that the attempt of a token was deleted: its person begins anew."""
    store.run(_UNBURY, token_hash=token_hash)


def forget(store: Transaction, token_hash: bytes, now_ms: int) -> None:
    """Delete an attempt with its answers and result; only a tombstone of the token's hash is left."""
    store.run(_DELETE, token_hash=token_hash)
    store.run(_BURY, token_hash=token_hash, now_ms=now_ms)


def _attempt(row: Row) -> Attempt:
    values: list[Any] = [*row[:_OWN]]
    if row[_IN_CAMPAIGN] is not None:
        values.append(Belonging(*row[_OWN:_WIDTH]))
    return Attempt(*values)
