"""`flask campaign` and `flask embed demo`: what they make, print and refuse, and how they end."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from cast import ALICES, BOBS, START
from cli_cast import NEEDED, made
from page_tree import read

from quiz.cli.embed import Sample
from quiz.services import campaigns, team


def snippets(output):
    """The link, and the elements that the output tells to put into a page, read as a page."""
    link = output.partition("Link\n")[2].split("\n", 1)[0].strip()
    html = "".join(line for line in output.splitlines() if line.strip().startswith("<"))
    root, _ = read(f"<!doctype html>{html}")
    return link, root


class TestCreate:
    """flask campaign create."""

    def test_it_makes_a_campaign_and_prints_what_to_put_into_a_page(self, run, database):
        answer = run("campaign", "create", "Fair", *NEEDED, "--allow", "https://a.example", "--allow", "http://b:81")
        assert answer.exit_code == 0
        (campaign,) = made(database)
        assert (campaign.name, campaign.asked_by, campaign.sites) == ("Fair", "Alice", "https://a.example http://b:81")
        assert (campaign.identification, campaign.shows_result, campaign.retain_days) == ("none", True, 180)
        link, root = snippets(answer.output)
        assert link == f"http://127.0.0.1:8000/c/{campaign.public_id}"
        assert root.one("script")["src"] == "http://127.0.0.1:8000/embed.js"
        assert root.one("role-fit-quiz").attrs == {"campaign": campaign.public_id}
        assert root.one("iframe")["src"] == link

    def test_it_takes_every_setting(self, run, database):
        more = [
            "--identification",
            "signed",
            "--hide-result",
            "--redirect-url",
            "https://a.example/x",
            "--retain-days",
            "9",
        ]
        assert run("campaign", "create", "Fair", *NEEDED, *more).exit_code == 0
        (campaign,) = made(database)
        assert (campaign.identification, campaign.shows_result) == ("signed", False)
        assert (campaign.redirect_url, campaign.retain_days) == ("https://a.example/x", 9)

    def test_its_secret_is_never_printed(self, run, database):
        output = run("campaign", "create", "Fair", *NEEDED, "--identification", "signed").output
        (campaign,) = made(database)
        output += run("campaign", "list").output + run("campaign", "show", campaign.public_id, "--ref", "x").output
        assert campaign.secret not in output

    def test_it_tells_every_problem_at_once_and_makes_nothing(self, run, database):
        wrong = ["--allow", "a.example", "--allow", "*", "--redirect-url", "https://[", "--retain-days", "0"]
        answer = run("campaign", "create", " ", "--readers", "a\nb", *wrong)
        assert answer.exit_code == 1
        for problem in (
            "name:",
            "asked_by:",
            "purpose:",
            "readers:",
            "contact:",
            "'a.example'",
            "'*'",
            "redirect_url:",
        ):
            assert problem in answer.output
        assert "retain_days:" in answer.output
        assert made(database) == []

    @pytest.mark.parametrize(
        "wrong", [[], ["Fair", "--identification", "x"], ["Fair", "--retain-days", "x"], ["A", "B"]]
    )
    def test_a_command_that_cannot_be_read_ends_with_two(self, run, database, wrong):
        assert run("campaign", "create", *wrong, *NEEDED).exit_code == 2
        assert made(database) == []


class TestTeams:
    """--team."""

    def test_the_only_team_has_it_without_being_asked(self, run, database):
        only = team.found(database, "Tidewell", START)
        assert run("campaign", "create", "Fair", *NEEDED).exit_code == 0
        assert [it.team_id for it in made(database)] == [only]

    def test_among_several_it_has_to_be_said_which(self, run, database):
        teams = [team.found(database, name, START) for name in ("Tidewell", "Northgate")]
        answer = run("campaign", "create", "Fair", *NEEDED)
        assert answer.exit_code == 2
        assert "Tidewell" in answer.output
        assert "Northgate" in answer.output
        for named in ("Northgate", str(teams[0])):
            assert run("campaign", "create", f"Of {named}", *NEEDED, "--team", named).exit_code == 0
        assert [it.team_id for it in made(database)] == teams[::-1]
        listed = run("campaign", "list", "--team", "Northgate").output
        assert "Of Northgate" in listed
        assert f"Of {teams[0]}" not in listed

    def test_a_team_that_there_is_not_is_refused(self, run, database):
        answer = run("campaign", "create", "Fair", *NEEDED, "--team", "Nobody")
        assert answer.exit_code == 2
        assert "no team 'Nobody'" in answer.output
        assert made(database) == []


class TestListAndShow:
    """flask campaign list and show."""

    def test_an_empty_list_says_so(self, run):
        answer = run("campaign", "list")
        assert (answer.exit_code, answer.output) == (0, "There is no campaign yet.\n")

    def test_the_list_has_every_campaign_with_its_state_and_counts(self, run, alices, bobs, ben, ana):
        ben.accept(alices).answer_all(choice=4)
        ana.accept(alices)
        run("campaign", "close", bobs.public_id)
        assert [line.split() for line in run("campaign", "list").output.splitlines()] == [
            [alices.public_id, "open", "2", "started,", "1", "finished", "Spring", "fair"],
            [bobs.public_id, "closed", "0", "started,", "0", "finished", "Inside"],
        ]

    def test_the_state_is_what_people_meet(self, run, ask, alices, bobs, database):
        campaigns.set_hold(database, alices, True)
        ask(replace(ALICES, closes_ms=1_700_000_000_000))
        ask(replace(ALICES, opens_ms=4_000_000_000_000))
        campaigns.set_state(database, bobs.public_id, "paused")
        states = [line[14:].partition("  ")[0] for line in run("campaign", "list").output.splitlines()]
        assert states == ["open, held", "paused", "ended 2023-11-14", "opens 2096-10-02"]

    def test_a_quiz_that_is_not_run_any_more_is_named_as_such(self, make_app, settings, alices):
        app = make_app(replace(settings, pack="client-facing", packs="client-facing"))
        assert "open, quiz not run here" in app.test_cli_runner().invoke(args=["campaign", "list"]).output

    def test_a_persons_link_opens_the_campaign_for_that_person(self, run, ask, database, ben):
        campaign = ask(replace(ALICES, identification="signed"))
        answer = run("campaign", "show", campaign.public_id, "--ref", 'a "quoted" & <odd> é', "--language", "es")
        assert answer.exit_code == 0
        link, root = snippets(answer.output)
        query = {name: value for name, (value,) in parse_qs(urlsplit(link).query).items()}
        assert query["lang"] == "es"
        assert campaigns.read_reference(campaign, query["ref"]) == 'a "quoted" & <odd> é'
        element = root.one("role-fit-quiz")
        assert element.attrs == {"campaign": campaign.public_id, **query}
        assert root.one("iframe")["src"] == link
        assert ben.get(urlsplit(link).path, query_string=query).status_code == 200

    def test_a_public_address_is_where_the_links_lead(self, make_app, settings, alices):
        app = make_app(replace(settings, public_url="https://quiz.example"))
        answer = app.test_cli_runner().invoke(args=["campaign", "show", alices.public_id])
        assert snippets(answer.output)[0] == f"https://quiz.example/c/{alices.public_id}"

    @pytest.mark.parametrize("more", [["--ref", ""], ["--ref", "x" * 201], ["--ref", "a\nb"], ["--language", "fr"]])
    def test_a_link_that_would_not_work_is_not_printed(self, run, alices, more):
        answer = run("campaign", "show", alices.public_id, *more)
        assert answer.exit_code == 2
        assert "/c/" not in answer.output

    def test_a_campaign_that_takes_no_reference_says_so(self, run, bobs):
        answer = run("campaign", "show", bobs.public_id, "--ref", "person-7")
        assert answer.exit_code == 2
        assert "takes no reference" in answer.output


class TestStates:
    """flask campaign pause, open and close."""

    def test_it_is_paused_opened_and_closed(self, run, alices, client):
        for command, state, status in (("pause", "paused", 403), ("open", "open", 200), ("close", "closed", 403)):
            answer = run("campaign", command, alices.public_id)
            assert (answer.exit_code, answer.output) == (0, f"The campaign is {state}.\n")
            assert client.get(f"/c/{alices.public_id}").status_code == status

    @pytest.mark.parametrize("command", ["show", "pause", "open", "close"])
    def test_one_that_does_not_exist_ends_with_one(self, run, alices, command):
        answer = run("campaign", command, "nobody")
        assert answer.exit_code == 1
        assert "there is no campaign 'nobody'" in answer.output


class TestDemo:
    """flask embed demo, as far as it goes before it serves."""

    def test_without_a_campaign_for_its_site_it_says_how_to_make_one(self, run, bobs):
        answer = run("embed", "demo", "--port", "8009")
        assert answer.exit_code == 1
        assert "--allow http://127.0.0.1:8009" in answer.output

    def test_a_campaign_that_is_paused_is_not_for_a_demo(self, run, bobs):
        run("campaign", "pause", bobs.public_id)
        assert run("embed", "demo", "--port", "8001").exit_code == 1

    @pytest.mark.parametrize(
        "wrong",
        [
            *(["--home", "quiz.example"], ["--home", 'https://x"><script>'], ["--home", "javascript:x"]),
            *(["--campaign", '"><script>'], ["--campaign", ""], ["--port", "0"], ["--port", "65536"]),
        ],
        ids=str,
    )
    def test_what_would_break_the_page_is_refused(self, run, wrong):
        assert run("embed", "demo", *wrong).exit_code == 2

    def test_the_page_is_filled_in_for_the_quiz_and_the_campaign(self):
        served = {}

        def start_response(status, headers, exc_info=None):
            served["status"] = status

        body = Sample("http://127.0.0.1:8000", "feed")({"PATH_INFO": "/", "REQUEST_METHOD": "GET"}, start_response)
        root, faults = read(b"".join(body).decode())
        assert (served["status"], faults) == ("200 OK", [])
        assert {element["campaign"] for element in root.all("role-fit-quiz")} == {"feed"}
        assert "http://127.0.0.1:8000/embed.js" in [script.get("src") for script in root.all("script")]
        assert BOBS.name not in root.text
