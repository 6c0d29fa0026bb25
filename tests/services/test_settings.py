"""Settings: read from the environment once, and a wrong one is refused at the start with the reason."""

import logging
from dataclasses import replace

import pytest

from quiz import create_app
from quiz.packs.loader import BrokenPack
from quiz.settings import Settings, WrongSetting


def test_an_empty_environment_gives_the_defaults():
    assert Settings.read({}) == Settings()
    assert Settings.read({"PORT": "", "DATABASE_URL": "  "}) == Settings()


def test_every_setting_is_read_from_the_variable_of_its_name():
    environment = {
        "HOST": "0.0.0.0",
        "PORT": "9000",
        "WORKERS": "4",
        "DATABASE_URL": "sqlite:////tmp/x.db",
        "REDIS_URL": "redis://127.0.0.1:6379/1",
        "SECRET_KEY": "n0bBqTz7cFhWm2YxRkU4vLsJdE8gPaQ1oI6t",
        "STATIC_FOLDER": "/tmp/static",
        "PUBLIC_URL": "https://quiz.example.org",
        "TRUSTED_PROXIES": "2",
        "PACK": "other",
        "PACKS": "other another",
        "ROLEFIT_PACKS": "/srv/packs:/srv/own",
        "CONTACT": "team@example.org",
        "SMTP_URL": "smtp://quiz:p%40ss@mail.example.org:587",
        "MAIL_FROM": "Rolefit <quiz@example.org>",
        "RETAIN_UNFINISHED_DAYS": "7",
        "RETAIN_FINISHED_DAYS": "14",
        "START_LIMIT": "5 per minute",
        "SIGN_IN_LIMIT": "3 per minute",
        "LOG_LEVEL": "WARNING",
        "LOG_FORMAT": "json",
        "METRICS_TOKEN": "a-token-of-the-operator",
    }
    settings = Settings.read(environment)
    assert set(environment) == {name.upper() for name in Settings.__slots__}
    for name, value in environment.items():
        assert str(getattr(settings, name.lower())) == value
        assert getattr(settings, name.lower()) != getattr(Settings(), name.lower())


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "eighty"),
        ("PORT", "80.5"),
        ("PORT", "-1"),
        ("PORT", "８０"),
        ("WORKERS", "two"),
        ("WORKERS", "0"),
        ("TRUSTED_PROXIES", "yes"),
        ("RETAIN_UNFINISHED_DAYS", "0"),
        ("RETAIN_FINISHED_DAYS", "0"),
        ("RETAIN_FINISHED_DAYS", "1 year"),
        ("PUBLIC_URL", "quiz.example.org"),
        ("PUBLIC_URL", "javascript:alert(1)"),
        ("PUBLIC_URL", "https://quiz.example.org/"),
        ("PUBLIC_URL", "https://example.org/quiz"),
        ("SMTP_URL", "mail.example.org"),
        ("SMTP_URL", "https://mail.example.org"),
        ("SMTP_URL", "smtp://quiz@mail.example.org"),
        ("SMTP_URL", "smtp://quiz:a/b@mail.example.org"),
        ("SMTP_URL", "smtp://mail.example.org:70000"),
        ("SMTP_URL", "smtp://mail.example.org/path"),
        ("START_LIMIT", "lots"),
        ("LOG_LEVEL", "LOUD"),
        ("LOG_FORMAT", "xml"),
        ("METRICS_TOKEN", "short"),
    ],
)
def test_a_wrong_setting_is_refused_with_its_name(variable, value):
    with pytest.raises(WrongSetting, match=variable):
        Settings.read({variable: value})


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"MAIL_FROM": "quiz@example.org"}, "PUBLIC_URL"),
        ({"PUBLIC_URL": "https://quiz.example.org"}, "MAIL_FROM"),
        ({"PUBLIC_URL": "https://quiz.example.org", "MAIL_FROM": "Rolefit"}, "MAIL_FROM"),
        ({"PUBLIC_URL": "https://quiz.example.org", "MAIL_FROM": "a@b.example\r\nBcc: c@d.example"}, "MAIL_FROM"),
    ],
)
def test_mail_needs_to_know_whom_it_comes_from_and_where_links_lead(given, told):
    with pytest.raises(WrongSetting, match=told):
        Settings.read({"SMTP_URL": "smtp://mail.example.org"} | given)


def test_all_wrong_values_are_told_at_once_with_a_line_for_each():
    wrong = {"PORT": "eighty", "WORKERS": "0", "LOG_FORMAT": "xml", "METRICS_TOKEN": "short", "START_LIMIT": "lots"}
    with pytest.raises(WrongSetting) as told:
        Settings.read(wrong | {"SMTP_URL": "mail.example.org", "CONTACT": "team@example.org"})
    lines = str(told.value).splitlines()
    assert sorted({line.split()[0] for line in lines}) == sorted([*wrong, "SMTP_URL", "MAIL_FROM"])
    assert "short" not in str(told.value)


def test_a_wrong_password_for_mail_is_not_repeated():
    with pytest.raises(WrongSetting) as wrong:
        Settings.read({"SMTP_URL": "smtp://quiz:a/secret@mail.example.org"})
    assert "secret" not in str(wrong.value)


@pytest.mark.parametrize("level", logging.getLevelNamesMapping())
def test_every_level_of_the_log_may_be_set(level):
    assert Settings(log_level=level).log_level == level


def test_settings_do_not_change():
    with pytest.raises(AttributeError):
        Settings().port = 1


def test_an_application_with_a_pack_that_is_not_there_does_not_start(settings):
    with pytest.raises(BrokenPack, match="no-such-pack"):
        create_app(replace(settings, pack="no-such-pack"))
