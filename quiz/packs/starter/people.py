"""The golden examples of a new pack: people who answer by a rule, and the outcome that comes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from quiz.core.measure import Measure
from quiz.core.outcome import decide
from quiz.core.pack import ANSWERS, Item, Pack, Statement
from quiz.core.quality import flags

HEAD = """\
# Golden examples: people, what they answer, and the outcome that must come of it. `flask pack check` scores them all.
# These answer by a rule. Put people in their place whom you can picture, answer for them, and decide the outcome before
# you look it up: an example that merely repeats what the quiz says checks nothing.
"""
WORDS = {
    "es": {"far": "Alguien que prefiere {role} siempre y del todo.", "some": "Alguien que prefiere {role}, un poco.",
           "every": "Alguien que responde {answer} a todo.", "few": "Alguien que lo deja enseguida."},
    "en": {"far": "Somebody who prefers {role} always and entirely.", "some": "Somebody who prefers {role} a little.",
           "every": "Somebody who answers {answer} to everything.", "few": "Somebody who stops soon."},
}  # fmt: skip


def golden(measure: Measure, languages: Sequence[str]) -> str:
    """Return golden.toml: two people for each role, one for each answer throughout, and one who stops early."""
    return HEAD + "".join(_people(measure, languages))


def _people(measure: Measure, languages: Sequence[str]) -> Iterator[str]:
    pack = measure.pack
    for role in pack.role_ids:
        for manner, distance in (("far", 2), ("some", 1)):
            answers = {item.id: 3 + distance * _towards(item, role, pack) for item in pack.items}
            told = _told(languages, manner, role=role)
            yield _person(measure, f"{role}-{manner}", told, answers, [f"{id} = {x}" for id, x in answers.items()])
    for x in ANSWERS:
        answers = dict.fromkeys(pack.item_ids, x)
        yield _person(measure, f"always-{x}", _told(languages, "every", answer=x), answers, every=x)
    few = dict.fromkeys(pack.item_ids[: pack.minimum // 2], 4)
    yield _person(measure, "stops-soon", _told(languages, "few"), few, [f"{id} = 4" for id in few])


def _person(
    measure: Measure,
    id: str,
    told: Sequence[str],
    answers: Mapping[str, int],
    lines: Sequence[str] = (),
    every: int | None = None,
) -> str:
    """Return a person's table, with the outcome that the measurement finds."""
    found = decide(measure.pack, measure.score(answers), flags(measure, answers, {}))
    role = f', role = "{found.role}"' if found.role else ""
    head = ["", "[[personas]]", f'id = "{id}"', *told, f'expect = {{ outcome = "{found.kind}"{role} }}']
    body = [f"every = {every}"] if every else ["[personas.answers]", *lines]
    return "\n".join([*head, *body, ""])


def _told(languages: Sequence[str], manner: str, **values: object) -> list[str]:
    return [f'{language} = "[{WORDS[language][manner].format(**values)}]"' for language in languages]


def _towards(item: Item, role: str, pack: Pack) -> int:
    """Return 1 or -1 for the end of the scale that speaks for a role, 0 where an item says nothing of it."""
    home = {dimension.id: dimension.role for dimension in pack.dimensions}
    if isinstance(item, Statement):
        return item.key if home[item.dimension] == role else -item.key
    return (home[item.b] == role) - (home[item.a] == role)
