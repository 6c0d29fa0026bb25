"""The charts of the simulation: drawn where the figures say, whatever is missing."""

import json
import math

import pytest

from quiz.packs.loader import SHIPPED, names
from quiz.present.simulation import BOTTOM, LEFT, RIGHT, TOP, calibration_chart, lengths_chart

LENGTHS = [
    {"questions": 16, "accuracy": 0.5, "called": 0.0, "accuracy_when_called": None},
    {"questions": 32, "accuracy": 1.0, "called": 0.5, "accuracy_when_called": 1.0},
]
BINS = [
    {"low": 0.5, "high": 0.55, "people": 10, "stated": 0.5, "right": 0.5},
    {"low": 0.95, "high": 1.0, "people": 90, "stated": 1.0, "right": 0.9},
]


def test_without_a_simulation_there_is_no_chart():
    assert lengths_chart({}) is None
    assert calibration_chart({}) is None


def test_lines_end_at_the_whole_form_at_their_share():
    drawn = lengths_chart({"lengths": LENGTHS}, minimum=16)
    ends = {line.figure: (line.x, line.y) for line in drawn.lines}
    assert ends["accuracy"] == (RIGHT, TOP)
    assert ends["called"] == (RIGHT, (TOP + BOTTOM) / 2)
    assert drawn.minimum == (LEFT + RIGHT) / 2
    assert [tick.number for tick in drawn.ticks_x] == [8, 16, 24, 32]


def test_a_length_at_which_nobody_was_called_is_left_out_of_that_line():
    for nobody in (None, math.nan):
        lengths = [{**LENGTHS[0], "accuracy_when_called": nobody}, LENGTHS[1]]
        [line] = [line for line in lengths_chart({"lengths": lengths}).lines if line.figure == "accuracy_when_called"]
        assert line.path == f"M{RIGHT} {TOP}"


@pytest.mark.parametrize("pack", names())
def test_no_line_runs_through_its_own_name(pack):
    kept = json.loads((SHIPPED / pack / "simulated.json").read_text())
    for line in lengths_chart(kept).lines:
        places = [tuple(map(float, place.split())) for place in line.path.removeprefix("M").split("L")]
        beside = [y for x, y in places if x > RIGHT - 60]
        assert beside
        assert all(not line.name_y - 7 <= y <= line.name_y for y in beside), line.figure


def test_honest_bins_lie_on_the_diagonal_and_larger_ones_are_larger():
    few, many = calibration_chart({"calibration": BINS}).points
    assert (few.x, few.y) == (LEFT, BOTTOM)
    assert many.x == RIGHT
    assert many.y > TOP
    assert few.radius < many.radius


@pytest.mark.parametrize("lowest", [0.5, 0.31, 0.04])
def test_every_bin_lies_within_the_box(lowest):
    drawn = calibration_chart({"calibration": [{**BINS[0], "stated": lowest, "right": lowest}, BINS[1]]})
    assert all(LEFT <= point.x <= RIGHT and TOP <= point.y <= BOTTOM for point in drawn.points)
    assert drawn.ticks_y[-1].number == 100


def test_the_kept_simulation_of_the_shipped_pack_can_be_drawn():
    kept = json.loads((SHIPPED / "ae-am" / "simulated.json").read_text())
    assert len(lengths_chart(kept, 14).lines) == 3
    assert len(calibration_chart(kept).points) == 10
    assert len(calibration_chart(kept["scenarios"]["doubtful"]).points) == 10
