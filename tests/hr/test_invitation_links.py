"""Links of invitations: where they lead, how they end, and what each of the cast may do about them."""

from __future__ import annotations

from functools import partial

import pytest
from inviting_cast import begin, home_of, invite_to, people, signed

from quiz.services import audit, campaigns, invitations
from quiz.services.invitations import BadInvitation, book


@pytest.fixture
def home(alices_campaign) -> str:
    return home_of(alices_campaign)


@pytest.fixture
def invite(database, alices_campaign):
    """Invites people to Alice's campaign, and returns everybody who is invited."""
    return partial(invite_to, database, alices_campaign)


class TestLinks:
    def test_a_link_leads_to_its_invitation_and_always_to_the_same_attempt(self, database, alices_campaign, invite):
        ana, ben, _ = invite()
        assert invitations.read(database, alices_campaign, signed(alices_campaign, ana)).id == ana.id
        tokens = {invitations.attempt_token(alices_campaign, each) for each in (ana, ana, ben)}
        assert {len(token) for token in tokens} == {43}
        assert len(tokens) == 2

    @pytest.mark.parametrize("given", ["", "1.1", "1.1.forged", "\ud800", "9" * 5000, "1.1.\x00", "..", "²"])
    def test_a_forged_link_leads_nowhere(self, database, alices_campaign, invite, given):
        invite()
        with pytest.raises(BadInvitation):
            invitations.read(database, alices_campaign, given)

    def test_another_campaigns_link_leads_nowhere(self, database, alices_campaign, make_campaign, invite):
        with pytest.raises(BadInvitation):
            invitations.read(database, make_campaign(), signed(alices_campaign, invite()[0]))

    def test_a_new_link_ends_the_one_before(self, alice, home, database, alices_campaign, invite):
        ana = invite()[0]
        before = signed(alices_campaign, ana)
        assert alice.press(f"{home}/{ana.id}", f"{home}/{ana.id}/renew").status_code == 303
        with pytest.raises(BadInvitation):
            invitations.read(database, alices_campaign, before)
        renewed = book.find(database, alices_campaign, ana.id)
        assert invitations.read(database, alices_campaign, signed(alices_campaign, renewed)) == renewed
        assert invitations.attempt_token(alices_campaign, ana) != invitations.attempt_token(alices_campaign, renewed)
        assert audit.page(database, alices_campaign.team_id)[0].subject == f"invitation {ana.id}"

    def test_whoever_has_started_keeps_their_link(self, alice, home, database, alices_campaign, invite):
        ana = invite()[0]
        begin(database, alices_campaign, ana)
        assert not [form for form in alice.get(f"{home}/{ana.id}").page.all("form") if "renew" in form["action"]]
        alice.send(f"{home}/{ana.id}/renew")
        assert invitations.read(database, alices_campaign, signed(alices_campaign, ana)).round == 1

    def test_a_revoked_link_lets_nobody_in_but_what_was_begun_stays(
        self, alice, home, database, alices_campaign, invite
    ):
        ana, ben, _ = invite()
        begin(database, alices_campaign, ana)
        for each in (ana, ben):
            assert alice.press(f"{home}/{each.id}", f"{home}/{each.id}/revoke").status_code == 303
            with pytest.raises(BadInvitation):
                invitations.read(database, alices_campaign, signed(alices_campaign, each))
        page = alice.get(f"{home}/{ana.id}").page
        assert "What they had begun stays." in page.main.text
        assert signed(alices_campaign, ana) not in str(alice.get(home).get_data(as_text=True))
        assert campaigns.counts(database, alices_campaign) == (1, 0)

    def test_a_deleted_invitation_leaves_the_attempt_and_nothing_else(
        self, alice, home, database, alices_campaign, invite
    ):
        ana = invite()[0]
        begin(database, alices_campaign, ana)
        assert alice.press(f"{home}/{ana.id}", f"{home}/{ana.id}/remove").status_code == 303
        assert alice.get(f"{home}/{ana.id}").status_code == 404
        assert campaigns.counts(database, alices_campaign) == (1, 0)
        assert all("ana" not in entry.subject.lower() for entry in audit.all_of(database, alices_campaign.team_id))

    def test_a_hold_keeps_an_invitation(self, alice, home, database, alices_campaign, invite):
        ana = invite()[0]
        campaigns.set_hold(database, alices_campaign, True)
        answer = alice.send(f"{home}/{ana.id}/remove")
        assert "A legal hold keeps this invitation" in alice.get(answer.location).page.main.text
        assert book.find(database, alices_campaign, ana.id)


