"""Texts that a spreadsheet could take for formulas, made harmless where `defusedcsv` lets them through."""

from __future__ import annotations

import re

_SIGNS = "=+\\-@|%\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}"
# A spreadsheet that expects other separators begins a cell after them, quoted or not: Spanish ones expect semicolons.
_BEGINNING = re.compile(rf"(^|[;\t\r\n])(\s*)(?=[{_SIGNS}])")
_WHITE = re.compile(r"^[\t\r\n]")


def harmless(text: str) -> str:
    """The text with an apostrophe before whatever would begin a formula in some spreadsheet.

    That is = + - @ | and %, also in full width, after blanks, and after characters at which a spreadsheet may begin
    another cell; and a tab or a new line at the beginning.
    """
    return _WHITE.sub(lambda found: "'" + found[0], _BEGINNING.sub(r"\1\2'", text))
