"""Figures that documents state of simulated people are those that the shipped packs keep, and that the code finds."""

import json

import pytest
from documents import rows, short, text

from quiz.core import simulate
from quiz.packs.loader import SHIPPED
from quiz.services import packs


def kept_of(pack: str) -> dict:
    """The simulation that a shipped pack keeps."""
    return json.loads((SHIPPED / pack / "simulated.json").read_text(encoding="utf-8"))


def test_the_figures_of_the_measurement_are_those_of_the_simulation():
    simulated = kept_of("ae-am")
    told = {cells[0]: cells[1:] for cells in rows("docs/measurement.md")}
    for length in simulated["lengths"]:
        shares = ("reliability", "accuracy", "called", "accuracy_when_called")
        if length["questions"] in (*simulate.lengths_of(packs.edition("ae-am").pack), 32):
            assert told[str(length["questions"])] == [short(length[share]) for share in shares]
    assert told["Brier score of the leading role's probability"] == [short(simulated["brier"])]
    assert told["expected calibration error (bins of .05)"] == [short(simulated["calibration_error"])]
    assert told["coverage of the 90 % interval"] == [short(simulated["coverage"])]
    assert told["attentive people flagged at all"] == [short(simulated["flagged_any"])]
    assert told["attentive people given no result"] == [short(simulated["withheld"])]
    careless = "careless people (evenly random answers)"
    assert told[f"{careless} given no result"] == [short(simulated["withheld_careless"])]
    assert told[f"{careless} named a role all the same"] == [short(simulated["called_careless"])]


SCENARIOS = {
    "acquiescence": "`--acquiescence 0.6`",
    "careless-random": "`--careless 0.1`",
    "careless-straight-line": "`--careless 0.1 --careless-kind straight-line`",
    "careless-both": "`--careless 0.1 --careless-kind both`",
    "faking": "`--faking 0.2`",
    "faking-account-executive": "`--faking 0.2 --towards account-executive`",
    "faking-account-manager": "`--faking 0.2 --towards account-manager`",
    "misspecified": "`--misspecified 0.1`",
    "early": "`--early 0.5`",
    "extreme": "`--extreme 0.2`",
    "doubtful": "weights as doubtful as τ says",
}


def test_the_figures_of_the_scenarios_are_those_of_the_simulation():
    simulated = kept_of("ae-am")
    told = {cells[0]: cells[1:] for cells in rows("docs/measurement.md")}
    shares = ("accuracy", "called", "accuracy_when_called", "brier", "calibration_error", "coverage")
    assert list(simulated["scenarios"]) == list(SCENARIOS)
    for name, scenario in simulated["scenarios"].items():
        assert told[SCENARIOS[name]] == [short(scenario[share]) for share in shares], name


OF_SEVERAL_ROLES = {
    "one in ten careless, at random": "careless-random",
    "one in ten careless, of either kind": "careless-both",
    "half finish early": "early",
    "weights that differ from person to person": "doubtful",
}


def test_the_figures_of_the_pack_with_several_roles_are_those_of_its_simulation():
    simulated = kept_of("client-facing")
    told = {cells[0]: cells[1:] for cells in rows("docs/measurement.md")}
    for length in simulated["lengths"]:
        if length["questions"] in (20, 30, 40):
            name = f"{'all' if length['questions'] == 40 else 'first'} {length['questions']} questions"
            shares = ("reliability", "accuracy", "called", "accuracy_when_called")
            assert told[name] == [short(length[share]) for share in shares]
    shares = ("accuracy", "called", "accuracy_when_called", "brier", "calibration_error", "coverage")
    assert told["attentive people"] == [short(simulated[share]) for share in shares]
    for name, scenario in OF_SEVERAL_ROLES.items():
        assert told[name] == [short(simulated["scenarios"][scenario][share]) for share in shares], name


@pytest.mark.parametrize("path", ["docs/measurement.md", "docs/decisions/0019-packs-with-more-than-two-roles.md"])
def test_how_often_a_named_role_of_several_is_right_is_told_plainly(path):
    simulated = kept_of("client-facing")
    after_20 = next(length for length in simulated["lengths"] if length["questions"] == 20)
    careless = simulated["scenarios"]["careless-random"]
    for figures in (simulated, after_20, careless):
        assert short(figures["accuracy_when_called"]) in text(path)
    assert short(simulated["accuracy_when_called"]) in text("docs/writing-a-pack.md")
    assert short(simulated["called"]) in text("docs/writing-a-pack.md")


def test_what_another_threshold_or_faking_would_do_with_several_roles_is_what_its_simulation_says():
    simulated = kept_of("client-facing")
    told = text("docs/measurement.md")
    named = [part for part in simulated["calibration"] if part["low"] >= 0.80]
    assert all(part["right"] >= part["stated"] for part in named)
    surer = named[1:]
    people = sum(part["people"] for part in surer)
    assert sum(part["people"] * part["right"] for part in surer) / people >= 0.93
    assert f"for {people / simulated['people']:.0%} of people".replace("%", " %") in told
    fakers = [found for name, found in simulated["scenarios"].items() if name.startswith("faking-")]
    for aim in ("aim_reached", "aim_otherwise"):
        least, most = (f"{pick(found[aim] for found in fakers):.0%}".replace("%", " %") for pick in (min, max))
        assert f"{least} to {most}" in told


def test_the_base_rates_of_the_flags_are_those_of_the_simulation():
    simulated = kept_of("ae-am")
    told = {cells[0]: cells[1:] for cells in rows("docs/measurement.md")}
    names = {"attentive": "attentive", "extreme": "attentive, `--extreme 0.2`"}
    names |= {"random": "careless, at random", "straight-line": "careless, straight line"}
    for length in simulated["quality"]:
        for kind, name in names.items():
            rates = length[kind]
            flagged = [rates["flags"][flag] for flag in ("straight-line", "contradictory", "constant", "random")]
            shares = [*flagged, rates["any"], rates["withheld"], rates["called"]]
            assert told[f"{name}, {length['questions']} questions"] == [short(share, 4) for share in shares]


def test_the_kept_simulation_is_what_the_code_finds():
    kept = kept_of("ae-am")
    found = simulate.report(packs.edition("ae-am").measure, kept["people"], kept["seed"], lengths=())
    for figure in ("accuracy", "called", "brier", "coverage", "withheld", "withheld_careless", "called_careless"):
        assert getattr(found, figure) == pytest.approx(kept[figure], abs=1e-4), figure
