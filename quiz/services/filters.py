"""Filters of a campaign's results: the same for the table, for exports and for reports."""

from quiz.store.filters import QUALITIES, STATUSES, Filter

__all__ = ["QUALITIES", "STATUSES", "Filter"]
