"""How little noise the mean of all figures can have, for who knows who has which codes."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.domain.filters import BREAKDOWNS

Floats = NDArray[np.float64]

_AREAS = "offer_area"


def least_variance(rows: pd.DataFrame) -> float:
    """Return the variance of the best mean for the number of some needs, by that of one figure.

    Every permitted figure of these needs by codes is told with noise of its own, once: those of the
    same people are the same. That is more than an attacker knows, who cannot see which are.

    Args:
        rows: The needs, with their codes.
    """
    sets = {tuple(chosen) for chosen in _figures(rows) if chosen.any()}
    members = np.array(sorted(sets), dtype=np.float64)
    whole = np.ones(len(rows))
    return float(whole @ np.linalg.pinv(members.T @ members) @ whole)


def _figures(rows: pd.DataFrame) -> Iterator[NDArray[np.bool_]]:
    """Yield who is counted by each figure: by offer area, another field, and both."""
    areas = rows[_AREAS].to_numpy()
    everybody = np.ones(len(rows), dtype=np.bool_)
    for among in (everybody, *(areas == area for area in np.unique(areas))):
        yield among
        for name in BREAKDOWNS:
            codes = rows[name].to_numpy()
            yield from (among & (codes == code) for code in np.unique(codes))
