"""People who come by an invitation: greeted, led back to their one attempt; and the doors of private campaigns."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from cast import ALICES, BOBS, ITEMS, START, Taker, persona

from quiz.services import campaigns, invitations
from quiz.store import invitations as kept

PRIVATE = replace(BOBS, private=True, sites=ALICES.sites)
NAMED = replace(ALICES, identification="named", private=True)
ANA = {"name": "Ana Belén Ortiz", "email": "ana@example.org", "reference": "A-7", "language": "es"}
HOUR = 3_600_000


@pytest.fixture
def invite(database):
    """Invites people; what is found is the invitation as it is kept, and the signed part of its link."""

    def invite(campaign, **person):
        with database.writing() as store:
            (id,) = kept.add(store, campaign.id, [ANA | person], START)
        invitation = kept.find(database.reader(), campaign.id, id)
        return invitation, signed(campaign, invitation)

    return invite


@pytest.fixture
def again(database):
    """An invitation as it is kept now."""
    return lambda invitation: kept.find(database.reader(), invitation.campaign_id, invitation.id)


def signed(campaign, invitation):
    (invite,) = parse_qs(urlsplit(invitations.path(campaign, invitation)).query)["invite"]
    return invite


def attempts(database):
    rows = database.reader().cursor
    return rows.execute("SELECT name, email, reference, language FROM attempts ORDER BY id").fetchall()


def opened(database):
    return database.reader().cursor.execute("SELECT opened FROM campaigns").fetchone()[0]


class TestArriving:
    """The link of an invitation opens the door, in the person's language and by their name."""

    def test_it_greets_by_name_in_the_invitations_language(self, ben, ask, invite):
        campaign = ask(PRIVATE)
        for language in ("es", "en"):
            page = ben.get(f"/c/{campaign.public_id}?invite={invite(campaign, language=language)[1]}").page
            assert page.lang == language
            assert page.one("p", class_="kicker").text.endswith(ANA["name"])
            assert ANA["email"] in page.one("dl").text  # what is kept is told
        assert ben.get(f"/c/{campaign.public_id}?lang=en&invite={invite(campaign)[1]}").page.lang == "en"

    def test_a_language_that_the_campaign_does_not_speak_is_not_spoken(self, ben, ask, invite):
        campaign = ask(replace(PRIVATE, languages=("es",)))
        assert ben.get(f"/c/{campaign.public_id}?invite={invite(campaign, language='en')[1]}").page.lang == "es"

    def test_without_a_name_there_is_no_greeting(self, ben, ask, invite):
        campaign = ask(PRIVATE)
        page = ben.get(f"/c/{campaign.public_id}?invite={invite(campaign, name='', email='')[1]}").page
        assert not page.all("p", class_="kicker")

    def test_what_the_invitation_says_goes_to_the_attempt(self, ben, ask, invite, again, database):
        campaign = ask(PRIVATE)
        invitation, given = invite(campaign)
        ben.accept(campaign, invite=given)
        assert attempts(database) == [("Ana Belén Ortiz", "ana@example.org", "A-7", "es")]
        assert again(invitation).status == "started"
        ben.play(persona("clear-hunter"))
        assert again(invitation).status == "completed"

    def test_another_language_keeps_the_invitation(self, ben, ask, invite):
        campaign = ask(PRIVATE)
        given = invite(campaign)[1]
        page = ben.get(f"/c/{campaign.public_id}?invite={given}").page
        switched = ben.get(page.one("a", lang="en")["href"]).page
        assert switched.lang == "en"
        assert switched.one("input", name="invite")["value"] == given

    def test_where_names_are_asked_for_they_are_filled_in_and_consent_is_still_asked(self, ben, ask, invite, database):
        campaign = ask(NAMED)
        given = invite(campaign)[1]
        page = ben.get(f"/c/{campaign.public_id}?invite={given}").page
        assert page.one("input", name="name")["value"] == ANA["name"]
        assert page.one("input", name="email")["value"] == ANA["email"]
        assert "checked" not in page.one("input", name="agreed").attrs
        sent = {"invite": given, "name": "Ana", "email": "a@b.example", "texts": "0"}
        refused = ben.client.post(f"/c/{campaign.public_id}/start", data=sent)
        assert refused.status_code == 422
        assert refused.page.one("input", name="invite")["value"] == given
        assert ben.client.post(f"/c/{campaign.public_id}/start", data=sent | {"agreed": "yes"}).status_code == 303
        assert attempts(database) == [("Ana", "a@b.example", "A-7", "es")]

    @pytest.mark.parametrize("identification", ["none", "plain", "signed"])
    def test_an_invitation_stands_for_a_reference(self, ben, ask, invite, database, identification):
        campaign = ask(replace(ALICES, identification=identification))
        ben.accept(campaign, invite=invite(campaign, reference="")[1], ref="somebody-else")
        assert attempts(database)[0][2] is None


