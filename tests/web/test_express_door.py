"""The express door: the same answers as Flask's views give, whichever of the two answers."""

import pytest
from cast import ITEMS, persona
from werkzeug.test import Client

from quiz.web.express import Express

FORM = {"content_type": "application/x-www-form-urlencoded"}


@pytest.fixture
def express(app):
    """The express door of the application."""
    found = app.wsgi_app
    while not isinstance(found, Express):
        found = found.application
    return found


@pytest.fixture
def plain(express):
    """A browser that is let in behind the express door, by Flask alone."""
    return Client(express.app)


@pytest.fixture
def handed_on(express, plain):
    """The requests that the express door hands on to Flask."""
    requests = []
    flask = express.app

    def counting(environ, start_response):
        requests.append(f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}")
        return flask(environ, start_response)

    express.app = counting
    return requests


def unlike(one, other):
    """What differs between two pages."""
    page = [] if (one.status_code, one.get_data()) == (other.status_code, other.get_data()) else ["the page"]
    return page + sorted(
        (name, value) for name, value in set(one.headers) ^ set(other.headers) if name != "X-Request-Id"
    )


def test_the_first_page_comes_from_flask_and_the_next_from_the_express_door(ben, handed_on):
    place = ben.client.post("/start").location
    handed_on.clear()
    first, second = ben.client.get(place), ben.client.get(place)
    assert handed_on == [f"GET {place}"]
    assert not unlike(first, second)


@pytest.mark.parametrize("encoding", ["", "gzip;q=0", "gzip, br"])
def test_every_question_is_the_same_through_either_door(taker, plain, handed_on, encoding):
    taker.start()
    asked = {"headers": {"Accept-Encoding": encoding}}
    for item in ITEMS:
        path = f"{taker.place}/{item}"
        plain.get(path)
        handed_on.clear()
        assert not unlike(plain.get(path, **asked), taker.client.get(path, **asked)), item
        assert not handed_on
        taker.at(item)
        taker.choose(4)
        assert not unlike(plain.get(path, **asked), taker.client.get(path, **asked)), f"{item} answered"


@pytest.mark.parametrize("encoding", ["", "gzip"])
@pytest.mark.parametrize("name", ["clear-hunter", "too-close-to-call", "always-3", "finished-early"])
def test_every_result_is_the_same_through_either_door(taker, plain, encoding, name):
    taker.start().play(persona(name))
    taker.client.post(f"{taker.place}/finish")
    path, asked = f"{taker.place}/result", {"headers": {"Accept-Encoding": encoding}}
    for _ in range(2):
        assert not unlike(plain.get(path, **asked), taker.client.get(path, **asked))


def test_every_state_of_a_question_is_the_same_through_either_door(taker, plain):
    taker.start().play(persona("finished-early"))
    for _ in range(2):
        for item in (ITEMS[0], ITEMS[17], ITEMS[18], ITEMS[31]):
            path = f"{taker.place}/{item}"
            assert not unlike(plain.get(path), taker.client.get(path))
        taker.client.post(f"{taker.place}/finish")


@pytest.mark.parametrize(
    "headers",
    [{}, {"Accept": "text/html"}, {"Accept": "application/json"}, {"Accept": "text/html, application/json;q=0.5"}],
    ids=str,
)
def test_answers_are_kept_alike_through_either_door(ana, ben, plain, database, headers):
    ana.start()
    ben.start()
    answers = list(persona("leaning-farmer").answers.items())
    for number, (item, choice) in enumerate([*answers, *answers[:3]]):
        ana.clock.wait(7)
        body = {"data": f"choice={choice}", "headers": headers} | FORM
        flask = plain.post(f"{ana.place}/{item}", **body)
        express = ben.client.post(f"{ben.place}/{item}", **body)
        assert flask.status_code == express.status_code == (200 if headers.get("Accept") == "application/json" else 303)
        assert flask.headers.get("Location", "").removeprefix(ana.place) == (
            express.headers.get("Location", "").removeprefix(ben.place)
        )
        if flask.mimetype == "application/json":
            assert flask.get_json()["next"].removeprefix(ana.place) == express.get_json()["next"].removeprefix(
                ben.place
            )
        if number in (4, 31, 34):
            assert kept(database, 1) == kept(database, 2)
    data = [{**person.data(), "language": None, "finished_at": None} for person in (ana, ben)]
    assert data[0] == data[1]


