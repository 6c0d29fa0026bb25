"""Who may frame answers that no view gives, or that are about nothing: the campaign that the address names."""

import pytest
from cast import ITEMS
from test_framing import ask_for, check_links, framers
from werkzeug.test import Client


def test_a_deleted_attempt_may_be_framed_for_its_address_says_whose_it_was(ben, alices, database):
    ben.accept(alices)
    ben.client.post(f"{ben.place}/delete")
    question = f"/{ITEMS[0]}"
    for step in (("GET", question, None, 410), ("POST", question, {"choice": 3}, 410), ("GET", "", None, 410)):
        response = ask_for(ben.client, ben.place, step)
        assert (response.status_code, framers(response)) == (410, alices.sites)
        assert response.page.main["data-error"] == "410"
        check_links(ben.place, response.page, ben.place, f"/c/{alices.public_id}")
    (kept,) = database.reader().cursor.execute("SELECT * FROM tombstones").fetchall()
    assert len(kept) == 2  # the hash and the time: nothing of the campaign


@pytest.mark.parametrize(
    ("method", "rest", "status"),
    [
        *(("PUT", "", 405), ("DELETE", "/result", 405), ("POST", "/result", 405), ("GET", "/result/answers/more", 404)),
        *(("OPTIONS", "", 200), ("OPTIONS", "/result", 200), ("GET", "/", 308), ("GET", "/nowhere", 404)),
    ],
)
def test_what_no_view_answers_may_be_framed_as_well(ben, alices, method, rest, status):
    ben.accept(alices)
    for base in (ben.place, f"/c/{alices.public_id}"):
        response = ben.client.open(f"{base}{rest}", method=method)
        assert response.status_code in (status, 404, 405), base
        assert framers(response) == alices.sites, base


def test_an_address_that_nobody_has_may_be_framed_by_the_campaign_that_it_names(client, alices):
    client.framed[f"/a/nobody.{alices.public_id}"] = alices.sites
    response = client.get(f"/a/nobody.{alices.public_id}/result")
    assert (response.status_code, framers(response)) == (404, alices.sites)
    for rest in ("nobody", "nobody.", "nobody.nobody", f"nobody.{alices.public_id}x", f"no.body.{alices.public_id}"):
        assert framers(Client(client.application).get(f"/a/{rest}/result")) == "'none'"
