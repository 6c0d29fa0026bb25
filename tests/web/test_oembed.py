"""oEmbed and the script's address: what other people's systems ask for, and ask for badly."""

import gzip
import re
from dataclasses import replace

import pytest
from cast import ALICES
from page_tree import read
from werkzeug.test import Client

from quiz.settings import PROJECT

HOME = "http://localhost"


def ask_for(client, url, **more):
    return client.get("/oembed", query_string={"url": url, **more})


def frame(document):
    """The one element of the HTML."""
    root, faults = read(f"<!doctype html>{document['html']}")
    assert not faults
    found, *others = [element for element in root.walk() if element is not root]
    assert (found.tag, others) == ("iframe", [])
    return found


@pytest.mark.parametrize("rest", ["", "?lang=es", "?ref=x&lang=en"])
@pytest.mark.parametrize("more", [{}, {"format": "json"}])
def test_a_campaigns_address_gets_a_frame(client, alices, rest, more):
    response = ask_for(client, f"{HOME}/c/{alices.public_id}{rest}", **more)
    assert (response.status_code, response.mimetype) == (200, "application/json")
    document = response.get_json()
    assert (document["type"], document["version"]) == ("rich", "1.0")
    assert (document["width"], document["height"]) == (720, 720)
    shown = frame(document)
    assert shown["src"] == f"{HOME}/c/{alices.public_id}"
    assert shown["title"]
    assert client.get(shown["src"].removeprefix(HOME)).status_code == 200


@pytest.mark.parametrize(
    "url",
    [
        *(
            "",
            "/",
            "x",
            "/c/",
            "http://localhost",
            "http://localhost/",
            "http://localhost/c/",
            "http://localhost/c/none",
        ),
        *("http://evil.example/c/{id}", "https://localhost/c/{id}", "//localhost/c/{id}", "/c/{id}"),
        *("http://localhost@evil.example/c/{id}", "http://localhost/c/{id}/start", "http://localhost/c/../c/{id}"),
        *(
            "http://[",
            "http://[::1/c/{id}",
            "http://localhost:99999/c/{id}",
            "http://localhost/a/{id}",
            "\x00",
            "\ud7ff",
        ),
        *("http://localhost/roles", "javascript:alert(1)//c/{id}", "http://localhost/c/{id}%00", "x" * 5000),
    ],
)
def test_every_other_address_gets_none(client, alices, url):
    assert ask_for(client, url.format(id=alices.public_id)).status_code == 404


def test_a_private_campaigns_address_needs_an_invitation(client, ask):
    private = ask(replace(ALICES, private=True))
    refused = ask_for(client, f"{HOME}/c/{private.public_id}")
    assert refused.status_code == 401
    assert ask_for(client, f"{HOME}/c/{private.public_id}", format="xml").status_code == 501
    page = client.get(f"/c/{private.public_id}")
    assert "Link" not in page.headers
    assert not page.page.all("link", rel="alternate")


@pytest.mark.parametrize("query", ["", "?lang=es", "?ref=x"])
def test_a_campaigns_page_says_where_to_ask(client, alices, query):
    response = client.get(f"/c/{alices.public_id}{query}")
    link = response.page.one("link", rel="alternate")
    assert link["type"] == "application/json+oembed"
    assert link["title"]
    (address, *rest) = response.headers["Link"].split("; ")
    assert address == f"<{link['href']}>"
    assert rest[:2] == ['rel="alternate"', 'type="application/json+oembed"']
    assert frame(client.get(link["href"].removeprefix(HOME)).get_json())["src"] == f"{HOME}/c/{alices.public_id}"


def test_no_other_page_says_so(ben, alices):
    ben.accept(alices)
    assert not ben.page.all("link", rel="alternate")
    assert not ben.get("/").page.all("link", rel="alternate")


def test_a_hostile_host_says_nothing_in_the_header(client, alices):
    for host in ('evil">; rel="stylesheet', "evil>, <x", "evil.example\t"):
        response = Client(client.application).get(f"/c/{alices.public_id}", headers={"Host": host})
        assert response.headers.get("Link", "").count("<") <= 1
        assert 'rel="stylesheet' not in response.headers.get("Link", "")


def test_without_an_address_there_is_nothing(client):
    assert client.get("/oembed").status_code == 404


@pytest.mark.parametrize("kind", ["xml", "XML", "", "html", "\x00"])
def test_no_other_format_is_written(client, alices, kind):
    answer = ask_for(client, f"{HOME}/c/{alices.public_id}", format=kind)
    assert answer.status_code == 501
    assert answer.page.heading == "Only JSON is served here"


@pytest.mark.parametrize(
    ("limit", "side"),
    [("1", 1), ("400", 400), ("720", 720), ("721", 720), ("99999", 720), ("999999", 720)]
    + [(text, 720) for text in ("", "0", "-1", "1e3", "4.5", "x", "９", "²", "9" * 5000, '"><script>', "\x00", " ")],
)
@pytest.mark.parametrize("name", ["width", "height"])
def test_a_limit_is_kept_and_nonsense_counts_as_absent(client, alices, name, limit, side):
    document = ask_for(client, f"{HOME}/c/{alices.public_id}", **{f"max{name}": limit}).get_json()
    assert document[name] == side
    assert frame(document)[name] == str(side)
    assert document[{"width": "height", "height": "width"}[name]] == 720


def test_a_hostile_host_is_never_markup(client, alices):
    host = 'evil"><script>alert(1)</script>'
    response = client.get(
        "/oembed", query_string={"url": f"http://{host}/c/{alices.public_id}"}, headers={"Host": host}
    )
    assert response.status_code in (200, 400, 404)
    assert response.status_code != 200 or "<script" not in response.get_json()["html"]


def test_behind_a_public_address_it_is_that_address(make_app, settings, alices):
    client = make_app(replace(settings, public_url="https://quiz.example")).test_client()
    assert ask_for(client, f"http://localhost/c/{alices.public_id}").status_code == 404
    document = ask_for(client, f"https://quiz.example/c/{alices.public_id}").get_json()
    assert frame(document)["src"] == f"https://quiz.example/c/{alices.public_id}"


def test_the_script_has_an_address_that_never_changes_and_is_small(client):
    moved = client.get("/embed.js")
    assert moved.status_code == 302
    assert re.fullmatch(r"/static/embed\.[0-9a-f]{12}\.js", moved.location)
    assert "immutable" not in moved.headers.get("Cache-Control", "")
    script = client.get(moved.location)
    assert (script.status_code, script.mimetype) == (200, "text/javascript")
    assert script.get_data() == (PROJECT / "static" / "embed.js").read_bytes()
    script.close()
    packed = client.get(moved.location, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.get_data()) <= 2048
    assert gzip.decompress(packed.get_data()) == (PROJECT / "static" / "embed.js").read_bytes()
    packed.close()
