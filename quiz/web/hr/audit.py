"""The audit log, page by page and as a file."""

from __future__ import annotations

from flask import Blueprint

door = Blueprint("audit", __name__)
