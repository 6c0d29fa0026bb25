"""Mail: what a server receives, and what a person is told when it does not."""

from __future__ import annotations

import base64
import socket
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes, policy

import pytest

from quiz.services import mail
from quiz.services.mail import MailFailed, Server


@dataclass
class Sink:
    """A mail server that keeps what it gets. `refuses` says which command it answers with which code."""

    refuses: dict[str, str] = field(default_factory=dict)
    offers: tuple[str, ...] = ()
    context: ssl.SSLContext | None = None
    got: list[tuple[str, bytes]] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    encrypted: bool = False

    def answer(self, connection: socket.socket) -> None:
        """Speak with a client until it goes."""
        self.say(connection, "220 sink")
        self.hear(connection)

    def hear(self, connection: socket.socket) -> None:
        sender = ""
        with suppress(OSError), connection.makefile("rb") as file:
            while line := file.readline().decode().strip():
                self.heard.append(line)
                verb = line.partition(":")[0].upper() if ":" in line else line.split()[0].upper()
                if verb in self.refuses:
                    self.say(connection, self.refuses[verb])
                elif verb == "EHLO":
                    self.say(connection, "250-sink", *(f"250-{offer}" for offer in self.offers), "250 HELP")
                elif verb == "STARTTLS":
                    self.say(connection, "220 go")
                    self.encrypted = True
                    with self.context.wrap_socket(connection, server_side=True) as encrypted:
                        return self.hear(encrypted)
                elif verb == "MAIL FROM":
                    sender = line
                    self.say(connection, "250 ok")
                elif verb == "DATA":
                    self.say(connection, "354 go on")
                    lines = iter(file.readline, b".\r\n")
                    self.got.append((sender, b"".join(lines)))
                    self.say(connection, "250 kept")
                elif verb == "AUTH":
                    self.say(connection, "235 welcome")
                else:
                    self.say(connection, "250 ok")
        return None

    @staticmethod
    def say(connection: socket.socket, *lines: str) -> None:
        connection.sendall("".join(f"{line}\r\n" for line in lines).encode())


@dataclass
class Sends:
    """Settings with a mail server."""

    smtp_url: str
    mail_from: str = "Rolefit <quiz@rolefit.example>"


