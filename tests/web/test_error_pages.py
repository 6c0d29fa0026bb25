"""Friendly errors: the right status, in both languages, as a page or as JSON, and nobody's secrets."""

import logging
from dataclasses import replace

import pytest
from cast import ITEMS

JSON = {"Accept": "application/json"}
TITLES = {
    404: ("There is nothing at this address", "En esta dirección no hay nada"),
    405: ("This address does not take that", ""),
    410: ("This attempt was deleted", ""),
    413: ("That was too much at once", ""),
    415: ("We only read forms here", ""),
    422: ("Something is missing or not valid", ""),
    429: ("Too many starts from your network", ""),
    500: ("Something went wrong on our side", ""),
}


class Told(Exception):
    """An unforeseen error that carries a secret."""


def fail(*_args):
    raise Told("secret")


@pytest.fixture
def kept(database):
    """Counts the answers that are kept."""
    return lambda: database.reader().cursor.execute("SELECT count(*) FROM answers").fetchone()[0]


@pytest.fixture
def provoke(ben, make_app, settings, unlogged):
    """Brings about each error and returns the answer."""

    def provoke(code, **headers):
        client = ben.client
        ask = {"headers": headers}
        if code == 404:
            return client.get("/nothing", **ask)
        if code == 405:
            return client.put("/start", **ask)
        if code == 410:
            ben.start()
            client.post(f"{ben.place}/delete")
            return client.get(ben.place, **ask)
        if code == 413:
            return client.post("/start", data={"language": "x" * 20000}, **ask)
        if code == 415:
            return client.post("/start", data="{}", content_type="application/json", **ask)
        if code == 422:
            # The attempt's own language is what its errors are told in.
            ben.language = headers.get("Accept-Language", "en")
            ben.start()
            return client.post(f"{ben.place}/language", data={}, **ask)
        if code == 429:
            limited = make_app(replace(settings, start_limit="1 per hour")).test_client()
            assert limited.post("/start").status_code == 303
            return limited.post("/start", **ask)
        app = make_app(settings)
        app.view_functions["taker.landing"] = fail
        return app.test_client().get("/", **ask)

    return provoke


@pytest.mark.parametrize("code", TITLES)
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_error_has_a_friendly_page_with_one_thing_to_do(provoke, code, language):
    response = provoke(code, **{"Accept-Language": language})
    assert response.status_code == code
    assert response.page.lang == language
    assert response.page.main["data-step"] == "error"
    assert (response.page.heading == TITLES[code][0]) == (language == "en")
    assert f"Error {code}" in response.page.main.text
    (action,) = response.page.main.all("a")
    assert action["href"] == "/"
    for secret in ("Traceback", "secret", "Told", ".py", "sqlite", "werkzeug"):
        assert secret not in response.page.html


@pytest.mark.parametrize("code", TITLES)
def test_every_error_is_json_where_a_script_asked_for_it(provoke, code):
    response = provoke(code, Accept="application/json")
    assert response.status_code == code
    assert response.mimetype == "application/json"
    assert set(response.get_json()) == {"error"}
    assert "secret" not in response.get_data(as_text=True)


def test_json_errors_speak_the_language_too(client):
    english, spanish = (
        client.get("/nothing", headers=JSON | {"Accept-Language": language}).get_json()["error"]
        for language in ("en", "es")
    )
    assert english != spanish
    assert client.get("/nothing?lang=es", headers=JSON).get_json()["error"] == spanish


def test_an_error_page_can_be_read_in_the_other_language(client):
    page = client.get("/roles/nobody").page
    assert page.one("a", hreflang="es")["href"] == "/roles/nobody?lang=es"
    assert client.get("/roles/nobody?lang=es").page.lang == "es"


def test_an_error_page_never_shows_another_visitors_address(client, ben):
    """Error pages are rendered once for all; what one visitor asked for must not be in the next one's page."""
    ben.start()
    secret = f"{ben.place}/nowhere"
    assert client.get(secret).status_code == 404
    assert client.put(f"{ben.place}/{ITEMS[0]}").status_code == 405
    ben.client.post(f"{ben.place}/delete")
    assert client.get(ben.place).status_code == 410
    for response in (client.get("/other"), client.put("/start"), client.get("/a/unknown")):
        assert ben.token not in response.get_data(as_text=True)


@pytest.mark.parametrize(
    "path", ["/%EE%80%80", "/%EE%80%80x%EE%80%81", "/%EE%80%80path%EE%80%81", "/{{7*7}}/%25s/%(a)s"]
)
def test_an_address_with_the_signs_of_our_templates_is_a_plain_404(client, path):
    for _ in range(2):
        response = client.get(path)
        assert response.status_code == 404
        assert "49" not in response.page.text


