"""A pack's structure as a function: from free parameters to the mean and the covariance of its answers.

    x_i = μ_i + σ_i k_i z_i        z = H θ + γ a + ε        as in `quiz.core.measure`
    cov(x) = D (H Φ H' + σ_a² γ γ' + Ψ) D                   D = diag(σ_i k_i),  ψ_i = 1 - λ_i²

The parameters are free of bounds, so that no step of the search can leave what is possible:

    μ, log σ, t, v, σ_a            λ = .99 tanh t;  Φ = .99 L L' + .01 I, rows of L: (v, 1) scaled to length 1

σ_a counts by its square. It is no parameter where the pack sets it to 0 or has no statements. Parameters may be
complex and have leading axes: the slopes are taken by a complex step (Squire and Trapp, "Using complex variables
to estimate derivatives of real functions", 1998), which is exact to rounding.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quiz.core.outcome import Array
from quiz.core.pack import Pack, Statement

Numbers = NDArray[Any]
"""Real, or complex for slopes."""

LARGEST_LOADING = 0.99
"""A loading of 1 would leave an answer no error."""
SMALLEST_EIGENVALUE = 0.01
"""Of Φ: dimensions that are nearly the same thing stay apart by so much."""
START = 0.5
"""The loading from which the search starts: neutral, and on the side that the keys say."""


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """The model's own parameters: (..., n) each, `phi` (..., d, d), `acquiescence` (...)."""

    mean: Numbers
    sd: Numbers
    loading: Numbers
    phi: Numbers
    acquiescence: Numbers


class Structure:
    """What of the pack stays as it is while its figures are estimated; `size` parameters do not.

    `direct` is how many of them describe μ. Over items: `key` and `gamma` (n,), `signs` (n, d): 1 for the
    dimension that a high z speaks for, -1 for the other one of a trade-off.
    """

    def __init__(self, pack: Pack) -> None:
        at = {dimension: place for place, dimension in enumerate(pack.dimension_ids)}
        self.pack = pack
        self.n, self.d = len(pack.items), len(at)
        self.key: Array = np.ones(self.n)
        self.gamma: Array = np.zeros(self.n)
        self.signs: Array = np.zeros((self.n, self.d))
        trade_offs: list[tuple[int, int, int]] = []
        for place, item in enumerate(pack.items):
            if isinstance(item, Statement):
                self.key[place] = self.gamma[place] = item.key
                self.signs[place, at[item.dimension]] = 1
            else:
                self.signs[place, at[item.b]], self.signs[place, at[item.a]] = 1, -1
                trade_offs.append((place, at[item.a], at[item.b]))
        self._trade_offs = tuple(np.array(trade_offs, dtype=np.intp).reshape(-1, 3).T)
        self.below = np.tril_indices(self.d, -1)
        self.acquiescent = bool(self.gamma.any()) and pack.parameters.acquiescence_sd > 0
        self.size = 3 * self.n + len(self.below[0]) + self.acquiescent

    def parts(self, free: Numbers) -> Parts:
        """The model's parameters of free ones (..., size or more); what follows the first `size` is not looked at."""
        n, pairs = self.n, len(self.below[0])
        rows = np.zeros((*free.shape[:-1], self.d, self.d), dtype=free.dtype)
        rows[..., self.below[0], self.below[1]] = free[..., 3 * n : 3 * n + pairs]
        rows[..., range(self.d), range(self.d)] = 1
        rows = rows / np.sqrt((rows**2).sum(axis=-1, keepdims=True))
        phi = (1 - SMALLEST_EIGENVALUE) * rows @ rows.swapaxes(-1, -2) + SMALLEST_EIGENVALUE * np.eye(self.d)
        yes = free[..., 3 * n + pairs] if self.acquiescent else np.zeros(free.shape[:-1])
        loading = LARGEST_LOADING * np.tanh(free[..., 2 * n : 3 * n])
        return Parts(free[..., :n], np.exp(free[..., n : 2 * n]), loading, phi, yes)

    def free(self, parts: Parts) -> Array:
        """The free parameters (size,) of the model's own, the nearest ones if these lie beyond a bound."""
        inner = (parts.phi - SMALLEST_EIGENVALUE * np.eye(self.d)) / (1 - SMALLEST_EIGENVALUE)
        values, vectors = np.linalg.eigh(inner)
        rows = np.linalg.cholesky((vectors * np.maximum(values, 1e-6)) @ vectors.T)
        v = (rows / rows.diagonal()[:, None])[self.below]
        t = np.arctanh(np.clip(parts.loading / LARGEST_LOADING, -0.999, 0.999))
        yes = [parts.acquiescence] if self.acquiescent else []
        return np.concatenate([parts.mean, np.log(parts.sd), t, v, yes])

    def directions(self, phi: Numbers) -> Numbers:
        """U (..., n, d): what an item measures, scaled so that u'θ has variance 1 among people."""
        u: Numbers = np.broadcast_to(self.signs, (*phi.shape[:-2], self.n, self.d)).astype(phi.dtype)
        items, a, b = self._trade_offs
        u[..., items, :] /= np.sqrt(2 - 2 * phi[..., a, b])[..., None]
        return u

    def moments(self, free: Numbers) -> tuple[Numbers, Numbers]:
        """The mean (..., n) and the covariance (..., n, n) of the answers."""
        parts = self.parts(free)
        h = parts.loading[..., None] * self.directions(parts.phi)
        return parts.mean, self.covariance(parts, h, parts.phi)

    def covariance(self, parts: Parts, h: Numbers, phi: Numbers) -> Numbers:
        """cov(x) (..., n, n) with loadings H and correlations Φ, or whatever stands in for them."""
        s = h @ phi @ h.swapaxes(-1, -2)
        s = s + (parts.acquiescence**2)[..., None, None] * np.outer(self.gamma, self.gamma)
        diagonal = range(self.n)
        s[..., diagonal, diagonal] += 1 - parts.loading**2
        scale = parts.sd * self.key
        return s * scale[..., :, None] * scale[..., None, :]

    def start(self, answers: Array) -> Array:
        """Where the search starts (size,): the answers' own means and spreads, the pack's Φ and σ_a."""
        yes = self.pack.parameters.acquiescence_sd
        spread = np.nanstd(answers, axis=0) / np.sqrt(1 + yes**2 * self.gamma**2)
        phi = np.array(self.pack.parameters.correlations)
        return self.free(Parts(np.nanmean(answers, axis=0), spread, np.full(self.n, START), phi, np.array(yes)))

    def assumed(self) -> Array:
        """The free parameters (size,) of the figures that the pack has now."""
        items, parameters = self.pack.items, self.pack.parameters
        mean, sd, loading = (
            np.array([getattr(item, figure) for item in items]) for figure in ("mean", "sd", "loading")
        )
        phi = np.array(parameters.correlations)
        return self.free(Parts(mean, sd, loading, phi, np.array(parameters.acquiescence_sd)))

    def natural(self, free: Numbers) -> Numbers:
        """The model's parameters in one row (..., size): μ, σ, λ, Φ below its diagonal, σ_a."""
        parts = self.parts(free)
        phi = parts.phi[..., self.below[0], self.below[1]]
        yes = [parts.acquiescence[..., None]] if self.acquiescent else []
        return np.concatenate([parts.mean, parts.sd, parts.loading, phi, *yes], axis=-1)
