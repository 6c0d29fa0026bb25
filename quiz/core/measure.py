"""The linear-Gaussian measurement: a pack compiled once, then answers to traits, fits and contrasts.

    z_i = k_i (x_i - mean_i) / sd_i        x in 1..5; the key k is 1 or -1, and 1 for trade-offs
    z   = H θ + γ a + ε                    θ ~ N(0, Φ), a ~ N(0, sd_a²), ε ~ N(0, Ψ)
    S   = H Φ H' + sd_a² γ γ' + Ψ          θ given z ~ N(G z, V),  G = Φ H' S⁻¹,  V = Φ - G H Φ

This is the posterior of a factor model with known parameters (regression factor scores; Bartholomew, Knott
and Moustaki, "Latent Variable Models and Factor Analysis", 2011). An unanswered item has no row in H.
Scores are in standard deviations of the people that the pack assumes. Shapes: d dimensions, r roles, n
items or answered items.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from quiz.core import best, normal
from quiz.core.alike import alike
from quiz.core.outcome import Answers, Array, Contrast, Estimate, Scores, ScoreTable
from quiz.core.pack import ANSWERS, Pack, Statement
from quiz.core.pairs import hardest, leading

__all__ = ["Answers", "Array", "Contrast", "Estimate", "Measure", "Pattern", "ScoreTable", "Scores"]

_Rows = slice | NDArray[np.intp]

_ALLOWED = frozenset(ANSWERS)
_PATTERNS_KEPT = 1024  # at some 20 KB each; people stop early along one order, so few patterns recur
_NOISES_KEPT = 16  # at some 100 KB each; wanted only with three roles or more
_BLOCK = 4096  # rows scored at once, so that a block stays in the processor's cache
_BLOCK_OF_SEVERAL = 65_536  # with three roles or more, so that what P(best) lays out for a block serves many


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """All that depends only on which items were answered: `ids` in the pack's order, `places` in the pack.

    `centre` and `scale` (n,) standardise; `precision` is S⁻¹ (n, n); `covariance` is V (d, d); `figures`
    stacks G and the fits' rows (d + r, n), `se` their standard errors; `pairs` maps two roles' places to
    c'G (n,) and c'Vc.
    """

    ids: tuple[str, ...]
    places: NDArray[np.intp]
    centre: Array
    scale: Array
    precision: Array
    covariance: Array
    figures: Array
    se: tuple[float, ...]
    pairs: Mapping[tuple[int, int], tuple[Array, float]]


class Measure:
    """A pack compiled once; scoring is then a pure function of the answers.

    Over all items in the pack's order: `h` (n, d), `psi`, `key`, `gamma`, `centre` and `scale` (n,). Besides:
    `phi` (d, d), `tau2` (d,) the squared doubts, `weights` W (r, d). ValueError if two roles are alike.
    """

    def __init__(self, pack: Pack) -> None:
        items, parameters = pack.items, pack.parameters
        statements = [isinstance(item, Statement) for item in items]
        self.pack = pack
        self.phi: Array = np.array(parameters.correlations, dtype=float)
        self.tau2: Array = np.array(parameters.doubt, dtype=float) ** 2
        self.key: Array = np.array([item.key if isinstance(item, Statement) else 1.0 for item in items])
        self.gamma: Array = self.key * statements
        self.centre: Array = np.array([item.mean for item in items])
        self.scale: Array = self.key / np.array([item.sd for item in items])
        self.h: Array = self._loadings()
        self.psi: Array = 1 - np.einsum("id,de,ie->i", self.h, self.phi, self.h)
        self.weights: Array = np.array(
            [[role.weights.get(dimension, 0.0) for dimension in pack.dimension_ids] for role in pack.roles]
        )
        self._fits: Array = np.array([self._unit(row) for row in self.weights])
        self._contrasts = {
            (i, j): self._unit(self.weights[i] - self.weights[j]) for i, j in permutations(range(len(pack.roles)), 2)
        }
        self._pairs = [(i, j) for i, j in self._contrasts if i < j]
        self._between: Array = np.array([self._contrasts[pair] for pair in self._pairs])
        self._block = _BLOCK if len(pack.roles) == 2 else _BLOCK_OF_SEVERAL
        self._compiled = lru_cache(_PATTERNS_KEPT)(self._compile)
        self._noise = lru_cache(_NOISES_KEPT)(self._draw)

    def _loadings(self) -> Array:
        """H (n, d): a statement's loading; a trade-off's for b less a, scaled to the same variance."""
        at = {dimension: place for place, dimension in enumerate(self.pack.dimension_ids)}
        h = np.zeros((len(self.pack.items), len(at)))
        for row, item in zip(h, self.pack.items, strict=True):
            if isinstance(item, Statement):
                row[at[item.dimension]] = item.loading
            else:
                a, b = at[item.a], at[item.b]
                row[b] = item.loading / math.sqrt(2 - 2 * self.phi[a, b])
                row[a] = -row[b]
        return h

    def _unit(self, row: Array) -> Array:
        """The row scaled so that row'θ has variance 1 among people."""
        variance = float(row @ self.phi @ row)
        if variance <= 0:
            raise ValueError(f"pack {self.pack.id!r} has a role without weights or two roles alike")
        return row / math.sqrt(variance)

    def pattern(self, ids: Iterable[str]) -> Pattern:
        """What depends only on which items (`ids`) were answered, kept. KeyError for an unknown item."""
        return self._compiled(frozenset(ids))

    def _compile(self, ids: frozenset[str]) -> Pattern:
        position = self.pack.position
        if unknown := sorted(ids - position.keys()):
            raise KeyError(f"pack {self.pack.id!r} has no item {', '.join(unknown)}")
        places = np.array(sorted(position[item] for item in ids), dtype=np.intp)
        h, gamma = self.h[places], self.gamma[places]
        s = h @ self.phi @ h.T + np.diag(self.psi[places])
        s += self.pack.parameters.acquiescence_sd**2 * np.outer(gamma, gamma)
        precision = np.linalg.inv(s).astype(np.float64, copy=False)
        gain = self.phi @ h.T @ precision
        v = self.phi - gain @ h @ self.phi
        rows = np.vstack([np.eye(len(v)), self._fits])
        return Pattern(
            ids=tuple(self.pack.item_ids[place] for place in places),
            places=places,
            centre=self.centre[places],
            scale=self.scale[places],
            precision=precision,
            covariance=v,
            figures=rows @ gain,
            se=tuple(np.sqrt(np.einsum("id,de,ie->i", rows, v, rows)).tolist()),
            pairs={pair: (c @ gain, float(c @ v @ c)) for pair, c in self._contrasts.items()},
        )

    def standardised(self, pattern: Pattern, answers: Mapping[str, int]) -> Array:
        """The answers of `pattern` as z (n,). ValueError for a value outside 1..5."""
        values = [answers[item] for item in pattern.ids]
        if not _ALLOWED.issuperset(values):
            wrong = {item: answers[item] for item in pattern.ids if answers[item] not in _ALLOWED}
            raise ValueError(f"answers must be 1, 2, 3, 4 or 5, and these are not: {wrong}")
        return (np.array(values, dtype=float) - pattern.centre) * pattern.scale

    def score(self, answers: Mapping[str, int]) -> Scores:
        """All figures of one attempt. KeyError for an unknown item, ValueError for a value outside 1..5."""
        pattern = self.pattern(answers)
        z = self.standardised(pattern, answers)
        figures = pattern.figures @ z
        d, roles = len(self.phi), self.pack.role_ids
        if len(roles) == 2:
            contrast = self._contrast(pattern, z, figures[:d], 0, 1)
            best_of_all = {roles[0]: contrast.probability, roles[1]: 1 - contrast.probability}
            pairs = [contrast.probability]
        else:
            chances = best.of_one(self._noise(pattern), self.weights @ figures[:d])
            pairs = self._each_over_each(pattern, figures[None, :d])[0].tolist()
            # Equal chances keep the pack's order, so that a reload never reshuffles them.
            first = int(chances.argmax())
            contrast = self._contrast(pattern, z, figures[:d], first, hardest(self._pairs, pairs, first))
            best_of_all = dict(zip(roles, chances.tolist(), strict=True))
        estimates = list(map(Estimate, figures.tolist(), pattern.se))
        traits = dict(zip(self.pack.dimension_ids, estimates[:d], strict=True))
        fits = dict(zip(roles, estimates[d:], strict=True))
        by_pair = {(roles[i], roles[j]): chance for (i, j), chance in zip(self._pairs, pairs, strict=True)}
        return Scores(pattern.ids, traits, fits, contrast, best_of_all, by_pair)

    def contrast(self, answers: Mapping[str, int], first: str, second: str) -> Contrast:
        """The contrast of any two different roles. Errors as in `score`; KeyError for an unknown role."""
        at = {role: place for place, role in enumerate(self.pack.role_ids)}
        pattern = self.pattern(answers)
        z = self.standardised(pattern, answers)
        traits = (pattern.figures @ z)[: len(self.phi)]  # the same product as in `score`, equal to the last digit
        return self._contrast(pattern, z, traits, at[first], at[second])

    def _contrast(self, pattern: Pattern, z: Array, traits: Array, first: int, second: int) -> Contrast:
        row, variance = pattern.pairs[first, second]
        contributions = (row * z).tolist()
        mean = math.fsum(contributions)
        sd = math.sqrt(variance + float((traits * traits + pattern.covariance.diagonal()) @ self.tau2))
        roles = self.pack.role_ids
        by_item = dict(zip(pattern.ids, contributions, strict=True))
        return Contrast(roles[first], roles[second], mean, variance, sd, normal.cdf(mean / sd), by_item)

    def _each_over_each(self, pattern: Pattern, traits: Array) -> Array:
        """For people's traits (n, d) the probability of each pair's first role over its second (n, pairs)."""
        doubt = (traits**2 + pattern.covariance.diagonal()) @ self.tau2
        variance = np.array([pattern.pairs[pair][1] for pair in self._pairs])
        chances = normal.cdfs((traits @ self._between.T / np.sqrt(variance + doubt[:, None])).ravel())
        return chances.reshape(len(traits), -1)

    def _best_of_many(self, pattern: Pattern, table: Answers, traits: Array) -> Array:
        """P(best) of each role (n, r) of people with the answers `table` (n, items), exactly that of `score`."""
        noise, means = self._noise(pattern), traits @ self.weights.T
        chances, left = best.of_many(noise, means)
        for place in np.flatnonzero(left):
            z = (table[place, pattern.places] - pattern.centre) * pattern.scale
            chances[place] = best.of_one(noise, self.weights @ (pattern.figures @ z)[: len(self.phi)])
        return chances

    def _draw(self, pattern: Pattern) -> Array:
        """The fixed sample from N(0, W V W') (r, draws)."""
        # Drawn among the dimensions, not among the roles, so that the roles' order cannot matter.
        return self.weights @ np.linalg.cholesky(pattern.covariance) @ normal.quasi_random(len(self.phi))

    def score_many(self, table: Answers) -> ScoreTable:
        """The figures of many attempts, `table` (people, items) in the pack's order with 0 for unanswered.

        People who answered the same items share one matrix product. ValueError for another shape or value.
        With three roles or more P(best) costs a few microseconds a person, tens where few answered the same items.
        """
        people, d, r = len(table), len(self.phi), len(self.weights)
        in_range = table.size == 0 or 0 <= table.min() <= table.max() <= max(ANSWERS)
        if table.shape != (people, len(self.pack.items)) or not in_range:
            raise ValueError(f"the table must be (people, {len(self.pack.items)}) of 0 (unanswered) and 1..5")
        widths = ((people, d), (people, d), (people, r), (people, r), people, people, people, (people, r), people)
        scores = ScoreTable(*(np.empty(shape) for shape in widths))
        for pattern, rows in self._blocks(table):
            self._fill(scores, pattern, table, rows)
        return scores

    def _blocks(self, table: Answers) -> Iterator[tuple[Pattern, _Rows]]:
        """Each answered pattern with the rows of people who have it, a block at a time."""
        if table.all():
            complete = self.pattern(self.pack.item_ids)
            for start in range(0, len(table), self._block):
                yield complete, slice(start, start + self._block)
            return
        for rows, places in alike(table > 0):
            pattern = self.pattern(self.pack.item_ids[place] for place in places)
            for start in range(0, len(rows), self._block):
                yield pattern, rows[start : start + self._block]

    def _fill(self, scores: ScoreTable, pattern: Pattern, table: Answers, rows: _Rows) -> None:
        d = len(self.phi)
        row, variance = pattern.pairs[0, 1]
        slopes = np.zeros((table.shape[1], d + len(self.weights) + 1))  # an unanswered item is a 0 times 0
        slopes[pattern.places] = (np.vstack([pattern.figures, row]) * pattern.scale).T
        values = table[rows].astype(float) @ slopes - pattern.centre @ slopes[pattern.places]
        traits, mean = values[:, :d], values[:, -1]
        sd = np.sqrt(variance + (traits**2 + pattern.covariance.diagonal()) @ self.tau2)
        probability = normal.cdfs(mean / sd)
        scores.traits[rows], scores.fits[rows] = traits, values[:, d:-1]
        scores.trait_se[rows], scores.fit_se[rows] = pattern.se[:d], pattern.se[d:]
        scores.mean[rows], scores.sd[rows], scores.probability[rows] = mean, sd, probability
        if len(self.weights) == 2:
            scores.best[rows, 0], scores.best[rows, 1] = probability, 1 - probability
            scores.leading[rows] = np.maximum(probability, 1 - probability)
        else:
            scores.best[rows] = chances = self._best_of_many(pattern, table[rows], traits)
            scores.leading[rows] = leading(self._pairs, chances, self._each_over_each(pattern, traits))
