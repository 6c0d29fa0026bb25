"""The console with a quiz of five roles: nothing speaks of two, and every figure is there for each."""

import csv
import json
from dataclasses import replace
from io import StringIO

import five_roles
import pytest
from campaign_cast import noted
from cast import ALICES, START
from five_roles import DIMENSIONS, ITEMS, ROLES, towards
from rows import run

from quiz.core import simulate
from quiz.services import campaigns, cohort, take
from quiz.services.filters import Filter

MINUTE = 60_000


@pytest.fixture
def settings(settings, five_folder):
    return replace(settings, rolefit_packs=str(five_folder), packs="ae-am")


@pytest.fixture
def edition(app):
    return app.extensions["rolefit"].library.newest["five"]


@pytest.fixture
def campaign(database, tidewell, edition):
    return campaigns.create(database, edition.pack, ALICES, START, team_id=tidewell)


@pytest.fixture
def add(database, campaign, edition):
    """Lets somebody take the quiz with these answers; their number."""
    begun = []

    def add(answers, **known):
        at = START + len(begun) * MINUTE
        begun.append(at)
        token = take.start(database, edition.pack, "en", at, campaign_id=campaign.id, **known)
        attempt = take.find(database, token)
        for item, choice in answers.items():
            at += 6000
            take.answer(database, edition, attempt, item, choice, at)
        return attempt.id

    return add


@pytest.fixture
def place(campaign):
    return f"/hr/campaigns/{campaign.public_id}"


@pytest.fixture
def crowd(add, edition):
    """Forty people whom the model describes, known by references."""
    table = simulate.respondents(edition.pack, 40, 3).answers
    for number, row in enumerate(table.tolist()):
        add(dict(zip(ITEMS, row, strict=True)), reference=f"R{number}")


def section(page, heading):
    return next(each for each in page.all("section") if each.all("h2")[0].text == heading)


class TestTheTable:
    def test_each_has_five_fits_in_the_packs_order_under_their_short_names(self, alice, place, add):
        add(towards("keeper"), name="Ana")
        page = alice.get(f"{place}/results").page
        minis = [each for each in page.main.all("span") if (each.get("class") or "").startswith("mini ")]
        assert [each.one("b").text for each in minis] == ["Fi", "Cl", "Ke", "He", "Bu"]
        assert [each["class"].split()[1] for each in minis] == [f"role-{number}" for number in range(1, 6)]
        assert "Clearly towards five keeper" in page.one("tbody").text

    def test_it_is_filtered_by_the_role_that_is_named(self, alice, place, add):
        for role in ROLES:
            add(towards(role), name=role)
        page = alice.get(f"{place}/results?role=helper").page
        assert [row.one("th").all("a")[0].text for row in page.one("tbody").all("tr")] == ["helper"]
        assert "Role named: five helper" in page.main.text

    @pytest.mark.parametrize("role", ROLES)
    def test_it_is_sorted_by_the_fit_of_any_role_once_that_was_agreed_to(
        self, alice, place, add, database, tidewell, role
    ):
        for each in ROLES:
            add(towards(each), name=each)
        path = f"{place}/results?sort=fit-{role}"
        assert alice.get(path).page.heading == "Sort people by fit?"
        page = alice.get(alice.press(path).location).page
        assert page.one("tbody").all("tr")[0].one("th").all("a")[0].text == role
        assert noted(database, tidewell)[0] == ("alice", "results-sorted-by-fit", role)

    def test_nothing_says_both_or_neither(self, alice, place, add):
        add(dict.fromkeys(ITEMS, 3) | towards("keeper"), name="Ana")
        page = alice.get(f"{place}/results").page
        options = {option.text for option in page.one("select", name="outcome").all("option")}
        assert {"Several fit", "No role stands out"} <= options
        assert not {"Both fit", "Neither stands out"} & options


class TestOnePerson:
    def test_the_report_has_every_role_with_how_likely_it_is_the_best(self, alice, place, add):
        number = add(towards("builder"), name="Ana")
        page = alice.get(f"{place}/results/{number}").page
        fits = section(page, "Fit with each role")
        rows = fits.one("tbody").all("tr")
        assert len(rows) == 5
        assert rows[0].one("th").text == "Five builder"
        assert "> 99" in rows[0].text
        assert "between the two roles that lead" in section(page, "Why").text

    def test_each_question_has_its_time(self, alice, place, add):
        number = add(towards("builder"), name="Ana")
        quality = section(alice.get(f"{place}/results/{number}").page, "Response quality")
        assert len(quality.one("tbody").all("tr")) == len(ITEMS)


