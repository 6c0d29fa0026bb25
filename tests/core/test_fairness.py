"""Adverse impact: the published worked example, intervals and tests against published figures, and what must hold."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quiz.core import suppression
from quiz.core.fairness import (
    Tally,
    above_median,
    below_four_fifths,
    compare,
    fisher,
    impact_ratio,
    ratio_interval,
    wilson,
)

# New York City, Department of Consumer and Worker Protection: scoring rates of the example in 6 RCNY § 5-301 (c),
# and the impact ratios that the rule prints beside them.
NYC_SEX = {"Male": 0.543, "Female": 0.447}
NYC_SEX_RATIOS = {"Male": 1.00, "Female": 0.82}
NYC_RACE = {
    "Hispanic or Latino": 0.642,
    "White": 0.375,
    "Black or African American": 0.500,
    "Native Hawaiian or Pacific Islander": 0.625,
    "Asian": 0.417,
}
NYC_RACE_RATIOS = {
    "Hispanic or Latino": 1.00,
    "White": 0.58,
    "Black or African American": 0.78,
    "Native Hawaiian or Pacific Islander": 0.97,
    "Asian": 0.65,
}
LIKE_NYC = {"Male": Tally(92, 50), "Female": Tally(85, 38)}
"""People whose rates are those of the example."""

tallies = st.integers(1, 400).flatmap(lambda people: st.builds(Tally, st.just(people), st.integers(0, people)))
tables = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), tallies, min_size=1, max_size=8)


@pytest.mark.parametrize(("rates", "published"), [(NYC_SEX, NYC_SEX_RATIOS), (NYC_RACE, NYC_RACE_RATIOS)])
def test_the_worked_example_of_new_york_city_is_reproduced(rates, published):
    table = compare({name: Tally(1000, round(1000 * rate)) for name, rate in rates.items()})
    assert {line.name: round(line.ratio, 2) for line in table.lines} == published
    assert table.base.name == max(rates, key=rates.get)
    assert {line.name for line in table.lines if line.below} == {name for name in published if published[name] < 0.8}


def test_people_with_the_rates_of_the_example_have_its_ratio_and_stay_above_four_fifths():
    male, female = compare(LIKE_NYC).lines
    assert [round(line.tally.rate, 3) for line in (male, female)] == [0.543, 0.447]
    assert (male.base, male.ratio, male.below) == (True, 1, None)
    assert (round(female.ratio, 2), female.below) == (0.82, False)
    assert female.ratio_interval[0] < 0.8 < female.ratio < female.ratio_interval[1]


def test_exactly_four_fifths_is_not_below():
    assert not below_four_fifths(Tally(100, 48), Tally(100, 60))
    assert below_four_fifths(Tally(1000, 479), Tally(100, 60))


def test_a_group_under_two_percent_has_a_rate_but_no_ratio_and_is_nobodys_base():
    table = compare({"a": Tally(900, 300), "b": Tally(500, 200), "c": Tally(20, 20)})
    small = table.lines[2]
    assert (small.set_aside, small.tally.rate, small.ratio, small.base) == (True, 1, None, False)
    assert table.base.name == "b"


def test_two_percent_is_enough():
    assert not compare({"a": Tally(980, 300), "b": Tally(20, 5)}).lines[1].set_aside


def test_where_nobody_was_selected_there_is_no_ratio():
    lines = compare({"a": Tally(50, 0), "b": Tally(60, 0)}).lines
    assert [(line.ratio, line.below) for line in lines] == [(None, None), (None, None)]
    assert impact_ratio(0.0, 0.0) is None


def test_more_cannot_be_selected_than_there_are():
    with pytest.raises(ValueError, match="6 of 5"):
        Tally(5, 6)


def test_the_median_itself_is_not_above_the_median():
    assert above_median({"a": 1.0, "b": 2.0, "c": 3.0}) == {"c"}
    assert above_median(dict.fromkeys("abc", 5.0)) == above_median({}) == frozenset()


def test_intervals_of_rates_are_the_published_ones():
    # Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3.
    for people, selected, low, high in ((263, 81, 0.2553, 0.3662), (148, 15, 0.0624, 0.1605), (20, 0, 0, 0.1611)):
        assert wilson(Tally(people, selected)) == pytest.approx((low, high), abs=5e-5)
    assert wilson(Tally(29, 1)) == pytest.approx((0.0061, 0.1718), abs=5e-5)


def test_the_interval_of_a_ratio_is_the_published_one():
    # Koopman 1984, "Confidence intervals for the ratio of two binomial proportions": 36 of 40 against 16 of 80.
    assert ratio_interval(Tally(40, 36), Tally(80, 16)) == pytest.approx((2.94, 7.15), abs=0.005)


def test_ratios_without_a_point_have_an_interval_all_the_same():
    assert ratio_interval(Tally(10, 0), Tally(10, 5))[0] == 0
    assert ratio_interval(Tally(10, 5), Tally(10, 0))[1] == math.inf
    low, high = ratio_interval(Tally(10, 10), Tally(10, 10))
    assert low == pytest.approx(1 / high)


def test_the_exact_test_gives_fishers_figures():
    assert fisher(Tally(4, 3), Tally(4, 1)) == pytest.approx(34 / 70)  # the lady tasting tea, both sides
    assert fisher(Tally(12, 1), Tally(12, 9)) == pytest.approx(0.002759456)
    assert fisher(Tally(7, 0), Tally(9, 0)) == 1


@given(tables)
def test_the_base_has_ratio_one_and_nobody_compared_has_more(table):
    lines = compare(table).lines
    bases = [line for line in lines if line.base]
    assert len(bases) <= 1
    for line in lines:
        assert line.ratio is None or line.ratio <= 1 + 1e-12
    assert all(line.ratio in (1, None) for line in bases)


@given(tables, st.integers(2, 7))
def test_ratios_do_not_depend_on_how_many_people_there_are(table, times):
    assume(min(tally.people for tally in table.values()) >= 5)
    larger = {name: Tally(tally.people * times, tally.selected * times) for name, tally in table.items()}
    for few, many in zip(compare(table).lines, compare(larger).lines, strict=True):
        assert (few.ratio, few.below, few.set_aside) == (pytest.approx(many.ratio), many.below, many.set_aside)


@given(tallies, tallies)
def test_intervals_hold_the_figure_that_they_are_of(group, base):
    low, high = wilson(group)
    assert 0 <= low <= group.rate <= high <= 1
    if base.selected:
        low, high = ratio_interval(group, base)
        assert low <= group.rate / base.rate * (1 + 1e-6)
        assert group.rate / base.rate <= high * (1 + 1e-6)


@given(tallies, tallies)
def test_the_exact_test_does_not_mind_the_order(group, base):
    assert 0 < fisher(group, base) <= 1
    assert fisher(group, base) == pytest.approx(fisher(base, group))


@given(st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), st.integers(0, 400), max_size=8))
def test_small_groups_of_a_known_total_are_hidden_and_cannot_be_subtracted_out(sizes):
    hidden = suppression.hidden(sizes)
    assert suppression.small(sizes) <= hidden
    if hidden:
        everybody = {name for name, count in sizes.items() if count}
        assert hidden == everybody or (len(hidden) > 1 and sum(sizes[name] for name in hidden) >= 5)


@given(tables)
def test_a_hidden_group_is_neither_told_nor_compared_with(table):
    highest = max(table, key=lambda name: table[name].rate)
    result = compare(table, {highest})
    assert [line.tally for line in result.lines if line.name == highest] == [None]
    assert result.base is None or result.base.name != highest


rows, columns = "FMX", "ABCD"
people = st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 9, 20, 60])
crossings = st.fixed_dictionaries({(row, column): people for row in ["", *rows] for column in ["", *columns]})


def totals(table, side):
    sizes = {}
    for cell, count in table.items():
        sizes[cell[side]] = sizes.get(cell[side], 0) + count
    return sizes


@given(crossings)
def test_no_small_crossing_follows_from_what_is_shown(table):
    """By linear algebra, not by the rule that hides: what the shown figures do not fix can still be moved.

    Even for somebody who knows all totals, and which cells are empty; and for people whose group is unknown or small
    as well, for a table of one grouping counts those whose other group is.
    """
    everybody = [cell for cell, count in table.items() for _ in range(count)]
    merged = dict(Counter(suppression.compared(dict(enumerate(everybody))).values()))
    assert not any(0 < totals(merged, side).get("", 0) < 5 for side in (0, 1))
    inside = {cell: count for cell, count in merged.items() if all(cell)}
    hidden = suppression.hidden_cells(inside, {cell: count for cell, count in merged.items() if not all(cell)})
    filled = [cell for cell, count in merged.items() if count]
    shown = (
        [] if hidden is None else [[float(cell == each) for cell in filled] for each in inside if each not in hidden]
    )
    shown += [[float(cell[side] == name) for cell in filled] for side in (0, 1) for name in totals(merged, side)]
    rank = np.linalg.matrix_rank(shown) if filled else 0
    for at, cell in enumerate(filled):
        if merged[cell] < 5:
            alone = [[float(place == at) for place in range(len(filled))]]
            assert np.linalg.matrix_rank(shown + alone) > rank, f"{cell} follows from the rest"


def test_whoever_one_table_would_leave_out_alone_is_left_out_of_all():
    """Otherwise the totals of the other tables, or its cells, less those of this one would be that one person."""
    people = [("M", "A")] * 20 + [("F", "A")] * 20 + [("M", "B")] * 9 + [("F", "B")] * 9 + [("M", "C"), ("", "A")]
    kept = suppression.compared(dict(enumerate(people)))
    assert list(kept.values()) == people[:-2]


def test_a_small_cell_that_two_tables_tell_without_being_crossed_is_left_out_of_both():
    people = [("F", "A")] * 20 + [("M", "A")] * 2 + [("M", "B")] * 20  # two of A's 22 are not among F's 20
    assert Counter(suppression.compared(dict(enumerate(people))).values()) == {("F", "A"): 20, ("M", "B"): 20}


def test_one_person_without_a_group_among_several_hides_cells_of_a_crossed_table():
    inside = {("M", "A"): 20, ("F", "A"): 20, ("M", "B"): 9, ("F", "B"): 9}
    assert suppression.hidden_cells(inside, {("M", ""): 6, ("F", ""): 1}) == {("M", "B"), ("F", "B")}


@given(crossings)
def test_nothing_is_hidden_where_no_group_is_small(table):
    large = {cell: 5 + count for cell, count in table.items()}
    inside = {cell: count for cell, count in large.items() if all(cell)}
    assert suppression.hidden_cells(inside, {}) == frozenset()
    assert suppression.small(totals(large, 0)) == frozenset()