class TestAgain:
    """However often it is opened or pressed, an invitation is one attempt."""

    def test_the_same_link_leads_back_on_any_device(self, app, clock, ben, ask, invite):
        campaign = ask(PRIVATE)
        given = invite(campaign)[1]
        ben.accept(campaign, invite=given)
        other = Taker(app.test_client(), clock, "en")
        answer = other.client.get(f"/c/{campaign.public_id}?invite={given}")
        assert (answer.status_code, answer.location) == (303, ben.place)
        assert answer.headers["Cache-Control"] == "no-store"

    def test_two_presses_and_two_tabs_make_one_attempt(self, app, ask, invite, database):
        campaign = ask(PRIVATE)
        data = {"invite": invite(campaign)[1], "language": "en"}
        places = {
            app.test_client().post(f"/c/{campaign.public_id}/start", data=data).location.split("/")[2] for _ in range(3)
        }
        assert len(places) == len(attempts(database)) == 1

    def test_who_began_goes_on_after_the_campaign_is_over(self, ben, ask, invite, database):
        campaign = ask(PRIVATE)
        given = invite(campaign)[1]
        ben.accept(campaign, invite=given)
        campaigns.set_state(database, campaign.public_id, "closed")
        assert ben.client.get(f"/c/{campaign.public_id}?invite={given}").location == ben.place
        assert ben.client.post(f"/c/{campaign.public_id}/start", data={"invite": given}).location == ben.place

    def test_who_deleted_everything_may_begin_anew_and_finds_nothing_of_before(self, ben, ask, invite, again, database):
        campaign = ask(PRIVATE)
        invitation, given = invite(campaign)
        ben.accept(campaign, invite=given).play(persona("finished-early"))
        ben.client.post(f"{ben.place}/delete")
        assert ben.at("").status_code == 410
        assert again(invitation).attempt_id is None
        page = ben.get(f"/c/{campaign.public_id}?invite={given}").page
        assert page.one("p", class_="notice")
        assert attempts(database) == []  # looking begins nothing
        ben.accept(campaign, invite=given)
        assert ben.at(ITEMS[0]).page.main["data-answered"] == "0"
        assert again(invitation).status == "started"
        assert len(attempts(database)) == 1


