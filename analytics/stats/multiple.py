"""Several tests at once."""

from collections.abc import Sequence

import numpy as np

from analytics.stats.counts import Floats


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
    """Return p values of which those up to a level are false in that share at most, in their order.

    Benjamini & Hochberg (1995), doi:10.1111/j.2517-6161.1995.tb02031.x: each is multiplied by the
    number of tests and divided by its place among them, and none becomes larger than one after it.
    What is controlled is the expected share of false claims among all claims, where tests are
    independent or depend on each other positively (Benjamini & Yekutieli 2001,
    doi:10.1214/aos/1013699998, theorem 1.2).

    Args:
        p_values: One of each test, 0 to 1.

    Raises:
        ValueError: If one is missing or not between 0 and 1.
    """
    return _stepped_up(p_values, 1.0)


def benjamini_yekutieli(p_values: Sequence[float]) -> tuple[float, ...]:
    """Return what ``benjamini_hochberg`` does, however the tests depend on each other.

    Benjamini & Yekutieli (2001), theorem 1.3: each is larger by the sum of 1/i over the tests,
    which makes it some six times as strict with four hundred of them.

    Raises:
        ValueError: If one is missing or not between 0 and 1.
    """
    return _stepped_up(p_values, float((1 / np.arange(1, len(p_values) + 1)).sum()))


def _stepped_up(p_values: Sequence[float], factor: float) -> tuple[float, ...]:
    given = _checked(p_values)
    order = np.argsort(given, kind="stable")[::-1]
    places = np.arange(len(given), 0, -1)
    scaled = factor * given[order] * len(given) / places
    adjusted = np.empty_like(given)
    adjusted[order] = np.minimum(np.minimum.accumulate(scaled), 1.0)
    return tuple(float(value) for value in adjusted)


def _checked(p_values: Sequence[float]) -> Floats:
    given = np.asarray(p_values, dtype=np.float64)
    if not ((given >= 0) & (given <= 1)).all():
        raise ValueError("p values must lie between 0 and 1")
    return given
