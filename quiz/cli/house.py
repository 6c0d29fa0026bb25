"""What the commands need of the application: settings, database, packs, the clock, the address."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

from flask import Flask, current_app

from quiz.services.audit import COMMAND_LINE
from quiz.services.library import Library
from quiz.services.storage import Database
from quiz.settings import Settings

Make = Callable[[Settings, Library], Flask]
"""The factory of the application."""

ACTOR = COMMAND_LINE
"""Who the audit log says it was."""

MAKE = "rolefit-make"
"""Where the application keeps it."""


class House(Protocol):
    """The application's own things, as far as commands use them."""

    settings: Settings
    database: Database
    library: Library


def house() -> House:
    """The house of the current application."""
    found: House = current_app.extensions["rolefit"]
    return found


def address() -> str:
    """Where this installation is reached: its public address, or else where it serves."""
    settings = house().settings
    return settings.public_url or f"http://{settings.host}:{settings.port}"


def now_ms() -> int:
    """Milliseconds since 1970."""
    return time.time_ns() // 1_000_000
