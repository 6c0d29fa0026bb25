"""What a server of takers' pages imports: nothing that only commands, the console or another database need."""

import os
import subprocess
import sys

import pytest

from quiz.settings import PROJECT

SHOW = "import sys, app; print('\\n'.join(sys.modules))"


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    """The names of the modules that a worker has when it is ready."""
    folder = tmp_path_factory.mktemp("server")
    environment = {"DATABASE_URL": f"sqlite:///{folder}/none.db", "STATIC_FOLDER": f"{folder}/static"}
    done = subprocess.run(
        [sys.executable, "-c", SHOW],
        cwd=PROJECT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.splitlines())


@pytest.mark.parametrize(
    "module",
    [
        "quiz.cli.pack",
        "quiz.core.calibrate",
        "quiz.services.doctor",
        "quiz.services.estimation",
        "quiz.services.exports",
        "quiz.services.team",
        "quiz.web.hr.application",
        "alembic",
        "argon2",
        "huey",
        "prometheus_client",
        "psycopg",
        "redis",
        "sqlalchemy.orm",
        "webauthn",
        "xlsxwriter",
    ],
)
def test_a_server_does_not_carry(imported, module):
    assert "quiz.web.express" in imported
    assert module not in imported
