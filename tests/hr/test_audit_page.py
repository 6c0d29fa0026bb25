"""The audit log's page and file: for owners, of their own team, in words, and never more than is asked for."""

import csv
from io import StringIO

import pytest
from cast import START
from rows import run

from quiz.services import audit
from quiz.services.audit import Entry
from quiz.services.campaigns import Wanted
from quiz.web.hr import audit_words


@pytest.fixture
def note(database, tidewell):
    """Writes something into Tidewell's log."""

    def note(action="results-viewed", actor="ann@tidewell.example", team_id=tidewell, now_ms=START, **more):
        audit.note(database, team_id, actor, action, now_ms, **more)

    return note


def entries(page):
    return [[cell.text for cell in row.all("th", "td")] for row in page.one("tbody").all("tr")]


def test_the_newest_stands_first_in_words_with_its_campaign(alice, alices_campaign, note):
    note("campaign-made", campaign=alices_campaign.public_id)
    note("person-viewed", campaign=alices_campaign.public_id, subject="attempt 17")
    note("exported", campaign=alices_campaign.public_id, subject="csv 1200 answers")
    page = alice.get("/hr/audit?actor=ann@tidewell.example").page
    when = "Jan 15, 2027, 08:00"
    assert entries(page) == [
        [when, "ann@tidewell.example", "Exported results", "Spring fair", "CSV, 1,200 people, with answers"],
        [when, "ann@tidewell.example", "Looked at a person’s result", "Spring fair", "Person 17"],
        [when, "ann@tidewell.example", "Made the campaign", "Spring fair", ""],
    ]
    assert f"/hr/campaigns/{alices_campaign.public_id}" in page.links
    assert f"/hr/campaigns/{alices_campaign.public_id}/results/17" in page.links


@pytest.mark.parametrize(
    ("action", "subject", "words"),
    [
        ("people-compared", "attempts 3 4", "People 3, 4"),
        ("person-hold", "attempt 3 on", "Person 3: on"),
        ("person-deleted", "attempt 3", "Person 3"),
        ("campaign-hold", "off", "off"),
        ("invited", "1", "1 invitation"),
        ("invitations-mailed", "1200", "1,200 invitations"),
        ("results-sorted-by-fit", "account-executive", "Account executive"),
        ("results-sorted-by-fit", "astronaut", "astronaut"),
        (
            "campaign-changed",
            "readers, retain_days, opens_ms, gone, texts 2",
            "Who reads the results; Days that answers are kept; Opens; gone; Texts, now version 2",
        ),
        ("member-invited", "ben@tidewell.example viewer", "ben@tidewell.example: Viewer"),
        ("member-role", "ben@tidewell.example owner", "ben@tidewell.example: Owner"),
        ("campaign-state", "paused", "Paused"),
        ("invitation-revoked", "invitation 5", "Invitation 5"),
        ("exported", "pdf 12", "pdf 12"),
        ("signed-in", "password", "with a password"),
    ],
)
def test_subjects_are_in_words_as_far_as_there_are_any(alice, alices_campaign, note, action, subject, words):
    note(action, campaign=alices_campaign.public_id, subject=subject)
    page = alice.get("/hr/audit?actor=ann@tidewell.example").page
    assert entries(page)[0][4] == words
    leads = f"/hr/campaigns/{alices_campaign.public_id}/results/3" in page.links
    assert leads == (action == "person-hold"), "whoever is deleted has no page any more"


def test_a_deleted_campaign_is_named_by_its_id_and_leads_nowhere(alice, note):
    note("campaign-deleted", campaign="0123456789ab")
    page = alice.get("/hr/audit?campaign=0123456789ab").page
    assert entries(page)[0][3] == "0123456789ab, which is deleted"
    assert "/hr/campaigns/0123456789ab" not in page.links


def test_signing_in_is_in_it_from_the_beginning(alice, note):
    note(actor="zoe@tidewell.example")
    actors = [row[1] for row in entries(alice.get("/hr/audit").page)]
    assert actors[0] == "zoe@tidewell.example"


def test_pages_follow_one_another_without_a_gap(alice, note):
    for number in range(120):
        note(actor="ann@tidewell.example", subject=f"number {number}")
    seen, path = [], "/hr/audit?actor=ann@tidewell.example"
    while path:
        page = alice.get(path).page
        seen += [row[4] for row in entries(page)]
        path = next((link["href"] for link in page.all("a") if link.text == "Older"), None)
        newest = [link for link in page.all("a") if link.text == "Newest"]
        assert bool(newest) == (len(seen) > 50)
    assert seen == [f"number {number}" for number in reversed(range(120))]


def test_it_can_be_narrowed_to_a_campaign_and_to_somebody(alice, alices_campaign, make_campaign, note):
    other = make_campaign(name="Autumn fair")
    for campaign in (alices_campaign, other):
        for actor in ("ann@tidewell.example", "zoe@tidewell.example"):
            note(campaign=campaign.public_id, actor=actor, subject=f"{campaign.name} {actor[:3]}")
    shown = lambda query: {row[4] for row in entries(alice.get(f"/hr/audit?{query}").page)}  # noqa: E731
    assert shown(f"campaign={other.public_id}") == {"Autumn fair ann", "Autumn fair zoe"}
    assert shown(f"campaign={other.public_id}&actor=zoe@tidewell.example") == {"Autumn fair zoe"}
    page = alice.get(f"/hr/audit?campaign={other.public_id}").page
    assert "selected" in page.one("option", value=other.public_id).attrs


