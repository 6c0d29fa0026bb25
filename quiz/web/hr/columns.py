"""The columns of an export in words: what each is called, what it holds, and what its codes mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask_babel import gettext

from quiz.core.quality import Flag
from quiz.services.exports import Columns
from quiz.services.library import Edition
from quiz.web.hr.editions import has_many_roles, role_names, words_of
from quiz.web.hr.filters import status_names
from quiz.web.i18n import LANGUAGES
from quiz.web.outcomes import outcome_names


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key in JSON Lines (with the parts of a nested one), its heading, what it holds."""

    key: str
    heading: str
    meaning: str


def plain() -> list[Column]:
    """The columns that every export has, in their order."""
    shown = (
        ("id", gettext("Id"), gettext("The number of this person in the console’s addresses.")),
        ("reference", gettext("Reference"), gettext("What your own system calls the person, if the link said it.")),
        ("name", gettext("Name"), gettext("As the person gave it, if the campaign asks for it.")),
        ("email", gettext("E-mail"), gettext("As the person gave it, if the campaign asks for it.")),
        ("language", gettext("Language"), gettext("The language in which the quiz was taken last.")),
        ("status", gettext("Status"), gettext("Whether the person has finished.")),
        ("started_at", gettext("Started at"), gettext("When the person started, in UTC.")),
        ("finished_at", gettext("Finished at"), gettext("When the person first finished, in UTC.")),
        ("outcome", gettext("Outcome"), gettext("Which of the six outcomes the person was told.")),
        ("role", gettext("Role"), gettext("The role that the outcome names; empty where it names none.")),
        ("runner_up", gettext("Next role"), gettext("The role that comes next; empty where the outcome names none.")),
        (
            "probability",
            gettext("Probability"),
            gettext(
                "How probable it is, from 0 to 1, that this role fits better than the other; of more than two roles,"
                " the lower of its chances of being the best of all and of being better than the one that it is least"
                " sure to beat. Empty where there is no reliable result."
            ),
        ),
        (
            "reliability",
            gettext("Reliability"),
            gettext("How reliably these answers tell the two leading roles apart, from 0 to 1."),
        ),
        ("flags", gettext("Response quality"), gettext("Signs that the answers may not reflect the person.")),
        ("answered", gettext("Answered"), gettext("How many questions have an answer.")),
        ("pack", gettext("Quiz"), gettext("Which quiz it was.")),
        ("pack_version", gettext("Version"), gettext("Its version. Scores compare only within one version.")),
    )
    return [Column(*each) for each in shown]


def measured(columns: Columns, edition: Edition, spoken: str) -> Iterator[Column]:
    """The columns of roles, dimensions and items that an export has beside the plain ones."""
    texts = words_of(edition, spoken)
    named = [(f"fits.{role}", texts.roles[role].name, gettext("Fit with this role")) for role in columns.roles]
    named += [(f"scores.{name}", texts.dimensions[name].name, gettext("Score")) for name in columns.dimensions]
    ends = (
        gettext("The lower end of its range, which holds the true figure nine times in ten."),
        gettext("The upper end."),
    )
    for key, name, what in named:
        heading = name[0].upper() + name[1:]
        yield Column(
            f"{key}.points",
            heading,
            gettext("%(what)s, in points: 50 is the middle. Empty where there is no reliable result.", what=what),
        )
        yield Column(f"{key}.low", gettext("%(name)s, low", name=heading), ends[0])
        yield Column(f"{key}.high", gettext("%(name)s, high", name=heading), ends[1])
        if key.startswith("fits."):
            yield Column(
                f"{key}.best",
                gettext("%(name)s, chance of being the best fit", name=heading),
                gettext("How probable it is, from 0 to 1, that this role fits better than every other."),
            )
    for number, item in enumerate(columns.items, 1):
        heading = gettext("Question %(number)s (%(item)s)", number=number, item=item)
        yield Column(f"answers.{item}.choice", heading, gettext("The answer, from 1 to 5."))
        yield Column(
            f"answers.{item}.seconds",
            gettext("%(question)s, seconds", question=heading),
            gettext("The time until its first answer."),
        )


def words(edition: Edition, spoken: str) -> Mapping[str, Mapping[str, str]]:
    """What the codes of each column mean."""
    names = role_names(edition, spoken)
    return {
        "language": LANGUAGES,
        "status": status_names(),
        "outcome": outcome_names(many=has_many_roles(edition.pack)),
        "role": names,
        "runner_up": names,
        "flags": flag_names(),
    }


def flag_names() -> dict[str, str]:
    """What each sign of poor response quality is called."""
    return {
        Flag.HURRIED: gettext("hurried"),
        Flag.STRAIGHT_LINE: gettext("the same option many times running"),
        Flag.CONTRADICTORY: gettext("contradictory"),
        Flag.CONSTANT: gettext("hardly varies"),
        Flag.RANDOM: gettext("close to chance"),
    }
