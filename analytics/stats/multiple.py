"""Several tests at once."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


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
    given = _checked(p_values)
    order = np.argsort(given, kind="stable")
    factors = np.arange(len(given), 0, -1)
    adjusted = np.empty_like(given)
    adjusted[order] = np.minimum(np.maximum.accumulate(given[order] * factors), 1.0)
    return tuple(float(value) for value in adjusted)


def benjamini_hochberg(p_values: Sequence[float]) -> tuple[float, ...]:
    """Return p values that hold the expected share of false findings, in the order given.

    Of all tests whose result lies below a limit, at most that share is expected to be false.
    Benjamini & Hochberg (1995), Journal of the Royal Statistical Society B 57, 289-300.

    Args:
        p_values: One of each test, 0 to 1.

    Raises:
        ValueError: If one is missing or not between 0 and 1.
    """
    given = _checked(p_values)
    order = np.argsort(given, kind="stable")[::-1]
    factors = given.size / np.arange(given.size, 0, -1)
    adjusted = np.empty_like(given)
    adjusted[order] = np.minimum(np.minimum.accumulate(given[order] * factors), 1.0)
    return tuple(float(value) for value in adjusted)


def _checked(p_values: Sequence[float]) -> NDArray[np.float64]:
    given = np.asarray(p_values, dtype=np.float64)
    if not ((given >= 0) & (given <= 1)).all():
        raise ValueError("p values must lie between 0 and 1")
    return given
