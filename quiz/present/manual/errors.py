"""Standard errors, fit, warnings and comparison of groups, as `flask pack calibrate` left them beside the pack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LANGUAGE = "language"
"""The column of a table of answers that says in which language a person answered (docs/exports.md)."""


@dataclass(frozen=True, slots=True)
class Errors:
    """What a calibration found (docs/estimating.md has its form); empty where experts set the parameters."""

    calibrated: Mapping[str, Any]

    def __bool__(self) -> bool:
        return bool(self.calibrated)

    def of(self, item: str, figure: str) -> float | None:
        """The standard error of an item's figure ("loading", "mean", "sd"); None where none is known."""
        return self._error(self.calibrated.get("items", {}).get(item, {}).get(figure))

    @property
    def acquiescence(self) -> float | None:
        """That of the spread of yes-saying."""
        return self._error(self.calibrated.get("acquiescence_sd"))

    @property
    def correlations(self) -> tuple[float, ...]:
        """Those of the correlations that have one."""
        found = (self._error(each) for each in self.calibrated.get("correlations", ()))
        return tuple(error for error in found if error is not None)

    @property
    def fit(self) -> Mapping[str, Any]:
        """How the model fits the answers; empty where it is not stored."""
        fit: Mapping[str, Any] = self.calibrated.get("fit", {})
        return fit

    @property
    def warnings(self) -> Sequence[str]:
        """What the calibration says to beware of, in its own words, which are English."""
        warnings: Sequence[str] = self.calibrated.get("warnings", ())
        return warnings

    @property
    def groups(self) -> Mapping[str, Any]:
        """The groups whose answers were compared; empty where none were."""
        groups: Mapping[str, Any] = self.calibrated.get("groups", {})
        return groups

    @property
    def languages(self) -> Mapping[str, Any]:
        """The languages, where it was they that were compared; empty else."""
        return self.groups if self.groups.get("column") == LANGUAGE else {}

    @property
    def kinds(self) -> Mapping[str, Any]:
        """The groups of people, where others than languages were compared; empty else."""
        return {} if self.languages else self.groups

    @property
    def unequal(self) -> Sequence[Mapping[str, Any]]:
        """The items that do not work alike in the groups."""
        return [each for each in self.groups.get("differences", ()) if each["flagged"]]

    @property
    def differing(self) -> int:
        """How many items do not work alike in one group or more."""
        return len({each["item"] for each in self.unequal})

    @staticmethod
    def _error(figure: Mapping[str, Any] | None) -> float | None:
        error: float | None = (figure or {}).get("error")
        return error
