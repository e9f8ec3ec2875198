"""Outcomes of each cell of a panel, from counts by day: all cells at once.

Every need is followed for the whole horizon (cells that are not are left out before), so nobody is
censored within it: the share referred within d days, other ends competing, is a plain proportion,
equal to Aalen and Johansen's estimate.
"""

import numpy as np
from numpy.typing import NDArray

from analytics.stats.panel_input import check_rows

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def share_referred(
    cell: Ints, days: Ints, event: Ints, counts: Ints, cells: int, by: int
) -> Floats:
    """Return the share referred within ``by`` days, shape (cells,); NaN for an empty cell.

    Args:
        cell: Cell of each row, shape (N,).
        days: Day on which its clock stopped, shape (N,).
        event: 1 referred, 2 ended, 0 waiting, shape (N,).
        counts: Needs in the row, shape (N,).
        cells: Number of cells.
        by: Last day that counts.

    Raises:
        ValueError: On arrays that do not fit, unknown cells, or negative numbers.
    """
    check_rows(cell, cells, days=days, event=event, counts=counts)
    needs = np.bincount(cell, counts, cells)
    referred = np.bincount(cell, counts * ((event == 1) & (days <= by)), cells)
    with np.errstate(invalid="ignore"):
        return np.asarray(referred / needs, dtype=np.float64)


def restricted_mean_days(
    cell: Ints, days: Ints, event: Ints, counts: Ints, cells: int, limit: int
) -> Floats:
    """Return the mean days to referral within the first ``limit``, shape (cells,).

    The area under the Kaplan-Meier curve, other ends censored, as ``stats.restricted`` computes it
    for one curve. NaN for an empty cell. Arguments and errors as for ``share_referred``.
    """
    check_rows(cell, cells, days=days, event=event, counts=counts)
    until = np.minimum(days, limit)
    grid = cell * (limit + 1) + until
    ends = np.bincount(grid, counts, cells * (limit + 1)).reshape(cells, limit + 1)
    referred = np.bincount(grid, counts * (event == 1), cells * (limit + 1))
    events = referred.reshape(cells, limit + 1)[:, :limit]
    needs = ends.sum(1)
    at_risk = needs[:, None] - np.cumsum(ends, axis=1)[:, :limit] + ends[:, :limit]
    waiting = np.cumprod(1 - events / np.maximum(at_risk, 1), axis=1)
    return np.where(needs > 0, waiting.sum(1), np.nan)
