"""Simulated people: what the measurement would do for persons whose true traits are known."""

from quiz.core.simulate.people import USUAL, CarelessKind, Respondents, Styles, respondents
from quiz.core.simulate.published import published, scenarios
from quiz.core.simulate.report import LENGTHS, Bin, Length, Report, report

__all__ = [
    "LENGTHS",
    "USUAL",
    "Bin",
    "CarelessKind",
    "Length",
    "Report",
    "Respondents",
    "Styles",
    "published",
    "report",
    "respondents",
    "scenarios",
]
