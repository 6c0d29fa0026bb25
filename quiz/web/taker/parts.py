"""The parts of a result that a person's answers pick. Each is rendered once for all who have the same figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from flask import has_request_context
from flask_babel import format_decimal

from quiz.core.explain import band
from quiz.core.outcome import Kind
from quiz.present import chart, lengths
from quiz.present.certainty import certainty
from quiz.present.numbers import decimal
from quiz.services import results
from quiz.services.document import Contrast, Figures, Result, Turning
from quiz.services.library import Edition
from quiz.web import page
from quiz.web.shell import Piece

KEPT = 4096
"""Parts that are kept rendered for each pack and language: all usual ones, and a few megabytes at most."""
HUES = 5
"""Colours that roles have; with more roles they begin again."""
MADE_OF = {
    "fit": ("role",),
    "range": ("thick", "range"),
    "standing": ("role", "range", "best", "leader", "ahead"),
    "nearest": ("named", "first", "second", "low", "high"),
    "path": ("role", "framed"),
    "ahead": ("answered",),
    "balance": ("difference",),
    "certainty": ("role", "low", "high"),
    "group": ("role",),
    "trait": ("dimension", "role", "level"),
    "reason": ("item", "choice", "towards", "value"),
    "contribution": ("item", "choice", "sign", "value"),
    "advice": ("dimension", "what"),
    "sign": ("sign",),
    "turning": ("kind", "role", "changes"),
}
"""What the template of each part is given, in the order in which `Parts.part` takes it. Nothing is named where a part
is asked for: then it is found in half the time, and a result has fifty."""
_STEP = 5  # hundredths to which the balance is drawn: finer steps nobody would see, and few people would share


class NotReady(LookupError):
    """A part that has not been rendered yet is wanted where only Flask could render it."""


class Parts:
    """The parts for one pack and language."""

    def __init__(self, edition: Edition, language: str) -> None:
        self.edition = edition
        self.pack = edition.pack
        self.language = language
        self.texts = edition.content.texts[language]
        self.part = lru_cache(KEPT)(self._render)
        self.weights = {role.id: role.weights for role in edition.pack.roles}
        self.thickness = {
            dimension.id: chart.thickness(self.weights[dimension.role].get(dimension.id, 0))
            for dimension in edition.pack.dimensions
        }

    def fits(self, fits: Mapping[str, Figures]) -> list[Piece]:
        """Every role's fit."""
        rows: list[Piece] = []
        for role, figures in fits.items():
            rows += (self.part("fit", role), self.part("range", chart.THICK, _whole(figures)))
        return rows

    def standing(self, found: Result) -> list[Piece]:
        """Of more than two roles: every role's fit, how likely it is the best, and how surely the first is better.

        The likeliest first, then those that it is least sure to beat.
        """
        leader = found["contrast"]["first"]
        return [
            self.part(
                "standing",
                role,
                _whole(found["fits"][role]),
                certainty(results.chance_of_best(found, role)),
                leader,
                None if role == leader else certainty(found["pairs"][leader][role]),
            )
            for role in in_order(found)
        ]

    def nearest(self, found: Result) -> list[Piece]:
        """Of more than two roles: which two lead, and how surely the first of them is better."""
        first, second = found["contrast"]["first"], found["contrast"]["second"]
        low, high = certainty(found["pairs"][first][second])
        named = found["outcome"]["role"] is not None
        return [self.part("nearest", named, first, second, low, high)]

    def paths(self, roles: Iterable[str], *, framed: bool) -> list[Piece]:
        """The career path of each role, to be opened; in a frame its links open beside it."""
        return [self.part("path", role, framed) for role in roles]

    def ahead(self, answered: int) -> list[Piece]:
        """What more questions would buy; nothing for a pack without a simulation."""
        return [self.part("ahead", answered)]

    def balance(self, contrast: Contrast) -> list[Piece]:
        """The difference between the two roles as a range between their names."""
        places = (contrast["mean"], contrast["low"], contrast["high"])
        drawn = tuple(_STEP * round(100 * place / _STEP) for place in places)
        return [self.part("balance", drawn)]

    def certainty(self, found: Result) -> list[Piece]:
        """How likely the leading role is the better fit, or of several the best: a range; nothing without a result.

        Of several roles it is the same figure as in `standing`, and never above that of `nearest`.
        """
        outcome = found["outcome"]
        if outcome["kind"] == Kind.NONE:
            return []
        low, high = certainty(outcome["probability"])
        return [self.part("certainty", outcome["role"], low, high)]

    def profile(self, traits: Mapping[str, Figures]) -> list[Piece]:
        """Every dimension, under the role that it mainly belongs to."""
        rows = {role: [self.part("group", role)] for role in self.pack.role_ids}
        for dimension in self.pack.dimensions:
            if dimension.id not in traits:  # the result is from before the pack had it
                continue
            figures = traits[dimension.id]
            rows[dimension.role] += (
                self.part("trait", dimension.id, dimension.role, band(figures["points"])),
                self.part("range", self.thickness[dimension.id], _whole(figures)),
            )
        return [row for group in rows.values() for row in group]

    def strongest(self, found: Result) -> list[Piece]:
        """The answers that weighed most, each with the role that it speaks for."""
        return [
            self.part(
                "reason",
                item,
                found["choices"][item],
                self.towards(found["contrast"], found["contributions"][item]),
                decimal(abs(found["contributions"][item]), self.language),
            )
            for item in found["strongest"]
        ]

    def contributions(self, choices: Mapping[str, int], rounded: Mapping[str, float]) -> list[Piece]:
        """A row for every answer, with what it added to one role or the other.

        Answers to items that the pack no longer has share a row.
        """
        return [
            self.part(
                "contribution",
                item,
                choices.get(item),
                (value > 0) - (value < 0),
                decimal(abs(value), self.language),
            )
            for item, value in rounded.items()
            if item in self.pack.position or value
        ]

    def advice(self, dimensions: Iterable[str], what: str) -> list[Piece]:
        """Strengths (`what` is "strength") or what to work on ("advice")."""
        return [self.part("advice", dimension, what) for dimension in dimensions]

    def signs(self, signs: Iterable[str]) -> list[Piece]:
        """Why no role is named, or what was noticed about the way of answering."""
        return [self.part("sign", sign) for sign in signs]

    def turning(self, found: Turning) -> list[Piece]:
        """What would change the outcome."""
        changes = tuple((change["item"], change["answer"], change["new"]) for change in found["changes"])
        return [self.part("turning", found["kind"], found["role"], changes)]

    def hue(self, role: str) -> str:
        """The class that gives a role its colour and shape."""
        return f"role-{self.pack.role_ids.index(role) % HUES + 1}"

    @staticmethod
    def towards(contrast: Contrast, value: float) -> str:
        """The role that a contribution speaks for."""
        return contrast["first"] if value > 0 else contrast["second"]

    def label(self, item: str, choice: int) -> str:
        """The words of an answer."""
        options = self.texts.options
        kind = self.pack.items[self.pack.position[item]].kind
        return (options.statement if kind == "statement" else options.trade_off)[choice - 1]

    def _render(self, name: str, *given: object) -> Piece:
        if not has_request_context():
            raise NotReady(name)
        values: dict[str, Any] = dict(zip(MADE_OF[name], given, strict=True))
        shared = {"t": self.texts, "pack": self.pack, "weights": self.weights, "label": self.label, "hue": self.hue}
        if "answered" in values:
            shared |= ahead_of(self.edition, values["answered"])
        drawn = {"strip": chart.strip, "balance": chart.balance}
        return Piece(page.render(f"taker/parts/{name}.html", self.language, shared | drawn | values))


