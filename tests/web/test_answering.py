"""Answering: every answer is kept, can be changed, and survives reloads, doubles, two tabs and nonsense."""

from itertools import pairwise

import pytest
from cast import ITEMS, persona
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

JSON = {"Accept": "application/json"}
FIRST, SECOND, THIRD = ITEMS[:3]


def kept(taker, database):
    """The person's answers as they are kept."""
    rows = database.reader().cursor.execute("SELECT item, choice, took_ms FROM answers")
    return {item: (choice, took) for item, choice, took in rows.fetchall()}


def test_an_answer_is_kept_before_the_next_question_is_shown(ben, database):
    ben.start()
    ben.seconds = 4.25
    ben.choose(4)
    assert kept(ben, database) == {FIRST: (4, 4250)}
    assert ben.asked == SECOND


def test_the_time_of_every_answer_is_counted_from_the_step_before(ben, database):
    ben.start()
    for seconds in (3.0, 7.5, 1.25):
        ben.seconds = seconds
        ben.choose(2)
    assert [took for _, took in (kept(ben, database)[item] for item in ITEMS[:3])] == [3000, 7500, 1250]


def test_a_form_is_answered_with_303_and_a_script_with_the_next_address(ben):
    ben.start()
    response = ben.client.post(f"{ben.place}/{FIRST}", data={"choice": "1"})
    assert (response.status_code, response.location) == (303, f"{ben.place}/{SECOND}")
    response = ben.client.post(f"{ben.place}/{SECOND}", data={"choice": "1"}, headers=JSON)
    assert (response.status_code, response.get_json()) == (200, {"next": f"{ben.place}/{THIRD}"})


def test_the_link_resumes_at_the_first_question_without_an_answer(taker):
    taker.start()
    taker.choose(1)
    taker.choose(2)
    assert taker.at("").request.path == f"{taker.place}/{THIRD}"


def test_the_resume_link_is_shown_in_full_on_every_question(taker):
    taker.start()
    assert taker.page.one("input", id="url")["value"] == f"http://localhost{taker.place}"


def test_going_back_shows_the_answer_given_and_lets_it_be_changed(taker, database):
    taker.start()
    taker.choose(2)
    taker.get(taker.page.one("a", rel="prev")["href"])
    assert taker.asked == FIRST
    assert taker.page.one("button", aria_current="true")["value"] == "2"
    taker.choose(5)
    assert taker.asked == SECOND
    assert {item: choice for item, (choice, _) in kept(taker, database).items()} == {FIRST: 5}


def test_the_first_question_has_no_way_back_and_the_others_lead_to_the_one_before(ben):
    ben.start()
    assert not ben.page.all("a", rel="prev")
    for before, item in pairwise(ITEMS):
        assert ben.at(item).page.one("a", rel="prev")["href"] == f"{ben.place}/{before}"


def test_a_changed_answer_keeps_the_time_of_the_first(ben, database):
    ben.start()
    ben.seconds = 8.0
    ben.choose(2)
    ben.at(FIRST)
    ben.seconds = 0.5
    ben.choose(4)
    assert kept(ben, database) == {FIRST: (4, 8000)}


def test_the_same_answer_sent_twice_is_the_same_as_once(ben, database):
    ben.start()
    for _ in range(2):
        response = ben.client.post(f"{ben.place}/{FIRST}", data={"choice": "3"})
        assert response.location == f"{ben.place}/{SECOND}"
    assert {item: choice for item, (choice, _) in kept(ben, database).items()} == {FIRST: 3}


def test_reloading_a_question_changes_nothing(ben, database):
    ben.start()
    ben.choose(3)
    before = kept(ben, database)
    assert {ben.at(SECOND).get_data() for _ in range(3)} == {ben.at(SECOND).get_data()}
    assert kept(ben, database) == before


def test_two_tabs_interleaved_lose_nothing(ben, database):
    ben.start()
    one, two = ben.client, ben.client.application.test_client()
    expected = {}
    for place, item in enumerate(ITEMS):
        tab = one if place % 2 else two
        (two if place % 2 else one).get(f"{ben.place}/{item}")
        choice = place % 5 + 1
        assert tab.post(f"{ben.place}/{item}", data={"choice": choice}).status_code == 303
        expected[item] = choice
    assert {item: choice for item, (choice, _) in kept(ben, database).items()} == expected


def test_questions_answered_out_of_order_lead_on_to_those_that_are_left(ben):
    ben.start()
    last, last_but_one = ITEMS[-1], ITEMS[-2]
    assert ben.client.post(f"{ben.place}/{last_but_one}", data={"choice": 1}).location == f"{ben.place}/{last}"
    assert ben.client.post(f"{ben.place}/{last}", data={"choice": 1}).location == f"{ben.place}/{FIRST}"


def test_the_last_answer_finishes_whichever_it_is(ben):
    ben.start()
    for item in ITEMS[1:]:
        ben.client.post(f"{ben.place}/{item}", data={"choice": 3})
    assert ben.at("result").page.main["data-step"] == "question"
    response = ben.client.post(f"{ben.place}/{FIRST}", data={"choice": 3})
    assert response.location == f"{ben.place}/result"


