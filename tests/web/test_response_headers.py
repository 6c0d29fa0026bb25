"""Headers of every kind of answer: a strict policy everywhere, no cache and no index for attempts."""

import re

import pytest
from cast import ITEMS, persona

from quiz.web.headers import policy

POLICY = policy("'none'")
PUBLIC = ["/", "/?lang=es", "/roles", "/roles/account-executive", "/method", "/packs/ae-am/manual", "/privacy"]
SECURE = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def secured(response):
    """Each header once, with its value."""
    return {name: response.headers.getlist(name) for name in SECURE} == {name: [SECURE[name]] for name in SECURE}


def test_the_policy_allows_only_our_own_scripts_and_styles_and_no_frame():
    rules = dict(rule.strip().split(" ", 1) for rule in POLICY.split(";"))
    assert rules == {
        "default-src": "'none'",
        "style-src": "'self'",
        "script-src": "'self'",
        "img-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }


@pytest.mark.parametrize("path", [*PUBLIC, "/healthz", "/robots.txt", "/favicon.ico", "/start", "/nothing", "/a/x/y"])
def test_every_public_answer_is_secured(client, path):
    assert secured(client.get(path))
    assert secured(client.head(path))
    assert secured(client.options(path))
    assert secured(client.put(path))


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_may_be_kept_but_are_asked_for_again(client, path):
    headers = client.get(path).headers
    assert headers["Cache-Control"] == "no-cache"
    assert "X-Robots-Tag" not in headers


@pytest.mark.parametrize(
    "step", ["", ITEMS[0], ITEMS[1], "finish", "result", "result/answers", "result.json", "delete"]
)
def test_every_page_of_an_attempt_is_for_nobodys_cache_and_nobodys_index(ben, step):
    ben.start().play(persona("clear-hunter"))
    for _ in range(2):  # the second time from the express door
        response = ben.client.get(f"{ben.place}/{step}".rstrip("/"))
        assert secured(response)
        if response.status_code == 200:
            assert response.headers["Cache-Control"] == "no-store"
            assert "noindex" in response.headers["X-Robots-Tag"]
        else:
            assert (response.status_code, step) == (303, "")


@pytest.mark.parametrize(
    ("method", "step", "data", "status"),
    [
        ("GET", "nowhere", None, 404),
        ("POST", ITEMS[0], {"choice": "9"}, 422),
        ("POST", ITEMS[0], {"choice": "9" * 20000}, 413),
        ("PUT", ITEMS[0], None, 405),
        ("POST", "language", {}, 422),
        ("POST", "delete", None, 200),
    ],
)
def test_refusals_and_the_last_page_of_an_attempt_are_kept_by_nobody_either(ben, method, step, data, status):
    ben.start()
    response = ben.client.open(f"{ben.place}/{step}", method=method, data=data)
    assert response.status_code == status
    assert secured(response)
    assert response.headers["Cache-Control"] == "no-store"
    assert "noindex" in response.headers["X-Robots-Tag"]


def test_attempts_are_closed_to_robots(client):
    assert "Disallow: /a/" in client.get("/robots.txt").get_data(as_text=True)


class TestStaticFiles:
    """Static files: hashed names, compressed twins, kept for ever."""

    @pytest.fixture
    def assets(self, app):
        return dict(app.extensions["rolefit"].assets)

    def test_pages_link_to_hashed_names_that_exist(self, client, assets):
        page = client.get("/").page
        linked = {element["href"] for element in page.all("link")} | {page.one("script")["src"]}
        assert linked == {assets[name] for name in ("app.css", "app.js", "favicon.svg")}
        assert all(re.fullmatch(r"/static/\w+\.[0-9a-f]{12}\.\w+", address) for address in linked)

    @pytest.mark.parametrize(
        ("name", "kind"), [("app.css", "text/css"), ("app.js", "text/javascript"), ("favicon.svg", "image/svg+xml")]
    )
    def test_they_are_kept_for_ever_and_secured(self, client, assets, name, kind):
        response = client.get(assets[name])
        assert response.status_code == 200
        assert response.mimetype == kind
        assert "immutable" in response.headers["Cache-Control"]
        assert int(re.search(r"max-age=(\d+)", response.headers["Cache-Control"])[1]) >= 365 * 86400
        assert secured(response)
        response.close()

    @pytest.mark.parametrize("name", ["app.css", "app.js"])
    @pytest.mark.parametrize(
        ("accepted", "encoding"), [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("identity", None), (None, None)]
    )
    def test_they_come_compressed_as_the_browser_likes(self, client, assets, name, accepted, encoding):
        response = client.get(assets[name], headers={"Accept-Encoding": accepted} if accepted else {})
        assert response.headers.get("Content-Encoding") == encoding
        assert "Accept-Encoding" in response.headers["Vary"]
        response.close()

    def test_a_file_that_changes_gets_another_name(self, tmp_path):
        from quiz.web import assets

        source, target = tmp_path / "source", tmp_path / "target"
        source.mkdir()
        names = []
        for content in ("a {}", "b {}"):
            (source / "app.css").write_text(content)
            names.append(assets.publish(source, target)["app.css"])
            assert (target / names[-1].removeprefix("/static/")).read_text() == content
        assert names[0] != names[1]

    @pytest.mark.parametrize(
        "path", ["/static/", "/static/app.css", "/static/none.js", "/static/../app.py", "/static/%2e%2e/app.py"]
    )
    def test_nothing_else_is_served_from_there(self, client, path):
        response = client.get(path)
        assert response.status_code == 404
        assert b"create_app" not in response.get_data()
