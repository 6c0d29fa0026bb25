"""P(best) of each role among more than two: how often it leads in a fixed sample, of one person or of many at once.

A person's sample is that of the pattern of answered items, `noise` (r, draws), moved by the person's means (r,). One
person's draws are looked at in turn. For many, role i leads role j in those draws in which

    noise_j - noise_i < mean_i - mean_j

which are the first so many of an order that all people share. For every place in that order the draws up to it are laid
out as a set of bits; a person's place is searched for, and i leads all others in the draws that its r - 1 sets have in
common. These are the same comparisons, so that one and many have the same P(best), and no further sample is drawn.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from quiz.core.outcome import Array

MANY = 120
"""From so many people for each role on, sets are laid out: to look at fewer one by one is quicker."""

_BLOCK = 512  # people at once; their sets of 512 bytes each stay in the processor's cache
_CLOSE = 1e-12  # far more than rounding can move two means apart, far less than lies between two draws
_WORD = 64

_Sets = NDArray[np.uint64]


def of_one(noise: Array, means: Array) -> Array:
    """P(best) of each role (r,), of a person with these `means` (r,). In a draw that ties the first role leads."""
    leads = (noise + means[:, None]).argmax(axis=0)
    chances: Array = np.bincount(leads, minlength=len(noise)) / leads.size
    return chances


def of_many(noise: Array, means: Array) -> tuple[Array, NDArray[np.bool_]]:
    """P(best) of each role (people, r) of people with these `means` (people, r), and who is left to `of_one` (people,).

    That is everybody where there are too few people, and otherwise whom a draw so nearly ties that the last digit of
    a mean decides: one in millions. All others have what `of_one` finds. Keeps 2 MB for each role meanwhile.
    """
    people, (roles, draws) = len(means), noise.shape
    counts, left = np.zeros((people, roles), dtype=np.intp), np.full(people, people < MANY * roles)
    if left.any():
        return counts / draws, left
    for role in range(roles - 1):
        others = [other for other in range(roles) if other != role]
        behind = [_in_order(noise[other] - noise[role]) for other in others]
        for start in range(0, people, _BLOCK):
            rows = slice(start, start + _BLOCK)
            common = np.full((len(means[rows]), -(-draws // _WORD)), np.iinfo(np.uint64).max)
            for other, (limits, sets) in zip(others, behind, strict=True):
                lead = means[rows, role] - means[rows, other]
                places = np.searchsorted(limits, lead)
                left[rows] |= (lead - limits[places - 1] < _CLOSE) | (limits[places] - lead < _CLOSE)
                common &= sets[places - 1]
            counts[rows, role] = np.bitwise_count(common).sum(axis=1)
    counts[:, -1] = draws - counts.sum(axis=1)
    return counts / draws, left


def _in_order(behind: Array) -> tuple[Array, _Sets]:
    """By how much the draws are `behind` (draws,), in order between two infinities, and the first 0, 1, 2 … of them.

    A set is a row of bits, a bit for each draw (draws + 1, draws / 64).
    """
    order = behind.argsort()
    sets = np.zeros((len(order) + 1, -(-len(order) // _WORD)), dtype=np.uint64)
    sets[np.arange(1, len(order) + 1), order // _WORD] = np.uint64(1) << (order % _WORD).astype(np.uint64)
    return np.concatenate([[-np.inf], behind[order], [np.inf]]), np.bitwise_or.accumulate(sets, axis=0)
