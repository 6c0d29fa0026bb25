"""The people of the benchmark: attempts of simulated people, some under way and some finished, in a database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from quiz.core.pack import Pack
from quiz.core.simulate import respondents
from quiz.services import results
from quiz.services.library import Edition
from quiz.services.tokens import new_token, token_hash
from quiz.store import attempts
from quiz.store.database import Database, Transaction

THOUGHT_MS = 5000
"""How long everybody thinks about each question."""
EARLY = 5
"""One in so many finishes early."""


def people(pack: Pack, count: int, seed: int) -> Iterator[dict[str, int]]:
    """The answers of simulated people, always the same for the same seed."""
    for row in respondents(pack, count, seed).answers.tolist():
        yield dict(zip(pack.item_ids, row, strict=True))


def under_way(database: Database, edition: Edition, count: int, *, answered: bool) -> list[str]:
    """The tokens of attempts that have no answers yet or, if `answered`, any number up to all but the last."""
    total = len(edition.pack.items)
    with database.writing() as store:
        return [
            _keep(store, edition, person, dict(list(answers.items())[: person % total if answered else 0]))[0]
            for person, answers in enumerate(people(edition.pack, count, seed=1))
        ]


def finished(database: Database, edition: Edition, count: int) -> list[str]:
    """The tokens of finished attempts; one in five finished early."""
    total, minimum = len(edition.pack.items), edition.pack.minimum
    tokens = []
    with database.writing() as store:
        for person, answers in enumerate(people(edition.pack, count, seed=2)):
            given = total if person % EARLY else minimum + person // EARLY % (total - minimum)
            token, attempt = _keep(store, edition, person, dict(list(answers.items())[:given]))
            result = results.make(edition, attempts.answers_of(store, attempt))
            attempts.finish(store, attempt, edition.pack.full_version, results.dump(result), given * THOUGHT_MS)
            tokens.append(token)
    return tokens


def _keep(store: Transaction, edition: Edition, person: int, answers: Mapping[str, int]) -> tuple[str, int]:
    """Keep an attempt, every second one in Spanish; its token and its id."""
    token = new_token()
    language = ("en", "es")[person % 2]
    attempts.start(store, token_hash(token), edition.pack.id, edition.pack.full_version, language, 0)
    attempt = attempts.find(store, token_hash(token))
    assert attempt is not None
    for step, (item, choice) in enumerate(answers.items()):
        attempts.answer(store, attempt.id, item, choice, (step + 1) * THOUGHT_MS)
    return token, attempt.id
