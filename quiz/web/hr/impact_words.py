"""What is wrong with a file of groups, in the member's language."""

from __future__ import annotations

from flask_babel import format_decimal, gettext

from quiz.services.group_file import LONGEST_CELL, MOST_BYTES, MOST_GROUPS, Unreadable


def problem(unreadable: Unreadable) -> str:
    """Why the file as a whole cannot be used, and what to do."""
    detail = unreadable.detail
    number = format_decimal(int(detail)) if detail.isdigit() else detail
    megabytes = MOST_BYTES // 1024 // 1024
    sentences = {
        "empty": gettext("Choose a file that has something in it."),
        "large": gettext("The file is larger than %(number)s MB.", number=megabytes),
        "workbook": gettext("This is a spreadsheet’s own format. Save it as CSV first."),
        "binary": gettext("This is not a text file. Save the table as CSV, in UTF-8."),
        "many-lines": gettext("The file has more than %(number)s lines.", number=number),
        "open-quote": gettext(
            "From line %(number)s on, the file cannot be read: a cell is far too long. Perhaps a quotation mark is "
            "never closed.",
            number=number,
        ),
        "one-column": gettext(
            "There is only one column. The first line has to name at least two, with commas, semicolons or tabs "
            "between them: the reference, and a group."
        ),
        "many-columns": gettext("There are more than %(number)s columns of groups.", number=number),
        "no-name": gettext("Column %(number)s has no name in the first line.", number=number),
        "same-name": gettext("Two columns are called “%(name)s”.", name=detail),
        "formula-name": gettext("The name of a column looks like a formula: “%(name)s”.", name=detail),
        "long-name": gettext("The name of a column is longer than %(number)s characters.", number=LONGEST_CELL),
        "many-groups": gettext(
            "The column “%(name)s” has more than %(number)s different groups. Put them together into fewer.",
            name=detail,
            number=MOST_GROUPS,
        ),
        "no-rows": gettext("No line after the first one can be used."),
    }
    return sentences[unreadable.reason]


def fault_names() -> dict[str, str]:
    """Why a line is left out."""
    return {
        "cells": gettext("another number of cells than the first line"),
        "long": gettext("a cell of more than %(number)s characters", number=LONGEST_CELL),
        "control": gettext("characters that nobody can read"),
        "formula": gettext("a cell that looks like a formula"),
        "no-person": gettext("no reference and no e-mail address"),
    }