def kept(database, attempt):
    """What is kept of an attempt's answers."""
    rows = database.reader().cursor.execute(f"SELECT * FROM answers WHERE attempt_id = {attempt} ORDER BY item")
    return [row[1:] for row in rows.fetchall()]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("choice=6", "application/x-www-form-urlencoded"),
        ("choice=", "application/x-www-form-urlencoded"),
        ("choice=33", "application/x-www-form-urlencoded"),
        ("choice=3&choice=4", "application/x-www-form-urlencoded"),
        ("x=1&choice=3", "application/x-www-form-urlencoded; charset=utf-8"),
        ("choice=%33", "application/x-www-form-urlencoded"),
        ("choice=3", "application/json"),
        ("choice=3", ""),
        ("xhoice=3", "application/x-www-form-urlencoded"),
        ("choice=\xff", "application/x-www-form-urlencoded"),
    ],
)
def test_an_unusual_form_meets_the_same_fate_at_either_door(ana, ben, plain, database, body, kind):
    ana.start()
    ben.start()
    for item in ITEMS[:2]:
        flask = plain.post(f"{ana.place}/{item}", data=body.encode("latin-1"), content_type=kind)
        express = ben.client.post(f"{ben.place}/{item}", data=body.encode("latin-1"), content_type=kind)
        assert flask.status_code == express.status_code
    assert kept(database, 1) == kept(database, 2)


def test_a_head_has_the_headers_of_the_page_and_no_body(ben):
    ben.start()
    got, head = ben.client.get(f"{ben.place}/{ITEMS[0]}"), ben.client.head(f"{ben.place}/{ITEMS[0]}")
    assert head.get_data() == b""
    assert not {name for name, _ in set(head.headers) ^ set(got.headers)} - {"X-Request-Id"}
    assert int(head.headers["Content-Length"]) == len(got.get_data())


@pytest.mark.parametrize("step", ["", "/", "/nowhere", f"/{ITEMS[0]}/", "/Sports-Club", "/delete", f"/{ITEMS[0]}%20"])
def test_what_is_no_question_is_left_to_flask(ben, plain, handed_on, step):
    ben.start()
    address = f"{ben.place}{step}"
    expected = plain.get(address)
    handed_on.clear()
    assert not unlike(expected, ben.client.get(address))
    assert len(handed_on) == 1


def test_unknown_and_deleted_attempts_are_left_to_flask(ben, client):
    ben.start()
    ben.at(ITEMS[0])
    assert client.get(f"/a/unknown/{ITEMS[0]}").status_code == 404
    ben.client.post(f"{ben.place}/delete")
    assert ben.client.get(f"{ben.place}/{ITEMS[0]}").status_code == 410
    assert ben.client.post(f"{ben.place}/{ITEMS[0]}", data={"choice": 1}).status_code == 410


def test_one_persons_page_never_holds_anothers_token(ana, ben):
    ana.start().play(persona("clear-farmer"))
    ben.start().play(persona("clear-farmer"))
    ana.client.post(f"{ana.place}/language", data={"language": "en"})
    for step in (*ITEMS, "result", "result/answers", "delete"):
        for one, other in ((ana, ben), (ben, ana)):
            html = one.client.get(f"{one.place}/{step}").get_data(as_text=True)
            assert one.token in html
            assert other.token not in html


def test_the_question_shown_again_with_an_error_never_becomes_the_plain_page(ben):
    ben.start()
    path = f"{ben.place}/{ITEMS[0]}"
    assert ben.client.post(path).page.all(role="alert")
    for _ in range(2):
        assert not ben.client.get(path).page.all(role="alert")


def test_a_failure_of_the_express_door_is_logged_without_the_address_and_answered_by_flask(ben, monkeypatch, caplog):
    ben.start()
    ben.at(ITEMS[0])
    monkeypatch.setattr(Express, "_page", None)
    assert ben.client.get(f"{ben.place}/{ITEMS[0]}").status_code == 200
    assert "the express door failed" in caplog.text
    assert ben.token not in caplog.text


def test_an_ordinary_visit_leaves_nothing_in_the_log(ben, caplog):
    ben.start().play(persona("clear-hunter"))
    ben.client.get(f"{ben.place}/nothing-here")
    assert "express" not in caplog.text


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_what_follows_an_answer_is_for_nobodys_cache_whichever_door_answers(ben, plain, accept):
    ben.start()
    ways = [
        door.post(f"{ben.place}/{ITEMS[0]}", data={"choice": 3}, headers={"Accept": accept})
        for door in (ben.client, plain)
    ]
    for answer in ways:
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