def test_somebody_invited_goes_all_the_way_and_is_seen_to(alice, home, ben, database, alices_campaign, invite):
    ana = invite()[0]

    def status() -> str:
        return book.find(database, alices_campaign, ana.id).status

    ben.client.framed[f"/c/{alices_campaign.public_id}"] = alices_campaign.sites
    ben.accept(alices_campaign, invite=signed(alices_campaign, ana))
    assert status() == "started"
    ben.answer_all()
    assert status() == "completed"
    figures = alice.get(home).page.one("dl").text
    assert figures == "Invited 3 Link opened 1 Quiz started 1 Quiz completed 1"
    attempt = book.find(database, alices_campaign, ana.id).attempt_id
    page = alice.get(f"{home}/{ana.id}").page
    assert any(link["href"].endswith(f"/results/{attempt}") for link in page.main.all("a"))


PAGES = ("", "/new", "/sample-en.csv", ".csv", "/{id}", "/new/person")
PRESSES = ("/new", "/new/person", "/send", "/{id}/send", "/{id}/renew", "/{id}/revoke", "/{id}/remove")


class TestCast:
    def test_an_outsider_finds_nothing(self, charlie, home, invite, database, alices_campaign):
        ana = invite()[0]
        for path in PAGES:
            assert charlie.get(home + path.format(id=ana.id)).status_code == 404
        for path in PRESSES:
            sent = charlie.send(home + path.format(id=ana.id), people="x@x.example", email="x@x.example")
            assert sent.status_code == 404
        assert book.find(database, alices_campaign, ana.id) == ana

    def test_an_outsiders_own_campaign_is_no_way_in(self, charlie, make_campaign, northgate, invite):
        ana = invite()[0]
        own = f"/hr/campaigns/{make_campaign(team_id=northgate).public_id}/invitations"
        assert charlie.get(f"{own}/{ana.id}").status_code == 404
        for step in ("send", "renew", "revoke", "remove"):
            assert charlie.send(f"{own}/{ana.id}/{step}").status_code == 404

    def test_a_viewer_looks_but_changes_nothing_and_sees_no_link(self, bob, home, invite, database, alices_campaign):
        ana = invite()[0]
        for path in ("", f"/{ana.id}", "?status=invited"):
            answer = bob.get(home + path)
            assert answer.status_code == 200
            assert "ana@x.example" in answer.page.main.text
            assert "invite=" not in answer.get_data(as_text=True)
            assert not answer.page.main.all("form", method="post")
        for path in ("/new", ".csv"):
            assert bob.get(home + path).status_code == 403
        for path in PRESSES:
            sent = bob.send(home + path.format(id=ana.id), people="x@x.example", email="x@x.example")
            assert sent.status_code == 403
        assert len(people(database, alices_campaign)) == 3

    def test_a_stranger_is_sent_to_sign_in(self, stranger, home, invite):
        ana = invite()[0]
        for path in PAGES:
            assert stranger.get(home + path.format(id=ana.id)).location.startswith("/hr/sign-in")

    @pytest.mark.parametrize("number", ["0", "999", "9223372036854775808", "-1", "x", "²"])
    def test_an_invitation_that_is_not_there_is_not_found(self, alice, home, number):
        assert alice.get(f"{home}/{number}").status_code == 404
