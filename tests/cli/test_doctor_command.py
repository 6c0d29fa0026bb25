"""`flask doctor`: what is wrong is named, with what to do, and the exit code tells programs."""

from __future__ import annotations

import json
import time
from dataclasses import replace

import pytest
from rows import run

from quiz.services import campaigns, storage
from quiz.services.doctor import kept, surroundings
from quiz.settings import WrongSetting
from quiz.store import attempts


@pytest.fixture
def well(settings, tmp_path, monkeypatch):
    """Settings of an installation as it should be."""
    monkeypatch.setattr(kept, "DURABLE", ("synchronous_commit",))  # the tests' own server is quick instead
    return replace(
        settings,
        public_url="https://quiz.tidewell.example",
        trusted_proxies=1,
        contact="quiz@tidewell.example",
        secret_key="n0bBqTz7cFhWm2YxRkU4vLsJdE8gPaQ1oI6t",
        static_folder=str(tmp_path / "static"),
    )


@pytest.fixture
def examine(make_app):
    """Runs the doctor; its findings by what was looked at, and the exit code."""

    def examine(settings):
        ran = make_app(settings).test_cli_runner().invoke(args=["doctor", "--json"])
        assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exception
        return {found["what"]: found for found in json.loads(ran.output)}, ran.exit_code

    return examine


def test_an_installation_as_it_should_be_has_no_problem(examine, well):
    findings, code = examine(well)
    assert code == 0
    assert {found["level"] for found in findings.values()} <= {"ok", "warning"}
    assert {"PUBLIC_URL", "database", "migrations", "writing", "clock", "secrets", "retention", "mail"} <= set(findings)


@pytest.mark.parametrize(
    ("change", "what", "level"),
    [
        ({"public_url": ""}, "PUBLIC_URL", "warning"),
        ({"public_url": "http://quiz.tidewell.example"}, "PUBLIC_URL", "problem"),
        ({"public_url": "https://quiz.example.org"}, "PUBLIC_URL", "problem"),
        ({"trusted_proxies": 0}, "TRUSTED_PROXIES", "warning"),
        ({"trusted_proxies": 9}, "TRUSTED_PROXIES", "warning"),
        ({"host": "0.0.0.0", "trusted_proxies": 0}, "HOST", "warning"),
        ({"contact": ""}, "CONTACT", "warning"),
        ({"secret_key": ""}, "secrets", "warning"),
        ({"retain_finished_days": 4000}, "retention", "warning"),
        ({"log_level": "DEBUG"}, "LOG_LEVEL", "warning"),
        ({"smtp_url": "smtp://127.0.0.1:9", "mail_from": "quiz@tidewell.example"}, "mail", "problem"),
        ({"rolefit_packs": "/nowhere"}, "ROLEFIT_PACKS", "problem"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_each_risk_is_named_with_what_to_do(make_app, well, change, what, level):
    ran = make_app(replace(well, **change)).test_cli_runner().invoke(args=["doctor", "--json"])
    found = [each for each in json.loads(ran.output) if (each["what"], each["level"]) == (what, level)]
    assert found
    assert all(each["do"] for each in found)
    assert ran.exit_code == (level == "problem")


def test_a_database_that_does_not_answer_is_the_finding_and_not_a_crash(examine, well, tmp_path):
    (tmp_path / "folder.db").mkdir()
    findings, code = examine(replace(well, database_url=f"sqlite:///{tmp_path / 'folder.db'}"))
    assert code == 1
    assert findings["database"]["level"] == "problem"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("sqlite:////proc/nowhere/quiz.db", "unable to open database file"),
        ("postgresql://quiz:hunter2@127.0.0.1:1/quiz", "Connection refused"),
    ],
    ids=["no folder", "no server"],
)
def test_why_a_database_does_not_answer_is_told_in_its_own_words(examine, well, address, said):
    findings, code = examine(replace(well, database_url=address))
    assert code == 1
    assert said in findings["database"]["found"]
    assert "hunter2" not in str(findings)


def test_static_files_that_cannot_be_put_stop_the_start_with_a_word(make_app, well):
    with pytest.raises(WrongSetting, match="STATIC_FOLDER is /proc/static, which cannot be written"):
        make_app(replace(well, static_folder="/proc/static"))


def test_migrations_that_are_missing_are_named(examine, well, database):
    storage.downgrade(database, "-1")
    findings, code = examine(well)
    assert (code, findings["migrations"]["do"]) == (1, "flask db upgrade")
    assert "writing" not in findings


def test_people_whose_time_is_up_and_a_clock_that_went_back_are_noticed(examine, well, database):
    with database.writing() as store:
        attempts.start(store, bytes(32), "ae-am", "1.0.0+1.0.0", "en", 1_000_000)
    findings, code = examine(well)
    assert (code, findings["retention"]["level"], findings["clock"]["level"]) == (1, "problem", "ok")
    with database.writing() as store:
        run(store, "UPDATE attempts SET started_ms = 99999999999999")
    assert examine(well)[0]["clock"]["level"] == "problem"


def test_a_deleted_campaign_to_which_no_job_has_come_is_noticed(examine, well, alices, database):
    campaigns.delete(database, alices, time.time_ns() // 1_000_000 - 2 * 3_600_000)
    findings, code = examine(well)
    assert (code, findings["removal"]["level"]) == (1, "problem")
    assert "2 hours" in findings["removal"]["found"]


def test_a_disk_that_is_nearly_full_is_noticed(examine, well, monkeypatch):
    monkeypatch.setattr(surroundings, "SCARCE", 2**60)
    findings, code = examine(well)
    assert (code, findings["disk of the static files"]["level"]) == (1, "problem")


def test_nothing_is_left_in_the_database(examine, well, database):
    examine(well)
    assert run(database, "SELECT count(*) FROM secrets WHERE name = 'doctor'").fetchone() == (0,)


def test_for_people_each_line_says_how_it_stands_and_what_to_do(make_app, well):
    ran = make_app(replace(well, contact="")).test_cli_runner().invoke(args=["doctor"])
    assert "warning  CONTACT: not set\n         → Set an e-mail address" in ran.output
    assert "0 with a problem, 1 with a warning" in ran.output or "with a warning" in ran.output


def test_no_secret_is_told(make_app, well):
    settings = replace(
        well, smtp_url="smtp://quiz:hunter2@127.0.0.1:9", mail_from="q@b.example", metrics_token="t" * 30
    )
    ran = make_app(settings).test_cli_runner().invoke(args=["doctor"])
    assert "hunter2" not in ran.output
    assert "t" * 30 not in ran.output
