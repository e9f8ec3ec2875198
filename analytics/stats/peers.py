"""Peers: the units most alike in structure, and in what they differ.

Distances are Euclidean on variables in units of their standard deviation over all units, so that
none counts more for being measured in larger numbers.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from analytics.stats.counts import Floats

_FENCE: Final = 1.5


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
    found = everyone(table, unit)
    return Peers(found.unit, found.variables, found.peers[:k])


def everyone(table: pd.DataFrame, unit: str) -> Peers:
    """Return all other units, nearest first; ``nearest`` is the beginning of it.

    Raises:
        ValueError: As ``nearest``.
    """
    if not table.index.is_unique or unit not in table.index:
        raise ValueError(f"table must have exactly one row for {unit}")
    scaled = _standardised(table)
    differences = scaled - scaled[table.index.get_loc(unit)]
    distances = np.sqrt((differences**2).sum(axis=1))
    order = sorted(
        (float(distance), str(key), position)
        for position, (distance, key) in enumerate(zip(distances, table.index, strict=True))
        if key != unit
    )
    peers = tuple(
        Peer(key, distance, tuple(float(each) for each in differences[position]))
        for distance, key, position in order
    )
    return Peers(unit, tuple(str(name) for name in table.columns), peers)


def usual_reach(table: pd.DataFrame) -> float:
    """Return up to which distance a unit's nearest peer is as near as peers usually are.

    The upper fence of all units' distances to their nearest peer: third quartile plus one and a
    half times the interquartile range (Tukey 1977). A unit whose nearest peer lies beyond has none
    that is close.

    Raises:
        ValueError: On fewer than two units, missing values or no variables.
    """
    if len(table) < 2:
        raise ValueError("table must have at least two rows")
    scaled = _standardised(table)
    apart = np.sqrt(((scaled[:, None, :] - scaled[None, :, :]) ** 2).sum(axis=2))
    np.fill_diagonal(apart, np.inf)
    first, third = np.quantile(apart.min(axis=1), (0.25, 0.75))
    return float(third + _FENCE * (third - first))


def _standardised(table: pd.DataFrame) -> Floats:
    values = table.to_numpy(dtype=float)
    if not values.shape[1] or not np.isfinite(values).all():
        raise ValueError("table must have variables, and no missing values")
    spread = values.std(axis=0)
    is_constant = spread <= 1e-12 * np.maximum(np.abs(values).max(axis=0), 1)
    centred = np.where(is_constant, 0.0, values - values.mean(axis=0))
    return np.asarray(centred / np.where(is_constant, 1.0, spread))
