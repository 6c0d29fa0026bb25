"""Page sizes: the first view and a later question fit in the packets that a connection starts with."""

import gzip
from dataclasses import replace

import pytest
from cast import ALICES, ITEMS, persona

from quiz.packs.loader import load

KB = 1024
ACCEPTED = {"Accept-Encoding": "gzip, deflate, br"}


def on_the_wire(client, path):
    """Bytes of an answer as a browser gets it."""
    response = client.get(path, headers=ACCEPTED)
    assert response.status_code == 200
    size = len(response.get_data())
    response.close()
    return size


@pytest.mark.parametrize("landing", ["/", "/packs/client-facing"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_first_view_fits_in_14_kb(client, landing, language):
    page = client.get(f"{landing}?lang={language}").page
    linked = [page.one("link", rel="stylesheet")["href"], page.one("script")["src"]]
    assert sum(on_the_wire(client, path) for path in (f"{landing}?lang={language}", *linked)) <= 14 * KB


def test_every_later_question_fits_in_3_kb(taker):
    taker.start().play(persona("finished-early"))
    taker.client.post(f"{taker.place}/finish")
    for item in ITEMS:
        html = taker.client.get(f"{taker.place}/{item}").get_data()
        assert len(gzip.compress(html)) <= 3 * KB, item
        assert on_the_wire(taker.client, f"{taker.place}/{item}") <= 4 * KB, item


def test_so_does_every_question_of_the_other_quiz(taker):
    place = taker.client.post("/packs/client-facing/start", data={"language": taker.language}).location
    for item in load("client-facing").pack.item_ids:
        html = taker.client.get(f"{place.rpartition('/')[0]}/{item}").get_data()
        assert len(gzip.compress(html)) <= 3 * KB, item


def test_so_does_a_question_of_a_campaign_with_a_colour(taker, ask):
    taker.accept(ask(replace(ALICES, accent="#b5179e"))).play(persona("finished-early"))
    for item in ITEMS:
        html = taker.client.get(f"{taker.place}/{item}").get_data()
        assert len(gzip.compress(html)) <= 3 * KB, item


@pytest.mark.parametrize("path", ["/", "/roles", "/roles/account-manager", "/method"])
def test_long_pages_come_compressed_to_browsers_that_read_it(client, path):
    compressed = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert compressed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in client.get(path).headers
    assert gzip.decompress(compressed.get_data()) == client.get(path).get_data()


def test_the_result_comes_compressed(ben):
    ben.start().play(persona("both-fit"))
    compressed = ben.client.get(f"{ben.place}/result", headers=ACCEPTED)
    assert compressed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(compressed.get_data()) == ben.client.get(f"{ben.place}/result").get_data()
