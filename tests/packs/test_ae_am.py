"""The pack of two roles keeps to what its design promises beyond what every pack has to."""

from itertools import combinations

import pytest

from quiz.core.measure import Measure
from quiz.packs.loader import load


@pytest.fixture(scope="module")
def pack():
    return load("ae-am").pack


def test_the_quiz_of_two_roles_asks_no_more_than_thirty_two_questions(pack):
    assert len(pack.items) <= 32


def test_the_quiz_of_two_roles_tells_them_apart_with_a_reliability_of_eight_tenths(pack):
    measure, answers = Measure(pack), dict.fromkeys(pack.item_ids, 3)
    for first, second in combinations(pack.role_ids, 2):
        assert measure.contrast(answers, first, second).reliability >= 0.80
