"""Reads a table of answers row by row: a plain table with a column for each item, or the console's JSON Lines.

The first line decides. Either it names the columns (item ids, `<item>_seconds`, `id`, `reference`, and what the
caller takes for groups), or it is a JSON object, one a line, as an export with answers has them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from quiz.core.pack import Pack
from quiz.services.answer_table.delimited import delimited
from quiz.services.answer_table.exported import exported
from quiz.services.answer_table.kinds import CARRIED, AnswerRow, BadColumns, BadRow

__all__ = ["CARRIED", "AnswerRow", "BadColumns", "BadRow", "read"]


def read(pack: Pack, lines: Iterable[bytes], groups: Sequence[str] = ()) -> Iterator[AnswerRow | BadRow]:
    """Read a table line by line, so that its size does not matter. A blank line is passed over.

    Raises BadColumns at once, before the first row is read.
    """
    rows = iter(lines)
    first = next(rows, b"")
    if first.lstrip(b"\xef\xbb\xbf \t").startswith(b"{"):
        return exported(pack, first, rows, groups)
    return delimited(pack, first, rows, groups)
