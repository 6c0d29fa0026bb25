"""Who asks for an export while others get theirs is told why, and how to ask again; short lists wait for nobody."""

from __future__ import annotations

import pytest
from exports_cast import CLEAR, path
from inviting_cast import home_of


@pytest.fixture
def northgates(make_campaign, northgate, enter):
    """Charlie's campaign, with somebody in it."""
    made = make_campaign(team_id=northgate)
    enter(made, CLEAR)
    return made


def test_another_team_gets_its_file_meanwhile(alice, charlie, alices_campaign, northgates, enter):
    enter(person=CLEAR)
    first = alice.get(path(alices_campaign, "csv"))
    assert charlie.get(path(northgates, "csv")).data
    assert first.data


@pytest.mark.parametrize(
    ("language", "title", "button"),
    [
        ("en", "Another export is running", "Try again"),
        ("es", "Ya hay otra exportación en marcha", "Volver a intentarlo"),
    ],
)
def test_who_must_wait_reads_why_and_asks_again_with_one_press(
    sign_in, tidewell, alice, alices_campaign, enter, language, title, button
):
    enter(person=CLEAR)
    first = alice.get(path(alices_campaign, "xlsx"))
    other = sign_in("Ana", tidewell, "viewer", language)
    wanted = path(alices_campaign, "csv?answers=1&status=finished")
    refused = other.get(wanted)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "60")
    assert refused.page.heading == title
    assert refused.page.one("html")["lang"] == language
    assert refused.page.root.one("header"), "the console's own page"
    again = next(link for link in refused.page.main.all("a") if link.text == button)
    assert again["href"] == wanted
    first.close()
    assert other.get(again["href"]).data


def test_the_audit_log_and_the_invitations_do_not_wait(alice, bob, alices_campaign, enter):
    enter(person=CLEAR)
    first = alice.get(path(alices_campaign, "csv"))
    assert alice.get("/hr/audit.csv").data
    assert alice.get(f"{home_of(alices_campaign)}.csv").data
    kept = alice.get("/hr/audit.csv")  # which nobody reads to its end, and which keeps nobody waiting
    assert bob.get(path(alices_campaign, "csv")).status_code == 503
    first.close()
    assert bob.get(path(alices_campaign, "csv")).data
    kept.close()
