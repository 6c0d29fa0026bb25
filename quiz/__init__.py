"""Rolefit, a role-fit career quiz: the factory that puts the house together."""

from __future__ import annotations

from flask import Flask

from quiz import cli, web
from quiz.services import packs
from quiz.services.library import Library, open_library
from quiz.settings import PROJECT, Settings
from quiz.store.database import Database


def create_app(settings: Settings | None = None, library: Library | None = None) -> Flask:
    """Make the application from its settings, by default those of the environment, and from the packs that they name.

    A preview gives the packs itself, as `library`.

    Raises:
        WrongSetting: a variable of the environment cannot be used.
        BrokenPack: a pack has problems; all of them are named.
    """
    settings = settings or Settings.read()
    if library is None:
        shipped = packs.shipped() if settings.shipped_packs is None else settings.shipped_packs
        library = open_library(settings.pack, shipped, settings.pack_folders)
    app = web.Application(
        __name__,
        static_folder=None,  # static files have a door of their own, with hashed names
        template_folder=str(PROJECT / "templates"),
    )
    web.open_doors(app, settings, Database(settings.database_url), library)
    cli.register(app, create_app)
    return app
