"""Reliability in a cohort: alpha from real answers beside what the model expects."""

from __future__ import annotations

import numpy as np
import pytest
from cast import content

from quiz.core import consistency, simulate
from quiz.core.measure import Measure

MEASURE = Measure(content().pack)
PEOPLE = simulate.respondents(content().pack, 4000, 7).answers


def contrast(measure, table):
    """Of the one pair of roles that there is."""
    (found,) = consistency.of_contrasts(measure, table).values()
    return found


def test_people_whom_the_model_describes_answer_as_consistently_as_it_expects():
    for found in [*consistency.of_dimensions(MEASURE, PEOPLE).values(), contrast(MEASURE, PEOPLE)]:
        assert found.alpha == pytest.approx(found.expected, abs=0.06)


def test_people_who_answer_at_random_do_not():
    random = np.random.default_rng(1).integers(1, 6, size=(500, len(content().pack.items)), dtype=np.int8)
    found = contrast(MEASURE, random)
    assert found.interval[0] < 0.15 < found.expected
    assert abs(found.alpha) < 0.2


def test_every_dimension_of_the_default_quiz_has_an_alpha():
    found = consistency.of_dimensions(MEASURE, PEOPLE)
    assert tuple(found) == content().pack.dimension_ids
    assert all(each.parts > 1 and each.interval[0] < each.alpha < each.interval[1] for each in found.values())


def test_more_people_make_it_surer():
    few, many = (contrast(MEASURE, PEOPLE[:people]).interval for people in (40, 4000))
    assert few[1] - few[0] > 5 * (many[1] - many[0])


def test_the_interval_is_near_feldts_exact_one():
    # R's statpsych, ci.cronbach(.05, .85, 7, 89), gives Feldt's interval of 1965: .797 to .893.
    assert consistency.alpha_interval(0.85, 7, 89) == pytest.approx((0.797, 0.893), abs=0.006)


def test_people_who_answer_alike_have_no_alpha():
    alike = np.repeat(PEOPLE[:1], 40, axis=0)
    assert contrast(MEASURE, alike).alpha is None


def test_only_complete_answers_count():
    table = PEOPLE[:5].copy()
    table[2, 9] = 0
    assert len(consistency.complete(table)) == 4


@pytest.mark.parametrize(("parts", "people"), [(1, 50), (4, 2)])
def test_too_little_has_no_interval(parts, people):
    with pytest.raises(ValueError, match="no interval"):
        consistency.alpha_interval(0.8, parts, people)
