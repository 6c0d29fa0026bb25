"""Groups side by side: items that work differently are found, traits that differ are no reproach to an item."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from answer_cast import answers_of, bfi, bfi_genders, bfi_pack
from core_cast import DEFAULT, FIVE, crowded

from quiz.core.calibrate.groups import LEAST_PEOPLE, NOTABLE_POINTS, LeftOut, compare

MOVED, BLURRED = 12, 4


def languages(spanish, english, **sizes: int):
    """Answers of Spanish people by one pack's figures and English ones by another's, and who is who."""
    es, en = sizes.get("es", 3000), sizes.get("en", 1500)
    answers = np.vstack([answers_of(spanish, es, 1, 0.05, whole=True), answers_of(english, en, 2, 0.05, whole=True)])
    return answers, ["es"] * es + ["en"] * en


def changed(pack, place: int, **figures: float):
    items = list(pack.items)
    items[place] = replace(items[place], **figures)
    return replace(pack, items=tuple(items))


@pytest.fixture(scope="module")
def unequal():
    english = changed(changed(FIVE, MOVED, mean=3.5), BLURRED, loading=0.1)
    return compare(FIVE, *languages(FIVE, english))


@pytest.fixture(scope="module")
def equal():
    return compare(FIVE, *languages(FIVE, FIVE))


def flagged(comparison) -> set[str]:
    return {each.item for each in comparison.differences if each.flagged}


def test_items_that_work_differently_are_found_and_no_others(unequal):
    assert flagged(unequal) == {FIVE.items[MOVED].id, FIVE.items[BLURRED].id}


def test_how_differently_is_told_with_its_error(unequal):
    by_item = {each.item: each for each in unequal.differences}
    moved, blurred = by_item[FIVE.items[MOVED].id], by_item[FIVE.items[BLURRED].id]
    assert abs(moved.mean - 0.5) < 3 * moved.mean_error
    assert moved.points == pytest.approx(0.5, abs=0.1)
    # Whole answers make loadings some 5 % smaller, in both groups.
    assert abs(blurred.loading + 0.95 * 0.47) < 3 * blurred.loading_error
    assert blurred.points == pytest.approx(0.47 * (2 / np.pi) ** 0.5, abs=0.1)


def test_where_items_are_equal_none_is_flagged_and_chance_is_just(equal):
    assert flagged(equal) == set()
    assert sum(each.chance < 0.05 for each in equal.differences) <= 3  # one of twenty is expected
    away = [each.mean / each.mean_error for each in equal.differences]
    away += [each.loading / each.loading_error for each in equal.differences]
    assert np.std(away) == pytest.approx(1, abs=0.25)


def test_traits_may_differ_without_any_item_being_called_unequal():
    answers, groups = languages(FIVE, FIVE)
    shift = np.zeros(len(FIVE.items))
    for place, item in enumerate(FIVE.items):  # half a standard deviation more opening, .4 less caring
        shift[place] = sum(_pull(item, name, by) for name, by in (("opening", 0.5), ("caring", -0.4)))
    answers[3000:] += shift
    found = compare(FIVE, answers, groups)
    assert flagged(found) == set()
    assert found.traits["en"]["opening"] == pytest.approx(0.5, abs=0.15)
    assert found.traits["en"]["caring"] == pytest.approx(-0.4, abs=0.15)
    assert found.traits["en"]["planning"] == pytest.approx(0, abs=0.15)


def _pull(item, dimension: str, by: float) -> float:
    """How many points people with `by` more of a dimension answer higher."""
    if item.kind == "statement":
        return item.key * item.sd * item.loading * by if item.dimension == dimension else 0.0
    sign = (item.b == dimension) - (item.a == dimension)
    scale = (2 - 2 * 0.25) ** 0.5
    return sign * item.sd * item.loading / scale * by


def test_the_largest_group_is_the_reference_and_small_ones_are_left_out():
    answers = answers_of(FIVE, 900, seed=5)
    groups = ["en"] * 250 + ["es"] * 600 + ["fr"] * 30 + ["eu"] + [""] * 19
    found = compare(FIVE, answers, groups)
    assert (found.reference, dict(found.people)) == ("es", {"es": 600, "en": 250})
    assert found.left_out == LeftOut(groups=2, people=31)
    assert {each.group for each in found.differences} == {"en"}


def test_one_group_cannot_be_compared():
    with pytest.raises(ValueError, match=f"two groups of {LEAST_PEOPLE} people or more are needed; 'es' has 300"):
        compare(FIVE, answers_of(FIVE, 300, seed=5), ["es"] * 300)


def test_a_sure_difference_of_little_size_is_not_flagged():
    found = compare(FIVE, *languages(FIVE, changed(FIVE, MOVED, mean=3.15), es=6000, en=6000))
    [each] = [each for each in found.differences if each.item == FIVE.items[MOVED].id]
    assert each.chance < 0.001
    assert each.points < NOTABLE_POINTS
    assert not each.flagged


def test_of_real_people_as_anxious_women_say_sooner_that_they_panic():
    """Of psych's bfi: N5, "panic easily", stands out of its trait; few others do, and by little."""
    found = compare(bfi_pack(0.3), bfi(), bfi_genders())
    clearest = max(found.differences, key=lambda each: each.points)
    assert (found.reference, clearest.item, clearest.flagged) == ("woman", "N5", True)
    assert -0.8 < clearest.mean < -0.4  # of six points
    assert found.traits["man"]["A"] < -0.2  # women are the more agreeable, and no item is blamed for it
    assert len(flagged(found)) <= 5


def test_where_dimensions_are_the_same_thing_equal_items_are_not_called_unequal():
    """At the edge the curvature is no guide. Taken at its word it flagged 29 items, with errors of billions."""
    answers = np.vstack([answers_of(crowded(), 500, 2, whole=True), answers_of(crowded(), 300, 12, whole=True)])
    found = compare(DEFAULT, answers, ["es"] * 500 + ["en"] * 300)
    assert flagged(found) == set()
    errors = [error for each in found.differences for error in (each.mean_error, each.loading_error)]
    assert 0.05 < min(errors) < max(errors) < 0.2
    away = [each.mean / each.mean_error for each in found.differences]
    away += [each.loading / each.loading_error for each in found.differences]
    assert np.std(away) == pytest.approx(1, abs=0.25)
