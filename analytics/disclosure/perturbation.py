"""Small random changes of counts, always the same for the same people: the cell-key method.

Every record has a random key that never changes. The key of a cell is the sum of its members' keys
modulo 2**32; count and key together say how the count is changed (Fraser & Wooton 2005; on the
German census Höhne & Höninger 2018 and Enderle, Giessing & Tent 2020). So a cell has one figure
wherever it is counted, and asking again teaches nothing.
"""

import csv
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.disclosure.transition import DEVIATION, KEY_RANGE
from analytics.domain.areas import REFERENCE
from analytics.stats.counts import freeze

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Keys = NDArray[np.uint64]

TABLE_FILE: Final = REFERENCE / "perturbation_table.csv"


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """Thresholds of keys; row i is for count i, the last one for all larger counts.

    Attributes:
        below: Shape (r, 2 * DEVIATION), column c: the first key whose change exceeds
            ``c - DEVIATION``. Where that change is impossible it is the threshold before.
        variances: Of the changes, shape (r,).
    """

    below: Keys
    variances: Floats

    def __post_init__(self) -> None:
        freeze(self.below, self.variances)


def change_of(counts: ArrayLike, cell_keys: ArrayLike) -> Ints:
    """Return by how much each count is changed.

    Args:
        counts: True counts, whole numbers of at least 0, shape (k,).
        cell_keys: Sum of the keys of each cell's members, whole numbers, shape (k,). Only their
            remainder modulo 2**32 matters, so sums may have overflowed.

    Raises:
        ValueError: On negative or fractional counts, on keys that are not whole numbers (beyond
            2**53 those of floating point are no longer exact), or shapes that differ.
    """
    sizes, keys = _checked(counts, cell_keys)
    table = _table()
    row = np.minimum(sizes, len(table.below) - 1)
    change = np.full(sizes.shape, -DEVIATION, dtype=np.int64)
    for column in range(2 * DEVIATION):
        change += keys >= table.below[row, column]
    return change


def perturbed(counts: ArrayLike, cell_keys: ArrayLike) -> Ints:
    """Return the counts that may be shown, shape (k,): changed by ``change_of``."""
    return np.asarray(counts, dtype=np.int64) + change_of(counts, cell_keys)


def noise_variance(counts: ArrayLike) -> Floats:
    """Return the variance of each count's change, for intervals; counts of at least 0, any shape.

    Raises:
        ValueError: On negative counts.
    """
    variances = _table().variances
    sizes = np.asarray(counts, dtype=np.int64)
    if (sizes < 0).any():
        raise ValueError("counts must not be negative")
    return np.asarray(variances[np.minimum(sizes, len(variances) - 1)])


@cache
def _table() -> _Table:
    with TABLE_FILE.open(encoding="utf-8", newline="") as file:
        lines = [(int(x["count"]), int(x["change"]), int(x["below"])) for x in csv.DictReader(file)]
    count, change, below = np.array(lines, dtype=np.int64).T
    thresholds = np.zeros((count[-1] + 1, 2 * DEVIATION + 1), dtype=np.int64)
    thresholds[count, change + DEVIATION] = below
    thresholds = np.maximum.accumulate(thresholds, axis=1)
    chances = np.diff(thresholds, axis=1, prepend=0) / KEY_RANGE
    changes = np.arange(-DEVIATION, DEVIATION + 1)
    return _Table(thresholds[:, :-1].astype(np.uint64), chances @ changes**2)


def _checked(counts: ArrayLike, cell_keys: ArrayLike) -> tuple[Ints, Keys]:
    sizes, keys = np.asarray(counts), np.asarray(cell_keys)
    if sizes.dtype.kind not in "iu" or keys.dtype.kind not in "iu":
        raise ValueError(f"counts and keys must be whole numbers: {sizes.dtype}, {keys.dtype}")
    if sizes.shape != keys.shape:
        raise ValueError(f"{sizes.shape} counts, but {keys.shape} keys")
    if (sizes < 0).any():
        raise ValueError("counts must not be negative")
    return sizes.astype(np.int64), keys.astype(np.uint64) % np.uint64(KEY_RANGE)
