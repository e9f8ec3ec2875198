"""Checks of the panels that callers of the effect estimators hand in, each with its message."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def check_panel(values: Floats, starts: Ints) -> None:
    """Refuse outcomes and starts that are no panel; ``starts`` may hold many assignments.

    Raises:
        ValueError: If ``values`` is not (U, Q), or ``starts`` not whole numbers (…, U).
    """
    if values.ndim != 2 or not values.size:
        raise ValueError(f"values must be units by quarters, not of shape {values.shape}")
    if not starts.ndim or starts.shape[-1] != len(values):
        raise ValueError(f"there are {len(values)} units, but starts of shape {starts.shape}")
    if not np.issubdtype(starts.dtype, np.integer):
        raise ValueError("starts must be numbers of quarters, whole ones")


def check_exposure(exposure: Floats, starts: Ints) -> None:
    """Refuse exposures that are not one share in (0, 1] for each start.

    Raises:
        ValueError: As the summary says.
    """
    if exposure.shape != starts.shape:
        raise ValueError(f"exposure has shape {exposure.shape}, starts have {starts.shape}")
    if not ((exposure > 0) & (exposure <= 1)).all():
        raise ValueError("exposure must lie above 0 and at most at 1")


def check_clusters(clusters: Ints, units: int) -> None:
    """Refuse clusters that are not one number from 0 on for each unit, or only one of them.

    Raises:
        ValueError: As the summary says.
    """
    if clusters.shape != (units,) or not np.issubdtype(clusters.dtype, np.integer):
        raise ValueError(f"clusters must be whole numbers of shape ({units},)")
    if clusters.min() < 0:
        raise ValueError("clusters must not be negative")
    if len(np.unique(clusters)) < 2:
        raise ValueError("errors between clusters need two of them")


def check_least(**numbers: int) -> None:
    """Refuse numbers below 1, by their names.

    Raises:
        ValueError: As the summary says.
    """
    for name, number in numbers.items():
        if number < 1:
            raise ValueError(f"{name} must be at least 1, not {number}")


def check_confidence(confidence: float) -> None:
    """Refuse a level that is not between 0 and 1.

    Raises:
        ValueError: As the summary says.
    """
    if not 0 < confidence < 1:
        raise ValueError(f"confidence must lie between 0 and 1, not {confidence}")


def check_rows(cell: Ints, cells: int, **columns: NDArray[Any]) -> None:
    """Refuse rows of counts whose arrays differ in length, or whose cells do not exist.

    Columns named ``days`` or ``counts`` must not be negative.

    Raises:
        ValueError: As the summary says.
    """
    if cell.ndim != 1 or any(column.shape != cell.shape for column in columns.values()):
        raise ValueError("all columns must have the same number of rows")
    if len(cell) and not 0 <= cell.min() <= cell.max() < cells:
        raise ValueError(f"cell must lie in 0 to {cells - 1}")
    for name in ("days", "counts"):
        if name in columns and (columns[name] < 0).any():
            raise ValueError(f"{name} must not be negative")
