"""A problem's line is found whatever the way in which the TOML was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.packs.lines import Lines

TEXT = '''\
# a comment
title = "x"

[one]
plain = 1
"quoted.key" = 2
dotted.inner = 3
many = [
  "a",
  { deep = "b" },
]
long = """
plain = 9
[one.fake]
"""

[[list]]
id = "first"
[list.inside]
key = 1
[[list.more]]
n = 1
[[list.more]]
n = 2
[[list]] # again
id = "second"
[list.inside]
key = 2
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("one",), 4),
        (("one", "plain"), 5),
        (("one", "quoted.key"), 6),
        (("one", "dotted", "inner"), 7),
        (("one", "many"), 8),
        (("one", "many", 1, "deep"), 8),
        (("one", "long"), 12),
        (("one", "absent"), 4),
        (("list", 0, "id"), 18),
        (("list", 0, "inside", "key"), 20),
        (("list", 0, "more", 1, "n"), 24),
        (("list", 1, "id"), 26),
        (("list", 1, "inside", "key"), 28),
        (("list", 1, "absent"), 25),
        (("absent", "altogether"), 1),
    ],
)
def test_a_path_has_its_line(path, line):
    assert Lines(TEXT).of(path) == line


KEYS = st.text("ab-_ .é", min_size=1, max_size=4)
TABLES = st.dictionaries(KEYS, st.lists(KEYS, unique=True, max_size=4), max_size=5)


@given(TABLES)
def test_every_key_of_any_file_has_the_line_on_which_it_stands(tables):
    lines: list[str] = []
    places = {}
    for table, keys in tables.items():
        lines.append(f'["{table}"]')
        places[(table,)] = len(lines)
        for key in keys:
            lines += [f'"{key}" = [', "  1,", "]"]
            places[(table, key)] = len(lines) - 2
    found = Lines("\n".join(lines))
    assert {path: found.of(path) for path in places} == places
