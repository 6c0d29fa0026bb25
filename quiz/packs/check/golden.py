"""Checks of the golden examples: who they are, and that their answers lead where they should."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from quiz.core.measure import Measure
from quiz.core.outcome import Kind, decide
from quiz.core.quality import flags
from quiz.packs import build
from quiz.packs.draft import Draft
from quiz.packs.problem import Problem, suggestion
from quiz.packs.toml import TomlFile

LEAST_PERSONAS = 10


def golden(draft: Draft) -> Iterator[Problem]:
    """Yield every problem of golden.toml that shows without scoring."""
    if draft.golden is None:
        if not (draft.folder / "golden.toml").exists():
            yield Problem("golden.toml", 0, f"is missing; it holds {LEAST_PERSONAS} examples or more")
        return
    count = len(draft.golden.tables("personas"))
    if count < LEAST_PERSONAS:
        yield draft.golden.problem(f"has {count} personas; {LEAST_PERSONAS} are the least", "personas")
    for check in (repeated_ids, descriptions, unknown_ids, named_roles):
        yield from check(draft, draft.golden)


def repeated_ids(draft: Draft, golden: TomlFile) -> Iterator[Problem]:
    """Two personas of one id."""
    seen: set[str] = set()
    for place, persona in draft.personas.items():
        if persona.id in seen:
            yield golden.problem(f"the id '{persona.id}' is taken already", "personas", place, "id")
        seen.add(persona.id)


def descriptions(draft: Draft, golden: TomlFile) -> Iterator[Problem]:
    """Personas that are not described in one of the pack's languages."""
    for place, persona in draft.personas.items():
        for language in draft.languages:
            if not getattr(persona, language):
                message = f"'{persona.id}' has no description in '{language}'"
                yield golden.problem(message, "personas", place)


def unknown_ids(draft: Draft, golden: TomlFile) -> Iterator[Problem]:
    """Answers to items that do not exist, and roles that do not."""
    if draft.pack is None:
        return
    items, roles = draft.ids("items"), draft.ids("roles")
    for place, persona in draft.personas.items():
        for item in persona.answers or ():
            if item not in items:
                message = f"'{persona.id}' answers the unknown item '{item}'" + suggestion(item, items)
                yield golden.problem(message, "personas", place, "answers", item)
        role = persona.expect.role
        if role is not None and role not in roles:
            message = f"'{persona.id}' expects the unknown role '{role}'" + suggestion(role, roles)
            yield golden.problem(message, "personas", place, "expect")


def named_roles(draft: Draft, golden: TomlFile) -> Iterator[Problem]:
    """A role that is expected where the outcome names none, or the other way round."""
    for place, persona in draft.personas.items():
        outcome, role = persona.expect.outcome, persona.expect.role
        if (role is not None) != (outcome in (Kind.CLEAR, Kind.LEANING)):
            fault = "no role is expected" if role is None else f"the outcome '{outcome}' names no role"
            yield golden.problem(f"'{persona.id}': {fault}", "personas", place, "expect")


def outcomes(draft: Draft, golden: TomlFile, measure: Measure) -> Iterator[Problem]:
    """Personas whose answers lead to another outcome, or to other flags, than expected."""
    for place, entry in draft.personas.items():
        persona = build.persona(entry, measure.pack)
        if not set(persona.answers) <= set(measure.pack.item_ids):
            continue
        found = flags(measure, persona.answers, persona.seconds)
        outcome = decide(measure.pack, measure.score(persona.answers), found)
        if (outcome.kind, outcome.role) != (persona.outcome, persona.role):
            expected, got = _told(persona.outcome, persona.role), _told(outcome.kind, outcome.role)
            message = f"'{persona.id}' comes out as {got} (probability {outcome.probability:.2f}), not {expected}"
            yield golden.problem(message, "personas", place, "expect")
        if persona.flags is not None and set(found) != set(persona.flags):
            message = f"'{persona.id}' raises {_list(found)}, not {_list(persona.flags)}"
            yield golden.problem(message, "personas", place, "flags")


def _told(kind: str, role: str | None) -> str:
    return f"{kind} for '{role}'" if role else str(kind)


def _list(names: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" for name in sorted(names)) or "no flag"