class TestRefused:
    """A private campaign's door, and invitations that are not good."""

    @pytest.mark.parametrize("change", ["{}x", "x{}", "1.1", "9.1.{}", "", "{}.{}", "é", "1.2.{}"])
    def test_a_forged_invitation_starts_nothing(self, taker, ask, invite, database, change):
        campaign = ask(PRIVATE)
        forged = change.replace("{}", invite(campaign)[1])
        refused = taker.get(f"/c/{campaign.public_id}", query_string={"invite": forged})
        assert refused.status_code == 403
        assert refused.page.lang == taker.language
        assert refused.page.one("p", role="alert").text
        assert PRIVATE.contact in refused.page.text
        assert PRIVATE.purpose not in refused.page.text  # that is between those who asked and those invited
        assert not refused.page.all("form")
        posted = taker.client.post(f"/c/{campaign.public_id}/start", data={"invite": forged})
        assert (posted.status_code, posted.page.all("form")) == (403, [])
        assert attempts(database) == []

    def test_one_of_another_campaign_is_not_good_here(self, ben, ask, invite):
        campaign, other = ask(PRIVATE), ask(replace(PRIVATE, name="Other"))
        given = invite(other)[1]
        assert ben.get(f"/c/{campaign.public_id}?invite={given}").status_code == 403
        assert ben.get(f"/c/{other.public_id}?invite={given}").status_code == 200

    def test_one_that_was_taken_back_is_not_good_any_more(self, ben, ask, invite, database):
        campaign = ask(replace(PRIVATE, private=False))
        invitation, given = invite(campaign)
        with database.writing() as store:
            kept.revoke(store, invitation, START)
        refused = ben.get(f"/c/{campaign.public_id}?invite={given}")
        assert refused.status_code == 403
        assert "taken back" in refused.page.text
        assert ben.client.post(f"/c/{campaign.public_id}/start", data={"invite": given}).status_code == 403

    def test_an_older_round_is_not_good_any_more(self, ben, ask, invite, again, database):
        campaign = ask(PRIVATE)
        invitation, given = invite(campaign)
        with database.writing() as store:
            kept.renew(store, invitation, START)
        assert ben.get(f"/c/{campaign.public_id}?invite={given}").status_code == 403
        assert ben.get(f"/c/{campaign.public_id}?invite={signed(campaign, again(invitation))}").status_code == 200

    @pytest.mark.parametrize("dates", [{"opens_ms": START + HOUR}, {"closes_ms": START - HOUR}])
    def test_the_dates_hold_for_those_invited_too(self, ben, ask, invite, dates):
        campaign = ask(replace(PRIVATE, **dates))
        assert ben.get(f"/c/{campaign.public_id}?invite={invite(campaign)[1]}").status_code == 403

    def test_a_script_is_refused_in_its_own_words(self, client, ask):
        asked = {"headers": {"Accept": "application/json"}}
        refused = client.post(f"/c/{ask(PRIVATE).public_id}/start", **asked)
        assert refused.status_code == 403
        assert refused.get_json()["error"]


class TestOpened:
    """How often the first page was shown to people."""

    def test_each_person_who_sees_the_page_counts(self, client, alices, database):
        for _ in range(3):
            client.get(f"/c/{alices.public_id}")
        assert opened(database) == 3

    @pytest.mark.parametrize(
        "headers",
        [
            *({"User-Agent": "Slackbot-LinkExpanding 1.0"}, {"User-Agent": "WhatsApp/2.23.20.0"}),
            *({"User-Agent": "facebookexternalhit/1.1"}, {"User-Agent": "Mozilla/5.0 (compatible; bingbot/2.0)"}),
            *({"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}, {"Sec-Fetch-Site": "same-origin"}),
        ],
        ids=str,
    )
    def test_previews_and_ways_within_the_site_do_not(self, client, alices, invite, again, database, headers):
        invitation, given = invite(alices)
        assert client.get(f"/c/{alices.public_id}?invite={given}", headers=headers).status_code == 200
        assert opened(database) == 0
        assert again(invitation).opened_ms is None

    def test_neither_do_refusals_nor_what_shows_no_page(self, ben, ask, database):
        campaign = ask(PRIVATE)
        ben.get(f"/c/{campaign.public_id}")
        ben.client.head(f"/c/{campaign.public_id}")
        ben.client.post(f"/c/{campaign.public_id}/start")
        assert opened(database) == 0

    def test_an_invitation_keeps_when_it_was_first_opened(self, ben, ask, invite, again, clock, database):
        campaign = ask(PRIVATE)
        invitation, given = invite(campaign)
        ben.client.head(f"/c/{campaign.public_id}?invite={given}")
        assert again(invitation).status == "invited"
        ben.get(f"/c/{campaign.public_id}?invite={given}")
        clock.wait(3600)
        ben.get(f"/c/{campaign.public_id}?invite={given}")
        assert again(invitation).opened_ms == START
        assert opened(database) == 2
