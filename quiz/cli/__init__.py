"""The commands of the application, beside those of Flask."""

from __future__ import annotations

from importlib import import_module

import click
from flask import Flask
from flask.cli import AppGroup

from quiz.cli.house import MAKE, Make

_MODULES = {
    "backup": "backup",
    "campaign": "campaign",
    "db": "database",
    "doctor": "doctor",
    "embed": "embed",
    "jobs": "jobs",
    "pack": "pack",
    "restore": "backup",
    "retain": "retain",
    "secrets": "secrets",
    "team": "team",
}
"""Where each command is."""


def register(app: Flask, make: Make) -> None:
    """Add the commands to `flask`; `make` is the factory, for commands that serve something of their own."""
    app.extensions[MAKE] = make
    app.cli = _Commands(app.name)


class _Commands(AppGroup):
    """Imports a command when somebody asks for it: the server never does, and would carry all of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands."""
        return sorted({*super().list_commands(ctx), *_MODULES})

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of a name, or None."""
        if name not in _MODULES:
            return super().get_command(ctx, name)
        command: click.Command = getattr(import_module(f"quiz.cli.{_MODULES[name]}"), name)
        return command
