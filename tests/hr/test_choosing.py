"""People chosen to stand side by side, from page to page of the table and without scripts."""

import pytest
from results_cast import like, somebody

from quiz.services.results_table import SIZE


@pytest.fixture
def add(database, alices_campaign):
    return lambda *args, **known: somebody(database, alices_campaign, *args, **known)


@pytest.fixture
def place(alices_campaign):
    return f"/hr/campaigns/{alices_campaign.public_id}/results"


@pytest.fixture
def many(add):
    """More people than a page holds; the oldest stands last."""
    return [add(like("both-fit"), name=f"P{number:02}", minute=number) for number in range(SIZE + 3)]


def bar(page):
    (found,) = (each for each in page.main.all("div") if "chosen" in (each.get("class") or ""))
    return found


def keep(member, page, *ids):
    """Tick people on a page of the table, and press "Keep the choice" as a browser without scripts does."""
    (form,) = (each for each in page.main.all("form") if "choosing" in (each.get("class") or ""))
    query = [(each["name"], each["value"]) for each in form.all("input", type="hidden")]
    ticked = {each["value"] for each in form.all("input", type="checkbox") if "checked" in each.attrs}
    query += [("with", value) for value in sorted(ticked | {str(each) for each in ids})]
    return member.get(form["action"], query_string=query).page


def test_a_choice_goes_along_to_other_pages_and_both_stand_side_by_side(alice, place, many):
    first = alice.get(place).page
    kept = keep(alice, first, many[-1].id)
    assert bar(kept).text.startswith(f"1 chosen: P{SIZE + 2}")
    second = alice.get(kept.one("a", rel="next")["href"]).page
    both = keep(alice, second, many[0].id)
    assert [link.text for link in bar(both).all("a")] == ["P00", f"P{SIZE + 2}", "Put side by side", "Choose nobody"]
    assert "P00" in both.one("tbody").text, "the page itself was left"
    compared = alice.get(next(each["href"] for each in bar(both).all("a") if each.text == "Put side by side")).page
    assert compared.heading == "Side by side"
    assert f"P00, P{SIZE + 2}" in compared.main.text


def test_it_outlives_searching_sorting_and_filtering(alice, place, many):
    page = alice.get(f"{place}?with={many[0].id}&search=P1&sort=name-up&status=finished").page
    assert "P00" in bar(page).text
    assert "P00" not in page.one("tbody").text
    (filters,) = (each for each in page.main.all("form") if each.get("class") == "filters")
    assert [each["value"] for each in filters.all("input", name="with")] == [str(many[0].id)]
    for link in (
        page.one("thead").all("a")[0],
        *(each for each in page.main.all("a") if each.text == "Show everybody"),
    ):
        assert f"with={many[0].id}" in link["href"]
    kept = keep(alice, page, many[11].id)
    assert bar(kept).text.startswith("2 chosen: P00 , P11")
    assert kept.one("tbody").all("th")[0].text.startswith("P10")


def test_a_tick_taken_away_is_gone_and_nobody_can_be_chosen(alice, place, many):
    page = alice.get(f"{place}?with={many[-1].id}&with={many[-2].id}").page
    ticked = [each["value"] for each in page.main.all("input", type="checkbox") if "checked" in each.attrs]
    assert sorted(ticked) == sorted(str(each.id) for each in many[-2:])
    (nobody,) = (each for each in bar(page).all("a") if each.text == "Choose nobody")
    page = alice.get(nobody["href"]).page
    assert "chosen:" not in page.main.text


def test_one_is_too_few_and_five_are_too_many(alice, place, many):
    for count, said in ((1, "Choose one more at least."), (5, "At most four fit side by side.")):
        page = alice.get(place + "?" + "&".join(f"with={each.id}" for each in many[:count])).page
        assert said in bar(page).text
        assert "Put side by side" not in bar(page).text


@pytest.mark.parametrize("given", ["x", "0", "-1", "1e3", "99999", "9" * 30, "1%20OR%201", "%ff"])
def test_whom_no_table_shows_is_passed_over(alice, place, add, given):
    ana, leo = add(like("both-fit"), name="Ana"), add(name="Leo")
    page = alice.get(f"{place}?with={given}").page
    assert "chosen:" not in page.main.text
    page = alice.get(f"{place}?with={ana.id}&with={leo.id}").page
    assert bar(page).text.startswith("1 chosen: Ana"), "who has not finished cannot be compared"


def test_nobody_of_another_campaign_is_named(alice, place, add, database, make_campaign, northgate):
    add(like("both-fit"), name="Ana")
    foreign = somebody(database, make_campaign(team_id=northgate), like("both-fit"), name="Zoe")
    assert "Zoe" not in alice.get(f"{place}?with={foreign.id}").page.text


def test_who_is_asked_about_an_order_by_fit_keeps_the_choice(alice, place, many):
    path = f"{place}?with={many[0].id}&sort=fit-account-executive"
    answer = alice.press(path)
    assert f"with={many[0].id}" in answer.location
    assert "P00" in bar(alice.get(answer.location).page).text
