"""A pack's simulated.json has to be of this very pack."""

import json

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
    assert told.endswith(f"run `flask pack simulate {tiny.path.name} --save`")


def test_other_parameters_without_a_new_version_are_noticed(tiny, kept):
    tiny.change("parameters.toml", "loading = ", "loading = 0.01 # was ")
    assert any(problem.startswith("simulated.json: is of other items or parameters") for problem in tiny.problems())


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"pack": 1}', '{"lengths": []}'])
def test_a_file_that_is_no_simulation_is_told(tiny, text):
    (tiny.path / "simulated.json").write_text(text)
    assert tiny.problems() == [
        f"simulated.json: cannot be read; run `flask pack simulate {tiny.path.name} --save`",
    ]
