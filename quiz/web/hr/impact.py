"""The adverse-impact report."""

from __future__ import annotations

from flask import Blueprint

door = Blueprint("impact", __name__)
