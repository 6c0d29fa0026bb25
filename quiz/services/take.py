"""Taking the quiz: start, find, answer, finish, change language, delete."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, TypeVar

from quiz.core.pack import Pack
from quiz.services import results, tally
from quiz.services.document import Result
from quiz.services.library import Edition
from quiz.services.tokens import new_token, token_hash
from quiz.store import attempts, consents, invitations, removal, standings
from quiz.store.attempts import Attempt, Belonging
from quiz.store.database import Database, Transaction

__all__ = [
    "Attempt",
    "Belonging",
    "Gone",
    "TooEarly",
    "Unknown",
    "answer",
    "answered",
    "delete",
    "find",
    "find_result",
    "find_step",
    "finish",
    "next_item",
    "own_data",
    "speak",
    "start",
]

Found = TypeVar("Found")


class Unknown(LookupError):
    """There is no attempt of this token."""


class Gone(LookupError):
    """The attempt was deleted, by the person whose it was or with its campaign."""


class TooEarly(ValueError):
    """Fewer answers than the pack's minimum."""


def start(
    database: Database,
    pack: Pack,
    language: str,
    now_ms: int,
    *,
    campaign_id: int | None = None,
    reference: str | None = None,
    name: str | None = None,
    email: str | None = None,
) -> str:
    """Begin an attempt, in a campaign or without, and return its token, which is kept nowhere else."""
    token = new_token()
    with database.writing(alone=False) as store:
        attempts.start(
            store,
            token_hash(token),
            pack.id,
            pack.full_version,
            language,
            now_ms,
            campaign_id=campaign_id,
            reference=reference,
            name=name,
            email=email,
        )
    tally.started()
    return token


def find(database: Database, token: str) -> Attempt:
    """The attempt of a token. Raises Unknown or Gone if there is none."""
    return _find(database, token, attempts.find)


def find_step(database: Database, token: str, item: str) -> tuple[Attempt, int | None, int]:
    """The attempt of a token, its choice on an item (or None) and how many items are answered.

    Raises Unknown or Gone if there is no such attempt.
    """
    return _find(database, token, lambda store, hashed: attempts.find_step(store, hashed, item))


def find_result(database: Database, token: str) -> tuple[Attempt, Result | None]:
    """The attempt of a token and, once it is finished, its result. Raises Unknown or Gone if there is none."""
    attempt, stored = _find(database, token, attempts.find_result)
    return attempt, results.load(stored) if stored else None


def answered(database: Database, attempt: Attempt) -> set[str]:
    """The ids of the items that have an answer."""
    return attempts.answered(database.reader(), attempt.id)


def answer(database: Database, edition: Edition, attempt: Attempt, item: str, choice: int, now_ms: int) -> str | None:
    """Keep an answer durably and return the next unanswered item, or None when all are answered.

    The last answer finishes the attempt; an answer to a finished attempt makes its result anew.

    Raises:
        Gone: the attempt was deleted meanwhile.
    """
    with database.writing(alone=False) as store:
        kept = attempts.answer(store, attempt.id, item, choice, now_ms)
        if kept is None:
            raise Gone
        answered, finished = kept
        following = next_item(edition.pack, answered, item)
        kind = _finish(store, edition, attempt, now_ms) if finished or following is None else None
    if kind and not finished:
        tally.finished(kind)
    return following


def finish(database: Database, edition: Edition, attempt: Attempt, now_ms: int) -> None:
    """Finish with what has been answered so far. Finishing twice is the same as once.

    Raises:
        TooEarly: there are fewer answers than the pack's minimum.
    """
    with database.writing(alone=False) as store:
        attempts.lock(store, attempt.id)
        if len(attempts.answered(store, attempt.id) & edition.pack.position.keys()) < edition.pack.minimum:
            raise TooEarly
        kind = _finish(store, edition, attempt, now_ms)
    if attempt.finished_ms is None:
        tally.finished(kind)


def speak(database: Database, attempt: Attempt, language: str) -> None:
    """Go on in another language."""
    with database.writing(alone=False) as store:
        attempts.speak(store, attempt.id, language)


def delete(database: Database, token: str, now_ms: int) -> None:
    """Delete everything that is kept of an attempt and its person, at once and for good. Raises Unknown or Gone.

    An invitation stays without a name, an address or a reference: its link may begin anew.
    """
    attempt = find(database, token)
    with database.writing() as store:
        invitations.make_nameless(store, attempt.id)
        attempts.forget(store, token_hash(token), now_ms)
    database.scrub()


def own_data(database: Database, attempt: Attempt, result: Result) -> dict[str, Any]:
    """Everything that is kept of a finished attempt, for the person whose it is. Its pack need not be run here."""
    given = attempts.answers_of(database.reader(), attempt.id)
    personal = consents.of(database.reader(), attempt.id)
    return results.own_data(attempt, result, given, personal)


def next_item(pack: Pack, answered: Collection[str], after: str | None = None) -> str | None:
    """The first unanswered item after a given one, or else from the beginning; None when there is none."""
    begin = pack.position[after] + 1 if after else 0
    ids = pack.item_ids
    return next((item for item in ids[begin:] + ids[:begin] if item not in answered), None)


def _find(database: Database, token: str, look: Callable[[Transaction, bytes], Found | None]) -> Found:
    hashed = token_hash(token)
    found = look(database.reader(), hashed)
    if found is None:
        store = database.reader()
        # First the one, then the other: in between a job may have put a tombstone in the attempt's place.
        raise Gone if removal.awaits(store, hashed) or attempts.was_deleted(store, hashed) else Unknown
    return found


def _finish(store: Transaction, edition: Edition, attempt: Attempt, now_ms: int) -> str:
    """Keep the result of what has been answered; the kind of its outcome."""
    result = results.make(edition, attempts.answers_of(store, attempt.id))
    attempts.finish(store, attempt.id, edition.pack.full_version, results.dump(result), now_ms)
    if attempt.campaign_id is not None:
        standings.keep(store, attempt.id, attempt.campaign_id, results.standing(result))
    return result["outcome"]["kind"]
