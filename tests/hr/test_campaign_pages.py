"""A campaign in the console: looked at, paused, held, deleted, and who may do it."""

from __future__ import annotations

import pytest
from campaign_cast import PACK, TYPED, began, noted
from cast import ALICES

from quiz.services import campaigns
from quiz.services.campaigns import Texts


class TestOverview:
    """A campaign's own page."""

    def test_it_says_where_it_stands_and_what_takers_read(self, alice, database, alices_campaign):
        page = alice.get(f"/hr/campaigns/{alices_campaign.public_id}").page
        for said in ("Nobody has started yet", ALICES.asked_by, ALICES.purpose, "90 days", *ALICES.sites):
            assert said in page.text
        began(database, alices_campaign)
        page = alice.get(f"/hr/campaigns/{alices_campaign.public_id}").page
        assert "1 started" in page.one("dl", _class="figures").text.replace("started 1", "1 started")

    @pytest.mark.parametrize(
        ("dates", "said"),
        [({"opens_ms": 4 * 10**12}, "People can start from"), ({"closes_ms": 10**12}, "Its time was over on")],
    )
    def test_a_campaign_outside_its_dates_says_so(self, alice, make_campaign, dates, said):
        page = alice.get(f"/hr/campaigns/{make_campaign(**dates).public_id}").page
        assert said in page.text

    @pytest.mark.parametrize(
        ("dates", "state", "badge"),
        [
            ({}, "open", "Open"),
            ({}, "paused", "Paused"),
            ({}, "closed", "Closed"),
            ({"opens_ms": 4 * 10**12}, "open", "Opens Oct 2, 2096"),
            ({"opens_ms": 4 * 10**12}, "paused", "Paused"),
            ({"closes_ms": 10**12}, "open", "Ended Sep 9, 2001"),
            ({"closes_ms": 10**12}, "paused", "Ended Sep 9, 2001"),
            ({"closes_ms": 10**12}, "closed", "Closed"),
        ],
    )
    def test_its_state_is_told_alike_in_the_list_and_beside_its_name(
        self, alice, database, make_campaign, dates, state, badge
    ):
        made = make_campaign(**dates)
        campaigns.set_state(database, made.public_id, state)
        for path in ("/hr/", f"/hr/campaigns/{made.public_id}", f"/hr/campaigns/{made.public_id}/share"):
            spans = alice.get(path).page.main.all("span")
            assert [found.text for found in spans if (found.get("class") or "").startswith("badge")] == [badge]

    @pytest.mark.parametrize(
        ("dates", "said"),
        [
            ({}, "The campaign is open."),
            ({"opens_ms": 4 * 10**12}, "The campaign opens Oct 2, 2096"),
            ({"closes_ms": 10**12}, "Its closing date is past"),
        ],
    )
    def test_nobody_is_told_that_it_is_open_while_its_dates_keep_it_shut(self, alice, make_campaign, dates, said):
        path = f"/hr/campaigns/{make_campaign(**dates).public_id}"
        alice.send(f"{path}/state", state="paused")
        alice.send(f"{path}/state", state="open")
        assert said in alice.get(path).page.one(role="status").text

    def test_what_it_says_in_its_own_words_stands_by_field_as_all_else_does(self, alice, database, tidewell):
        texts = {code: Texts(intro=f"Hi {code}", thanks=f"Thanks {code}") for code in ("es", "en")}
        made = campaigns.create(database, PACK, ALICES, 1, team_id=tidewell, texts=texts)
        terms = [term.text for term in alice.get(f"/hr/campaigns/{made.public_id}").page.main.all("dt")]
        own = [term for term in terms if term.startswith(("Introduction", "Thank-you"))]
        assert own == [
            *("Introduction, Español", "Introduction, English"),
            *("Thank-you text, Español", "Thank-you text, English"),
        ]

    def test_it_is_paused_closed_and_opened_again(self, alice, database, tidewell, alices_campaign):
        path = f"/hr/campaigns/{alices_campaign.public_id}"
        for state in ("paused", "closed", "open"):
            assert alice.send(f"{path}/state", state=state).status_code == 303
            assert campaigns.find(database, alices_campaign.public_id).state == state
            assert alice.get(path).status_code == 200
            assert noted(database, tidewell)[0] == ("alice", "campaign-state", state)
        assert alice.send(f"{path}/state", state="deleted").status_code == 400
        assert alice.send(f"{path}/state").status_code == 400


