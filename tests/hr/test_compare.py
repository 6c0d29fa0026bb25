"""People side by side: ranges on one axis, words for who can be told apart, and never an order by fit."""

import json

import pytest
from results_cast import like, somebody
from rows import run

from quiz.services import audit


@pytest.fixture
def add(database, alices_campaign):
    return lambda *args, **known: somebody(database, alices_campaign, *args, **known)


@pytest.fixture
def place(alices_campaign):
    results = f"/hr/campaigns/{alices_campaign.public_id}/results"

    def place(*people):
        return f"{results}/compare?" + "&".join(f"person={getattr(person, 'id', person)}" for person in people)

    return place


@pytest.fixture
def ana(add):
    return add(like("clear-hunter"), name="Ana")


@pytest.fixture
def ben(add):
    return add(like("clear-farmer"), name="Ben")


def section(page, heading):
    return next(each for each in page.all("section") if each.all("h2")[0].text == heading)


def drawn(table):
    """The ends of everybody's range, as they are shown."""
    return [tuple(map(int, row.all("td")[-1].text.split("–"))) for row in table.one("tbody").all("tr")]


def test_who_is_far_apart_is_said_to_be_apart(alice, place, add, ana, ben):
    eva, leo = add(like("neither-stands-out"), name="Eva"), add(like("both-fit"), name="Leo")
    for verdict in section(alice.get(place(eva, leo)).page, "Fit with each role").all("ul"):
        assert verdict.text.startswith("Leo lies above Eva, by ")
    page = alice.get(place(ana, ben)).page
    assert "Ana stands further towards account executive than Ben." in page.text
    assert "Clearly towards account executive" in section(page, "Outcomes").text


def test_who_is_alike_is_not_distinguishable(alice, place, add, ana):
    twin = add(like("clear-hunter"), name="Eva")
    page = alice.get(place(ana, twin)).page
    assert "lies above" not in page.text
    assert page.text.count("The ranges overlap: not distinguishable.") == 2 + 1 + 12


def test_words_never_tell_apart_whose_ranges_meet_in_the_picture(alice, place, add):
    people = [add(like(who), name=who) for who in ("clear-farmer", "both-fit", "neither-stands-out", "finished-early")]
    page = alice.get(place(*people)).page
    tables = [table for table in page.all("table") if "by-outcome" not in table["class"]]
    words = [each.text for each in page.all("ul") if each.get("class") == "verdicts"]
    del words[2]  # between the two roles
    assert len(tables) == len(words) == 2 + 12
    for table, said in zip(tables, words, strict=True):
        ranges = drawn(table)
        apart = sum(one[0] > other[1] for one in ranges for other in ranges)
        assert said.count("lies above") == apart
        assert ("not distinguishable" in said) == (apart < 6)


def test_of_many_pairs_those_apart_are_named_and_the_others_summed_up(alice, place, add):
    three = [add(like(who), name=who) for who in ("both-fit", "neither-stands-out", "leaning-hunter")]
    fits = section(alice.get(place(*three)).page, "Fit with each role").text
    assert "both-fit lies above neither-stands-out" in fits
    assert "leaning-hunter lies above neither-stands-out" in fits
    assert "All other ranges overlap: not distinguishable." in fits


def test_everybody_is_drawn_on_every_axis_with_the_figures_beside(alice, place, add, ana, ben):
    four = (ana, ben, add(like("both-fit"), name="Eva"), add(like("leaning-hunter"), name="Leo"))
    page = alice.get(place(*four)).page
    assert len(page.all("svg")) == 4 * (2 + 1 + 12)
    for table in page.all("table"):
        assert [row.one("th").text for row in table.one("tbody").all("tr")] == ["Ana", "Ben", "Eva", "Leo"]


