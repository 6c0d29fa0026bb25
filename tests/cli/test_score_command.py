"""`flask pack score`: tables of answers in, results out, and nothing lost on the way."""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quiz.cli.pack import pack
from quiz.packs.loader import load

CONTENT = load("ae-am")
ITEMS = CONTENT.pack.item_ids
PEOPLE = {persona.id: persona for persona in CONTENT.golden}


@pytest.fixture
def score(runner):
    """Score bytes given on standard input."""

    def score(table: bytes, *options: str):
        return runner.invoke(pack, ["score", "ae-am", "-", *options], input=table)

    return score


def table(*people: str, columns=ITEMS, separator=",") -> str:
    lines = [separator.join(["id", *columns])]
    for person in people:
        answers = PEOPLE[person].answers
        lines.append(separator.join([person, *(str(answers.get(item, "")) for item in columns)]))
    return "\n".join(lines) + "\n"


def results(answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.stdout)))


def outcomes(answer) -> list[tuple[str, str, str]]:
    return [(row["id"], row["outcome"], row["role"]) for row in results(answer)]


HUNTER = ("clear-hunter", "clear", "account-executive")
FARMER = ("clear-farmer", "clear", "account-manager")
EARLY = ("stopped-early", "none", "")


def test_every_person_gets_one_row_in_their_order(score):
    answer = score(table("clear-hunter", "clear-farmer", "stopped-early").encode())
    assert answer.exit_code == 0
    assert outcomes(answer) == [HUNTER, FARMER, EARLY]
    assert [row["reasons"] for row in results(answer)] == ["", "", "few-answers"]
    assert results(answer)[2]["answered"] == "9"


def test_a_row_tells_probability_fits_with_their_range_contrast_and_flags(score):
    [row] = results(score(table("always-5").encode()))
    assert row["flags"] == row["reasons"] == "straight-line contradictory constant"
    assert row["contrast.first"] == "account-executive"
    low, points, high = (float(row[f"fits.account-manager.{key}"]) for key in ("low", "points", "high"))
    assert low < points < high
    assert 0.5 <= float(row["probability"]) < 0.8
    assert float(row["contrast.sd"]) > 0


def test_json_lines_hold_the_same(score):
    rows = score(table("clear-hunter", "always-3").encode(), "--format", "jsonl").stdout.splitlines()
    hunter, middle = map(json.loads, rows)
    assert (hunter["id"], hunter["outcome"], hunter["role"], hunter["flags"]) == (*HUNTER, [])
    assert (middle["role"], middle["flags"], middle["reasons"]) == (None, *2 * (["straight-line", "constant"],))
    assert hunter["reasons"] == []
    assert set(hunter["fits"]) == {"account-executive", "account-manager"}


def test_a_language_adds_the_headline(score):
    [row] = results(score(table("clear-hunter").encode(), "--language", "es"))
    assert "account executive" in row["headline"]
    assert "{" not in row["headline"]


def test_a_file_is_read_as_standard_input_is(runner, tmp_path: Path):
    file = tmp_path / "answers.csv"
    file.write_text(table("clear-hunter"), encoding="utf-8")
    assert outcomes(runner.invoke(pack, ["score", "ae-am", str(file)])) == [HUNTER]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_what_spreadsheets_write_is_understood(score, separator):
    text = "\ufeff" + table("clear-hunter", separator=separator).replace("\n", "\r\n") + "\r\n"
    assert outcomes(score(text.encode())) == [HUNTER]


def test_whole_numbers_with_a_decimal_point_are_answers(score):
    text = table("clear-farmer").replace(",5", ",5.0").replace(",1", ",1.0")
    assert outcomes(score(text.encode())) == [FARMER]


def test_the_order_of_columns_does_not_matter_and_missing_items_are_unanswered(score):
    assert outcomes(score(table("clear-hunter", columns=ITEMS[::-1]).encode())) == [HUNTER]
    [row] = results(score(table("clear-hunter", columns=ITEMS[:20]).encode()))
    assert row["answered"] == "20"


