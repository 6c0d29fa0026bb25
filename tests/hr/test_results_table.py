"""The table of results: what it shows and claims, how it is filtered, sorted and paged, and who sees it."""

import pytest
from results_cast import like, somebody

from quiz.services import audit, person
from quiz.services.results_table import SIZE


@pytest.fixture
def place(alices_campaign):
    return f"/hr/campaigns/{alices_campaign.public_id}/results"


@pytest.fixture
def add(database, alices_campaign):
    return lambda *args, **known: somebody(database, alices_campaign, *args, **known)


@pytest.fixture
def noted(database, tidewell):
    """What the audit log holds, newest first, beside signing in."""
    return lambda: [
        (entry.actor, entry.action, entry.subject)
        for entry in audit.page(database, tidewell)
        if not entry.action.startswith("sign")
    ]


def people(page):
    """Who stands in the table, in its order."""
    return [row.all("a")[0].text for row in page.one("tbody").all("tr")] if page.all("tbody") else []


def row_of(page, name):
    return next(row for row in page.one("tbody").all("tr") if name in row.text)


class TestWhatItShows:
    def test_before_anybody_came_it_says_so_and_where_to_begin(self, alice, place):
        page = alice.get(place).page
        assert "Nobody has started yet" in page.text
        assert f"{place.removesuffix('/results')}/share" in page.links

    def test_people_stand_under_name_mail_reference_or_number(self, alice, place, add):
        add(name="Ana Ruiz", email="ana@example.org")
        add(email="ben@example.org", reference="B-2")
        add(reference="B-3")
        nobody = add()
        page = alice.get(place).page
        assert people(page) == [f"Person {nobody.id}", "B-3", "ben@example.org", "Ana Ruiz"]
        assert "ana@example.org" in row_of(page, "Ana Ruiz").text

    @pytest.mark.parametrize(
        ("who", "words"),
        [
            ("clear-hunter", "Clearly towards account executive"),
            ("leaning-farmer", "Leaning towards account manager"),
            ("both-fit", "Both roles fit"),
            ("neither-stands-out", "Neither role stands out"),
            ("too-close-to-call", "Too close to call"),
        ],
    )
    def test_an_outcome_claims_what_it_allows(self, alice, place, add, who, words):
        add(like(who), name="Ana")
        row = row_of(alice.get(place).page, "Ana")
        assert words in row.text
        assert row.text.count("–") == 2  # both ranges in figures
        assert len(row.all("svg")) == 2
        assert "Nothing to note" in row.text

    def test_a_withheld_result_shows_no_fit_and_why(self, alice, place, add):
        add(like("always-3"), name="Ana")
        row = row_of(alice.get(place).page, "Ana")
        assert "No reliable result" in row.text
        assert not row.all("svg")
        assert "hardly var" in row.text.lower()
        assert "account" not in row.text

    def test_one_sign_is_named_beside_the_outcome(self, alice, place, add):
        add(like("quick-but-steady"), name="Ana", seconds=1.6)
        row = row_of(alice.get(place).page, "Ana")
        assert "Clearly towards account manager" in row.text
        assert "hurried" in row.text.lower()

    def test_who_is_under_way_cannot_be_chosen(self, alice, place, add):
        add(name="Ana")
        row = row_of(alice.get(place).page, "Ana")
        assert "Not finished" in row.text
        assert not row.all("input")

    def test_a_hold_is_seen(self, alice, place, add, database, alices_campaign):
        held = add(name="Ana")
        from results_cast import EDITION

        found = person.find(database, alices_campaign, EDITION.pack, held.id)
        person.set_hold(database, found, held=True)
        assert "On hold" in row_of(alice.get(place).page, "Ana").text

    def test_what_people_call_themselves_is_text_and_nothing_else(self, alice, place, add):
        add(name="<script>alert(1)</script>", reference="\"'><img src=x>")
        page = alice.get(place).page
        assert people(page) == ["<script>alert(1)</script>"]

    def test_it_speaks_the_members_language_whatever_the_persons(self, sign_in, tidewell, place, add):
        add(like("leaning-hunter"), name="Ana", language="en")
        page = sign_in("Eva", tidewell, "viewer", "es").get(place).page
        assert page.lang == "es"
        assert "ejecutivo de cuentas" in page.text.lower() or "account executive" in page.text
        assert people(page) == ["Ana"]

    def test_it_says_what_it_is_for(self, alice, place, add):
        add()
        assert "For development and conversation. A person decides." in alice.get(place).page.main.text


