"""What an address says after its question mark, read without ever failing."""

from __future__ import annotations

from flask import request


def given(name: str) -> str:
    """A value of the address; empty where it is missing, or where the address has bytes that no browser sends."""
    try:
        return request.args.get(name, "")
    except UnicodeDecodeError:
        return ""


def number(name: str) -> int | None:
    """A whole number of the address, if it is one that an id can have."""
    text = given(name)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
