"""Peers: the units most alike in structure, and in what they differ.

Distances are Euclidean on variables in units of their standard deviation over all units, so that
none counts more for being measured in larger numbers.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.stats.counts import Floats


@dataclass(frozen=True, slots=True)
class Peer:
    """A unit with its distance from the one asked for.

    Attributes:
        unit: Its key.
        distance: Root of the sum of squares of ``differences``.
        differences: Peer minus the unit asked for, in standard deviations, one a variable.
    """

    unit: str
    distance: float
    differences: tuple[float, ...]

    @property
    def shares(self) -> tuple[float, ...]:
        """Return how much each variable adds to the squared distance; they sum to 1, or are 0."""
        squares = [difference**2 for difference in self.differences]
        total = sum(squares)
        return tuple(square / total if total else 0.0 for square in squares)


@dataclass(frozen=True, slots=True)
class Peers:
    """The nearest units, nearest first.

    Attributes:
        unit: The unit asked for.
        variables: Names of the variables, in the order of each peer's ``differences``.
        peers: As many as asked for, fewer if there are no more.
    """

    unit: str
    variables: tuple[str, ...]
    peers: tuple[Peer, ...]


def nearest(table: pd.DataFrame, unit: str, k: int) -> Peers:
    """Return the ``k`` units nearest to ``unit``.

    Nearest neighbours on standardised variables, as in the comparators of public health profiles.
    A variable that is equal everywhere adds nothing; equal distances are ordered by key.

    Args:
        table: One row a unit, its key as index; one column a variable, numbers without gaps. Take
            logarithms of sizes beforehand; write a kind as 0 and 1.
        unit: Key of a row.
        k: How many, from 1 on.

    Raises:
        ValueError: On an unknown unit, repeated keys, missing values, no variables or a ``k`` below
            1.
    """
    if k < 1:
        raise ValueError(f"k must be at least 1, not {k}")
    if not table.index.is_unique or unit not in table.index:
        raise ValueError(f"table must have exactly one row for {unit}")
    scaled = _standardised(table)
    own = scaled[table.index.get_loc(unit)]
    differences = scaled - own
    distances = np.sqrt((differences**2).sum(axis=1))
    order = sorted(
        (float(distance), str(key), position)
        for position, (distance, key) in enumerate(zip(distances, table.index, strict=True))
        if key != unit
    )
    peers = tuple(
        Peer(key, distance, tuple(float(each) for each in differences[position]))
        for distance, key, position in order[:k]
    )
    return Peers(unit, tuple(str(name) for name in table.columns), peers)


def _standardised(table: pd.DataFrame) -> Floats:
    values = table.to_numpy(dtype=float)
    if not values.shape[1] or not np.isfinite(values).all():
        raise ValueError("table must have variables, and no missing values")
    spread = values.std(axis=0)
    is_constant = spread <= 1e-12 * np.maximum(np.abs(values).max(axis=0), 1)
    centred = np.where(is_constant, 0.0, values - values.mean(axis=0))
    return np.asarray(centred / np.where(is_constant, 1.0, spread))