def test_whatever_is_in_the_log_can_be_asked_for(alice, alices_campaign, northgate, note):
    note("campaign-made", campaign="0123456789ab", actor="command line")
    note("campaign-deleted", campaign="0123456789ab", subject="Winter fair", actor="zoe@tidewell.example")
    note("campaign-deleted", campaign="ba9876543210", team_id=northgate, actor="eve@elsewhere.example")
    page = alice.get("/hr/audit").page
    offered = lambda name: [each.text for each in page.one("select", id=name).all("option")]  # noqa: E731
    assert offered("campaign") == ["All", "Spring fair", "Winter fair (0123456789ab, deleted)"]
    assert offered("actor") == ["Everybody", "alice@1.example", "zoe@tidewell.example", "The command line"]
    assert [row[1] for row in entries(alice.get("/hr/audit?actor=command line").page)] == ["The command line"]


@pytest.mark.parametrize(
    "query", ["before=x", "before=-1", "before=99999999999999999999", "campaign=%ff", "actor=%00", ""]
)
def test_whatever_the_address_says_there_is_a_page(alice, note, query):
    note()
    assert alice.get(f"/hr/audit?{query}").status_code == 200


def test_nothing_found_is_said(alice):
    page = alice.get("/hr/audit?actor=<script>alert(1)</script>").page
    assert "No entry fits what you asked for." in page.main.text
    assert not page.main.all("script")


def test_bob_may_not_look(bob):
    assert bob.get("/hr/audit").status_code == 403
    assert bob.get("/hr/audit.csv").status_code == 403
    assert "/hr/audit" not in bob.get("/hr/").page.links


def test_charlie_sees_nothing_of_tidewell_even_when_asked_for_its_campaign(charlie, alices_campaign, note):
    note(campaign=alices_campaign.public_id, subject="a secret of Tidewell")
    for query in ("", f"?campaign={alices_campaign.public_id}", "?actor=ann@tidewell.example"):
        assert "a secret of Tidewell" not in charlie.get(f"/hr/audit{query}").text
        assert "a secret of Tidewell" not in charlie.get(f"/hr/audit.csv{query}").text


def test_strangers_are_sent_to_sign_in(stranger):
    assert stranger.get("/hr/audit").status_code == stranger.get("/hr/audit.csv").status_code == 302


class TestTheFile:
    def rows(self, member, query=""):
        answer = member.get(f"/hr/audit.csv{query}")
        assert answer.headers["Content-Disposition"] == 'attachment; filename="audit.csv"'
        assert answer.data.startswith(b"\xef\xbb\xbf")
        return list(csv.reader(StringIO(answer.data.decode("utf-8-sig"), newline="")))

    def test_it_holds_everything_and_that_it_was_taken(self, alice, alices_campaign, note):
        note("exported", campaign=alices_campaign.public_id, subject="csv 12")
        headings, taken, exported, *_ = self.rows(alice)
        assert headings[:3] == ["When (UTC)", "Who", "What"]
        assert taken[1:4] == ["alice@1.example", "Exported the audit log", "audit-exported"]
        assert exported == [
            "2027-01-15T08:00:00Z",
            "ann@tidewell.example",
            "Exported results",
            "exported",
            alices_campaign.public_id,
            "Spring fair",
            "csv 12",
        ]

    def test_it_is_narrowed_as_the_page_is(self, alice, note):
        note(actor="zoe@tidewell.example")
        assert [row[1] for row in self.rows(alice, "?actor=zoe@tidewell.example")] == ["Who", "zoe@tidewell.example"]

    def test_no_text_of_it_is_a_formula(self, alice, note):
        note("sign-in-failed", actor="=1+1@evil.example", subject="@SUM(A1)")
        row = self.rows(alice)[2]
        assert row[1] == "'=1+1@evil.example"
        assert row[6] == "'@SUM(A1)"

    def test_it_goes_on_past_a_thousand(self, alice, tidewell, database):
        with database.writing() as store:
            for number in range(1005):
                run(
                    store,
                    "INSERT INTO audit (at_ms, team_id, actor, action, campaign, subject)"
                    " VALUES (:at, :team, 'a', 'x', '', :number)",
                    at=START,
                    team=tidewell,
                    number=str(number),
                )
        assert len(self.rows(alice, "?actor=a")) == 1006


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_action_has_words_in_both_languages(console, language):
    with console.test_request_context(f"/?lang={language}"):
        words = audit_words.actions()
    assert set(words) == set(audit.ACTIONS)
    assert len(set(words.values())) == len(words)


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        ("people 1, invitations 0", "1 person"),
        ("people 1204, invitations 2", "1,204 people, 2 invitations"),
        ("people 0, invitations 1", "1 invitation"),
    ],
)
def test_what_went_because_its_time_was_up_is_said_in_words(alice, note, subject, said):
    note("time-was-up", actor=audit.WORKER, subject=subject)
    row = alice.get("/hr/audit").page.main.one("tbody").all("tr")[0].text
    assert said in row
    assert "By itself, when it was time" in row


def test_every_setting_of_a_campaign_has_words(console):
    with console.test_request_context():
        for name in Wanted.__slots__:
            said = audit_words.subject(Entry(1, START, "a", "campaign-changed", "", name), {})
            assert said != name, name
