"""The people chosen to stand side by side, carried in the address from page to page of the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quiz.services import person as people
from quiz.services.campaigns import Campaign
from quiz.services.person import Row
from quiz.web.address import given
from quiz.web.house import house

FEWEST, MOST = 2, 4
WITH = "with"
"""The parameter of an address that says whom; once for each."""
_READ = 20
"""Numbers that are read of an address: more than can stand side by side, so that too many can be told."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Those who are chosen, in the order in which they came; `query` is for addresses that keep them."""

    rows: tuple[Row, ...] = ()

    @property
    def ids(self) -> tuple[int, ...]:
        """Their numbers."""
        return tuple(row.id for row in self.rows)

    @property
    def query(self) -> dict[str, list[int]]:
        """Nothing where nobody is chosen."""
        return {WITH: list(self.ids)} if self.rows else {}

    @property
    def fits(self) -> bool:
        """Whether so many can stand side by side."""
        return FEWEST <= len(self.rows) <= MOST

    @property
    def too_many(self) -> bool:
        """Whether some have to go first."""
        return len(self.rows) > MOST


def asked(campaign: Campaign) -> Choice:
    """The people of this campaign that the address names, as far as they have finished; others count as absent."""
    ids = numbers(given().getlist(WITH)[:_READ]) or []
    return Choice(tuple(people.finished(house().database, campaign, ids)))


def numbers(texts: Sequence[str]) -> list[int] | None:
    """The numbers of different people, None if one of them is no number."""
    if not all(text.isascii() and text.isdigit() and len(text) < 20 for text in texts):
        return None
    return sorted({int(text) for text in texts})
