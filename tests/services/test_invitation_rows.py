"""Lists of people: whatever somebody pastes, every line is kept or reported, and nothing is made up."""

from __future__ import annotations

from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from quiz.services.invitations.lines import BLANK, NotText, decode, lines_of
from quiz.services.invitations.rows import LONGEST, Problem, Row, TooMany, duplicates, read, read_one

SPOKEN = ["es", "en"]
CELLS = some.sampled_from(
    [
        "Ana",
        "ana@x.example",
        "A-1",
        "es",
        "inglés",
        "",
        '"',
        '"Ruiz, Ben"',
        "=1+1",
        "+34 600",
        "\u202e",
        "name",
        "e-mail",
    ]
)
LISTS = some.lists(some.lists(CELLS, max_size=6), max_size=6).flatmap(
    lambda rows: some.sampled_from(",;\t").map(lambda between: "\n".join(between.join(row) for row in rows))
)


@settings(max_examples=300, deadline=None)
@given(text=some.one_of(some.text(), LISTS, some.text(alphabet=',;\t\r\n"@.ax\x00\u2028=-+ ')))
def test_every_line_is_kept_or_reported(text):
    found = read(text, SPOKEN, "es")
    lines = {number: line for number, line in enumerate(lines_of(text), 1) if line.strip(BLANK)}
    told = [*found.rows, *found.bad]
    assert len(lines) == len(found.head) + len(told)
    assert all(lines[each.line] == each.raw for each in told)
    for row in found.rows:
        assert row.email or row.reference
        assert row.language in SPOKEN
        assert all(len(getattr(row, column)) <= most for column, most in LONGEST.items())
        assert not any(category(each) in ("Cc", "Co", "Cs") for column in LONGEST for each in getattr(row, column))


@settings(max_examples=200, deadline=None)
@given(given=some.binary())
def test_any_bytes_are_text_or_refused(given):
    try:
        text = decode(given)
    except NotText:
        return
    read(text, SPOKEN, "en")


@settings(max_examples=100, deadline=None)
@given(LISTS)
def test_what_came_back_says_the_same_again(text):
    found = read(text, SPOKEN, "en")
    again = read("\n".join([*found.head, *(problem.raw for problem in found.bad)]), SPOKEN, "en")
    assert not (found.head and again.rows)


@pytest.mark.parametrize("between", [",", ";", "\t"])
@pytest.mark.parametrize(
    "head", ["", "name{0}e-mail{0}reference{0}language\n", "Nombre{0}CORREO{0}Referencia{0}Idioma\n"]
)
def test_columns_are_found_with_and_without_their_names(between, head):
    name = "Ruiz Ana" if between == "\t" else f"Ruiz{between} Ana"
    (row,) = read(
        head.format(between) + between.join((f'"{name}"', "ana@x.example", "7", "Español")), SPOKEN, "en"
    ).rows
    assert (row.name, row.email, row.reference, row.language) == (name, "ana@x.example", "7", "es")


def test_columns_may_come_in_any_order_and_with_others():
    found = read("Apellidos;Dpto;Correo;Nombre\nNúñez;Ventas;ana@x.example;Ana", SPOKEN, "es")
    assert found.rows[0].name == "Núñez Ana"
    assert found.ignored == ("Dpto",)


def test_addresses_may_stand_alone_or_as_mail_programs_write_them():
    found = read("ana@x.example\nBen Ruiz <ben@x.example>\n<cleo@x.example>", SPOKEN, "es")
    assert [(row.name, row.email) for row in found.rows] == [
        ("", "ana@x.example"),
        ("Ben Ruiz", "ben@x.example"),
        ("", "cleo@x.example"),
    ]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ('"Ana,ana@x.example', "quotes"),
        ('"Ana" Ruiz,ana@x.example', "quotes"),
        ("Ana,ana@x.example,1,es,more", "cells"),
        ("A\x07na,ana@x.example", "characters"),
        ("A\ue000na,ana@x.example", "characters"),
        ("A\u202ena,ana@x.example", "characters"),
        ("A\ufffdna,ana@x.example", "characters"),
        ("x" * 201 + ",ana@x.example", "too-long"),
        ("Ana,ana@x.example," + "x" * 201, "too-long"),
        ("x" * 2001, "too-long"),
        ("Ana,ana", "email"),
        ("Ana,ana@localhost", "email"),
        ("A\u2028na,ana@x.example", "characters"),
        ('Ana,"a@x.example,b@x.example"', "email"),
        ("Ana,ana@x.example,1,de", "language"),
        ("=1+1,ana@x.example", "formula"),
        ("Ana,ana@x.example,@SUM(1)", "formula"),
        ("-Ana,ana@x.example", "formula"),
        ("Ana", "nobody"),
    ],
)
def test_what_is_wrong_with_a_line_is_said(line, kind):
    found = read(f"first@x.example,,,\n{line}" if "," in line else line, SPOKEN, "es")
    assert [problem.kind for problem in found.bad if problem.raw == line] == [kind]


def test_a_language_that_the_campaign_does_not_speak_is_told_apart():
    (problem,) = read("Ana,ana@x.example,,en", ["es"], "es").bad
    assert problem.kind == "other-language"


def test_a_quotation_mark_spoils_one_line_only():
    found = read('"Ana,ana@x.example\nBen,ben@x.example\nCleo,cleo@x.example', SPOKEN, "es")
    assert [row.line for row in found.rows] == [2, 3]


def test_as_many_lines_as_fit_and_no_more():
    assert len(read("a@x.example\n" * 5000, SPOKEN, "es").rows) == 5000
    with pytest.raises(TooMany, match="5001"):
        read("a@x.example\n" * 5001, SPOKEN, "es")


def test_the_first_of_equals_is_kept():
    rows = read("ana@x.example\n,,A-1\nAna@X.example\n,,A-1\n,,a-1\n,,B-1", SPOKEN, "es").rows
    found = list(duplicates(rows, [("ben@x.example", "B-1"), ("", "")]))
    assert [each.line for each in found if isinstance(each, Row)] == [1, 2, 5]
    assert [(each.line, each.kind, each.other) for each in found if isinstance(each, Problem)] == [
        (3, "same-email", 1),
        (4, "same-reference", 2),
        (6, "same-reference", 0),
    ]


def test_one_person_is_checked_like_a_line():
    assert read_one({"name": "Ana"}, SPOKEN).kind == "nobody"
    assert read_one({"email": "ana@x.example"}, SPOKEN).language == "es"


def test_a_line_with_several_things_wrong_tells_all_of_them():
    (told,) = read("=Ana,ana@,A-1,klingon", SPOKEN, "en").bad
    assert [each.kind for each in (told, *told.also)] == ["formula", "email", "language"]
    (told,) = read("Ana,,,klingon", SPOKEN, "en").bad
    assert {each.kind for each in (told, *told.also)} == {"nobody", "language"}
    one = read_one({"email": "ana@", "reference": "=1", "language": "en"}, SPOKEN)
    assert {each.column for each in (one, *one.also)} == {"email", "reference"}
