"""A crowd: people who took the quiz in a campaign, kept at once as if each had gone through all its pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from cast import START
from sqlalchemy import insert

from quiz.core import simulate
from quiz.services import packs, results
from quiz.services.campaigns import Campaign
from quiz.services.storage import Database
from quiz.store.attempts import Answer
from quiz.store.tables import answers, attempts, fits

SECONDS = 8


@cache
def simulated(people: int, seed: int = 1, pack: str = "ae-am") -> list[dict[str, int]]:
    """The answers of people whom the model of a shipped quiz describes."""
    described = packs.edition(pack).pack
    table = simulate.respondents(described, people, seed).answers
    return [dict(zip(described.item_ids, row, strict=True)) for row in table.tolist()]


@cache
def result_of(choices: tuple[tuple[str, int], ...], seconds: float, pack: str) -> Any:
    given = {item: Answer(choice, round(seconds * 1000), 0) for item, choice in choices}
    return results.make(packs.edition(pack), given)


def join(
    database: Database,
    campaign: Campaign,
    people: Iterable[Mapping[str, int]],
    *,
    language: str = "en",
    seconds: float = SECONDS,
    started_ms: int = START,
    finished: bool = True,
    prefix: str = "P",
    **changed: Any,
) -> list[str]:
    """Let people, each of some answers, join a campaign; they have the references P1, P2 … that are returned."""
    references = []
    with database.engine.begin() as connection:
        for number, choices in enumerate(people, 1):
            result = result_of(tuple(choices.items()), seconds, campaign.pack) if finished else None
            references.append(f"{prefix}{number}")
            row = {
                "token_hash": f"{campaign.id} {prefix} {number} {started_ms}".encode(),
                "pack": campaign.pack,
                "pack_version": campaign.pack_version,
                "language": language,
                "started_ms": started_ms,
                "campaign_id": campaign.id,
                "reference": references[-1],
            }
            if result:
                row |= {
                    "finished_ms": started_ms + round(seconds * 1000 * len(choices)),
                    "result": results.dump(result),
                    "outcome": result["outcome"]["kind"],
                    "role": result["outcome"]["role"],
                    "flags": len(result["flags"]),
                }
            (attempt_id,) = connection.execute(insert(attempts).values(row | changed)).inserted_primary_key
            given = [
                {"attempt_id": attempt_id, "item": item, "choice": choice, "took_ms": 8000, "answered_ms": started_ms}
                for item, choice in choices.items()
            ]
            if given:
                connection.execute(insert(answers), given)
            if result:
                fit = [
                    {
                        "attempt_id": attempt_id,
                        "role": role,
                        "campaign_id": campaign.id,
                        **{name: figures[name] for name in ("points", "low", "high")},
                    }
                    for role, figures in result["fits"].items()
                ]
                connection.execute(insert(fits), fit)
    return references
