"""Small numbers that must not be told, and what else has to be hidden so that nobody finds them by subtracting.

A table of counts is published with the totals of its rows and columns. A count of one to four people is hidden; hiding it
alone is no use where the other counts of its row and the row's total stand beside it. So more is hidden, as little as
possible, until whoever adds and subtracts whatever is published can only say of a hidden small count that it is 1, or 5 or
more, or anything between. A nought tells of nobody and is shown.

With its totals such a table is a flow: each count runs from its row to its column, each total back, and what is published
fixes a pipe. What a hidden count could be is then how far the flow through it can be changed, and what should be hidden
besides are the pipes of the cheapest way round.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping
from heapq import heappop, heappush
from typing import Final, Generic, TypeAlias, TypeVar

LEAST: Final = 5
"""The smallest number of people that may be told of."""

Row = TypeVar("Row", bound=Hashable)
Column = TypeVar("Column", bound=Hashable)
Part = TypeVar("Part", bound=Hashable)

Cell: TypeAlias = "tuple[Row | None, Column | None]"
"""A place in the table; None for a row's or a column's total, both for the total of all."""

Node: TypeAlias = tuple[str, object]
Pipe: TypeAlias = "tuple[Cell[Row, Column], bool]"
"""A cell, and whether the flow through it grows."""


def hidden_parts(counts: Mapping[Part, int], least: int = LEAST) -> frozenset[Part]:
    """Choose what to hide of a list of counts that stands beside its total."""
    hidden = hidden_cells({(0, part): count for part, count in counts.items()}, least)
    return frozenset(column for row, column in hidden if row is not None and column is not None)


def hidden_cells(counts: Mapping[tuple[Row, Column], int], least: int = LEAST) -> frozenset[Cell[Row, Column]]:
    """Choose what to hide of a table of counts, totals included; cells that are not given are noughts.

    Raises:
        ValueError: a count is negative.
    """
    if any(count < 0 for count in counts.values()):
        raise ValueError("a count is not negative")
    table = _Table(with_totals(counts))
    small = sorted((cell for cell, count in table.counts.items() if count < least), key=table.order)
    table.hidden.update(small)
    for cell in small:
        count = table.counts[cell]
        table.open_a_way(cell, least - count, grows=True)
        table.open_a_way(cell, count - 1, grows=False)
    return frozenset(table.hidden)


def is_kept(counts: Mapping[tuple[Row, Column], int], hidden: Collection[Cell[Row, Column]], least: int = LEAST) -> bool:
    """Say whether a table with just these cells hidden tells no small count: each could still be 1, or `least`."""
    table = _Table(with_totals(counts))
    table.hidden.update(hidden)
    return all(
        cell in table.hidden
        and table.has_a_way(cell, least - count, grows=True)
        and table.has_a_way(cell, count - 1, grows=False)
        for cell, count in table.counts.items()
        if count < least
    )


def with_totals(counts: Mapping[tuple[Row, Column], int]) -> dict[Cell[Row, Column], int]:
    """Add the totals of rows and columns, and of all; noughts are left out."""
    found: dict[Cell[Row, Column], int] = {}
    for (row, column), count in counts.items():
        for cell in ((row, column), (row, None), (None, column), (None, None)) if count else ():
            found[cell] = found.get(cell, 0) + count
    return found


class _Table(Generic[Row, Column]):
    """Counts as a flow, and which of them are hidden."""

    def __init__(self, counts: Mapping[Cell[Row, Column], int]) -> None:
        self.counts: dict[Cell[Row, Column], int] = dict(counts)
        self.hidden: set[Cell[Row, Column]] = set()
        self._places = {cell: place for place, cell in enumerate(self.counts)}
        self._touching: dict[Node, list[Cell[Row, Column]]] = {}
        for cell in self.counts:
            for node in _ends(cell):
                self._touching.setdefault(node, []).append(cell)

    def order(self, cell: Cell[Row, Column]) -> tuple[int, int]:
        """Sort by size; of equal counts in the order in which they were given."""
        return self.counts[cell], self._places[cell]

    def open_a_way(self, cell: Cell[Row, Column], steps: int, *, grows: bool) -> None:
        """Hide what is needed for a count to be so many more, or fewer, with everything published as it is."""
        for way in self._ways_round(cell, steps, grows=grows):
            self.hidden.update(other for other, _ in way)

    def has_a_way(self, cell: Cell[Row, Column], steps: int, *, grows: bool) -> bool:
        """Say whether a count could be so many more, or fewer, by changes of hidden cells alone."""
        return all(other in self.hidden for way in self._ways_round(cell, steps, grows=grows) for other, _ in way)

    def _ways_round(self, cell: Cell[Row, Column], steps: int, *, grows: bool) -> Iterator[list[Pipe[Row, Column]]]:
        """Go round so many times, the cheapest way each time.

        Fewer times where no way is left: a total cannot be less than one for each of the numbers, none of them nought,
        that it is of, and hiding more would not help.
        """
        flow = dict(self.counts)
        for _ in range(steps):
            way = self._way_round(cell, flow, grows=grows)
            if way is None:
                return
            yield way
            for other, is_more in way:
                flow[other] += 1 if is_more else -1

    def _way_round(
        self, cell: Cell[Row, Column], flow: Mapping[Cell[Row, Column], int], *, grows: bool
    ) -> list[Pipe[Row, Column]] | None:
        """Find the cheapest way for one person to go from a cell to others: hidden ones cost nothing, others their count."""
        begin, end = _ends(cell)
        start, goal = (end, begin) if grows else (begin, end)
        waiting: list[tuple[int, int, Node]] = [(0, 0, start)]
        best: dict[Node, int] = {start: 0}
        came: dict[Node, tuple[Node, Pipe[Row, Column]]] = {}
        while waiting:
            cost, _, node = heappop(waiting)
            if node == goal:
                break
            if cost > best[node]:
                continue
            for other in self._touching[node]:
                begin, end = _ends(other)
                is_more, next_node = begin == node, end if begin == node else begin
                if other == cell or (not is_more and flow[other] <= 1):
                    continue
                total = cost + (0 if other in self.hidden else self.counts[other])
                if total < best.get(next_node, total + 1):
                    best[next_node], came[next_node] = total, (node, (other, is_more))
                    heappush(waiting, (total, self._places[other], next_node))
        if goal not in came:
            return None
        return list(_back(came, start, goal))


def _back(came: Mapping[Node, tuple[Node, Pipe[Row, Column]]], start: Node, goal: Node) -> Iterator[Pipe[Row, Column]]:
    while goal != start:
        goal, pipe = came[goal]
        yield pipe


def _ends(cell: Cell[Row, Column]) -> tuple[Node, Node]:
    """Say from where to where a count runs, so that what comes to a row or column also leaves it."""
    match cell:
        case None, None:
            return ("row", None), ("column", None)
        case row, None:
            return ("column", None), ("row", row)
        case None, column:
            return ("column", column), ("row", None)
        case row, column:
            return ("row", row), ("column", column)
    raise AssertionError(cell)