@pytest.fixture
def serve() -> Iterator:
    """Starts sinks."""
    servers = []

    def serve(sink: Sink, scheme: str = "smtp", user: str = "") -> Sends:
        class Handler(socketserver.BaseRequestHandler):
            def handle(self):
                if scheme == "smtp":
                    return sink.answer(self.request)
                sink.encrypted = True
                with sink.context.wrap_socket(self.request, server_side=True) as encrypted:
                    return sink.answer(encrypted)

        server = socketserver.TCPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        servers.append(server)
        return Sends(f"{scheme}://{user}127.0.0.1:{server.server_address[1]}")

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory) -> ssl.SSLContext:
    """A certificate that nobody has signed, as a mail server of one's own has."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "sink")])
    now = datetime.now()
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = (
        made.not_valid_before(now - timedelta(days=2))
        .not_valid_after(now + timedelta(days=2))
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    path.write_bytes(key.private_bytes(*form) + made.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


def test_a_mail_arrives_as_it_was_written(serve):
    sink = Sink()
    text = "Hola, Ana:\n\n. un punto\nFrom aquí\n" + "ñandú " * 40
    mail.send(serve(sink), "ana@x.example", "¿Te apetece? – Sí", text)
    ((sender, body),) = sink.got
    assert sender.startswith("mail FROM:<quiz@rolefit.example>")
    got = message_from_bytes(body.replace(b"\r\n..", b"\r\n."), policy=policy.default)
    assert (got["To"], got["From"]) == ("ana@x.example", "Rolefit <quiz@rolefit.example>")
    assert got["Subject"] == "¿Te apetece? – Sí"
    assert got.get_content_type() == "text/plain"
    assert got.get_content().split() == text.split()
    assert got["Message-ID"].endswith("@rolefit.example>")
    assert got["Date"]


def test_several_mails_go_by_one_connection(serve):
    sink = Sink()
    with mail.post(serve(sink)) as post:
        for name in ("ana", "ben"):
            post.send(f"{name}@x.example", "Hello", "Hello")
    assert len(sink.got) == 2
    assert sum(line.lower().startswith("ehlo") for line in sink.heard) == 1


@pytest.mark.parametrize(
    ("to", "subject"),
    [
        ("ana@x.example\r\nBcc: eve@x.example", "Hello"),
        ("ana@x.example, eve@x.example", "Hello"),
        ("Ana <ana@x.example>", "Hello"),
        ("ana", "Hello"),
        ("", "Hello"),
        ("ana@x.example", "Hello\r\nBcc: eve@x.example"),
        ("ana@x.example", "Hello\nBcc: eve@x.example"),
    ],
)
def test_nothing_adds_lines_or_people_to_a_mail(serve, to, subject):
    sink = Sink()
    with pytest.raises(MailFailed) as failed:
        mail.send(serve(sink), to, subject, "Hello")
    assert failed.value.reason == "address"
    assert not sink.got


@pytest.mark.parametrize(
    ("refuses", "reason", "answer"),
    [
        ({"RCPT TO": "550 5.1.1 <ana@x.example>\x07 unknown"}, "refused", "550 5.1.1 <ana@x.example> unknown"),
        ({"MAIL FROM": "553 not from you"}, "refused", "553 not from you"),
        ({"DATA": "554 no"}, "refused", "554 no"),
    ],
)
def test_what_the_server_says_against_a_mail_is_told(serve, refuses, reason, answer):
    with pytest.raises(MailFailed) as failed:
        mail.send(serve(Sink(refuses=refuses)), "ana@x.example", "Hello", "Hello")
    assert (failed.value.reason, failed.value.answer) == (reason, answer)
    assert not failed.value.lasts


def test_a_server_that_is_not_there_is_told():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        closed = Sends(f"smtp://127.0.0.1:{free.getsockname()[1]}")
        with pytest.raises(MailFailed, match="cannot be reached") as failed:
            mail.send(closed, "ana@x.example", "Hello", "Hello")
    assert failed.value.lasts


def test_without_a_server_there_is_no_mail():
    with pytest.raises(MailFailed, match="not set up"):
        mail.send(Sends(""), "ana@x.example", "Hello", "Hello")


def test_a_server_that_offers_tls_is_spoken_to_in_tls(serve, certificate):
    sink = Sink(offers=("STARTTLS", "AUTH PLAIN"), context=certificate)
    mail.send(serve(sink, user="quiz:p%40ss@"), "ana@x.example", "Hello", "Hello")
    assert sink.encrypted
    assert len(sink.got) == 1
    (given,) = (line.split()[-1] for line in sink.heard if line.startswith("AUTH"))
    assert base64.b64decode(given) == b"\0quiz\0p@ss"


def test_a_server_may_speak_tls_from_the_first_byte(serve, certificate):
    sink = Sink(context=certificate)
    mail.send(serve(sink, scheme="smtps"), "ana@x.example", "Hello", "Hello")
    assert sink.encrypted
    assert len(sink.got) == 1


def test_elsewhere_a_certificate_that_nobody_signed_is_not_believed(serve, certificate, monkeypatch):
    monkeypatch.setattr(Server, "is_here", False)
    sink = Sink(offers=("STARTTLS",), context=certificate)
    with pytest.raises(MailFailed) as failed:
        mail.send(serve(sink), "ana@x.example", "Hello", "Hello")
    assert failed.value.reason == "insecure"
    assert not sink.got


def test_elsewhere_a_password_never_travels_in_the_clear(serve, monkeypatch):
    monkeypatch.setattr(Server, "is_here", False)
    sink = Sink(offers=("AUTH PLAIN",))
    with pytest.raises(MailFailed) as failed:
        mail.send(serve(sink, user="quiz:secret@"), "ana@x.example", "Hello", "Hello")
    assert failed.value.reason == "insecure"
    assert not any("AUTH" in line for line in sink.heard)


def test_a_wrong_password_is_told(serve):
    sink = Sink(offers=("AUTH PLAIN",), refuses={"AUTH": "535 5.7.8 no"})
    with pytest.raises(MailFailed) as failed:
        mail.send(serve(sink, user="quiz:wrong@"), "ana@x.example", "Hello", "Hello")
    assert failed.value.reason == "sign-in"
    assert failed.value.lasts


@pytest.mark.parametrize(
    ("url", "port"),
    [
        ("smtp://mail.example.org", 25),
        ("smtp://quiz:secret@mail.example.org", 587),
        ("smtps://mail.example.org", 465),
        ("smtp://mail.example.org:2525/", 2525),
    ],
)
def test_the_usual_ports_need_not_be_named(url, port):
    assert Server.read(url).port == port


def test_this_machine_is_known_by_its_names():
    here = [Server.read(f"smtp://{host}").is_here for host in ("localhost", "127.0.0.1", "[::1]", "mail.example.org")]
    assert here == [True, True, True, False]
