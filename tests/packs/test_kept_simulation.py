"""A pack's simulated.json has to be of this very pack."""

import json
import math

import pytest

from quiz.cli.pack.simulate import _json
from quiz.core.measure import Measure
from quiz.core.simulate import published
from quiz.packs.loader import load


@pytest.fixture
def kept(tiny):
    """The tiny pack with a simulation of its own, and that simulation."""
    figures = published(Measure(load(tiny.path).pack), 50, 1)
    file = tiny.path / "simulated.json"
    file.write_text(_json(figures))
    return json.loads(file.read_text())


def test_a_simulation_of_this_pack_is_in_order_and_none_at_all_is_no_problem(tiny, kept):
    assert tiny.problems() == []
    (tiny.path / "simulated.json").unlink()
    assert tiny.problems() == []


@pytest.mark.parametrize(("file", "version"), [("pack.toml", "1.0.0"), ("parameters.toml", "2.0.0")])
def test_a_new_version_of_either_file_asks_for_a_new_simulation(tiny, kept, file, version):
    tiny.change(file, f'version = "{version}"', 'version = "3.0.0"')
    [told] = [problem for problem in tiny.problems() if problem.startswith("simulated.json")]
    assert "is of 'tiny' 1.0.0 with parameters 2.0.0" in told
    assert told.endswith(f"run `flask pack simulate {tiny.path} --save`")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("parameters.toml", "loading = ", "loading = 0.01 # was "),
        ("parameters.toml", "mean = ", "mean = 3.3 # was "),
        ("parameters.toml", "sd = ", "sd = 1.3 # was "),
        ("parameters.toml", "doubt = ", "doubt = 0.3 # was "),
        ("pack.toml", "minimum = 4", "minimum = 5"),
        ("pack.toml", "opening = 0.6\nnerve = 0.4", "opening = 0.7\nnerve = 0.3"),
        ("pack.toml", "key = -1", "key = 1"),
    ],
)
def test_a_change_without_a_new_version_is_noticed_whatever_it_changes(tiny, kept, file, old, new):
    tiny.change(file, old, new)
    assert any(problem.startswith("simulated.json: is of other roles, items") for problem in tiny.problems())


def test_another_order_of_the_items_is_noticed(tiny, kept):
    file = tiny.path / "pack.toml"
    head, *items = file.read_text().split("[[items]]")
    file.write_text("[[items]]".join([head, *items[1:], "\n" + items[0] + "\n"]))
    assert any(problem.startswith("simulated.json: is of other roles, items") for problem in tiny.problems())


def test_words_and_the_notation_of_a_number_do_not_ask_for_a_new_simulation(tiny, kept):
    tiny.change("parameters.toml", "mean = 3.0", "mean = 3")
    tiny.change("en.toml", 'name = "', 'name = "Another ')
    assert tiny.problems() == []


@pytest.mark.parametrize("text", [b"", b"{", b"\xff\xfe{}", b"[" * 100_000])
def test_a_file_that_is_no_json_is_told(tiny, text):
    (tiny.path / "simulated.json").write_bytes(text)
    (tiny.path / "calibration.json").write_bytes(text)
    assert tiny.problems() == [
        "calibration.json: cannot be read; take it away, or calibrate anew",
        f"simulated.json: cannot be read; run `flask pack simulate {tiny.path} --save`",
    ]


def without(figures, *path):
    """A copy in which something is left out."""
    copy = json.loads(json.dumps(figures))
    part = copy
    for key in path[:-1]:
        part = part[key]
    del part[path[-1]]
    return copy


@pytest.mark.parametrize(
    "path",
    [
        ("pack", "digest"),
        ("people",),
        ("accuracy_when_called",),
        ("coverage",),
        ("lengths", 0, "questions"),
        ("calibration", 0, "people"),
        ("quality", 0, "attentive", "flags", "random"),
        ("scenarios", "early", "withheld"),
        ("scenarios", "doubtful", "styles"),
    ],
    ids=lambda path: ".".join(map(str, path)),
)
def test_a_simulation_that_lacks_what_pages_show_is_told(tiny, kept, path):
    (tiny.path / "simulated.json").write_text(json.dumps(without(kept, *path)))
    [told] = tiny.problems()
    assert told.startswith(f"simulated.json: cannot be used: {path[0]}")


@pytest.mark.parametrize("figures", [[], 1, None, {"pack": 1}, {"lengths": []}])
def test_json_that_is_no_simulation_is_told(tiny, figures):
    (tiny.path / "simulated.json").write_text(json.dumps(figures))
    [told] = tiny.problems()
    assert told.startswith("simulated.json: cannot be used: ")


@pytest.mark.parametrize(("key", "value"), [("people", 0), ("people", "many"), ("accuracy", 1.5), ("brier", math.nan)])
def test_figures_that_cannot_be_are_told(tiny, kept, key, value):
    (tiny.path / "simulated.json").write_text(json.dumps(kept | {key: value}))
    [told] = tiny.problems()
    assert told.startswith(f"simulated.json: cannot be used: {key}: ")


def test_a_scenario_of_a_role_that_the_pack_does_not_have_is_told(tiny, kept):
    kept["scenarios"]["faking-hunter"]["styles"]["towards"] = "gatherer"
    (tiny.path / "simulated.json").write_text(json.dumps(kept))
    [told] = tiny.problems()
    assert told.startswith("simulated.json: tells of roles that the pack does not have: 'gatherer'")


CALIBRATED = {"pack": "tiny", "parameters": "2.0.0"}


@pytest.mark.parametrize(
    ("figures", "problem"),
    [
        (CALIBRATED, None),
        (CALIBRATED | {"pack": "large"}, "is of 'large' with parameters 2.0.0"),
        (CALIBRATED | {"parameters": "1.0.0"}, "is of 'tiny' with parameters 1.0.0"),
        (CALIBRATED | {"fit": {"rmsea": 0.1}}, "cannot be used: fit.srmr"),
        (CALIBRATED | {"items": {"river": {"mean": {"error": "small"}}}}, "cannot be used: items.river.mean.error"),
    ],
)
def test_a_calibration_of_this_pack_is_in_order_and_another_is_told(tiny, figures, problem):
    (tiny.path / "calibration.json").write_text(json.dumps(figures))
    told = [each.removeprefix("calibration.json: ") for each in tiny.problems()]
    assert not told if problem is None else told[0].startswith(problem)


def test_a_calibration_that_compared_items_of_another_quiz_is_told(tiny):
    figures = dict.fromkeys(("mean", "mean_error", "loading", "loading_error", "points"), 0.1)
    difference = {"group": "en", "item": "ocean", "flagged": True} | figures
    groups = {"column": "tongue", "reference": "es", "people": {"es": 9, "en": 9}, "differences": [difference]}
    (tiny.path / "calibration.json").write_text(json.dumps(CALIBRATED | {"groups": groups}))
    assert tiny.problems() == [
        "calibration.json: tells of items that the pack does not have: 'ocean'; take it away, or calibrate anew"
    ]