class TestDeleting:
    """Deleting, which is asked once, and legal holds, which forbid it."""

    def test_the_page_says_what_goes_and_nothing_goes_by_looking(self, alice, database, alices_campaign):
        began(database, alices_campaign)
        page = alice.get(f"/hr/campaigns/{alices_campaign.public_id}/delete").page
        assert "1 person’s answers" in page.text
        assert campaigns.find(database, alices_campaign.public_id) == alices_campaign

    def test_everything_goes_and_takers_read_that_it_is_deleted(
        self, alice, client, database, tidewell, alices_campaign
    ):
        token = began(database, alices_campaign)
        path = f"/hr/campaigns/{alices_campaign.public_id}"
        answer = alice.press(f"{path}/delete")
        assert (answer.status_code, answer.location) == (303, "/hr/")
        assert client.get(f"/a/{token}/result").status_code == 410
        assert client.get(f"/c/{alices_campaign.public_id}").status_code == 404
        assert alice.get(path).status_code == 404
        assert noted(database, tidewell)[0] == ("alice", "campaign-deleted", "Spring fair")

    def test_a_held_campaign_cannot_be_deleted_until_the_hold_is_lifted(
        self, alice, database, tidewell, alices_campaign
    ):
        path = f"/hr/campaigns/{alices_campaign.public_id}"
        alice.send(f"{path}/hold", hold="on")
        assert "Legal hold" in alice.get(path).page.text
        assert not [form for form in alice.get(f"{path}/delete").page.main.all("form") if not form.get("action")]
        assert alice.send(f"{path}/delete").status_code == 409
        assert campaigns.find(database, alices_campaign.public_id).hold
        alice.send(f"{path}/hold", hold="")
        assert alice.send(f"{path}/delete").status_code == 303
        told = [entry[1:] for entry in noted(database, tidewell) if entry[1].startswith("campaign")]
        assert told == [("campaign-deleted", "Spring fair"), ("campaign-hold", "off"), ("campaign-hold", "on")]

    def test_so_it_is_with_one_held_person(self, alice, database, alices_campaign):
        began(database, alices_campaign)
        database.reader().cursor.execute("UPDATE attempts SET hold = true")
        path = f"/hr/campaigns/{alices_campaign.public_id}/delete"
        assert "1 person of this campaign is under a legal hold" in alice.get(path).page.text
        assert alice.send(path).status_code == 409


PAGES = ("", "/preview")
CHANGES = ("/edit", "/duplicate", "/state", "/hold", "/delete")


class TestWhoMay:
    """Owners change, viewers look, others find nothing."""

    def test_bob_sees_everything_and_is_offered_no_change(self, bob, alices_campaign):
        path = f"/hr/campaigns/{alices_campaign.public_id}"
        bob.framed[f"{path}/preview"] = "'self'"
        for page in PAGES:
            assert bob.get(path + page).status_code == 200
        page = bob.get(path).page
        assert not page.main.all("form")
        assert not [link for link in page.links if link.endswith(("/edit", "/duplicate", "/delete"))]

    @pytest.mark.parametrize("change", CHANGES)
    def test_bob_changes_nothing(self, bob, database, alices_campaign, change):
        path = f"/hr/campaigns/{alices_campaign.public_id}{change}"
        assert bob.send(path, **TYPED, state="closed", hold="on").status_code == 403
        if change in ("/edit", "/duplicate", "/delete"):
            assert bob.get(path).status_code == 403
        assert campaigns.find(database, alices_campaign.public_id) == alices_campaign

    @pytest.mark.parametrize("path", ["/new", "/preview"])
    def test_bob_makes_nothing(self, bob, path):
        assert bob.get(f"/hr/campaigns{path}").status_code == 403
        assert bob.send(f"/hr/campaigns{path}", **TYPED).status_code == 403

    @pytest.mark.parametrize("step", [*PAGES, *CHANGES])
    def test_charlie_finds_nothing_of_another_team(self, charlie, database, alices_campaign, step):
        path = f"/hr/campaigns/{alices_campaign.public_id}{step}"
        if step not in ("/state", "/hold"):
            assert charlie.get(path).status_code == 404
        if step not in PAGES:
            assert charlie.send(path, **TYPED, state="closed", hold="on").status_code == 404
        assert campaigns.find(database, alices_campaign.public_id) == alices_campaign

    @pytest.mark.parametrize("step", [*PAGES, "/edit", "/duplicate", "/delete"])
    def test_a_stranger_has_to_sign_in(self, stranger, alices_campaign, step):
        answer = stranger.get(f"/hr/campaigns/{alices_campaign.public_id}{step}")
        assert answer.status_code == 302
        assert answer.location.startswith("/hr/sign-in")

    def test_nothing_is_done_for_a_form_that_is_not_ours(self, alice, database, alices_campaign):
        for change in CHANGES:
            path = f"/hr/campaigns/{alices_campaign.public_id}{change}"
            assert alice.post(path, data=TYPED | {"state": "closed", "hold": "on"}).status_code == 400
        assert campaigns.find(database, alices_campaign.public_id) == alices_campaign
