"""What an address asks for, read so that no bytes in it break anything."""

from __future__ import annotations

from flask import request
from werkzeug.datastructures import MultiDict


def given() -> MultiDict[str, str]:
    """The values of the address (`?name=value`); none, where it holds bytes that no browser puts there."""
    try:
        return request.args
    except UnicodeDecodeError:
        return MultiDict()


def number(name: str) -> int | None:
    """A whole number of the address, if it is one that an id can have."""
    text = given().get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
