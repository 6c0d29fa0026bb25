"""Exports: a campaign's people as a file, one row a person, streamed so that memory does not grow with them."""

from quiz.services.exports.files import CHUNK, FORMATS, Sheet, csv, jsonl, xlsx
from quiz.services.exports.persons import PLAIN, Columns, Figures, Fit, Person, columns_of, count, people, row

__all__ = [
    "CHUNK",
    "FORMATS",
    "PLAIN",
    "Columns",
    "Figures",
    "Fit",
    "Person",
    "Sheet",
    "columns_of",
    "count",
    "csv",
    "jsonl",
    "people",
    "row",
    "xlsx",
]