@pytest.mark.parametrize("path", ["//evil.example", "//evil.example/x", "/\\evil.example", "/%2f/evil.example", "///x"])
def test_no_address_makes_a_page_link_to_another_host(client, path):
    response = client.get(path)
    assert response.status_code in (404, 308)
    if response.status_code == 404:
        assert all(link.startswith(("/", "#", "http://data")) for link in response.page.links)
        assert not [link for link in response.page.links if link.startswith(("//", "/\\"))]
    else:
        assert not response.location.startswith("//evil")


def test_a_405_says_what_the_address_takes(client):
    assert set(client.put("/start").headers["Allow"].split(", ")) >= {"GET", "POST"}


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE"])
@pytest.mark.parametrize("path", ["/", "/start", "/roles", "/a/x", "/a/x/finish", "/a/x/delete", "/a/x/language"])
def test_no_address_takes_another_method(client, method, path):
    assert client.open(path, method=method).status_code == 405


@pytest.mark.parametrize("step", [ITEMS[0], "finish", "delete", "language"])
@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ('{"choice": 3}', "application/json", 415),
        ("choice=3", "text/plain", 415),
        ("choice=3", "", 415),
        (b"\x00" * 16, "application/octet-stream", 415),
        ("<choice>3</choice>", "application/xml", 415),
        ("choice=" + "3" * 17000, "application/x-www-form-urlencoded", 413),
        ("x=1&" * 6000, "application/x-www-form-urlencoded", 413),
    ],
    ids=["json", "text", "untyped", "bytes", "xml", "one long field", "many fields"],
)
def test_a_body_that_is_no_form_of_ours_is_refused_and_loses_nothing(ben, database, kept, step, body, kind, status):
    ben.start().answer_all(but=2)
    response = ben.client.post(f"{ben.place}/{step}", data=body, content_type=kind)
    assert response.status_code == status
    assert response.page.main["data-step"] == "error"
    assert kept() == 30
    assert database.reader().cursor.execute("SELECT finished_ms, language FROM attempts").fetchone() == (None, "en")


def test_a_form_of_several_parts_is_read_as_well(ben):
    ben.start()
    response = ben.client.post(f"{ben.place}/{ITEMS[0]}", data={"choice": "3"}, content_type="multipart/form-data")
    assert response.status_code == 303


class TestUnforeseenErrors:
    """An error that nobody foresaw: a kind page, a log that helps, and no token anywhere."""

    def test_the_log_names_the_rule_and_never_the_token(self, ben, monkeypatch, caplog):
        ben.start()
        for function in ("find_step", "find", "find_result"):
            monkeypatch.setattr(f"quiz.services.take.{function}", fail)
        caplog.set_level(logging.DEBUG)
        for step in ("", ITEMS[0], "finish", "result", "result/answers", "result.json", "delete"):
            caplog.clear()
            response = ben.client.get(f"{ben.place}/{step}".rstrip("/"))
            assert response.status_code == 500
            assert "/a/<token>" in caplog.text
            assert "Told: secret" in caplog.text
            assert ben.token not in caplog.text
            assert ben.token[:12] not in repr([record.__dict__ for record in caplog.records if record.args])

    @pytest.mark.usefixtures("unlogged")
    def test_an_error_while_keeping_an_answer_keeps_nothing_and_the_next_one_is_kept(self, ben, monkeypatch, kept):
        ben.start()
        with monkeypatch.context() as broken:
            broken.setattr("quiz.services.take.next_item", fail)
            response = ben.client.post(f"{ben.place}/{ITEMS[0]}", data={"choice": 3})
        assert (response.status_code, kept()) == (500, 0)
        response = ben.client.post(f"{ben.place}/{ITEMS[0]}", data={"choice": 3})
        assert (response.status_code, kept()) == (303, 1)

    @pytest.mark.usefixtures("unlogged")
    @pytest.mark.parametrize("path", ["/a/x", f"/a/x/{ITEMS[0]}", "/a/x/result"])
    def test_a_database_without_tables_is_told_as_our_fault(self, make_app, settings, tmp_path, path):
        app = make_app(replace(settings, database_url=f"sqlite:///{tmp_path / 'fresh.db'}"))
        response = app.test_client().get(path)
        assert response.status_code == 500
        assert response.page.main["data-step"] == "error"


@pytest.mark.parametrize("path", ["/roles/", "/method/", "/roles/account-manager/"])
def test_a_slash_too_many_leads_on(client, path):
    assert client.get(path, follow_redirects=False).location == path.rstrip("/")


def test_a_slash_too_many_leads_on_from_an_attempts_link(ben):
    ben.start()
    assert ben.client.get(f"{ben.place}/").location == ben.place


def test_a_slash_after_nothing_is_nothing(client):
    assert client.get("/nowhere/").status_code == 404
