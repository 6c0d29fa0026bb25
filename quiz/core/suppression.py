"""Which groups a table must not show, so that nobody can work out a small group by adding and subtracting.

A group of fewer than five people is never shown. Hiding it alone would not help where totals are known: the others,
taken off the total, leave it. So as many more are hidden, the smallest first, as make it impossible
(complementary cell suppression; Cox 1980, "Suppression methodology and statistical disclosure control").
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import combinations
from typing import TypeVar

SMALLEST_SHOWN = 5
"""Groups of fewer people are not shown."""

Name = TypeVar("Name")
Groups = tuple[str, ...]
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


def least(count: int, known: Collection[int]) -> int | None:
    """What to say instead of a count of some people, where other counts are `known` that hold all of them.

    None: the count itself. Otherwise the people it lacks of one of the others are one to four, and what is returned is
    the least that it can be; it follows from `known` alone, so it tells no more.
    """
    return min(known) - SMALLEST_SHOWN + 1 if any(0 < more - count < SMALLEST_SHOWN for more in known) else None


def compared(people: Mapping[Name, Groups]) -> dict[Name, Groups]:
    """Of people with a group in each of some groupings, "" for an unknown one: whom to compare, with "" for small ones.

    Left out are people of whom the tables of the groupings would tell if they were taken from one another: where fewer
    than five in all have no group in one of them, and where two groupings leave a cell of fewer than five on no circle
    of cells (see `hidden_cells`), even if the crossed table is not shown. Who is left out of one table is left out of
    all. Of each grouping nobody, or at least five people, are then without a group.
    """
    kept = dict(people)
    while True:
        few = [small(Counter(column)) for column in zip(*kept.values(), strict=True)]
        named = {
            one: tuple("" if name in names else name for name, names in zip(groups, few, strict=True))
            for one, groups in kept.items()
        }
        gone = _unnamed_few(named) or _laid_open(named)
        if not gone:
            return named
        kept = {one: groups for one, groups in kept.items() if one not in gone}


def hidden_cells(cells: Mapping[Cell, int], apart: Mapping[Cell, int]) -> frozenset[Cell] | None:
    """The cells to hide of a table of two groupings whose own tables are shown as well; None: show nothing of it.

    `apart` counts people whose row or column, or both, is called "": they are in the totals but in no cell, so they
    follow from the cells shown as hidden ones do, and one to four of them are kept safe like a small cell. Cells of
    nobody are left out, which says that they are empty. A hidden cell follows from the totals if and only if it lies
    on no circle of hidden cells, which go from row to column and back (Gusfield 1988, "A graph theoretic approach to
    statistical data security").
    """
    filled = {cell: people for cell, people in cells.items() if people}
    hides = {cell for cell, people in filled.items() if people < SMALLEST_SHOWN}
    rest = {cell: people for cell, people in apart.items() if people}
    while True:
        edges = _edges([*hides, *rest])
        guarded = hides | small(rest)
        weak = _weak_lines(edges, {**filled, **rest}) & {end for cell in guarded for end in edges[cell]}
        bridges = small({**filled, **rest}) & set(_bridges(edges))
        ends = weak | {end for cell in bridges for end in edges[cell]}
        if not ends:
            return frozenset(hides)
        shown = _edges(filled.keys() - hides)
        near = [cell for cell in shown if ends & set(shown[cell])]
        if not near:
            return None if bridges or not shown else frozenset(hides | shown.keys())
        hides.add(min(near, key=lambda cell: (filled[cell], cell)))


def _unnamed_few(people: Mapping[Name, Groups]) -> set[Name]:
    """Those without a group in a grouping in which they are fewer than five."""
    places = range(len(next(iter(people.values()), ())))
    unnamed = [{one for one, groups in people.items() if not groups[place]} for place in places]
    return set[Name]().union(*(few for few in unnamed if len(few) < SMALLEST_SHOWN))


def _laid_open(people: Mapping[Name, Groups]) -> set[Name]:
    """Those of small cells that follow from the tables of two groupings, be their crossed table shown or not."""
    found = set()
    for first, second in combinations(range(len(next(iter(people.values()), ()))), 2):
        cells = Counter((groups[first], groups[second]) for groups in people.values())
        bridges = small(cells) & set(_bridges(_edges(cells)))
        found |= {one for one, groups in people.items() if (groups[first], groups[second]) in bridges}
    return found


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