class TestSideBySide:
    def test_every_role_has_an_axis_and_the_two_roles_between_are_chosen(self, alice, place, add):
        ids = [add(towards(role), name=role.title()) for role in ("finder", "keeper")]
        path = f"{place}/results/compare?person={ids[0]}&person={ids[1]}"
        page = alice.get(path).page
        assert len(section(page, "Fit with each role").all("table")) == len(ROLES)
        assert len(section(page, "Profiles").all("table")) == len(DIMENSIONS)
        assert len(section(page, "Between two roles").one("select").all("option")) == 10
        between = section(alice.get(f"{path}&between=finder~keeper").page, "Between two roles")
        assert "Finder stands further towards five finder than Keeper." in between.text
        chosen = [each["value"] for each in between.all("option") if "selected" in each.attrs]
        assert chosen == ["finder~keeper"]
        assert sorted(each["value"] for each in between.all("input", name="with")) == sorted(map(str, ids))

    def test_the_role_that_comes_next_is_told(self, alice, place, add):
        ids = [add(towards(role), name=role.title()) for role in ("finder", "keeper")]
        outcomes = section(alice.get(f"{place}/results/compare?person={ids[0]}&person={ids[1]}").page, "Outcomes")
        assert outcomes.text.count("next comes five") == 2

    @pytest.mark.parametrize("between", ["", "x", "finder", "finder~finder", "keeper~finder", "finder~x", "~", "%ff"])
    def test_two_roles_that_there_are_not_are_passed_over(self, alice, place, add, between):
        ids = [add(towards(role), name=role.title()) for role in ("finder", "keeper")]
        path = f"{place}/results/compare?person={ids[0]}&person={ids[1]}&between={between}"
        assert alice.get(path).status_code == 200

    def test_results_of_other_parameters_are_not_compared(self, alice, place, add, database):
        ids = [add(towards(role), name=role.title()) for role in ("finder", "keeper")]
        with database.writing() as store:
            (text,) = run(store, "SELECT result FROM attempts WHERE id = :id", id=ids[0]).fetchone()
            older = json.loads(text)
            older["pack"]["parameters"] = "0.9.0"
            run(store, "UPDATE attempts SET result = :result WHERE id = :id", result=json.dumps(older), id=ids[0])
        assert "different versions" in alice.get(f"{place}/results/compare?person={ids[0]}&person={ids[1]}").page.text


class TestTheCohort:
    def test_it_has_fits_profile_and_the_reliability_of_every_two_roles(
        self, alice, place, crowd, database, campaign, edition
    ):
        found = cohort.report(database, edition, campaign, Filter())
        assert tuple(found.fits) == ROLES
        assert tuple(found.profile) == tuple(DIMENSIONS)
        assert len(found.contrasts) == 10
        page = alice.get(f"{place}/cohort").page
        assert "Difference between five finder and five closer" in page.main.text
        profile = section(page, "Profile")
        assert len(profile.all("table")) == 2
        assert [each.text for each in profile.all("table")[0].all("th", scope="row")] == [
            f"Five {role}" for role in ROLES
        ]
        assert "Both fit" not in page.main.text


class TestImpact:
    def test_selection_and_scoring_rate_are_there_for_each_role(self, alice, place, crowd, campaign):
        from impact_cast import hand_in

        page = alice.get(f"{place}/impact").page
        offered = [each["value"] for each in page.main.all("input", name="measure")]
        assert offered == [f"{kind} {role}" for kind in ("outcome", "fit") for role in ROLES]
        groups = "reference,sex\n" + "".join(f"R{number},{'fm'[number % 2]}\n" for number in range(40))
        report = hand_in(alice, campaign, groups, "fit builder").page
        headings = [each.text for each in report.main.all("h2") if "median" in each.text]
        assert headings[0] == "The fit with five builder lies at the median of all or above"
        assert len(headings) == 1 + len(ROLES)


class TestExports:
    def test_each_role_has_four_columns_in_the_packs_order(self, alice, place, add, edition):
        add(towards("closer"), name="Ana")
        answer = alice.get(f"{place}/export.csv")
        headings, row = list(csv.reader(StringIO(answer.data.decode("utf-8-sig"), newline="")))
        shown = dict(zip(headings, row, strict=True))
        assert [each for each in headings if each.endswith("chance of being the best fit")] == [
            f"Five {role}, chance of being the best fit" for role in ROLES
        ]
        assert (shown["Role"], shown["Version"]) == ("five closer", edition.pack.full_version)
        assert shown["Next role"] in {f"five {role}" for role in ROLES} - {"five closer"}
        chances = [float(shown[f"Five {role}, chance of being the best fit"]) for role in ROLES]
        assert sum(chances) == pytest.approx(1, abs=0.001)
        assert max(chances) == chances[1]

    def test_json_lines_have_them_under_the_role(self, alice, place, add):
        add(towards("closer"), name="Ana")
        person = alice.get(f"{place}/export.jsonl").get_json(force=True)
        assert tuple(person["fits"]) == ROLES
        assert set(person["fits"]["closer"]) == {"points", "low", "high", "best"}
        assert person["runner_up"] in ROLES

    def test_the_filter_by_role_knows_this_quizs_roles(self, alice, place, add):
        add(towards("closer"), name="Ana")
        assert "Role named: five closer" in alice.get(f"{place}/export?role=closer").page.main.text
        assert "Role named" not in alice.get(f"{place}/export?role=account-executive").page.main.text


def test_the_answers_of_the_cast_draw_to_their_roles(edition):
    assert set(five_roles.ROLES) == set(edition.pack.role_ids)
