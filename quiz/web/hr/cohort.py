"""The cohort report."""

from __future__ import annotations

from flask import Blueprint

door = Blueprint("cohort", __name__)
