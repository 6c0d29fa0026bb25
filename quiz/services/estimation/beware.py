"""What the reader of estimated figures should beware of, in words."""

from __future__ import annotations

from collections.abc import Sequence

from quiz.core.calibrate import ADVISED, CROWDED, Calibration
from quiz.core.calibrate.groups import LEAST_PEOPLE, Comparison
from quiz.packs.problem import counted

LARGEST_SRMR = 0.08
LARGEST_RMSEA = 0.06
"""Up to these a model counts as fitting well (Hu and Bentler 1999, "Cutoff criteria for fit indexes")."""
SMALLEST_LOADING = 0.01
"""A loading that is not surely below 0 is written as this: the item then says next to nothing."""

LARGEST_RANDOM = 0.03
"""The largest share of people whose answers may look random. Of attentive people whom the model describes .0002 do, of
those who use the scale very widely .027; of a table in which 3 in 100 do answer at random .021, of 5 in 100 .040
(docs/decisions/0018)."""


def warnings(calibration: Calibration, comparison: Comparison | None, random: float) -> Sequence[str]:
    """What the reader of the figures should beware of; `random` is the share of people whose answers look random."""
    found, fit = [], calibration.fit
    if calibration.people < ADVISED:
        found.append(f"{calibration.people} people are few: {ADVISED} or more are advised, in each language")
    if random > LARGEST_RANDOM:
        lowered = "if these did not read, loadings and reliabilities are too low"
        advice = "`flask pack score` with the new pack tells who: estimate again without them, and compare"
        usual = f"of attentive people hardly ever more than {LARGEST_RANDOM:.0%} do"
        found.append(f"the answers of {random:.1%} of the people look random; {usual}; {lowered}; {advice}")
    for edge in calibration.edges:
        verb, they = ("are", "they are") if edge == CROWDED else ("is", "it is")
        found.append(f"{edge} {verb} at the edge of what is possible; how sure {they} cannot be said")
    for item, loading in zip(calibration.pack.item_ids, calibration.figures.loading, strict=True):
        if loading < SMALLEST_LOADING:
            found.append(
                f"'{item}' tells nothing of its dimension (loading {loading:.2f}, written as {SMALLEST_LOADING})"
            )
    if fit.rmsea > LARGEST_RMSEA or fit.srmr > LARGEST_SRMR:
        advised = f"up to {LARGEST_RMSEA} and {LARGEST_SRMR} is a good fit"
        poorly = f"RMSEA {fit.rmsea:.3f} and SRMR {fit.srmr:.3f}; {advised}"
        found.append(f"the pack's structure fits the answers poorly: {poorly}")
    unequal = [each for each in comparison.differences if each.flagged] if comparison else []
    found += [f"'{each.item}' works differently in the group '{each.group}'" for each in unequal]
    if comparison and comparison.left_out.groups:
        groups, people = counted(comparison.left_out.groups, "group"), comparison.left_out.people
        found.append(f"the comparison leaves out {groups} of fewer than {LEAST_PEOPLE} people, {people} in all")
    return found
