"""Exports of results as files."""

from __future__ import annotations

from flask import Blueprint

door = Blueprint("exports", __name__)
