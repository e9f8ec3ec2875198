"""Cells of a table whose row and column totals are both shown elsewhere."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.disclosure.small_counts import Mask, release_counts

Ints = NDArray[np.int64]


def release_margins(
    rows: ArrayLike, columns: ArrayLike, *counts: ArrayLike, hidden: Mask | None = None
) -> Mask:
    """Return which cells may be shown where the totals of all rows and columns are shown as well.

    Each row and each column hides as ``release_counts`` does, until no line asks for more. That
    leaves at least two hidden cells in a line, but a cell may still be the only link between two
    groups of hidden ones: then the totals on its one side tell it. The smallest shown cells of
    its row are hidden with it, or of its column where its row has none left.

    Args:
        rows: Shape (k,), the row of each cell.
        columns: Shape (k,), its column; a pair of both at most once. A pair that is absent is a
            cell of nobody, which every reader may know.
        *counts: Shape (k,) each, what must not be told: of a share its events, its other trials
            and all trials.
        hidden: Shape (k,), cells that are hidden for another reason already.

    Returns:
        Shape (k,), True where the cell may be shown.
    """
    row, column = (np.unique(np.asarray(each), return_inverse=True)[1] for each in (rows, columns))
    parts = [np.asarray(count, dtype=np.int64) for count in counts]
    shown = np.ones(row.size, dtype=np.bool_) if hidden is None else ~hidden
    while True:  # each round hides more or ends
        shown = _by_line(row, column, parts, shown)
        told = [cell for cell in _links(row, column, shown) if any(part[cell] for part in parts)]
        more = [each for cell in told for each in _beside(cell, row, column, parts, shown)]
        if not more:
            return shown
        shown[more] = False


def _by_line(row: Ints, column: Ints, parts: list[Ints], shown: Mask) -> Mask:
    lines = [np.flatnonzero(way == line) for way in (row, column) for line in np.unique(way)]
    shown, before = shown.copy(), -1
    while before != shown.sum():
        before = int(shown.sum())
        for members in lines:
            for part in parts:
                shown[members] = release_counts(part[members], hidden=~shown[members])
    return shown


def _links(row: Ints, column: Ints, shown: Mask) -> Iterator[int]:
    """Yield the hidden cells without which rows and columns that are joined by such would not be.

    Hidden cells that go round in a circle can be shifted against each other; a link cannot.
    """
    cells = np.flatnonzero(~shown)
    for cell in cells:
        if not _joined(int(row[cell]), int(column[cell]), row, column, cells[cells != cell]):
            yield int(cell)


def _joined(start: int, end: int, row: Ints, column: Ints, cells: NDArray[np.intp]) -> bool:
    """Say whether a row and a column are joined by cells, one in a line with the next."""
    reached, before = {start}, 0
    columns: set[int] = set()
    while before != len(reached) + len(columns):
        before = len(reached) + len(columns)
        columns |= {int(column[cell]) for cell in cells if int(row[cell]) in reached}
        reached |= {int(row[cell]) for cell in cells if int(column[cell]) in columns}
    return end in columns


def _beside(cell: int, row: Ints, column: Ints, parts: list[Ints], shown: Mask) -> list[int]:
    """Return the smallest shown cells with people in the cell's row, else in its column."""
    people = parts[-1]
    for way in (row, column):
        others = np.flatnonzero((way == way[cell]) & shown & (people > 0))
        if others.size:
            return [int(each) for each in others[people[others] == people[others].min()]]
    return []
