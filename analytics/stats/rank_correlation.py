"""How far two measures of the same units go together in their order."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import rankdata

from analytics.stats.counts import as_vector, normal_quantile

LEAST_UNITS: Final = 10
"""With fewer the interval is as good as all there is, and its approximation poor."""


@dataclass(frozen=True, slots=True)
class RankCorrelation:
    """A rank correlation with its 95 % interval, each from -1 to 1.

    Attributes:
        estimate, low, high: Without a unit.
        n: Number of units.
    """

    estimate: float
    low: float
    high: float
    n: int

    @property
    def excludes_zero(self) -> bool:
        """Say whether the interval lies wholly on one side of zero."""
        return self.low > 0 or self.high < 0


def rank_correlation(first: ArrayLike, second: ArrayLike) -> RankCorrelation | None:
    """Return the rank correlation of Spearman (1904); None with too few units or without spread.

    Ties share their mean rank. The interval is that of Bonett & Wright (2000),
    doi:10.1007/BF02294183: symmetric in Fisher's z, whose variance (1 + r^2/2) / (n - 3) keeps its
    level for ranks, where Fisher's own is too small.

    Args:
        first: A measure, shape (N,).
        second: The other one, shape (N,).

    Raises:
        ValueError: If values are missing or the numbers differ.
    """
    ranks = [
        rankdata(as_vector(each, name)) for each, name in ((first, "first"), (second, "second"))
    ]
    n = ranks[0].size
    if ranks[1].size != n:
        raise ValueError("both measures must have as many values")
    if n < LEAST_UNITS or any(np.ptp(each) == 0 for each in ranks):
        return None
    estimate = float(np.clip(np.corrcoef(*ranks)[0, 1], -1.0, 1.0))
    if abs(estimate) == 1:
        return RankCorrelation(estimate, estimate, estimate, n)
    reach = normal_quantile(0.95) * math.sqrt((1 + estimate**2 / 2) / (n - 3))
    middle = math.atanh(estimate)
    return RankCorrelation(estimate, math.tanh(middle - reach), math.tanh(middle + reach), n)
