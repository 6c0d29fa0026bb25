"""The structure and the parameters of a new pack, with comments that say what to change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations

PACK = """\
# The structure of the quiz "{id}": what is measured, for which roles, by which items. The words are in {files},
# the parameters in parameters.toml. docs/writing-a-pack.md explains every key.
id = "{id}"
version = "0.1.0"              # raise it with every change of words or structure once people have answered
released = {today}
languages = [{languages}]{space}# the first is the pack's own
minimum = {minimum:<21}# answers before a person may finish early
minutes = {minutes:<21}# how long it takes; about nine seconds an item

# Dimensions: the skills and preferences that the items measure. Two or three for each role are a good start. Rename
# them here, in the weights, in the items and in the language files. `flask pack check` tells what was forgotten.
"""
DIMENSION = """
[[dimensions]]
id = "{id}"
role = "{role}"
kind = "{kind}"
"""
ROLES = """
# Roles: how much each dimension matters, summing to 1. One left out weighs 0; those of another role may weigh as well.
"""
ROLE = """
[[roles]]
id = "{role}"
[roles.weights]
{role}_preference = 0.5
{role}_skill = 0.5
"""
ITEMS = """
# Items, in the order in which they are asked. An id is shown in the address, so it must not give away what is measured.
# A statement is agreed with or not; with key = -1, agreeing speaks against its dimension. In a trade-off, a and b are
# the dimensions for which the two options speak. Each role stands about equally often on either side.
"""
STATEMENT = """
[[items]]
id = "{id}"
kind = "statement"
dimension = "{a}"
key = {key}
"""
TRADE_OFF = """
[[items]]
id = "{id}"
kind = "trade-off"
a = "{a}"
b = "{b}"
"""
PARAMETERS = """\
# What the quiz "{id}" assumes of people in general: set by expert judgement until enough people have answered.
# A change of these figures is a version of its own. Leave them as they are while nothing better is known.
version = "0.1.0"
released = {today}
status = "expert"
loading = 0.57          # how closely an answer follows its dimension
mean = 3.0              # an answer's mean and standard deviation, on the scale from 1 to 5
sd = 1.01
acquiescence_sd = 0.3   # how much people differ in saying yes whatever is asked
within = 0.4            # correlation of two dimensions of one role
across = 0.25           # … of different roles
doubt = 0.1             # how unsure the role weights are
"""

ROUNDS = {2: 12, 3: 5, 4: 4, 5: 4, 6: 3}
"""How often every two roles are set against each other: enough for the reliability that `check` asks for. With more
than six roles that would be more items than people answer."""

KINDS = (("preference", "preference"), ("skill", "skill"), ("preference", "skill"), ("skill", "preference"))

Entry = tuple[str, str, int]
"""Two dimensions of a trade-off and 0; or a statement's dimension, nothing, and its key."""


def pack(id: str, languages: Sequence[str], roles: Sequence[str], today: date) -> str:
    """Return pack.toml."""
    items = list(_mixed(list(_statements(roles)), list(_trade_offs(roles))))
    named = ", ".join(f'"{language}"' for language in languages)
    parts = [
        PACK.format(
            id=id,
            files=" and ".join(f"{language}.toml" for language in languages),
            today=today.isoformat(),
            languages=named,
            space=" " * max(2, 17 - len(named)),
            minimum=len(items) // 2,
            minutes=max(1, round(len(items) * 9 / 60)),
        )
    ]
    for role in roles:
        for kind in ("preference", "skill"):
            parts.append(DIMENSION.format(id=f"{role}_{kind}", role=role, kind=kind))
    parts += [ROLES, *(ROLE.format(role=role) for role in roles), ITEMS]
    for number, (a, b, key) in enumerate(items, 1):
        parts.append((TRADE_OFF if b else STATEMENT).format(id=f"item-{number:02}", a=a, b=b, key=key))
    return "".join(parts)


def parameters(id: str, today: date) -> str:
    """Return parameters.toml."""
    return PARAMETERS.format(id=id, today=today.isoformat())


def _statements(roles: Sequence[str]) -> Iterator[Entry]:
    """Yield one statement a dimension, and with two roles two: keyed either way equally often for each role."""
    for turn in range(2 if len(roles) == 2 else 1):
        for role in roles:
            yield f"{role}_preference", "", 1 - 2 * turn
            yield f"{role}_skill", "", 2 * turn - 1


def _trade_offs(roles: Sequence[str]) -> Iterator[Entry]:
    """Yield trade-offs between every two roles, so many rounds that the roles can be told apart."""
    for turn in range(ROUNDS[len(roles)]):
        first, second = KINDS[turn % len(KINDS)]
        for one, other in combinations(roles, 2):
            pair = f"{one}_{first}", f"{other}_{second}"
            # The sides change from pair to pair and from round to round, and for the same two dimensions as well.
            turned = (roles.index(one) + roles.index(other) + turn + turn // len(KINDS)) % 2
            yield (*(pair if turned else pair[::-1]), 0)


def _mixed(statements: list[Entry], trade_offs: list[Entry]) -> Iterator[Entry]:
    """Yield both lists in their order, spread evenly: somebody who finishes early has answered some of each kind."""
    total = len(statements) + len(trade_offs)
    asked = 0
    for place in range(total):
        if asked * total < len(statements) * (place + 0.5) - total / 2 or place - asked == len(trade_offs):
            yield statements[asked]
            asked += 1
        else:
            yield trade_offs[place - asked]
