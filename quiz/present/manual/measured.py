"""What the model itself promises of a pack: reliability and error of traits, fits and contrasts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from quiz.core.measure import Measure
from quiz.core.outcome import accuracy_ceiling
from quiz.core.pack import Statement
from quiz.core.reliability import trait_reliabilities


@dataclass(frozen=True, slots=True)
class Trait:
    """A dimension with all items answered: how many speak of it, its reliability, and its error in points."""

    dimension: str
    statements: int
    trade_offs: int
    reliability: float
    margin: float


@dataclass(frozen=True, slots=True)
class Fit:
    """A role's fit: reliability and error in points, with all items and with the pack's minimum."""

    role: str
    reliability: float
    margin: float
    margin_early: float


@dataclass(frozen=True, slots=True)
class Pair:
    """Two roles: the contrast's reliability and how often its sign is right at best, with all items and early."""

    first: str
    second: str
    reliability: float
    ceiling: float
    reliability_early: float
    ceiling_early: float


def traits(measure: Measure) -> Iterator[Trait]:
    """Each dimension, in the pack's order."""
    pack = measure.pack
    pattern = measure.pattern(pack.item_ids)
    for place, (dimension, reliability) in enumerate(trait_reliabilities(measure).items()):
        loading = [item for item, row in zip(pack.items, measure.h, strict=True) if row[place]]
        statements = sum(isinstance(item, Statement) for item in loading)
        margin = 10 * pattern.se[place]
        yield Trait(dimension, statements, len(loading) - statements, reliability, margin)


def fits(measure: Measure) -> Iterator[Fit]:
    """Each role, in the pack's order."""
    pack, d = measure.pack, len(measure.phi)
    complete, early = (measure.pattern(pack.item_ids[:count]) for count in (len(pack.items), pack.minimum))
    for role, se, se_early in zip(pack.role_ids, complete.se[d:], early.se[d:], strict=True):
        yield Fit(role, 1 - se**2, 10 * se, 10 * se_early)


def pairs(measure: Measure) -> Iterator[Pair]:
    """Each two roles, in the pack's order."""
    pack = measure.pack
    complete, early = (measure.pattern(pack.item_ids[:count]) for count in (len(pack.items), pack.minimum))
    for i, j in combinations(range(len(pack.roles)), 2):
        now, then = (max(0.0, 1 - pattern.pairs[i, j][1]) for pattern in (early, complete))
        yield Pair(pack.role_ids[i], pack.role_ids[j], then, accuracy_ceiling(then), now, accuracy_ceiling(now))


@dataclass(frozen=True, slots=True)
class Correlations:
    """Φ as a table: for each dimension its correlations with those before it, and the ranges by home role."""

    rows: Mapping[str, tuple[float, ...]]
    within: tuple[float, ...]
    across: tuple[float, ...]

    @property
    def places(self) -> int:
        """The decimals that the table needs: two if no number has more, else four, as an estimation writes them."""
        return 2 if all(round(number, 2) == number for row in self.rows.values() for number in row) else 4


def correlations(measure: Measure) -> Correlations:
    """The lower triangle of Φ, without the diagonal."""
    dimensions = measure.pack.dimensions
    phi = measure.phi.tolist()
    within: list[float] = []
    across: list[float] = []
    for place, dimension in enumerate(dimensions):
        for before, other in enumerate(dimensions[:place]):
            (within if other.role == dimension.role else across).append(phi[place][before])
    rows = {dimension.id: tuple(phi[place][:place]) for place, dimension in enumerate(dimensions)}
    return Correlations(rows, tuple(within), tuple(across))