class TestFinding:
    def test_each_condition_is_said_and_kept_in_the_form(self, alice, place, add):
        add(like("leaning-hunter"), name="Ana", language="es")
        add(like("both-fit"), name="Ben")
        page = alice.get(f"{place}?outcome=leaning&language=es&search=an&since=2027-01-01").page
        assert people(page) == ["Ana"]
        assert page.one("input", type="search")["value"] == "an"
        assert page.one("input", id="since")["value"] == "2027-01-01"
        chosen = {each["value"] for each in page.all("option") if "selected" in each.attrs}
        assert {"leaning", "es"} <= chosen
        assert "1 person" in page.text
        assert "Outcome: Leaning" in page.text

    def test_where_nobody_matches_there_is_a_way_out(self, alice, place, add):
        add(name="Ana")
        page = alice.get(f"{place}?search=zoe").page
        assert "Nobody matches" in page.text
        assert place in page.links

    def test_a_date_that_is_none_is_said_to_be_left_out(self, alice, place, add):
        add(name="Ana")
        page = alice.get(f"{place}?since=tomorrow").page
        assert people(page) == ["Ana"]
        assert "not understood" in page.text

    @pytest.mark.parametrize(
        "query",
        [
            "search=%25",
            "search=%00%ff",
            "search=" + "a" * 5000,
            "outcome=%3Cb%3E&role=x&quality=1&language=xx&status=maybe",
            "sort=fit-nobody",
            "sort=started_ms%3BDROP",
            "after=9~9~9&before=x",
            "sort=name-up&after=1~%F0%9F%98%80",
            "since=9999-99-99&until=0001-01-01",
        ],
    )
    def test_whatever_the_address_asks_for_a_page_answers(self, alice, place, add, query):
        add(name="Ana")
        assert alice.get(f"{place}?{query}").status_code == 200

    def test_headings_sort_and_the_other_way_when_pressed_again(self, alice, place, add):
        for minute, name in enumerate(("Ben", "Ana", "Zoe")):
            add(name=name, minute=minute)
        assert people(alice.get(place).page) == ["Zoe", "Ana", "Ben"]

        def press(page, heading):
            (link,) = (each for each in page.one("thead").all("a") if each.text == heading)
            return alice.get(link["href"]).page

        page = press(alice.get(f"{place}?search=e").page, "Person")
        assert people(page) == ["Ben", "Zoe"]
        assert people(press(page, "Person")) == ["Zoe", "Ben"]
        assert page.one("th", **{"aria-sort": "ascending"}).text == "Person"

    def test_pages_lead_on_and_back_by_links_that_keep_the_conditions(self, alice, place, add):
        for minute in range(SIZE + 2):
            add(name=f"Ana {minute:02}", minute=minute)
        add(name="Ben")
        first = alice.get(f"{place}?search=ana&sort=name-up").page
        assert "27 people" in first.text
        second = alice.get(first.one("a", rel="next")["href"]).page
        assert people(second) == ["Ana 25", "Ana 26"]
        assert not second.all("a", rel="next")
        assert people(alice.get(second.one("a", rel="prev")["href"]).page) == people(first)


class TestByFit:
    @pytest.fixture
    def three(self, add):
        for who in ("clear-farmer", "clear-hunter", "both-fit"):
            add(like(who), name=who)
        add(like("always-3"), name="withheld")

    def test_nobody_is_sorted_by_fit_before_somebody_says_so(self, alice, place, three, noted):
        page = alice.get(f"{place}?sort=fit-account-executive").page
        assert page.heading == "Sort people by fit?"
        assert "clear-hunter" not in page.text
        assert "results" not in str(noted())

    def test_once_agreed_to_people_stand_by_fit_with_their_conditions_and_it_is_noted(self, alice, place, three, noted):
        query = "search=c&sort=fit-account-executive"
        answer = alice.press(f"{place}?{query}")
        assert answer.status_code == 303
        page = alice.get(answer.location).page
        assert people(page) == ["clear-hunter", "clear-farmer"]
        assert noted()[0] == ("alice@1.example", "results-sorted-by-fit", "account-executive")
        page = alice.get(f"{place}?sort=fit-account-manager").page
        assert people(page).index("clear-farmer") < people(page).index("clear-hunter")
        assert "withheld" not in people(page)
        assert noted()[0] == ("alice@1.example", "results-sorted-by-fit", "account-manager")
        assert "means nothing" in page.text

    def test_another_member_and_another_campaign_are_asked_themselves(self, alice, bob, place, three, make_campaign):
        alice.press(f"{place}?sort=fit-account-executive")
        assert bob.get(f"{place}?sort=fit-account-executive").page.heading == "Sort people by fit?"
        other = f"/hr/campaigns/{make_campaign(name='Other').public_id}/results"
        assert alice.get(f"{other}?sort=fit-account-executive").page.heading == "Sort people by fit?"

    def test_it_cannot_be_agreed_to_by_a_link(self, alice, place, three):
        assert alice.get(f"{place}/by-fit?sort=fit-account-executive").status_code == 405
        assert alice.post(f"{place}/by-fit?sort=fit-account-executive").status_code == 400


class TestWhoSeesIt:
    def test_a_viewer_sees_it_and_that_it_was_opened_is_noted(self, bob, place, add, noted):
        add(name="Ana")
        assert people(bob.get(place).page) == ["Ana"]
        assert noted()[0] == ("bob@1.example", "results-viewed", "")

    @pytest.mark.parametrize("place_in_it", ["before=zzz", "after=9~99999999999999", "after=zzz"])
    def test_no_way_into_the_table_goes_unnoted(self, alice, place, add, noted, place_in_it):
        add(like("clear-hunter"), name="Ana")
        alice.get(f"{place}?{place_in_it}")
        assert noted()[0][1] == "results-viewed"

    def test_an_outsider_finds_nothing_and_a_stranger_signs_in_first(self, charlie, stranger, place, add):
        add(name="Ana")
        assert charlie.get(place).status_code == 404
        assert charlie.send(f"{place}/by-fit?sort=fit-account-executive").status_code == 404
        assert stranger.get(place).location.startswith("/hr/sign-in")
