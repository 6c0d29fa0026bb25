"""Hostile input: arbitrary bytes to every address, and nothing breaks, leaks or is lost."""

import io
import logging
import re

import pytest
from cast import ITEMS, Clock, Taker
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import EnvironBuilder

from quiz.store.tables import metadata

CAREFUL = settings(
    max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW", "\x00"]
HEADERS = [
    *("ACCEPT", "ACCEPT_LANGUAGE", "ACCEPT_ENCODING", "HOST", "COOKIE", "REFERER", "ORIGIN", "RANGE", "IF_NONE_MATCH"),
    *("IF_MODIFIED_SINCE", "X_FORWARDED_FOR", "X_FORWARDED_HOST", "X_FORWARDED_PROTO", "USER_AGENT", "AUTHORIZATION"),
    *("CONTENT_LENGTH", "TRANSFER_ENCODING", "EXPECT", "X_HTTP_METHOD_OVERRIDE"),
]
TYPES = ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json", "text/html", ""]
SECRETS = ("Traceback", "sqlite", "werkzeug", 'File "', ".py", "SELECT ")

# As WSGI has them: bytes that were decoded as Latin-1.
wild = st.binary(max_size=60).map(lambda raw: raw.decode("latin-1"))
spiteful = st.sampled_from(
    ["'", '"><script>alert(1)</script>', "../../etc/passwd", "\x00", "\r\nSet-Cookie: a=b", "%00", "{{7*7}}", "\ue000"]
).map(lambda text: text.encode().decode("latin-1"))
values = (
    wild
    | spiteful
    | st.sampled_from(["gzip", "es", "application/json", "*/*", "bytes=0-", "localhost", "-1", "9" * 30])
)
bodies = st.binary(max_size=200) | st.sampled_from(
    [
        b"choice=3",
        b"choice=9",
        b"choice=%00",
        b"language=es&back=//x",
        b"choice=" + b"3" * 20000,
        b"--x\r\n\r\n--x--",
        b"{",
    ]
)


@pytest.fixture(scope="module")
def quiet():
    """The log is for errors of ours; that there are none is what these tests find out."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def victim(ben):
    """Ben, with answers that nothing may touch, and one person who attacks with a link of their own."""
    ben.start().answer_all(choice=4, but=10)
    return ben


def paths(own):
    """Addresses: those that exist, with the attacker's own token or none, and anything else."""
    known = ["/", "/start", "/roles", "/roles/account-manager", "/method", "/privacy", "/healthz", "/robots.txt"]
    known += ["/favicon.ico", "/static/x", "/a/", f"/a/unknown/{ITEMS[0]}"]
    steps = ["", f"/{ITEMS[0]}", f"/{ITEMS[1]}", "/finish", "/result", "/result/answers", "/result.json", "/language"]
    known += [f"{own}{step}" for step in steps]
    joined = st.tuples(st.sampled_from([*known, own, "/a", "/static", "/roles", ""]), wild | spiteful).map("/".join)
    return st.sampled_from(known) | joined | wild | spiteful


def ask(app, method, path, query, headers, kind, body):
    """The answer to a request whose every part may be anything, and whether it is right in itself."""
    environ = EnvironBuilder(method="GET", path="/").get_environ()
    environ |= {f"HTTP_{name}": value for name, value in headers.items()}
    environ |= {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "CONTENT_TYPE": kind,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
    }
    answer = {}

    def start_response(status, given, exc_info=None):
        answer["status"], answer["headers"] = int(status[:3]), given

    answered = app.wsgi_app(environ, start_response)
    answer["body"] = b"".join(answered)
    if hasattr(answered, "close"):
        answered.close()
    return answer


def everything(database):
    """All rows of all tables that are Ben's, the first attempt."""
    keys = {"attempts": "id", "answers": "attempt_id"}
    return [
        database.reader().cursor.execute(f"SELECT * FROM {table} WHERE {keys[table]} = 1").fetchall()
        for table in metadata.tables
        if table in keys
    ]


def test_arbitrary_requests_break_nothing_leak_nothing_and_touch_nobody_elses_answers(app, victim, database, quiet):
    attacker = Taker(app.test_client(), Clock(), "en").start()
    before = everything(database)

    @CAREFUL
    @given(
        method=st.sampled_from(METHODS),
        path=paths(attacker.place),
        query=(wild | spiteful).map(lambda text: re.sub(r"[\r\n ]", "", text))  # no request line can hold these
        | st.sampled_from(["lang=es", "lang=en&lang=es", "lang[]=es"]),
        headers=st.dictionaries(st.sampled_from(HEADERS), values, max_size=4),
        kind=st.sampled_from(TYPES) | wild,
        body=bodies,
    )
    def attack(method, path, query, headers, kind, body):
        answer = ask(app, method, path, query, headers, kind, body)
        assert answer["status"] < 500
        names = [name.lower() for name, _ in answer["headers"]]
        assert "content-security-policy" in names
        assert "set-cookie" not in names
        assert all("\n" not in value and "\r" not in value for _, value in answer["headers"])
        text = answer["body"].decode("utf-8", "replace")
        assert victim.token not in text
        assert "<script>alert" not in text
        if answer["status"] >= 400 and not any(secret in path + query for secret in SECRETS):
            assert not [secret for secret in SECRETS if secret in text]

    attack()
    assert everything(database) == before
    assert victim.at("").request.path == f"{victim.place}/{ITEMS[22]}"


@CAREFUL
@given(
    body=st.binary(max_size=300), kind=st.sampled_from(TYPES), step=st.sampled_from([ITEMS[0], "language", "finish"])
)
def test_arbitrary_bodies_to_the_forms_keep_only_valid_answers(ben, database, quiet, body, kind, step):
    if not ben.place:
        ben.start()
    answer = ask(ben.client.application, "POST", f"{ben.place}/{step}", "", {}, kind, body)
    assert answer["status"] in (303, 413, 415, 422, 400)
    choices = database.reader().cursor.execute("SELECT choice FROM answers").fetchall()
    assert all(choice in (1, 2, 3, 4, 5) for (choice,) in choices)
    assert database.reader().cursor.execute("SELECT language FROM attempts").fetchone()[0] in ("es", "en")


@pytest.mark.parametrize(
    "token",
    [
        *("", "x", "..", "%00", "%2e%2e%2f", "'%20OR%20'1'='1", "%ff%fe", "a" * 10000, "%F0%9F%A6%86", "%ED%A0%80"),
        *("__proto__", "-", "null", "0", "%0d%0aSet-Cookie:x=y", "%EE%80%80token%EE%80%81"),
    ],
    ids=lambda token: token[:20],
)
@pytest.mark.parametrize("step", ["", ITEMS[0], "result", "result.json", "finish", "delete"])
def test_no_made_up_token_opens_anything(client, victim, token, step):
    assert client.get(f"/a/{token}/{step}".rstrip("/")).status_code in (404, 308)
    assert client.post(f"/a/{token}/{step}".rstrip("/"), data={"choice": 1}).status_code in (404, 405, 308)


@pytest.mark.parametrize(
    "host", ['evil.example"><script>alert(1)</script>', "evil.example", "", "a b", "[::1", "x" * 5000]
)
def test_a_hostile_host_header_is_never_markup_and_never_where_a_redirect_leads(client, ben, host):
    asked = {"headers": {"Host": host}}
    start = client.post("/start", **asked)
    assert start.status_code in (303, 400)
    assert start.status_code == 400 or start.location.startswith("/a/")
    ben.start()
    for path in ("/", "/roles", f"{ben.place}/{ITEMS[0]}"):
        response = client.get(path, **asked)
        assert response.status_code in (200, 400)
        assert "<script>alert" not in response.get_data(as_text=True)
