"""Nobody who knows all totals of rows and columns can work out a small cell between them.

The attacker solves for it: the smallest and the largest value that a hidden cell may have, given
every shown cell and both margins, must differ.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import linprog

from analytics.disclosure import MIN_COUNT, release_margins

Counts = NDArray[np.int64]
CELL = st.one_of(st.integers(0, 6), st.integers(0, 40))
SHAPES = st.tuples(st.integers(2, 5), st.integers(2, 5))
TABLES = SHAPES.flatmap(
    lambda shape: st.lists(
        st.lists(CELL, min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0]
    )
).map(lambda rows: np.array(rows, dtype=np.int64))


def released(table: Counts) -> NDArray[np.bool_]:
    rows, columns = np.indices(table.shape)
    return release_margins(rows.ravel(), columns.ravel(), table.ravel()).reshape(table.shape)


def bounds(table: Counts, shown: NDArray[np.bool_], cell: tuple[int, int]) -> tuple[float, float]:
    """Return the least and the most that a hidden cell may be."""
    hidden = np.argwhere(~shown)
    lines = [hidden[:, way] == line for way in (0, 1) for line in range(table.shape[way])]
    sums = [
        np.where(shown, 0, table).sum(1 - way)[line]
        for way in (0, 1)
        for line in range(table.shape[way])
    ]
    place = int(np.flatnonzero((hidden == cell).all(1))[0])
    found = []
    for sign in (1, -1):
        aim = np.zeros(len(hidden))
        aim[place] = sign
        solved = linprog(aim, A_eq=np.array(lines, dtype=float), b_eq=sums, bounds=(0, None))
        assert solved.status == 0
        found.append(sign * float(solved.fun))
    return found[0], found[1]


def can_be_hidden(table: Counts, cell: tuple[int, int]) -> bool:
    """Say whether more than one cell of its row and of its column has people.

    Else the margin itself is the cell, and the table that tells the margin has to hide it.
    """
    return (table[cell[0]] > 0).sum() > 1 and (table[:, cell[1]] > 0).sum() > 1


@settings(max_examples=300, deadline=None)
@given(TABLES)
def test_no_small_cell_can_be_solved_for(table: Counts) -> None:
    shown = released(table)
    for cell in map(tuple, np.argwhere((table > 0) & (table < MIN_COUNT))):
        assert not shown[cell]
        if can_be_hidden(table, cell):
            low, high = bounds(table, shown, cell)
            assert high - low > 1e-6, (table.tolist(), shown.tolist(), cell)


@settings(max_examples=200, deadline=None)
@given(TABLES)
def test_a_table_without_small_cells_is_shown_whole(table: Counts) -> None:
    large = np.where((table > 0) & (table < MIN_COUNT), MIN_COUNT, table)
    assert released(large).all()


def test_a_link_between_two_circles_is_not_told() -> None:
    # Two circles of four hidden cells, and one cell that joins them: every line has two hidden
    # cells or three, but what the circle on the left adds up to tells the cell between them.
    table = np.full((4, 4), 50)
    for cell, count in {(0, 0): 2, (0, 1): 3, (1, 0): 4, (1, 1): 1, (1, 2): 3}.items():
        table[cell] = count
    for cell, count in {(2, 2): 2, (2, 3): 4, (3, 2): 3, (3, 3): 1}.items():
        table[cell] = count
    shown = released(table)
    low, high = bounds(table, shown, (1, 2))
    assert high > low


@pytest.mark.parametrize("hidden", [(0, 0), (1, 2)])
def test_what_is_hidden_already_is_protected_as_well(hidden: tuple[int, int]) -> None:
    table = np.array([[20, 30, 40], [50, 60, 70], [80, 90, 25]])
    rows, columns = np.indices(table.shape)
    mask = np.zeros(table.shape, dtype=np.bool_)
    mask[hidden] = True
    shown = release_margins(rows.ravel(), columns.ravel(), table.ravel(), hidden=mask.ravel())
    shown = shown.reshape(table.shape)
    low, high = bounds(table, shown, hidden)
    assert not shown[hidden] and high > low
