"""Two people side by side: when their ranges leave each other free, and how far apart they are."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quiz.core.compare import apart, difference

POINTS = st.floats(0, 100)
ERRORS = st.floats(0.5, 15)


def reach(points, sd):
    """The 90 % range of an estimate."""
    return points - 1.645 * sd, points + 1.645 * sd


def test_the_errors_of_both_count():
    assert difference(60, 3, 50, 4).sd == 5
    assert difference(60, 3, 50, 4).mean == 10


def test_ranges_with_a_point_in_common_are_not_apart():
    assert not apart((40, 50), (50, 60))
    assert not apart((40, 60), (45, 50))
    assert apart((40, 50), (51, 60))
    assert apart((51, 60), (40, 50))


@given(POINTS, ERRORS, POINTS, ERRORS)
def test_who_stands_first_only_turns_the_sign(first, first_sd, second, second_sd):
    there, back = difference(first, first_sd, second, second_sd), difference(second, second_sd, first, first_sd)
    assert (there.mean, there.sd) == (-back.mean, back.sd)


@given(POINTS, ERRORS, POINTS, ERRORS)
def test_where_ranges_are_apart_the_interval_of_the_difference_leaves_out_zero(first, first_sd, second, second_sd):
    assume(apart(reach(first, first_sd), reach(second, second_sd)))
    low, high = difference(first, first_sd, second, second_sd).interval()
    assert low > 0 or high < 0


@given(POINTS, ERRORS, POINTS, ERRORS)
def test_the_interval_lies_around_the_difference(first, first_sd, second, second_sd):
    found = difference(first, first_sd, second, second_sd)
    low, high = found.interval()
    assert math.isclose(low + high, 2 * found.mean, abs_tol=1e-9)
    assert math.isclose(high - low, 2 * 1.6448536269514722 * found.sd)


def test_without_any_error_nothing_can_be_said():
    with pytest.raises(ValueError, match="without error"):
        difference(60, 0, 50, 0)
