"""Fixtures of the commands' tests: running a command with or without the application, and a pack to spoil."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import tiny_pack
from answer_cast import answers_of, as_csv
from click.testing import Result
from estimation_cast import PEOPLE, other_figures
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


@pytest.fixture(scope="module")
def tiny(tmp_path_factory) -> Path:
    """A small pack on disk."""
    return tiny_pack.write(tmp_path_factory.mktemp("packs"))


@pytest.fixture(scope="module")
def table(tiny) -> bytes:
    """Their answers, with some gaps, and in which language they answered."""
    true = other_figures(tiny)
    languages = ["es" if place % 2 else "en" for place in range(PEOPLE)]
    return as_csv(true, answers_of(true, PEOPLE, 3, 0.05, whole=True), language=languages)
