"""What the rows and columns of a table give together for each of its cells."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.stats.cell_contrasts import Mask
from analytics.stats.counts import Floats

_SAME: Final = 1e-9


def deleted_residual(shape: tuple[int, ...], sizes: Floats) -> tuple[Floats, Mask]:
    """Return the weights that take each cell less what the others' rows and columns give for it.

    Least squares of an additive table, weighted by size; the residual of a cell that is left out of
    the fit is its residual in it, divided by one less its leverage.

    Args:
        shape: Rows and columns.
        sizes: Weight of each cell, row by row, shape (K,); 0 where it is not to be fitted.

    Returns:
        Weights, shape (K, K), and which cells the others tell anything about, shape (K,).
    """
    rows, columns = shape
    row, column = np.divmod(np.arange(rows * columns), columns)
    design = np.hstack([np.eye(rows)[row], np.eye(columns)[column]])
    weighted = design * sizes[:, None]
    normal = np.linalg.pinv(design.T @ weighted, hermitian=True)
    hat = design @ normal @ weighted.T
    left = 1 - np.diagonal(hat)
    # A row or column that no other cell is fitted in tells nothing.
    others = np.stack([_others(row, sizes > 0), _others(column, sizes > 0)])
    is_told = (others > 0).all(0) & (left > _SAME)
    scale = np.where(is_told, 1 / np.where(is_told, left, 1.0), 0.0)
    weights = scale[:, None] * (np.eye(len(sizes)) - hat)
    return np.where(np.abs(weights) > _SAME, weights, 0.0), np.asarray(is_told)


def _others(lines: NDArray[np.int64], fitted: Mask) -> NDArray[np.int64]:
    """Return how many other fitted cells lie in each cell's line."""
    return np.bincount(lines, weights=fitted)[lines].astype(np.int64) - fitted