def test_a_changed_answer_after_the_end_makes_the_result_anew(ben):
    ben.start().play(persona("clear-hunter"))
    assert (ben.page.main["data-outcome"], ben.page.main["data-role"]) == ("clear", "account-executive")
    first_end = ben.data()["finished_at"]
    for item, choice in persona("clear-farmer").answers.items():
        ben.at(item)
        ben.choose(choice)
    ben.at("result")
    assert (ben.page.main["data-outcome"], ben.page.main["data-role"]) == ("clear", "account-manager")
    assert ben.data()["finished_at"] == first_end


def test_a_finished_attempt_shows_the_way_to_its_result_on_every_question(ben):
    ben.start().answer_all()
    assert f"{ben.place}/result" in ben.at(FIRST).page.links
    assert f"{ben.place}/finish" not in ben.page.links


WRONG = ["٣", "", "0", "6", "-1", "1.5", "five", "null", "1e0", "１２", "9" * 5000, "\x00", "1; DROP TABLE answers"]


@pytest.mark.parametrize("choice", WRONG, ids=[repr(choice[:12]) for choice in WRONG])
def test_a_wrong_choice_is_answered_422_with_the_question_and_nothing_lost(taker, database, choice):
    taker.start()
    taker.choose(2)
    before = kept(taker, database)
    response = taker.client.post(f"{taker.place}/{SECOND}", data={"choice": choice})
    assert response.status_code == 422
    assert response.page.main["data-item"] == SECOND
    assert (
        response.page.one(role="alert").text
        == {
            "en": "Choose one of the five answers to go on.",
            "es": "Elige una de las cinco respuestas para seguir.",
        }[taker.language]
    )
    assert kept(taker, database) == before


def test_a_missing_choice_is_answered_422_and_the_earlier_answer_stays_marked(ben, database):
    ben.start()
    ben.choose(4)
    response = ben.client.post(f"{ben.place}/{FIRST}")
    assert response.status_code == 422
    assert response.page.one("button", aria_current="true")["value"] == "4"
    assert kept(ben, database)[FIRST][0] == 4


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(presses=st.lists(st.tuples(st.sampled_from(ITEMS), st.integers(1, 5)), max_size=40))
def test_after_any_presses_in_any_order_the_last_press_on_each_question_counts(ben, presses):
    ben.start()
    for item, choice in presses:
        assert ben.client.post(f"{ben.place}/{item}", data={"choice": choice}).status_code == 303
    expected = dict(presses)
    for item in ITEMS:
        marked = [button["value"] for button in ben.at(item).page.all("button", aria_current="true")]
        assert marked == ([str(expected[item])] if item in expected else [])


def test_what_the_browser_says_beside_the_choice_is_not_trusted(ben, database):
    ben.start()
    extra = {"choice": "2", "took_ms": "1", "attempt_id": "999", "item": THIRD, "score": "99", "now_ms": "0"}
    ben.client.post(f"{ben.place}/{FIRST}", data=extra)
    assert list(kept(ben, database)) == [FIRST]


def test_another_persons_attempt_stays_out_of_reach(ana, ben, mallory, database):
    ana.start().choose(1)
    ben.start().choose(5)
    for step in ("", FIRST, "result", "result.json", "finish", "delete"):
        assert mallory.client.get(f"{ana.place[:-1]}x/{step}".rstrip("/")).status_code == 404
    mallory.client.post(f"{ana.place[:-1]}x/delete")
    assert database.reader().cursor.execute("SELECT count(*) FROM answers").fetchone() == (2,)
    assert ana.at(FIRST).page.one("button", aria_current="true")["value"] == "1"


def test_a_pack_that_is_no_longer_run_is_told_as_not_found(ben, database):
    ben.start()
    with database.writing() as store:
        store.cursor.execute("UPDATE attempts SET pack = 'other'")
    for step in ("", FIRST, "finish", "result", "result.json"):
        assert ben.client.get(f"{ben.place}/{step}".rstrip("/")).status_code == 404


def test_answers_to_questions_that_a_new_version_dropped_disturb_nothing(ben, database):
    ben.start().answer_all(but=10)
    with database.writing() as store:
        store.cursor.execute("INSERT INTO answers SELECT id, 'dropped', 5, 1000, 1000 FROM attempts")
    assert ben.at("").page.main["data-step"] == "question"
    assert ben.at("finish").status_code == 200
    assert "22 of 32" in ben.page.main.text
    assert ben.client.post(f"{ben.place}/finish").location == f"{ben.place}/result"
    assert ben.at("result").status_code == 200
    assert ben.data()["answered"] == 22
    assert "dropped" in [answer["item"] for answer in ben.data()["answers"]]


def test_two_choices_at_once_are_none(ben, database):
    ben.start()
    assert ben.client.post(f"{ben.place}/{FIRST}", data={"choice": ["1", "5"]}).status_code == 422
    assert kept(ben, database) == {}
