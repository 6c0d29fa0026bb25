"""What the tests of exports share: somebody whose outcome is clear, and reading the files."""

import csv
import json
from io import BytesIO, StringIO
from xml.etree import ElementTree
from zipfile import ZipFile

from cast import ITEMS, content

from quiz.core.outcome import Kind

CLEAR = next(each for each in content().golden if each.outcome == Kind.CLEAR and len(each.answers) == len(ITEMS))
WITHHELD = next(each for each in content().golden if each.outcome == Kind.NONE and len(each.answers) == len(ITEMS))
FORMS = ("csv", "xlsx", "jsonl")
NAMES = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def path(campaign, form=""):
    return f"/hr/campaigns/{campaign.public_id}/export" + (f".{form}" if form else "")


def rows_of(answer, form="csv"):
    """The rows of an answer, the headings first."""
    assert answer.status_code == 200
    if form == "csv":
        return list(csv.reader(StringIO(answer.data.decode("utf-8-sig"), newline="")))
    if form == "jsonl":
        return [json.loads(line) for line in answer.data.decode().splitlines()]
    return sheets_of(answer)[0]


def sheets_of(answer):
    """The cells of each sheet of a workbook, with the type that each has in the file."""
    trees = trees_of(answer)
    assert not any(found for tree in trees for found in tree.iter(f"{NAMES}f")), "a formula"
    assert not any(found for tree in trees for found in tree.iter(f"{NAMES}hyperlink")), "a link"
    return [[["".join(cell.itertext()) for cell in row] for row in tree.iter(f"{NAMES}row")] for tree in trees]


def trees_of(answer, folder="xl/worksheets/sheet"):
    """The XML of each sheet of a workbook, or of another part of it."""
    with ZipFile(BytesIO(answer.data)) as book:
        return [ElementTree.fromstring(book.read(file)) for file in sorted(book.namelist()) if file.startswith(folder)]


def cells_of(answer):
    """The cells of the first sheet by their place, such as B2; those that hold nothing are left out."""
    cells = {cell.get("r"): "".join(cell.itertext()) for cell in trees_of(answer)[0].iter(f"{NAMES}c")}
    return {place: text for place, text in cells.items() if text}
