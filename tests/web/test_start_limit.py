"""How often one address may start: the answer when it is too often, and who is not hindered."""

from dataclasses import replace


def test_too_many_starts_say_so_and_attempts_that_have_begun_go_on(make_app, settings):
    client = make_app(replace(settings, start_limit="2 per hour")).test_client()
    first, second = (client.post("/start").location for _ in range(2))
    for _ in range(3):
        refused = client.post("/start")
        assert refused.status_code == 429
        assert 0 < int(refused.headers["Retry-After"]) <= 3600
    for place in (first, second):
        assert client.post(place, data={"choice": 3}).status_code == 303
    assert client.get("/").status_code == 200


def test_starts_are_counted_by_address(make_app, settings):
    client = make_app(replace(settings, start_limit="1 per hour")).test_client()
    for address in ("192.0.2.1", "192.0.2.2"):
        asked = {"environ_overrides": {"REMOTE_ADDR": address}}
        assert client.post("/start", **asked).status_code == 303
        assert client.post("/start", **asked).status_code == 429
