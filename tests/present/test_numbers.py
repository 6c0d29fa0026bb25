"""Numbers as people read them."""

import pytest

from quiz.present.numbers import percent


@pytest.mark.parametrize(
    ("share", "shown"),
    [(0.608, "61"), (0.679, "68"), (0.604, "60"), (0.949, "95"), (0.29, "29"), (0, "0"), (1, "100")],
)
def test_a_share_is_shown_to_the_nearest_hundredth(share, shown):
    assert percent(share) == shown


def test_all_and_nobody_are_said_of_all_and_nobody_only():
    assert (percent(0.999), percent(0.001)) == ("99", "1")
