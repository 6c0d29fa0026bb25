"""Behind a proxy: whose address counts, and which address a person is told to keep."""

from dataclasses import replace

import pytest
from cast import ITEMS


def link(client, **asked):
    """The link to keep that a first question shows."""
    place = client.post("/start", **asked).location
    first = client.get(place, **asked).page.one("input", id="url")["value"]
    again = client.get(place, **asked).page.one("input", id="url")["value"]  # from the express door
    assert first == again
    return first.partition("/a/")[0]


FORWARDED = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "quiz.example.org", "X-Forwarded-For": "198.51.100.7"}


def test_the_link_to_keep_is_the_address_that_the_browser_used(client):
    assert link(client) == "http://localhost"
    assert link(client, base_url="https://quiz.example.org:8443") == "https://quiz.example.org:8443"


def test_what_a_visitor_says_of_a_proxy_is_not_believed(client):
    assert link(client, headers=FORWARDED) == "http://localhost"


def test_what_a_trusted_proxy_says_is_believed(make_app, settings):
    client = make_app(replace(settings, trusted_proxies=1)).test_client()
    assert link(client, headers=FORWARDED) == "https://quiz.example.org"


def test_a_public_address_that_is_set_wins(make_app, settings):
    client = make_app(replace(settings, public_url="https://careers.example.org")).test_client()
    assert link(client, headers=FORWARDED) == "https://careers.example.org"


@pytest.mark.parametrize(("proxies", "answers"), [(0, (303, 429, 429)), (1, (303, 303, 429))])
def test_starts_are_counted_by_the_visitors_address_only_behind_a_trusted_proxy(make_app, settings, proxies, answers):
    client = make_app(replace(settings, trusted_proxies=proxies, start_limit="1 per hour")).test_client()
    visitors = ("198.51.100.1", "198.51.100.2", "198.51.100.2")
    given = [client.post("/start", headers={"X-Forwarded-For": visitor}).status_code for visitor in visitors]
    assert tuple(given) == answers


def test_redirects_stay_on_the_site_that_was_asked(client):
    response = client.post("/start", headers=FORWARDED)
    assert response.location.startswith("/a/")
    assert response.location.endswith(ITEMS[0])
