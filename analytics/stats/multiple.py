"""Several tests at once."""

from collections.abc import Sequence

import numpy as np


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """Return p values that hold for all of them together, in the order given.

    Holm (1979), Scandinavian Journal of Statistics 6, 65-70: the smallest is multiplied by the
    number of tests, the next one by one less, and so on; none becomes smaller than one before it,
    or larger than 1.

    Args:
        p_values: One of each test, 0 to 1.

    Raises:
        ValueError: If one is missing or not between 0 and 1.
    """
    given = np.asarray(p_values, dtype=np.float64)
    if not ((given >= 0) & (given <= 1)).all():
        raise ValueError("p values must lie between 0 and 1")
    order = np.argsort(given, kind="stable")
    factors = np.arange(len(given), 0, -1)
    adjusted = np.empty_like(given)
    adjusted[order] = np.minimum(np.maximum.accumulate(given[order] * factors), 1.0)
    return tuple(float(value) for value in adjusted)
