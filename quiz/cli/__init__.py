"""The commands of the application, beside those of Flask."""

from __future__ import annotations

from flask import Flask

from quiz.cli.backup import backup, restore
from quiz.cli.campaign import campaign
from quiz.cli.database import db
from quiz.cli.doctor import doctor
from quiz.cli.embed import embed
from quiz.cli.house import MAKE, Make
from quiz.cli.jobs import jobs
from quiz.cli.pack import pack
from quiz.cli.retain import retain
from quiz.cli.team import team


def register(app: Flask, make: Make) -> None:
    """Add the commands to `flask`; `make` is the factory, for commands that serve something of their own."""
    app.extensions[MAKE] = make
    for command in (backup, campaign, db, doctor, embed, jobs, pack, restore, retain, team):
        app.cli.add_command(command)
