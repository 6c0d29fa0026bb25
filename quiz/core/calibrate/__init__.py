"""Estimates a pack's figures from people's answers, by maximum likelihood of the pack's own factor model.

Full information: every answer counts, and gaps are not filled in. It takes the gaps to depend on nothing but
the answers that are there ("missing at random"). Answers in five steps are not normal, so standard errors are
those that hold without normality (the sandwich: White 1982; with gaps: Yuan and Bentler 2000). They do not undo
what the steps do to the figures themselves: loadings come out some 5 % lower than in answers without steps, and
those are the loadings that score such answers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quiz.core.calibrate.climb import Likelihood, NotConverged, Summit, climb, inverted
from quiz.core.calibrate.edges import FLAT, at_edges
from quiz.core.calibrate.fit import Fit, fit_of
from quiz.core.calibrate.likelihood import Table
from quiz.core.calibrate.structure import Structure
from quiz.core.outcome import Array
from quiz.core.pack import Pack

__all__ = ["ADVISED", "CROWDED", "Calibration", "Figures", "Fit", "Refused", "calibrate", "checked"]

ADVISED = 500
"""Fewer people than this leave the figures too unsure to be relied on."""
LEAST_ANSWERS = 50
"""An item that fewer people answered is not estimated."""
SURELY = 2.0
"""A loading so many standard errors below 0 means that the key is the wrong way round."""
UNSURE = 0.15
"""A loading below 0 by `SURELY` of these does so too, however unsure it is."""
VOID = 0.5
"""An error as large as this says nothing of a figure between -1 and 1; it is not told."""
RANGE = (2.5, 97.5)
"""The percentiles of the bootstrap that bound a range: 95 of 100."""
CROWDED = "the correlations of the dimensions"
"""What is at the edge where dimensions are nearly the same thing."""
_TINY = 1e-20


class Refused(ValueError):
    """Raised where nothing sensible can be estimated; `problems` holds every reason that was found."""

    def __init__(self, *problems: str) -> None:
        self.problems = problems
        super().__init__("; ".join(problems))


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """The model's figures: mean, sd and loading (n,), `phi` (d, d), `acquiescence` σ_a; or their standard errors."""

    mean: Array
    sd: Array
    loading: Array
    phi: Array
    acquiescence: float


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """What was estimated from so many `people`, how sure it is and how well it fits.

    `errors` are nan for a figure at the edge of what is possible, and for a loading or a correlation where nothing
    can be said; `edges` names the former ("the loading of …", or `CROWDED`). `low` and `high` bound the bootstrap's
    ranges, from `repeats` samples that led to an estimate.
    """

    pack: Pack
    people: int
    figures: Figures
    errors: Figures
    fit: Fit
    edges: tuple[str, ...]
    repeats: int = 0
    low: Figures | None = None
    high: Figures | None = None


def checked(structure: Structure, answers: Array) -> Table:
    """The answers (people, items), nan where there is none, ready to be used; Refused if they are too few."""
    table = Table(answers)
    problems = []
    if table.people < structure.size:
        # Items that few answered would only follow from it.
        raise Refused(f"{structure.size} figures need at least as many people; there are {table.people}")
    for item, given in zip(structure.pack.item_ids, answers.T, strict=True):
        given = given[~np.isnan(given)]
        if len(given) < LEAST_ANSWERS:
            problems.append(f"'{item}' was answered by {len(given)} people; {LEAST_ANSWERS} are the least")
        elif np.ptp(given) == 0:
            problems.append(f"'{item}' was answered alike by everybody")
    if problems:
        raise Refused(*problems)
    return table


def calibrate(pack: Pack, answers: Array, bootstrap: int = 0, seed: int = 1) -> Calibration:
    """Estimate a pack's figures from answers (people, items) in the pack's order, nan where there is none.

    The answers may be on any scale, and means and spreads are then on it too. Rows without any answer are left
    out. `bootstrap` is how many samples of as many people to estimate again, for ranges. Refused says why not.
    """
    structure = Structure(pack)
    table = checked(structure, answers)
    likelihood = Likelihood([table], lambda free: [structure.moments(free)])
    try:
        top = climb(likelihood, structure.start(answers))
        fit = fit_of(structure, table, top.at)
    except (NotConverged, np.linalg.LinAlgError) as error:
        raise Refused(f"{error}; more people, or items that overlap more, are needed") from error
    edges = _edges(structure, top.at)
    errors = _errors(structure, likelihood, top, determined=not edges)
    _turned(structure, top.at, errors)
    errors[at_edges(structure, top.at) | _void(structure, errors)] = np.nan
    samples = list(_samples(structure, table, top, bootstrap, seed))
    low, high = np.percentile(samples, RANGE, axis=0) if samples else (None, None)
    return Calibration(
        pack=pack,
        people=table.people,
        figures=_figures(structure, structure.natural(top.at), 1.0),
        errors=_figures(structure, errors, 0.0),
        fit=fit,
        edges=edges,
        repeats=len(samples),
        low=None if low is None else _figures(structure, low, 1.0),
        high=None if high is None else _figures(structure, high, 1.0),
    )


