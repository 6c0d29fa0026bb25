"""Mail: one plain text to one person, by the SMTP server of the settings."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as POLICY
from email.utils import formatdate, make_msgid
from ipaddress import ip_address
from typing import Protocol
from urllib.parse import unquote, urlsplit

TIMEOUT = 10
"""Seconds that the server may take for each of its answers."""
LONGEST_ANSWER = 200


class Settings(Protocol):
    """The settings that mail needs: where the server is, and whom mail comes from."""

    @property
    def smtp_url(self) -> str:
        """smtp://user:password@host:587 or smtps://…; empty: there is no mail."""

    @property
    def mail_from(self) -> str:
        """An address, with or without a name."""


class MailFailed(Exception):
    """A mail did not go out; `str()` says why in English. `reason` is one of REASONS, for words in other languages.

    `answer` is what the server said, if it said something; on one line and short. Neither names anybody.
    """

    REASONS = ("no-mail", "address", "unreachable", "insecure", "sign-in", "refused")

    def __init__(self, reason: str, answer: str = "") -> None:
        self.reason = reason
        self.answer = answer
        words = {
            "no-mail": "Mail is not set up here.",
            "address": "The address is not one that mail can be sent to.",
            "unreachable": "The mail server cannot be reached.",
            "insecure": "The mail server offers no safe connection.",
            "sign-in": "The mail server does not accept our user name and password.",
            "refused": "The mail server did not take the message.",
        }
        super().__init__(f"{words[reason]} {answer}".strip())

    @property
    def lasts(self) -> bool:
        """Whether the next mail would fail as well, whomever it is for."""
        return self.reason not in ("address", "refused")

    @property
    def passes(self) -> bool:
        """Whether the server said that the same mail may be taken later, as many do to whom they do not know yet."""
        return self.reason == "refused" and self.answer.startswith("4")


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server, as an address of the settings names it."""

    host: str
    port: int
    user: str
    password: str
    encrypted: bool
    """From the first byte on (smtps); otherwise from STARTTLS on, where it is offered."""

    @classmethod
    def read(cls, url: str) -> Server:
        """Read smtp://user:password@host:port or smtps://…, which the settings have checked."""
        parts = urlsplit(url)
        encrypted = parts.scheme == "smtps"
        usual = 465 if encrypted else 587 if parts.username else 25
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        return cls(parts.hostname or "", parts.port or usual, user, password, encrypted)

    @property
    def is_here(self) -> bool:
        """Whether it is this machine, to which nobody can listen on the way and whose certificate is seldom signed."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


class Post:
    """An open connection to the mail server."""

    def __init__(self, connection: smtplib.SMTP, sender: Address) -> None:
        self._connection = connection
        self._sender = sender

    def send(self, to: str, subject: str, text: str, message_id: str = "") -> None:
        """Send a plain text to one address. Raises MailFailed.

        A `message_id` of one's own makes a mail that is sent again the same mail, for all who look at it.
        """
        message = write(self._sender, to, subject, text, message_id)
        try:
            self._connection.send_message(message, self._sender.addr_spec, [to])
        except smtplib.SMTPServerDisconnected as error:
            raise MailFailed("unreachable") from error
        except smtplib.SMTPRecipientsRefused as error:
            raise MailFailed("refused", _said(*next(iter(error.recipients.values())))) from error
        except smtplib.SMTPResponseException as error:
            raise MailFailed("refused", _said(error.smtp_code, error.smtp_error)) from error
        except smtplib.SMTPException as error:  # the address needs an extension that the server has not
            raise MailFailed("address") from error
        except OSError as error:
            raise MailFailed("unreachable") from error


def send(settings: Settings, to: str, subject: str, text: str) -> None:
    """Send a plain text to one address. Raises MailFailed, also where mail is not set up."""
    with post(settings) as opened:
        opened.send(to, subject, text)


@contextmanager
def post(settings: Settings) -> Iterator[Post]:
    """A connection for several mails. Raises MailFailed."""
    if not settings.smtp_url:
        raise MailFailed("no-mail")
    server = Server.read(settings.smtp_url)
    connection = _connect(server)
    try:
        yield Post(connection, sender(settings.mail_from))
    finally:
        with suppress(smtplib.SMTPException, OSError):
            connection.quit()
        connection.close()


def sender(text: str) -> Address:
    """Whom mail comes from: `quiz@example.org` or `Rolefit <quiz@example.org>`, which the settings have checked."""
    name, _, address = text.rpartition("<")
    return Address(name.strip(), addr_spec=address.rstrip(">"))


def write(source: Address, to: str, subject: str, text: str, message_id: str = "") -> EmailMessage:
    """A mail as it is sent. Raises MailFailed for an address or a subject that would add lines to its head."""
    message = EmailMessage(POLICY)
    try:
        # An Address holds exactly one, so that a comma in it cannot make two of it.
        message["To"] = Address(addr_spec=to)
        message["Subject"] = subject
    except (ValueError, IndexError) as error:
        raise MailFailed("address") from error
    message["From"] = source
    message["Date"] = formatdate()
    message["Message-ID"] = f"<{message_id}@{source.domain}>" if message_id else make_msgid(domain=source.domain)
    message["Auto-Submitted"] = "auto-generated"  # nobody's holiday notice need answer it
    message.set_content(text)
    return message


def _connect(server: Server) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if server.is_here:
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    connection: smtplib.SMTP | None = None
    try:
        if server.encrypted:
            connection = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT, context=context)
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
            connection.ehlo()
            if connection.has_extn("starttls"):
                connection.starttls(context=context)
            elif server.user and not server.is_here:
                raise MailFailed("insecure")  # a password never travels where others can read it
        if server.user:
            connection.login(server.user, server.password)
    except BaseException as error:
        if connection is not None:
            connection.close()
        raise _why_not(error) from error
    return connection


def _why_not(error: BaseException) -> BaseException:
    """What a connection that was not made means."""
    if isinstance(error, ssl.SSLError):
        return MailFailed("insecure")
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return MailFailed("sign-in", _said(error.smtp_code, error.smtp_error))
    if isinstance(error, smtplib.SMTPNotSupportedError):  # it offers no way to sign in that we know
        return MailFailed("sign-in")
    if isinstance(error, OSError):  # smtplib's own errors are among them
        return MailFailed("unreachable")
    return error


def _said(code: int, answer: bytes | str) -> str:
    """A server's answer on one line, with nothing in it that a page or a log could mistake."""
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    line = " ".join("".join(each if each.isprintable() else " " for each in text).split())
    return f"{code} {line}"[:LONGEST_ANSWER]
