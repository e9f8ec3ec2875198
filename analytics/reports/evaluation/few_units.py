"""Which estimates are not released because too few units stand behind them."""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.domain.release import Release
from analytics.queries.editions import ClosedQueryError
from analytics.queries.store import ParquetStore
from analytics.stats.staggered import GroupTimeEffect

LEAST_UNITS: Final = 4
"""Units that a released estimate rests on. With three, one of them that takes its own figure off
has the mean of two others left, each of perhaps ten people."""


FEW_UNITS: Final = "few_units"
"""Why a group-time effect is not told, besides the reasons of ``stats``."""


def too_few(store: ParquetStore, units: ArrayLike) -> NDArray[np.bool_]:
    """Say of which estimates the units are too few to be released; of none where confidential."""
    is_released = store.release is Release.RELEASED
    return np.asarray((np.asarray(units) < LEAST_UNITS) & is_released)


def refused_as(store: ParquetStore, effect: GroupTimeEffect) -> str:
    """Return why a group-time effect is not told; empty where it is."""
    return effect.refused or (FEW_UNITS if too_few(store, effect.units) else "")


def refuse_few(store: ParquetStore, *units: float) -> None:
    """Refuse a figure that rests on too few units.

    Raises:
        ClosedQueryError: Where figures are released.
    """
    if too_few(store, units).any():
        raise ClosedQueryError("estimate of few units")


def effective(weights: ArrayLike) -> float:
    """Return how many equal weights leave as much of each unit as these do (Kish 1965)."""
    shares = np.asarray(weights, dtype=np.float64)
    return float(shares.sum() ** 2 / np.square(shares).sum())
