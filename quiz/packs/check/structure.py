"""Checks that the parts of pack.toml and parameters.toml fit together: ids, references, weights, correlations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from pathlib import Path

import numpy as np

from quiz.packs import build
from quiz.packs.draft import Draft
from quiz.packs.problem import Problem, suggestion
from quiz.packs.schema import ItemTable, StatementTable, TradeOffTable
from quiz.packs.toml import TomlFile

RESERVED = frozenset({"id", "reference", "result", "finish", "language", "delete", "terms", "earlier"})
"""Ids that no item may have: an item's id is a page of the attempt and a column in a table of answers."""

SUM_TOLERANCE = 1e-6
SMALLEST_EIGENVALUE = 1e-9


def structure(draft: Draft) -> Iterator[Problem]:
    """Yield every problem in how the parts of pack.toml fit together."""
    if draft.pack is None:
        return
    for check in CHECKS:
        yield from check(draft, draft.pack)


def repeated_ids(draft: Draft, pack: TomlFile) -> Iterator[Problem]:
    """Two dimensions, roles or items of one id; a language named twice."""
    for key in ("dimensions", "roles", "items"):
        first: dict[str, int] = {}
        for place, table in enumerate(pack.tables(key)):
            name = str(table.get("id"))
            if name in first:
                line = pack.lines.of((key, first[name], "id"))
                yield pack.problem(f"the id '{name}' is taken already, in line {line}", key, place, "id")
            first.setdefault(name, place)
    languages = draft.form.languages if draft.form else ()
    if len(set(languages)) < len(languages):
        yield pack.problem("a language is named twice", "languages")


def reserved_ids(draft: Draft, pack: TomlFile) -> Iterator[Problem]:
    """Items called like a page of an attempt, or like a column that is no item in a table of answers."""
    for place, item in draft.items.items():
        if item.id in RESERVED or item.id.endswith("_seconds"):
            yield pack.problem(f"the application uses the word '{item.id}' itself", "items", place, "id")


def unknown_ids(draft: Draft, pack: TomlFile) -> Iterator[Problem]:
    """References to a dimension, role or item that does not exist."""
    dimensions, roles, items = draft.ids("dimensions"), draft.ids("roles"), draft.ids("items")

    def unknown(kind: str, name: str, known: Iterable[str], *path: str | int) -> Iterator[Problem]:
        if name not in known:
            yield pack.problem(f"unknown {kind} '{name}'" + suggestion(name, known), *path)

    for place, dimension in draft.dimensions.items():
        yield from unknown("role", dimension.role, roles, "dimensions", place, "role")
    for place, role in draft.roles.items():
        for name in role.weights:
            yield from unknown("dimension", name, dimensions, "roles", place, "weights", name)
    for place, item in draft.items.items():
        for key in ("dimension",) if isinstance(item, StatementTable) else ("a", "b"):
            yield from unknown("dimension", getattr(item, key), dimensions, "items", place, key)
        if item.mirror is not None:
            yield from unknown("item", item.mirror, items, "items", place, "mirror")


def doubts(draft: Draft, pack: TomlFile) -> Iterator[Problem]:
    """A table of doubts that names an unknown dimension, or leaves one out."""
    table = draft.assumed.doubt if draft.assumed else None
    if isinstance(table, Mapping) and draft.parameters:
        parameters, known = draft.parameters, draft.ids("dimensions")
        for name in (name for name in table if name not in known):
            message = f"unknown dimension '{name}'" + suggestion(name, known)
            yield parameters.problem(message, "doubt", name)
        for name in (name for name in known if name not in table):
            yield parameters.problem(f"the dimension '{name}' has no doubt", "doubt")


def one_dimension_twice(draft: Draft, pack: TomlFile) -> Iterator[Problem]:
    """Trade-offs of a dimension against itself."""
    for place, item in draft.items.items():
        if isinstance(item, TradeOffTable) and item.a == item.b:
            yield pack.problem(f"both options speak for '{item.a}'", "items", place, "b")


