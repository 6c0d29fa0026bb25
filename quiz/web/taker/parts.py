"""The parts of a result that a person's answers pick. Each is rendered once for all who have the same figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from quiz.core.explain import band
from quiz.core.outcome import Estimate
from quiz.present import chart
from quiz.present.numbers import decimal
from quiz.services.library import Edition
from quiz.web import page

KEPT = 8192
"""Parts that are kept rendered for each pack and language: all usual ones, and a few megabytes at most."""

Figures = Mapping[str, float]


class Parts:
    """The parts for one pack and language."""

    def __init__(self, edition: Edition, language: str) -> None:
        self.pack = edition.pack
        self.language = language
        self.texts = edition.content.texts[language]
        self.part = lru_cache(KEPT)(self._render)
        self.weights = {role.id: role.weights for role in edition.pack.roles}

    def fits(self, fits: Mapping[str, Figures]) -> Markup:
        """Every role's fit."""
        return _join([self.part("fit", role=role, range=_whole(figures)) for role, figures in fits.items()])

    def balance(self, contrast: Figures) -> Markup:
        """The difference between the two roles as a range between their names."""
        mean, reach = 100 * contrast["mean"], 164.49 * contrast["sd"]
        return self.part("balance", difference=(round(mean), round(mean - reach), round(mean + reach)))

    def profile(self, traits: Mapping[str, Figures]) -> Markup:
        """Every dimension, under the role that it mainly belongs to."""
        rows = {role: [self.part("group", role=role)] for role in self.pack.role_ids}
        for dimension in self.pack.dimensions:
            figures = traits[dimension.id]
            level = band(Estimate(figures["score"], figures["se"]))
            rows[dimension.role].append(
                self.part("trait", dimension=dimension.id, role=dimension.role, level=level, range=_whole(figures))
            )
        return _join([row for group in rows.values() for row in group])

    def strongest(self, found: Mapping[str, Any]) -> Markup:
        """The answers that weighed most, each with the role that it speaks for."""
        return _join(
            self.part(
                "reason",
                item=item,
                choice=found["choices"][item],
                towards=self.towards(found["contrast"], found["contributions"][item]),
                value=decimal(abs(found["contributions"][item]), self.language),
            )
            for item in found["strongest"]
        )

    def contributions(self, choices: Mapping[str, int], rounded: Mapping[str, float]) -> Markup:
        """A row for every answer, with what it added to one role or the other."""
        return _join(
            self.part(
                "contribution",
                item=item,
                choice=choices[item],
                sign=(value > 0) - (value < 0),
                value=decimal(abs(value), self.language),
            )
            for item, value in rounded.items()
        )

    def advice(self, dimensions: Iterable[str], what: str) -> Markup:
        """Strengths (`what` is "strength") or what to work on ("advice")."""
        return _join(self.part("advice", dimension=dimension, what=what) for dimension in dimensions)

    def signs(self, signs: Iterable[str]) -> Markup:
        """Why no role is named, or what was noticed about the way of answering."""
        return _join(self.part("sign", sign=sign) for sign in signs)

    def turning(self, found: Mapping[str, Any]) -> Markup:
        """What would change the outcome."""
        changes = tuple((change["item"], change["answer"], change["new"]) for change in found["changes"])
        return self.part("turning", kind=found["kind"], role=found["role"], changes=changes)

    @staticmethod
    def towards(contrast: Mapping[str, str], value: float) -> str:
        """The role that a contribution speaks for."""
        return contrast["first"] if value > 0 else contrast["second"]

    def label(self, item: str, choice: int) -> str:
        """The words of an answer."""
        options = self.texts.options
        kind = self.pack.items[self.pack.position[item]].kind
        return (options.statement if kind == "statement" else options.trade_off)[choice - 1]

    def _render(self, name: str, **values: Any) -> Markup:  # noqa: ANN401
        shared = {"t": self.texts, "pack": self.pack, "weights": self.weights, "label": self.label}
        drawn = {"strip": chart.strip, "balance": chart.balance, "thickness": chart.thickness}
        return page.render(f"taker/parts/{name}.html", self.language, shared | drawn | values)


@lru_cache
def parts_of(edition: Edition, language: str) -> Parts:
    """The parts of a pack in a language, the same object for every request."""
    return Parts(edition, language)


def _join(parts: Iterable[Markup]) -> Markup:
    return Markup("".join(parts))  # of rendered parts only, so nothing is left to escape


def _whole(figures: Figures) -> tuple[int, int, int]:
    """An estimate and its interval in whole points."""
    return round(figures["points"]), round(figures["low"]), round(figures["high"])
