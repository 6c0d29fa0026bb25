"""A campaign whose quiz is not run here now: every page of it that needs the quiz says so, and it can be deleted."""

import pytest
from rows import run

PAGES = ("results", "cohort", "impact", "export", "export.csv", "edit")
TITLE = {
    "en": "This campaign’s quiz is not run here now",
    "es": "El test de esta campaña no está ahora en este sitio",
}


@pytest.fixture
def place(alices_campaign, database):
    run(database, "UPDATE campaigns SET pack = 'long-ago' WHERE id = :id", id=alices_campaign.id)
    return f"/hr/campaigns/{alices_campaign.public_id}"


@pytest.mark.parametrize("language", TITLE)
@pytest.mark.parametrize("page", PAGES)
def test_its_pages_say_why_there_is_nothing(sign_in, tidewell, place, page, language):
    owner = sign_in("Ana", tidewell, "owner", language)
    answer = owner.get(f"{place}/{page}")
    assert (answer.status_code, answer.page.heading) == (404, TITLE[language])


def test_it_is_listed_shown_and_deleted(alice, place):
    assert any(link["href"] == place for link in alice.get("/hr/").page.main.all("a"))
    assert alice.get(place).status_code == 200
    alice.press(f"{place}/delete")
    assert alice.get(place).status_code == 404
