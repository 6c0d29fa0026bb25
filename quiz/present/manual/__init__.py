"""The manual of a pack: every figure that its page shows, read off the pack, the code and the stored simulation."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from statistics import NormalDist
from typing import Any

from quiz.core import compare, consistency, indifference, outcome
from quiz.core.measure import Measure
from quiz.core.outcome import Estimate
from quiz.core.pack import ANSWERS, Item, Statement, TradeOff
from quiz.core.quality import Flag
from quiz.present.manual import measured
from quiz.present.manual.errors import Errors
from quiz.present.manual.example import Example, example
from quiz.present.manual.figures import Figures
from quiz.present.manual.rules import RULES
from quiz.present.manual.sources import SOURCES
from quiz.present.simulation import Calibration, Lengths, calibration_chart, lengths_chart

_AVERAGE = Estimate(0.0, 1.0)


class Manual:
    """The parts of the manual, each worked out when the page first asks for it.

    `simulated` and `calibrated` are what was found for this very pack, empty without. Scores are in standard deviations
    of the assumed people, margins in points of the scale that people see, shares from 0 to 1.
    """

    rules = RULES
    sources = SOURCES
    level = compare.LEVEL
    reach = NormalDist().inv_cdf((1 + compare.LEVEL) / 2)
    middle, spread = _AVERAGE.points, _AVERAGE.margin
    lowest, highest = ANSWERS[0], ANSWERS[-1]
    clear_from, leaning_from = outcome.CLEAR, outcome.LEANING
    fits_from, stands_back_to = outcome.FITS, outcome.STANDS_BACK
    flags_that_withhold = outcome.FLAGS_THAT_WITHHOLD
    withhold_alone = outcome.WITHHOLD_ALONE
    fewest = consistency.FEWEST

    def __init__(
        self, measure: Measure, simulated: Mapping[str, Any], calibrated: Mapping[str, Any], language: str
    ) -> None:
        self.measure = measure
        self.pack = measure.pack
        self.simulated = simulated
        self.figures = Figures(language)
        self.errors = Errors(calibrated)

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """The statements, in the order in which they are asked."""
        return tuple(item for item in self.pack.items if isinstance(item, Statement))

    @cached_property
    def trade_offs(self) -> tuple[TradeOff, ...]:
        """The trade-offs, in the order in which they are asked."""
        return tuple(item for item in self.pack.items if isinstance(item, TradeOff))

    @cached_property
    def reversed_statements(self) -> int:
        """How many statements speak against their dimension when somebody agrees."""
        return sum(item.key < 0 for item in self.statements)

    @cached_property
    def mirrored(self) -> int:
        """How many pairs of items ask the same the other way round."""
        return sum(item.mirror is not None for item in self.pack.items) // 2

    @cached_property
    def indifferent(self) -> bool:
        """Whether neither the same answer throughout nor always the same side names a role."""
        return not indifference.named(self.measure)

    @property
    def doubts(self) -> bool:
        """Whether the pack doubts the weights of any dimension."""
        return any(self.pack.parameters.doubt)

    def number(self, item: Item) -> int:
        """The place of an item in the order in which they are asked, from 1."""
        return self.pack.position[item.id] + 1

    def of_items(self, figure: str) -> list[float]:
        """A figure ("loading", "mean", "sd") of every item."""
        return [getattr(item, figure) for item in self.pack.items]

    @cached_property
    def correlations(self) -> measured.Correlations:
        """Φ."""
        return measured.correlations(self.measure)

    @cached_property
    def traits(self) -> tuple[measured.Trait, ...]:
        """Reliability and error of each dimension."""
        return tuple(measured.traits(self.measure))

    @cached_property
    def fits(self) -> tuple[measured.Fit, ...]:
        """Reliability and error of each role's fit."""
        return tuple(measured.fits(self.measure))

    @cached_property
    def pairs(self) -> tuple[measured.Pair, ...]:
        """Reliability of each two roles' contrast, and what it allows at best."""
        return tuple(measured.pairs(self.measure))

    @cached_property
    def example(self) -> Example | None:
        """Two answers, worked through; None for a draft of a single item."""
        return example(self.measure) if len(self.pack.items) > 1 else None

    @property
    def names_esco(self) -> bool:
        """Whether the pack names ESCO's skills or occupations."""
        return any(each.esco for each in self.pack.dimensions) or any(each.esco for each in self.pack.roles)

    @property
    def flags(self) -> tuple[str, ...]:
        """The signs of response quality, in the order in which they are listed."""
        return tuple(map(str, Flag))

    @cached_property
    def base_rates(self) -> tuple[Mapping[str, Any], ...]:
        """The base rates of the signs by the kind of people, for each stored number of `questions`; with all first."""
        rates: tuple[Mapping[str, Any], ...] = tuple(self.simulated.get("quality", ()))
        return rates[::-1]

    @cached_property
    def faked(self) -> Mapping[str, Mapping[str, Any]]:
        """What faking towards a role reaches, by role; empty where it is not stored."""
        scenarios: Mapping[str, Any] = self.simulated.get("scenarios", {})
        fakes = {found["styles"].get("towards"): found for found in scenarios.values()}
        return {role: fakes[role] for role in self.pack.role_ids if fakes.get(role, {}).get("aim_reached") is not None}

    @cached_property
    def lengths_chart(self) -> Lengths | None:
        """The figures against the number of questions; None where they are not stored."""
        return lengths_chart(self.simulated, self.pack.minimum)

    @cached_property
    def calibration_chart(self) -> Calibration | None:
        """Stated and actual accuracy; None where they are not stored."""
        return calibration_chart(self.simulated)