def mirrors(draft: Draft, pack: TomlFile) -> Iterator[Problem]:
    """Mirrored items that do not name each other, or do not ask the same the other way round."""
    items = {item.id: item for item in draft.items.values()}
    for place, item in draft.items.items():
        other = items.get(item.mirror or "")
        if other is None:
            continue
        if other.mirror != item.id or other is item:
            message = f"'{other.id}' does not name '{item.id}' as its mirror"
            yield pack.problem(message, "items", place, "mirror")
        if not _asks_the_opposite(item, other):
            message = f"the mirror '{other.id}' does not ask the same the other way round"
            yield pack.problem(message, "items", place, "mirror")


def _asks_the_opposite(item: ItemTable, other: ItemTable) -> bool:
    """Say whether the same dimension is keyed the other way, or the same two stand on swapped sides."""
    if isinstance(item, StatementTable) and isinstance(other, StatementTable):
        return (item.dimension, item.key) == (other.dimension, -other.key)
    if isinstance(item, TradeOffTable) and isinstance(other, TradeOffTable):
        return (item.a, item.b) == (other.b, other.a)
    return False


def weights(draft: Draft, pack: TomlFile) -> Iterator[Problem]:
    """Role weights that are negative, do not sum to 1, or are those of another role."""
    for place, role in draft.roles.items():
        for name, weight in role.weights.items():
            if weight < 0:
                yield pack.problem(f"the weight {weight:g} is negative", "roles", place, "weights", name)
        total = sum(role.weights.values())
        if abs(total - 1) > SUM_TOLERANCE:
            message = f"the weights of '{role.id}' sum to {total:g}, not to 1"
            yield pack.problem(message, "roles", place, "weights")
    for (_, one), (place, other) in combinations(draft.roles.items(), 2):
        if one.weights == other.weights:
            message = f"'{other.id}' has the weights of '{one.id}', so nothing can tell them apart"
            yield pack.problem(message, "roles", place, "weights")


def minimum(draft: Draft, pack: TomlFile) -> Iterator[Problem]:
    """A minimum of answers that the items cannot reach."""
    if draft.form and draft.form.minimum > len(draft.form.items):
        yield pack.problem(f"the minimum exceeds the {len(draft.form.items)} items", "minimum")


def correlations(draft: Draft, pack: TomlFile) -> Iterator[Problem]:
    """Correlations that no set of people could have."""
    if draft.form and draft.assumed and draft.parameters:
        phi = build.correlations(draft.form, draft.assumed)
        if message := _impossible(phi, len(draft.form.dimensions)):
            yield draft.parameters.problem(message, "correlations")


def figures_of_items(draft: Draft, pack: TomlFile) -> Iterator[Problem]:
    """Figures of items that do not exist."""
    items = draft.ids("items")
    for name in draft.parameters.table("items") if draft.parameters else ():
        if draft.parameters and name not in items:
            message = f"unknown item '{name}'" + suggestion(name, items)
            yield draft.parameters.problem(message, "items", name)


def _impossible(rows: tuple[tuple[float, ...], ...], size: int) -> str:
    """Say what is wrong with a correlation matrix, or nothing."""
    if len(rows) != size or any(len(row) != size for row in rows):
        return f"correlations: needs {size} rows of {size}, in the order of the dimensions"
    phi = np.array(rows)
    if not (np.allclose(phi, phi.T) and np.allclose(np.diag(phi), 1)):
        return "correlations: must be symmetric, with 1 on the diagonal"
    if (np.abs(phi - np.eye(size)) >= 1).any():
        return "correlations: must lie between -1 and 1"
    if np.linalg.eigvalsh(phi)[0] < SMALLEST_EIGENVALUE:
        return "correlations: contradict each other (the matrix is not positive definite)"
    return ""


def name(draft: Draft, pack: TomlFile) -> Iterator[Problem]:
    """A shipped pack whose folder, which is its name, is not called by its id."""
    shipped = draft.folder.parent == Path(build.__file__).parent
    if shipped and pack.data.get("id") != draft.folder.name:
        yield pack.problem(f"the id must be the name of the folder, '{draft.folder.name}'", "id")


CHECKS = (
    name,
    repeated_ids,
    reserved_ids,
    unknown_ids,
    doubts,
    one_dimension_twice,
    mirrors,
    weights,
    minimum,
    correlations,
    figures_of_items,
)
