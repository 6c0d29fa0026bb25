"""One person's page: the report as they read it, response quality, notes, hold, deletion."""

import pytest
from results_cast import EDITION, like, somebody
from rows import run

from quiz.services import audit, person, take, team


@pytest.fixture
def add(database, alices_campaign):
    return lambda *args, **known: somebody(database, alices_campaign, *args, **known)


@pytest.fixture
def ana(add):
    """Ana leans towards account executive."""
    return add(like("leaning-hunter"), name="Ana Ruiz", email="ana@example.org", reference="A-1")


@pytest.fixture
def place(alices_campaign):
    return lambda someone: f"/hr/campaigns/{alices_campaign.public_id}/results/{someone.id}"


@pytest.fixture
def noted(database, tidewell):
    return lambda: [(entry.actor, entry.action, entry.subject) for entry in audit.page(database, tidewell)]


class TestTheReport:
    def test_it_has_every_part_of_the_takers_own(self, alice, place, ana):
        page = alice.get(place(ana)).page
        assert page.heading == "Ana Ruiz"
        assert "Leaning towards account executive." in page.text
        for heading in ("The report", "Fit with each role", "Why", "Strengths, and what to work on", "Profile"):
            assert heading in [each.text for each in page.all("h2")], heading
        assert "Your answers lean towards the account executive role." in page.text
        assert len(page.one("ol", **{"class": "reasons"}).all("li")) == 5
        assert len(page.all("svg")) == 1 + 2 + 12 + 1  # balance, fits, dimensions, times
        assert "nothing to note" in page.text.lower()

    def test_its_figures_are_those_that_the_person_sees(self, alice, app, place, ana):
        theirs = app.test_client()
        theirs.framed[f"/a/{ana.token}"] = "https://jobs.tidewell.example https://*.tidewell.example"
        shown = theirs.get(f"/a/{ana.token}/result", headers={"Accept-Language": "en"}).page

        def ranges(page):
            return [cell.text for cell in page.all("td") if "figure" in (cell.get("class") or "").split()]

        assert ranges(alice.get(place(ana)).page) == ranges(shown)

    def test_it_speaks_the_members_language_whatever_the_persons(self, sign_in, tidewell, place, ana):
        page = sign_in("Eva", tidewell, "viewer", "es").get(place(ana)).page
        assert page.lang == "es"
        assert "Tus respuestas" in page.text

    def test_a_withheld_result_names_no_role_and_draws_no_fit(self, alice, place, add):
        page = alice.get(place(add(like("always-3")))).page
        assert "No reliable result." in page.text
        assert "Fit with each role" not in page.text
        assert "Because of what was noted no result is given" in page.text
        assert "never accuses" in page.text

    def test_one_sign_is_told_before_and_explained_below(self, alice, place, add):
        page = alice.get(place(add(like("quick-but-steady"), seconds=1.6))).page
        assert "One thing about the way of answering" in page.text
        assert "less than 2 seconds each" in page.text

    def test_times_are_drawn_and_stand_in_a_table(self, alice, place, ana):
        page = alice.get(place(ana)).page
        assert page.text.count("6.0 s") == 3
        (table,) = (each for each in page.all("table") if "Seconds" in each.text)
        assert len(table.one("tbody").all("tr")) == 32

    def test_who_is_under_way_has_no_report_yet(self, alice, place, add):
        given = dict(list(like("leaning-hunter").items())[:3])
        page = alice.get(place(add(given))).page
        assert "Not finished yet." in page.text
        assert "3 of 32 questions have an answer" in page.text
        nobody = add()
        page = alice.get(place(nobody)).page
        assert page.heading == f"Person {nobody.id}"
        assert "known by a number only" in page.text

    def test_what_is_kept_is_listed(self, alice, place, ana):
        page = alice.get(place(ana)).page
        for words in ("ana@example.org", "A-1", "English", "Jan 15, 2027", "UTC", "90 days after the last answer"):
            assert words in page.text, words

    def test_what_was_agreed_to_stands_with_its_version(self, alice, place, ana, database):
        with database.writing() as store:
            run(store, "INSERT INTO consents VALUES (:id, 3, 'en', 1800000000000, true, false)", id=ana.id)
        text = alice.get(place(ana)).page.text
        assert "version 3 of the campaign’s texts" in text
        assert "Name and e-mail are kept: yes." in text
        assert "shared with the page around the quiz: no." in text

    def test_looking_is_noted_by_number_and_never_by_name(self, bob, place, ana, noted):
        bob.get(place(ana))
        assert noted()[0] == ("bob@1.example", "person-viewed", f"attempt {ana.id}")
        assert "Ana" not in str(noted())


