"""Each way in which a pack can be broken is reported, with its file and line; `broken_packs.toml` lists most."""

import tomllib
from pathlib import Path

import pytest

BROKEN = tomllib.loads(Path(__file__).with_name("broken_packs.toml").read_text(encoding="utf-8"))
WAYS = [pytest.param(file, *way, id=f"{file}: {name}") for file, ways in BROKEN.items() for name, way in ways.items()]


@pytest.mark.parametrize(("file", "old", "new", "at", "message"), WAYS)
def test_a_broken_pack_is_told_what_is_wrong_and_where(tiny, file, old, new, at, message):
    tiny.change(file, old, new)
    found = [problem for problem in tiny.problems() if message in problem]
    assert [problem.split(": ")[0] for problem in found] == [f"{file}:{tiny.line(file, at)}"], tiny.problems()


def test_a_list_shorter_in_one_language_is_told(tiny):
    tiny.change("en.toml", '"hello one", ', "")
    assert tiny.problems() == [f"en.toml:{tiny.line('en.toml', 'gets')}: pack.gets: has 1, but 2 in es.toml"]


def test_a_role_on_one_side_of_the_trade_offs_is_told_and_so_is_what_follows(tiny):
    tiny.change("pack.toml", 'a = "caring"\nb = "nerve"', 'a = "nerve"\nb = "caring"')
    tiny.change("pack.toml", 'a = "order"\nb = "nerve"', 'a = "nerve"\nb = "order"')
    found = "\n".join(tiny.problems())
    assert "'hunter' stands on side A 5 times and on side B 1 time" in found
    assert "always taking side A names 'hunter'" in found


def test_a_dimension_with_one_item_is_told(tiny):
    tiny.change("pack.toml", 'role = "farmer"\nkind = "skill"\n', ONE_ITEM_DIMENSION)
    found = "\n".join(tiny.problems())
    assert "'patience' has 1 item, 2 are the least" in found


ONE_ITEM_DIMENSION = """\
role = "farmer"
kind = "skill"

[[dimensions]]
id = "patience"
role = "farmer"
kind = "skill"

[[items]]
id = "wait"
kind = "statement"
dimension = "patience"
key = 1
"""


def test_more_than_sixty_items_are_told(tiny):
    more = 'id = "more-{n}"\nkind = "statement"\ndimension = "order"\nkey = 1\n\n[[items]]\n'
    tiny.change("pack.toml", 'id = "fair"', "".join(more.format(n=n) for n in range(51)) + 'id = "fair"')
    assert any("61 items; 60 are the most" in problem for problem in tiny.problems())


def test_two_roles_of_the_same_weights_are_told(tiny):
    tiny.change("pack.toml", "caring = 0.6\norder = 0.4", "opening = 0.6\nnerve = 0.4")
    assert any("'farmer' has the weights of 'hunter'" in problem for problem in tiny.problems())


def test_items_that_tell_too_little_are_told(tiny):
    tiny.change("parameters.toml", "loading = 0.85", "loading = 0.5")
    line = tiny.line("pack.toml", "[[items]]")
    assert any(p.startswith(f"pack.toml:{line}: the reliability of the complete form is 0.5") for p in tiny.problems())


def test_a_pack_without_parameters_is_told(tiny):
    (tiny.path / "parameters.toml").unlink()
    assert "parameters.toml: cannot be read: No such file or directory" in tiny.problems()


def test_a_list_whose_entries_are_wrong_is_not_called_too_short_as_well(tiny):
    tiny.change("en.toml", '[[career.neighbours]]\nname = "hello name"', "[[career.neighbours]]\nname = 3")
    assert [problem.split(": ", 1)[1] for problem in tiny.problems() if "neighbours" in problem] == [
        "career.neighbours.1.name: should be a valid string"
    ]
