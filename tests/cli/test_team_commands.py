"""`flask team`: links for owners. What the links open is tested with the console."""

from __future__ import annotations

import re

from quiz.services import admission, audit, team


def run(app, *words: str):
    return app.test_cli_runner().invoke(args=["team", *words])


def test_the_set_up_link_has_the_public_address_and_is_new_each_time(app, database):
    printed = [run(app, "setup").output for _ in range(2)]
    links = [re.search(r"http://localhost:8000/hr/setup/\S{43}$", each.strip())[0] for each in printed]
    assert links[0] != links[1]


def test_where_there_is_an_owner_no_link_is_printed(app, database):
    number = team.found(database, "Tidewell", 1)
    team.add(database, number, "viewer", "Bob", "bob@tidewell.example", "en", None, 1)
    assert "/hr/setup/" in run(app, "setup").output, "a viewer alone cannot run a team"
    team.add(database, number, "owner", "Alice", "alice@tidewell.example", "en", None, 1)
    printed = run(app, "setup").output
    assert "http" not in printed
    assert len(printed.splitlines()) == 1


def test_a_further_team_needs_a_name(app, database):
    for name in ("", "  ", "x" * 101, "a\x00b"):
        assert run(app, "new", name).exit_code == 2
    result = run(app, "new", " Northgate  South ")
    assert "Northgate South" in result.output
    token = result.output.strip().split("/")[-1]
    assert admission.invitation(database, token, 1).team == "Northgate South"


def test_that_a_team_was_made_stands_in_its_log(app, database):
    run(app, "new", "Northgate")
    ((number, _),) = team.everyone(database)
    assert [(entry.actor, entry.action) for entry in audit.page(database, number)] == [("command line", "team-made")]


def test_a_reset_turns_the_second_step_off_only_where_it_is_asked_to(app, database):
    number = team.found(database, "Tidewell", 1)
    team.add(database, number, "owner", "Alice", "alice@tidewell.example", "en", None, 1)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE users SET tf_totp_secret = 'x', tf_primary_method = 'authenticator'")
    assert run(app, "reset", "ALICE@tidewell.example").exit_code == 0
    assert team.members(database, number)[0].second_step
    assert run(app, "reset", "alice@tidewell.example", "--one-step").exit_code == 0
    assert not team.members(database, number)[0].second_step


def test_a_second_team_of_the_same_name_is_made_only_if_that_is_meant(app, database):
    team.found(database, "Tidewell", 1)
    refused = run(app, "new", " tidewell ")
    assert refused.exit_code == 1
    assert "Tidewell" in refused.output
    assert "--same-name" in refused.output
    assert len(team.everyone(database)) == 1
    assert run(app, "new", "Tidewell", "--same-name").exit_code == 0
    assert len(team.everyone(database)) == 2