class TestNotes:
    def test_everybody_of_the_team_writes_and_deletes_their_own(self, alice, bob, place, ana, noted):
        for member, text in ((alice, "Call her in May"), (bob, "Knows the sector\n<b>well</b>")):
            answer = member.send(f"{place(ana)}/notes", text=text)
            assert answer.status_code == 303
        page = bob.get(place(ana)).page
        assert "Call her in May" in page.text
        assert "<b>well</b>" in page.text
        (own,) = (form for form in page.main.all("form") if (form.get("action") or "").endswith("/delete"))
        assert "bob@1.example" in page.text
        assert bob.press(place(ana), own["action"]).status_code == 303
        assert "Knows the sector" not in bob.get(place(ana)).page.text
        assert [action for _, action, _ in noted()].count("note-written") == 2

    def test_owners_delete_the_notes_of_those_who_have_left(self, alice, bob, place, ana, noted, database, tidewell):
        bob.send(f"{place(ana)}/notes", text="Knows the sector")
        (left,) = (each for each in team.members(database, tidewell) if each.name == "Bob")
        team.remove(database, tidewell, left.id)
        (form,) = (
            form for form in alice.get(place(ana)).page.main.all("form") if "/notes/" in (form.get("action") or "")
        )
        assert alice.press(place(ana), form["action"]).status_code == 303
        assert noted()[0] == ("alice@1.example", "note-deleted", f"attempt {ana.id}")
        assert "Knows the sector" not in alice.get(place(ana)).page.text

    def test_viewers_delete_nobody_elses(self, alice, bob, place, ana):
        alice.send(f"{place(ana)}/notes", text="Call her in May")
        for note in (1, 2**70):
            assert bob.send(f"{place(ana)}/notes/{note}/delete").status_code == 404
        assert "Call her in May" in alice.get(place(ana)).page.text

    @pytest.mark.parametrize("text", ["", "   \n ", "x" * 4001])
    def test_an_empty_or_endless_note_comes_back_with_the_reason(self, alice, place, ana, text, noted):
        answer = alice.send(f"{place(ana)}/notes", text=text)
        assert answer.status_code == 422
        assert noted()[0][1] == "person-viewed"  # the page with the note is the person's page again
        assert answer.page.all("textarea")[0]["aria-invalid"] == "true"
        assert answer.page.one("textarea").text == text.strip()

    def test_a_note_belongs_to_one_person(self, alice, place, ana, add):
        alice.send(f"{place(ana)}/notes", text="Call her in May")
        other = add()
        assert "Call her" not in alice.get(place(other)).page.text
        assert alice.send(f"{place(other)}/notes/1/delete").status_code == 404


