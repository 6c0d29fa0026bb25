"""Hostile input to the addresses of campaigns and embedding: nothing breaks, and nobody else may frame it."""

import re
from dataclasses import replace
from unicodedata import category
from urllib.parse import quote

from cast import ALICES, ITEMS, Taker
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_hostile_input import METHODS, TYPES, bodies, spiteful, wild
from test_hostile_input import ask as send

CAREFUL = settings(
    max_examples=200, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
keys = st.sampled_from(["ref", "invite", "lang", "url", "format", "maxwidth", "maxheight"])


def test_arbitrary_requests_to_the_new_addresses_break_nothing(app, ask, clock):
    signed, plain = ask(replace(ALICES, identification="signed")), ask(replace(ALICES, name="Plain"))
    taker = Taker(app.test_client(), clock, "en").accept(plain)
    named = ask(replace(ALICES, name="Named", identification="named", accent="#b5179e", shares_outcome=True))
    campaigns = (signed, plain, named, ask(replace(ALICES, name="Private", private=True)))
    known = [f"/c/{it.public_id}{rest}" for it in campaigns for rest in ("", "/start", "/accent.css")]
    known += ["/oembed", "/embed.js", "/c/", *(f"{taker.place}/{step}" for step in (ITEMS[0], "result", "terms"))]
    values = wild | spiteful | st.sampled_from([f"http://localhost/c/{plain.public_id}", "http://[", "-1", "9" * 5000])
    queries = st.dictionaries(keys, values, max_size=3).map(lambda it: "&".join(f"{k}={v}" for k, v in it.items()))

    @CAREFUL
    @given(
        method=st.sampled_from(METHODS),
        path=st.sampled_from(known) | st.tuples(st.sampled_from(["/c", *known]), wild).map("/".join),
        query=queries.map(lambda text: re.sub(r"[\r\n ]", "", text)) | wild.map(lambda it: re.sub(r"[\r\n ]", "", it)),
        kind=st.sampled_from(TYPES),
        body=bodies | st.tuples(st.sampled_from([b"ref=", b"name=", b"email="]), st.binary(max_size=60)).map(b"".join),
    )
    def attack(method, path, query, kind, body):
        answer = send(app, method, path, query, {}, kind, body)
        assert answer["status"] < 500 or (answer["status"], path) == (501, "/oembed")
        names = [name.lower() for name, _ in answer["headers"]]
        assert names.count("content-security-policy") == 1
        assert "set-cookie" not in names
        assert all("\n" not in value and "\r" not in value for _, value in answer["headers"])
        policy = dict(answer["headers"])["Content-Security-Policy"].partition("frame-ancestors ")[2]
        assert policy in (plain.sites, "'none'")
        assert b"<script>alert" not in answer["body"]

    attack()


def test_a_reference_of_arbitrary_bytes_is_kept_as_one_line_or_starts_nothing(app, alices, database, clock):
    def references():
        rows = database.reader().cursor.execute("SELECT reference FROM attempts").fetchall()
        return [reference for (reference,) in rows]

    @CAREFUL
    @given(raw=st.binary(max_size=250) | st.text(max_size=250).map(lambda text: quote(text).encode()))
    def start(raw):
        before = len(references())
        answer = send(app, "POST", f"/c/{alices.public_id}/start", "", {}, TYPES[0], b"ref=" + raw)
        assert answer["status"] in (303, 403)
        assert len(references()) - before == (answer["status"] == 303)

    start()
    kept = [reference for reference in references() if reference is not None]
    assert len(kept) > 20
    assert all(0 < len(reference) <= 200 for reference in kept)
    assert not any(category(character) in ("Cc", "Co", "Cs") for reference in kept for character in reference)