def in_order(found: Result) -> list[str]:
    """The roles of a result: of two, the one that is named first; of more, the likeliest first, as far as one leads.

    The others follow by how sure the first is to beat them, the hardest before the rest.
    """
    outcome, best = found["outcome"], found["best"]
    leader, next_one = outcome["leader"], outcome["runner_up"]
    if leader is None or next_one is None or (len(best) == 2 and outcome["role"] is None):
        return list(best)
    if len(best) == 2:
        return [leader, next_one]
    return [leader, *sorted((role for role in best if role != leader), key=found["pairs"][leader].__getitem__)]


def ahead_of(edition: Edition, answered: int) -> dict[str, Any]:
    """What a template needs to say what more questions would buy."""
    pack, simulated = edition.pack, edition.simulated
    found = lengths.steps(simulated, pack.minimum, len(pack.items), answered)
    return {"lengths": found, "simulated_people": format_decimal(simulated["people"]) if found else ""}


@lru_cache
def parts_of(edition: Edition, language: str) -> Parts:
    """The parts of a pack in a language, the same object for every request."""
    return Parts(edition, language)


def _whole(figures: Figures) -> tuple[int, int, int]:
    """An estimate and its interval in whole points."""
    return round(figures["points"]), round(figures["low"]), round(figures["high"])
