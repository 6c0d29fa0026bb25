"""Who of a campaign is meant by the lines of a file of groups: each person once, by the attempt that counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from quiz.services.group_file import GroupFile
from quiz.store.cohort import Finisher

Name = tuple[str, str]
"""What somebody is known by: "reference" or "email", and which."""


class Matched(NamedTuple):
    """Somebody of the file: their groups, and how many attempts they have finished."""

    groups: tuple[str, ...]
    attempts: int


@dataclass(slots=True)
class _Person:
    last: int = 0
    attempts: int = 0
    names: list[Name] = field(default_factory=list)


def match(people: Sequence[Finisher], file: GroupFile) -> tuple[dict[int, Matched], list[int], list[int]]:
    """Whom the file names, by the attempt that counts; the lines of nobody; the lines of somebody who had one already.

    `people` stand in the order in which they finished: of several attempts of one person the last counts.
    """
    persons = _persons(people)
    matched: dict[int, Matched] = {}
    unmatched, repeated = [], []
    for row in file.rows:
        person = persons.get(("reference", row.person)) or persons.get(("email", row.person.casefold()))
        if person is None:
            unmatched.append(row.line)
        elif person.last in matched:
            repeated.append(row.line)
        else:
            matched[person.last] = Matched(row.groups, person.attempts)
    return matched, unmatched, repeated


def _persons(people: Sequence[Finisher]) -> Mapping[Name, _Person]:
    """Everybody by all they are known by. Attempts that share a reference or an e-mail address are one person's."""
    persons: dict[Name, _Person] = {}
    for each in people:
        names: list[Name] = [("reference", each.reference)] if each.reference else []
        names += [("email", each.email.casefold())] if each.email else []
        known = list({id(persons[name]): persons[name] for name in names if name in persons}.values())
        person = known[0] if known else _Person()
        for other in known[1:]:
            person.attempts += other.attempts
            names += other.names
        person.last = each.id
        person.attempts += 1
        for name in names:
            if persons.get(name) is not person:
                person.names.append(name)
                persons[name] = person
    return persons
