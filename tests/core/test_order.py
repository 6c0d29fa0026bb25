"""The order of questions: what tells most comes first, and the content stays in balance."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby, pairwise

import pytest
from core_cast import DEFAULT_MEASURE, FIVE_MEASURE

from quiz.core.measure import Measure
from quiz.core.order import MIRRORS_APART, TRADE_OFFS_RUNNING, greedy, reliabilities
from quiz.core.pack import Statement
from quiz.core.reliability import contrast_reliability


@pytest.fixture(scope="module")
def asked():
    """The default pack's items in the order found."""
    items = {item.id: item for item in DEFAULT_MEASURE.pack.items}
    return [items[id] for id in greedy(DEFAULT_MEASURE)]


def dimensions(item):
    return {item.dimension} if isinstance(item, Statement) else {item.a, item.b}


@pytest.mark.parametrize("measure", [DEFAULT_MEASURE, FIVE_MEASURE], ids=["two roles", "five roles"])
def test_every_item_is_asked_once(measure):
    assert sorted(greedy(measure)) == sorted(measure.pack.item_ids)


def test_the_order_does_not_depend_on_the_one_that_the_pack_has():
    pack = DEFAULT_MEASURE.pack
    other = Measure(replace(pack, items=pack.items[::-1]))
    reached = (reliabilities(measure, greedy(measure))[13] for measure in (DEFAULT_MEASURE, other))
    assert next(reached) == pytest.approx(next(reached), abs=0.01)


def test_it_tells_more_early_than_the_opposite_order_and_as_much_at_the_end():
    best = greedy(DEFAULT_MEASURE)
    good, bad = reliabilities(DEFAULT_MEASURE, best), reliabilities(DEFAULT_MEASURE, best[::-1])
    assert all(good[count - 1] > bad[count - 1] + 0.02 for count in (8, 14, 20))
    assert good[-1] == pytest.approx(bad[-1])
    assert list(good) == sorted(good)


def test_the_reliability_of_two_roles_is_that_of_the_measurement():
    ids = DEFAULT_MEASURE.pack.item_ids
    assert reliabilities(DEFAULT_MEASURE, ids)[19] == pytest.approx(contrast_reliability(DEFAULT_MEASURE, ids[:20]))


def test_no_dimension_stands_in_two_questions_running_while_there_is_a_choice(asked):
    assert all(not dimensions(before) & dimensions(after) for before, after in pairwise(asked[:26]))


def test_every_dimension_is_met_within_the_minimum(asked):
    met = set().union(*map(dimensions, asked[: DEFAULT_MEASURE.pack.minimum]))
    assert met == set(DEFAULT_MEASURE.pack.dimension_ids)


def test_mirrored_pairs_stand_apart(asked):
    place = {item.id: at for at, item in enumerate(asked)}
    distances = [abs(place[item.id] - place[item.mirror]) for item in asked if item.mirror]
    assert len(distances) == 6
    assert min(distances) > MIRRORS_APART


def test_kinds_alternate_and_neither_sides_nor_keys_pile_up(asked):
    runs = [len(list(run)) for kind, run in groupby(item.kind for item in asked) if kind == "trade-off"]
    assert max(runs) <= TRADE_OFFS_RUNNING
    home = {dimension.id: dimension.role for dimension in DEFAULT_MEASURE.pack.dimensions}
    left = [home[item.a] == "account-executive" for item in asked[:20] if item.kind == "trade-off"]
    assert abs(2 * sum(left) - len(left)) <= 2
    assert abs(sum(item.key for item in asked[:20] if isinstance(item, Statement))) <= 1
