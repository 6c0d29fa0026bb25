"""Two people side by side: when their estimates can be told apart."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quiz.core.compare import difference

POINTS = st.floats(0, 100)
ERRORS = st.floats(0.5, 15)


def test_the_errors_of_both_count():
    assert difference(60, 3, 50, 4).sd == 5
    assert difference(60, 3, 50, 4).mean == 10


def test_a_difference_of_1_645_standard_errors_is_where_people_are_told_apart():
    assert not difference(50 + 1.644 * 5, 3, 50, 4).distinguishable
    assert difference(50 + 1.646 * 5, 3, 50, 4).distinguishable


def test_ranges_that_overlap_a_little_may_still_be_apart():
    """Each range reaches 1.645 × 4 to its side, so they meet below a difference of 13.2; 9.3 is enough."""
    assert difference(61, 4, 50, 4).distinguishable
    assert 50 + 1.645 * 4 > 61 - 1.645 * 4


@given(POINTS, ERRORS, POINTS, ERRORS)
def test_who_stands_first_only_turns_the_sign(first, first_sd, second, second_sd):
    there, back = difference(first, first_sd, second, second_sd), difference(second, second_sd, first, first_sd)
    assert (there.mean, there.sd) == (-back.mean, back.sd)
    assert there.distinguishable == back.distinguishable


@given(POINTS, ERRORS, ERRORS)
def test_nobody_is_told_apart_from_their_equal(points, first_sd, second_sd):
    assert not difference(points, first_sd, points, second_sd).distinguishable


@given(POINTS, ERRORS, POINTS, ERRORS)
def test_ranges_that_do_not_touch_are_apart(first, first_sd, second, second_sd):
    assume(abs(first - second) > 1.645 * (first_sd + second_sd))
    assert difference(first, first_sd, second, second_sd).distinguishable


@given(POINTS, ERRORS, POINTS, ERRORS)
def test_the_interval_lies_around_the_difference(first, first_sd, second, second_sd):
    found = difference(first, first_sd, second, second_sd)
    low, high = found.interval()
    assert math.isclose(low + high, 2 * found.mean, abs_tol=1e-9)
    assert math.isclose(high - low, 2 * 1.6448536269514722 * found.sd)


def test_without_any_error_nothing_can_be_said():
    with pytest.raises(ValueError, match="without error"):
        difference(60, 0, 50, 0)