def _figures(structure: Structure, row: Array, diagonal: float) -> Figures:
    """From one row, as `Structure.natural` makes it."""
    n, pairs = structure.n, len(structure.below[0])
    phi = np.diag(np.full(structure.d, diagonal))
    phi[structure.below] = row[3 * n : 3 * n + pairs]
    phi = np.tril(phi) + np.tril(phi, -1).T
    yes = abs(float(row[-1])) if structure.acquiescent else 0.0
    return Figures(row[:n], row[n : 2 * n], row[2 * n : 3 * n], phi, yes)


def _errors(structure: Structure, likelihood: Likelihood, top: Summit, *, determined: bool) -> Array:
    """The standard errors of the model's figures (size,); Refused where the answers do not determine them.

    At an edge (not `determined`) the likelihood still climbs, and ends only because the edge is there: its curvature
    says nothing of that direction. The figures are held where they are along it, and the errors are those of the rest.
    """
    information = likelihood.curvature(top.at, 1e-4 * np.sqrt(top.curvature.diagonal()))
    if determined and (loose := _loose(structure, information)):
        raise Refused(f"the answers do not determine {', '.join(loose)}: too few items tell them apart")
    inverse = inverted(information) if determined else inverted(information, held=FLAT)
    slopes = structure.natural(top.at + 1j * _TINY * np.eye(structure.size)).imag.T / _TINY
    covariance = slopes @ inverse @ likelihood.scattered(top.at) @ inverse @ slopes.T
    errors: Array = np.sqrt(covariance.diagonal())
    return errors


def _loose(structure: Structure, information: Array) -> list[str]:
    """The figures that could change together without a change of the likelihood; there should be none."""
    scale = 1 / np.sqrt(np.maximum(information.diagonal(), 1e-12))
    values, vectors = np.linalg.eigh(information * np.outer(scale, scale))
    loose = (vectors[:, values < FLAT] ** 2).sum(axis=1) > 0.05
    return [name for name, found in zip(_names(structure), loose, strict=True) if found]


def _names(structure: Structure) -> list[str]:
    items, ids = structure.pack.item_ids, structure.pack.dimension_ids
    names = [f"the {figure} of '{item}'" for figure in ("mean", "spread", "loading") for item in items]
    names += [f"the correlation of '{ids[i]}' and '{ids[j]}'" for i, j in zip(*structure.below, strict=True)]
    return names + ["the habit of agreeing"] * structure.acquiescent


def _edges(structure: Structure, free: Array) -> tuple[str, ...]:
    """The same in words; crowded correlations in one."""
    at, pairs = at_edges(structure, free), slice(3 * structure.n, 3 * structure.n + len(structure.below[0]))
    names = [name for name, found in zip(_names(structure), at, strict=True) if found and "correlation" not in name]
    return (*names, *([CROWDED] if at[pairs].any() else []))


def _void(structure: Structure, errors: Array) -> NDArray[np.bool_]:
    """Which loadings and correlations (size,) have an error that says nothing."""
    bounded = slice(2 * structure.n, 3 * structure.n + len(structure.below[0]))
    found = np.zeros(structure.size, dtype=np.bool_)
    found[bounded] = ~(errors[bounded] < VOID)
    return found


def _turned(structure: Structure, free: Array, errors: Array) -> None:
    """Refuse loadings that are surely below 0, or far below: nobody could score by them."""
    n = structure.n
    loading, error = structure.parts(free).loading, np.fmin(errors[2 * n : 3 * n], UNSURE)
    wrong = [item for item, below in zip(structure.pack.item_ids, loading < -SURELY * error, strict=True) if below]
    if wrong:
        raise Refused(
            *(f"the answers to '{item}' speak against its dimension: turn its key or take it out" for item in wrong)
        )


def _samples(structure: Structure, table: Table, top: Summit, repeats: int, seed: int) -> list[Array]:
    """The figures (size,) of samples drawn from the people, with replacement."""
    random = np.random.default_rng(seed)
    found = []
    for _ in range(repeats):
        drawn = Table(table.answers[random.integers(table.people, size=table.people)])
        try:
            again = climb(Likelihood([drawn], lambda free: [structure.moments(free)]), top.at, None, top.curvature)
        except (NotConverged, np.linalg.LinAlgError):
            continue
        row = structure.natural(again.at)
        found.append(np.concatenate([row[:-1], np.abs(row[-1:])]) if structure.acquiescent else row)
    return found
