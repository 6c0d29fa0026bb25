"""Exports: what no file gives away, and what a workbook has beside texts."""

import pytest
from cast import content
from exports_cast import CLEAR, FORMS, NAMES, WITHHELD, cells_of, path, rows_of, sheets_of, trees_of

from quiz.services import exports


@pytest.mark.parametrize("form", FORMS)
def test_figures_that_the_pages_withhold_are_in_no_file_but_why_and_the_answers_are(
    alice, alices_campaign, enter, form
):
    enter(person=WITHHELD, reference="C-1")
    answer = alice.get(path(alices_campaign, f"{form}?answers=1"))
    row = rows_of(answer, form)[-1]
    first = next(iter(WITHHELD.answers.values()))
    if form == "jsonl":
        assert (row["outcome"], row["role"], row["probability"]) == ("none", None, None)
        assert (row["fits"], row["scores"]) == ({}, {})
        assert row["reliability"] is not None
        assert {item: given["choice"] for item, given in row["answers"].items()} == WITHHELD.answers
        return
    shape = exports.columns_of(content().pack, with_answers=False)
    figures = 4 * len(shape.roles) + 3 * len(shape.dimensions)
    fits = len(exports.PLAIN)
    if form == "csv":
        assert row[9:12] == [""] * 3
        assert row[12]
        assert set(row[fits : fits + figures]) == {""}
        assert row[fits + figures] == str(first)
    else:
        cells = cells_of(answer)
        names = [cell.get("r") for cell in next(trees_of(answer)[0].iter(f"{NAMES}row"))]
        there = [bool(cells.get(name[:-1] + "2")) for name in names]
        assert there[8:13] == [True, False, False, False, True]
        assert not any(there[fits : fits + figures])
        assert all(there[fits + figures :])


def test_a_workbooks_times_are_times_and_its_headings_stay_and_filter(alice, alices_campaign, enter):
    enter(person=CLEAR)
    enter()
    answer = alice.get(path(alices_campaign, "xlsx"))
    sheet, columns = trees_of(answer)
    cells = {cell.get("r"): cell for cell in sheet.iter(f"{NAMES}c")}
    started = cells["G2"]
    assert started.get("t", "n") == "n"
    assert float(started.find(f"{NAMES}v").text) == pytest.approx(46402 + 8 / 24)
    (styles,) = trees_of(answer, "xl/styles.xml")
    used = list(styles.find(f"{NAMES}cellXfs"))[int(started.get("s"))].get("numFmtId")
    formats = {each.get("numFmtId"): each.get("formatCode") for each in styles.iter(f"{NAMES}numFmt")}
    assert formats[used] == "yyyy-mm-dd hh:mm:ss"
    assert float(cells["H2"].find(f"{NAMES}v").text) > float(started.find(f"{NAMES}v").text)
    last = [cell.get("r") for cell in next(sheet.iter(f"{NAMES}row"))][-1]
    assert sheet.find(f"{NAMES}autoFilter").get("ref") == f"A1:{last[:-1]}3"
    assert columns.find(f"{NAMES}autoFilter") is None
    for each in (sheet, columns):
        pane = next(each.iter(f"{NAMES}pane"))
        assert (pane.get("ySplit"), pane.get("state"), pane.get("topLeftCell")) == ("1", "frozen", "A2")


def test_a_workbook_says_what_each_column_is(alice, alices_campaign, enter):
    enter(person=CLEAR)
    people, columns = sheets_of(alice.get(path(alices_campaign, "xlsx?answers=1")))
    assert [row[0] for row in columns[1:-1]] == people[0]
    assert all(row[1] for row in columns[1:-1])
    assert columns[-1] == ["For development and conversation. A person decides."]
