"""Answers with gaps, as the model takes them: each figure of a person from what they answered, nothing filled in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quiz.core.alike import alike
from quiz.core.outcome import Array

_BLOCK = 2048  # people at once: what is made for each of them, by item and figure, then takes some megabytes


@dataclass(frozen=True, slots=True, eq=False)
class Given:
    """What people answered: `z` (people, items), standardised, and `seen`, where there is an answer; 0 where not.

    `place` is where these people stand among all of whom they are a block.
    """

    z: Array
    seen: NDArray[np.bool_]
    place: slice

    @classmethod
    def answers(cls, z: Array, seen: NDArray[np.bool_]) -> Given:
        """Of a table (people, items); what stands in `z` for a gap does not matter."""
        return cls(np.where(seen, z, 0.0), seen, slice(0, len(z)))

    @classmethod
    def whole(cls, items: int) -> Given:
        """One person who answered everything, in the middle: for what depends only on which items are answered."""
        return cls(np.zeros((1, items)), np.ones((1, items), dtype=np.bool_), slice(0, 1))

    def blocks(self) -> Iterator[Given]:
        """So few of the people at a time that what is made for each of them fits into the memory."""
        for start in range(0, len(self.z), _BLOCK):
            place = slice(start, min(start + _BLOCK, len(self.z)))
            yield Given(self.z[place], self.seen[place], place)

    def of(self, places: Sequence[int]) -> Given:
        """Only these items."""
        return Given(self.z[:, places], self.seen[:, places], self.place)

    def precisions(self, s: Array) -> Array:
        """The inverse covariance of each person's answers (people, items, items), 0 in rows and columns of gaps.

        `s` (items, items) is the covariance of the whole form.
        """
        found = np.empty((len(self.z), *s.shape))
        for rows, places in alike(self.seen):
            inverse = np.zeros_like(s)
            inverse[np.ix_(places, places)] = np.linalg.inv(s[np.ix_(places, places)])
            found[rows] = inverse
        return found

    def rows(self, s: Array, towards: Array) -> Array:
        """What a unit of each answer adds to each of q figures of a person (people, q, items): the regression on them.

        `s` is as above, `towards` (q, items) the covariance of the figures with the answers.
        """
        found = np.zeros((len(self.z), *towards.shape))
        for rows, places in alike(self.seen):
            added = np.zeros_like(towards)
            added[:, places] = np.linalg.solve(s[np.ix_(places, places)], towards[:, places].T).T
            found[rows] = added
        return found

    def scores(self, s: Array, towards: Array) -> tuple[Array, Array]:
        """Each person's figures (people, q), and the variance that the model expects of them (people, q)."""
        values, spread = np.empty((len(self.z), len(towards))), np.empty((len(self.z), len(towards)))
        for block in self.blocks():
            rows = block.rows(s, towards)
            values[block.place] = np.einsum("pqi,pi->pq", rows, block.z)
            spread[block.place] = np.einsum("pqi,qi->pq", rows, towards)
        return values, spread

    def predicted(self, s: Array) -> Array:
        """What all other answers of a person lead to expect of each (people, items); 0 where there is a gap.

        It is z_i less (P z)_i / P_ii, with P the precision of the person's answers.
        """
        found = np.zeros(self.z.shape)
        for block in self.blocks():
            precision = block.precisions(s)
            own = np.where(block.seen, np.einsum("pii->pi", precision), 1.0)
            found[block.place] = block.z - np.einsum("pij,pj->pi", precision, block.z) / own
        return found
