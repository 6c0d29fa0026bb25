"""The settings: one frozen dataclass, read from the environment once. The README documents every variable."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from limits import parse

PROJECT = Path(__file__).resolve().parent.parent
SHORTEST_KEY = 32
"""Characters of a key in SECRET_KEY: 128 random bits, if it is written in hexadecimal."""
FEWEST_SIGNS = 8
"""Different characters that a random key has at least; examples and patterns mostly have fewer."""
_SMTP = re.compile(r"smtps?://([^\s:/?#@]+:[^\s:/?#@]+@)?([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:(?P<port>[0-9]{1,5}))?/?")
_TOKEN = re.compile(r"[!-~]{20,}")
_SENDER = re.compile(r"""[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+|[^<>"\\@\x00-\x1f\x7f]+<[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+>""")


class WrongSetting(ValueError):
    """Variables of the environment hold what the application cannot use; a line for each says which and why."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Every field is read from the variable of the same name in capitals; the value here is the default."""

    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    database_url: str = f"sqlite:///{PROJECT / 'var' / 'rolefit.db'}"
    redis_url: str = ""
    secret_key: str = ""
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
        given, problems = {}, []
        for field in fields(cls):
            text = environment.get(field.name.upper(), "").strip()
            if text and field.type == "int" and not _is_whole(text):
                problems.append(f"{field.name.upper()} is {text!r}; it takes a whole number")
            elif text:
                given[field.name] = int(text) if field.type == "int" else text
        try:
            settings = cls(**given)  # type: ignore[arg-type]
        except WrongSetting as wrong:
            problems.append(str(wrong))
        if problems:
            raise WrongSetting("\n".join(problems))
        return settings

    @property
    def shipped_packs(self) -> tuple[str, ...] | None:
        """The names in PACKS, separated by spaces; None where all shipped packs are run."""
        return tuple(self.packs.split()) or None

    @property
    def secret_keys(self) -> tuple[str, ...]:
        """The keys in SECRET_KEY, separated by spaces: the newest first, then those that still count; often none."""
        return tuple(self.secret_key.split())

    @property
    def pack_folders(self) -> tuple[Path, ...]:
        """The folders in ROLEFIT_PACKS, separated as in PATH."""
        return tuple(Path(folder) for folder in self.rolefit_packs.split(os.pathsep) if folder)

    def __post_init__(self) -> None:
        found = list(self._problems())
        if found:
            raise WrongSetting("\n".join(found))

    def _problems(self) -> Iterator[str]:
        """What is wrong, a line for each value; secrets are not repeated, for the lines get into logs."""
        if not 0 < self.port < 65536:
            yield f"PORT is {self.port}; it takes a port from 1 to 65535"
        for name in ("workers", "retain_unfinished_days", "retain_finished_days"):
            if getattr(self, name) < 1:
                yield f"{name.upper()} is {getattr(self, name)}; it takes 1 or more"
        if self.public_url and not self.public_url.startswith(("http://", "https://")):
            yield f"PUBLIC_URL is {self.public_url!r}; it begins with https:// (or http://)"
        if self.public_url.endswith("/"):
            yield f"PUBLIC_URL is {self.public_url!r}; it has no slash at the end"
        elif self.public_url.count("/") > 2:
            yield f"PUBLIC_URL is {self.public_url!r}; it has no path: Rolefit needs a host of its own"
        yield from self._mail_problems()
        if not self.database_url.startswith(("sqlite:///", "postgresql://")):
            yield "DATABASE_URL begins with neither sqlite:/// nor postgresql://"
        if self.redis_url and not self.redis_url.startswith(("redis://", "rediss://", "unix://")):
            yield "REDIS_URL begins with none of redis://, rediss:// and unix://"
        if any(len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_SIGNS for key in self.secret_keys):
            yield (
                f"SECRET_KEY takes random keys of {SHORTEST_KEY} or more characters, separated by spaces, the newest "
                "first (make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(32))')"
            )
        if self.log_level not in logging.getLevelNamesMapping():
            yield f"LOG_LEVEL is {self.log_level!r}; it takes DEBUG, INFO, WARNING or ERROR"
        if self.log_format not in ("text", "json"):
            yield f"LOG_FORMAT is {self.log_format!r}; it takes text or json"
        if self.metrics_token and not _TOKEN.fullmatch(self.metrics_token):
            yield "METRICS_TOKEN takes 20 or more letters, digits and signs, without spaces"
        for name, example in (("start_limit", "600 per 10 minutes"), ("sign_in_limit", "10 per 5 minutes")):
            try:
                parse(getattr(self, name))
            except ValueError:
                yield f"{name.upper()} is {getattr(self, name)!r}; it takes a limit like '{example}'"

    def _mail_problems(self) -> Iterator[str]:
        if not self.smtp_url:
            return
        found = _SMTP.fullmatch(self.smtp_url)
        if not found or not 0 < int(found["port"] or 25) < 65536:
            yield (
                "SMTP_URL is not of the form smtp://user:password@host:port or smtps://host (user, password and port "
                "can be left out; signs like / and @ in a password are written %2F and %40)"
            )
        if not _SENDER.fullmatch(self.mail_from):
            yield f"MAIL_FROM is {self.mail_from!r}; SMTP_URL needs an address there, or Name <address>"
        if not self.public_url:
            # Otherwise whoever asks for a mail could choose, by the name they call this site, where its links lead.
            yield "SMTP_URL needs PUBLIC_URL, so that the links in mails lead here"


def _is_whole(text: str) -> bool:
    return text.isascii() and text.isdigit()
