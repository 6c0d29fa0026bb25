"""The form of a campaign in which somebody has started: what is fixed is said beforehand, all else is taken."""

from campaign_cast import began, told
from form_cast import typed

from quiz.services import campaigns


def path_of(campaign):
    return f"/hr/campaigns/{campaign.public_id}/edit"


def test_before_anybody_has_started_nothing_is_said_of_it(alice, alices_campaign):
    page = alice.get(path_of(alices_campaign)).page
    assert not page.all("p", id="started")
    assert "not more than" not in page.one("p", id="retain_days-hint").text


def test_the_form_says_beforehand_for_whom_a_change_counts_and_what_is_fixed(alice, database, alices_campaign):
    began(database, alices_campaign)
    page = alice.get(path_of(alices_campaign)).page
    assert page.one("p", id="started").text.startswith("1 person has started, and keeps what they were told.")
    assert "not more than 90 days" in page.one("p", id="retain_days-hint").text
    assert page.one("input", name="identification")["type"] == "hidden"
    began(database, alices_campaign)
    assert alice.get(path_of(alices_campaign)).page.one("p", id="started").text.startswith("2 people have started")


def test_who_asks_what_for_and_who_reads_it_can_be_changed_then(alice, database, alices_campaign):
    began(database, alices_campaign)
    path = path_of(alices_campaign)
    changes = told(asked_by="Dora", purpose="A walk", readers="Dora alone")
    assert alice.send(path, **typed(alice, path) | changes).status_code == 303
    now = campaigns.find(database, alices_campaign.public_id)
    assert (now.asked_by, now.purpose, now.readers, now.texts_version) == ("Dora", "A walk", "Dora alone", 1)


def test_what_two_editors_changed_then_can_be_saved_by_a_second_press(
    alice, sign_in, tidewell, database, alices_campaign
):
    began(database, alices_campaign)
    path, dora = path_of(alices_campaign), sign_in("Dora", tidewell, "owner")
    alices, doras = typed(alice, path), typed(dora, path)
    dora.send(path, **doras | told(purpose="A walk", readers="Dora"))
    refused = alice.send(path, **alices | told(purpose="A swim"))
    assert refused.status_code == 409
    assert "What for: A walk" in [each.text for each in refused.page.one("div", role="alert").all("li")]
    assert alice.send(path, **typed(alice, path, refused.page)).status_code == 303
    now = campaigns.find(database, alices_campaign.public_id)
    assert (now.purpose, now.readers, now.texts_version) == ("A swim", "Dora", 2)


def test_more_days_are_refused_beside_their_field_as_was_said(alice, database, alices_campaign):
    began(database, alices_campaign)
    path = path_of(alices_campaign)
    answer = alice.send(path, **typed(alice, path) | {"retain_days": "91"})
    assert answer.status_code == 422
    assert answer.page.one("p", id="retain_days-error")