def test_they_stand_as_they_came_whatever_the_address_says(alice, place, ana, ben):
    for asked in ((ana, ben), (ben, ana), (ben, ana, ben)):
        page = alice.get(place(*asked)).page
        assert [link.text for link in section(page, "Outcomes").all("a")] == ["Ana", "Ben"]


@pytest.mark.parametrize(
    "people", [(), (1,), (1, 1), (1, 2, 3, 4, 5), ("x", 1), (1, "2 OR 1"), (-1, 1), (1, 10**30), ("", "1")]
)
def test_a_number_of_people_that_cannot_be_is_refused(alice, place, ana, ben, people):
    answer = alice.get(place(*people))
    assert answer.status_code == 422
    assert "Choose two, three or four people" in answer.page.text
    assert "lies above" not in answer.page.text


def test_who_has_not_finished_cannot_be_compared(alice, place, add, ana):
    answer = alice.get(place(ana, add(name="Leo")))
    assert answer.status_code == 422
    assert "Not finished yet, so there is nothing to compare: Leo" in answer.page.text


def test_a_withheld_result_is_said_and_not_drawn(alice, place, add, ana, ben):
    withheld = add(like("always-3"), name="Eva")
    page = alice.get(place(ana, ben, withheld)).page
    assert "No reliable result" in section(page, "Outcomes").text
    assert "Eva" not in section(page, "Fit with each role").text
    page = alice.get(place(ana, withheld)).page
    assert "Fewer than two of them" in page.text
    assert not page.all("svg")


def test_results_of_different_versions_are_not_compared(alice, place, database, ana, ben):
    with database.writing() as store:
        (text,) = run(store, "SELECT result FROM attempts WHERE id = :id", id=ben.id).fetchone()
        older = json.loads(text)
        older["pack"]["version"] = "0.9"
        run(store, "UPDATE attempts SET result = :result WHERE id = :id", result=json.dumps(older), id=ben.id)
    page = alice.get(place(ana, ben)).page
    assert "different versions" in page.text
    assert not page.all("svg")


def test_people_of_elsewhere_are_not_found(
    alice, charlie, stranger, place, database, make_campaign, northgate, ana, ben
):
    elsewhere = somebody(database, make_campaign(name="Other"), like("both-fit"))
    charlies = make_campaign(team_id=northgate)
    foreign = somebody(database, charlies, like("both-fit"))
    for other in (elsewhere, foreign, 999):
        assert alice.get(place(ana, other)).status_code == 404
    assert charlie.get(place(ana, ben)).status_code == 404
    query = f"person={ana.id}&person={foreign.id}"
    assert charlie.get(f"/hr/campaigns/{charlies.public_id}/results/compare?{query}").status_code == 404
    assert stranger.get(place(ana, ben)).location.startswith("/hr/sign-in")


def test_it_is_noted_by_numbers_and_only_when_people_were_shown(alice, bob, place, database, tidewell, ana, ben):
    alice.get(place(ana))
    bob.get(place(ben, ana))
    entries = [entry for entry in audit.page(database, tidewell) if entry.action == "people-compared"]
    assert [(entry.actor, entry.subject) for entry in entries] == [("bob@1.example", f"attempts {ana.id} {ben.id}")]


def test_the_table_offers_it_as_a_form_without_scripts(alice, place, ana, ben):
    page = alice.get(place().partition("/compare")[0]).page
    (button,) = (each for each in page.main.all("button") if each.text == "Put side by side")
    (form,) = (each for each in page.main.all("form") if button in each.all("button"))
    assert form["method"] == "get"
    chosen = [box["value"] for box in form.all("input", type="checkbox")]
    address = button["formaction"] + "?" + "&".join(f"with={value}" for value in chosen)
    assert [link.text for link in section(alice.get(address).page, "Outcomes").all("a")] == ["Ana", "Ben"]


def test_it_speaks_spanish(sign_in, tidewell, place, ana, ben):
    page = sign_in("Eva", tidewell, "viewer", "es").get(place(ana, ben)).page
    assert page.lang == "es"
