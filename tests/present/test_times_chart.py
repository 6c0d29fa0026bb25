"""The chart of the times: a bar a question, true to scale, and nobody's coffee flattens the rest."""

from hypothesis import given
from hypothesis import strategies as st

from quiz.present.times import HEIGHT, times

ORDER = ("a", "b", "c", "d")


def test_figures_are_those_of_the_times_that_are_known():
    drawn = times({"a": 4.0, "b": 2.0, "d": 9.0}, ORDER)
    assert (drawn.median, drawn.fastest, drawn.slowest, drawn.width) == (4.0, 2.0, 9.0, 4)
    assert [(bar.item, int(bar.x)) for bar in drawn.bars] == [("a", 0), ("b", 1), ("d", 3)]


def test_without_times_there_is_no_chart():
    assert times({}, ORDER) is None
    assert times({"elsewhere": 3.0}, ORDER) is None


def test_a_pause_is_cut_at_the_top_and_marked():
    drawn = times({"a": 5.0, "b": 5.0, "c": 5.0, "d": 600.0}, ORDER)
    assert drawn.top == 20.0
    assert drawn.slowest == 600.0
    assert [bar.beyond for bar in drawn.bars] == [False, False, False, True]
    assert drawn.bars[3].height == HEIGHT
    assert drawn.bars[0].height == HEIGHT / 4


@given(st.lists(st.floats(0, 10_000), min_size=4, max_size=4))
def test_every_bar_stands_on_the_floor_and_inside_the_drawing(values):
    drawn = times(dict(zip(ORDER, values, strict=True)), ORDER)
    for bar in drawn.bars:
        assert 0 <= bar.y <= HEIGHT
        assert abs(bar.y + bar.height - HEIGHT) < 0.02
    assert 0 <= drawn.line <= HEIGHT
