"""`flask pack check`: what it prints, and what its exit code says."""

from pathlib import Path

import pytest

from quiz.cli.pack import pack
from quiz.packs.loader import names


def _put(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_check_without_a_name_checks_every_shipped_pack(runner):
    answer = runner.invoke(pack, ["check"])
    assert answer.exit_code == 0, answer.output
    assert answer.output == f"{len(names())} packs checked, 0 problems\n"


def test_check_prints_every_problem_and_a_line_of_summary(runner, own_pack):
    _put(own_pack / "pack.toml", "minutes = 5", "minutes = 500")
    _put(own_pack / "en.toml", "[options]", "[options")
    answer = runner.invoke(pack, ["check", str(own_pack)])
    lines = answer.output.splitlines()
    assert answer.exit_code == 1
    assert any(f"{own_pack}/pack.toml:" in line and "minutes" in line for line in lines)
    assert any(f"{own_pack}/en.toml:" in line and "not good TOML" in line for line in lines)
    assert lines[-1] == f"1 pack checked, {len(lines) - 1} problems"


def test_check_of_several_packs_names_each(runner, own_pack):
    _put(own_pack / "pack.toml", "minutes = 5", "minutes = 500")
    answer = runner.invoke(pack, ["check", "ae-am", str(own_pack)])
    assert answer.exit_code == 1
    assert answer.output.endswith("2 packs checked, 1 problem\n")


@pytest.mark.parametrize("name", ["ae-an", "../ae-am", "nowhere/at/all"])
def test_check_of_no_pack_is_a_problem(runner, name):
    answer = runner.invoke(pack, ["check", name])
    assert answer.exit_code == 1
    assert "there is no" in answer.output
