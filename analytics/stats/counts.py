"""Checks of what callers hand in, and its reduction to one row per distinct day.

Every estimator of this package takes observations as parallel arrays with optional integer
``counts``: how many rows each entry stands for. The checks name the argument that is wrong.
"""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Counts above 2**53 would no longer be exact in the double precision sums.
_LARGEST_COUNT = 2**53


@dataclass(frozen=True, slots=True, eq=False)
class EventTable:
    """Observations per distinct day, ascending; empty when there are none.

    Attributes:
        days: Distinct days, float, shape (D,). Day 0 is always the first.
        at_risk: Rows observed up to this day or longer, int, shape (D,).
        ends: Rows that end on this day for any reason, int, shape (D,).
        events: Rows that end on this day for the reason of interest, int, shape (D,).
    """

    days: Floats
    at_risk: Ints
    ends: Ints
    events: Ints


def as_vector(values: ArrayLike, name: str) -> Floats:
    """Return ``values`` as a one-dimensional float array without missing or infinite entries.

    Raises:
        ValueError: If they are not numbers, not one-dimensional or not finite.
    """
    raw = np.asarray(values)
    if raw.dtype.kind not in "biufO":  # numpy would read text and time spans as numbers
        raise ValueError(f"{name} must be numbers, not {raw.dtype}")
    try:
        vector = raw.astype(np.float64)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name} must be numbers without missing values") from error
    if vector.ndim != 1:
        raise ValueError(f"{name} must be one-dimensional, not {vector.ndim}-dimensional")
    if not np.isfinite(vector).all():
        raise ValueError(f"{name} must not contain missing or infinite values")
    return vector


def as_durations(values: ArrayLike, name: str) -> Floats:
    """Return ``values`` as a vector of durations; raises ValueError on a negative one."""
    vector = as_vector(values, name)
    if (vector < 0).any():
        raise ValueError(f"{name} must not be negative")
    return vector


def as_whole(vector: Floats, name: str) -> Floats:
    """Return ``vector`` unchanged if it holds whole numbers from 0 on, else raise ValueError."""
    if (vector < 0).any():
        raise ValueError(f"{name} must not be negative")
    if (vector != np.floor(vector)).any():
        raise ValueError(f"{name} must be whole numbers")
    if (vector > _LARGEST_COUNT).any():
        raise ValueError(f"{name} must not exceed {_LARGEST_COUNT}")
    return vector


def as_counts(counts: ArrayLike | None, length: int) -> Floats:
    """Return ``counts`` as a vector of ``length`` whole numbers; one each if None."""
    if counts is None:
        return np.ones(length)
    vector = as_whole(as_vector(counts, "counts"), "counts")
    same_length(vector, "counts", length)
    return vector


def same_length(vector: Floats, name: str, length: int) -> None:
    """Raise ValueError unless ``vector`` has ``length`` entries."""
    if vector.size != length:
        raise ValueError(f"{name} has {vector.size} entries, expected {length}")


def normal_quantile(confidence: float) -> float:
    """Return z with a share ``confidence`` of the standard normal between -z and z.

    Raises:
        ValueError: If ``confidence`` is not strictly between 0 and 1.
    """
    if not 0 < confidence < 1:
        raise ValueError(f"confidence must lie strictly between 0 and 1, not {confidence}")
    return NormalDist().inv_cdf((1 + confidence) / 2)


def event_table(
    days: ArrayLike, codes: ArrayLike, counts: ArrayLike | None, *, name: str, cause: int = 1
) -> EventTable:
    """Count rows per distinct day: at risk, ended for any reason, ended for ``cause``.

    Args:
        days: Days to the end or to the data cut, shape (N,), from 0 on.
        codes: 0 for still open at the data cut, a whole number from 1 on for the kind of end.
        counts: Rows each entry stands for, shape (N,); None for one each.
        name: What the caller calls ``codes``, for messages.
        cause: The code of the end of interest.

    Raises:
        ValueError: On unequal lengths, missing values, negative days, codes that are no whole
            numbers from 0 on, negative or fractional counts.
    """
    durations = as_durations(days, "days")
    kinds = as_whole(as_vector(codes, name), name)
    same_length(kinds, name, durations.size)
    weights = as_counts(counts, durations.size)
    present = weights > 0
    durations, kinds, weights = durations[present], kinds[present], weights[present]
    if durations.size == 0:
        nothing = np.empty(0, dtype=np.int64)
        return EventTable(np.empty(0), nothing, nothing, nothing)
    # Day 0 joins with no rows of its own, so that every curve starts where the clock starts.
    grid, position = np.unique(np.append(0.0, durations), return_inverse=True)
    position = position[1:]
    rows = _sums(position, weights, grid.size)
    return EventTable(
        days=grid,
        at_risk=np.cumsum(rows[::-1])[::-1],
        ends=_sums(position, weights * (kinds > 0), grid.size),
        events=_sums(position, weights * (kinds == cause), grid.size),
    )


def binary_table(days: ArrayLike, events: ArrayLike, counts: ArrayLike | None) -> EventTable:
    """Count rows per distinct day where the only end is the event: ``events`` are 0 or 1.

    Raises:
        ValueError: As ``event_table``, and on any other code.
    """
    if not np.isin(as_vector(events, "events"), (0, 1)).all():
        raise ValueError("events must be 0 (open) or 1 (event); for competing ends use causes")
    return event_table(days, events, counts, name="events")


def _sums(position: NDArray[np.intp], weights: Floats, size: int) -> Ints:
    return np.bincount(position, weights=weights, minlength=size).astype(np.int64)


def freeze(*arrays: NDArray[np.generic]) -> None:
    """Make arrays read-only: results are cached and shared between readers."""
    for array in arrays:
        array.flags.writeable = False
