"""Results: the table, one person, some side by side."""

from __future__ import annotations

from flask import Blueprint

door = Blueprint("results", __name__)
