"""The application that a server or `flask` loads."""

import logging

import click
from flask.cli import FlaskGroup

from quiz import create_app
from quiz.services.packs import BrokenPack
from quiz.settings import WrongSetting

command = click.get_current_context(silent=True)
if command is not None and isinstance(command.find_root().command, FlaskGroup) and command.info_name != "run":
    # What is wrong with a pack is told by the server, and by `flask pack check`: not by every command on the way.
    logging.getLogger("quiz.services.library").setLevel(logging.CRITICAL)

try:
    app = create_app()
except (WrongSetting, BrokenPack) as problem:
    raise SystemExit(f"Rolefit cannot start.\n{problem}") from None
