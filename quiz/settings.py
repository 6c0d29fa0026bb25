"""The settings: one frozen dataclass, read from the environment once. The README documents every variable."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from limits import parse

PROJECT = Path(__file__).resolve().parent.parent
_SMTP = re.compile(r"smtps?://([^\s:/?#@]+:[^\s:/?#@]+@)?([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:(?P<port>[0-9]{1,5}))?/?")
_TOKEN = re.compile(r"[!-~]{20,}")
_SENDER = re.compile(r"""[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+|[^<>"\\@\x00-\x1f\x7f]+<[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+>""")


class WrongSetting(ValueError):
    """A variable of the environment holds what the application cannot use; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Every field is read from the variable of the same name in capitals; the value here is the default."""

    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    database_url: str = f"sqlite:///{PROJECT / 'var' / 'rolefit.db'}"
    redis_url: str = ""
    static_folder: str = str(PROJECT / "var" / "static")
    public_url: str = ""
    trusted_proxies: int = 0
    pack: str = "ae-am"
    packs: str = ""
    rolefit_packs: str = ""
    contact: str = ""
    smtp_url: str = ""
    mail_from: str = ""
    retain_unfinished_days: int = 30
    retain_finished_days: int = 365
    start_limit: str = "600 per 10 minutes"
    sign_in_limit: str = "10 per 5 minutes"
    log_level: str = "INFO"
    log_format: str = "text"
    metrics_token: str = ""

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Read the settings; an empty variable counts as absent.

        Raises:
            WrongSetting: a number is not whole or out of its range, or a text is not of the form that is needed.
        """
        given = {}
        for field in fields(cls):
            text = environment.get(field.name.upper(), "").strip()
            if text:
                given[field.name] = _whole(field.name, text) if field.type == "int" else text
        return cls(**given)  # type: ignore[arg-type]

    @property
    def shipped_packs(self) -> tuple[str, ...] | None:
        """The names in PACKS, separated by spaces; None where all shipped packs are run."""
        return tuple(self.packs.split()) or None

    @property
    def pack_folders(self) -> tuple[Path, ...]:
        """The folders in ROLEFIT_PACKS, separated as in PATH."""
        return tuple(Path(folder) for folder in self.rolefit_packs.split(os.pathsep) if folder)

    def __post_init__(self) -> None:
        if not 0 < self.port < 65536:
            raise WrongSetting(f"PORT is {self.port}; it takes a port from 1 to 65535")
        if self.retain_unfinished_days < 1 or self.retain_finished_days < 1:
            raise WrongSetting("RETAIN_UNFINISHED_DAYS and RETAIN_FINISHED_DAYS take 1 or more days")
        if self.public_url and not self.public_url.startswith(("http://", "https://")):
            raise WrongSetting(f"PUBLIC_URL is {self.public_url!r}; it begins with https:// (or http://)")
        if self.public_url.endswith("/"):
            raise WrongSetting(f"PUBLIC_URL is {self.public_url!r}; it has no slash at the end")
        self._check_mail()
        if not self.database_url.startswith(("sqlite:///", "postgresql://")):
            # What was given stays out of the message: it may hold a password.
            raise WrongSetting("DATABASE_URL begins with neither sqlite:/// nor postgresql://")
        if self.redis_url and not self.redis_url.startswith(("redis://", "rediss://", "unix://")):
            raise WrongSetting("REDIS_URL begins with none of redis://, rediss:// and unix://")
        if self.log_level not in logging.getLevelNamesMapping():
            raise WrongSetting(f"LOG_LEVEL is {self.log_level!r}; it takes DEBUG, INFO, WARNING or ERROR")
        if self.log_format not in ("text", "json"):
            raise WrongSetting(f"LOG_FORMAT is {self.log_format!r}; it takes text or json")
        if self.metrics_token and not _TOKEN.fullmatch(self.metrics_token):
            # What was given stays out of the message, as with every secret.
            raise WrongSetting("METRICS_TOKEN takes 20 or more letters, digits and signs, without spaces")
        for name, example in (("start_limit", "600 per 10 minutes"), ("sign_in_limit", "10 per 5 minutes")):
            try:
                parse(getattr(self, name))
            except ValueError as error:
                message = f"{name.upper()} is {getattr(self, name)!r}; it takes a limit like '{example}'"
                raise WrongSetting(message) from error

    def _check_mail(self) -> None:
        if not self.smtp_url:
            return
        found = _SMTP.fullmatch(self.smtp_url)
        if not found or not 0 < int(found["port"] or 25) < 65536:
            # What was given stays out of the message: it may hold a password, which has no place in a log.
            raise WrongSetting(
                "SMTP_URL is not of the form smtp://user:password@host:port or smtps://host (user, password and port "
                "can be left out; signs like / and @ in a password are written %2F and %40)"
            )
        if not _SENDER.fullmatch(self.mail_from):
            message = f"MAIL_FROM is {self.mail_from!r}; SMTP_URL needs an address there, or Name <address>"
            raise WrongSetting(message)
        if not self.public_url:
            # Otherwise whoever asks for a mail could choose, by the name they call this site, where its links lead.
            raise WrongSetting("SMTP_URL needs PUBLIC_URL, so that the links in mails lead here")


def _whole(name: str, text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise WrongSetting(f"{name.upper()} is {text!r}; it takes a whole number")
    return int(text)
