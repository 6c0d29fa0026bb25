"""The parts of a result that a person's answers pick: each a small shell, shared by all who have the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

from quiz.core.explain import band
from quiz.core.outcome import Estimate
from quiz.present import chart
from quiz.present.numbers import decimal
from quiz.services.library import Edition
from quiz.web import page


class Parts:
    """Makes the parts for one pack and language."""

    def __init__(self, edition: Edition, language: str) -> None:
        self.edition = edition
        self.language = language
        self.texts = edition.content.texts[language]

    @staticmethod
    def join(parts: Iterable[Markup]) -> Markup:
        """Parts, one after the other."""
        return Markup("").join(parts)

    def strip(self, kind: str, drawn: chart.Range) -> Markup:
        """A range on a strip; `kind` is its class in the style sheet."""
        shell = page.shell("charts/range.svg", kind, lambda: {"kind": kind})
        return shell.fill({"x": drawn.x, "x_low": drawn.x_low, "width": drawn.width})

    def fit(self, role: str, estimate: Mapping[str, float]) -> Markup:
        """A role's fit: name, range drawn, range in figures."""
        return self._range_row("fit", role, self.texts.roles[role].name, estimate)

    def profile(self, traits: Mapping[str, Mapping[str, float]]) -> Markup:
        """Every dimension, under the role that it mainly belongs to."""
        return self.join(
            self._trait_group(
                role,
                [dimension for dimension in self.edition.pack.dimensions if dimension.role == role],
                traits,
            )
            for role in self.edition.pack.role_ids
        )

    def reason(self, item: str, choice: int, value: float, contrast: Mapping[str, Any]) -> Markup:
        """One of the answers that weighed most."""
        towards = contrast["first"] if value > 0 else contrast["second"]
        shell = self._part(
            "reason", (item, choice, towards), lambda: self._asked(item, choice) | {"towards": towards}
        )
        return shell.fill({"value": decimal(abs(value), self.language)})

    def contribution(self, item: str, choice: int, value: float) -> Markup:
        """A row of the table in which every answer's contribution stands."""
        shell = self._part("contribution", (item, choice), lambda: self._asked(item, choice))
        return shell.fill(
            {
                "towards_first": decimal(value, self.language) if value > 0 else "",
                "towards_second": decimal(-value, self.language) if value < 0 else "",
            }
        )

    def advice(self, dimension: str, what: str) -> Markup:
        """A strength (`what` is "strength") or something to work on ("advice")."""
        return self._part("advice", (dimension, what), lambda: {"dimension": dimension, "what": what}).fill(
            {}
        )

    def turning(self, turning: Mapping[str, Any]) -> Markup:
        """What would change the outcome."""
        changes = self.join(
            self._part(
                "change",
                (change["item"], change["answer"], change["new"]),
                lambda change=change: (
                    self._asked(change["item"], change["answer"])
                    | {"new": self._label(change["item"], change["new"])}
                ),
            ).fill({})
            for change in turning["changes"]
        )
        key = (turning["kind"], turning["role"], len(turning["changes"]))
        shell = self._part("turning", key, lambda: {"kind": key[0], "role": key[1], "count": key[2]})
        return shell.fill({"changes": changes})

    def why_withheld(self, reason: str) -> Markup:
        """A reason for which no role is named, or a sign that was noticed."""
        return self._part("sign", reason, lambda: {"sign": reason}).fill({})

    def _trait_group(
        self, role: str, dimensions: list[Any], traits: Mapping[str, Mapping[str, float]]
    ) -> Markup:
        rows = self.join(self._trait(dimension.id, role, traits[dimension.id]) for dimension in dimensions)
        return self._part("group", role, lambda: {"role": role}).fill({"rows": rows})

    def _trait(self, dimension: str, role: str, estimate: Mapping[str, float]) -> Markup:
        level = band(Estimate(estimate["score"], estimate["se"]))
        weights = {each.id: each.weights.get(dimension, 0) for each in self.edition.pack.roles}
        drawn = chart.estimate_range(estimate)
        shell = self._part(
            "trait",
            (dimension, level),
            lambda: {"dimension": dimension, "level": level, "role": role, "weight": weights[role]},
        )
        return shell.fill(_said(drawn) | {"strip": self.strip("trait", drawn)})

    def _range_row(self, kind: str, key: str, name: str, estimate: Mapping[str, float]) -> Markup:
        drawn = chart.estimate_range(estimate)
        shell = self._part(kind, key, lambda: {"name": name, "role": key})
        return shell.fill(_said(drawn) | {"strip": self.strip(kind, drawn)})

    def _asked(self, item: str, choice: int) -> dict[str, Any]:
        return {
            "item": self.edition.pack.items[self.edition.pack.position[item]],
            "words": self.texts.items[item],
            "label": self._label(item, choice),
        }

    def _label(self, item: str, choice: int) -> str:
        kind = self.edition.pack.items[self.edition.pack.position[item]].kind
        options = self.texts.options
        return (options.statement if kind == "statement" else options.trade_off)[choice - 1]

    def _part(self, name: str, key: Any, values: Any) -> Any:  # noqa: ANN401
        shared = {"t": self.texts, "pack": self.edition.pack}
        return page.shell(f"taker/parts/{name}.html", (self.edition.pack.id, key), lambda: shared | values())


def _said(drawn: chart.Range) -> dict[str, object]:
    return {"points": drawn.points, "low": drawn.low, "high": drawn.high}
