"""Numbers of the manual as its readers write them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from quiz.present import numbers


@dataclass(frozen=True, slots=True)
class Figures:
    """Numbers and days in a language; every one comes from the pack, the code or a stored simulation."""

    language: str

    def decimal(self, number: float, places: int = 2) -> str:
        """With so many decimals: 0,57."""
        return numbers.decimal(number, self.language, places)

    def signed(self, number: float, places: int = 2) -> str:
        """The same with a plus sign above zero."""
        return numbers.signed(number, self.language, places)

    def whole(self, number: int) -> str:
        """A count: 20.000."""
        text: str = format_decimal(number, locale=self.language)
        return text

    def large(self, number: float) -> str:
        """With one decimal, in groups of three digits: −130.372,4."""
        text: str = format_decimal(abs(number), format="#,##0.0", locale=self.language)
        return f"−{text}" if round(number, 1) < 0 else text

    def plain(self, number: float, most: int = 3) -> str:
        """With as many decimals as it has, at most so many: 5, 0,8, 1,645."""
        text = numbers.decimal(number, self.language, most)
        return text.rstrip("0").rstrip(",.")

    def percent(self, share: float | None, places: int = 1) -> str:
        """A share from 0 to 1 in per cent; a dash where there is none."""
        if share is None or math.isnan(share):
            return "–"
        form = "#,##0." + "0" * places if places else "#,##0"
        # The language's own pattern says whether a space stands before the sign.
        space = "\N{NO-BREAK SPACE}" if "\N{NO-BREAK SPACE}" in format_percent(0.5, locale=self.language) else ""
        text: str = format_decimal(100 * share, format=form, locale=self.language)
        return f"{text}{space}%"

    def percents(self, shares: Iterable[float], places: int = 1) -> str:
        """The same of the least and the greatest share, or of one where all are alike as shown."""
        found = sorted(shares)
        low, high = self.percent(found[0], places), self.percent(found[-1], places)
        return low if low == high else f"{low} – {high}"

    def bound(self, share: float) -> str:
        """A threshold in per cent, with as many decimals as it has."""
        return self.percent(share, 0 if abs(100 * share - round(100 * share)) < 1e-9 else 1)

    def day(self, day: date) -> str:
        """A day in words."""
        text: str = format_date(day, "long", locale=self.language)
        return text

    def range(self, values: Iterable[float], places: int = 2) -> str:
        """One number where all are alike as shown, else the least and the greatest; a dash for none."""
        found = sorted(values)
        if not found:
            return "–"
        low, high = self.decimal(found[0], places), self.decimal(found[-1], places)
        return low if low == high else f"{low} – {high}"
