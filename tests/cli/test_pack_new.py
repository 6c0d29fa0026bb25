"""`flask pack new`: a draft that runs at once, says what is left to write, and overwrites nothing."""

import re
import tomllib
from pathlib import Path

import pytest

from quiz.cli.pack import pack
from quiz.core import simulate
from quiz.core.order import greedy, reliabilities
from quiz.packs.check import check
from quiz.packs.loader import load
from quiz.services import packs
from quiz.services.pack_new import LANGUAGES
from quiz.settings import PROJECT

ROLES = ("barista", "roaster", "buyer", "trainer", "owner", "taster")


def written(runner, folder: Path, *options: str) -> Path:
    answer = runner.invoke(pack, ["new", str(folder), *options])
    assert answer.exit_code == 0, answer.output
    return folder


@pytest.mark.parametrize("count", range(2, 7))
def test_a_new_pack_loads_and_nothing_is_left_to_do_but_its_words(runner, tmp_path, count):
    folder = written(runner, tmp_path / "coffee", "--roles", ",".join(ROLES[:count]))
    assert load(folder).pack.role_ids == ROLES[:count]
    problems = check(folder)
    assert problems
    assert [str(problem) for problem in problems if "still to be written" not in problem.message] == []


def test_once_the_words_are_written_the_pack_is_in_order(runner, tmp_path):
    folder = written(runner, tmp_path / "coffee")
    for file in folder.glob("*.toml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(re.sub(r'"\[([^\]]*)\]"', r'"\1"', text), encoding="utf-8")
    assert check(folder) == ()


def test_check_says_how_many_words_are_left_and_where_the_first_is(runner, tmp_path):
    folder = written(runner, tmp_path / "coffee", "--languages", "en", "--roles", "barista,roaster")
    lines = (folder / "en.toml").read_text(encoding="utf-8").splitlines()
    first = next(number for number, line in enumerate(lines, 1) if line.startswith("name = "))
    answer = runner.invoke(pack, ["check", str(folder)])
    assert answer.exit_code == 1
    assert answer.output.startswith(
        f"{folder}/en.toml:{first}: pack: 7 texts still to be written, in [square brackets]\n"
    )
    assert re.search(r"golden\.toml:\d+: personas: 10 texts still to be written", answer.output)


def test_every_file_says_what_to_write_in_comments(runner, tmp_path):
    folder = written(runner, tmp_path / "coffee")
    assert sorted(file.name for file in folder.iterdir()) == [
        "en.toml",
        "es.toml",
        "golden.toml",
        "pack.toml",
        "parameters.toml",
    ]
    for file in folder.iterdir():
        text = file.read_text(encoding="utf-8")
        assert text.startswith("# ")
        assert tomllib.loads(text)
        assert max(map(len, text.splitlines())) <= 220


@pytest.mark.parametrize("languages", [("es",), ("en",), ("en", "es")])
def test_a_new_pack_speaks_the_languages_that_are_asked_for(runner, tmp_path, languages):
    folder = written(runner, tmp_path / "coffee", "--languages", ",".join(languages))
    content = load(folder)
    assert content.languages == languages
    assert {file.stem for file in folder.glob("??.toml")} == set(languages)
    assert all(set(person.descriptions) == set(languages) for person in content.golden)


def test_there_is_a_starter_in_every_language():
    assert set(LANGUAGES) == {"es", "en"}


def test_the_id_is_the_name_of_the_folder_unless_another_is_given(runner, tmp_path):
    assert load(written(runner, tmp_path / "coffee")).pack.id == "coffee"
    assert load(written(runner, tmp_path / "My Pack", "--id", "my-pack")).pack.id == "my-pack"


def test_it_says_what_to_do_next_in_words_that_can_be_copied(runner, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    answer = runner.invoke(pack, ["new", "coffee"])
    assert "flask pack preview ./coffee " in answer.output
    for name in ("./coffee", "coffee"):
        assert "still to be written" in runner.invoke(pack, ["check", name]).output


def test_a_folder_with_something_in_it_is_refused_and_left_alone(runner, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    answer = runner.invoke(pack, ["new", str(tmp_path), "--id", "coffee"])
    assert answer.exit_code == 2
    assert "is not empty; nothing in it was touched" in answer.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["notes.txt"]


def test_an_empty_folder_is_as_good_as_none(runner, tmp_path):
    (tmp_path / "coffee").mkdir()
    written(runner, tmp_path / "coffee")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--id", "My Pack"), "small letters, digits and dashes"),
        (("--languages", "es,eng"), "there is no language 'eng'; did you mean 'en'?"),
        (("--languages", ","), "a pack speaks at least one language"),
        (("--languages", "es,es"), "a language is named twice"),
        (("--roles", "barista"), "2 to 6 roles, not 1"),
        (("--roles", "a,b,c,d,e,f,g"), "2 to 6 roles, not 7"),
        (("--roles", "barista,barista"), "a role is named twice"),
        (("--roles", "Barista,roaster"), "begins with a small letter"),
    ],
    ids=str,
)
def test_what_cannot_become_a_pack_is_refused_before_anything_is_written(runner, tmp_path, options, told):
    answer = runner.invoke(pack, ["new", str(tmp_path / "coffee"), *options])
    assert answer.exit_code == 2
    assert told in answer.stderr
    assert not (tmp_path / "coffee").exists()


def test_all_that_is_wrong_is_told_at_once(runner, tmp_path):
    answer = runner.invoke(pack, ["new", str(tmp_path / "coffee"), "--id", "É", "--languages", "fr", "--roles", "x"])
    assert len(answer.stderr.splitlines()) == 3


def test_the_guide_tells_the_draft_s_own_figures(runner, tmp_path):
    """docs/writing-a-pack.md, "Order and accuracy"."""
    folder = str(written(runner, tmp_path / "coffee", "--roles", "barista,roaster", "--languages", "en"))
    measure = packs.edition(folder).measure
    reached = reliabilities(measure, greedy(measure))
    simulated = simulate.report(measure).lengths[-1]
    guide = " ".join((PROJECT / "docs" / "writing-a-pack.md").read_text(encoding="utf-8").split())
    assert f"it is .{reached[9]:.2f} after 10 questions and .{reached[-1]:.2f} after all 20".replace("0.", "") in guide
    assert f"the right one for {simulated.accuracy:.0%}".replace("%", " %") in guide
    named = f"for {simulated.accuracy_when_called:.0%} of those to whom it is named ({simulated.called:.0%})"
    assert named.replace("%", " %") in guide


def test_every_command_that_a_document_names_is_there():
    for document in [*PROJECT.glob("*.md"), *PROJECT.glob("docs/*.md")]:
        named = set(re.findall(r"flask pack ([a-z]+)", document.read_text(encoding="utf-8")))
        assert named <= set(pack.commands), document.name
