"""Health, readiness and figures: what machines that look after the site are told, and who may read it."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace

import pytest
from cast import ITEMS, persona
from rows import run

from quiz.services import storage, tally
from quiz.services.tally import Tally
from quiz.settings import PROJECT
from quiz.store import revision

TOKEN = "a-token-of-the-operator"


def figure(app, name, **headers):
    """A figure by its whole name, as Prometheus reads it."""
    text = app.test_client().get("/metrics", headers=headers).get_data(as_text=True)
    found = re.search(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE)
    assert found, name
    return float(found[1])


class TestHealth:
    """Health: the worker is alive, whatever has become of the database."""

    def test_it_is_alive(self, client):
        response = client.get("/healthz")
        assert (response.status_code, response.get_data()) == (200, b"ok\n")
        assert response.headers["Cache-Control"] == "no-store"

    def test_a_lost_database_makes_it_unready_but_not_dead(self, make_app, settings, tmp_path):
        app = make_app(replace(settings, database_url=f"sqlite:///{tmp_path / 'folder.db'}"))
        (tmp_path / "folder.db").mkdir()
        assert app.test_client().get("/healthz").status_code == 200
        response = app.test_client().get("/readyz")
        assert (response.status_code, response.get_data()) == (503, b"database: no answer\n")
        assert response.headers["Cache-Control"] == "no-store"

    def test_it_is_ready(self, client):
        assert client.get("/readyz").get_data() == b"ready\n"

    def test_a_database_that_is_behind_is_named_and_one_that_is_ahead_is_fine(self, client, database):
        storage.downgrade(database, "-1")
        response = client.get("/readyz")
        assert response.status_code == 503
        assert "flask db upgrade" in response.get_data(as_text=True)
        storage.migrate(database)
        with database.writing() as store:
            run(store, "UPDATE alembic_version SET version_num = '9999'")
        assert client.get("/readyz").status_code == 200
        with database.writing() as store:
            run(store, "DROP TABLE alembic_version")
        assert client.get("/readyz").status_code == 503

    def test_the_revision_that_is_needed_is_alembics(self, database):
        assert revision.newest() == storage.revisions(database)[1]


class TestFigures:
    """Figures: for the operator, of all workers, with nobody's data."""

    def test_a_visit_is_counted(self, app, ben):
        names = ("rolefit_attempts_started_total", "rolefit_attempts_finished_total")
        clear = 'rolefit_outcomes_total{kind="clear"}'
        before = [figure(app, name) for name in (*names, clear)]
        ben.start().play(persona("clear-hunter"))
        ben.client.post(f"{ben.place}/{ITEMS[0]}", data={"choice": "3"})  # a change of mind is no second finish
        assert [figure(app, name) for name in (*names, clear)] == [value + 1 for value in before]
        answered = figure(app, 'rolefit_requests_total{kind="answer",status="3xx"}')
        assert answered == len(ITEMS) + 1
        assert figure(app, 'rolefit_request_seconds_count{kind="answer"}') == answered
        assert figure(app, 'rolefit_request_seconds_bucket{kind="answer",le="+Inf"}') == answered
        assert figure(app, 'rolefit_request_seconds_sum{kind="answer"}') > 0

    @pytest.mark.parametrize(
        ("path", "kind", "status"),
        [
            ("/", "landing", "2xx"),
            ("/nothing", "unknown", "4xx"),
            ("/roles", "page", "2xx"),
            ("/oembed", "embed", "4xx"),
            ("/c/0123456789ab", "campaign", "4xx"),
            ("/hr/", "console", "3xx"),
            ("/static/nothing.css", "unknown", "4xx"),
            ("/a/x/result", "result", "4xx"),
        ],
    )
    def test_each_page_is_counted_by_its_kind(self, app, client, path, kind, status):
        client.cookie_path = "/hr"
        client.get(path).close()
        assert figure(app, f'rolefit_requests_total{{kind="{kind}",status="{status}"}}') >= 1

    @pytest.mark.parametrize(
        "headers", [{}, {"Authorization": f"Bearer {TOKEN}x"}, {"Authorization": TOKEN}, {"Authorization": "Bearer ñ"}]
    )
    def test_with_a_token_set_nobody_reads_them_without_it(self, make_app, settings, headers):
        app = make_app(replace(settings, metrics_token=TOKEN))
        response = app.test_client().get("/metrics", headers=headers)
        assert response.status_code == 401
        assert b"rolefit_" not in response.get_data()
        assert figure(app, "rolefit_attempts_started_total", Authorization=f"Bearer {TOKEN}") >= 0

    @pytest.mark.parametrize(
        "environ",
        [
            {"REMOTE_ADDR": "192.0.2.7"},
            {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "192.0.2.7"},
            {"REMOTE_ADDR": "127.0.0.1", "HTTP_FORWARDED": "for=192.0.2.7"},
            {"REMOTE_ADDR": ""},
        ],
    )
    def test_without_a_token_they_are_for_this_machine_only(self, client, environ):
        assert client.get("/metrics", environ_base=environ).status_code == 403

    def test_a_serving_worker_loads_the_library_only_when_it_is_asked(self):
        code = "import sys; from app import app; print('prometheus_client' in sys.modules)"
        ran = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
        assert ran.stdout.strip() == "False"


class TestTally:
    """The figures of several workers are added up, of those too that have ended."""

    def test_the_figures_of_all_workers_are_added_up(self, tmp_path):
        counting = "from quiz.services.tally import Tally; from pathlib import Path; import sys\n"
        counting += "t = Tally('x', ['a', 'b'], Path(sys.argv[1])); t.count('a'); t.add_time(1, 40, 0, 0)"
        for _ in range(2):
            subprocess.run([sys.executable, "-c", counting, tmp_path], cwd=PROJECT, check=True)
        ours = Tally("x", ["a", "b"], tmp_path)
        ours.count("b")
        assert ours.figures() == {"a": 6, "b": 81}

    def test_figures_of_another_layout_and_broken_files_are_left_alone(self, tmp_path):
        Tally("x", ["a", "c"], tmp_path).count("a")
        ours = Tally("x", ["a", "b"], tmp_path)
        ours.count("a")
        (next(tmp_path.glob("x-*")).parent / f"{ours._prefix}1").write_bytes(b"123")
        assert ours.figures() == {"a": 1, "b": 0}

    def test_where_the_folder_cannot_be_used_a_worker_counts_alone(self, tmp_path):
        ours = Tally("x", ["a"], tmp_path / "nowhere")
        ours.count("a")
        assert ours.figures() == {"a": 1}

    def test_a_process_that_no_server_started_shares_nothing(self):
        assert tally.shared_folder() is None
