"""Ways of answering: each changes what it is about, and nothing else about the people."""

from __future__ import annotations

import numpy as np
import pytest
from core_cast import DEFAULT, DEFAULT_MEASURE, FIVE, FIVE_MEASURE

from quiz.core.digest import digest
from quiz.core.outcome import LEANING
from quiz.core.simulate import CarelessKind, Styles, published, report, respondents, scenarios

AE, AM = DEFAULT.role_ids
PLAIN = respondents(DEFAULT, 4000, 1)


@pytest.mark.parametrize(
    "styles",
    [
        Styles(careless=0.3, careless_kind=CarelessKind.BOTH),
        Styles(faking=0.3, towards=AE),
        Styles(misspecified=0.1),
        Styles(early=0.5),
        Styles(extreme=0.2),
    ],
    ids=["careless", "faking", "misspecified", "early", "extreme"],
)
def test_a_style_changes_answers_and_not_people(styles):
    styled = respondents(DEFAULT, 4000, 1, styles)
    assert np.array_equal(styled.theta, PLAIN.theta)
    assert not np.array_equal(styled.answers, PLAIN.answers)
    honest = ~(styled.careless | styled.faking)
    if styled.careless.any() or styled.faking.any():
        assert np.array_equal(styled.answers[honest], PLAIN.answers[honest])


def test_straight_liners_give_one_option_with_a_slip_in_ten():
    answers = respondents(DEFAULT, 2000, 1, Styles(careless=1, careless_kind=CarelessKind.STRAIGHT_LINE)).answers
    most = np.array([(answers == option).sum(axis=1) for option in range(1, 6)]).max(axis=0) / 32
    assert most.mean() == pytest.approx(0.92, abs=0.01)
    assert np.bincount(answers.ravel(), minlength=6)[1:] / answers.size == pytest.approx(0.2, abs=0.03)


def test_both_kinds_of_careless_people_are_half_of_them_each():
    answers = respondents(DEFAULT, 2000, 1, Styles(careless=1, careless_kind=CarelessKind.BOTH)).answers
    most = np.array([(answers == option).sum(axis=1) for option in range(1, 6)]).max(axis=0)
    assert (most > 20).mean() == pytest.approx(0.5, abs=0.01)


def test_faking_towards_a_role_moves_every_item_that_tells_the_roles_apart_to_its_side():
    home = {dimension.id: dimension.role for dimension in DEFAULT.dimensions}
    faked = respondents(DEFAULT, 4000, 1, Styles(faking=1, towards=AM)).answers
    for item, shift in zip(DEFAULT.items, faked.mean(axis=0) - PLAIN.answers.mean(axis=0), strict=True):
        if item.kind == "statement":
            wanted = item.key if home[item.dimension] == AM else -item.key
        else:
            wanted = (home[item.b] == AM) - (home[item.a] == AM)
        assert np.sign(round(shift, 1)) == wanted


def test_who_fakes_towards_a_role_is_named_it_far_more_often():
    simulated = report(DEFAULT_MEASURE, 4000, 1, Styles(faking=0.3, towards=AE), lengths=())
    assert simulated.aim_otherwise == pytest.approx(0.3, abs=0.05)
    assert simulated.aim_reached > 0.9
    assert simulated.accuracy_when_called < 0.9


def test_a_role_that_the_pack_does_not_have_cannot_be_faked_towards():
    with pytest.raises(KeyError):
        respondents(DEFAULT, 10, 1, Styles(faking=0.1, towards="astronaut"))


def test_who_finishes_early_does_so_between_the_minimum_and_the_end():
    answered = (respondents(DEFAULT, 4000, 1, Styles(early=0.5)).answers > 0).sum(axis=1)
    early = answered < 32
    assert early.mean() == pytest.approx(0.5, abs=0.03)
    assert set(answered[early]) == set(range(14, 32))


def test_true_loadings_lie_around_the_assumed_ones():
    """Seen in how statements of one dimension's two-sided trade-offs agree with their trait, item by item."""

    def slopes(styles):
        drawn = respondents(DEFAULT, 20_000, 1, styles)
        return np.array(
            [
                abs(np.corrcoef(drawn.theta[:, DEFAULT.dimension_ids.index(item.dimension)], column)[0, 1])
                for item, column in zip(DEFAULT.items, drawn.answers.T, strict=True)
                if item.kind == "statement"
            ]
        )

    assert slopes(Styles()).std() < 0.02
    assert slopes(Styles(misspecified=0.1)).std() > 0.05


def test_people_who_use_the_scale_widely_or_narrowly_differ_in_the_spread_of_their_answers():
    spread = {sd: respondents(DEFAULT, 4000, 1, Styles(extreme=sd)).answers.std(axis=1).std() for sd in (0.0, 0.3)}
    assert spread[0.3] > 1.5 * spread[0.0]


def test_the_calibration_counts_everybody_once_and_its_error_follows_from_it():
    simulated = report(DEFAULT_MEASURE, 4000, 1, lengths=())
    assert sum(part.people for part in simulated.calibration) == 4000
    assert all(part.low <= part.stated <= part.high and 0 <= part.right <= 1 for part in simulated.calibration)
    gaps = sum(part.people * abs(part.stated - part.right) for part in simulated.calibration) / 4000
    assert gaps == pytest.approx(simulated.calibration_error)
    named = sum(part.people for part in simulated.calibration if part.low >= LEANING) / 4000
    assert named == pytest.approx(simulated.called, abs=0.01)


@pytest.mark.parametrize("kind", CarelessKind)
def test_with_one_careless_person_in_ten_most_of_them_are_withheld_and_who_is_named_is_told_right(kind):
    simulated = report(DEFAULT_MEASURE, 20_000, 1, Styles(careless=0.1, careless_kind=kind), lengths=())
    assert simulated.withheld_careless >= 0.70
    assert simulated.flagged_any <= 0.01
    assert simulated.accuracy_when_called >= 0.93


@pytest.mark.parametrize("measure", [DEFAULT_MEASURE, FIVE_MEASURE], ids=["two roles", "five roles"])
def test_what_is_kept_has_the_lengths_base_rates_and_scenarios_of_the_pack(measure):
    kept, pack = published(measure, 100, 1), measure.pack
    questions = [length["questions"] for length in kept["lengths"]]
    assert questions == sorted({*range(2, len(pack.items) + 1, 2), pack.minimum})
    assert [entry["questions"] for entry in kept["quality"]] == [pack.minimum, len(pack.items)]
    assert list(kept["scenarios"]) == [*scenarios(pack), "doubtful"]
    assert {f"faking-{role}" for role in pack.role_ids} <= set(kept["scenarios"])
    versions = {"id": pack.id, "version": pack.version, "parameters": pack.parameters.version}
    assert kept["pack"] == versions | {"digest": digest(pack)}
    assert kept["withheld_careless"] == kept["quality"][-1]["random"]["withheld"]
    assert str(kept) == str(published(measure, 100, 1))


def test_a_scenario_is_what_its_styles_give():
    kept = published(DEFAULT_MEASURE, 200, 3)["scenarios"]["early"]
    alone = report(DEFAULT_MEASURE, 200, 3, Styles(early=0.5))
    assert (kept["accuracy"], kept["called"]) == (alone.accuracy, alone.called)


def test_people_of_five_roles_can_fake_towards_any_of_them():
    for role in FIVE.role_ids:
        simulated = report(FIVE_MEASURE, 300, 1, Styles(faking=1, towards=role), lengths=())
        assert simulated.aim_reached > simulated.aim_otherwise
