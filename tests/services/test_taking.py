"""Taking the quiz, below the pages: next questions, results as a pure function, tokens that are never kept."""

import pytest
from cast import ITEMS, MINIMUM, content, persona
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.services import results, take
from quiz.services.library import open_library
from quiz.services.tokens import new_token, token_hash
from quiz.store.attempts import Answer

NOW = 1_000_000
EDITION = open_library("ae-am").main
PACK = content().pack


@pytest.fixture
def token(database):
    return take.start(database, PACK, "en", NOW)


def answer(database, token, item, choice, now=NOW):
    return take.answer(database, EDITION, take.find(database, token), item, choice, now)


def test_an_attempt_is_found_by_its_token_and_by_no_other(database, token):
    assert take.find(database, token).language == "en"
    with pytest.raises(take.Unknown):
        take.find(database, token[:-1])


def test_a_deleted_attempt_is_told_from_one_that_never_was(database, token):
    take.delete(database, token, NOW)
    for look in (take.find, take.find_result, lambda database, token: take.find_step(database, token, ITEMS[0])):
        with pytest.raises(take.Gone):
            look(database, token)
        with pytest.raises(take.Unknown):
            look(database, "never")


def test_an_answer_that_comes_while_the_attempt_is_deleted_is_told_so(database, token):
    attempt = take.find(database, token)
    take.delete(database, token, NOW)
    with pytest.raises(take.Gone):
        take.answer(database, EDITION, attempt, ITEMS[0], 3, NOW)


def test_whoever_still_holds_a_deleted_attempt_never_reaches_the_next_persons(database, token):
    deleted = take.find(database, token)
    take.delete(database, token, NOW)
    other = take.start(database, EDITION.pack, "es", NOW)
    with pytest.raises(take.Gone):
        take.answer(database, EDITION, deleted, ITEMS[0], 3, NOW)
    take.speak(database, deleted, "en")
    assert take.answered(database, take.find(database, other)) == set()
    assert take.find(database, other).language == "es"


def test_finishing_before_the_minimum_is_too_early(database, token):
    for item in ITEMS[: MINIMUM - 1]:
        answer(database, token, item, 3)
    with pytest.raises(take.TooEarly):
        take.finish(database, EDITION, take.find(database, token), NOW)
    assert take.find(database, token).finished_ms is None
    answer(database, token, ITEMS[MINIMUM - 1], 3)
    take.finish(database, EDITION, take.find(database, token), NOW)
    assert take.find(database, token).finished_ms == NOW


def test_the_last_answer_finishes_and_returns_no_further_question(database, token):
    following = [answer(database, token, item, 3) for item in ITEMS]
    assert following == [*ITEMS[1:], None]
    assert take.find_result(database, token)[1]["answered"] == len(ITEMS)


@pytest.mark.parametrize(
    ("answered", "after", "following"),
    [
        ((), None, 0),
        ((), 0, 1),
        ((1, 2), 0, 3),
        ((0, 1, 2), None, 3),
        (range(5, 32), 31, 0),
        (range(1, 32), 31, 0),
        (range(32), 31, None),
        ((31,), 30, 0),
    ],
)
def test_the_next_question_is_the_next_unanswered_one_and_else_the_first(answered, after, following):
    given_ids = {ITEMS[place] for place in answered}
    found = take.next_item(PACK, given_ids, None if after is None else ITEMS[after])
    assert found == (None if following is None else ITEMS[following])


@given(answers=st.dictionaries(st.sampled_from(ITEMS), st.integers(1, 5), min_size=1), data=st.data())
@settings(max_examples=30, deadline=None, derandomize=True)
def test_a_result_depends_on_answers_and_times_alone_and_not_on_their_order(answers, data):
    kept = {item: Answer(choice, 5000, NOW) for item, choice in answers.items()}
    shuffled = dict(data.draw(st.permutations(list(kept.items()))))
    result = results.make(EDITION, kept)
    assert results.make(EDITION, shuffled) == result
    assert results.load(results.dump(result)) == result


def test_answers_to_unknown_items_are_left_out_of_the_result():
    kept = {item: Answer(choice, 5000, NOW) for item, choice in persona("clear-hunter").answers.items()}
    assert results.make(EDITION, kept | {"dropped": Answer(1, 5000, NOW)}) == results.make(EDITION, kept)


@given(st.dictionaries(st.sampled_from(ITEMS), st.integers(1, 5)))
def test_an_answer_that_weighs_nothing_adds_a_zero_without_a_minus(choices):
    result = results.make(EDITION, {item: Answer(choice, 5000, NOW) for item, choice in choices.items()})
    added = result["contributions"].values()
    assert "-0.0," not in results.dump(result)
    assert sum(added) == pytest.approx(result["contrast"]["mean"], abs=1e-12)


def test_tokens_differ_and_only_their_hash_has_a_fixed_form():
    tokens = {new_token() for _ in range(500)}
    assert len(tokens) == 500
    assert {len(token_hash(token)) for token in tokens} == {32}


@given(st.text())
def test_any_text_can_be_looked_for_as_a_token(text):
    assert len(token_hash(text)) == 32


def test_the_language_of_an_attempt_can_be_changed_at_any_time(database, token):
    take.speak(database, take.find(database, token), "es")
    assert take.find(database, token).language == "es"
