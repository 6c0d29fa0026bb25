"""Simulated people: what the measurement would do for persons whose true traits are known."""

from quiz.core.simulate.people import USUAL, CarelessKind, Respondents, Styles, respondents
from quiz.core.simulate.published import published, scenarios
from quiz.core.simulate.report import Bin, Length, Report, lengths_of, report

__all__ = [
    "USUAL",
    "Bin",
    "CarelessKind",
    "Length",
    "Report",
    "Respondents",
    "Styles",
    "lengths_of",
    "published",
    "report",
    "respondents",
    "scenarios",
]
