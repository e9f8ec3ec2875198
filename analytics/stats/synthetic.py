"""Synthetic difference in differences: comparison units weighted so that they moved alike before.

The estimator is diff-diff's (Arkhangelsky et al. 2021, doi:10.1257/aer.20190159); this module hands
over a complete panel with one start and keeps what is shown.
"""

from dataclasses import dataclass
from warnings import catch_warnings, filterwarnings

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.stats.did import NoComparisonError
from analytics.stats.imputation import NEVER
from analytics.stats.panel_input import check_panel

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

DRAWS = 200
"""Placebo assignments behind the error."""


@dataclass(frozen=True, slots=True, eq=False)
class Synthetic:
    """A synthetic difference in differences.

    Attributes:
        estimate, error, low, high: In the outcome's unit; the error from placebo units.
        start: First quarter after, column of the panel.
        treated: Mean outcome of the treated units, shape (Q,).
        synthetic: Weighted mean of the comparison units, shape (Q,).
        units: Rows of the comparison units, shape (C,).
        weights: Their weights, sum 1, shape (C,).
        treated_units: Rows of the treated units that are used.
        fit_p: Share of comparison units, treated as if treated, that are matched before the start
            at least as badly: below 0.05 the weights do not reproduce the treated units' path. None
            where a single quarter before the start is no path to be matched.
    """

    estimate: float
    error: float
    low: float
    high: float
    start: int
    treated: Floats
    synthetic: Floats
    units: Ints
    weights: Floats
    treated_units: Ints
    fit_p: float | None


def synthetic_did(values: Floats, starts: Ints, start: int, *, seed: int) -> Synthetic:
    """Estimate with the units that have every quarter; others are left out.

    Args:
        values: Outcome by unit and quarter, shape (U, Q), NaN where missing.
        starts: First treated quarter of each unit, shape (U,); ``NEVER`` for comparison units.
        start: The one start the method allows. Units that started earlier are left out; those that
            started later count from here on.
        seed: Of the placebo draws behind the error.

    Raises:
        NoComparisonError: If fewer than two treated, or fewer comparison than treated units are
            complete.
        ValueError: On shapes that do not fit, or a start that leaves no quarter before or after.
    """
    check_panel(values, starts)
    if not 0 < start < values.shape[1]:
        raise ValueError(f"no quarter before or after the start in column {start}")
    complete = np.isfinite(values).all(1)
    treated = np.flatnonzero(complete & (starts != NEVER) & (starts >= start))
    controls = np.flatnonzero(complete & (starts == NEVER))
    if len(treated) < 2 or len(controls) <= len(treated):
        raise NoComparisonError("too few units have every quarter")
    from diff_diff import SyntheticDiD  # heavy: only for those who ask for it

    size = values.shape[1]
    with catch_warnings():
        # A bad fit before the start is told by ``fit_p``, on the page instead of in a log.
        filterwarnings("ignore", "Pre-treatment fit is poor", UserWarning)
        result = SyntheticDiD(n_bootstrap=DRAWS, seed=seed).fit(
            _long(values, np.concatenate([treated, controls]), treated),
            outcome="value",
            treatment="treated",
            unit="unit",
            time="quarter",
            post_periods=list(range(start, size)),
        )
    weights = np.array([result.unit_weights.get(int(unit), 0.0) for unit in controls])
    low, high = result.conf_int
    fit_p = result.pre_fit_placebo_pvalue
    return Synthetic(
        estimate=float(result.att),
        error=float(result.se),
        low=float(low),
        high=float(high),
        start=start,
        treated=values[treated].mean(0),
        synthetic=weights @ values[controls] / weights.sum(),
        units=controls,
        weights=weights / weights.sum(),
        treated_units=treated,
        fit_p=None if fit_p is None else float(fit_p),
    )


def _long(values: Floats, units: Ints, treated: Ints) -> pd.DataFrame:
    """Return one row per unit and quarter, as diff-diff reads it."""
    size = values.shape[1]
    return pd.DataFrame(
        {
            "unit": np.repeat(units, size),
            "quarter": np.tile(np.arange(size), len(units)),
            "value": values[units].ravel(),
            "treated": np.repeat(np.isin(units, treated).astype(int), size),
        }
    )
