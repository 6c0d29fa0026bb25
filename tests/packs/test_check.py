"""The check looks at everything, says all of it at once, and says nothing of a pack in order."""

import pytest
import tiny_pack
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quiz.packs.check import check
from quiz.packs.loader import SHIPPED, names


@pytest.mark.parametrize("name", names())
def test_every_shipped_pack_is_in_order(name):
    assert [str(problem) for problem in check(SHIPPED / name)] == []


def test_a_pack_in_order_has_no_problems(tiny):
    assert tiny.problems() == []


def test_all_problems_are_told_at_once_in_the_order_of_files_and_lines(tiny):
    broken = [
        ("en.toml", "[pack]", "[pack]\nlaed = 1", "laed"),
        ("en.toml", '"hello question"', '""', "question"),
        ("golden.toml", "river = 4", "rivre = 4", "rivre"),
        ("pack.toml", "minutes = 2", 'minutes = "two"', "minutes"),
        ("pack.toml", "opening = 0.6", "opening = -0.6", "opening = -0.6"),
        ("pack.toml", 'dimension = "nerve"', 'dimension = "nevre"', 'dimension = "nevre"'),
    ]
    for file, old, new, _ in broken:
        tiny.change(file, old, new)
    found = check(tiny.path)
    assert [(file, tiny.line(file, at)) for file, _, _, at in broken] == [
        (problem.file, problem.line) for problem in found if "sum to" not in problem.message
    ]


def test_a_broken_entry_does_not_make_what_refers_to_it_unknown(tiny):
    tiny.change("pack.toml", 'kind = "skill"', 'kind = "gift"')
    assert all("dimensions.nerve.kind" in problem for problem in tiny.problems())


def test_a_missing_language_file_is_told(tiny):
    (tiny.path / "en.toml").unlink()
    assert tiny.problems() == ["en.toml: cannot be read: No such file or directory"]


def test_without_pack_toml_the_texts_are_checked_as_far_as_they_go(tiny):
    (tiny.path / "pack.toml").unlink()
    line = tiny.change("es.toml", '"hola lead"', '""')
    assert tiny.problems() == [
        f"es.toml:{line}: pack.lead: is empty",
        "pack.toml: cannot be read: No such file or directory",
    ]


def test_bytes_that_are_no_text_are_told_with_their_line(tiny):
    (tiny.path / "es.toml").write_bytes(b"# one\n# two\n# \xff\n")
    assert tiny.problems() == ["es.toml:3: is not UTF-8"]


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tiny):
    for file in tiny.path.iterdir():
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert tiny.problems() == []


def test_too_few_golden_examples_are_told(tiny):
    (tiny.path / "golden.toml").write_text("personas = []\n", encoding="utf-8")
    assert tiny.problems() == ["golden.toml:1: has 0 personas; 10 are the least"]


def test_missing_golden_examples_are_told(tiny):
    (tiny.path / "golden.toml").unlink()
    assert tiny.problems() == ["golden.toml: is missing; it holds 10 examples or more"]


FILES = sorted(tiny_pack.FILES)
VALUES = ["5", "true", "nan", "1e308", '"x"', '""', '"{role"', "[]", '["x", "x"]', "[[]]", "{}", "[{}]", "1979-05-27"]


@st.composite
def breakages(draw):
    """One line of one file left out, doubled, or given another value."""
    file = draw(st.sampled_from(FILES))
    lines = tiny_pack.FILES[file].split("\n")
    place = draw(st.integers(0, len(lines) - 1))
    key = lines[place].partition("=")[0]
    new = draw(st.sampled_from([[], [lines[place]] * 2, *([f"{key}= {value}"] for value in VALUES)]))
    return file, "\n".join(lines[:place] + new + lines[place + 1 :])


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(breakages())
def test_no_breakage_is_beyond_the_check_and_every_problem_has_a_place(tmp_path_factory, breakage):
    file, text = breakage
    folder = tiny_pack.write(tmp_path_factory.mktemp("packs"))
    (folder / file).write_text(text, encoding="utf-8")
    for problem in check(folder):
        length = (folder / problem.file).read_text(encoding="utf-8").count("\n") + 1
        assert 1 <= problem.line <= length
