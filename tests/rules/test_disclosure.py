"""Nobody finds a hidden small number by adding and subtracting what is published, and no more is hidden than is needed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.disclosure import LEAST, hidden_cells, hidden_parts, with_totals

Place = tuple[int, int]
Cell = tuple[int | None, int | None]
Table = Mapping[Place, int]

FOUR_FOR_NOTHING: Table = {(0, 0): 2, (0, 1): 1, (1, 0): 2, (1, 1): 2, (2, 0): 4, (2, 1): 3}
SIX_TO_LEAN_ON: Table = {(0, 0): 2, (0, 1): 1, (1, 0): 2, (1, 1): 2, (2, 0): 2, (2, 1): 6}


def tables(rows: int, columns: int, counts: Collection[int]) -> list[Table]:
    """Every table of this shape with these counts."""
    places = list(product(range(rows), range(columns)))
    return [dict(zip(places, each, strict=True)) for each in product(counts, repeat=len(places))]


def possible(table: Table, hidden: frozenset[Cell], largest: int) -> list[Table]:
    """Every table that agrees with all that is published of this one: numbers, noughts, and that hidden ones are none."""
    told = with_totals(table)
    inside = [place for place in table if place in hidden]
    found: list[Table] = []
    for guess in product(range(1, largest + 1), repeat=len(inside)):
        other = {**table, **dict(zip(inside, guess, strict=True))}
        sums = with_totals(other)
        if all(sums.get(place, 0) == count for place, count in told.items() if place not in hidden):
            found.append(other)
    return found


@pytest.mark.parametrize("table", [*tables(2, 2, (0, 2, 6)), *tables(1, 3, (1, 3, 4, 7))], ids=str)
def test_whoever_tries_every_table_learns_nothing_of_a_hidden_small_number(table: Table) -> None:
    """By brute force: a hidden 1 to 4 could as well be 1, and 5."""
    hidden = hidden_cells(table)
    others = possible(table, hidden, 11)
    for place in hidden:
        row, column = place
        if row is None or column is None or table[row, column] >= LEAST:
            continue
        values = {other[row, column] for other in others}
        assert {1, LEAST} <= values, f"{place} of {table} is {values}; hidden {hidden}"


@pytest.mark.parametrize(
    ("table", "hidden"),
    [
        ({(0, 0): 9, (0, 1): 9, (1, 0): 9, (1, 1): 9}, frozenset()),
        ({(0, 0): 2, (0, 1): 9, (1, 0): 9, (1, 1): 9}, frozenset({(0, 0), (0, 1), (1, 0), (1, 1)})),
        ({(0, 0): 2, (0, 1): 9, (0, 2): 7, (1, 0): 9, (1, 1): 30, (1, 2): 8}, frozenset({(0, 0), (0, 2), (1, 0), (1, 2)})),
        ({(0, 0): 0, (0, 1): 9, (1, 0): 9, (1, 1): 9}, frozenset()),
        ({}, frozenset()),
        (FOUR_FOR_NOTHING, frozenset({*FOUR_FOR_NOTHING, (0, None), (1, None), (None, 1), (None, None)})),
        (SIX_TO_LEAN_ON, frozenset({*SIX_TO_LEAN_ON, (0, None), (1, None), (2, None), (None, 0), (None, 1)})),
    ],
)
def test_no_more_is_hidden_than_the_cheapest_way_round(table: Table, hidden: frozenset[Cell]) -> None:
    """Nothing where nothing is small; else the smallest numbers that will do, and a nought never.

    Whoever goes round a table several times may not lean twice on what has given way once.
    """
    assert hidden_cells(table) == hidden


def test_totals_that_are_small_are_hidden_too() -> None:
    """One case in all the county is not told as a total."""
    assert hidden_cells({(0, 0): 1}) == {(0, 0), (0, None), (None, 0), (None, None)}


@settings(deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.integers(0, 3), st.integers(0, 3)), st.one_of(st.integers(0, 6), st.integers(0, 200)), max_size=16
    )
)
def test_no_hidden_small_number_follows_from_sums(table: dict[Place, int]) -> None:
    """By elimination: what is published, solved as equations, fixes no hidden number that is small."""
    hidden = hidden_cells(table)
    fixed = solved(table, hidden)
    small = {cell for cell, count in with_totals(table).items() if 0 < count < LEAST}
    assert small <= hidden
    assert not fixed & small


def solved(table: dict[Place, int], hidden: frozenset[Cell]) -> set[Cell]:
    """Return the hidden cells that the sums of the table's rows and columns fix: Gauss, over the unknown ones."""
    unknown = sorted(hidden, key=str)
    lines = sorted({row for row, _ in table} | {-1}), sorted({column for _, column in table} | {-1})
    rows: list[dict[Cell, float]] = [
        {(row, at): 1.0 for at in lines[1][1:]} | {(row, None): -1.0} for row in (*lines[0][1:], None)
    ]
    columns: list[dict[Cell, float]] = [
        {(at, column): 1.0 for at in lines[0][1:]} | {(None, column): -1.0} for column in (*lines[1][1:], None)
    ]
    matrix = [[each.get(cell, 0.0) for cell in unknown] for each in (*rows, *columns)]
    rank = 0
    pivots: list[int] = []
    for column in range(len(unknown)):
        pivot = next((line for line in range(rank, len(matrix)) if abs(matrix[line][column]) > 1e-9), None)
        if pivot is None:
            continue
        matrix[rank], matrix[pivot] = matrix[pivot], matrix[rank]
        scale = matrix[rank][column]
        matrix[rank] = [value / scale for value in matrix[rank]]
        for line in range(len(matrix)):
            if line != rank and (factor := matrix[line][column]):
                matrix[line] = [value - factor * own for value, own in zip(matrix[line], matrix[rank], strict=True)]
        pivots.append(column)
        rank += 1
    return {unknown[column] for line, column in enumerate(pivots) if sum(abs(value) > 1e-9 for value in matrix[line]) == 1}


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({"water": 12, "roads": 7, "power": 5}, set()),
        ({"water": 12, "roads": 7, "power": 3}, {"power", "roads"}),
        ({"water": 12, "roads": 2, "power": 3}, {"power", "roads", "water"}),
        ({"water": 12, "roads": 4, "power": 4}, {"power", "roads"}),
        ({"water": 3}, {"water"}),
        ({"water": 0, "roads": 8}, set()),
    ],
)
def test_of_a_list_so_much_is_hidden_that_the_total_tells_nothing(counts: dict[str, int], hidden: set[str]) -> None:
    """2 and 3 beside a total are 5 together, so that neither can be 5: a third goes with them; 4 and 4 do."""
    assert hidden_parts(counts) == hidden


@settings(deadline=None)
@given(st.lists(st.integers(0, 9), max_size=7))
def test_what_subtraction_leaves_of_a_list_is_nobody_or_enough(counts: list[int]) -> None:
    """Total less what is shown: nobody, or two parts and more, of which a small one could as well be five."""
    hidden = hidden_parts(dict(enumerate(counts)))
    rest = [counts[part] for part in hidden]
    everything = [count for count in counts if count]
    assert not rest or sorted(rest) == sorted(everything) or (len(rest) > 1 and sum(rest) >= LEAST + len(rest) - 1)


def test_a_negative_count_is_refused() -> None:
    """It would make any sum come out."""
    with pytest.raises(ValueError, match="negative"):
        hidden_cells({(0, 0): -1})