def test_seconds_are_judged(score):
    columns = (*ITEMS, *(f"{item}_seconds" for item in ITEMS))
    answers = [str(PEOPLE["clear-hunter"].answers[item]) for item in ITEMS]
    text = ",".join(columns) + "\n" + ",".join(answers + ["0.8"] * len(ITEMS)) + "\n"
    assert results(score(text.encode()))[0]["flags"] == "hurried"


def test_bad_rows_are_reported_with_their_line_and_do_not_stop_the_rest(score):
    good = table("clear-hunter").splitlines()
    short, wrong = "x,1,2", good[1].replace("clear-hunter", "y")[:-1] + "6"
    lines = [*good, short, wrong, "\xff", '"open,1', "", good[1], "z"]
    answer = score("\n".join(lines).encode("latin-1"))
    assert answer.exit_code == 1
    assert outcomes(answer) == [HUNTER, HUNTER]
    told = answer.stderr.splitlines()
    assert [line.split(":")[1] for line in told] == ["3", "4", "5", "6", "9"]
    assert told[0] == "<stdin>:3: has 3 columns, the first line has 33"
    assert told[1] == f"<stdin>:4: {ITEMS[-1]}: '6' is not an answer from 1 to 5"
    assert told[2] == "<stdin>:5: is not UTF-8"
    assert told[4] == "<stdin>:9: has 1 column, the first line has 33"


@pytest.mark.parametrize("value", ["0", "6", "-1", "2.5", "five", "1e0", "٣", "nan", "5 5"])
def test_nothing_but_one_to_five_is_an_answer(score, value):
    answer = score(f"{ITEMS[0]}\n{value}\n".encode())
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert f"{ITEMS[0]}: '{value}' is not an answer from 1 to 5" in answer.stderr


@pytest.mark.parametrize("value", ["-1", "soon", "nan", "inf"])
def test_nothing_but_a_time_is_a_time(score, value):
    answer = score(f"{ITEMS[0]},{ITEMS[0]}_seconds\n3,{value}\n".encode())
    assert answer.exit_code == 1
    assert "is not a number of seconds" in answer.stderr


def test_every_wrong_column_is_named_and_nothing_is_scored(score):
    answer = score(f"id,{ITEMS[0]}x,{ITEMS[1]},{ITEMS[1]},colour\n1,2,3,4,5\n".encode())
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert f"unknown column '{ITEMS[0]}x'; did you mean '{ITEMS[0]}'?" in answer.stderr
    assert f"the column '{ITEMS[1]}' stands there 2 times" in answer.stderr
    assert "unknown column 'colour'" in answer.stderr


@pytest.mark.parametrize("text", [b"", b"\n", b"id\n1\n", b"\xff\xfe\n", b'"open\n'])
def test_a_table_without_items_is_refused(score, text):
    answer = score(text)
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert answer.stderr.startswith("<stdin>:1: ")


@pytest.mark.parametrize("name", ["=1+1", "+34", "-5", "@SUM(A1)"])
def test_an_id_can_never_become_a_formula(score, name):
    text = f'id,reference,{ITEMS[0]}\n"{name}","{name}",3\n'.encode()
    [row] = results(score(text))
    assert (row["id"], row["reference"]) == (f"'{name}", f"'{name}")
    assert json.loads(score(text, "--format", "jsonl").stdout)["id"] == name


def test_an_unknown_language_pack_or_file_exits_with_2(runner, score):
    assert score(b"", "--language", "fr").exit_code == 2
    assert runner.invoke(pack, ["score", "ae-an", "-"], input=b"").exit_code == 2
    assert runner.invoke(pack, ["score", "ae-am", "/nowhere.csv"]).exit_code == 2


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_any_bytes_below_good_columns_are_scored_or_reported(score, rows):
    answer = score(f"id,{ITEMS[0]}\nfirst,3\n".encode() + rows)
    assert answer.exit_code in (0, 1)
    assert answer.stdout.splitlines()[1].startswith("first,none,")
