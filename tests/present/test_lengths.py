"""What more questions would buy: which rows there are, and what they say."""

from quiz.present.lengths import steps


def simulated(*lengths: int, called: float | None = 0.95):
    """A simulation of these lengths, in which each question makes one more of 100 right."""
    figures = {"called": 0.5, "accuracy_when_called": called}
    return {"lengths": [{"questions": length, "accuracy": length / 100, **figures} for length in lengths]}


EVERY_SECOND = simulated(*range(2, 33, 2))


def numbers(found) -> list[int]:
    return [step.questions for step in found]


def test_there_is_a_row_for_now_one_for_every_six_more_and_one_for_all():
    assert numbers(steps(EVERY_SECOND, 14, 32, 14)) == [14, 20, 26, 32]
    assert numbers(steps(EVERY_SECOND, 14, 32, 17)) == [17, 20, 26, 32]
    assert numbers(steps(EVERY_SECOND, 14, 32, 31)) == [31, 32]


def test_a_row_that_says_nearly_the_same_as_the_first_or_the_last_is_left_out():
    assert numbers(steps(EVERY_SECOND, 14, 32, 24)) == [24, 32]
    assert numbers(steps(simulated(*range(20, 41, 2)), 20, 40, 21)) == [21, 26, 32, 40]


def test_the_row_for_now_has_the_figures_of_the_last_simulated_length_and_says_so():
    now, *later = steps(EVERY_SECOND, 14, 32, 17)
    assert (now.questions, now.simulated, now.right, now.now) == (17, 16, "16", True)
    assert not any(step.now for step in later)


def test_with_every_question_answered_only_the_last_row_is_left():
    (only,) = steps(EVERY_SECOND, 14, 32, 32)
    assert (only.questions, only.right, only.now) == (32, "32", True)


def test_where_nobody_was_named_there_is_no_share_of_right_ones():
    for nobody in (None, float("nan")):
        assert steps(simulated(14, 32, called=nobody), 14, 32, 14)[0].right_when_named == ""


def test_without_a_simulation_or_with_one_of_other_questions_there_is_nothing_to_say():
    assert steps({}, 14, 32, 14) == ()
    assert steps(simulated(14, 20), 14, 32, 14) == ()
    assert steps(simulated(20, 32), 14, 32, 14) == ()