class TestDeletingAndHold:
    def test_deleting_asks_once_and_says_what_goes(self, alice, place, ana, database, noted, app):
        asked = alice.get(f"{place(ana)}/delete").page
        assert asked.heading == "Delete Ana Ruiz?"
        assert "every answer" in asked.text
        answer = alice.press(f"{place(ana)}/delete", f"{place(ana)}/delete")
        assert answer.status_code == 303
        table = alice.get(answer.location).page
        assert "Everything of Ana Ruiz is deleted." in table.text
        assert noted()[1][1:] == ("person-deleted", f"attempt {ana.id}")
        assert alice.get(place(ana)).status_code == 404
        assert app.test_client().get(f"/a/{ana.token}/result").status_code == 410
        with pytest.raises(take.Gone):
            take.find(database, ana.token)

    def test_nothing_is_left_of_whom_was_deleted(self, alice, place, ana, database):
        database.reader().cursor.execute(
            "INSERT INTO invitations (campaign_id, name, email, reference, language, invited_ms, attempt_id)"
            " SELECT campaign_id, name, email, reference, language, 1, id FROM attempts"
        )
        alice.send(f"{place(ana)}/notes", text="Call her in May")
        alice.send(f"{place(ana)}/delete")
        for table in ("attempts", "answers", "fits", "notes", "consents", "invitations"):
            assert database.reader().cursor.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table

    def test_on_hold_nothing_is_deleted_until_the_hold_is_lifted(self, alice, place, ana, noted):
        assert alice.press(place(ana), f"{place(ana)}/hold").status_code == 303
        assert noted()[0] == ("alice@1.example", "person-hold", f"attempt {ana.id} on")
        page = alice.get(f"{place(ana)}/delete").page
        assert "legal hold" in page.text
        assert not page.main.all("form")
        assert alice.send(f"{place(ana)}/delete").status_code == 409
        assert "On hold" in alice.get(place(ana)).page.text
        alice.press(place(ana), f"{place(ana)}/hold")
        assert alice.send(f"{place(ana)}/delete").status_code == 303

    def test_a_campaign_on_hold_holds_its_people(self, alice, place, ana, database):
        with database.writing() as store:
            store.cursor.execute("UPDATE campaigns SET hold = true")
        assert alice.send(f"{place(ana)}/delete").status_code == 409
        assert "whole campaign" in alice.get(f"{place(ana)}/delete").page.text

    def test_a_viewer_is_offered_neither_and_can_do_neither(self, bob, place, ana, database, alices_campaign):
        page = bob.get(place(ana)).page
        assert "Delete this person" not in page.text
        assert "legal hold" not in page.text
        assert bob.get(f"{place(ana)}/delete").status_code == 403
        assert bob.send(f"{place(ana)}/delete").status_code == 403
        assert bob.send(f"{place(ana)}/hold", held="1").status_code == 403
        found = person.find(database, alices_campaign, EDITION.pack, ana.id)
        assert not found.row.hold


class TestWhoFindsWhom:
    @pytest.mark.parametrize("path", ["", "/delete"])
    def test_an_outsider_finds_nobody(self, charlie, stranger, place, ana, path):
        assert charlie.get(place(ana) + path).status_code == 404
        assert stranger.get(place(ana) + path).location.startswith("/hr/sign-in")

    @pytest.mark.parametrize("path", ["/notes", "/notes/1/delete", "/hold", "/delete"])
    def test_an_outsider_changes_nothing(self, charlie, place, ana, path):
        assert charlie.send(place(ana) + path, text="x", held="1").status_code == 404

    def test_a_person_is_found_in_their_own_campaign_only(self, alice, charlie, make_campaign, northgate, ana):
        other = make_campaign(name="Other").public_id
        charlies = make_campaign(team_id=northgate).public_id
        assert alice.get(f"/hr/campaigns/{other}/results/{ana.id}").status_code == 404
        assert charlie.get(f"/hr/campaigns/{charlies}/results/{ana.id}").status_code == 404
        assert charlie.send(f"/hr/campaigns/{charlies}/results/{ana.id}/delete").status_code == 404

    @pytest.mark.parametrize("number", ["0", "999", str(2**63), str(10**40), "-1", "1.5", "x"])
    def test_a_number_that_is_nobodys_is_not_found(self, alice, place, ana, number):
        assert alice.get(place(ana).rpartition("/")[0] + f"/{number}").status_code == 404
