"""Other people's questionnaires become packs: estimated on half of the people, they score the other half.

The bfi has 25 statements and answers from 1 to 6; a pack has five options, so 3 and 4, "slightly inaccurate" and
"slightly accurate", are taken together as the middle. No package ships published answers to 50 statements, so the
questionnaire of 50 is simulated, with figures unlike those that experts would set.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import questionnaire
from answer_cast import BFI, BFI_KEYS, answers_of, as_csv, bfi, with_other_figures

from quiz.core.measure import Measure
from quiz.core.reliability import contrast_reliability
from quiz.packs import loader
from quiz.services import estimation, packs
from quiz.services.estimation import writing
from quiz.services.library import Edition, open_library

FIVE_POINTS = np.array([np.nan, 1, 2, 3, 3, 4, 5])
"""The bfi's six options on five points."""
ON = questionnaire.date(2026, 11, 20)
FIFTY = tuple(
    (f"{letter.lower()}{number}", letter, 1 if number % 4 in (1, 2) else -1)
    for number in range(1, 11)
    for letter in "ACENO"
)


def estimated(folder: Path, written: Path, people: np.ndarray) -> tuple[Edition, Edition]:
    """The pack as experts assume it, and a new version from these people, both as the commands would load them."""
    before = packs.edition(str(written))
    collected = estimation.collect(before, as_csv(before.pack, people).splitlines(keepends=True))
    found = estimation.estimate(before, collected, ON)
    writing.write(before, found, folder / "calibrated")
    return before, packs.edition(str(folder / "calibrated"))


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    """The bfi as a pack, before and after, and the half that it was not estimated on."""
    folder = tmp_path_factory.mktemp("bfi")
    statements = [(item.lower(), item[0], key) for item, key in zip(BFI, BFI_KEYS, strict=True)]
    answers = FIVE_POINTS[np.nan_to_num(bfi()).astype(int)]
    return *estimated(folder, questionnaire.write(folder, "bfi", statements), answers[::2]), answers[1::2]


@pytest.fixture(scope="module")
def fifty(tmp_path_factory):
    """Fifty statements, five dimensions: as a pack before and after, and the other half of 4,000 people."""
    folder = tmp_path_factory.mktemp("fifty")
    written = questionnaire.write(folder, "fifty", FIFTY)
    answers = answers_of(with_other_figures(loader.load(written).pack, 5), 4000, 6, missing=0.03, whole=True)
    return *estimated(folder, written, answers[:2000]), answers[2000:]


def loglik(edition: Edition, answers: np.ndarray) -> float:
    """How likely the edition's figures make complete answers, per person."""
    measure = edition.measure
    z = (answers - measure.centre) * measure.scale
    s = np.linalg.inv(measure.pattern(edition.pack.item_ids).precision)
    quadratic = np.einsum("ri,ij,rj->r", z, np.linalg.inv(s), z)
    log_sd = np.log(np.abs(1 / measure.scale)).sum()
    return float(np.mean(-0.5 * (quadratic + np.linalg.slogdet(s)[1] + len(s) * np.log(2 * np.pi)) - log_sd))


def halves(measure: Measure, answers: np.ndarray) -> float:
    """How the contrast from every other item correlates with that from the rest, stepped up to the whole form."""
    whole = np.nan_to_num(answers).astype(np.int8)
    one, other = whole.copy(), whole.copy()
    one[:, ::2], other[:, 1::2] = 0, 0
    correlation = np.corrcoef(measure.score_many(one).mean, measure.score_many(other).mean)[0, 1]
    return float(2 * correlation / (1 + correlation))


@pytest.mark.parametrize("name", ["real", "fifty"])
class TestTheOtherHalf:
    """What holds for people whose answers the figures were not estimated from."""

    def test_is_likelier_by_the_estimated_figures(self, request, name):
        before, after, others = request.getfixturevalue(name)
        complete = others[~np.isnan(others).any(axis=1)]
        assert loglik(after, complete) > loglik(before, complete) + 1

    def test_gets_probabilities_on_both_sides_and_sure_ones_as_well(self, request, name):
        _, after, others = request.getfixturevalue(name)
        found = after.measure.score_many(np.nan_to_num(others).astype(np.int8)).probability
        called = float(np.mean((found >= 0.8) | (found <= 0.2)))
        assert 0.4 < np.median(found) < 0.6
        assert 0.25 < called < 0.9
        assert float(np.mean(found >= 0.8)) > 0.1 < float(np.mean(found <= 0.2))

    def test_has_scores_as_the_figures_promise_them(self, request, name):
        """Means at 50, spreads as the reliability says, and halves of the form that agree as they should."""
        _, after, others = request.getfixturevalue(name)
        table = np.nan_to_num(others[~np.isnan(others).any(axis=1)]).astype(np.int8)
        found, reliability = after.measure.score_many(table), contrast_reliability(after.measure, after.pack.item_ids)
        print(f"{name}: reliability {reliability:.3f}, by halves {halves(after.measure, others):.3f}")
        assert np.abs(found.fits.mean(axis=0)).max() < 0.1
        assert found.mean.var() == pytest.approx(reliability, abs=0.1)
        assert halves(after.measure, others) == pytest.approx(reliability, abs=0.12)

    def test_is_as_reliable_as_promised_with_one_answer_in_ten_missing(self, request, name):
        _, after, others = request.getfixturevalue(name)
        gaps = np.where(np.random.default_rng(4).random(others.shape) < 0.1, np.nan, others)
        collected = estimation.collect(after, as_csv(after.pack, gaps).splitlines(keepends=True))
        found = estimation.report(after, collected).analysis
        assert found.complete < 0.1 * found.people
        [contrast] = found.contrasts
        assert contrast.observed == pytest.approx(contrast.given, abs=0.1)
        assert contrast.halves == pytest.approx(contrast.halves_model, abs=0.12)

    def test_is_told_from_how_many_and_since_when(self, request, name):
        before, after, _ = request.getfixturevalue(name)
        estimation = after.pack.parameters.estimation
        assert (before.pack.parameters.status, after.pack.parameters.status) == ("expert", "estimated")
        assert (before.pack.full_version, after.pack.full_version) == ("1.0.0+1.0.0", "1.0.0+1.1.0")
        assert estimation.on == ON
        assert estimation.people == after.calibrated["people"] > 1300

    def test_runs_beside_the_packs_of_the_house(self, request, name):
        _, after, _ = request.getfixturevalue(name)
        library = open_library("ae-am", folders=[after.content.folder])
        assert library.newest[after.pack.id].pack.full_version == "1.0.0+1.1.0"


def test_fifty_statements_are_reliable_and_twenty_five_less_so(real, fifty):
    figures = [contrast_reliability(edition.measure, edition.pack.item_ids) for edition in (real[1], fifty[1])]
    assert 0.7 < figures[0] < figures[1] < 0.95


def test_real_people_leave_the_experts_figures_behind(real):
    """What the pack assumed of everybody turns out differently by item, and in one place by much."""
    _, after, _ = real
    loadings = {item.id: item.loading for item in after.pack.items}
    assert loadings["o4"] < 0.35 < 0.7 < loadings["n1"]
    assert after.pack.parameters.correlations[0][2] > 0.55  # agreeable people are outgoing ones
    assert any("structure fits the answers poorly" in warning for warning in after.calibrated["warnings"])
