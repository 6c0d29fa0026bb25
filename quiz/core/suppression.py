"""Which groups a table must not show, so that nobody can work out a small group by adding and subtracting.

A group of fewer than five people is never shown. Hiding it alone would not help where totals are known: the others,
taken off the total, leave it. So as many more are hidden, the smallest first, as make it impossible
(complementary cell suppression; Cox 1980, "Suppression methodology and statistical disclosure control").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import TypeVar

SMALLEST_SHOWN = 5
"""Groups of fewer people are not shown."""

Name = TypeVar("Name")
Cell = tuple[str, str]
Edge = tuple[object, object]


def hidden(sizes: Mapping[Name, int]) -> frozenset[Name]:
    """The groups to hide of a table whose total is known; none, or at least two that have five people together.

    All of them where nothing less is enough. Groups of nobody may be shown.
    """
    rising = sorted((name for name in sizes if sizes[name]), key=lambda name: sizes[name])
    count = sum(sizes[name] < SMALLEST_SHOWN for name in rising)
    while 0 < count < len(rising) and not _enough([sizes[name] for name in rising[:count]]):
        count += 1
    return frozenset(rising[:count])


def small(sizes: Mapping[Name, int]) -> frozenset[Name]:
    """The groups that have too few people to be shown; none that has nobody."""
    return frozenset(name for name, people in sizes.items() if 0 < people < SMALLEST_SHOWN)


def hidden_cells(cells: Mapping[Cell, int], apart: Mapping[Cell, int]) -> frozenset[Cell] | None:
    """The cells to hide of a table of two groupings whose own tables are shown as well; None: show nothing of it.

    `apart` counts people whose row or column, or both, is called "": they are in the totals but in no cell. Cells of
    nobody are left out, which says that they are empty. A hidden cell follows from the totals if and only if it lies
    on no circle of hidden cells, which go from row to column and back (Gusfield 1988, "A graph theoretic approach to
    statistical data security").
    """
    filled = {cell: people for cell, people in cells.items() if people}
    hides = {cell for cell, people in filled.items() if people < SMALLEST_SHOWN}
    rest = {cell: people for cell, people in apart.items() if people}
    while True:
        edges = _edges([*hides, *rest])
        weak = _weak_lines(edges, {**filled, **rest}) & {end for cell in hides for end in edges[cell]}
        bridges = {cell for cell in _bridges(edges) if filled.get(cell, SMALLEST_SHOWN) < SMALLEST_SHOWN}
        ends = weak | {end for cell in bridges for end in edges[cell]}
        if not ends:
            return frozenset(hides)
        shown = _edges(filled.keys() - hides)
        near = [cell for cell in shown if ends & set(shown[cell])]
        if not near:
            return None if bridges or not shown else frozenset(hides | shown.keys())
        hides.add(min(near, key=lambda cell: (filled[cell], cell)))


def _enough(sizes: Collection[int]) -> bool:
    return len(sizes) > 1 and sum(sizes) >= SMALLEST_SHOWN


def _edges(cells: Collection[Cell]) -> dict[Cell, Edge]:
    """The cells between the totals that they are in."""
    return {cell: (("row", cell[0]), ("column", cell[1])) for cell in cells}


def _weak_lines(edges: Mapping[Cell, Edge], people: Mapping[Cell, int]) -> set[object]:
    """The totals in which what is hidden is a single cell, or fewer than five people in all."""
    lines = defaultdict(list)
    for cell, ends in edges.items():
        for end in ends:
            lines[end].append(people[cell])
    return {end for end, sizes in lines.items() if not _enough(sizes)}


def _bridges(edges: Mapping[Cell, Edge]) -> Iterator[Cell]:
    """The cells that lie on no circle: Tarjan's search (1974), each edge once, parallel ones apart."""
    near = defaultdict(list)
    for cell, (one, other) in edges.items():
        near[one].append((cell, other))
        near[other].append((cell, one))
    order: dict[object, int] = {}
    low: dict[object, int] = {}

    def visit(end: object, came: Cell | None) -> Iterator[Cell]:
        order[end] = low[end] = len(order)
        for cell, other in near[end]:
            if cell == came:
                continue
            if other in order:
                low[end] = min(low[end], order[other])
                continue
            yield from visit(other, cell)
            low[end] = min(low[end], low[other])
            if low[other] > order[end]:
                yield cell

    for end in list(near):
        if end not in order:
            yield from visit(end, None)
