"""Fixtures of the commands' tests: running a command with or without the application, and a pack to spoil."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskCliRunner

from quiz.packs.loader import SHIPPED


@pytest.fixture
def run(app: Flask) -> Callable[..., Result]:
    """Runs a command of the application; an unforeseen error is one of ours and not an exit code."""

    def run(*arguments: str) -> Result:
        answer = app.test_cli_runner().invoke(args=arguments)
        assert answer.exception is None or isinstance(answer.exception, SystemExit)
        return answer

    return run


@pytest.fixture
def runner() -> FlaskCliRunner:
    """Runs commands that need no application."""
    return Flask(__name__).test_cli_runner()


@pytest.fixture
def own_pack(tmp_path: Path) -> Path:
    """A copy of the default pack, in a folder of its own."""
    return Path(shutil.copytree(SHIPPED / "ae-am", tmp_path / "ae-am"))
