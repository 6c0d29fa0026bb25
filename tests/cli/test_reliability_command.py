"""`flask pack reliability`: real answers in, how dependable the scores are out."""

from __future__ import annotations

import json

import numpy as np
import pytest
import questionnaire
from answer_cast import BFI, BFI_KEYS, answers_of, as_csv, bfi
from estimation_cast import PEOPLE
from flask import Flask

from quiz.cli.pack import pack
from quiz.packs.loader import load


@pytest.fixture
def run():
    """Run a command of `flask pack`."""
    runner = Flask(__name__).test_cli_runner()
    return lambda *arguments, table=None: runner.invoke(pack, [str(part) for part in arguments], input=table)


class TestReliability:
    """`flask pack reliability`."""

    def test_shows_items_dimensions_contrasts_and_response_quality(self, run, tiny, table):
        answer = run("reliability", tiny, "-", "--group", "language", table=table)
        assert answer.exit_code == 0
        for word in ("# language: en", "# language: es", "ask-first", "nerve", "hunter : farmer", "straight-line"):
            assert word in answer.stdout

    def test_json_has_the_same_figures(self, run, tiny, table):
        plain = table.replace(b"language", b"reference")
        told = json.loads(run("reliability", tiny, "-", "--json", table=plain).stdout)
        assert told["people"] == PEOPLE
        assert told["missing"] == pytest.approx(0.05, abs=0.01)
        assert [item["id"] for item in told["items"]] == list(load(tiny).pack.item_ids)
        [contrast] = told["contrasts"]
        assert contrast["observed"] < contrast["model"]  # the pack expects more of its items than they hold
        assert set(told["flagged"]) == {"hurried", "straight-line", "contradictory", "constant", "random"}
        assert 0 < told["withheld"] < 0.2  # by the figures as they are, which expect too much

    def test_bad_rows_are_told_with_their_line_and_the_others_analysed(self, run, tiny, table):
        plain = table.replace(b"language", b"reference")
        answer = run("reliability", tiny, "-", "--json", table=plain + b"es,9" + b",3" * 9 + b"\nes,1\n")
        assert answer.exit_code == 1
        assert f"<stdin>:{PEOPLE + 2}: ask-first: '9' is not an answer from 1 to 5" in answer.stderr
        assert f"<stdin>:{PEOPLE + 3}: has 2 columns" in answer.stderr
        assert json.loads(answer.stdout)["unreadable"] == 2

    def test_the_table_tells_beside_the_people_how_many_rows_were_left_out(self, run, tiny, table):
        blank, bad = b"es" + b"," * 10 + b"\n", b"es,9" + b",3" * 9 + b"\nes,1\n"
        shown = run("reliability", tiny, "-", "--group", "language", table=table + blank + bad).stdout
        told = "of answers missing\nleft out: 1 who answered nothing, 2 bad rows (of the whole table)\n"
        assert shown.count(told) == 2
        plain = table.replace(b"language", b"reference")
        shown = run("reliability", tiny, "-", table=plain).stdout
        assert "of answers missing\nleft out: 0 who answered nothing, 0 bad rows\n" in shown

    @pytest.mark.parametrize("command", ["reliability", "calibrate"])
    def test_many_bad_rows_are_all_told_and_counted_in_the_last_line(self, run, tiny, table, tmp_path, command):
        plain, options = table.replace(b"language", b"reference"), []
        for bad, last in ((20, None), (21, "21 bad rows are left out, 20 of them like line 803: … is not an answer")):
            rows = b"es,1\n" * (bad - 20) + b"es,9" + b",3" * 9 + b"\n" + b"es,3,12" + b",3" * 8 + b"\n"
            rows += b"es,8" + b",3" * 9 + b"\n" + (b"es,9" + b",3" * 9 + b"\n") * 17
            if command == "calibrate":
                options = ["--out", tmp_path / str(bad)]
            answer = run(command, tiny, "-", *options, table=plain + rows)
            lines = answer.stderr.splitlines()
            assert answer.exit_code == 1
            assert sum(line.startswith("<stdin>:8") for line in lines) == bad
            if last:
                assert lines[-1] == f"<stdin>: {last} from 1 to 5"
            else:
                assert "bad rows" not in answer.stderr

    def test_many_bad_rows_are_counted_last_where_nobody_is_left_too(self, run, tiny):
        answer = run("reliability", tiny, "-", table=b"id,ask-first\n" + b"ana,9\n" * 30)
        assert answer.exit_code == 2
        assert answer.stderr.splitlines()[-2:] == [
            "nobody in the table answered anything",
            "<stdin>: 30 bad rows are left out, 30 of them like line 2: … is not an answer from 1 to 5",
        ]

    def test_an_unknown_column_is_an_error_unless_it_is_the_group(self, run, tiny, table):
        answer = run("reliability", tiny, "-", table=table)
        told = "To pass over columns that are not the pack's, name each: --ignore COLUMN"
        assert (answer.exit_code, answer.stderr) == (2, f"<stdin>:1: unknown column 'language'\n{told}\n")
        answer = run("reliability", tiny, "-", "--group", "langage", table=table)
        assert answer.exit_code == 2
        assert "there is no column 'langage'; did you mean 'language'?" in answer.stderr

    @pytest.mark.parametrize("command", ["reliability", "calibrate"])
    def test_a_column_can_be_passed_over(self, run, tiny, table, tmp_path, command):
        told = {}
        for way, given in (("plain", table.replace(b"language", b"reference")), ("ignored", table)):
            options = ["--out", tmp_path / way] if command == "calibrate" else []
            options += ["--ignore", "language"] if way == "ignored" else []
            answer = run(command, tiny, "-", "--json", *options, table=given)
            assert answer.exit_code == 0, answer.output
            told[way] = json.loads(answer.stdout)
        assert told["ignored"] == told["plain"]

    @pytest.mark.parametrize(
        ("column", "told"),
        [
            ("ask-first", "the column 'ask-first' is the pack's own and cannot be ignored"),
            ("ask-first_seconds", "the column 'ask-first_seconds' is the pack's own and cannot be ignored"),
            ("langage", "there is no column 'langage'; did you mean 'language'?"),
        ],
    )
    def test_what_counts_or_is_not_there_cannot_be_passed_over(self, run, tiny, table, column, told):
        answer = run("reliability", tiny, "-", "--ignore", "language", "--ignore", column, table=table)
        assert answer.exit_code == 2
        assert told in answer.stderr

    def test_nobody_is_too_few(self, run, tiny):
        answer = run("reliability", tiny, "-", table=b"id,ask-first\nana,\n")
        assert (answer.exit_code, answer.stderr) == (2, "nobody in the table answered anything\n")

    def test_scattered_gaps_leave_no_figure_out_without_a_reason(self, run, tmp_path):
        statements = [(item.lower(), item[0], key) for item, key in zip(BFI, BFI_KEYS, strict=True)]
        folder = questionnaire.write(tmp_path, "bfi", statements)
        content = load(folder).pack
        table = as_csv(content, answers_of(content, 400, 3, 0.4, whole=True))
        told = json.loads(run("reliability", folder, "-", "--json", table=table).stdout)
        assert told["complete"] == 0
        [contrast] = told["contrasts"]
        assert None not in contrast.values()
        assert contrast["given"] < contrast["model"]
        lacking = [each["id"] for each in told["dimensions"] if each["alpha"] is None]
        assert 0 < len(lacking) < 5
        shown = run("reliability", folder, "-", table=table).stdout
        assert f"fewer did for {', '.join(lacking)}." in shown

    def test_with_few_people_the_table_says_how_many_are_needed(self, run, tiny):
        content = load(tiny).pack
        shown = run("reliability", tiny, "-", table=as_csv(content, answers_of(content, 29, 3, whole=True))).stdout
        assert shown.rstrip().endswith("30 people are needed, and there are 29. Collect more answers.")

    def test_the_alphas_of_published_data_come_out_of_a_file(self, run, tmp_path):
        """The bfi on five points (3 and 4 together as the middle): alphas within .02 of those on six."""
        statements = [(item.lower(), item[0], key) for item, key in zip(BFI, BFI_KEYS, strict=True)]
        folder = questionnaire.write(tmp_path, "bfi", statements)
        answers = np.array([np.nan, 1, 2, 3, 3, 4, 5])[np.nan_to_num(bfi()).astype(int)]
        (tmp_path / "bfi.csv").write_bytes(as_csv(load(folder).pack, answers))
        told = json.loads(run("reliability", folder, tmp_path / "bfi.csv", "--json").stdout)
        assert told["people"] == 2800
        alphas = {each["id"]: each["alpha"] for each in told["dimensions"]}
        published = {"agreeableness": 0.7038, "conscientiousness": 0.7293, "extraversion": 0.7609}
        published |= {"neuroticism": 0.8133, "openness": 0.6025}
        assert alphas == pytest.approx(published, abs=0.02)
        assert [each["people"] for each in told["dimensions"]] == [2709, 2707, 2713, 2694, 2726]
